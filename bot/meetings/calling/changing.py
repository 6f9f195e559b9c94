"""Changing and cancelling a meeting that was called: everybody invited is told, answers given stand."""

from __future__ import annotations

from bot.db import people
from bot.kit import draft_forms
from bot.kit.unit import Context, UnitOfWork
from bot.meetings import access, agenda, notify
from bot.meetings import store as meetings
from bot.meetings.access import Floor
from bot.meetings.attendance import awaiting
from bot.meetings.calling import approval_cards, convening
from bot.meetings.calling import form as calling_form
from bot.meetings.calling.approval_cards import Difference
from bot.meetings.calling.cards import as_item
from bot.meetings.calling.view import WHOLE, Form
from bot.meetings.documents import documents
from bot.meetings.documents import store as papers
from bot.meetings.inviting import invitations
from bot.meetings.rules.calling import refuse_papers
from bot.meetings.rules.meeting import AgendaItem, Invitee, Meeting, MeetingAct, MeetingActKind
from bot.people.rules.people import Person
from bot.values.refusal import Refusal


async def send(context: Context, account: int, draft_id: int) -> Meeting | Refusal:
    """Make the change that a form holds: checked anew, recorded, told to everybody invited."""
    async with context.work() as work:
        form = await calling_form.own(work, account, draft_id)
        if isinstance(form, Refusal):
            return form
        if form.changes is None or form.field != "preview":
            return Refusal("meeting_incomplete")
        stood = await access.before(work, account, form.changes.id)
        if isinstance(stood, Refusal):
            return stood
        refusal = calling_form.refuse_change(stood) or calling_form.refuse_form(form)
        refusal = refusal or await _refuse_sooner(work, stood.meeting, form)
        if refusal:
            return calling_form.leading_back(refusal, form)
        return await _made(work, account, stood, form)


async def _refuse_sooner(work: UnitOfWork, before: Meeting, form: Form) -> Refusal | None:
    """Papers that went out in time for the start that was may be late for a sooner one."""
    if form.starts is None or form.starts >= before.starts_at:
        return None
    sent = [p.sent_at for p in await papers.of_meeting(work.tx, before.id) if p.sent_at]
    return refuse_papers(before.rules, before.kind, form.starts, max(sent)) if sent else None


async def _made(work: UnitOfWork, account: int, stood: Floor, form: Form) -> Meeting | Refusal:
    before = stood.meeting
    if not _differs(before, form):
        return calling_form.leading_back(Refusal("meeting_unchanged"), form)
    await meetings.change(
        work.tx, before.id, {"starts_at": form.starts, "place": form.fields["place"]}
    )
    await _items(work, stood, form)
    newcomers, gone = await _guests(work, stood, form)
    after = await convening.there(work, before.id)
    difference = _difference(before, after, form.fields["reason"], gone)
    await _record(work, stood, after, difference)
    await draft_forms.ended(work, account, form.draft.id)
    by = await access.named(work, stood)
    await invitations.changed(work, after, by, difference, gone)
    await convening.send_links(work, stood, after, newcomers)
    card = approval_cards.office_word(work.say, after, by, "change", difference)
    await invitations.told_office(work, after, stood.person, card, "meeting_office")
    await documents.arrange(work, after)
    await awaiting.arrange(work, after)
    return after


def _differs(before: Meeting, form: Form) -> bool:
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
    return now != then or form.has_files


async def _items(work: UnitOfWork, stood: Floor, form: Form) -> None:
    """Items that stay are placed anew, those left out come off and wait again, new ones are entered."""
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
    await papers.send(work.tx, fresh if form.has_files else [], work.now)


async def _guests(work: UnitOfWork, stood: Floor, form: Form) -> tuple[list[Person], list[Person]]:
    """New guests are invited, others no longer; gives persons not known before, and those gone."""
    before = {each.person: each for each in stood.meeting.guests}
    asked = tuple(g for g in form.guests if g.person not in before)
    invited, newcomers = await convening.guests_of(work, stood, asked)
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
        agenda_before=before.items if _told(before) != _told(after) else None,
        guests=tuple(each.name for each in new),
        newcomers=frozenset(each.person for each in new),
        uninvited=tuple(each.name for each in gone),
    )


def _told(meeting: Meeting) -> list[tuple[str, bool, int | None]]:
    return [(item.subject, item.closed, item.responsible) for item in meeting.items]


async def _record(work: UnitOfWork, stood: Floor, after: Meeting, difference: Difference) -> None:
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
    act = MeetingAct(
        MeetingActKind.CHANGE,
        work.now,
        stood.person.id,
        difference.reason,
        stood.acting_for,
        detail,
    )
    await meetings.add_act(work.tx, after.id, act)
    await work.record(
        after.committee, stood.person, "meeting_change", notify.about(after.id), detail
    )


def _facts(meeting: Meeting, items: tuple[AgendaItem, ...]) -> dict[str, object]:
    return {
        "starts_at": meeting.starts_at.isoformat(),
        "place": meeting.place,
        "agenda": [item.subject for item in items],
    }


async def may_cancel(context: Context, account: int, meeting_id: int) -> Meeting | Refusal:
    """Whether this account may cancel; asked before a reason is asked for."""
    async with context.look() as work:
        stood = await access.before(work, account, meeting_id)
        if isinstance(stood, Refusal):
            return stood
        return calling_form.refuse_change(stood) or stood.meeting


async def cancel(context: Context, account: int, meeting_id: int, reason: str) -> Meeting | Refusal:
    """The meeting does not take place; what it had taken waits again."""
    async with context.work() as work:
        stood = await access.before(work, account, meeting_id)
        if isinstance(stood, Refusal):
            return stood
        refusal = calling_form.refuse_change(stood)
        if refusal:
            return refusal
        await meetings.change(work.tx, meeting_id, {})
        await agenda.take(work.tx, convening.waiting_of(stood.meeting), None)
        meeting = await convening.end(work, stood, MeetingActKind.CANCEL, reason)
        by = await access.named(work, stood)
        await invitations.cancelled(work, meeting, by, reason)
        card = approval_cards.office_word(work.say, meeting, by, "cancel")
        await invitations.told_office(work, meeting, stood.person, card, "meeting_office")
        await documents.arrange(work, meeting)
        await awaiting.arrange(work, meeting)
        return meeting
