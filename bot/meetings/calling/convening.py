"""A meeting from its submission on: approved or declined by the head, taken back, changed, cancelled.

Each act is one transaction: the fact, its line in the register, what those invited are told. The form is
not known here, only its view.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from bot.db import people
from bot.db.fact import Fact
from bot.kit.act import Verb, act
from bot.kit.ask import Words
from bot.kit.correcting import SEEN, shown_as_now
from bot.kit.notify import reference
from bot.kit.screen import Screen
from bot.kit.unit import Line, UnitOfWork
from bot.meetings import access, live
from bot.meetings import store as meetings
from bot.meetings.access import Access
from bot.meetings.agenda import discussing_again
from bot.meetings.agenda import store as agenda
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
from bot.meetings.requests import extraordinary, questions
from bot.meetings.rules.calling import (
    may_change,
    may_decide,
    may_recall,
    refuse_clash,
    refuse_invitation,
    refuse_papers,
    refuse_past,
)
from bot.meetings.rules.meeting import (
    AgendaItem,
    GuestWanted,
    Invitee,
    Mark,
    Meeting,
    MeetingAct,
    MeetingActKind,
    Noted,
)
from bot.people.face import enter_person, send_invitation
from bot.people.rules.people import Person, Role, SeatHeld, head_of, members_of
from bot.values.action import action
from bot.values.limits import REASON_LIMIT
from bot.values.refusal import Refusal, refuse, require


def done(work: UnitOfWork, meeting: Meeting, what: str) -> Screen:
    """What was done, with the way to the meeting."""
    return Screen(cards.done(work.say, meeting, what), about=live.about(meeting.id))


def reason_of(what: str) -> Words[Access]:
    """The reason of an act; nothing is done until it comes."""

    async def ask(work: UnitOfWork, stood: Access, _args: tuple[str, ...], _page: int) -> Screen:
        card = cards.reason_asked(work.say, stood.meeting, what)
        return Screen(card, about=live.about(stood.meeting.id))

    return Words(ask, REASON_LIMIT)


# --- submission ------------------------------------------------------------------------------


async def submit(work: UnitOfWork, form: CallingView) -> Screen:
    """A complete form goes to the head for approval."""
    require_complete(form)
    meeting = await _entered(work, form)
    await invitations.ask_approval(work, meeting)
    toast = work.say.label("calling_toast.submitted")
    return Screen(live=invitations.asked(meeting.id), toast=toast)


def require_complete(form: CallingView) -> None:
    """Everything is asked again before the head sees it, for time has passed since the answers."""
    if form.body is None or form.starts is None:
        refuse("meeting_incomplete")
    if head_of(form.everybody, form.body) is None:
        require_in(form, Refusal("no_head", form.body.head_article))
    require_in(form, refuse_form(form, form.starts))


async def _entered(work: UnitOfWork, form: CallingView) -> Meeting:
    values = {
        **columns_of(form),
        "committee_id": form.draft.committee,
        "uid": f"{uuid4()}@dongthuan",
        "sequence": 0,
        "prepared_by": form.person.id,
        "submitted_at": work.now,
    }
    items = [as_item(place, entry) for place, entry in enumerate(form.agenda, 1)]
    documents = [(0, file) for file in form.files_of(WHOLE)]
    documents += [(n, file) for n, entry in enumerate(form.agenda, 1) for file in entry.files]

    def line(entered: Meeting) -> Line:
        told_of = live.about(entered.id)
        detail = snapshot(entered)
        return Line(entered.committee, form.person, "meeting_submit", told_of, detail)

    return await work.write(meetings.submit(values, items, documents), line)


def columns_of(form: CallingView) -> dict[str, Any]:
    """What the answers of a complete form are in the meeting's own columns."""
    return {
        "rulebook": form.regulation.digest,
        "body": form.body.id if form.body else "",
        "kind": form.kind.value,
        "session": form.fields.get("session", ""),
        "starts_at": form.starts,
        "place": form.fields["place"],
        "guests_wanted": [asdict(guest) for guest in form.guests],
    }


def snapshot(meeting: Meeting) -> dict[str, object]:
    """What the register keeps of a meeting as it is submitted."""
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


def may_decide_now(stood: Access, _at: datetime) -> Refusal | None:
    """The head, or who stands in, decides on what waits for approval."""
    return may_decide(stood.meeting, stood.standing)


