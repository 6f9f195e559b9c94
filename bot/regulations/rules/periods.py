"""Calendar periods: weeks, months, quarters, halves, years; the first and the last day of each.

No clock is asked here, and no name is written: how a period is called stands in the labels.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.regulations.rules.meetings import Unit
from bot.values.moments import last_of_month
from bot.values.working_days import ONE_DAY

MONTHS = 12
WEEK = timedelta(days=7)
EPOCH = 2000
"""Periods longer than a year are counted from the first day of this year."""


class Shape(StrEnum):
    """What a period is, and so how it is called."""

    WEEK = "week"
    WEEKS = "weeks"
    MONTH = "month"
    MONTHS = "months"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    NINE_MONTHS = "nine_months"
    """The first nine months of a year; it runs beside quarters and halves."""
    YEAR = "year"
    LONGER = "longer"
    """More than a year."""
    INTERVAL = "interval"
    """So many months from a day on, such as the last meeting."""


@dataclass(frozen=True, slots=True, order=True)
class CalendarPeriod:
    """From `first` to `last`, both included. `year` and `number` are as people count: 7th week of 2026."""

    first: date
    last: date
    id: str
    """Such as "2026-W07", "2026-05", "2026-Q2", "2026-H1", "2026-9M", "2026"."""
    shape: Shape
    year: int
    number: int = 1

    def __contains__(self, day: date) -> bool:
        """Whether the day lies in it."""
        return self.first <= day <= self.last

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1


# --- by shape --------------------------------------------------------------------------------


def week(day: date) -> CalendarPeriod:
    """The week of a day, Monday to Sunday, numbered as ISO 8601 does: its year is that of its Thursday."""
    return _weeks(day, 1)


def month(day: date) -> CalendarPeriod:
    """The month of a day."""
    return _months(day, 1)


def quarter(day: date) -> CalendarPeriod:
    """The quarter of a day."""
    return _months(day, 3)


def half_year(day: date) -> CalendarPeriod:
    """The half of the year of a day."""
    return _months(day, 6)


def nine_months(day: date) -> CalendarPeriod:
    """The first nine months of a year that have not ended by that day: in October those of the next."""
    year = day.year if day.month <= 9 else day.year + 1  # noqa: PLR2004 - September
    return CalendarPeriod(
        date(year, 1, 1), date(year, 9, 30), f"{year:04d}-9M", Shape.NINE_MONTHS, year
    )


def year(day: date) -> CalendarPeriod:
    """The calendar year of a day."""
    return _months(day, MONTHS)


BY_SHAPE = {
    Shape.WEEK: week,
    Shape.MONTH: month,
    Shape.QUARTER: quarter,
    Shape.HALF_YEAR: half_year,
    Shape.NINE_MONTHS: nine_months,
    Shape.YEAR: year,
}
"""Each gives the first period of its shape that has not ended by a day."""


# --- by a rhythm -----------------------------------------------------------------------------


def of_rhythm(every: int, unit: Unit, day: date) -> CalendarPeriod:
    """The period of `every` units in which a day lies, counted from the new year on.

    Where they do not fill the year evenly the last one is cut at its end. Longer than a year: counted
    from the year 2000 on.
    """
    if unit is Unit.WEEK:
        return _weeks(day, every)
    in_months = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.YEAR: MONTHS}
    return _months(day, every * in_months[unit])


def next_of_rhythm(every: int, unit: Unit, period: CalendarPeriod) -> CalendarPeriod:
    """The period after this one of the same rhythm."""
    return of_rhythm(every, unit, period.last + ONE_DAY)


def since(anchor: date, months: int, day: date) -> CalendarPeriod:
    """The stretch of so many months in which a day lies, counted from the day after the anchor.

    The same day of the month closes it; where that month has no such day, its last one does.
    """
    passed = 0
    while day > _later(anchor, (passed + 1) * months):
        passed += 1
    while day <= _later(anchor, passed * months):
        passed -= 1
    first = _later(anchor, passed * months) + ONE_DAY
    last = _later(anchor, (passed + 1) * months)
    return CalendarPeriod(first, last, f"{first}/{last}", Shape.INTERVAL, first.year)


def _later(day: date, months: int) -> date:
    years, month = divmod(day.year * MONTHS + day.month - 1 + months, MONTHS)
    return date(years, month + 1, min(day.day, monthrange(years, month + 1)[1]))


def _weeks(day: date, count: int) -> CalendarPeriod:
    iso = day.isocalendar()
    number = (iso.week - 1) // count + 1
    first_week = (number - 1) * count + 1
    last_week = min(first_week + count - 1, date(iso.year, 12, 28).isocalendar().week)
    first = date.fromisocalendar(iso.year, first_week, 1)
    last = date.fromisocalendar(iso.year, last_week, 7)
    id_ = f"{iso.year:04d}-W{first_week:02d}"
    if count == 1:
        return CalendarPeriod(first, last, id_, Shape.WEEK, iso.year, number)
    return CalendarPeriod(first, last, f"{id_}-W{last_week:02d}", Shape.WEEKS, iso.year, number)


_SHAPES = {
    1: (Shape.MONTH, "{year:04d}-{number:02d}"),
    3: (Shape.QUARTER, "{year:04d}-Q{number}"),
    6: (Shape.HALF_YEAR, "{year:04d}-H{number}"),
    MONTHS: (Shape.YEAR, "{year:04d}"),
}
_UNEVEN = (Shape.MONTHS, "{year:04d}-M{first:02d}-M{last:02d}")


def _months(day: date, count: int) -> CalendarPeriod:
    if count > MONTHS:
        return _longer(day, count)
    number = (day.month - 1) // count + 1
    first = (number - 1) * count + 1
    last = min(first + count - 1, MONTHS)
    shape, form = _SHAPES.get(count, _UNEVEN)
    id_ = form.format(year=day.year, number=number, first=first, last=last)
    return CalendarPeriod(
        date(day.year, first, 1), last_of_month(day.year, last), id_, shape, day.year, number
    )


def _longer(day: date, count: int) -> CalendarPeriod:
    since = (day.year - EPOCH) * MONTHS + day.month - 1
    begin = since - since % count
    (from_year, from_month), (to_year, to_month) = (
        divmod(begin, MONTHS),
        divmod(begin + count - 1, MONTHS),
    )
    first = date(EPOCH + from_year, from_month + 1, 1)
    last = last_of_month(EPOCH + to_year, to_month + 1)
    id_ = f"{first:%Y-%m}-{last:%Y-%m}"
    return CalendarPeriod(first, last, id_, Shape.LONGER, first.year)


# --- by name ---------------------------------------------------------------------------------

_WRITTEN = re.compile(r"(\d{4})(?:-(?:W(\d{2})|Q([1-4])|H([12])|(9M)|(\d{2})))?", re.ASCII)


def parse_period(text: str) -> CalendarPeriod | None:
    """The period of an id such as "2026-Q2"; None for anything else, such as a 53rd week of 2025."""
    found = _WRITTEN.fullmatch(text)
    if found is None or int(found[1]) not in range(1, 9999):
        return None
    year_, week_, quarter_, half, nine, month_ = found.groups()
    try:
        if week_:
            return week(date.fromisocalendar(int(year_), int(week_), 1))
        if nine:
            return nine_months(date(int(year_), 1, 1))
        for count, number in ((3, quarter_), (6, half), (1, month_)):
            if number:
                return _months(date(int(year_), (int(number) - 1) * count + 1, 1), count)
    except ValueError:
        return None
    return year(date(int(year_), 1, 1))
