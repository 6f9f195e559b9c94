"""Who stands before the years of a committee: its clerks, and the heads of its bodies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.db import people, rulebooks
from bot.kit import access
from bot.kit.notify import reference
from bot.kit.unit import UnitOfWork
from bot.people.rules.acting import Acting
from bot.people.rules.people import Person
from bot.regulations.rules.regulation import Body
from bot.values.refusal import NO_RIGHT, Refused


@dataclass(frozen=True, slots=True)
class Access(access.Access):
    """Clerk or head before what a committee did in a year."""

    committee: int
    name: str
    bodies: Mapping[str, str]
    """The names of its bodies, also of those that only an earlier rule book has."""

    @property
    def reference(self) -> str:
        """How the register names the committee."""
        return reference("committee", self.committee)


async def office(work: UnitOfWork, account: int, committee: int) -> Access:
    """A clerk of the committee, or who acts as head of one of its bodies in all that a head does; nobody else (I10)."""
    person = await access.in_committee(work, account, committee)
    if person is None:
        raise Refused(NO_RIGHT)
    kept = await people.committee(work.tx, committee)
    bodies = (await rulebooks.regulation(work.tx, kept.rulebook)).bodies
    acting = await _whole_head(work, person, bodies)
    if not person.is_clerk and acting is None:
        raise Refused(NO_RIGHT)
    every = await rulebooks.over_time(work.tx, committee, kept.rulebook)
    named = {body.id: body.name for one in every for body in one.regulation.bodies}
    return Access(person, committee, kept.name, named, acting=acting)


async def sees_years(work: UnitOfWork, person: Person) -> bool:
    """Whether the years of the committee are open to the person."""
    if person.is_clerk:
        return True
    kept = await people.committee(work.tx, person.committee)
    bodies = (await rulebooks.regulation(work.tx, kept.rulebook)).bodies
    return await _whole_head(work, person, bodies) is not None


async def _whole_head(work: UnitOfWork, person: Person, bodies: Sequence[Body]) -> Acting | None:
    staff = await access.staff(work, person.committee)
    every = (staff.acting(person, body) for body in bodies)
    return next((each for each in every if each is not None and each.whole), None)
