"""Notices that an act owes to people, written in the transaction of the act. No act is decided here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.consultations import access, cards, opinion_card, result_cards
from bot.consultations.rules.consultation import Reply
from bot.consultations.rules.dossier import Dossier
from bot.consultations.rules.due import Moved, due_moment
from bot.consultations.rules.outcome import Result
from bot.consultations.rules.rights import may_act, may_have_more_time, may_reply_to_any
from bot.consultations.rules.second_round import is_divided
from bot.consultations.rules.tally import stands_invalid
from bot.db import live_cards, outbox, people
from bot.db.notice import NOTICE, REMINDER, Notice
from bot.kit.access import By
from bot.kit.heads import with_head
from bot.kit.notify import notify, stamp
from bot.kit.unit import UnitOfWork
from bot.people.rules.people import Person
from bot.values.working_days import WorkingCalendar


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


def outcome(dossier_id: int, place: int = 0) -> str:
    """The live name of the office's result of a divided matter, or content, which may be asked again."""
    return f"outcome:{dossier_id}:{place}" if place else f"outcome:{dossier_id}"


async def outcome_changed(work: UnitOfWork, dossier_id: int, place: int = 0) -> None:
    """Have the office's result of a divided matter, and its dashboard, show what has become of it since."""
    shown = (outcome(dossier_id, place), dash(dossier_id))
    await live_cards.refresh(work.tx, shown, work.now, consultation_id=dossier_id)


async def refresh(work: UnitOfWork, dossier: Dossier, person: int | None = None) -> None:
    """Have the dashboards, and one member's or every member's form, show the facts of now."""
    forms = form(dossier.id, person) if person else every_form(dossier.id)
    shown = (dash(dossier.id), forms)
    await live_cards.refresh(work.tx, shown, work.now, consultation_id=dossier.id)


async def refresh_dash(work: UnitOfWork, dossier: Dossier) -> None:
    """Have the dashboards alone show the facts of now."""
    await live_cards.refresh(work.tx, dash(dossier.id), work.now)


async def calendar_moved(
    work: UnitOfWork, dossier: Dossier, moved: Sequence[Moved], now_is: WorkingCalendar
) -> None:
    """Clerk and head learn which due moments would be later by the calendar of now."""
    card = cards.calendar_moved(work.say, dossier, moved, now_is)
    key = f"calendar_moved:{dossier.id}:{now_is.version}"
    await notify(work, await access.office_of(work, dossier), card, key, consultation=dossier.id)


# --- opening ---------------------------------------------------------------------------------


async def opened(work: UnitOfWork, dossier: Dossier, asker: Person | None = None) -> None:
    """A form to everyone on the roll who can be reached; the office learns of the others at once.

    Who approves sees the dashboard in place of the request, and is told nothing besides.
    """
    running = dossier.running
    persons = await people.persons(work.tx, [seat.person for seat in running.asked])
    members = [persons[seat.person] for seat in running.asked if seat.person in persons]
    for member in members:
        await send_form(work, dossier, member)
    clerk = await people.person(work.tx, dossier.prepared_by)
    office = [p for p in (clerk, asker) if p is not None]
    await send_dashboards(work, dossier, office)
    absent = [member for member in members if not member.joined]
    if absent:
        card = cards.unreached(work.say, dossier, absent)
        await notify(work, office, card, f"unreached:{dossier.id}", consultation=dossier.id)
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
            key=f"{key}:{stamp(work)}" if again else key,
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
    key = f"dashboard:{dossier.id}"
    await notify(work, to, dash(dossier.id), key, consultation=dossier.id)


async def unreachable(work: UnitOfWork, dossier: Dossier, member: Person, reason: str) -> None:
    """Clerk and head learn once that a member cannot be reached."""
    card = cards.unreachable(work.say, dossier, member, reason)
    key = f"unreachable:{dossier.id}:{member.id}"
    await notify(work, await access.office_of(work, dossier), card, key, consultation=dossier.id)
    await live_cards.refresh(work.tx, dash(dossier.id), work.now)


async def unacknowledged(work: UnitOfWork, dossier: Dossier, members: Sequence[str]) -> None:
    """Clerk and head learn who has not acknowledged one working day after sending."""
    card = cards.unacknowledged(work.say, dossier, members)
    key = f"unacknowledged:{dossier.id}"
    await notify(work, await access.office_of(work, dossier), card, key, consultation=dossier.id)


async def nobody_answered(work: UnitOfWork, dossier: Dossier) -> None:
    """Clerk and head learn, once before the close, that nobody at all has answered."""
    card = cards.nobody_answered(work.say, dossier, work.now)
    key = f"nobody_answered:{dossier.id}"
    await notify(work, await access.office_of(work, dossier), card, key, consultation=dossier.id)


