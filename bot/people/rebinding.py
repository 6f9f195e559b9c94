"""Another Telegram account for somebody who has joined: the clerk asks, the head agrees, the old account is freed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.db import people
from bot.kit import access as kit_access
from bot.kit.act import act
from bot.kit.ask import Confirm
from bot.kit.notify import notify, stamp
from bot.kit.screen import Screen
from bot.kit.unit import Line, UnitOfWork
from bot.people import access, cards, store
from bot.people.access import Found, Office
from bot.people.joining import subject
from bot.people.roster import person_shown
from bot.people.rules.acting import Acting, may_decide_about
from bot.people.rules.people import Person, members_of
from bot.people.staffing import freed, send_invitation
from bot.regulations.rules.regulation import Body
from bot.values.refusal import NO_RIGHT, Refusal, Refused, require


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


def _acting(office: Office, person: Person, actor: Person) -> Acting | None:
    """As what the actor stands in for the head who may agree."""
    heads = {head.id for head in approvers(office, person)}
    found = (office.staff.acting(actor, body) for body in office.regulation.bodies)
    return next((each for each in found if each and each.acting_for in heads), None)


def _ranked(everybody: Sequence[Person], body: Body) -> list[Person]:
    """Everybody who could head the body, the head first."""
    officers = [person for person in everybody if person.officer_of(body.id)]
    if officers:
        return officers
    ranks = {office: rank for rank, office in enumerate(body.heads)}
    held = [(person, person.seat_in(body.id)) for person in members_of(everybody, body.id)]
    heads = [(ranks[seat.office], person) for person, seat in held if seat and seat.office in ranks]
    return [person for _, person in sorted(heads, key=lambda pair: pair[0])]


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody entitled before a request that waits: whose account it is about, and which clerk asked."""

    request: int
    office: Office
    person: Person
    asked_by: int
    acting: Acting | None = None
    """Where another stands in for the head who may agree."""


# --- the clerk asks --------------------------------------------------------------------------


def may_ask(found: Found, _at: datetime) -> Refusal | None:
    """Only for who has joined, and where somebody who may agree can be reached."""
    person, heads = found.person, approvers(found.office, found.person)
    if not person.joined:
        return Refusal("not_joined", values={"name": person.name})
    if not _joined(found):
        return Refusal("approver_absent", values={"name": heads[0].name if heads else ""})
    return None


def _joined(found: Found) -> list[Person]:
    """Who is asked: those who may agree, and who stands in for them where that reaches to it."""
    heads = approvers(found.office, found.person)
    others = [
        p
        for p in found.office.everybody
        if (acting := _acting(found.office, found.person, p))
        and may_decide_about(acting, found.person.id) is None
    ]
    return [head for head in (*heads, *others) if head.joined]


async def _confirm(work: UnitOfWork, found: Found, _args: tuple[str, ...], _page: int) -> Screen:
    return Screen(cards.confirms_rebinding(work.say, found.person, _joined(found)))


@act("people_rebind", find=access.before, may=may_ask, needs=(Confirm(_confirm),))
async def ask(work: UnitOfWork, found: Found, _at: datetime, _yes: str) -> Screen:
    """The clerk's request goes to the head; an earlier one that waits is replaced."""
    person, clerk = found.person, found.office.actor
    earlier = await store.rebinding_request(work.tx, person.id)
    replaced = [store.settle_rebinding(earlier.id, None, work.now)] if earlier else []
    line = Line(person.committee, clerk, "rebinding_asked", subject(person), {})
    asked = store.ask_rebinding(person.id, clerk.id, work.now)
    request = await work.write(asked, line, *replaced)
    card = cards.asks_rebinding(work.say, found.office, person, clerk, request)
    await notify(work, _joined(found), card, f"rebinding:{request}")
    return await person_shown(work, found, "asked")


# --- the head answers ------------------------------------------------------------------------


async def _asked(work: UnitOfWork, account: int, request: int) -> Asked:
    """Somebody entitled before a request that waits; others are refused."""
    waiting = await people.rebinding(work.tx, request)
    if waiting is None:
        known = await people.of_account(work.tx, account)
        raise Refused(Refusal("rebinding_settled") if known else NO_RIGHT)
    person = await people.person(work.tx, waiting[0])
    actor = await kit_access.in_committee(work, account, person.committee) if person else None
    if person is None or actor is None:
        raise Refused(NO_RIGHT)
    office = await access.seen_by(work, actor)
    if actor.id in [head.id for head in approvers(office, person)]:
        return Asked(request, office, person, waiting[1])
    acting = _acting(office, person, actor)
    if acting is None:
        raise Refused(NO_RIGHT)
    require(may_decide_about(acting, person.id))
    return Asked(request, office, person, waiting[1], acting)


@act("people_rebind_ok", find=_asked)
async def agree(work: UnitOfWork, asked: Asked, _at: datetime) -> Screen:
    """The account is freed, and a new invitation goes to the clerk who asked."""
    settled = store.settle_rebinding(asked.request, asked.office.actor.id, work.now)
    free = store.bind(asked.person.id, None)
    await work.write(settled, _line(asked, "rebinding_approved"), free)
    await freed(work, asked.office, asked.person, "rebound")
    return await _told(work, asked, approved=True)


@act("people_rebind_no", find=_asked)
async def decline(work: UnitOfWork, asked: Asked, _at: datetime) -> Screen:
    """The account stays as it is; the clerk who asked is told."""
    settled = store.settle_rebinding(asked.request, None, work.now)
    await work.write(settled, _line(asked, "rebinding_declined"))
    return await _told(work, asked, approved=False)


def _line(asked: Asked, act: str) -> Line:
    person = asked.person
    return Line(
        person.committee,
        asked.office.actor,
        act,
        subject(person),
        kit_access.acted_for(asked.acting),
    )


async def _told(work: UnitOfWork, asked: Asked, *, approved: bool) -> Screen:
    """The clerk learns what became of the request, and the head sees it."""
    person, head = asked.person, asked.office.actor
    clerk = _recipient(asked.office, person, asked.asked_by)
    card = cards.rebinding_settled(work.say, person, head, approved=approved, head=False)
    key = f"rebinding_settled:{person.id}:{stamp(work)}"
    await notify(work, [clerk], card, key, kind="rebinding")
    if approved and clerk.account is not None:
        await send_invitation(work, clerk, person)
    return Screen(cards.rebinding_settled(work.say, person, head, approved=approved, head=True))


def _recipient(office: Office, person: Person, asked_by: int) -> Person:
    """The clerk who asked, else another clerk, else the head: whose account is not the one in doubt."""
    clerks = [p for p in office.everybody if p.is_clerk and p.joined and p.id != person.id]
    clerks.sort(key=lambda clerk: clerk.id != asked_by)
    return clerks[0] if clerks else office.actor
