"""Notices that an act owes to people, written in the transaction of the act. No act is decided here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.consultations import access as consultations_access
from bot.consultations import cards, opinion_card
from bot.consultations.rules.consultation import Dossier, Reply
from bot.consultations.rules.due import due_moment
from bot.consultations.rules.outcome import Result
from bot.db import live_cards, outbox, people
from bot.db.notice import NOTICE, REMINDER, Card, Notice
from bot.kit import access
from bot.kit.unit import UnitOfWork
from bot.people.rules.people import Person


def form(dossier_id: int, person: int) -> str:
    """The live name of a member's opinion form."""
    return f"form:{dossier_id}:{person}"


def every_form(dossier_id: int) -> str:
    """The live name under which every member's form of a consultation stands."""
    return f"form:{dossier_id}"


def dash(dossier_id: int) -> str:
    """The live name of a consultation's dashboard."""
    return f"dash:{dossier_id}"


def asked(dossier_id: int) -> str:
    """The live name of the head's card that asks for approval."""
    return f"asked:{dossier_id}"


async def refresh(work: UnitOfWork, dossier: Dossier, person: int | None = None) -> None:
    """Have the dashboards, and one member's or every member's form, show the facts of now."""
    await live_cards.refresh(work.tx, dash(dossier.id), work.now)
    forms = form(dossier.id, person) if person else every_form(dossier.id)
    await live_cards.refresh(work.tx, forms, work.now, consultation_id=dossier.id)


async def _tell(
    work: UnitOfWork,
    dossier: Dossier,
    to: Iterable[Person],
    card: Card,
    key: str,
    *,
    priority: int = NOTICE,
) -> None:
    """The same card to several persons who can be reached, once each under the key."""
    await outbox.put_many(
        work.tx,
        [
            Notice(
                key=f"{key}:{person.id}",
                chat_id=person.account,
                kind=key.split(":", 1)[0],
                card=card,
                priority=priority,
                legal=priority != REMINDER,
                consultation_id=dossier.id,
                person_id=person.id,
            )
            for person in to
            if person.account is not None
        ],
        work.now,
    )


def _stamp(work: UnitOfWork) -> int:
    return int(work.now.timestamp() * 1000)


# --- before the opening ----------------------------------------------------------------------


async def ask_approval(work: UnitOfWork, dossier: Dossier, head: Person) -> None:
    """The head's card with approve and decline."""
    if head.account is None:
        return
    await outbox.put(
        work.tx,
        Notice(
            key=f"approval:{dossier.id}",
            chat_id=head.account,
            kind="approval",
            live=asked(dossier.id),
            files=dossier.files,
            consultation_id=dossier.id,
            person_id=head.id,
        ),
        work.now,
    )


async def declined(work: UnitOfWork, dossier: Dossier, by: Person, reason: str) -> None:
    """The clerk learns that the head declined, and why."""
    clerk = await people.person(work.tx, dossier.prepared_by)
    card = cards.declined(work.say, dossier, by, reason)
    await _tell(work, dossier, [clerk] if clerk else [], card, f"declined:{dossier.id}")
    await live_cards.refresh(work.tx, asked(dossier.id), work.now)


async def recalled(work: UnitOfWork, dossier: Dossier) -> None:
    """A request taken back before it opened: the head's card and the dashboard say so."""
    await live_cards.refresh(work.tx, asked(dossier.id), work.now)
    await live_cards.refresh(work.tx, dash(dossier.id), work.now)


# --- opening ---------------------------------------------------------------------------------


async def opened(work: UnitOfWork, dossier: Dossier, approver: Person) -> None:
    """A form to everyone on the roll who can be reached; the office learns of the others at once."""
    running = dossier.running
    persons = await people.persons(work.tx, [seat.person for seat in running.roll])
    members = [persons[seat.person] for seat in running.roll if seat.person in persons]
    for member in members:
        await send_form(work, dossier, member)
    clerk = await people.person(work.tx, dossier.prepared_by)
    office = [p for p in (clerk, approver) if p is not None]
    await send_dashboards(work, dossier, office)
    absent = [member for member in members if not member.joined]
    if absent:
        card = cards.unreached(work.say, dossier, absent)
        await _tell(work, dossier, office, card, f"unreached:{dossier.id}")
    await live_cards.refresh(work.tx, asked(dossier.id), work.now)


async def send_form(
    work: UnitOfWork, dossier: Dossier, member: Person, *, again: bool = False
) -> None:
    """One member's opinion form; its delivery is the receipt. `again` after one that never arrived."""
    if member.account is None:
        return
    key = f"opinion_form:{dossier.id}:{member.id}:{member.account}"
    await outbox.put(
        work.tx,
        Notice(
            key=f"{key}:{_stamp(work)}" if again else key,
            chat_id=member.account,
            kind="opinion_form",
            card=opinion_card.card(work.say, dossier, member, work.now),
            files=dossier.files,
            consultation_id=dossier.id,
            person_id=member.id,
        ),
        work.now,
    )


async def send_dashboards(work: UnitOfWork, dossier: Dossier, to: Sequence[Person]) -> None:
    """A dashboard to clerk and head, edited in place from then on."""
    for person in {p.id: p for p in to}.values():
        if person.account is not None:
            await outbox.put(
                work.tx,
                Notice(
                    key=f"dashboard:{dossier.id}:{person.id}",
                    chat_id=person.account,
                    kind="dashboard",
                    live=dash(dossier.id),
                    consultation_id=dossier.id,
                    person_id=person.id,
                ),
                work.now,
            )


