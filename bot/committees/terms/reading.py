"""A roster's file as it would make the committee, with what must still be told: who is who. Nothing is written here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.people import face
from bot.people.face import House, RosterFault
from bot.people.rules.founding import Newcomer
from bot.people.rules.new_roll import NewRoll, Question, new_roll, of_nobody, paired
from bot.regulations.faults import words
from bot.values.language import Language
from bot.values.refusal import Refusal, Refused

FAULTS_TOLD = 6
"""Faults of a file that a message tells; the others are counted."""


@dataclass(frozen=True, slots=True)
class Readout:
    """What a file gives: the roll, or the question that must be answered first, and who is already known."""

    roll: NewRoll | None
    question: Question | None


def read(house: House, name: str, content: bytes, answers: Mapping[int, int]) -> Readout:
    """Read it as `dongthuan init` does; refused with everything that is wrong with it."""
    today = house.staff.everybody
    lines = _lines(house, name, content)
    if unknown := of_nobody(lines, today):
        faults = [RosterFault("code_of_nobody", e.row, "code", {"code": e.code}) for e in unknown]
        raise _refused(faults, name)
    known = paired(lines, today, answers)
    if isinstance(known, Question):
        return Readout(None, known)
    return Readout(new_roll(lines, today, known), None)


def _lines(house: House, name: str, content: bytes) -> tuple[Newcomer, ...]:
    found = face.roster_of(name, content, house.regulation)
    if not isinstance(found, tuple):
        return found.people
    raise _refused(found, name)


def _refused(found: Sequence[RosterFault], name: str) -> Refused:
    told = [_told(fault) for fault in found[:FAULTS_TOLD]]
    values = {"faults": told, "more": len(found[FAULTS_TOLD:]), "name": name}
    return Refused(Refusal("roster_faults", values=values))


def _told(fault: RosterFault) -> tuple[int, str, str]:
    """Its row, its column as people call it, and what is wrong there."""
    message, _expected = words(f"init.{fault.kind}", fault.values, Language.VIETNAMESE)
    return fault.row, face.column_title(fault.column), message
