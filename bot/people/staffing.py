"""What a clerk changes about people: names, seats, invitations, leaving. A frozen roll is never touched here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.db import drafts, people
from bot.db.fact import Fact
from bot.db.notice import ANSWER
from bot.kit.act import act, press
from bot.kit.ask import Confirm, Given, Pick, Words
from bot.kit.event import Event
from bot.kit.notify import notify, stamp
from bot.kit.screen import Screen
from bot.kit.taps import MalformedPressError, Tap
from bot.kit.unit import Context, Line, UnitOfWork
from bot.people import access, cards, joining, store
from bot.people.access import Found, Office
from bot.people.joining import Invitation, subject
from bot.people.roster import person_shown
from bot.people.rules.people import Person, Role, SeatHeld
from bot.values.limits import PERSON_NAME_LIMIT
from bot.values.refusal import Refusal, Refused, refuse

changed: Event[int] = Event()
"""The people of a committee are others, or hold other seats; what follows from it is done in the same transaction."""
SERVICE = {"full_time": True, "part_time": False}
MARKS = {"on": True, "off": False}


async def _done(work: UnitOfWork, found: Found, toast: str) -> Screen:
    """The person as it is after what was done."""
    account, person = found.office.actor.account or 0, found.person.id
    return await person_shown(work, await access.look_at(work, account, person), toast)


# --- invitations and names -------------------------------------------------------------------


def may_invite(found: Found, _at: datetime) -> Refusal | None:
    """Only who has not joined is invited."""
    person = found.person
    return Refusal("joined_already", values={"name": person.name}) if person.joined else None


@act("people_invite", find=access.before, may=may_invite)
async def invite(work: UnitOfWork, found: Found, _at: datetime) -> Screen:
    """A new invitation for somebody who has not joined; its link is the next message to the clerk."""
    await send_invitation(work, found.office.actor, found.person)
    return await _done(work, found, "invited")


async def send_invitation(work: UnitOfWork, clerk: Person, person: Person) -> Invitation:
    """A new invitation on its way to the clerk who passes it on."""
    invitation = await joining.invite(work, person)
    await work.record(person.committee, clerk, "invited", subject(person), {})
    card = cards.invitation(work.say, person, invitation.link, invitation.expires_at)
    key = f"invitation:{joining.token_hash(invitation.link)[:24]}"
    await notify(work, [clerk], card, key, priority=ANSWER)
    return invitation


async def _ask_name(work: UnitOfWork, found: Found, _args: tuple[str, ...], _page: int) -> Screen:
    return Screen(cards.asks_name(work.say, found.person))


def refuse_name(office: Office, name: str, person: Person | None = None) -> Refusal | None:
    """A name that somebody else in the committee bears."""
    others = office.without(person) if person else office.everybody
    if name.casefold() in [other.name.casefold() for other in others]:
        return Refusal("name_taken", values={"name": name})
    return None


def _refuse_other(found: Found, name: str, _at: datetime) -> Refusal | None:
    return refuse_name(found.office, name, found.person)


@act(
    "people_rename",
    find=access.before,
    needs=(Words(_ask_name, PERSON_NAME_LIMIT, _refuse_other, line=True),),
)
async def rename(work: UnitOfWork, found: Found, _at: datetime, name: str) -> Screen:
    """Write a name anew, from the next roll on."""
    office, person = found.office, found.person
    if name != person.name:
        detail = {"before": person.name, "after": name}
        await work.write(store.rename(person.id, name), _line(found, "renamed", detail))
        await tell_heads(work, office, replace(person, name=name), "renamed", detail)
    return await _done(work, found, "")


# --- seats -----------------------------------------------------------------------------------


@press("people_seat")
async def seat(context: Context, tap: Tap) -> Screen:
    """One seat, with what it can be changed to."""
    async with context.look() as work:
        found = await access.before(work, tap.account, tap.number(0))
        held = found.seat(tap.word(1))
        return Screen(cards.seat(context.say, found.office, found.person, held))


@press("people_office")
async def change_office(context: Context, tap: Tap) -> Screen:
    """Another office in the same seat, from the next roll on."""
    person, body, name = tap.number(0), tap.word(1), tap.word(2)
    async with context.work() as work:
        found = await access.before(work, tap.account, person)
        held = found.seat(body)
        if name not in cards.offered(found.office.regulation, held.role, body):
            refuse("seat_changed")
        return await _changed(work, found, held, replace(held, office=name))


@press("people_time")
async def change_time(context: Context, tap: Tap) -> Screen:
    """Held full time or beside other work, from the next roll on."""
    person, body, service = tap.number(0), tap.word(1), tap.word(2)
    if service not in SERVICE:
        raise MalformedPressError
    async with context.work() as work:
        found = await access.before(work, tap.account, person)
        held = found.seat(body)
        return await _changed(work, found, held, replace(held, full_time=SERVICE[service]))


@press("people_mark")
async def mark(context: Context, tap: Tap) -> Screen:
    """Marked as a part-time vice president, or no more, from the next roll on (8.2.2 in Quảng Ngãi)."""
    person, body, wanted = tap.number(0), tap.word(1), tap.word(2)
    if wanted not in MARKS:
        raise MalformedPressError
    async with context.work() as work:
        found = await access.before(work, tap.account, person)
        held = found.seat(body)
        if not cards.uses_mark(found.office.regulation, held):
            refuse("seat_changed")
        marked = MARKS[wanted]
        new = replace(
            held,
            full_time=held.full_time and not marked,
            part_time_vice_president=marked,
        )
        return await _changed(work, found, held, new)


async def _changed(work: UnitOfWork, found: Found, old: SeatHeld, new: SeatHeld) -> Screen:
    if old != new:
        person = found.person
        detail = {"body": old.body, "before": _written(old), "after": _written(new)}
        facts = (
            store.end_seat(person.id, old, work.now),
            store.add_seat(person.committee, person.id, new),
        )
        await _seated(work, found, "seat_changed", detail, new, *facts)
    return await _done(work, found, "changed")


async def _seated(
    work: UnitOfWork,
    found: Found,
    act: str,
    detail: Mapping[str, object],
    seat: SeatHeld,
    *facts: Fact[None],
) -> None:
    """A seat is another: the fact with its line, the word to the heads, what follows from it."""
    office, person = found.office, found.person
    await work.write(facts[0], _line(found, act, detail), *facts[1:])
    await tell_heads(work, office, person, act, {"seat": seat})
    await changed.happened(work, person.committee)


def _line(found: Found, act: str, detail: Mapping[str, object]) -> Line:
    person = found.person
    return Line(person.committee, found.office.actor, act, subject(person), detail)


def _written(seat: SeatHeld) -> dict[str, object]:
    marks = {"part_time_vice_president": True} if seat.part_time_vice_president else {}
    return {"office": seat.office, "full_time": seat.full_time, **marks}


def _free(found: Found, body: str, _at: datetime) -> Refusal | None:
    free = [each.id for each in cards.free_bodies(found.office, found.person)]
    return None if body in free else Refusal("seat_changed")


async def _ask_body(work: UnitOfWork, found: Found, _args: tuple[str, ...], _page: int) -> Screen:
    return Screen(cards.asks_body(work.say, found.office, found.person))


async def _ask_office(work: UnitOfWork, found: Found, args: tuple[str, ...], _page: int) -> Screen:
    body = found.office.regulation.body(args[1])
    return Screen(cards.asks_office(work.say, found.office, found.person, body))


@act(
    "people_join",
    find=access.before,
    needs=(Pick(_ask_body, _free), Pick(_ask_office)),
)
async def join_body(work: UnitOfWork, found: Found, _at: datetime, body: str, name: str) -> Screen:
    """A seat in a further body, last on its roll, from the next matter on."""
    office, person = found.office, found.person
    if name not in cards.offered(office.regulation, Role.MEMBER, body):
        refuse("seat_changed")
    place = await people.next_place(work.tx, person.committee, body)
    full_time = all(seat.full_time for seat in person.seats)
    seat = SeatHeld(Role.MEMBER, body, name, full_time, place)
    entered = store.add_seat(person.committee, person.id, seat)
    await _seated(work, found, "seat_added", {"body": body, **_written(seat)}, seat, entered)
    return await _done(work, found, "changed")


# --- leaving ---------------------------------------------------------------------------------


async def _confirm(
    work: UnitOfWork, found: Found, act: str, body: str | None, args: tuple[str, ...]
) -> Screen:
    """What leaving means: which running matters keep their rolls, which body is left without a head."""
    office, person = found.office, found.person
    rest = office.without(person)
    if body is not None:
        kept = tuple(seat for seat in person.seats if seat.body != body)
        rest = (*rest, replace(person, seats=kept))
    names = {each.id: each.name for each in office.regulation.bodies}
    card = cards.confirms(
        work.say,
        person,
        act,
        args,
        running=await access.running_of(work, person),
        headless=office.headless(rest),
        body=names.get(body or "", ""),
    )
    return Screen(card)


async def _confirm_leave(
    work: UnitOfWork, found: Found, args: tuple[str, ...], _page: int
) -> Screen:
    return await _confirm(work, found, "leave", args[1], args)


def _refuse_leaving(found: Found, body: str, _at: datetime) -> Refusal | None:
    """The only seat is given up by leaving the committee."""
    try:
        found.seat(body)
    except Refused as no:
        return no.refusal
    only = len(found.person.seats) == 1
    return Refusal("only_seat", values={"name": found.person.name}) if only else None


@act(
    "people_leave",
    find=access.before,
    needs=(Given(_refuse_leaving), Confirm(_confirm_leave)),
)
async def leave(work: UnitOfWork, found: Found, _at: datetime, body: str, _yes: str) -> Screen:
    """Out of one body, from the next matter on."""
    held = found.seat(body)
    ended = store.end_seat(found.person.id, held, work.now)
    await _seated(work, found, "seat_ended", {"body": body, **_written(held)}, held, ended)
    return await _done(work, found, "changed")


def may_retire(found: Found, _at: datetime) -> Refusal | None:
    """The last clerk stays until there is another."""
    office, person = found.office, found.person
    last = person.is_clerk and not any(p.is_clerk for p in office.without(person))
    return Refusal("last_clerk") if last else None


async def _confirm_retire(
    work: UnitOfWork, found: Found, args: tuple[str, ...], _page: int
) -> Screen:
    return await _confirm(work, found, "retire", None, args)


@act("people_retire", find=access.before, may=may_retire, needs=(Confirm(_confirm_retire),))
async def retire(work: UnitOfWork, found: Found, _at: datetime, _yes: str) -> Screen:
    """Out of the committee: the account is freed, running matters keep the rolls they froze."""
    office, person = found.office, found.person
    running = [matter for matter, _, _ in await access.running_of(work, person)]
    request = await store.rebinding_request(work.tx, person.id)
    settled = [store.settle_rebinding(request.id, None, work.now)] if request else []
    line = _line(found, "retired", {"name": person.name, "running": running})
    await work.write(store.retire(person.id, work.now), line, *settled)
    await tell_heads(work, office, person, "retired", {})
    await changed.happened(work, person.committee)
    await freed(work, office, person, "retired")
    card = cards.retired(work.say, person.committee, person.name, len(running))
    return Screen(card, toast=work.say.label("people_toast.retired"))


async def freed(work: UnitOfWork, office: Office, person: Person, why: str) -> None:
    """The account a person had hears that it is that person no longer, and nothing more follows."""
    if person.account is None:
        return
    await store.drop_waiting(work.tx, person.id, person.account, work.now)
    await drafts.answered(work.tx, person.account)
    card = cards.freed(work.say, office.committee.name, person, why)
    await notify(work, [person], card, f"freed:{person.id}:{stamp(work)}")


# --- what the heads hear ---------------------------------------------------------------------


async def tell_heads(
    work: UnitOfWork, office: Office, person: Person, act: str, view: Mapping[str, object]
) -> None:
    """Who sits where is told to the heads at once; the clerk who did it knows."""
    card = cards.changed(work.say, office, person, act, view)
    heads = [head for head in office.heads if head.id != office.actor.id]
    await notify(work, heads, card, f"staffing:{act}:{person.id}:{stamp(work)}")