@act("mapprove", find=access.approving, may=may_decide_now, needs=(SEEN,))
async def approve(work: UnitOfWork, stood: Access, _at: datetime, seen: str) -> Screen:
    """The head approves: roll, guests and number are fixed, and the invitations go out.

    What is approved is what was `seen`: corrected since, it is shown again, and nothing goes out yet. The
    lead time of papers holds at this moment, not at the submission: else another start is asked for.
    """
    before = stood.meeting
    if seen != str(before.revision):
        return shown_as_now(work, invitations.asked(before.id), about=stood.reference)
    refusal = await _refuse_call(work, before)
    if refusal and refusal.instead:
        way = action("mcorrect_starts", before.id)
        refusal = replace(refusal, instead="correct_start", button=way)
    require(refusal)
    meeting = await _call(work, stood)
    toast = work.say.label("calling_toast.called")
    return Screen(live=live.dash(meeting.id), toast=toast, about=live.about(meeting.id))


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
    stays, gone = await _still_there(work, stood.meeting)
    if not stays:
        refuse("meeting_agenda_empty")
    meeting = replace(stood.meeting, items=stays)
    everybody = await people.of_committee(work.tx, meeting.committee)
    roll = [_member(each, meeting.body.id) for each in members_of(everybody, meeting.body.id)]
    invited, newcomers = await _guests_of(work, stood, meeting.guests_wanted)
    call = MeetingAct(MeetingActKind.CALL, work.now, stood.person.id, "", stood.acting_for)
    detail = _called(stood, replace(meeting, invitees=(*roll, *invited)))
    await work.write(
        meetings.call(meeting, [*roll, *invited], work.now),
        lambda number: stood.line("meeting_call", {**detail, "number": number}),
        meetings.take_off([item.id for item in gone], work.now),
        *(meetings.place_item(item.id, item.place) for item in stays),
        meetings.add_act(meeting.id, call),
        agenda.take(_waiting_of(meeting), work.now),
        papers.send(meeting.id, work.now),
    )
    called = await _convener_attends(work, stood)
    await discussing_again.items_moved(work, called)
    await extraordinary.settled_by_call(work, called, stood.person)
    await questions.join_called(work, called, stood.person)
    await questions.days_move(work, await meetings.there(work.tx, called.id))
    await invitations.send(work, called)
    by = stood.by
    await invitations.called(
        work,
        called,
        by,
        newcomers=[p.name for p in newcomers],
        dropped=[item.subject for item in gone],
    )
    await _send_links(work, stood, called, newcomers)
    await invitations.refresh_asked(work, called)
    await documents.arrange(work, called)
    await awaiting.begin(work, called, stood.person)
    return called


async def _convener_attends(work: UnitOfWork, stood: Access) -> Meeting:
    """The meeting as called: who calls it and sits on its roll attends, without being asked."""
    called = await meetings.there(work.tx, stood.meeting.id)
    invited = called.invitee(stood.person.id)
    if invited is None or invited.guest:
        return called
    comes = Noted(invited.person, Mark.ATTEND, work.now, stood.person.id)
    detail = {"person": invited.person, "reason": "", "acting_for": None}
    await work.write(meetings.note(called.id, comes), stood.line(Mark.ATTEND.value, detail))
    return await meetings.there(work.tx, called.id)


async def _still_there(
    work: UnitOfWork, meeting: Meeting
) -> tuple[tuple[AgendaItem, ...], list[AgendaItem]]:
    """The agenda without items taken elsewhere or withdrawn meanwhile, placed anew; and those items."""
    waits = {each.id for each in await agenda.waiting(work.tx, meeting.committee, meeting.body.id)}
    gone = [item for item in meeting.items if item.waiting_id and item.waiting_id not in waits]
    stays = enumerate((item for item in meeting.items if item not in gone), 1)
    return tuple(replace(item, place=place) for place, item in stays), gone


def _waiting_of(meeting: Meeting) -> list[int]:
    """What its agenda has taken from what waited."""
    return [item.waiting_id for item in meeting.items if item.waiting_id]


def _member(person: Person, body: str) -> Invitee:
    held = person.seat_in(body)
    if held is None:
        raise LookupError(f"person {person.id} has no seat in {body}")
    return Invitee(
        person.id,
        person.name,
        held.office,
        held.full_time,
        part_time_vice_president=held.part_time_vice_president,
    )


