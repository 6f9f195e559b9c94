"""Deadlines offered for choice: presets, and a month of days. No clock is asked, no word written."""

from calendar import Calendar
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from bot.domain.moments import in_viet_nam
from bot.domain.workdays import WorkingCalendar

LEAST_NOTICE = timedelta(hours=3)
"""A preset nearer than this is not offered: nobody could be expected to answer."""
WORKING_DAYS_OFFERED = (3, 5, 7)
FRIDAY = 4

PresetKey = Literal["today", "next_working_day", "friday", "working_days"]


@dataclass(frozen=True, slots=True)
class Preset:
    """A deadline on offer; `count` says how many working days, where `key` counts them."""

    key: PresetKey
    moment: datetime
    count: int = 0


@dataclass(frozen=True, slots=True)
class MonthDay:
    """A day of a month of buttons; a day past is not selectable, a day off is but is marked."""

    day: date
    selectable: bool
    working: bool


Week = tuple[MonthDay | None, ...]
"""Seven days, Monday first; None where the day belongs to another month."""


def presets(
    now: datetime, calendar: WorkingCalendar, suggestion_days: int = 3, day_ends_at: int = 17
) -> tuple[Preset, ...]:
    """Deadlines worth offering at `now`, soonest first, each moment once and at least 3 hours away."""
    offered: dict[datetime, Preset] = {}
    today = in_viet_nam(now).date()
    for key, days, count in _candidates(today, calendar, suggestion_days):
        moments = (calendar.end_of_day(day, day_ends_at) for day in days)
        moment = next((each for each in moments if each - now >= LEAST_NOTICE), None)
        if moment:
            offered.setdefault(moment, Preset(key, moment, count))
    return tuple(offered[moment] for moment in sorted(offered))


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


def _candidates(
    today: date, calendar: WorkingCalendar, suggestion_days: int
) -> Iterator[tuple[PresetKey, Sequence[date], int]]:
    """Each preset with its days, of which the first still possible is meant."""
    yield "today", _working((today,), calendar), 0
    yield "next_working_day", (calendar.next_working_day(today),), 0
    friday = today + timedelta(days=(FRIDAY - today.weekday()) % 7)
    yield "friday", _working((friday, friday + timedelta(days=7)), calendar), 0
    for count in sorted({suggestion_days, *WORKING_DAYS_OFFERED}):
        yield "working_days", (calendar.add_working_days(today, count),), count


def _working(days: Sequence[date], calendar: WorkingCalendar) -> Sequence[date]:
    return [day for day in days if calendar.is_working(day)]
