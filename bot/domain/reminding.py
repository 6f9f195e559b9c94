"""On which mornings a report is brought to mind. What is then said, and to whom, is not known here."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from functools import lru_cache

from bot.domain.report import Report, ReportActKind
from bot.domain.workdays import ONE_DAY, WorkingCalendar


def reminders(report: Report, days: Collection[int], calendar: WorkingCalendar) -> tuple[date, ...]:
    """The working mornings so many days before the last acceptable day; 0 is the day itself.

    Where no office works on such a day it is the last working morning before. Nobody is reminded
    before the period has begun, unless the report is due before that.
    """
    later = report.last(ReportActKind.LATER)
    again = later.day if later is not None else None
    return _mornings(report.first_day, report.last_day, again, tuple(days), calendar)


@lru_cache(maxsize=1024)  # many debtors owe the same on the same day
def _mornings(
    first: date, last: date, again: date | None, days: tuple[int, ...], calendar: WorkingCalendar
) -> tuple[date, ...]:
    wanted = {_working(last - timedelta(days=each), calendar) for each in days}
    if again is not None and again <= last:
        wanted.add(again)
    earliest = first if last >= first else date.min
    return tuple(sorted(day for day in wanted if day >= earliest))


def overdue_morning(report: Report, calendar: WorkingCalendar) -> date:
    """The first working morning after the last acceptable day."""
    return calendar.next_working_day(report.last_day)


def next_morning(
    report: Report, days: Collection[int], calendar: WorkingCalendar, through: date
) -> date | None:
    """The first morning after `through` on which something is to be said of an open report."""
    mornings = (*reminders(report, days, calendar), overdue_morning(report, calendar))
    return min((day for day in mornings if day > through), default=None)


def _working(day: date, calendar: WorkingCalendar) -> date:
    while not calendar.is_working(day):
        day -= ONE_DAY
    return day
