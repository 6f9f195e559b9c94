"""The end of a committee asked at the machine: the same act as on the phone, entered for a clerk, confirmed there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.committees.amending.machine import clerk_meant, committee_meant, day_meant
from bot.committees.closing import asking
from bot.kit import ending, seconding
from bot.kit.unit import UnitOfWork
from bot.people import face
from bot.people.face import read_decision, refuse_decision
from bot.values.refusal import refuse, require


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked: of which committee ("" where there is one), by which clerk, from when, by which decision."""

    since: str
    decision: str
    committee: str = ""
    successor: str = ""
    clerk: str = ""


@dataclass(frozen=True, slots=True)
class Entered:
    """What was entered: the number of the request, from when on, what stands open, and who may confirm it."""

    request: int
    since: date
    successor: str
    open: tuple[tuple[str, str, str], ...]
    """What each is, its title, and what becomes of it."""
    seconds: tuple[str, ...]


async def ask(work: UnitOfWork, wanted: Wanted) -> Entered:
    """Enter it for the clerk, who may take it back; refused as on the phone, and without a clerk to answer for it."""
    house = await face.house_of(work, await committee_meant(work, wanted.committee))
    clerk = clerk_meant(house, wanted.clerk)
    require(refuse_decision(None, wanted.decision, work.now))
    decision = read_decision(wanted.decision, work.now)
    if not decision.number:
        refuse("close_decision")
    since, committee = day_meant(wanted.since), house.committee.id
    by = seconding.keeper(work, committee)
    request = await asking.ask(work, clerk, since, wanted.successor, decision, by)
    seconds = await asking.CLOSES.seconds(work, request)
    names = [each.name for each in house.staff.everybody if each.id in seconds.everyone]
    say = work.say
    open_ = [
        (say.label(f"ending.{each.kind}"), each.title, say.label(f"ending_how.{each.kind}"))
        for each in await ending.standing(work, committee)
    ]
    successor = asking.Closing.of(request.content).successor
    return Entered(request.id, since, successor, tuple(open_), tuple(names))
