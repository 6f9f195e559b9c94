"""Another roll or a new term asked at the machine: as on the phone, entered for a clerk, confirmed there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.committees.amending.machine import clerk_meant, committee_meant, day_meant
from bot.committees.rules.roster import NewRoll, Question
from bot.committees.terms import asking, cards
from bot.committees.terms.cards import Told
from bot.committees.terms.reading import read
from bot.committees.terms.store import Wanted as Asked
from bot.kit import seconding
from bot.kit.unit import UnitOfWork
from bot.people import face
from bot.people.face import House, read_decision, refuse_decision
from bot.values.refusal import refuse, require


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked: in which committee ("" where there is one), by which clerk, from when, by which decision.

    `file` and `content` of a roster, "" where a term begins with the people of today; `same` says who a line is, by
    its place from 1 on and the person's number, 0 for somebody new.
    """

    since: str
    decision: str
    committee: str = ""
    clerk: str = ""
    term: bool = False
    file: str = ""
    content: bytes = b""
    same: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Entered:
    """What was entered: the number of the request, from when on, all that changes, and who may confirm it."""

    request: int
    since: date
    term: bool
    turns: tuple[Told, ...]
    seconds: tuple[str, ...]


async def ask(work: UnitOfWork, wanted: Wanted) -> Entered:
    """Enter it for the clerk, who may take it back; refused as on the phone, and while somebody must be told apart."""
    house = await face.house_of(work, await committee_meant(work, wanted.committee))
    clerk = clerk_meant(house, wanted.clerk)
    require(refuse_decision(None, wanted.decision, work.now))
    decision = read_decision(wanted.decision, work.now)
    if not decision.number:
        refuse("decision_needed")
    roll = _roll(house, wanted) if wanted.file else None
    term = wanted.term or roll is None
    asked = Asked(day_meant(wanted.since), term, roll)
    by = seconding.keeper(work, house.committee.id)
    request = await asking.ask(work, clerk, asked, decision, by)
    seconds = await asking.ROSTERS.seconds(work, request)
    names = [each.name for each in house.staff.everybody if each.id in seconds.everyone]
    turns = cards.told(work.say, house, asked)
    return Entered(request.id, asked.since, term, turns, tuple(names))


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
        candidates=[(each.id, each.name, each.unit) for each in known],
    )
