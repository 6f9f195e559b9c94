"""Two rule books beside one another, and which of their differences follow from an assumption and not from the text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.committees.rules.difference import Difference, difference, where
from bot.db.rulebooks import Kept
from bot.regulations.faults import RegulationFaults
from bot.regulations.loader import parse
from bot.regulations.rules.regulation import Regulation


@dataclass(frozen=True, slots=True)
class Compared:
    """All that the second says otherwise than the first."""

    before: Regulation
    now: Regulation
    differences: tuple[Difference, ...]
    assumed: frozenset[str]
    """Where the text itself says nothing, and an assumption of the committee is amended; see `where`."""


def compared(before: Regulation, now: Regulation, text: Kept) -> Compared:
    """`text` is that of the second, with its values."""
    return Compared(before, now, difference(before, now), frozenset(_assumed(before, now, text)))


def _assumed(before: Regulation, now: Regulation, text: Kept) -> Iterator[str]:
    """Every place that would stand otherwise if this one assumption had its value of before.

    A blank is filled in because the text asks for it there, and so is no assumption.
    """
    was = {each.name: each.value for each in before.settings}
    for each in now.settings:
        if each.blank or was.get(each.name, each.value) == each.value:
            continue
        others = {at: v for at, v in text.settings.items() if at not in (each.name, each.key)}
        values = {**others, each.name: was[each.name]}
        try:
            other = parse(text.text, text.name, values)
        except RegulationFaults:
            continue  # what it was before cannot be said in this text
        yield from (where(one.place) for one in difference(other, now))
