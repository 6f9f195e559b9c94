"""Another roll or a new term asked at the machine: as on the phone, entered for a clerk, confirmed there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.committees import machine
from bot.committees.machine import Entered, Given
from bot.committees.terms import asking, cards
from bot.committees.terms.cards import Told
from bot.committees.terms.reading import read
from bot.committees.terms.store import Wanted as Asked
from bot.kit.unit import UnitOfWork
from bot.people.face import House
from bot.people.rules.new_roll import NewRoll, Question
from bot.values.refusal import refuse


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted(Given):
    """What is asked, as typed: `file` and `content` of a roster, "" where a term begins with the people of today.

    `same` says who a line is, by its place from 1 on and the person's number, 0 for somebody new.
    """

    term: bool = False
    file: str = ""
    content: bytes = b""
    same: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rolled(Entered):
    """What was entered, with all that changes."""

    term: bool
    turns: tuple[Told, ...]


async def ask(work: UnitOfWork, wanted: Wanted) -> Rolled:
    """Enter it for the clerk, who may take it back; see `asking`, and refused while somebody must be told apart."""
    entered = await machine.asking(work, wanted)
    house = entered.house
    roll = _roll(house, wanted) if wanted.file else None
    asked = Asked(entered.since, wanted.term or roll is None, roll)
    request = await asking.ask(work, entered.clerk, asked, entered.decision, entered.by)
    return Rolled(
        request=request.id,
        since=asked.since,
        seconds=await machine.second_names(work, asking.ROSTERS, house, request),
        term=asked.term,
        turns=cards.told(work.say, house, asked),
    )


def _roll(house: House, wanted: Wanted) -> NewRoll:
    answers = {line - 1: person for line, person in wanted.same.items()}
    found = read(house, wanted.file, wanted.content, answers)
    if found.roll is not None:
        return found.roll
    return _asks(house, found.question)


def _asks(house: House, question: Question | None) -> NewRoll:
    """Refused with everybody who may be the one on that line, by number."""
    if question is None:
        refuse("stale_question")
    known = [each for number in question.candidates if (each := house.person(number)) is not None]
    refuse(
        "roster_who",
        line=question.line + 1,
        name=question.name,
        unit=question.unit,
        code=question.code,
        candidates=[(each.id, each.name, each.unit) for each in known],
    )