def _called(stood: Access, meeting: Meeting) -> dict[str, object]:
    """What the register keeps of a call, but for the number, which the call gives."""
    return {
        **snapshot(meeting),
        "roll": [{"person": each.person, "name": each.name} for each in meeting.roll],
        "guests": [
            {"person": each.person, "name": each.name, "category": each.category}
            for each in meeting.guests
        ],
        "acting_for": stood.acting_for,
        "rulebook": meeting.rulebook,
    }


@act(
    "mdecline",
    find=access.approving,
    may=may_decide_now,
    needs=(reason_of("mdecline"),),
    verb=Verb("decline_meeting", "meeting", ("reason?",)),
)
async def decline(work: UnitOfWork, stood: Access, _at: datetime, reason: str) -> Screen:
    """The head declines with a reason; the person who prepared it is notified."""
    meeting = await act_upon(work, stood, MeetingActKind.DECLINE, reason)
    await invitations.declined(work, meeting, stood.by, reason)
    return done(work, meeting, "decline")


def _may_recall(stood: Access, _at: datetime) -> Refusal | None:
    return may_recall(stood.meeting, stood.standing)


@act("mrecall", find=access.find, may=_may_recall)
async def recall(work: UnitOfWork, stood: Access, _at: datetime) -> Screen:
    """A meeting is taken back before it is called: by who prepares meetings, or the head."""
    meeting = await act_upon(work, stood, MeetingActKind.CANCEL, "")
    await invitations.refresh_asked(work, meeting)
    return done(work, meeting, "recall")


async def act_upon(
    work: UnitOfWork, stood: Access, kind: MeetingActKind, reason: str, *more: Fact[Any]
) -> Meeting:
    """An act upon a meeting that says why, with its line in the register; gives the meeting then."""
    ended = MeetingAct(kind, work.now, stood.person.id, reason.strip(), stood.acting_for)
    line = stood.line(
        f"meeting_{kind.value}", {"reason": ended.reason, "acting_for": stood.acting_for}
    )
    await work.write(meetings.add_act(stood.meeting.id, ended), line, *more)
    return await meetings.there(work.tx, stood.meeting.id)


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
    seat = SeatHeld(Role.GUEST, "", Role.GUEST.value)
    detail = {"name": name, "role": Role.GUEST.value, "body": "", "office": seat.office}
    new = await work.write(
        enter_person(committee, name, seat),
        lambda entered: Line(
            committee, stood.person, "person_added", reference("person", entered), detail
        ),
    )
    return Person(new, committee, name, None, (seat,))


async def _send_links(
    work: UnitOfWork, stood: Access, meeting: Meeting, newcomers: list[Person]
) -> None:
    """The way into the bot for guests not known before, to the person who prepared the meeting."""
    clerk = await people.person(work.tx, meeting.prepared_by) or stood.person
    for guest in newcomers:
        await send_invitation(work, clerk, [clerk], guest)


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
    invited, newcomers = await _new_guests(work, stood, form)
    gone = await _gone_guests(work, before, form)
    planned = _planned(before, form, form.starts, invited)
    difference = _difference(before, planned, form.fields["reason"], gone)
    after = await _write_change(work, stood, form, planned, difference)
    await discussing_again.items_moved(work, before)
    await questions.days_move(work, before, after)
    by = stood.by
    await invitations.changed(work, after, by, difference, gone)
    await _send_links(work, stood, after, newcomers)
    card = cards.office_word(work.say, after, by, "change", difference)
    await invitations.notify_office(work, after, stood.person, card, "meeting_office")
    await documents.arrange(work, after)
    await awaiting.arrange(work, after)
    return done(work, after, "change")


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


async def _new_guests(
    work: UnitOfWork, stood: Access, form: CallingView
) -> tuple[list[Invitee], list[Person]]:
    """The guests who are new on the form, as invited; those not known before are entered, and given second."""
    before = {each.person for each in stood.meeting.guests}
    return await _guests_of(work, stood, tuple(g for g in form.guests if g.person not in before))


async def _gone_guests(work: UnitOfWork, before: Meeting, form: CallingView) -> list[Person]:
    """The guests who are on the form no more."""
    gone = _left_out(before, form)
    return list((await people.persons(work.tx, gone)).values())


