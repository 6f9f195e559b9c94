"""Reads days of a calendar as a clerk types them: "02/09/2026 Quốc khánh", "15/02/2026 - 21/02/2026 Nghỉ Tết".

What cannot be meant is a fault; how that is said lives elsewhere.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from bot.domain.texts import TextFault, clean_line

LONGEST_TEXT = 300
NAME_LIMIT = 120

_DATE = r"(\d{1,2})(?:[/.](\d{1,2})(?:[/.](\d{4}))?|-(\d{1,2})-(\d{4}))(?![\d/])"
_FIRST = re.compile(rf"(?:từ )?(?:ngày )?{_DATE}", re.IGNORECASE)
_LAST = re.compile(rf"\s*(?:-|–|đến)\s*(?:ngày )?{_DATE}", re.IGNORECASE)


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
    line = clean_line(unicodedata.normalize("NFC", text), LONGEST_TEXT)
    begin = _FIRST.match(line) if isinstance(line, str) else None
    if begin is None or isinstance(line, TextFault):
        return DayFault("unreadable")
    end = _LAST.match(line, begin.end())
    given = _year(begin) or (_year(end) if end else None) or year
    first = _day(begin, given)
    last = _day(end, _year(end) or given) if end else first
    whole = line[: (end or begin).end()]
    if first is None or last is None or last < first:
        return DayFault("impossible", whole)
    name = line[len(whole) :].strip(" :;,.-–")
    return TypedDays(first, last, name[:NAME_LIMIT])


def _year(found: re.Match[str]) -> int | None:
    written = found[3] or found[5]
    return int(written) if written else None


def _day(found: re.Match[str], year: int) -> date | None:
    month = found[2] or found[4]
    try:
        return date(year, int(month), int(found[1]))
    except ValueError:
        return None
