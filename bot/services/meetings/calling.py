"""The form "Mời họp": a draft in the database whose next question is its first empty field; also for changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from typing import Any

from bot.domain.calling import (
    refuse_clash,
    refuse_invitation,
    refuse_papers,
    refuse_past,
    refuse_stage,
)
from bot.domain.files import FileRef
from bot.domain.meeting import AgendaItem, Meeting, MeetingStage
from bot.domain.press import press
from bot.domain.refusal import NO_RIGHT, Refusal
from bot.services import actors, draft_forms
from bot.services.desk import Desk
from bot.services.draft_forms import Taken
from bot.services.meetings import floor
from bot.services.meetings.calling_answers import (
    gives_more_time,
    pressed,
    refuse_file,
    refuse_responsible,
    written,
)
from bot.services.meetings.calling_drafts import CHANGE, NEW, bodies_of, form_of, kept, own, shown
from bot.services.meetings.calling_fields import WHOLE, Form
from bot.store import drafts


async def begin(
    desk: Desk, account: int, committee: int, *, body: str = "", kind: str = ""
) -> Form | Refusal:
    """Begin a form or go on with the one left unfinished; a body or kind known already is not asked."""
    async with desk.work() as work:
        person = await actors.in_committee(work, account, committee)
        if person is None or not await bodies_of(work, person):
            return NO_RIGHT
        draft = await draft_forms.begun(work, person, NEW, {}, anew=bool(body))
        form = await form_of(work, person, draft)
        for field, value in (("body", body), ("kind", kind)):
            if value:
                taken = pressed(form, field, value)
                form = form if isinstance(taken, Refusal) else await kept(work, form, taken)
        return await shown(work, account, form, "")


async def resume(desk: Desk, account: int, draft_id: int, where: str = "") -> Form | Refusal:
    """The form as it stands; what is typed next answers the screen `where`."""
    async with desk.work() as work:
        form = await own(work, account, draft_id)
        if isinstance(form, Refusal):
            return form
        return await shown(work, account, form, where)


async def drop(desk: Desk, account: int, draft_id: int) -> Form | Refusal:
    """Put the form aside for good."""
    async with desk.work() as work:
        form = await own(work, account, draft_id)
        if isinstance(form, Form):
            await draft_forms.ended(work, account, draft_id)
        return form


async def back(desk: Desk, account: int, draft_id: int) -> Form | Refusal:
    """One question back: the last answer given is asked again."""
    async with desk.work() as work:
        form = await own(work, account, draft_id)
        if isinstance(form, Refusal):
            return form
        if form.answered:
            form = await kept(work, form, {}, without=form.answered[-1])
        return await shown(work, account, form, "")


async def redo(desk: Desk, account: int, draft_id: int, field: str) -> Form | Refusal:
    """One question anew from the preview; everything else stays answered."""
    async with desk.work() as work:
        form = await own(work, account, draft_id)
        if isinstance(form, Refusal):
            return form
        if form.field != "preview" or field not in form.asked:
            return Refusal("stale_question")
        return await shown(work, account, await kept(work, form, {}, without=field), "")


async def answer(desk: Desk, account: int, draft_id: int, field: str, value: str) -> Form | Refusal:
    """An answer by a button to the question that stands."""
    return await take(
        desk,
        account,
        draft_id,
        lambda form: (
            pressed(form, field, value) if form.field == field else Refusal("stale_question")
        ),
    )


async def extraordinary(desk: Desk, account: int, draft_id: int) -> Form | Refusal:
    """After a refusal for want of time: the meeting is called as an extraordinary one."""
    return await take(desk, account, draft_id, lambda form: pressed(form, "kind", "extraordinary"))


async def typed(desk: Desk, account: int, draft_id: int, text: str) -> Form | Refusal:
    """An answer in words to the question that stands."""
    return await take(desk, account, draft_id, lambda form: written(form, text))


async def take(
    desk: Desk, account: int, draft_id: int, act: Callable[[Form], Taken], where: str = ""
) -> Form | Refusal:
    """Fill in what an act gives; what it refuses leaves the question standing, with the way back to it."""
    async with desk.work() as work:
        form = await own(work, account, draft_id)
        if isinstance(form, Refusal):
            return form
        taken = act(form)
        if isinstance(taken, Refusal):
            return leading_back(taken, form)
        return await shown(work, account, await kept(work, form, taken), where)


def leading_back(refusal: Refusal, form: Form) -> Refusal:
    """The refusal with the ways that exist in this form: back, and as an extraordinary meeting."""
    way = press("mextra", form.draft.id) if refusal.instead == "extraordinary" else None
    return replace(refusal, back=press("mform", form.draft.id), button=way)


async def attach(
    desk: Desk, account: int, draft_id: int, key: str, file: FileRef, content: bytes
) -> Form | Refusal:
    """A document for an item, or for the meeting as a whole; its bytes are kept under their digest."""
    async with desk.work() as work:
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


async def change(desk: Desk, account: int, meeting_id: int) -> Form | Refusal:
    """A form to change a meeting that was called: everything is answered but the reason."""
    async with desk.work() as work:
        stood = await floor.before(work, account, meeting_id)
        if isinstance(stood, Refusal):
            return stood
        refusal = refuse_change(stood)
        if refusal:
            return refusal
        fields = {**_answers(stood.meeting), "meeting": meeting_id, "secret_free": True}
        draft = await draft_forms.begun(work, stood.person, CHANGE, fields, anew=True)
        form = await form_of(work, stood.person, draft)
        return await shown(work, account, form, "")


def refuse_change(stood: floor.Floor) -> Refusal | None:
    """Head, delegate or clerk change or cancel a meeting that was called and has not begun."""
    if not stood.office:
        return NO_RIGHT
    called = stood.meeting.stage is MeetingStage.CALLED
    return None if called else refuse_stage(stood.meeting)


async def again(desk: Desk, account: int, meeting_id: int) -> Form | Refusal:
    """A declined or recalled meeting as a new form; the start, the papers and the tick are asked anew."""
    async with desk.work() as work:
        stood = await floor.before(work, account, meeting_id)
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