def _left_out(before: Meeting, form: CallingView) -> list[int]:
    stays = {guest.person for guest in form.guests}
    return [each.person for each in before.guests if each.person not in stays]


def _planned(
    before: Meeting, form: CallingView, starts: datetime, invited: Sequence[Invitee]
) -> Meeting:
    """The meeting as the form has it; an item that is new has no id yet."""
    gone = _left_out(before, form)
    stays = tuple(each for each in before.invitees if not each.guest or each.person not in gone)
    items = tuple(as_item(place, entry) for place, entry in enumerate(form.agenda, 1))
    return replace(
        before,
        starts_at=starts.astimezone(UTC),
        place=form.fields["place"],
        items=items,
        invitees=(*stays, *invited),
    )


async def _write_change(
    work: UnitOfWork, stood: Access, form: CallingView, planned: Meeting, difference: Difference
) -> Meeting:
    """The change as a whole with its line; what was left out of the agenda waits again. Gives the meeting then."""
    before, by = stood.meeting, stood.person.id
    detail = _told_of_change(stood, planned, difference)
    changed = MeetingAct(
        MeetingActKind.CHANGE, work.now, by, difference.reason, stood.acting_for, detail
    )
    kept = {entry.item_id for entry in form.agenda}
    gone = [item for item in before.items if item.id not in kept]
    newcomers = [each for each in planned.guests if each.person in difference.newcomers]
    await work.write(
        meetings.change(before.id, {"starts_at": planned.starts_at, "place": planned.place}),
        stood.line("meeting_change", detail),
        meetings.take_off([item.id for item in gone], work.now),
        agenda.take([item.waiting_id for item in gone if item.waiting_id], None),
        *items_of(before, form, by),
        *([papers.send(before.id, work.now)] if form.files else []),
        meetings.invite(before.id, newcomers, first_place=len(before.invitees)),
        meetings.uninvite(before.id, _left_out(before, form)),
        meetings.add_act(before.id, changed),
    )
    return await meetings.there(work.tx, before.id)


def items_of(before: Meeting, form: CallingView, by: int) -> Iterator[Fact[Any]]:
    """Items that stay are written again, new ones are entered, each with the documents that came for it."""
    for place, entry in enumerate(form.agenda, 1):
        item = as_item(place, entry)
        if entry.item_id is None:
            yield meetings.add_item(before.id, item, entry.files, by)
            continue
        yield meetings.rewrite_item(entry.item_id, item)
        for file in entry.files:
            yield papers.add(before.id, entry.item_id, file, by)
    for file in form.files_of(WHOLE):
        yield papers.add(before.id, None, file, by)


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


def _told_of_change(stood: Access, after: Meeting, difference: Difference) -> dict[str, object]:
    """What the register keeps of a change."""
    before = stood.meeting
    return {
        "reason": difference.reason,
        "before": _facts(before, before.items),
        "after": _facts(after, after.items),
        "guests_new": list(difference.guests),
        "guests_gone": list(difference.uninvited),
        "prepared_by_clerk": not stood.head,
        "acting_for": stood.acting_for,
    }


def _facts(meeting: Meeting, items: tuple[AgendaItem, ...]) -> dict[str, object]:
    return {
        "starts_at": meeting.starts_at.isoformat(),
        "place": meeting.place,
        "agenda": [item.subject for item in items],
    }


@act("mcancel", find=access.find, may=_may_change, needs=(reason_of("mcancel"),))
async def cancel(work: UnitOfWork, stood: Access, _at: datetime, reason: str) -> Screen:
    """The meeting does not take place; what it had taken waits again."""
    meeting = await act_upon(
        work,
        stood,
        MeetingActKind.CANCEL,
        reason,
        meetings.change(stood.meeting.id, {}),
        agenda.take(_waiting_of(stood.meeting), None),
    )
    await discussing_again.items_moved(work, meeting)
    await questions.days_move(work, meeting)
    by = stood.by
    await invitations.cancelled(work, meeting, by, reason)
    card = cards.office_word(work.say, meeting, by, "cancel")
    await invitations.notify_office(work, meeting, stood.person, card, "meeting_office")
    await documents.arrange(work, meeting)
    await awaiting.arrange(work, meeting)
    return done(work, meeting, "cancel")
