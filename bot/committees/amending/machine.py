"""An amendment asked at the machine: the same act as on the phone, entered for a clerk, confirmed on the phone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.committees.amending import asking
from bot.committees.amending.proposed import Base, Proposed, base, with_settings, with_text
from bot.committees.amending.words import Told, told
from bot.committees.rules.amending import refuse_seats
from bot.committees.rules.difference import difference
from bot.db import people
from bot.kit import seconding
from bot.kit.assumptions import meant
from bot.kit.unit import UnitOfWork
from bot.people import face
from bot.people.face import House, read_decision, refuse_decision
from bot.people.rules.people import Person
from bot.values.refusal import refuse, require
from bot.values.typed_days import DayFault, parse_days


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked: in which committee ("" where there is one), by which clerk, what, from when, by which decision."""

    since: str
    decision: str
    committee: str = ""
    clerk: str = ""
    file: str = ""
    text: str = ""
    settings: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Entered:
    """What was entered: the number of the request, from when on, all that it changes, and who may confirm it."""

    request: int
    since: date
    lines: tuple[Told, ...]
    seconds: tuple[str, ...]


async def ask(work: UnitOfWork, wanted: Wanted) -> Entered:
    """Enter it for the clerk, who may take it back; refused as on the phone, and without a clerk to answer for it."""
    house = await face.house_of(work, await committee_meant(work, wanted.committee))
    clerk = clerk_meant(house, wanted.clerk)
    standing = await base(work, house.committee)
    proposed = _proposed(work, standing, wanted)
    require(refuse_seats(house.staff.everybody, proposed.regulation))
    require(refuse_decision(None, wanted.decision, work.now))
    decision = read_decision(wanted.decision, work.now)
    if not decision.number:
        refuse("decision_needed")
    since = day_meant(wanted.since)
    by = seconding.keeper(work, house.committee.id)
    request = await asking.ask(work, clerk, proposed, since, decision, by)
    before, now = standing.regulation, proposed.regulation
    seconds = await asking.AMENDING.seconds(work, request)
    names = [each.name for each in house.staff.everybody if each.id in seconds.everyone]
    lines = told(work.say, before, now, difference(before, now))
    return Entered(request.id, since, lines, tuple(names))


async def committee_meant(work: UnitOfWork, name: str) -> int:
    """The committee of that name, or the only one; refused otherwise."""
    every = await people.all_committees(work.tx)
    meant_ = [each.id for each in every if not name or each.name.casefold() == name.casefold()]
    if len(meant_) != 1:
        refuse("amend_which", name=name, known=[each.name for each in every])
    return meant_[0]


def clerk_meant(house: House, name: str) -> Person:
    """The clerk of that name, else the only one, else the first."""
    clerks = [each for each in house.staff.everybody if each.is_clerk]
    found = [each for each in clerks if not name or each.name.casefold() == name.casefold()]
    if not found:
        refuse("amend_no_clerk", name=name, known=[each.name for each in clerks])
    return found[0]


def _proposed(work: UnitOfWork, standing: Base, wanted: Wanted) -> Proposed:
    if not wanted.text:
        return with_settings(standing, _values(work, standing, wanted.settings))
    bare = with_text(standing, wanted.file, wanted.text, {})
    if not wanted.settings:
        return bare
    anew = Base(bare.regulation, bare.kept)
    values = _values(work, anew, wanted.settings)
    return with_text(standing, wanted.file, wanted.text, values)


def _values(work: UnitOfWork, of: Base, given: Mapping[str, str]) -> dict[str, object]:
    """The values typed, as their settings mean them; an unknown name stays, and is refused where it is read."""
    known = {each.name: each for each in of.regulation.settings}
    return {
        name: meant(work.say, known[name], typed) if name in known else typed
        for name, typed in given.items()
    }


def day_meant(typed: str) -> date:
    """One day as it is typed at the machine; refused where it is none."""
    try:
        return date.fromisoformat(typed)
    except ValueError:
        found = parse_days(typed, 0)
    if isinstance(found, DayFault) or found.first != found.last:
        refuse("amend_day_unclear")
    return found.first
