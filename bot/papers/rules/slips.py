"""How many slips went out and what became of each, as counting minutes tell it; what they decide is not known here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from bot.consultations.rules.consultation import Consultation, Position
from bot.consultations.rules.dating import answers
from bot.consultations.rules.outcome import Result
from bot.consultations.rules.tally import Slips, slips


@dataclass(frozen=True, slots=True)
class Circulation:
    """Slips sent = those that came back + not returned, by where members stand + kept + of those struck or recused.

    In a second round they are the slips of that round: who keeps the first opinion has returned none.
    """

    sent: int
    back: Slips
    unreturned: Mapping[Position, int]
    kept: int
    """Of the second round: not returned, and standing where they stood in the first."""
    struck: int
    recused: int
    """Who takes no part: no slip of theirs is asked for any more."""


def circulation(consultation: Consultation, result: Result) -> Circulation:
    """Follow the slips of a consultation that has a result."""
    first = consultation.first
    sent = [s for s in consultation.roll if first is None or s.person in first.asked]
    recused = [s for s in sent if result.positions[s.person] is Position.RECUSED]
    came = answers(consultation).keys() | consultation.invalid_slips.keys()
    out = [seat.person for seat in consultation.asked if seat.person not in came]
    return Circulation(
        sent=len(sent),
        back=slips(consultation),
        unreturned=Counter(result.positions[p] for p in out if p not in result.kept),
        kept=sum(person in result.kept for person in out),
        struck=len(sent) - len(consultation.asked) - len(recused),
        recused=len(recused),
    )