# --- while it runs ---------------------------------------------------------------------------


async def remind(
    work: UnitOfWork,
    dossier: Dossier,
    members: Sequence[Person],
    *,
    by_clerk: bool = False,
) -> None:
    """Those who have not answered are reminded; each card says what silence means.

    Reminders of one minute are one message, whoever asked for them.
    """
    key = f"reminder:{dossier.id}:{int(work.now.timestamp()) // 60}"
    for member in members:
        card = opinion_card.reminder(work.say, dossier, member, work.now)
        priority = NOTICE if by_clerk else REMINDER
        await notify(work, [member], card, key, priority=priority, consultation=dossier.id)


async def remind_words(
    work: UnitOfWork, dossier: Dossier, members: Sequence[Person], key: str
) -> None:
    """Those who answered without the words asked for are reminded of them; the answer counts as it is."""
    for member in members:
        card = opinion_card.words_reminder(work.say, dossier, member, work.now)
        await notify(work, [member], card, key, priority=REMINDER, consultation=dossier.id)


async def more_time(work: UnitOfWork, dossier: Dossier, member: Person, until: datetime) -> None:
    """The requester learns when a recipient will answer."""
    card = cards.more_time(work.say, dossier, member, until, work.now)
    key = f"more_time:{dossier.id}:{member.id}:{stamp(work)}"
    await notify(work, await access.office_of(work, dossier), card, key, consultation=dossier.id)


async def recused(
    work: UnitOfWork, dossier: Dossier, member: Person, reason: str, *, by: Person
) -> None:
    """The office learns who takes no part, and why; the member, where it was somebody of the office who entered it."""
    key = f"recused:{dossier.id}:{member.id}:{stamp(work)}"
    told = {person.id: person for person in await access.office_of(work, dossier)}
    if by.id != member.id:
        told[member.id] = member
    for person in told.values():
        on_paper = by if by.id != member.id else None
        mine = person.id == member.id
        card = cards.recused(work.say, dossier, member, reason, by=on_paper, mine=mine)
        await notify(work, [person], card, key, consultation=dossier.id)


async def takes_part(work: UnitOfWork, dossier: Dossier, member: Person) -> None:
    """The office learns who takes part again."""
    card = cards.takes_part(work.say, dossier, member)
    key = f"takes_part:{dossier.id}:{member.id}:{stamp(work)}"
    await notify(work, await access.office_of(work, dossier), card, key, consultation=dossier.id)


async def act_done(
    work: UnitOfWork,
    dossier: Dossier,
    kind: str,
    *,
    by: By,
    reason: str = "",
    of: Person | None = None,
) -> None:
    """An act that touches the count is told at once to the whole roll, and to the office."""
    running = dossier.running
    ids = [seat.person for seat in running.roll]
    told = list((await people.persons(work.tx, ids)).values())
    office = await access.office_of(work, dossier)
    for person in {p.id: p for p in (*told, *office)}.values():
        waits, due = _waits(dossier, person)
        card = cards.act_done(
            work.say,
            dossier,
            kind,
            by=by,
            reason=reason,
            of=of,
            reader=cards.Reader(
                waits, due, mine=of is not None and person.id == of.id, person=person.id
            ),
            now=work.now,
        )
        await notify(
            work, [person], card, f"{kind}:{dossier.id}:{stamp(work)}", consultation=dossier.id
        )
    await refresh(work, dossier)


async def file_added(work: UnitOfWork, dossier: Dossier, by: By) -> None:
    """A paper added is sent at once to the whole roll and the office, but to who added it."""
    running, added = dossier.running, dossier.added[-1]
    persons = await people.persons(work.tx, [seat.person for seat in running.standing_on_slip])
    staff = await access.staff_of(work, dossier)
    office = staff.office(dossier.body)
    inside = {p.id for p in office}
    everybody = {p.id: p for p in (*persons.values(), *office)}
    everybody.pop(added.by, None)
    for person in everybody.values():
        asks = may_reply_to_any(running, person.id, work.now) is None
        rights = staff.standing(person, dossier.body)
        card = cards.file_added(
            work.say,
            dossier,
            by=by,
            due=due_moment(running, person.id) if asks else None,
            now=work.now,
            answered=not running.awaits(person.id),
            may_extend=person.id in inside and may_act(running, rights, work.now) is None,
            more_time=may_have_more_time(running, person.id, work.now) is None,
            reader=person.id,
        )
        key = f"file_added:{dossier.id}:{len(dossier.added)}"
        files = (added.file,)
        await notify(work, [person], card, key, consultation=dossier.id, files=files)
    await refresh(work, dossier)


