"""A meeting from its submission to its call: prepared, approved or declined, taken back; its guests with a way in."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

from bot.db import people
from bot.kit import access as kit_access
from bot.kit import draft_forms
from bot.kit.unit import Context, UnitOfWork
from bot.meetings import access as meetings_access
from bot.meetings import agenda, notify
from bot.meetings import store as meetings
from bot.meetings.access import Floor
from bot.meetings.attendance import awaiting
from bot.meetings.calling import form as calling_form
from bot.meetings.calling.cards import as_item
from bot.meetings.calling.view import WHOLE, Form
from bot.meetings.documents import documents
from bot.meetings.documents import store as papers
from bot.meetings.inviting import invitations
from bot.meetings.requests import extraordinary
from bot.meetings.rules.calling import (
    refuse_clash,
    refuse_invitation,
    refuse_papers,
    refuse_past,
    refuse_stage,
)
from bot.meetings.rules.meeting import (
    GuestWanted,
    Invitee,
    Meeting,
    MeetingAct,
    MeetingActKind,
    MeetingStage,
)
from bot.people import staffing
from bot.people.rules.people import Person, Role, SeatHeld, head_of, members_of
from bot.values.action import action
from bot.values.refusal import NO_RIGHT, Refusal


async def there(work: UnitOfWork, meeting_id: int) -> Meeting:
    """A meeting just written."""
    found = await meetings.get(work.tx, meeting_id)
    if found is None:
        raise LookupError(f"meeting {meeting_id} is gone")
    return found


# --- submission ------------------------------------------------------------------------------


async def submit(context: Context, account: int, draft_id: int) -> Meeting | Refusal:
    """Send a complete form for the head's approval; everything is asked again, for time has passed."""
    async with context.work() as work:
        form = await calling_form.own(work, account, draft_id)
        if isinstance(form, Refusal):
            return form
        refusal = _refuse_submission(form)
        if refusal:
            return calling_form.leading_back(refusal, form)
        meeting = await _entered(work, form)
        await draft_forms.ended(work, account, draft_id)
        await work.record(
            meeting.committee,
            form.person,
            "meeting_submit",
            notify.about(meeting.id),
            _told(meeting),
        )
        await invitations.ask_approval(work, meeting)
        return meeting


def _refuse_submission(form: Form) -> Refusal | None:
    if form.field != "preview" or form.body is None or form.starts is None or form.changes:
        return Refusal("meeting_incomplete")
    if head_of(form.everybody, form.body) is None:
        return Refusal("no_head", form.body.head_article)
    return calling_form.refuse_form(form)


async def _entered(work: UnitOfWork, form: Form) -> Meeting:
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
        "guests_wanted": [wanted(each) for each in form.guests],
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
    return await there(work, meeting_id)


def wanted(guest: GuestWanted) -> dict[str, object]:
    """A guest as it is kept until the meeting is called."""
    return {"name": guest.name, "category": guest.category, "person": guest.person}


def _told(meeting: Meeting) -> dict[str, object]:
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


async def approve(context: Context, account: int, meeting_id: int) -> Meeting | Refusal:
    """The head approves: roll, guests and number are fixed, and the invitations go out."""
    async with context.work() as work:
        stood = await _asked(work, account, meeting_id)
        if isinstance(stood, Refusal):
            return stood
        refusal = await _refuse_call(work, stood.meeting)
        if refusal:
            way = action("mdecline", meeting_id)
            return replace(refusal, instead="again", button=way) if refusal.instead else refusal
        return await _call(work, stood)


async def _asked(work: UnitOfWork, account: int, meeting_id: int) -> Floor | Refusal:
    """The head, or the delegate, before a meeting that waits for approval."""
    stood = await meetings_access.before(work, account, meeting_id)
    if isinstance(stood, Refusal):
        return await _only_head(work, account, meeting_id) or stood
    if not stood.head:
        return only_head(stood.meeting)
    if stood.meeting.stage is not MeetingStage.SUBMITTED:
        return refuse_stage(stood.meeting)
    return stood


async def _only_head(work: UnitOfWork, account: int, meeting_id: int) -> Refusal | None:
    """To somebody of the committee who may not: whose right it is. Nobody else learns even that."""
    meeting = await meetings.get(work.tx, meeting_id)
    if meeting is None or await kit_access.in_committee(work, account, meeting.committee) is None:
        return None
    return only_head(meeting)


def only_head(meeting: Meeting) -> Refusal:
    """Calling a meeting is the right of whoever heads or convenes the body."""
    convener = meeting.rules.convener
    articles = [*([convener.article] if convener else []), meeting.body.head_article]
    return Refusal("meeting_only_head", ", ".join(articles))


async def _refuse_call(work: UnitOfWork, meeting: Meeting) -> Refusal | None:
    rules, kind, start = meeting.rules, meeting.kind, meeting.starts_at
    around = await calling_form.others(work, meeting.committee, meeting.body, meeting.id)
    refusal = refuse_past(start, work.now) or refuse_clash(start, around)
    refusal = refusal or refuse_invitation(rules, kind, start, work.now)
    if await papers.of_meeting(work.tx, meeting.id):
        refusal = refusal or refuse_papers(rules, kind, start, work.now)
    everybody = await people.of_committee(work.tx, meeting.committee)
    if not members_of(everybody, meeting.body.id):
        return refusal or Refusal("empty_roll")
    return refusal


