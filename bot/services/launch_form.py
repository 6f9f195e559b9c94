"""The clerk's form "Lập phiếu xin ý kiến": a draft in the database whose next question is its first empty field."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.domain.deadlines import Preset, presets
from bot.domain.files import FileRef
from bot.domain.launch import refuse_body
from bot.domain.people import Person, members_of
from bot.domain.press import press
from bot.domain.refusal import NO_RIGHT, Refusal
from bot.domain.regulation import Body
from bot.domain.workdays import WorkingCalendar
from bot.services import actors, draft_forms
from bot.services.desk import Desk, Work
from bot.services.draft_forms import Taken
from bot.services.launch_answers import (
    STANDS_UNDER,
    Form,
    fields_of,
    pressed,
    refuse_file,
    text_goes_on,
    written,
)
from bot.store import calendar, consultations, drafts, people, rulebooks
from bot.store.drafts import Draft

KIND = "launch"


async def begin(desk: Desk, account: int, committee: int, *, anew: bool = False) -> Form | Refusal:
    """Begin a form, or go on with the one left unfinished; `anew` drops that one."""
    async with desk.work() as work:
        clerk = await actors.in_committee(work, account, committee)
        if clerk is None or not clerk.is_clerk:
            return NO_RIGHT
        draft = await draft_forms.begun(work, clerk, KIND, {}, anew=anew)
        form = await _form(work, clerk, draft)
        if len(form.bodies) == 1 and not form.draft.fields:
            form = await _keep(work, form, {"body": form.bodies[0].id})
        form = await STEPS.asking(work, account, form)
        return (refuse_body(form.body) if form.body else None) or form


async def again(desk: Desk, account: int, consultation_id: int) -> Form | Refusal:
    """A declined request as a new form; deadline, files and the tick are asked anew."""
    async with desk.work() as work:
        declined = await consultations.get(work.tx, consultation_id)
        if declined is None or not declined.declined:
            return Refusal("gone")
        clerk = await actors.in_committee(work, account, declined.committee)
        if clerk is None or not clerk.is_clerk:
            return NO_RIGHT
        fields = {
            "body": declined.body.id,
            "matter": declined.matter.value,
            "ground": declined.ground.value,
            "silence_confirmed": declined.silence_confirmed,
            "subject": declined.subject,
        }
        if declined.text:
            fields["text"] = declined.text
        new = await drafts.add(work.tx, declined.committee, clerk.id, KIND, fields, work.now)
        form = await own_form(work, account, new)
        return form if isinstance(form, Refusal) else await STEPS.asking(work, account, form)


async def answer(desk: Desk, account: int, draft_id: int, field: str, value: str) -> Form | Refusal:
    """An answer by a button; what the regulation excludes is refused here and the field stays empty."""
    return await STEPS.take(
        desk, account, draft_id, lambda form: pressed(form, field, value), field
    )


async def typed(desk: Desk, account: int, draft_id: int, text: str, at: datetime) -> Form | Refusal:
    """An answer in words to the question that stands, or the rest of a text that the app has cut."""

    def taken(form: Form) -> Taken:
        rest = text_goes_on(form, text, at)
        return written(form, text, at) if rest is None else rest

    return await STEPS.take(desk, account, draft_id, taken)


async def attach(
    desk: Desk, account: int, draft_id: int, name: str, file_id: str, content: bytes
) -> Form | Refusal:
    """A file for the text; its bytes are kept under their digest."""
    async with desk.work() as work:
        form = await own_form(work, account, draft_id)
        if isinstance(form, Refusal):
            return form
        refusal = refuse_file(form, name, len(content))
        if refusal:
            return replace(refusal, back=press("draft", draft_id))
        sha256 = await drafts.keep_blob(work.tx, content)
        file = FileRef(name, file_id, sha256, len(content))
        await drafts.attach(work.tx, draft_id, file, form.clerk.id)
        return await STEPS.asking(work, account, await _form(work, form.clerk, form.draft))


async def own_form(work: Work, account: int, draft_id: int) -> Form | Refusal:
    """The form inside a transaction already begun, for its own clerk only."""
    found = await draft_forms.own(work, account, draft_id, KIND)
    if isinstance(found, Refusal):
        return found
    clerk, draft = found
    return await _form(work, clerk, draft) if clerk.is_clerk else NO_RIGHT


async def _keep(work: Work, form: Form, fields: dict[str, Any]) -> Form:
    draft = await draft_forms.kept(work, form.draft, fields)
    if "text" in form.draft.fields and "text" not in fields:
        await drafts.detach_all(work.tx, draft.id)
    return await _form(work, form.clerk, draft)


STEPS = draft_forms.Steps(own_form, _keep, "draft", "draft", STANDS_UNDER)
resume, drop, back = STEPS.resume, STEPS.drop, STEPS.back


async def _form(work: Work, clerk: Person, draft: Draft) -> Form:
    committee = await people.committee(work.tx, draft.committee)
    regulation = await rulebooks.regulation(work.tx, committee.rulebook)
    everybody = await people.of_committee(work.tx, draft.committee)
    bodies = tuple(b for b in regulation.bodies if members_of(everybody, b.id))
    body = next((b for b in bodies if b.id == draft.fields.get("body")), None)
    days = await calendar.working_calendar(work.tx, draft.committee)
    asked = fields_of(body, draft.fields, several=len(bodies) > 1)
    empty = [field for field in asked if field not in draft.fields]
    return Form(
        draft=draft,
        committee=committee.name,
        regulation=regulation,
        bodies=bodies,
        body=body,
        field=empty[0] if empty else "preview",
        files=await drafts.files_of_draft(work.tx, draft.id),
        offered=_offered(body, work.now, days),
        calendar=days,
        clerk=clerk,
        now=work.now,
    )


def _offered(body: Body | None, now: datetime, days: WorkingCalendar) -> tuple[Preset, ...]:
    if body is None:
        return ()
    window = body.written.window
    return presets(now, days, window.suggested_days, window.day_ends_at)
