"""Days of a calendar, and the number and date of a paper, as officials type them, read as they are meant."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from bot.values.limits import DAYS_NAME_LIMIT
from bot.values.moments import WEEKDAYS, in_digits
from bot.values.spelled import plain_signs
from bot.values.texts import TextFault, clean_line

LONGEST_DAYS = 300

SUNDAY = 6
_CALENDAR_DATE = (
    r"(?:ngày )?(?:mùng |mồng )?(\d{1,2})"
    r"(?: ?[/.] ?(\d{1,2})(?: ?[/.] ?(\d{4}|\d{2}))?| ?- ?(\d{1,2}) ?- ?(\d{4})"
    r"| tháng (\d{1,2})(?:(?: năm |/)(\d{4}))?)(?![\d/])"
    r"(?: ?\((thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật|t[2-7]|cn)\))?"
)
_FIRST = re.compile(rf"(?:từ )?{_CALENDAR_DATE}", re.IGNORECASE)
_LAST = re.compile(rf"\s*(?:-|(?:cho )?đến(?: hết)?|tới)\s*{_CALENDAR_DATE}", re.IGNORECASE)
_WEEKDAYS = tuple(
    frozenset(
        {name.lower(), *((f"thứ {place + 2}", f"t{place + 2}") if place < SUNDAY else ("cn",))}
    )
    for place, name in enumerate(WEEKDAYS)
)
"""The ways to write each weekday, Monday first."""


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
    """Why typed days are not taken; `part` is the piece in question, where there is one.

    weekday_mismatch: `part` is a day that is the first of `weekdays`, not the second.
    """

    kind: Literal["unreadable", "impossible", "weekday_mismatch"]
    part: str = ""
    weekdays: tuple[str, ...] = ()


def parse_days(text: str, year: int) -> TypedDays | DayFault:
    """The days meant; a day without a year is one of `year`."""
    line = clean_line(plain_signs(text), LONGEST_DAYS)
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
    for found, day in ((begin, first), (end or begin, last)):
        said = (found[8] or "").lower()
        if said and said not in _WEEKDAYS[day.weekday()]:
            return DayFault("weekday_mismatch", in_digits(day), (WEEKDAYS[day.weekday()], said))
    name = line[len(whole) :].strip(" :;,.-")
    return TypedDays(first, last, name[:DAYS_NAME_LIMIT])


def _calendar_year(found: re.Match[str]) -> int | None:
    written = found[3] or found[5] or found[7]
    if not written:
        return None
    return int(written) + (2000 if len(written) == len("26") else 0)


def _calendar_day(found: re.Match[str], year: int) -> date | None:
    month = found[2] or found[4] or found[6]
    try:
        return date(year, int(month), int(found[1]))
    except ValueError:
        return None


LONGEST = 120
"""Characters of a number with its signs."""

_PAPER_DATE = re.compile(
    r"(?:,\s*)?(?:\bngày\s+(\d{1,2})(?:\s*[/.\-]\s*|\s+tháng\s+)(\d{1,2})(?:(?:\s*[/.\-]\s*|\s+năm\s+)(\d{4}))?"
    r"|(?<![\w/.\-])(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4}))(?![\w/])",
    re.IGNORECASE,
)
_NUMBER_WORD = re.compile(
    r"^(?:(?:văn bản|công văn|báo cáo|quyết định)\s+số|quyết định\b|số)\s*[:.]?\s*", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class PaperMark:
    """The number of a paper, "" when only its date was given, and its date where there is one."""

    number: str
    day: date | None


NO_PAPER = PaperMark("", None)


@dataclass(frozen=True, slots=True)
class PaperFault:
    """A date that no calendar has; `part` is what was written."""

    kind: Literal["impossible"]
    part: str


def paper_mark(line: str, today: date) -> PaperMark | PaperFault:
    """Read one clean line; a day without its year is the last such day up to `today`."""
    line = plain_signs(line)
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
