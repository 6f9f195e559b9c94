"""How many slips went out and what came back, as counting minutes tell it. What they decide is judged elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.consultations.rules.consultation import Choice, Consultation, Position
from bot.consultations.rules.outcome import Result

CHOICES = tuple(Position(choice.value) for choice in Choice)


@dataclass(frozen=True, slots=True)
class Slips:
    """Slips sent = returned + not returned, by where their members stand + of those struck off the roll.

    In a second round they are the slips of that round: who keeps the first opinion has returned none.
    """

    sent: int
    returned: int
    unreturned: Mapping[Position, int]
    kept: int
    """Of the second round: not returned, and standing where they stood in the first."""
    struck: int


def slips(consultation: Consultation, result: Result) -> Slips:
    """Count the slips of a consultation that has a result."""
    first, kept = consultation.first, frozenset(result.kept)
    sent = [s for s in consultation.roll if first is None or s.person in first.asked]
    where = {seat.person: result.positions[seat.person] for seat in consultation.asked}
    returned = sum(at in CHOICES and person not in kept for person, at in where.items())
    unreturned: dict[Position, int] = {}
    for person, at in where.items():
        if at not in CHOICES and person not in kept:
            unreturned[at] = unreturned.get(at, 0) + 1
    return Slips(
        sent=len(sent),
        returned=returned,
        unreturned=unreturned,
        kept=sum(person in kept for person in where),
        struck=len(sent) - len(where),
    )
