"""How long something may take: so many days after a day, or hours from a moment. What begins it is not known here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.values.moments import VIET_NAM, in_viet_nam
from bot.values.working_days import WorkingCalendar


class Counts(StrEnum):
    """What a span is counted in."""

    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"
    """Where no office works on the last one, it ends on the next working day."""
    CALENDAR_DAYS_EXACT = "calendar_days_exact"
    """The last one is the last, whatever day it is."""
    HOURS = "hours"
    """Through nights and days off; where they end on a day off, at that time of the next working day."""
    HOURS_EXACT = "hours_exact"
    """They end when they end, on whatever day."""


IN_HOURS = (Counts.HOURS, Counts.HOURS_EXACT)
EXACT = (Counts.CALENDAR_DAYS_EXACT, Counts.HOURS_EXACT)


@dataclass(frozen=True, slots=True)
class Span:
    """So many days after a day, that day itself not counted; or so many hours from a moment on."""

    count: int
    counts: Counts = Counts.WORKING_DAYS

    @property
    def in_hours(self) -> bool:
        """Whether it runs from the moment, and not from the end of its day."""
        return self.counts in IN_HOURS

    def last_day(self, day: date, calendar: WorkingCalendar) -> date:
        """The last acceptable day; ValueError for hours, which end at a moment."""
        if self.in_hours:
            raise ValueError("hours end at a moment, not with a day")
        if self.counts is Counts.WORKING_DAYS:
            return calendar.add_working_days(day, self.count)
        return self._settled(day + timedelta(days=self.count), calendar)

    def end(self, start: datetime, calendar: WorkingCalendar, day_ends_at: int) -> datetime:
        """The last acceptable moment: of days the end of the last one, at that hour in Viet Nam."""
        here = in_viet_nam(start)
        if not self.in_hours:
            return calendar.end_of_day(self.last_day(here.date(), calendar), day_ends_at)
        over = here + timedelta(hours=self.count)
        return datetime.combine(self._settled(over.date(), calendar), over.timetz(), VIET_NAM)

    def _settled(self, last: date, calendar: WorkingCalendar) -> date:
        """The last day, or the next working day where a day off does not count as one."""
        stays = self.counts in EXACT or calendar.is_working(last)
        return last if stays else calendar.next_working_day(last)
