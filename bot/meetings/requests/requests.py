"""What members may request of a body's meetings, who requests it, and what of it waits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.db import people, rulebooks
from bot.db.notice import Button, Row
from bot.kit import access as kit_access
from bot.kit.act import press
from bot.kit.notify import reference
from bot.kit.screen import Screen
from bot.kit.taps import Tap
from bot.kit.unit import Context, UnitOfWork
from bot.meetings.agenda import store as agenda
from bot.meetings.requests import cards, store
from bot.meetings.rules.requests import RequestKind, bodies_for, may_request, seated
from bot.people.rules.acting import Staff
from bot.people.rules.people import Person, sits
from bot.regulations.rules.regulation import Body, Regulation
from bot.values.action import action
from bot.values.names import sort_key
from bot.values.refusal import NO_RIGHT, Refusal, Refused


@dataclass(frozen=True, slots=True)
class Access:
    """A person before the requests of a committee."""

    person: Person
    committee: str
    """Its name."""
    regulation: Regulation
    staff: Staff

    @property
    def everybody(self) -> Sequence[Person]:
        """Everybody of the committee."""
        return self.staff.everybody

    @property
    def sees_all(self) -> bool:
        """Clerks, heads and who stands in see every request."""
        bodies = self.regulation.bodies
        return self.person.is_clerk or any(self.staff.acting(self.person, b) for b in bodies)

    def may(self, kind: RequestKind, body: str = "") -> Refusal | None:
        """The one predicate for button and tap; an item can be proposed instead."""
        refusal = may_request(self.regulation, self.person, kind, body)
        is_item = kind is RequestKind.ITEM
        if refusal is None or is_item or not seated(self.regulation, self.person):
            return refusal
        way = action("wish", self.person.committee, RequestKind.ITEM.value)
        return replace(refusal, instead="wish_item", button=way)

    def named(self, person: int | None) -> str:
        """The name of somebody of the committee; empty for who has left it."""
        return next((each.name for each in self.everybody if each.id == person), "")

    def office(self, body: Body) -> list[Person]:
        """Clerks, the head of the body and who stands in."""
        return self.staff.office(body)

    @property
    def clerks(self) -> list[Person]:
        """The office that prepares meetings, in the order of names."""
        return sorted((p for p in self.everybody if p.is_clerk), key=lambda p: sort_key(p.name))


async def find(work: UnitOfWork, account: int, committee: int) -> Access:
    """What this account is in the committee; raises `Refused` for guests and reporting units, too."""
    person = await kit_access.in_committee(work, account, committee)
    if person is None:
        raise Refused(NO_RIGHT)
    return await access_of(work, person)


async def access_of(work: UnitOfWork, person: Person) -> Access:
    """As `find`, of a person of the committee."""
    if not sits(person):
        raise Refused(NO_RIGHT)
    found = await people.committee(work.tx, person.committee)
    regulation = await rulebooks.regulation(work.tx, found.rulebook)
    staff = await kit_access.staff(work, person.committee)
    return Access(person, found.name, regulation, staff)


async def body_of(work: UnitOfWork, found: Access, body_id: str) -> Body:
    """The body of something asked before, also where an amended rule book has it no longer."""
    return await rulebooks.body(work.tx, found.person.committee, found.regulation.digest, body_id)


def about(committee: int) -> str:
    """Requests are not to be forwarded either."""
    return reference("committee", committee)


# --- the list --------------------------------------------------------------------------------


async def list_rows(work: UnitOfWork, person: Person) -> list[Row]:
    """The way to the requests from the list of meetings."""
    if not sits(person):
        return []
    return [(Button(work.say.label("wish_button.list"), action("wishes", person.committee)),)]


@press("wishes")
async def listed(context: Context, tap: Tap) -> Screen:
    """What a member may request and what waits of it; for the office everything that waits."""
    committee = tap.number(0)
    async with context.look() as work:
        found = await find(work, tap.account, committee)
        items = [
            cards.ItemLine(
                item, await body_of(work, found, item.body), found.named(item.proposed_by)
            )
            for item in await agenda.waiting(work.tx, committee)
            if item.proposed_by is not None
        ]
        asking = [
            cards.RequestLine(one, await body_of(work, found, one.body), found.named(one.person))
            for one in await store.unsettled(work.tx, committee)
        ]
    me = found.person.id
    view = cards.Requests(
        committee,
        found.committee,
        tuple(line for line in items if line.item.proposed_by == me),
        tuple(line for line in asking if line.request.person == me),
        tuple(line for line in items if found.sees_all and line.item.proposed_by != me),
        tuple(line for line in asking if found.sees_all and line.request.person != me),
        tuple(kind for kind in RequestKind if bodies_for(found.regulation, found.person, kind)),
    )
    return Screen(cards.listed(context.say, view), about=about(committee))