async def unreachable(work: UnitOfWork, dossier: Dossier, member: Person, reason: str) -> None:
    """Clerk and head learn once that a member cannot be reached."""
    card = cards.unreachable(work.say, dossier, member, reason)
    key = f"unreachable:{dossier.id}:{member.id}"
    await _tell(work, dossier, await consultations_access.office_of(work, dossier), card, key)
    await live_cards.refresh(work.tx, dash(dossier.id), work.now)


async def unacknowledged(work: UnitOfWork, dossier: Dossier, members: Sequence[str]) -> None:
    """Clerk and head learn who has not acknowledged one working day after sending."""
    card = cards.unacknowledged(work.say, dossier, members)
    key = f"unacknowledged:{dossier.id}"
    await _tell(work, dossier, await consultations_access.office_of(work, dossier), card, key)


# --- while it runs ---------------------------------------------------------------------------


async def remind(
    work: UnitOfWork,
    dossier: Dossier,
    members: Sequence[Person],
    key: str,
    *,
    by_clerk: bool = False,
) -> None:
    """Those who have not answered are reminded; each card says what silence means."""
    for member in members:
        card = opinion_card.reminder(work.say, dossier, member, work.now)
        priority = NOTICE if by_clerk else REMINDER
        await _tell(work, dossier, [member], card, key, priority=priority)


async def more_time(work: UnitOfWork, dossier: Dossier, member: Person, until: datetime) -> None:
    """The requester learns when a recipient will answer."""
    card = cards.more_time(work.say, dossier, member, until, work.now)
    key = f"more_time:{dossier.id}:{member.id}:{_stamp(work)}"
    await _tell(work, dossier, await consultations_access.office_of(work, dossier), card, key)


async def act_done(
    work: UnitOfWork,
    dossier: Dossier,
    kind: str,
    *,
    by: Person,
    reason: str = "",
    of: Person | None = None,
) -> None:
    """An act that touches the count is told at once to the whole roll, and to the office."""
    running = dossier.running
    ids = [seat.person for seat in running.roll]
    told = list((await people.persons(work.tx, ids)).values())
    office = await consultations_access.office_of(work, dossier)
    for person in {p.id: p for p in (*told, *office)}.values():
        waits, due = _waits(dossier, person)
        card = cards.act_done(
            work.say,
            dossier,
            kind,
            by=by,
            reason=reason,
            of=of,
            due=due,
            now=work.now,
            waits=waits,
        )
        await _tell(work, dossier, [person], card, f"{kind}:{dossier.id}:{_stamp(work)}")
    await refresh(work, dossier)


def _waits(dossier: Dossier, person: Person) -> tuple[bool, datetime | None]:
    """Whether an answer is still awaited of this person, and until when."""
    running = dossier.running
    on_roll = running.has(person.id)
    due = due_moment(running, person.id) if on_roll else None
    return on_roll and person.id not in running.last_replies, due


async def paper_reply(
    work: UnitOfWork, dossier: Dossier, member: Person, by: Person, reply: Reply
) -> None:
    """To the roll: that a paper reply was entered. To the member, who entered it and the head: in full.

    Of secret slips not even the head is told the choice.
    """
    running = dossier.running
    head = await consultations_access.head(work, dossier)
    persons = await people.persons(work.tx, [seat.person for seat in running.roll])
    readers = (member, by) if dossier.body.written.secret_slips else (member, by, head)
    in_full = {p.id for p in readers if p is not None}
    key = f"paper_reply:{dossier.id}:{member.id}:{_stamp(work)}"
    for person in {
        p.id: p for p in (*persons.values(), member, head, by) if p is not None
    }.values():
        shown = reply if person.id in in_full else None
        waits, due = _waits(dossier, person)
        card = cards.paper_reply(
            work.say, dossier, member, by, shown, due=due, now=work.now, waits=waits
        )
        await _tell(work, dossier, [person], card, key)


# --- the end ---------------------------------------------------------------------------------


async def held(work: UnitOfWork, dossier: Dossier, result: Result, due: datetime) -> None:
    """Clerk and head learn that nothing is decided by absence, and what they can do."""
    card = cards.held(work.say, dossier, result, work.now)
    key = f"held:{dossier.id}:{int(due.timestamp())}:{result.held_by}"
    await _tell(work, dossier, await consultations_access.office_of(work, dossier), card, key)
    await refresh(work, dossier)


async def closed(work: UnitOfWork, dossier: Dossier, result: Result) -> None:
    """The result to every member who can be reached, and to the office with every position."""
    everybody = await people.of_committee(work.tx, dossier.committee)
    office = access.office_among(everybody, dossier.body)
    inside = {p.id for p in office}
    card = cards.for_members(work.say, dossier, result)
    on_roll = {seat.person for seat in dossier.running.roll}
    members = [p for p in everybody if p.id in on_roll and p.id not in inside]
    await _tell(work, dossier, members, card, f"result:{dossier.id}")
    full = cards.for_office(work.say, dossier, result)
    await _tell(work, dossier, office, full, f"result:{dossier.id}")
    await refresh(work, dossier)
