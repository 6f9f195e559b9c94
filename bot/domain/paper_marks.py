"""Number and date of a paper as people type them: "số 12-BC/ĐU ngày 28/5/2026". No clock is asked here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

LONGEST = 120
"""Characters of a number with its signs."""

_DATE = re.compile(
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
    found = _DATE.search(line)
    if found is None:
        return PaperMark(_NUMBER_WORD.sub("", line).strip(" ,.;")[:LONGEST], None)
    day = _day(found, today)
    if day is None:
        return PaperFault("impossible", found[0].strip(" ,"))
    rest = f"{line[: found.start()]} {line[found.end() :]}"
    number = _NUMBER_WORD.sub("", " ".join(rest.split())).strip(" ,.;")
    return PaperMark(number[:LONGEST], day)


def _day(found: re.Match[str], today: date) -> date | None:
    day, month, year = found[1] or found[4], found[2] or found[5], found[3] or found[6]
    try:
        if year:
            return date(int(year), int(month), int(day))
        this_year = date(today.year, int(month), int(day))
        return this_year if this_year <= today else this_year.replace(year=today.year - 1)
    except ValueError:
        return None
