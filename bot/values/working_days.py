"""Working days of a committee's calendar.

Which days are off is given, never known here; no clock is asked.
"""

from calendar import Calendar
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Literal

from bot.values.moments import begins

ONE_DAY = timedelta(days=1)
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A row of a committee's calendar: a day off or a day worked, what it is, where that is from.

    `announced`: an authority has announced it; else it is only computed in advance.
    """

    day: date
    kind: Literal["off", "working"]
    name: str
    source: str
    announced: bool = False


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """Days off and swapped working Saturdays; deadlines keep the `version` that gave them.

    In the `computed_years` nobody has compared the days with what was announced. After `last_year` no day
    off is known; None where no end is known.
    """

    days_off: frozenset[date]
    working_saturdays: frozenset[date]
    version: str
    computed_years: frozenset[int] = frozenset()
    last_year: int | None = None

    def reaches(self, day: date) -> bool:
        """Whether the days off are known up to that day (provisions 5.15)."""
        return self.last_year is None or day.year <= self.last_year

    def computed_between(self, start: date, end: date) -> tuple[int, ...]:
        """The years from `start` to `end` whose days off are only computed."""
        return tuple(y for y in range(start.year, end.year + 1) if y in self.computed_years)

    def is_working(self, day: date) -> bool:
        """Whether offices work on that day; a Saturday declared worked always is."""
        if day in self.working_saturdays:
            return True
        return day.weekday() < SATURDAY and day not in self.days_off

    def next_working_day(self, day: date) -> date:
        """The first working day after `day`."""
        return next(self._working_days_after(day))

    def last_working_day(self, day: date) -> date:
        """That day, or the last working day before it."""
        while not self.is_working(day):
            day -= ONE_DAY
        return day

    def add_working_days(self, day: date, count: int) -> date:
        """The last of `count` working days after `day`, itself not counted; ValueError below 0."""
        if count < 0:
            raise ValueError(f"working days are counted forward, not {count}")
        for _, reached in zip(range(count), self._working_days_after(day), strict=False):
            day = reached
        return day

    def working_days_between(self, start: date, end: date) -> int:
        """How many working days come after `start`, up to and with `end`."""
        span = (end - start).days
        return sum(self.is_working(start + timedelta(days=ahead)) for ahead in range(1, span + 1))

    @staticmethod
    def end_of_day(day: date, hour: int = 17) -> datetime:
        """The moment a day ends: `hour` o'clock in Viet Nam, 24 being the midnight after it."""
        return begins(day) + timedelta(hours=hour)

    def _working_days_after(self, day: date) -> Iterator[date]:
        while True:
            day += ONE_DAY
            if self.is_working(day):
                yield day


def working_calendar(
    rows: Iterable[CalendarDay], years: Mapping[int, bool] | None = None
) -> WorkingCalendar:
    """The calendar that rows make; the same days always have the same version.

    `years` are those whose days were entered, each with whether they were compared with the announcement.
    """
    known = years or {}
    kinds = {row.day: row.kind for row in rows}
    written = ";".join(f"{day.isoformat()} {kind}" for day, kind in sorted(kinds.items()))
    return WorkingCalendar(
        frozenset(day for day, kind in kinds.items() if kind == "off"),
        frozenset(day for day, kind in kinds.items() if kind == "working"),
        sha256(written.encode()).hexdigest()[:12],
        frozenset(year for year, compared in known.items() if not compared),
        max(known, default=None),
    )


@dataclass(frozen=True, slots=True)
class MonthDay:
    """A day of a month of buttons; a day past is not selectable, a day off is but is marked."""

    day: date
    selectable: bool
    working: bool


Week = tuple[MonthDay | None, ...]
"""Seven days, Monday first; None where the day belongs to another month."""


def month_grid(year: int, month: int, today: date, calendar: WorkingCalendar) -> tuple[Week, ...]:
    """The weeks of a month, Monday first; ValueError for a month that is none."""
    weeks = Calendar().monthdatescalendar(year, month)
    return tuple(
        tuple(
            MonthDay(day, day >= today, calendar.is_working(day)) if day.month == month else None
            for day in week
        )
        for week in weeks
    )
