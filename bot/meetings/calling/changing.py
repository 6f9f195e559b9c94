"""A meeting that was called, until it begins: changed by form, or cancelled; everybody invited is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from bot.db import people
from bot.kit.act import act
from bot.kit.occasions import Occurred, occurred
from bot.kit.screen import Screen
from bot.kit.unit import UnitOfWork
from bot.meetings import access
from bot.meetings import store as meetings
from bot.meetings.access import Access
from bot.meetings.agenda import discussing_again
from bot.meetings.agenda import store as agenda
from bot.meetings.attendance import awaiting
from bot.meetings.calling.convening import (
    acted,
    done,
    guests_of,
    line_of,
    reason_of,
    send_links,
    waiting_of,
)
from bot.meetings.calling.submitting import items_of
from bot.meetings.calling.view import CallingView, as_item, refuse_form, require_in
from bot.meetings.documents import documents
from bot.meetings.documents import store as papers
from bot.meetings.inviting import cards, invitations
from bot.meetings.inviting.cards import Difference
from bot.meetings.requests import questions
from bot.meetings.rules.calling import may_change, refuse_papers
from bot.meetings.rules.meeting import AgendaItem, Invitee, Meeting, MeetingActKind
from bot.people.rules.people import Person
from bot.regulations.rules.duties import Happens
from bot.values.refusal import Refusal, refuse


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
    await send_links(work, stood, after, newcomers)
    card = cards.office_word(work.say, after, by, "change", difference)
    await invitations.notify_office(work, after, stood.person, card, "meeting_office")
    await documents.arrange(work, after)
    await awaiting.arrange(work, after)
    await occurred.happened(work, Occurred(after.committee, Happens.MEETING))
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
    return await guests_of(work, stood, tuple(g for g in form.guests if g.person not in before))


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
    changed = acted(stood, MeetingActKind.CHANGE, work.now, difference.reason)
    changed = replace(changed, detail=detail)
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
    ended = acted(stood, MeetingActKind.CANCEL, work.now, reason)
    await work.write(
        meetings.add_act(stood.meeting.id, ended),
        line_of(stood, ended),
        meetings.change(stood.meeting.id, {}),
        agenda.take(waiting_of(stood.meeting), None),
    )
    meeting = await meetings.there(work.tx, stood.meeting.id)
    await discussing_again.items_moved(work, meeting)
    await questions.days_move(work, meeting)
    by = stood.by
    await invitations.cancelled(work, meeting, by, reason)
    card = cards.office_word(work.say, meeting, by, "cancel")
    await invitations.notify_office(work, meeting, stood.person, card, "meeting_office")
    await documents.arrange(work, meeting)
    await awaiting.arrange(work, meeting)
    await occurred.happened(work, Occurred(meeting.committee, Happens.MEETING))
    return done(work, meeting, "cancel")
