"""Another Telegram account for somebody who has joined: the clerk asks, the head agrees, the old account is freed."""

from __future__ import annotations

from collections.abc import Sequence

from bot.db import outbox, people
from bot.db.notice import Card, Notice
from bot.kit import access as kit_access
from bot.kit.screen import Screen
from bot.kit.unit import Context, UnitOfWork
from bot.people import access as people_access
from bot.people import cards
from bot.people import store as roster
from bot.people.access import Office
from bot.people.joining import subject
from bot.people.roster import person_shown
from bot.people.rules.people import Person, members_of
from bot.people.staffing import freed, send_invitation, stamp
from bot.regulations.rules.regulation import Body
from bot.values.refusal import NO_RIGHT, Refusal


def approvers(office: Office, person: Person) -> tuple[Person, ...]:
    """Who may agree: the head of the first body the person sits in (of all, for a clerk).

    A head who has lost the own account cannot tap: then the officer next in rank may agree too.
    """
    bodies = [
        b for b in office.regulation.bodies if person.seat_in(b.id) or person.officer_of(b.id)
    ]
    if not bodies:
        everybody = office.everybody
        bodies = [b for b in office.regulation.bodies if members_of(everybody, b.id)]
    for body in bodies:
        ranked = _ranked(office.everybody, body)
        if ranked:
            return tuple(ranked[:2] if ranked[0].id == person.id else ranked[:1])
    return ()


def _ranked(everybody: Sequence[Person], body: Body) -> list[Person]:
    """Everybody who could head the body, the head first."""
    officers = [person for person in everybody if person.officer_of(body.id)]
    if officers:
        return officers
    ranks = {office: rank for rank, office in enumerate(body.heads)}
    held = [(person, person.seat_in(body.id)) for person in members_of(everybody, body.id)]
    heads = [(ranks[seat.office], person) for person, seat in held if seat and seat.office in ranks]
    return [person for _, person in sorted(heads, key=lambda pair: pair[0])]


async def ask(context: Context, account: int, person_id: int, *, confirmed: bool) -> Card | Refusal:
    """The clerk's wish goes to the head; an earlier one that waits is replaced."""
    async with context.work() as work:
        found = await people_access.before(work, account, person_id)
        if isinstance(found, Refusal):
            return found
        office, person = found
        if not person.joined:
            return Refusal("not_joined", values={"name": person.name})
        heads = approvers(office, person)
        asked = [head for head in heads if head.joined]
        if not asked:
            return Refusal("approver_absent", values={"name": heads[0].name if heads else ""})
        if not confirmed:
            return cards.confirms_rebinding(context.say, person, asked)
        await _asked(work, office, person, asked)
        return await person_shown(work, account, person_id)


async def _asked(work: UnitOfWork, office: Office, person: Person, heads: list[Person]) -> None:
    earlier = await roster.wish_for(work.tx, person.id)
    if earlier is not None:
        await people.settle_rebinding(work.tx, earlier.id, None, work.now)
    clerk = office.actor
    wish = await people.ask_rebinding(work.tx, person.id, clerk.id, work.now)
    await work.record(person.committee, clerk, "rebinding_asked", subject(person), {})
    card = cards.asks_rebinding(work.say, office, person, clerk, wish)
    notices = [
        Notice(f"rebinding:{wish}:{head.id}", head.account, "rebinding", card)
        for head in heads
        if head.account is not None
    ]
    await outbox.put_many(work.tx, notices, work.now)


async def settle(context: Context, account: int, wish: int, *, approved: bool) -> Screen | Refusal:
    """The head agrees or declines; on agreement a new invitation goes to the clerk who asked."""
    async with context.work() as work:
        found = await _before_wish(work, account, wish)
        if isinstance(found, Refusal):
            return found
        office, person, asked_by = found
        by = office.actor.id if approved else None
        await people.settle_rebinding(work.tx, wish, by, work.now)
        act = "rebinding_approved" if approved else "rebinding_declined"
        await work.record(person.committee, office.actor, act, subject(person), {})
        if approved:
            await people.bind(work.tx, person.id, None)
            await freed(work, office, person, "rebound")
        await _tell_clerk(work, office, person, asked_by, approved=approved)
        card = cards.rebinding_settled(work.say, person, office.actor, approved=approved, head=True)
        return Screen(card)


async def _before_wish(
    work: UnitOfWork, account: int, wish: int
) -> tuple[Office, Person, int] | Refusal:
    """Somebody entitled before a wish that waits."""
    waiting = await people.rebinding(work.tx, wish)
    if waiting is None:
        known = await people.of_account(work.tx, account)
        return Refusal("rebinding_settled") if known else NO_RIGHT
    person = await people.person(work.tx, waiting[0])
    if person is None:
        return NO_RIGHT
    actor = await kit_access.in_committee(work, account, person.committee)
    if actor is None:
        return NO_RIGHT
    office = await people_access.seen_by(work, actor)
    if actor.id not in [head.id for head in approvers(office, person)]:
        return NO_RIGHT
    return office, person, waiting[1]


def _recipient(office: Office, person: Person, asked_by: int) -> Person:
    """The clerk who asked, else another clerk, else the head: whose account is not the one in doubt."""
    clerks = [p for p in office.everybody if p.is_clerk and p.joined and p.id != person.id]
    clerks.sort(key=lambda clerk: clerk.id != asked_by)
    return clerks[0] if clerks else office.actor


async def _tell_clerk(
    work: UnitOfWork, office: Office, person: Person, asked_by: int, *, approved: bool
) -> None:
    clerk = _recipient(office, person, asked_by)
    if clerk.account is None:
        return
    card = cards.rebinding_settled(work.say, person, office.actor, approved=approved, head=False)
    key = f"rebinding_settled:{person.id}:{stamp(work)}"
    await outbox.put(work.tx, Notice(key, clerk.account, "rebinding", card), work.now)
    if approved:
        await send_invitation(work, clerk, person)
