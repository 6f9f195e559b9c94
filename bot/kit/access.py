"""Who acts, and for whom, looked up in the transaction that writes. A button carries ids, never rights.

The `Access` of every subject is this one with what the person stands before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.db import people, standing_in
from bot.kit.event import Event
from bot.kit.unit import Line, UnitOfWork
from bot.people.rules.acting import Acting, Staff, Standing, standing_of
from bot.people.rules.people import Person
from bot.regulations.rules.regulation import Body

staff_changed: Event[int] = Event()
"""The people of a committee are others, or hold other seats; what follows from it is done in the same transaction."""


@dataclass(frozen=True, slots=True)
class By:
    """Who acted, and for whom and by which article another did; names for people to read."""

    name: str
    acting_for: str = ""
    article: str = ""


@dataclass(frozen=True, slots=True)
class Access:
    """A person before what concerns a body: seats, offices, and as whose head that person acts now."""

    person: Person
    acting: Acting | None = field(default=None, kw_only=True)

    @property
    def reference(self) -> str:
        """How the register names what the person stands before."""
        raise NotImplementedError

    @property
    def standing(self) -> Standing:
        """What the person is to the body, as rights are judged."""
        return standing_of(self.person, self.acting)

    @property
    def head(self) -> bool:
        """The head, or who stands in for the head."""
        return self.acting is not None

    @property
    def acting_for(self) -> int | None:
        """The head for whom the person stands in."""
        return self.acting.acting_for if self.acting else None

    @property
    def by(self) -> By:
        """The person as the author of an act."""
        return by(self.person, self.acting)

    def line(self, act: str, detail: Mapping[str, object] | None = None, *, of: str = "") -> Line:
        """The line of the register that tells an act of this person; of who stands in it names both.

        With `of` it is about another thing than what the person stands before.
        """
        told = {**(detail or {}), **acted_for(self.acting)}
        return Line(self.person.committee, self.person, act, of or self.reference, told)


def by(person: Person, acting: Acting | None) -> By:
    """The person as the author of an act, with the head for whom it is done."""
    if acting is None or acting.standing_in is None:
        return By(person.name)
    return By(person.name, acting.head.name, acting.standing_in.article)


def acted_for(acting: Acting | None) -> dict[str, object]:
    """What a line of the register says of whom somebody stood in for; nothing where nobody did."""
    if acting is None or acting.standing_in is None:
        return {}
    head, article = acting.head, acting.standing_in.article
    return {"acting_for": head.id, "acting_for_name": head.name, "acting_under": article}


async def in_committee(work: UnitOfWork, account: int, committee: int) -> Person | None:
    """The person this account is in that committee; an act in one that has ended is refused to its people."""
    persons = await people.of_account(work.tx, account)
    found = next((p for p in persons if p.committee == committee), None)
    if found is not None and work.acts:
        await work.require_open(committee)
    return found


async def staff(work: UnitOfWork, committee: int, at: datetime | None = None) -> Staff:
    """Everybody of a committee, and who stands in for whom at that moment, by default now."""
    everybody = await people.of_committee(work.tx, committee)
    return await staff_of(work, everybody, committee, at)


async def staff_of(
    work: UnitOfWork, everybody: Sequence[Person], committee: int, at: datetime | None = None
) -> Staff:
    """As `staff`, of people who are known already."""
    given = await standing_in.running(work.tx, committee, at or work.now)
    return Staff(tuple(everybody), tuple(given))


async def acting(work: UnitOfWork, person: Person, body: Body) -> Acting | None:
    """As what the person acts as head of the body now: the one place that every subject asks."""
    return (await staff(work, person.committee)).acting(person, body)