def _waits(dossier: Dossier, person: Person) -> tuple[bool, datetime | None]:
    """Whether an answer is still awaited of this person, and until when."""
    running = dossier.running
    due = due_moment(running, person.id) if running.asks_anything(person.id) else None
    return running.awaits(person.id), due


async def paper_reply(
    work: UnitOfWork, dossier: Dossier, member: Person, by: Person, reply: Reply
) -> None:
    """To the roll: that a paper reply was entered. To the member, who entered it and the head: in full.

    Of secret slips not even the head is told the choice.
    """
    key = f"paper_reply:{dossier.id}:{member.id}:{stamp(work)}"
    for person, in_full in await _told_of_paper(work, dossier, member, by):
        shown = reply if in_full else None
        waits, due = _waits(dossier, person)
        card = cards.paper_reply(
            work.say,
            dossier,
            member,
            by,
            shown,
            due=due,
            now=work.now,
            waits=waits,
            reader=person.id,
        )
        await notify(work, [person], card, key, consultation=dossier.id)


async def invalid_slip(
    work: UnitOfWork, dossier: Dossier, member: Person, by: Person, reason: str
) -> None:
    """To the roll: that a paper slip is no answer. To those who are told a paper reply in full: also why."""
    key = f"invalid_slip:{dossier.id}:{member.id}:{stamp(work)}"
    stands = not stands_invalid(dossier.running, member.id)
    for person, in_full in await _told_of_paper(work, dossier, member, by):
        waits, due = _waits(dossier, person)
        card = cards.invalid_slip(
            work.say,
            dossier,
            member,
            by,
            reason if in_full else "",
            reader=cards.Reader(waits, due, mine=person.id == member.id, person=person.id),
            stands=stands,
            now=work.now,
        )
        await notify(work, [person], card, key, consultation=dossier.id)


async def _told_of_paper(
    work: UnitOfWork, dossier: Dossier, member: Person, by: Person
) -> list[tuple[Person, bool]]:
    """Everybody who learns of a paper slip, and who of them what stands on it."""
    heads = await access.heads_of(work, dossier)
    persons = await people.persons(work.tx, [seat.person for seat in dossier.running.roll])
    readers = (member, by) if dossier.body.written.secret_slips else (member, by, *heads)
    in_full = {p.id for p in readers}
    told = {p.id: p for p in (*persons.values(), member, *heads, by)}
    return [(person, person.id in in_full) for person in told.values()]


# --- the end ---------------------------------------------------------------------------------


async def held(
    work: UnitOfWork,
    dossier: Dossier,
    result: Result,
    due: datetime,
) -> None:
    """Clerk and head learn that nothing is decided by absence, and what they can do."""
    staff = await access.staff_of(work, dossier)
    heads = staff.heads(dossier.body)
    key = f"held:{dossier.id}:{int(due.timestamp())}:{result.held_by}"
    for person in staff.office(dossier.body):
        head, rights = person in heads, staff.standing(person, dossier.body)
        card = result_cards.held(work.say, dossier, result, work.now, head=head, rights=rights)
        await notify(work, [person], card, key, consultation=dossier.id)
    await refresh(work, dossier)


async def reserved(work: UnitOfWork, dossier: Dossier, member: Person, *, reserved: bool) -> None:
    """Clerk and head learn that a mark was added or taken off after the result."""
    named = not dossier.body.written.secret_slips
    card = result_cards.reserved(work.say, dossier, member.name if named else "", reserved=reserved)
    key = f"reserved:{dossier.id}:{dossier.place}:{member.id}:{stamp(work)}"
    await notify(work, await access.office_of(work, dossier), card, key, consultation=dossier.id)


async def closed(work: UnitOfWork, dossier: Dossier, result: Result) -> None:
    """The result to every member who can be reached, and to the office with every position.

    The office's may be copied into its papers: it is no protected message.
    """
    staff = await access.staff_of(work, dossier)
    everybody, office = staff.everybody, staff.office(dossier.body)
    inside = {p.id for p in office}
    brief, full = result_cards.for_both(work.say, dossier, result)
    card = await with_head(work, dossier.committee, brief)
    on_roll = {seat.person for seat in dossier.running.roll}
    members = [p for p in everybody if p.id in on_roll and p.id not in inside]
    of = f"{dossier.id}.{dossier.place}" if dossier.place else str(dossier.id)
    await notify(work, members, card, f"result:{of}", consultation=dossier.id)
    again = dossier.body.written.second_round is not None and is_divided(result)
    live = outcome(dossier.id, dossier.place)
    shown = live if again else await with_head(work, dossier.committee, full)
    await notify(work, office, shown, f"result:{of}")
    await refresh(work, dossier)
