"""How long something may take: so many days after a day. Which event begins it is not known here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.values.working_days import WorkingCalendar


class Counts(StrEnum):
    """What a span is counted in."""

    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"
    """Where no office works on the last one, it ends on the next working day."""
    CALENDAR_DAYS_EXACT = "calendar_days_exact"
    """The last one is the last, whatever day it is."""


@dataclass(frozen=True, slots=True)
class Span:
    """So many days after a day, that day itself not counted."""

    days: int
    counts: Counts = Counts.WORKING_DAYS

    def last_day(self, day: date, calendar: WorkingCalendar) -> date:
        """The last acceptable day."""
        if self.counts is Counts.WORKING_DAYS:
            return calendar.add_working_days(day, self.days)
        last = day + timedelta(days=self.days)
        exact = self.counts is Counts.CALENDAR_DAYS_EXACT
        return last if exact or calendar.is_working(last) else calendar.next_working_day(last)
