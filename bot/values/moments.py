"""Moments as Viet Nam reads them: the zone, a time written in full, and how long is left.

No clock is asked here, and no sentence is written: weekday names are the only words.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

VIET_NAM = ZoneInfo("Asia/Ho_Chi_Minh")
A_MINUTE = timedelta(minutes=1)
INSTANT = timedelta(microseconds=1)
"""The least time by which moments differ."""
LAST_ZERO_MONTH = 2
WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
"""Names by `date.weekday()`: Monday first."""

Unit = Literal["day", "hour", "minute", "instant", "past"]


@dataclass(frozen=True, slots=True)
class FullMoment:
    """The pieces of a moment in Viet Nam: "17", "00", "thứ Sáu", "27/11/2026"."""

    hour: str
    minute: str
    weekday: str
    date: str


@dataclass(frozen=True, slots=True)
class Remaining:
    """The time left: whole days, hours of the last day, minutes of the last hour."""

    days: int
    hours: int
    minutes: int
    overdue: bool

    @property
    def unit(self) -> Unit:
        """The largest unit worth saying; "instant" when less than a minute is left."""
        if self.overdue:
            return "past"
        if self.days:
            return "day"
        if self.hours:
            return "hour"
        return "minute" if self.minutes else "instant"

    @property
    def count(self) -> int:
        """How many of `unit` are left, never rounded up; 0 when none is."""
        return self.days or self.hours or self.minutes


def in_full(moment: datetime) -> FullMoment:
    """The pieces of an aware moment, read in Viet Nam; raises ValueError for a naive one."""
    here = in_viet_nam(moment)
    weekday = WEEKDAYS[here.weekday()]
    return FullMoment(f"{here:%H}", f"{here:%M}", weekday, in_digits(here.date()))


def in_digits(day: date) -> str:
    """A day as "27/11/2026"."""
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


def as_papers_write(day: date) -> str:
    """A day as offices write it in a paper, zeros before days to 9 and months 1 and 2: "06/3/2026"."""
    month = f"{day.month:02d}" if day.month <= LAST_ZERO_MONTH else str(day.month)
    return f"{day.day:02d}/{month}/{day.year:04d}"


def in_viet_nam(moment: datetime) -> datetime:
    """The same moment on Viet Nam's clocks; raises ValueError for a naive one."""
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone")
    return moment.astimezone(VIET_NAM)


def begins(day: date) -> datetime:
    """00:00 of a day in Viet Nam."""
    return datetime.combine(day, time(), VIET_NAM)


def bounds_of_year(year: int) -> tuple[datetime, datetime]:
    """When a year begins in Viet Nam, and when the next one does."""
    return begins(date(year, 1, 1)), begins(date(year + 1, 1, 1))


def last_of_month(year: int, month: int) -> date:
    """The last day of that month."""
    return date(year, month, monthrange(year, month)[1])


def remaining(now: datetime, moment: datetime) -> Remaining:
    """What is left until `moment`; overdue only past it, for the due moment itself still counts.

    A minute begun counts as whole, so that a word sent out three hours before says three hours; only
    the last one is not.
    """
    left = in_viet_nam(moment) - in_viet_nam(now)
    if left < timedelta(0):
        return Remaining(0, 0, 0, overdue=True)
    if left >= A_MINUTE:
        left += -left % A_MINUTE
    hours, rest = divmod(left.seconds, 3600)
    return Remaining(left.days, hours, rest // 60, overdue=False)
