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
_KIND = (
    r"văn bản|quyết định|nghị quyết|kết luận|thông báo kết luận|thông báo|chỉ thị|quy định|quy chế|hướng dẫn"
    r"|thông tri|báo cáo|công văn|tờ trình|kế hoạch|chương trình|đề án|biên bản"
)
"""Kinds of papers as they are written before a number, of the Party's and of the State's."""
_NUMBER_WORD = re.compile(
    rf"^(?:(?:theo|căn cứ)\s+)?(?:(?P<kind>{_KIND})(?![^\W\d])|(?P<letters>[^\W\d]{{2,3}})(?=\s+số\b))?"
    r"\s*(?:số(?![^\W\d]))?\s*[:.]?\s*",
    re.IGNORECASE,
)
_SYMBOL = re.compile(r"^\d+[^\W\d]?(?:/\d{4})?\s*[/-]\s*([^\W\d]+)")
LETTERS = frozenset(
    {"QĐ", "NQ", "KL", "TB", "CT", "QĐI", "QC", "HD", "BC", "CV", "TTR", "KH", "CTR", "ĐA", "BB"}
)
"""The letters of these kinds in a paper's number, in capitals."""
_DECISION = ("", "quyết định", "QĐ")
"""What stands before the number of a decision, the kind of paper that a number means where nothing says another."""


@dataclass(frozen=True, slots=True)
class PaperMark:
    """The number of a paper, "" when only its date was given, and its date where there is one.

    `kind` is what stands before the number ("nghị quyết", or its letters "NQ"), "" where nothing does.
    """

    number: str
    day: date | None
    kind: str = ""

    @property
    def basis(self) -> str:
        """The number as it is kept where something rests on the paper: with its kind, unless it is a decision."""
        if not self.number or self.kind in _DECISION:
            return self.number
        return f"{self.kind} số {self.number}"


def kind_and_number(kept: str) -> tuple[str, str]:
    """Which kind of paper a number as it is kept belongs to, and the number: what stands before it, else its letters.

    "Nghị quyết số 05-NQ/TU" is ("nghị quyết", "05-NQ/TU"), "05-NQ/TU" is ("NQ", "05-NQ/TU"), "12" is ("", "12").
    """
    kind, number = _without_kind(kept)
    if not kind and (letters := _SYMBOL.match(number)):
        kind = letters[1].upper()
    return kind, number


def _without_kind(words: str) -> tuple[str, str]:
    found = _NUMBER_WORD.match(words)
    if found is None:
        return "", words
    letters = (found["letters"] or "").upper()
    if letters and letters not in LETTERS:
        return "", words
    return letters or (found["kind"] or "").lower(), words[found.end() :]


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
        return _marked(line, None)
    day = _paper_day(found, today)
    if day is None:
        return PaperFault("impossible", found[0].strip(" ,"))
    rest = f"{line[: found.start()]} {line[found.end() :]}"
    return _marked(" ".join(rest.split()), day)


def _marked(words: str, day: date | None) -> PaperMark:
    kind, number = _without_kind(words)
    return PaperMark(number.strip(" ,.;")[:LONGEST], day, kind)


def _paper_day(found: re.Match[str], today: date) -> date | None:
    day, month, year = found[1] or found[4], found[2] or found[5], found[3] or found[6]
    try:
        if year:
            return date(int(year), int(month), int(day))
        this_year = date(today.year, int(month), int(day))
        return this_year if this_year <= today else this_year.replace(year=today.year - 1)
    except ValueError:
        return None
