"""Who may see and change the people of a committee, looked up in the transaction that asks. Nothing is changed here."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from bot.db import people, rulebooks
from bot.db.people import Committee
from bot.kit import access
from bot.kit.unit import UnitOfWork
from bot.people.rules.acting import Staff, StandIn
from bot.people.rules.founding import AGENCY
from bot.people.rules.people import BESIDE, Person, SeatHeld, head_of, members_of
from bot.regulations.rules.regulation import Body, Regulation
from bot.values.names import sort_key
from bot.values.refusal import NO_RIGHT, Refusal, Refused


@dataclass(frozen=True, slots=True)
class Office:
    """Who looks at the people of a committee, and everybody in it."""

    actor: Person
    committee: Committee
    regulation: Regulation
    everybody: tuple[Person, ...]
    standing_in: tuple[StandIn, ...] = ()

    @property
    def staff(self) -> Staff:
        """Everybody, and who stands in for whom."""
        return Staff(self.everybody, self.standing_in)

    @property
    def house(self) -> House:
        """The same, whoever looks at it."""
        return House(self.committee, self.regulation, self.staff)

    @property
    def may_edit(self) -> bool:
        """Only the clerk changes people; the head sees them."""
        return self.actor.is_clerk

    @property
    def may_name_clerk(self) -> bool:
        """As of a `House`, of who looks."""
        return self.house.may_name_clerk(self.actor)

    @property
    def heads(self) -> tuple[Person, ...]:
        """The heads of the committee's bodies and who stands in for them, each once."""
        found = [head for body in self.regulation.bodies for head in self.staff.heads(body)]
        return tuple({head.id: head for head in found}.values())

    def person(self, person_id: int) -> Person | None:
        """Somebody of this committee, unless retired."""
        return self.house.person(person_id)

    def without(self, gone: Person) -> tuple[Person, ...]:
        """Everybody but one."""
        return tuple(p for p in self.everybody if p.id != gone.id)

    def headless(self, rest: Sequence[Person]) -> list[Body]:
        """Bodies that have a head now and would have none with the rest."""
        return [
            body
            for body in self.regulation.bodies
            if head_of(self.everybody, body)
            and members_of(rest, body.id)
            and not head_of(rest, body)
        ]


@dataclass(frozen=True, slots=True)
class Found:
    """One person before the office."""

    office: Office
    person: Person

    def seat(self, body: str) -> SeatHeld:
        """The seat in that body; refused where it is gone. Those beside the rolls have none."""
        for each in self.person.seats:
            if each.body == body and each.role not in BESIDE:
                return each
        raise Refused(Refusal("seat_changed"))


async def office_of(work: UnitOfWork, account: int, committee: int) -> Office:
    """The list is open to clerks and heads of the committee; others are refused and learn nothing."""
    actor = await access.in_committee(work, account, committee)
    if actor is None:
        raise Refused(NO_RIGHT)
    office = await seen_by(work, actor)
    if not actor.is_clerk and actor not in office.heads:
        raise Refused(NO_RIGHT)
    return office


async def seen_by(work: UnitOfWork, actor: Person) -> Office:
    """The committee of somebody, with everybody in it; whether that one may see it is asked elsewhere."""
    house = await house_of(work, actor.committee)
    staff = house.staff
    return Office(actor, house.committee, house.regulation, staff.everybody, staff.standing_in)


@dataclass(frozen=True, slots=True)
class House:
    """A committee with everybody in it, whoever looks at it."""

    committee: Committee
    regulation: Regulation
    staff: Staff

    def may_name_clerk(self, person: Person) -> bool:
        """A clerk adds anybody; who acts as a head in all that a head does, a clerk."""
        return person.is_clerk or self.staff.heads_wholly(person, self.regulation.bodies)

    def person(self, person_id: int | None) -> Person | None:
        """Somebody of this committee, unless retired."""
        return next((p for p in self.staff.everybody if p.id == person_id), None)


async def house_of(work: UnitOfWork, committee: int) -> House:
    """The committee as it stands in this transaction."""
    kept = await people.committee(work.tx, committee)
    regulation = await rulebooks.regulation(work.tx, kept.rulebook)
    return House(kept, regulation, await access.staff(work, committee))


async def clerk_of(work: UnitOfWork, account: int, committee: int) -> Office:
    """Only a clerk of the committee changes its people; others are refused."""
    office = await office_of(work, account, committee)
    if not office.may_edit:
        raise Refused(NO_RIGHT)
    return office


async def before(work: UnitOfWork, account: int, person_id: int) -> Found:
    """A clerk before one person of the own committee; others are refused."""
    return await _found(work, account, person_id, clerk_of)


async def before_clerk(work: UnitOfWork, account: int, person_id: int) -> Found:
    """As `before`; a head, too, before somebody of the office."""
    found = await look_at(work, account, person_id)
    may = found.office.may_name_clerk if found.person.is_clerk else found.office.may_edit
    if not may:
        raise Refused(NO_RIGHT)
    return found


async def before_named(work: UnitOfWork, account: int, person_id: int) -> Found:
    """Who may name a clerk before whom that may be; others are refused."""
    found = await look_at(work, account, person_id)
    if not found.office.may_name_clerk:
        raise Refused(NO_RIGHT)
    return found


async def namer_of(work: UnitOfWork, account: int, committee: int) -> Office:
    """Clerks of the committee, and who may name one; others are refused."""
    office = await office_of(work, account, committee)
    if not office.may_name_clerk:
        raise Refused(NO_RIGHT)
    return office


async def look_at(work: UnitOfWork, account: int, person_id: int) -> Found:
    """One person, for those who may see the list; others are refused."""
    return await _found(work, account, person_id, office_of)


async def _found(
    work: UnitOfWork,
    account: int,
    person_id: int,
    seen: Callable[[UnitOfWork, int, int], Awaitable[Office]],
) -> Found:
    person = await people.person(work.tx, person_id)
    if person is None:
        known = [p for p in await people.of_account(work.tx, account) if p.is_clerk]
        raise Refused(Refusal("person_gone") if known else NO_RIGHT)
    return Found(await seen(work, account, person.committee), person)


def in_order(everybody: Sequence[Person]) -> list[Person]:
    """By given name in Vietnamese order; agencies after people, in the order of their roll."""
    agencies = [p for p in everybody if any(seat.office == AGENCY for seat in p.seats)]
    ids = {p.id for p in agencies}
    named = sorted((p for p in everybody if p.id not in ids), key=lambda p: sort_key(p.name))
    return [*named, *sorted(agencies, key=lambda p: p.id)]


Holding = tuple[int, int | None, str]
"""A running matter: its id, its number, its subject."""
HOLDERS: list[Callable[[UnitOfWork, Person], Awaitable[list[Holding]]]] = []
"""Which running matters hold a person on their frozen roll; each subject that freezes rolls enters its own."""


async def running_of(work: UnitOfWork, person: Person) -> list[Holding]:
    """Running matters on whose frozen roll the person stands."""
    return [held for holder in HOLDERS for held in await holder(work, person)]
