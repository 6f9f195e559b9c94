"""Where a member's wish begins: of which body, in which words; and the list of wishes. Each kind is kept elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.db import drafts, outbox, people, rulebooks
from bot.db.notice import Button, Card, Notice
from bot.kit import access
from bot.kit.screen import Screen
from bot.kit.unit import Context, UnitOfWork
from bot.meetings import agenda
from bot.meetings.requests import cards
from bot.meetings.requests import store as requests
from bot.meetings.rules.requests import Wish, bodies_for, refuse, seated
from bot.people.rules.people import Person, Role, head_of
from bot.regulations.rules.regulation import Body, Regulation
from bot.values.action import action
from bot.values.names import sort_key
from bot.values.refusal import NO_RIGHT, Refusal, faulty
from bot.values.secrecy import secrecy_mark
from bot.values.texts import TextFault


@dataclass(frozen=True, slots=True)
class Wisher:
    """Somebody before the wishes of a committee."""

    person: Person
    committee: str
    """Its name."""
    regulation: Regulation
    everybody: Sequence[Person]

    @property
    def office(self) -> bool:
        """Clerks and heads see every wish."""
        heads = [head_of(self.everybody, body) for body in self.regulation.bodies]
        return self.person.is_clerk or any(h and h.id == self.person.id for h in heads)

    def may_wish(self, wish: Wish, body: str = "") -> Refusal | None:
        """The one predicate for button and tap; an item can be proposed instead."""
        refusal = refuse(self.regulation, self.person, wish, body)
        if refusal is None or wish is Wish.ITEM or not seated(self.regulation, self.person):
            return refusal
        way = action("wish", self.person.committee, Wish.ITEM.value)
        return replace(refusal, instead="wish_item", button=way)

    def named(self, person: int | None) -> str:
        """The name of somebody of the committee; empty for who has left it."""
        return next((each.name for each in self.everybody if each.id == person), "")


async def wisher(work: UnitOfWork, account: int, committee: int) -> Wisher | Refusal:
    """Whoever this account is in the committee; guests and reporting units wish nothing."""
    person = await access.in_committee(work, account, committee)
    if person is None or not _sits(person):
        return NO_RIGHT
    found = await people.committee(work.tx, committee)
    regulation = await rulebooks.regulation(work.tx, found.rulebook)
    everybody = await people.of_committee(work.tx, committee)
    return Wisher(person, found.name, regulation, everybody)


def _sits(person: Person) -> bool:
    return any(seat.role not in (Role.GUEST, Role.UNIT) for seat in person.seats)


# --- the list --------------------------------------------------------------------------------


async def list_rows(work: UnitOfWork, person: Person) -> list[tuple[Button, ...]]:
    """The way to the wishes from the list of meetings."""
    if not _sits(person):
        return []
    return [(Button(work.say.label("wish_button.list"), action("wishes", person.committee)),)]


async def card(context: Context, account: int, committee: int) -> Screen | Refusal:
    """What a member may wish and what waits of it; for the office everything that waits."""
    async with context.look() as work:
        found = await wisher(work, account, committee)
        if isinstance(found, Refusal):
            return found
        items = [
            cards.ItemLine(item, found.regulation.body(item.body), found.named(item.proposed_by))
            for item in await agenda.waiting(work.tx, committee)
            if item.proposed_by is not None
        ]
        asking = [
            cards.RequestLine(one, found.regulation.body(one.body), found.named(one.person))
            for one in await requests.unsettled(work.tx, committee)
        ]
    me = found.person.id
    view = cards.Wishes(
        committee,
        found.committee,
        tuple(line for line in items if line.item.proposed_by == me),
        tuple(line for line in asking if line.request.person == me),
        tuple(line for line in items if found.office and line.item.proposed_by != me),
        tuple(line for line in asking if found.office and line.request.person != me),
        tuple(wish for wish in Wish if bodies_for(found.regulation, found.person, wish)),
    )
    return Screen(cards.listed(context.say, view), about=about(committee))


# --- a wish begins ---------------------------------------------------------------------------


async def begin(
    context: Context, account: int, committee: int, wish: Wish, body_id: str = ""
) -> Screen | Refusal:
    """Ask of which body where there are several, then for the words; nothing is kept until they come."""
    async with context.work() as work:
        found = await wisher(work, account, committee)
        if isinstance(found, Refusal):
            return found
        refusal = found.may_wish(wish, body_id)
        if refusal is None and wish is Wish.MEETING:
            refusal = await asked_already(work, found, body_id)
        if refusal is not None:
            return refusal
        mine = [
            b for b in bodies_for(found.regulation, found.person, wish) if body_id in ("", b.id)
        ]
        if len(mine) > 1:
            return Screen(cards.pick_body(context.say, committee, wish, mine))
        ref = {"committee": committee, "body": mine[0].id, "wish": wish.value}
        await drafts.await_words(work.tx, account, "wish", ref, work.now)
    return Screen(cards.ask_words(context.say, committee, wish, mine[0]))


async def asked_already(work: UnitOfWork, found: Wisher, body_id: str) -> Refusal | None:
    """Everybody asks once until it is settled; with the way to take it back."""
    for one in await requests.unsettled(work.tx, found.person.committee):
        if one.person == found.person.id and body_id in ("", one.body):
            values = {"at": one.at}
            way = action("wish_unask", one.id)
            return Refusal("wish_asked_already", instead="wish_unask", button=way, values=values)
    return None


def without_secrets(text: str | TextFault) -> str | Refusal:
    """Words as they are kept; refused when empty, endless, or marked as a state secret."""
    if isinstance(text, TextFault):
        return faulty(text)
    mark = secrecy_mark(text)
    return Refusal("secret", values={"mark": mark}) if mark else text


# --- who is told -----------------------------------------------------------------------------


def about(committee: int) -> str:
    """Wishes are not to be forwarded either."""
    return f"committee:{committee}"


def office(found: Wisher, body: Body) -> list[Person]:
    """Clerks, and the head of the body."""
    return access.office_among(found.everybody, body)


def clerks(found: Wisher) -> list[Person]:
    """The office that prepares meetings, in the order of names."""
    return sorted((p for p in found.everybody if p.is_clerk), key=lambda p: sort_key(p.name))


async def tell(work: UnitOfWork, to: Sequence[Person], shown: Card, key: str) -> None:
    """The same card to several persons who can be reached, once each under the key."""
    notices = [
        Notice(
            key=f"{key}:{person.id}",
            chat_id=person.account,
            kind=key.split(":", 1)[0],
            card=shown,
            person_id=person.id,
            about=about(person.committee),
        )
        for person in {each.id: each for each in to}.values()
        if person.account is not None
    ]
    await outbox.put_many(work.tx, notices, work.now)