async def _call(work: UnitOfWork, stood: Floor) -> Meeting | Refusal:
    dropped = await _without_what_is_gone(work, stood.meeting)
    meeting = await there(work, stood.meeting.id)
    if not meeting.items:
        return Refusal("meeting_agenda_empty")
    everybody = await people.of_committee(work.tx, meeting.committee)
    roll = [_member(each, meeting.body.id) for each in members_of(everybody, meeting.body.id)]
    invited, newcomers = await guests_of(work, stood, meeting.guests_wanted)
    number = await meetings.call(work.tx, meeting, [*roll, *invited], work.now)
    act = MeetingAct(MeetingActKind.CALL, work.now, stood.person.id, "", stood.acting_for)
    await meetings.add_act(work.tx, meeting.id, act)
    await agenda.take(work.tx, waiting_of(meeting), work.now)
    kept = await papers.of_meeting(work.tx, meeting.id)
    await papers.send(work.tx, [each.id for each in kept], work.now)
    called = await there(work, meeting.id)
    await _record_call(work, stood, called, number)
    await extraordinary.settled_by_call(work, called, stood.person)
    await invitations.send(work, called)
    by = await meetings_access.named(work, stood)
    await invitations.called(
        work, called, by, newcomers=[p.name for p in newcomers], dropped=dropped
    )
    await send_links(work, stood, called, newcomers)
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


def waiting_of(meeting: Meeting) -> list[int]:
    """What its agenda has taken from what waited."""
    return [item.waiting_id for item in meeting.items if item.waiting_id]


def _member(person: Person, body: str) -> Invitee:
    held = person.seat_in(body)
    if held is None:
        raise LookupError(f"person {person.id} has no seat in {body}")
    return Invitee(person.id, person.name, held.office, held.full_time)


async def _record_call(work: UnitOfWork, stood: Floor, meeting: Meeting, number: int) -> None:
    detail = {
        **_told(meeting),
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


async def may_decline(context: Context, account: int, meeting_id: int) -> Meeting | Refusal:
    """Whether this account may decline; asked before a reason is asked for."""
    async with context.look() as work:
        stood = await _asked(work, account, meeting_id)
        return stood if isinstance(stood, Refusal) else stood.meeting


async def decline(
    context: Context, account: int, meeting_id: int, reason: str
) -> Meeting | Refusal:
    """The head declines with a reason; whoever prepared it is told."""
    async with context.work() as work:
        stood = await _asked(work, account, meeting_id)
        if isinstance(stood, Refusal):
            return stood
        meeting = await end(work, stood, MeetingActKind.DECLINE, reason)
        await invitations.declined(work, meeting, await meetings_access.named(work, stood), reason)
        return meeting


async def recall(context: Context, account: int, meeting_id: int) -> Meeting | Refusal:
    """Take a meeting back before it is called: whoever prepares meetings, or the head."""
    async with context.work() as work:
        stood = await meetings_access.before(work, account, meeting_id)
        if isinstance(stood, Refusal):
            return stood
        if not stood.office:
            return NO_RIGHT
        if stood.meeting.stage is not MeetingStage.SUBMITTED:
            return refuse_stage(stood.meeting)
        meeting = await end(work, stood, MeetingActKind.CANCEL, "")
        await invitations.refresh_asked(work, meeting)
        return meeting


async def end(work: UnitOfWork, stood: Floor, kind: MeetingActKind, reason: str) -> Meeting:
    """An act that ends a meeting before it began, with its line in the register."""
    act = MeetingAct(kind, work.now, stood.person.id, reason.strip(), stood.acting_for)
    await meetings.add_act(work.tx, stood.meeting.id, act)
    meeting = await there(work, stood.meeting.id)
    detail = {"reason": act.reason, "acting_for": stood.acting_for}
    await work.record(
        meeting.committee, stood.person, f"meeting_{kind.value}", notify.about(meeting.id), detail
    )
    return meeting


async def guests_of(
    work: UnitOfWork, stood: Floor, asked: tuple[GuestWanted, ...]
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


async def _new_guest(work: UnitOfWork, stood: Floor, name: str) -> Person:
    committee = stood.meeting.committee
    new = await people.add_person(work.tx, committee, name)
    seat = SeatHeld(Role.GUEST, "", Role.GUEST.value)
    await people.add_seat(work.tx, committee, new, seat)
    detail = {"name": name, "role": Role.GUEST.value, "body": "", "office": seat.office}
    await work.record(committee, stood.person, "person_added", f"person:{new}", detail)
    return Person(new, committee, name, None, (seat,))


async def send_links(
    work: UnitOfWork, stood: Floor, meeting: Meeting, newcomers: list[Person]
) -> None:
    """The way into the bot for guests not known before, to whoever prepared the meeting."""
    clerk = await people.person(work.tx, meeting.prepared_by) or stood.person
    for guest in newcomers:
        await staffing.send_invitation(work, clerk, guest)
