"""What a clerk changes about people: names, seats, invitations, leaving. A frozen roll is never touched here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.db import drafts, outbox, people
from bot.db.notice import ANSWER, Card, Notice
from bot.kit.event import Event
from bot.kit.unit import Context, UnitOfWork
from bot.people import access, cards, joining
from bot.people import store as roster
from bot.people.access import Office
from bot.people.joining import Invitation, subject
from bot.people.roster import person_shown
from bot.people.rules.founding import NAME_LIMIT
from bot.people.rules.people import Person, Role, SeatHeld
from bot.values.refusal import Refusal, faulty
from bot.values.texts import TextFault, clean_line

changed: Event[int] = Event()
"""The people of a committee are others, or hold other seats; what follows from it is done in the same transaction."""


async def invite(context: Context, account: int, person_id: int) -> Card | Refusal:
    """A new invitation for somebody who has not joined; its link is the next message to the clerk."""
    async with context.work() as work:
        found = await access.before(work, account, person_id)
        if isinstance(found, Refusal):
            return found
        office, person = found
        if person.joined:
            return Refusal("joined_already", values={"name": person.name})
        await send_invitation(work, office.actor, person)
        return await person_shown(work, account, person_id)


async def send_invitation(work: UnitOfWork, clerk: Person, person: Person) -> Invitation:
    """A new invitation on its way to the clerk who passes it on."""
    invitation = await joining.invite(work, person)
    await work.record(person.committee, clerk, "invited", subject(person), {})
    if clerk.account is not None:
        card = cards.invitation(work.say, person, invitation.link, invitation.expires_at)
        key = f"invitation:{joining.token_hash(invitation.link)[:24]}"
        notice = Notice(key, clerk.account, "invitation", card, priority=ANSWER)
        await outbox.put(work.tx, notice, work.now)
    return invitation


async def ask_name(context: Context, account: int, person_id: int) -> Card | Refusal:
    """Ask how the name should be written."""
    async with context.work() as work:
        found = await access.before(work, account, person_id)
        if isinstance(found, Refusal):
            return found
        ref = {"person": person_id}
        await drafts.await_words(work.tx, account, "people_name", ref, work.now)
        return cards.asks_name(context.say, found[1])


async def rename(context: Context, account: int, person_id: int, text: str) -> Card | Refusal:
    """Write a name anew; one that somebody else here bears is refused."""
    async with context.work() as work:
        found = await access.before(work, account, person_id)
        if isinstance(found, Refusal):
            return found
        office, person = found
        name = name_for(office, text, person)
        if isinstance(name, Refusal):
            return name
        await drafts.answered(work.tx, account)
        if name != person.name:
            await roster.rename(work.tx, person.id, name)
            detail = {"before": person.name, "after": name}
            await work.record(person.committee, office.actor, "renamed", subject(person), detail)
            await tell_heads(work, office, replace(person, name=name), "renamed", detail)
        return await person_shown(work, account, person_id)


def name_for(office: Office, text: str, person: Person | None = None) -> str | Refusal:
    """A name as it is kept, when nobody else in the committee bears it."""
    name = clean_line(text, NAME_LIMIT)
    if isinstance(name, TextFault):
        return faulty(name)
    others = office.without(person) if person else office.everybody
    if name.casefold() in [other.name.casefold() for other in others]:
        return Refusal("name_taken", values={"name": name})
    return name


# --- seats -----------------------------------------------------------------------------------


async def seat_card(context: Context, account: int, person_id: int, body: str) -> Card | Refusal:
    """One seat, with what it can be changed to."""
    async with context.look() as work:
        found = await access.seat_before(work, account, person_id, body)
        if isinstance(found, Refusal):
            return found
        return cards.seat(context.say, *found)


async def change_office(
    context: Context, account: int, person_id: int, body: str, name: str
) -> Card | Refusal:
    """Another office in the same seat, from the next roll on."""
    async with context.work() as work:
        found = await access.seat_before(work, account, person_id, body)
        if isinstance(found, Refusal):
            return found
        office, person, seat = found
        if name not in cards.offered(office.regulation, seat.role, body):
            return Refusal("seat_changed")
        return await _changed(work, office, person, seat, replace(seat, office=name))


async def change_time(
    context: Context, account: int, person_id: int, body: str, *, full_time: bool
) -> Card | Refusal:
    """Held full time or beside other work, from the next roll on."""
    async with context.work() as work:
        found = await access.seat_before(work, account, person_id, body)
        if isinstance(found, Refusal):
            return found
        office, person, seat = found
        return await _changed(work, office, person, seat, replace(seat, full_time=full_time))


async def _changed(
    work: UnitOfWork, office: Office, person: Person, old: SeatHeld, new: SeatHeld
) -> Card | Refusal:
    if old != new:
        await roster.end_seat(work.tx, person.id, old, work.now)
        await people.add_seat(work.tx, person.committee, person.id, new)
        detail = {"body": old.body, "before": _written(old), "after": _written(new)}
        await work.record(person.committee, office.actor, "seat_changed", subject(person), detail)
        await tell_heads(work, office, person, "seat_changed", {"seat": new})
        await changed.happened(work, person.committee)
    return await person_shown(work, office.actor.account or 0, person.id)


def _written(seat: SeatHeld) -> dict[str, object]:
    return {"office": seat.office, "full_time": seat.full_time}


async def ask_body(
    context: Context, account: int, person_id: int, body: str | None
) -> Card | Refusal:
    """Which further body, then which office in it."""
    async with context.look() as work:
        found = await access.before(work, account, person_id)
        if isinstance(found, Refusal):
            return found
        office, person = found
        free = {each.id: each for each in cards.free_bodies(office, person)}
        if body is None:
            return cards.asks_body(context.say, office, person)
        if body not in free:
            return Refusal("seat_changed")
        return cards.asks_office(context.say, office, person, free[body])


async def join_body(
    context: Context, account: int, person_id: int, body: str, name: str
) -> Card | Refusal:
    """A seat in a further body, last on its roll, from the next matter on."""
    async with context.work() as work:
        found = await access.before(work, account, person_id)
        if isinstance(found, Refusal):
            return found
        office, person = found
        free = [each.id for each in cards.free_bodies(office, person)]
        if body not in free or name not in cards.offered(office.regulation, Role.MEMBER, body):
            return Refusal("seat_changed")
        place = await people.next_place(work.tx, person.committee, body)
        full_time = all(seat.full_time for seat in person.seats)
        seat = SeatHeld(Role.MEMBER, body, name, full_time, place)
        await people.add_seat(work.tx, person.committee, person.id, seat)
        detail = {"body": body, **_written(seat)}
        await work.record(person.committee, office.actor, "seat_added", subject(person), detail)
        await tell_heads(work, office, person, "seat_added", {"seat": seat})
        await changed.happened(work, person.committee)
        return await person_shown(work, account, person_id)


# --- leaving ---------------------------------------------------------------------------------


async def leave(
    context: Context, account: int, person_id: int, body: str, *, confirmed: bool
) -> Card | Refusal:
    """Out of one body, from the next matter on; the only seat is given up by retiring."""
    async with context.work() as work:
        found = await access.seat_before(work, account, person_id, body)
        if isinstance(found, Refusal):
            return found
        office, person, seat = found
        if len(person.seats) == 1:
            return Refusal("only_seat", values={"name": person.name})
        if not confirmed:
            return await _confirm(work, office, person, "leave", body)
        await roster.end_seat(work.tx, person.id, seat, work.now)
        detail = {"body": body, **_written(seat)}
        await work.record(person.committee, office.actor, "seat_ended", subject(person), detail)
        await tell_heads(work, office, person, "seat_ended", {"seat": seat})
        await changed.happened(work, person.committee)
        return await person_shown(work, account, person_id)


async def retire(
    context: Context, account: int, person_id: int, *, confirmed: bool
) -> Card | Refusal:
    """Out of the committee: the account is freed, running matters keep the rolls they froze."""
    async with context.work() as work:
        found = await access.before(work, account, person_id)
        if isinstance(found, Refusal):
            return found
        office, person = found
        if person.is_clerk and not any(p.is_clerk for p in office.without(person)):
            return Refusal("last_clerk")
        if not confirmed:
            return await _confirm(work, office, person, "retire")
        running = await access.running_of(work, person)
        await _retired(work, office, person, [matter for matter, _, _ in running])
        return cards.retired(work.say, person.committee, person.name, len(running))


async def _retired(work: UnitOfWork, office: Office, person: Person, running: list[int]) -> None:
    await people.retire(work.tx, person.id, work.now)
    wish = await roster.wish_for(work.tx, person.id)
    if wish is not None:
        await people.settle_rebinding(work.tx, wish.id, None, work.now)
    detail = {"name": person.name, "running": running}
    await work.record(person.committee, office.actor, "retired", subject(person), detail)
    await tell_heads(work, office, person, "retired", {})
    await changed.happened(work, person.committee)
    await freed(work, office, person, "retired")


async def freed(work: UnitOfWork, office: Office, person: Person, why: str) -> None:
    """The account a person had hears that it is that person no longer, and nothing more follows."""
    if person.account is None:
        return
    await roster.drop_waiting(work.tx, person.id, person.account, work.now)
    await drafts.answered(work.tx, person.account)
    card = cards.freed(work.say, office.committee.name, person, why)
    key = f"freed:{person.id}:{stamp(work)}"
    notice = Notice(key, person.account, "freed", card, person_id=person.id)
    await outbox.put(work.tx, notice, work.now)


async def _confirm(
    work: UnitOfWork, office: Office, person: Person, act: str, body: str | None = None
) -> Card:
    kept = tuple(seat for seat in person.seats if seat.body != body)
    rest = office.without(person)
    if body is not None:
        rest = (*rest, replace(person, seats=kept))
    names = {each.id: each.name for each in office.regulation.bodies}
    return cards.confirms(
        work.say,
        person,
        act,
        (person.id,) if body is None else (person.id, body),
        running=await access.running_of(work, person),
        headless=office.headless(rest),
        body=names.get(body or "", ""),
    )


# --- what the heads hear ---------------------------------------------------------------------


async def tell_heads(
    work: UnitOfWork, office: Office, person: Person, act: str, view: Mapping[str, object]
) -> None:
    """Who sits where is told to the heads at once; the clerk who did it knows."""
    card = cards.changed(work.say, office, person, act, view)
    notices = [
        Notice(
            f"staffing:{act}:{person.id}:{stamp(work)}:{head.id}", head.account, "staffing", card
        )
        for head in office.heads
        if head.account is not None and head.id != office.actor.id
    ]
    await outbox.put_many(work.tx, notices, work.now)


def stamp(work: UnitOfWork) -> int:
    """The moment as a whole number, for keys of notices."""
    return int(work.now.timestamp() * 1000)
