"""The form "Mời họp" as a draft: begun, loaded with all it needs, its steps; also for changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import timedelta
from typing import Any

from bot.calendar import store as calendar
from bot.db import drafts, people, rulebooks
from bot.db.drafts import Draft
from bot.kit import access as kit_access
from bot.kit import draft_forms
from bot.kit.draft_forms import Taken
from bot.kit.unit import Context, UnitOfWork
from bot.kit.waiting import home_row
from bot.meetings import access as meetings_access
from bot.meetings import agenda
from bot.meetings import store as meeting_lists
from bot.meetings import store as meetings
from bot.meetings.agenda import WaitingItem
from bot.meetings.calling.answers import (
    gives_more_time,
    pressed,
    refuse_file,
    refuse_responsible,
    written,
)
from bot.meetings.calling.view import WHOLE, Form
from bot.meetings.rules.calling import (
    refuse_clash,
    refuse_invitation,
    refuse_papers,
    refuse_past,
    refuse_stage,
)
from bot.meetings.rules.meeting import AgendaItem, Meeting, MeetingStage
from bot.people.rules.people import Person, members_of, sits
from bot.regulations.rules.regulation import Body
from bot.values.action import action
from bot.values.files import FileRef
from bot.values.refusal import NO_RIGHT, Refusal

NEW, CHANGE = "meeting", "meeting_change"
KINDS = (NEW, CHANGE)
AHEAD = timedelta(days=1000)
"""How far ahead other meetings are looked for; no start lies further."""


async def own(work: UnitOfWork, account: int, draft_id: int) -> Form | Refusal:
    """The form inside a transaction already begun; only whoever began it and still may prepare."""
    found = await draft_forms.own(work, account, draft_id, *KINDS)
    if isinstance(found, Refusal):
        return found
    person, draft = found
    return await form_of(work, person, draft) if await bodies_of(work, person) else NO_RIGHT


@home_row(40, "invite")
async def _on_home(work: UnitOfWork, person: Person) -> bool:
    return person.is_clerk or (sits(person) and bool(await bodies_of(work, person)))


async def bodies_of(work: UnitOfWork, person: Person) -> tuple[Body, ...]:
    """Bodies for which the person may prepare a meeting: a clerk for all, others where it is theirs.

    The head calls its body's meetings; whoever prepares the programme (QN 5.2) may do so, too.
    """
    committee = await people.committee(work.tx, person.committee)
    regulation = await rulebooks.regulation(work.tx, committee.rulebook)
    everybody = await people.of_committee(work.tx, person.committee)
    seated = [body for body in regulation.bodies if members_of(everybody, body.id)]
    if person.is_clerk:
        return tuple(seated)
    return tuple([body for body in seated if await _may_prepare(work, person, body)])


async def _may_prepare(work: UnitOfWork, person: Person, body: Body) -> bool:
    if (await meetings_access.heads(work, person, body, work.now))[0]:
        return True
    seat = person.seat_in(body.id)
    rule = body.meetings.preparation if body.meetings else None
    return rule is not None and seat is not None and seat.office == rule.programme_by


async def kept(work: UnitOfWork, form: Form, more: dict[str, Any], *, without: str = "") -> Form:
    """The form with more answers, or without one."""
    fields = {key: value for key, value in form.fields.items() if key != without}
    return await form_of(
        work, form.person, await draft_forms.kept(work, form.draft, {**fields, **more})
    )


async def shown(work: UnitOfWork, account: int, form: Form, where: str) -> Form:
    """What is typed next answers this form, on the screen `where`."""
    ref = {"draft": form.draft.id, "in": where}
    await drafts.await_words(work.tx, account, "mform", ref, work.now)
    return form


async def form_of(work: UnitOfWork, person: Person, draft: Draft) -> Form:
    """The draft as a form at this moment."""
    committee = await people.committee(work.tx, draft.committee)
    regulation = await rulebooks.regulation(work.tx, committee.rulebook)
    bodies = await bodies_of(work, person)
    wanted = draft.fields.get("body") or (bodies[0].id if len(bodies) == 1 else "")
    body = next((each for each in bodies if each.id == wanted), None)
    changes = await _changed(work, draft)
    return Form(
        draft=draft,
        committee=committee.name,
        regulation=regulation,
        bodies=bodies,
        body=body,
        waiting=await _waiting(work, draft, body, changes),
        everybody=tuple(await people.of_committee(work.tx, draft.committee)),
        others=await others(work, draft.committee, body, changes.id if changes else 0),
        changes=changes,
        calendar=await calendar.working_calendar(work.tx, draft.committee),
        person=person,
        now=work.now,
    )


async def _changed(work: UnitOfWork, draft: Draft) -> Meeting | None:
    meeting_id = draft.fields.get("meeting")
    return await meetings.get(work.tx, meeting_id) if meeting_id else None


async def _waiting(
    work: UnitOfWork, draft: Draft, body: Body | None, changes: Meeting | None
) -> tuple[WaitingItem, ...]:
    """What waits for the body; a change knows what its meeting has taken, and takes nothing more by itself."""
    if body is None:
        return ()
    waits = await agenda.waiting(work.tx, draft.committee, body.id)
    if changes is None:
        return tuple(waits)
    return tuple(_as_waiting(item, body) for item in changes.items if item.waiting_id)


def _as_waiting(item: AgendaItem, body: Body) -> WaitingItem:
    return WaitingItem(
        body.id,
        item.subject,
        item.reason,
        item.matter,
        consultation_id=item.consultation_id,
        id=item.waiting_id or 0,
    )


async def others(
    work: UnitOfWork, committee: int, body: Body | None, but: int
) -> tuple[Meeting, ...]:
    """Meetings of the body from now on, save one."""
    if body is None:
        return ()
    start, end = work.now - timedelta(hours=1), work.now + AHEAD
    found = [
        await meetings.get(work.tx, each)
        for each in await meeting_lists.between(work.tx, committee, body.id, start, end)
        if each != but
    ]
    return tuple(each for each in found if each is not None)


async def begin(
    context: Context, account: int, committee: int, *, body: str = "", kind: str = ""
) -> Form | Refusal:
    """Begin a form or go on with the one left unfinished; a body or kind known already is not asked."""
    async with context.work() as work:
        person = await kit_access.in_committee(work, account, committee)
        if person is None or not await bodies_of(work, person):
            return NO_RIGHT
        draft = await draft_forms.begun(work, person, NEW, {}, anew=bool(body))
        form = await form_of(work, person, draft)
        for field, value in (("body", body), ("kind", kind)):
            if value:
                taken = pressed(form, field, value)
                form = form if isinstance(taken, Refusal) else await kept(work, form, taken)
        return await shown(work, account, form, "")


async def resume(context: Context, account: int, draft_id: int, where: str = "") -> Form | Refusal:
    """The form as it stands; what is typed next answers the screen `where`."""
    async with context.work() as work:
        form = await own(work, account, draft_id)
        if isinstance(form, Refusal):
            return form
        return await shown(work, account, form, where)


async def drop(context: Context, account: int, draft_id: int) -> Form | Refusal:
    """Put the form aside for good."""
    async with context.work() as work:
        form = await own(work, account, draft_id)
        if isinstance(form, Form):
            await draft_forms.ended(work, account, draft_id)
        return form


async def back(context: Context, account: int, draft_id: int) -> Form | Refusal:
    """One question back: the last answer given is asked again."""
    async with context.work() as work:
        form = await own(work, account, draft_id)
        if isinstance(form, Refusal):
            return form
        if form.answered:
            form = await kept(work, form, {}, without=form.answered[-1])
        return await shown(work, account, form, "")


async def redo(context: Context, account: int, draft_id: int, field: str) -> Form | Refusal:
    """One question anew from the preview; everything else stays answered."""
    async with context.work() as work:
        form = await own(work, account, draft_id)
        if isinstance(form, Refusal):
            return form
        if form.field != "preview" or field not in form.asked:
            return Refusal("stale_question")
        return await shown(work, account, await kept(work, form, {}, without=field), "")


async def answer(
    context: Context, account: int, draft_id: int, field: str, value: str
) -> Form | Refusal:
    """An answer by a button to the question that stands."""
    return await take(
        context,
        account,
        draft_id,
        lambda form: (
            pressed(form, field, value) if form.field == field else Refusal("stale_question")
        ),
    )


async def extraordinary(context: Context, account: int, draft_id: int) -> Form | Refusal:
    """After a refusal for want of time: the meeting is called as an extraordinary one."""
    return await take(
        context, account, draft_id, lambda form: pressed(form, "kind", "extraordinary")
    )


async def typed(context: Context, account: int, draft_id: int, text: str) -> Form | Refusal:
    """An answer in words to the question that stands."""
    return await take(context, account, draft_id, lambda form: written(form, text))


async def take(
    context: Context, account: int, draft_id: int, act: Callable[[Form], Taken], where: str = ""
) -> Form | Refusal:
    """Fill in what an act gives; what it refuses leaves the question standing, with the way back to it."""
    async with context.work() as work:
        form = await own(work, account, draft_id)
        if isinstance(form, Refusal):
            return form
        taken = act(form)
        if isinstance(taken, Refusal):
            return leading_back(taken, form)
        return await shown(work, account, await kept(work, form, taken), where)


def leading_back(refusal: Refusal, form: Form) -> Refusal:
    """The refusal with the ways that exist in this form: back, and as an extraordinary meeting."""
    way = action("mextra", form.draft.id) if refusal.instead == "extraordinary" else None
    return replace(refusal, back=action("mform", form.draft.id), button=way)


async def attach(
    context: Context, account: int, draft_id: int, key: str, file: FileRef, content: bytes
) -> Form | Refusal:
    """A document for an item, or for the meeting as a whole; its bytes are kept under their digest."""
    async with context.work() as work:
        form = await own(work, account, draft_id)
        if isinstance(form, Refusal):
            return form
        key = key if form.entry(key) else WHOLE
        refusal = refuse_file(form, file.name, len(content))
        if refusal:
            return leading_back(refusal, form)
        sha256 = await drafts.keep_blob(work.tx, content)
        document = asdict(replace(file, sha256=sha256, size=len(content)))
        files = dict(form.fields.get("files", {}))
        files[key] = [*files.get(key, ()), document]
        form = await kept(work, form, {"files": files})
        return await shown(work, account, form, "" if key == WHOLE else f"item:{key}")


def refuse_form(form: Form) -> Refusal | None:
    """What stands against a complete form now: its start, its agenda, its papers, who answers for items."""
    if form.starts is None:
        return Refusal("meeting_incomplete")
    refusal = refuse_past(form.starts, form.now) or refuse_clash(form.starts, form.others)
    refusal = refusal or (None if form.agenda else Refusal("meeting_agenda_empty"))
    refusal = refusal or refuse_responsible(form)
    if not gives_more_time(form, form.starts):
        refusal = refusal or refuse_invitation(form.rules, form.kind, form.starts, form.now)
    if form.has_files:
        refusal = refusal or refuse_papers(form.rules, form.kind, form.starts, form.now)
    return refusal


async def change(context: Context, account: int, meeting_id: int) -> Form | Refusal:
    """A form to change a meeting that was called: everything is answered but the reason."""
    async with context.work() as work:
        stood = await meetings_access.before(work, account, meeting_id)
        if isinstance(stood, Refusal):
            return stood
        refusal = refuse_change(stood)
        if refusal:
            return refusal
        fields = {**_answers(stood.meeting), "meeting": meeting_id, "secret_free": True}
        draft = await draft_forms.begun(work, stood.person, CHANGE, fields, anew=True)
        form = await form_of(work, stood.person, draft)
        return await shown(work, account, form, "")


def refuse_change(stood: meetings_access.Floor) -> Refusal | None:
    """Head, delegate or clerk change or cancel a meeting that was called and has not begun."""
    if not stood.office:
        return NO_RIGHT
    called = stood.meeting.stage is MeetingStage.CALLED
    return None if called else refuse_stage(stood.meeting)


async def again(context: Context, account: int, meeting_id: int) -> Form | Refusal:
    """A declined or recalled meeting as a new form; the start, the papers and the tick are asked anew."""
    async with context.work() as work:
        stood = await meetings_access.before(work, account, meeting_id)
        if isinstance(stood, Refusal):
            return stood
        if not stood.office or stood.meeting.called_at is not None:
            return NO_RIGHT if not stood.office else Refusal("meeting_called_already")
        fields = _answers(stood.meeting)
        del fields["starts"]
        draft = await draft_forms.begun(work, stood.person, NEW, {}, anew=True)
        form = await form_of(work, stood.person, await draft_forms.kept(work, draft, fields))
        return await shown(work, account, form, "")


def _answers(meeting: Meeting) -> dict[str, Any]:
    """A meeting as the answers that would make it."""
    own_items = [_as_entry(item) for item in meeting.items]
    guests = [
        {"name": each.name, "category": each.category, "person": each.person}
        for each in (meeting.guests or meeting.guests_wanted)
    ]
    return {
        "body": meeting.body.id,
        "kind": meeting.kind.value,
        "session": meeting.session,
        "starts": meeting.starts_at.isoformat(),
        "place": meeting.place,
        "own": own_items,
        "more": {f"i{item.id}": _details(item) for item in meeting.items},
        "agenda": True,
        "invited": guests,
        "guests": True,
    }


def _as_entry(item: AgendaItem) -> dict[str, Any]:
    entry: dict[str, Any] = {"key": f"i{item.id}", "subject": item.subject}
    return entry | ({"waiting": item.waiting_id} if item.waiting_id else {})


def _details(item: AgendaItem) -> dict[str, Any]:
    return {
        "matter": item.matter.value,
        "closed": item.closed,
        "responsible": item.responsible,
        "item": item.id,
    }
