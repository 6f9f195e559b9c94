"""The numbers of papers: a row for each type through the term of a body. Nothing is read or kept here."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from bot.issuing.rules.letterhead import Paper
from bot.values.refusal import Refusal

HIGHEST = 9999
"""No type of paper comes to more numbers in a term."""


@dataclass(frozen=True, slots=True)
class Number:
    """The number that a paper bears."""

    number: int
    symbol: str
    on: date

    @property
    def text(self) -> str:
        """As it stands on paper, two digits at least: "05-BB/ĐU"; by the State's layout "05/BB-UBND"."""
        return told(self.number, self.symbol)


def told(number: int, symbol: str) -> str:
    """A number with its symbol, joined as the symbol asks for it."""
    return f"{number:02}{'-' if '/' in symbol else '/'}{symbol}"


@dataclass(frozen=True, slots=True)
class Entry:
    """One number of a row: taken for a paper, skipped, or dropped with its paper; the last two have a reason."""

    id: int
    committee: int
    body: str
    kind: str
    number: int
    symbol: str
    paper: Paper | None
    """None for a number that was skipped."""
    subject: str
    """What the paper is about, such as "consultation:3"; "" where the number was skipped."""
    title: str
    on: date
    by: int
    reason: str = ""
    dropped_at: datetime | None = None

    @property
    def stands(self) -> bool:
        """Whether a paper bears it."""
        return self.paper is not None and self.dropped_at is None

    @property
    def as_number(self) -> Number:
        """As its paper bears it."""
        return Number(self.number, self.symbol, self.on)


def kind_of(symbol: str) -> str:
    """The type whose row a symbol's numbers stand in: of "BB/ĐU" and "BB-UBND" it is BB.

    Papers of one type share a row, so that no two of them bear the same number.
    """
    return re.split("[/-]", symbol, maxsplit=1)[0]


def next_number(taken: Iterable[Entry], first: int) -> int:
    """The number that comes next in a row that began at `first`; none is ever given twice."""
    return max([first, *(entry.number + 1 for entry in taken)])


def may_number(symbol: str, number: int) -> Refusal | None:
    """A paper bears a number only where it has a symbol."""
    if not symbol:
        return Refusal("issuing_unnumbered")
    return Refusal("issuing_numbers_end", values={"most": HIGHEST}) if number > HIGHEST else None


def may_drop(entry: Entry) -> Refusal | None:
    """A number is explained once, and one that was skipped has its reason."""
    if entry.stands:
        return None
    return Refusal("issuing_settled", values={"number": told(entry.number, entry.symbol)})


def may_begin_at(taken: Iterable[Entry]) -> Refusal | None:
    """Where a row goes on is set while none of its numbers is taken; later a gap is explained one by one."""
    return Refusal("issuing_row_begun") if any(True for _ in taken) else None
