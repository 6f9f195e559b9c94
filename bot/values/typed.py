"""What officials type, read as it is meant: a moment, days of a calendar, the number and date of a paper."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from bot.values.limits import DAYS_NAME_LIMIT
from bot.values.moments import VIET_NAM, in_digits, in_viet_nam
from bot.values.names import folded
from bot.values.texts import TextFault, clean_line
from bot.values.working_days import WorkingCalendar

FARTHEST = timedelta(days=730)
"""A deadline further away is taken for a typo."""
LONGEST_WAIT = 366
"""Days, working or not, that one may ask to wait."""
NOT_A_TYPO = timedelta(days=185)
"""A day typed without its year and over this long is one of next year: December asks for January."""
LONGEST_TEXT = 200
LAST_MINUTE = 59

FaultKind = Literal["unreadable", "impossible", "incomplete", "weekday_mismatch", "past", "too_far"]


@dataclass(frozen=True, slots=True)
class MomentFault:
    """Why a typed deadline is not taken; `part` is the piece in question, where there is one.

    unreadable: not understood; impossible: no such day or hour; incomplete: an hour is missing;
    weekday_mismatch: `part` is another weekday; past: not after now; too_far: over two years.
    """

    kind: FaultKind
    part: str = ""


class _UnfitError(Exception):
    """Carries a fault out of the grammar; it never leaves this module."""

    def __init__(self, kind: FaultKind, part: str) -> None:
        super().__init__(kind, part)
        self.fault = MomentFault(kind, part)


_ISO = re.compile(r"\d{4}-\d{2}-\d{2}(T?| )(\d{2}:\d{2}.*)?", re.IGNORECASE)
_ZONE = re.compile(r"\(gio viet nam[^()]*\)|\bgio viet nam\b")
_WAIT = re.compile(
    r"\bsau (\d{1,9}) ngay( lam viec)?\b(?: nua)?|"
    r"\b(\d{1,9}) ngay (?:(lam viec)(?: nua)?|nua)\b"
)
_DATE = re.compile(r"(?<![\d:])(\d{1,2}) ?([/.-]) ?(\d{1,2})(?: ?\2 ?(\d+))?(?![\d:/])")
_LONG_DATE = re.compile(r"\b(\d{1,2}) thang (\d{1,2})(?:(?: nam |,? ?/? ?)(\d{4}))?\b")
_RELATIVE = re.compile(r"\b(?:(hom nay|nay)|((?:ngay )?mai)|(ngay kia|ngay mot))\b")
_WEEKDAY = re.compile(
    r"\b(?:(?:thu |t)([2-7])|thu (hai|ba|tu|nam|sau|bay)|(chu nhat|cn))\b"
    r"(?: (?:(tuan nay)|(tuan (?:sau|coming))|nay\b|coming\b))?"
)
_TIME = re.compile(r"\b(\d{1,2}) ?(?:gio|g|h|:) ?(?:(\d{1,2})(?: ?phut|:\d{2})?|(ruoi))?(?!\w)")
_PART_OF_DAY = re.compile(r"\b(sang|trua|chieu|evening)\b")
_FILLER = re.compile(r"\b(?:ngay|luc|vao|truoc|han|den|hoi)\b|[ ,.;-]")

_WEEKDAYS = ("hai", "ba", "tu", "nam", "sau", "bay")
_AFTERNOON_HOURS = {"trua": range(1, 4), "chieu": range(1, 8), "evening": range(5, 12)}
_MORNING_HOURS = range(12)


def parse_moment(
    text: str,
    now: datetime,
    calendar: WorkingCalendar,
    day_ends_at: int = 17,
    *,
    earliest: datetime | None = None,
) -> datetime | MomentFault:
    """The moment meant, in Viet Nam's time; a day without an hour ends at `day_ends_at`.

    A moment not after now is past, or, where that is given, one not after `earliest`.
    """
    here = in_viet_nam(now)
    if len(text) > LONGEST_TEXT:
        return MomentFault("unreadable")
    try:
        moment = _iso(text.strip(), day_ends_at)
        moment = moment or _Typed(text, here, calendar).moment(day_ends_at)
    except _UnfitError as unfit:
        return unfit.fault
    if moment <= (earliest or here):
        return MomentFault("past")
    return MomentFault("too_far") if moment - here > FARTHEST else moment


def _iso(text: str, day_ends_at: int) -> datetime | None:
    found = _ISO.fullmatch(text)
    if not found:
        return None
    try:
        moment = datetime.fromisoformat(text.upper())
    except ValueError:
        raise _UnfitError("impossible", text) from None
    if not found[2]:
        return WorkingCalendar.end_of_day(moment.date(), day_ends_at)
    return in_viet_nam(moment if moment.tzinfo else moment.replace(tzinfo=VIET_NAM))


class _Typed:
    """A typed text of which pieces are taken out as they are understood; nothing may be left."""

    def __init__(self, text: str, here: datetime, calendar: WorkingCalendar) -> None:
        self._left = _ZONE.sub(" ", _distinct(text))
        self._here = here
        self._today = here.date()
        self._calendar = calendar

    def moment(self, day_ends_at: int) -> datetime:
        """The moment meant; a weekday alone is its next one that is not over."""
        day = self._waited() or self._numbered()
        weekdays = self._weekdays()
        day = day or self._relative()
        span = self._span()
        if not (day or weekdays or span is not None) or _FILLER.sub("", self._left):
            raise _UnfitError("unreadable", self._left.strip(" ,"))
        span = timedelta(hours=day_ends_at) if span is None else span
        if day and weekdays and day.weekday() != weekdays[0].weekday():
            raise _UnfitError("weekday_mismatch", in_digits(day))
        days = [day] if day else weekdays or [self._today]
        moments = [datetime.combine(each, time(), VIET_NAM) + span for each in days]
        return next((moment for moment in moments if moment > self._here), moments[0])

    def _take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        found = pattern.search(self._left)
        if found:
            self._left = f"{self._left[: found.start()]} , {self._left[found.end() :]}"
        return found

    def _waited(self) -> date | None:
        found = self._take(_WAIT)
        if not found:
            return None
        count, in_working_days = int(found[1] or found[3]), found[2] or found[4]
        if count > LONGEST_WAIT:
            raise _UnfitError("too_far", found[0])
        if in_working_days:
            return self._calendar.add_working_days(self._today, count)
        return self._today + timedelta(days=count)

    def _numbered(self) -> date | None:
        if found := self._take(_DATE):
            return self._dated(found[0], int(found[1]), int(found[3]), found[4])
        if found := self._take(_LONG_DATE):
            return self._dated(found[0], int(found[1]), int(found[2]), found[3])
        return None

    def _dated(self, part: str, day: int, month: int, year: str | None) -> date:
        try:
            if year:
                return date(_year(year), month, day)
            this_year = date(self._today.year, month, day)
            if self._today <= this_year or self._today - this_year < NOT_A_TYPO:
                return this_year
            return this_year.replace(year=this_year.year + 1)
        except ValueError:
            raise _UnfitError("impossible", part) from None

    def _relative(self) -> date | None:
        found = self._take(_RELATIVE)
        if not found:
            return None
        ahead = next(place for place in range(3) if found[place + 1])
        return self._today + timedelta(days=ahead)

    def _weekdays(self) -> list[date]:
        """The days a weekday may mean, nearest first; one where its week is said."""
        found = self._take(_WEEKDAY)
        if not found:
            return []
        digit, name, _, this_week, next_week = found.groups()
        place = int(digit) - 2 if digit else _WEEKDAYS.index(name) if name else 6
        monday = self._today - timedelta(days=self._today.weekday())
        days = [monday + timedelta(days=place + 7 * ahead) for ahead in range(3)]
        if this_week or next_week:
            return [days[1] if next_week else days[0]]
        return [day for day in days if day >= self._today]

    def _span(self) -> timedelta | None:
        """The time from midnight; "3 giờ chiều" is 15 hours."""
        found, part = self._take(_TIME), self._take(_PART_OF_DAY)
        if not found:
            if part:
                raise _UnfitError("incomplete", part[0])
            return None
        hour, minute = int(found[1]), 30 if found[3] else int(found[2] or 0)
        if part and hour in _AFTERNOON_HOURS.get(part[1], ()):
            hour += 12
        span = timedelta(hours=hour, minutes=minute)
        misnamed = part and part[1] == "sang" and hour not in _MORNING_HOURS
        if misnamed or minute > LAST_MINUTE or span > timedelta(days=1):
            raise _UnfitError("impossible", found[0].strip())
        return span


def _distinct(text: str) -> str:
    """Small letters without marks, but with "tới" (coming) and "tối" (evening) told apart."""
    typed = unicodedata.normalize("NFC", text).lower()
    return folded(typed.replace("tới", "coming").replace("tối", "evening"))


def _year(digits: str) -> int:
    if len(digits) == len("26"):
        return 2000 + int(digits)
    if len(digits) == len("2026"):
        return int(digits)
    raise ValueError(f"no year: {digits}")


LONGEST_DAYS = 300

_CALENDAR_DATE = r"(\d{1,2})(?:[/.](\d{1,2})(?:[/.](\d{4}))?|-(\d{1,2})-(\d{4}))(?![\d/])"
_FIRST = re.compile(rf"(?:từ )?(?:ngày )?{_CALENDAR_DATE}", re.IGNORECASE)
_LAST = re.compile(rf"\s*(?:-|–|đến)\s*(?:ngày )?{_CALENDAR_DATE}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TypedDays:
    """Days in a row, both ends included, and what they are called; "" when nothing was said."""

    first: date
    last: date
    name: str

    @property
    def days(self) -> tuple[date, ...]:
        """Every day of the row."""
        return tuple(
            self.first + timedelta(days=ahead) for ahead in range((self.last - self.first).days + 1)
        )


@dataclass(frozen=True, slots=True)
class DayFault:
    """Why typed days are not taken; `part` is the piece in question, where there is one."""

    kind: Literal["unreadable", "impossible"]
    part: str = ""


def parse_days(text: str, year: int) -> TypedDays | DayFault:
    """The days meant; a day without a year is one of `year`."""
    line = clean_line(unicodedata.normalize("NFC", text), LONGEST_DAYS)
    begin = _FIRST.match(line) if isinstance(line, str) else None
    if begin is None or isinstance(line, TextFault):
        return DayFault("unreadable")
    end = _LAST.match(line, begin.end())
    given = _calendar_year(begin) or (_calendar_year(end) if end else None) or year
    first = _calendar_day(begin, given)
    last = _calendar_day(end, _calendar_year(end) or given) if end else first
    whole = line[: (end or begin).end()]
    if first is None or last is None or last < first:
        return DayFault("impossible", whole)
    name = line[len(whole) :].strip(" :;,.-–")
    return TypedDays(first, last, name[:DAYS_NAME_LIMIT])


def _calendar_year(found: re.Match[str]) -> int | None:
    written = found[3] or found[5]
    return int(written) if written else None


def _calendar_day(found: re.Match[str], year: int) -> date | None:
    month = found[2] or found[4]
    try:
        return date(year, int(month), int(found[1]))
    except ValueError:
        return None


LONGEST = 120
"""Characters of a number with its signs."""

_PAPER_DATE = re.compile(
    r"(?:,\s*)?(?:\bngày\s+(\d{1,2})[/.\-](\d{1,2})(?:[/.\-](\d{4}))?"
    r"|(?<![\w/.\-])(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4}))(?![\w/])",
    re.IGNORECASE,
)
_NUMBER_WORD = re.compile(r"^(?:(?:văn bản|công văn|báo cáo)\s+)?số\s*[:.]?\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PaperMark:
    """The number of a paper, "" when only its date was given, and its date where there is one."""

    number: str
    day: date | None


@dataclass(frozen=True, slots=True)
class PaperFault:
    """A date that no calendar has; `part` is what was written."""

    kind: Literal["impossible"]
    part: str


def paper_mark(line: str, today: date) -> PaperMark | PaperFault:
    """Read one clean line; a day without its year is the last such day up to `today`."""
    found = _PAPER_DATE.search(line)
    if found is None:
        return PaperMark(_NUMBER_WORD.sub("", line).strip(" ,.;")[:LONGEST], None)
    day = _paper_day(found, today)
    if day is None:
        return PaperFault("impossible", found[0].strip(" ,"))
    rest = f"{line[: found.start()]} {line[found.end() :]}"
    number = _NUMBER_WORD.sub("", " ".join(rest.split())).strip(" ,.;")
    return PaperMark(number[:LONGEST], day)


def _paper_day(found: re.Match[str], today: date) -> date | None:
    day, month, year = found[1] or found[4], found[2] or found[5], found[3] or found[6]
    try:
        if year:
            return date(int(year), int(month), int(day))
        this_year = date(today.year, int(month), int(day))
        return this_year if this_year <= today else this_year.replace(year=today.year - 1)
    except ValueError:
        return None
