"""A meeting from its submission on: approved or declined by the head, taken back, changed, cancelled.

Each act is one transaction: the fact, its line in the register, what those invited are told. The form is
not known here, only its view.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import uuid4

from bot.db import people
from bot.kit import access as kit_access
from bot.kit.act import act
from bot.kit.ask import Words
from bot.kit.screen import Screen
from bot.kit.unit import UnitOfWork
from bot.meetings import access, agenda, notify
from bot.meetings import store as meetings
from bot.meetings.access import Access
from bot.meetings.attendance import awaiting
from bot.meetings.calling.view import (
    WHOLE,
    CallingView,
    as_item,
    others,
    refuse_form,
    require_in,
)
from bot.meetings.documents import documents
from bot.meetings.documents import store as papers
from bot.meetings.inviting import cards, invitations
from bot.meetings.inviting.cards import Difference
from bot.meetings.requests import extraordinary
from bot.meetings.rules.calling import (
    may_change,
    may_decide,
    may_recall,
    only_head,
    refuse_clash,
    refuse_invitation,
    refuse_papers,
    refuse_past,
)
from bot.meetings.rules.meeting import (
    AgendaItem,
    GuestWanted,
    Invitee,
    Meeting,
    MeetingAct,
    MeetingActKind,
)
from bot.people import staffing
from bot.people.rules.people import Person, Role, SeatHeld, head_of, members_of
from bot.values.action import action
from bot.values.limits import REASON_LIMIT
from bot.values.refusal import Refusal, Refused, refuse, require


async def _there(work: UnitOfWork, meeting_id: int) -> Meeting:
    found = await meetings.get(work.tx, meeting_id)
    if found is None:
        raise LookupError(f"meeting {meeting_id} is gone")
    return found


def _done(work: UnitOfWork, meeting: Meeting, what: str) -> Screen:
    """What was done, with the way to the meeting."""
    return Screen(cards.done(work.say, meeting, what), about=notify.about(meeting.id))


def _reason(what: str) -> Words[Access]:
    """The reason of an act; nothing is done until it comes."""

    async def ask(work: UnitOfWork, stood: Access, _args: tuple[str, ...], _page: int) -> Screen:
        card = cards.reason_asked(work.say, stood.meeting, what)
        return Screen(card, about=notify.about(stood.meeting.id))

    return Words(ask, REASON_LIMIT)


# --- submission ------------------------------------------------------------------------------


async def submit(work: UnitOfWork, form: CallingView) -> Screen:
    """A complete form goes to the head for approval; everything is asked again, for time has passed."""
    if form.body is None or form.starts is None:
        refuse("meeting_incomplete")
    if head_of(form.everybody, form.body) is None:
        require_in(form, Refusal("no_head", form.body.head_article))
    require_in(form, refuse_form(form, form.starts))
    meeting = await _entered(work, form)
    subject = notify.about(meeting.id)
    await work.record(meeting.committee, form.person, "meeting_submit", subject, _snapshot(meeting))
    await invitations.ask_approval(work, meeting)
    toast = work.say.label("calling_toast.submitted")
    return Screen(live=invitations.asked(meeting.id), toast=toast)


async def _entered(work: UnitOfWork, form: CallingView) -> Meeting:
    values = {
        "committee_id": form.draft.committee,
        "rulebook": form.regulation.digest,
        "body": form.body.id if form.body else "",
        "kind": form.kind.value,
        "session": form.fields.get("session", ""),
        "starts_at": form.starts,
        "place": form.fields["place"],
        "uid": f"{uuid4()}@dongthuan",
        "sequence": 0,
        "guests_wanted": [_wanted(each) for each in form.guests],
        "prepared_by": form.person.id,
        "submitted_at": work.now,
    }
    meeting_id = await meetings.add(work.tx, values)
    items = [as_item(place, entry) for place, entry in enumerate(form.agenda, 1)]
    ids = await meetings.add_items(work.tx, meeting_id, items)
    for file in form.files_of(WHOLE):
        await papers.add(work.tx, meeting_id, None, file, form.person.id)
    for item_id, entry in zip(ids, form.agenda, strict=True):
        for file in entry.files:
            await papers.add(work.tx, meeting_id, item_id, file, form.person.id)
    return await _there(work, meeting_id)


def _wanted(guest: GuestWanted) -> dict[str, object]:
    """A guest as it is kept until the meeting is called."""
    return {"name": guest.name, "category": guest.category, "person": guest.person}


def _snapshot(meeting: Meeting) -> dict[str, object]:
    return {
        "body": meeting.body.id,
        "kind": meeting.kind.value,
        "session": meeting.session,
        "starts_at": meeting.starts_at.isoformat(),
        "place": meeting.place,
        "agenda": [item.subject for item in meeting.items],
        "state_secret": False,
    }


# --- the head --------------------------------------------------------------------------------


async def _asked(work: UnitOfWork, account: int, meeting_id: int) -> Access:
    """Who is asked for approval; to anybody else of the committee only whose right it is (I10)."""
    try:
        return await access.find(work, account, meeting_id)
    except Refused:
        meeting = await meetings.get(work.tx, meeting_id)
        if meeting is None or not await kit_access.in_committee(work, account, meeting.committee):
            raise
        raise Refused(only_head(meeting)) from None


def _may_decide(stood: Access, _at: datetime) -> Refusal | None:
    return may_decide(stood.meeting, stood.standing)


@act("mapprove", find=_asked, may=_may_decide)
async def approve(work: UnitOfWork, stood: Access, _at: datetime) -> Screen:
    """The head approves: roll, guests and number are fixed, and the invitations go out."""
    refusal = await _refuse_call(work, stood.meeting)
    if refusal and refusal.instead:
        way = action("mdecline", stood.meeting.id)
        refusal = replace(refusal, instead="again", button=way)
    require(refusal)
    meeting = await _call(work, stood)
    toast = work.say.label("calling_toast.called")
    return Screen(live=invitations.asked(meeting.id), toast=toast)


async def _refuse_call(work: UnitOfWork, meeting: Meeting) -> Refusal | None:
    rules, kind, start = meeting.rules, meeting.kind, meeting.starts_at
    around = await others(work, meeting.committee, meeting.body, meeting.id)
    refusal = refuse_past(start, work.now) or refuse_clash(start, around)
    refusal = refusal or refuse_invitation(rules, kind, start, work.now)
    if await papers.of_meeting(work.tx, meeting.id):
        refusal = refusal or refuse_papers(rules, kind, start, work.now)
    everybody = await people.of_committee(work.tx, meeting.committee)
    if not members_of(everybody, meeting.body.id):
        return refusal or Refusal("empty_roll")
    return refusal


async def _call(work: UnitOfWork, stood: Access) -> Meeting:
    dropped = await _without_what_is_gone(work, stood.meeting)
    meeting = await _there(work, stood.meeting.id)
    if not meeting.items:
        refuse("meeting_agenda_empty")
    everybody = await people.of_committee(work.tx, meeting.committee)
    roll = [_member(each, meeting.body.id) for each in members_of(everybody, meeting.body.id)]
    invited, newcomers = await _guests_of(work, stood, meeting.guests_wanted)
    number = await meetings.call(work.tx, meeting, [*roll, *invited], work.now)
    call = MeetingAct(MeetingActKind.CALL, work.now, stood.person.id, "", stood.acting_for)
    await meetings.add_act(work.tx, meeting.id, call)
    await agenda.take(work.tx, _waiting_of(meeting), work.now)
    kept = await papers.of_meeting(work.tx, meeting.id)
    await papers.send(work.tx, [each.id for each in kept], work.now)
    called = await _there(work, meeting.id)
    await _record_call(work, stood, called, number)
    await extraordinary.settled_by_call(work, called, stood.person)
    await invitations.send(work, called)
    by = await access.named(work, stood)
    await invitations.called(
        work, called, by, newcomers=[p.name for p in newcomers], dropped=dropped
    )
    await _send_links(work, stood, called, newcomers)
    await invitations.refresh_asked(work, called)
    await documents.arrange(work, called)
    await awaiting.begin(work, called)
    return called


async def _without_what_is_gone(work: UnitOfWork, meeting: Meeting) -> list[str]:
    """Items taken elsewhere or withdrawn meanwhile come off; gives their subjects."""
    waits = {each.id for each in await agenda.waiting(work.tx, meeting.committee, meeting.body.id)}
    gone = [item for item in meeting.items if item.waiting_id and item.waiting_id not in waits]
    await meetings.take_off(work.tx, [item.id for item in gone], work.now)
    for place, item in enumerate((i for i in meeting.items if i not in gone), 1):
        await meetings.place_item(work.tx, item.id, place)
    return [item.subject for item in gone]


def _waiting_of(meeting: Meeting) -> list[int]:
    """What its agenda has taken from what waited."""
    return [item.waiting_id for item in meeting.items if item.waiting_id]


def _member(person: Person, body: str) -> Invitee:
    held = person.seat_in(body)
    if held is None:
        raise LookupError(f"person {person.id} has no seat in {body}")
    return Invitee(person.id, person.name, held.office, held.full_time)


async def _record_call(work: UnitOfWork, stood: Access, meeting: Meeting, number: int) -> None:
    detail = {
        **_snapshot(meeting),
        "number": number,
        "roll": [{"person": each.person, "name": each.name} for each in meeting.roll],
        "guests": [
            {"person": each.person, "name": each.name, "category": each.category}
            for each in meeting.guests
        ],
        "acting_for": stood.acting_for,
        "rulebook": meeting.rulebook,
    }
    await work.record(
        meeting.committee, stood.person, "meeting_call", notify.about(meeting.id), detail
    )


@act("mdecline", find=_asked, may=_may_decide, needs=(_reason("mdecline"),))
async def decline(work: UnitOfWork, stood: Access, _at: datetime, reason: str) -> Screen:
    """The head declines with a reason; the person who prepared it is notified."""
    meeting = await _end(work, stood, MeetingActKind.DECLINE, reason)
    await invitations.declined(work, meeting, await access.named(work, stood), reason)
    return _done(work, meeting, "decline")


def _may_recall(stood: Access, _at: datetime) -> Refusal | None:
    return may_recall(stood.meeting, stood.standing)


@act("mrecall", find=access.find, may=_may_recall)
async def recall(work: UnitOfWork, stood: Access, _at: datetime) -> Screen:
    """A meeting is taken back before it is called: by who prepares meetings, or the head."""
    meeting = await _end(work, stood, MeetingActKind.CANCEL, "")
    await invitations.refresh_asked(work, meeting)
    return _done(work, meeting, "recall")


async def _end(work: UnitOfWork, stood: Access, kind: MeetingActKind, reason: str) -> Meeting:
    """An act that ends a meeting before it began, with its line in the register."""
    ended = MeetingAct(kind, work.now, stood.person.id, reason.strip(), stood.acting_for)
    await meetings.add_act(work.tx, stood.meeting.id, ended)
    meeting = await _there(work, stood.meeting.id)
    detail = {"reason": ended.reason, "acting_for": stood.acting_for}
    subject = notify.about(meeting.id)
    await work.record(meeting.committee, stood.person, f"meeting_{kind.value}", subject, detail)
    return meeting


async def _guests_of(
    work: UnitOfWork, stood: Access, asked: tuple[GuestWanted, ...]
) -> tuple[list[Invitee], list[Person]]:
    """The guests as invited; those not known yet are entered, and given second."""
    persons = await people.persons(work.tx, [each.person for each in asked if each.person])
    invited: list[Invitee] = []
    newcomers: list[Person] = []
    for each in asked:
        person = persons.get(each.person) if each.person else None
        if each.person and person is None:
            continue  # retired since
        if person is None:
            person = await _new_guest(work, stood, each.name)
            newcomers.append(person)
        office = person.seats[0].office if person.seats else Role.GUEST.value
        invited.append(Invitee(person.id, person.name, office, True, True, each.category))
    return invited, newcomers


async def _new_guest(work: UnitOfWork, stood: Access, name: str) -> Person:
    committee = stood.meeting.committee
    new = await people.add_person(work.tx, committee, name)
    seat = SeatHeld(Role.GUEST, "", Role.GUEST.value)
    await people.add_seat(work.tx, committee, new, seat)
    detail = {"name": name, "role": Role.GUEST.value, "body": "", "office": seat.office}
    await work.record(committee, stood.person, "person_added", f"person:{new}", detail)
    return Person(new, committee, name, None, (seat,))


async def _send_links(
    work: UnitOfWork, stood: Access, meeting: Meeting, newcomers: list[Person]
) -> None:
    """The way into the bot for guests not known before, to the person who prepared the meeting."""
    clerk = await people.person(work.tx, meeting.prepared_by) or stood.person
    for guest in newcomers:
        await staffing.send_invitation(work, clerk, guest)


# --- after the call --------------------------------------------------------------------------


def _may_change(stood: Access, _at: datetime) -> Refusal | None:
    return may_change(stood.meeting, stood.standing)


async def change(work: UnitOfWork, form: CallingView) -> Screen:
    """The change that a form holds is made: checked again, recorded, everybody invited notified; answers stand."""
    if form.changes is None or form.starts is None:
        refuse("meeting_incomplete")
    stood = await access.find(work, form.person.account or 0, form.changes.id)
    before = stood.meeting
    refusal = may_change(before, stood.standing) or refuse_form(form, form.starts)
    require_in(form, refusal or await _refuse_sooner(work, before, form.starts))
    if not _differs(before, form):
        require_in(form, Refusal("meeting_unchanged"))
    moved = {"starts_at": form.starts, "place": form.fields["place"]}
    await meetings.change(work.tx, before.id, moved)
    await _items(work, stood, form)
    newcomers, gone = await _guests(work, stood, form)
    after = await _there(work, before.id)
    difference = _difference(before, after, form.fields["reason"], gone)
    await _record_change(work, stood, after, difference)
    by = await access.named(work, stood)
    await invitations.changed(work, after, by, difference, gone)
    await _send_links(work, stood, after, newcomers)
    card = cards.office_word(work.say, after, by, "change", difference)
    await invitations.notify_office(work, after, stood.person, card, "meeting_office")
    await documents.arrange(work, after)
    await awaiting.arrange(work, after)
    return _done(work, after, "change")


async def _refuse_sooner(work: UnitOfWork, before: Meeting, start: datetime) -> Refusal | None:
    """Papers that went out in time for the start that was may be late for a sooner one."""
    if start >= before.starts_at:
        return None
    sent = [p.sent_at for p in await papers.of_meeting(work.tx, before.id) if p.sent_at]
    return refuse_papers(before.rules, before.kind, start, max(sent)) if sent else None


def _differs(before: Meeting, form: CallingView) -> bool:
    now = (
        form.starts,
        form.fields["place"],
        [(e.item_id, e.subject, e.matter, e.closed, e.responsible) for e in form.agenda],
        {(g.name, g.category, g.person) for g in form.guests},
    )
    then = (
        before.starts_at,
        before.place,
        [(i.id, i.subject, i.matter, i.closed, i.responsible) for i in before.items],
        {(g.name, g.category, g.person) for g in before.guests},
    )
    return now != then or bool(form.files)


async def _items(work: UnitOfWork, stood: Access, form: CallingView) -> None:
    """Items that stay are placed again, those left out come off and wait again, new ones are entered."""
    before, kept = stood.meeting, {entry.item_id for entry in form.agenda}
    gone = [item for item in before.items if item.id not in kept]
    await meetings.take_off(work.tx, [item.id for item in gone], work.now)
    await agenda.take(work.tx, [i.waiting_id for i in gone if i.waiting_id], None)
    for place, entry in enumerate(form.agenda, 1):
        item = as_item(place, entry)
        if entry.item_id is None:
            item_id = (await meetings.add_items(work.tx, before.id, [item]))[0]
        else:
            item_id = entry.item_id
            await meetings.rewrite_item(work.tx, item_id, item)
        for file in entry.files:
            await papers.add(work.tx, before.id, item_id, file, stood.person.id)
    for file in form.files_of(WHOLE):
        await papers.add(work.tx, before.id, None, file, stood.person.id)
    fresh = [p.id for p in await papers.of_meeting(work.tx, before.id) if p.sent_at is None]
    await papers.send(work.tx, fresh if form.files else [], work.now)


async def _guests(
    work: UnitOfWork, stood: Access, form: CallingView
) -> tuple[list[Person], list[Person]]:
    """New guests are invited, others no longer; gives persons not known before, and those gone."""
    before = {each.person: each for each in stood.meeting.guests}
    asked = tuple(g for g in form.guests if g.person not in before)
    invited, newcomers = await _guests_of(work, stood, asked)
    first = len(stood.meeting.invitees)
    await meetings.invite(work.tx, stood.meeting.id, invited, first_place=first)
    stays = {g.person for g in form.guests}
    gone = [person for person in before if person not in stays]
    await meetings.uninvite(work.tx, stood.meeting.id, gone)
    return newcomers, list((await people.persons(work.tx, gone)).values())


def _difference(before: Meeting, after: Meeting, reason: str, gone: list[Person]) -> Difference:
    moved, elsewhere = before.starts_at != after.starts_at, before.place != after.place
    known = {each.person for each in before.guests}
    new: list[Invitee] = [each for each in after.guests if each.person not in known]
    return Difference(
        reason=reason,
        starts_before=before.starts_at if moved else None,
        place_before=before.place if elsewhere else "",
        agenda_before=before.items if _shown_agenda(before) != _shown_agenda(after) else None,
        guests=tuple(each.name for each in new),
        newcomers=frozenset(each.person for each in new),
        uninvited=tuple(each.name for each in gone),
    )


def _shown_agenda(meeting: Meeting) -> list[tuple[str, bool, int | None]]:
    return [(item.subject, item.closed, item.responsible) for item in meeting.items]


async def _record_change(
    work: UnitOfWork, stood: Access, after: Meeting, difference: Difference
) -> None:
    before = stood.meeting
    detail: dict[str, object] = {
        "reason": difference.reason,
        "before": _facts(before, before.items),
        "after": _facts(after, after.items),
        "guests_new": list(difference.guests),
        "guests_gone": list(difference.uninvited),
        "prepared_by_clerk": not stood.head,
        "acting_for": stood.acting_for,
    }
    changed = MeetingAct(
        MeetingActKind.CHANGE,
        work.now,
        stood.person.id,
        difference.reason,
        stood.acting_for,
        detail,
    )
    await meetings.add_act(work.tx, after.id, changed)
    await work.record(
        after.committee, stood.person, "meeting_change", notify.about(after.id), detail
    )


def _facts(meeting: Meeting, items: tuple[AgendaItem, ...]) -> dict[str, object]:
    return {
        "starts_at": meeting.starts_at.isoformat(),
        "place": meeting.place,
        "agenda": [item.subject for item in items],
    }


@act("mcancel", find=access.find, may=_may_change, needs=(_reason("mcancel"),))
async def cancel(work: UnitOfWork, stood: Access, _at: datetime, reason: str) -> Screen:
    """The meeting does not take place; what it had taken waits again."""
    await meetings.change(work.tx, stood.meeting.id, {})
    await agenda.take(work.tx, _waiting_of(stood.meeting), None)
    meeting = await _end(work, stood, MeetingActKind.CANCEL, reason)
    by = await access.named(work, stood)
    await invitations.cancelled(work, meeting, by, reason)
    card = cards.office_word(work.say, meeting, by, "cancel")
    await invitations.notify_office(work, meeting, stood.person, card, "meeting_office")
    await documents.arrange(work, meeting)
    await awaiting.arrange(work, meeting)
    return _done(work, meeting, "cancel")
