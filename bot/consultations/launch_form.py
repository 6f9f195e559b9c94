"""The clerk's form "Lập phiếu xin ý kiến": its questions, what each takes, its steps."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from bot.calendar import store as calendar
from bot.consultations import store as consultations
from bot.consultations.rules.due import Preset, presets
from bot.consultations.rules.rights import (
    refuse_body,
    refuse_deadline,
    refuse_ground,
    refuse_matter,
    refuse_submission,
)
from bot.db import drafts, people, rulebooks
from bot.db.drafts import Draft
from bot.kit import access, draft_forms
from bot.kit.draft_forms import Taken
from bot.kit.unit import Context, UnitOfWork
from bot.people.rules.people import Person, members_of
from bot.regulations.rules.regulation import Body, Clock, Ground, Matter, Regulation
from bot.values.action import action
from bot.values.files import FileRef
from bot.values.moments import VIET_NAM
from bot.values.refusal import NO_RIGHT, Refusal, faulty, unclear
from bot.values.secrecy import secrecy_mark
from bot.values.texts import TextFault, clean, clean_line, cut, goes_on, joined
from bot.values.typed import MomentFault, parse_moment
from bot.values.working_days import WorkingCalendar

SUBJECT_LIMIT = 300
TEXT_LIMIT = 20_000
FILE_LIMIT = 20 * 1024 * 1024
"""Telegram lets a bot fetch files up to 20 MB."""
MOST_FILES = 10
MINUTE_DIGITS = 9
"""Digits of a deadline on a button, in minutes; more lie beyond every calendar."""
OWN_DAYS = "own"
"""The deadline is the regulation's own number of days, fixed at the opening."""


@dataclass(frozen=True, slots=True)
class Form:
    """A draft with all that is needed to show its next question."""

    draft: Draft
    committee: str
    """Its name: in whose name is asked."""
    regulation: Regulation
    bodies: tuple[Body, ...]
    body: Body | None
    field: str
    """The first empty field, or "preview" when there is none."""
    files: tuple[FileRef, ...]
    offered: tuple[Preset, ...]
    calendar: WorkingCalendar
    clerk: Person
    now: datetime

    @property
    def day_ends_at(self) -> int:
        """The hour at which a day given without one ends, by the rules of the body asked."""
        if self.body is None:
            raise LookupError("a moment is asked for after the body")
        return self.body.written.window.day_ends_at

    @property
    def answered(self) -> list[str]:
        """The questions of this form that have an answer, in order."""
        asked = fields_of(self.body, self.draft.fields, several=len(self.bodies) > 1)
        return [field for field in asked if field in self.draft.fields]


def fields_of(body: Body | None, given: Mapping[str, Any], *, several: bool) -> list[str]:
    """The questions of this form, in order; some depend on answers given."""
    fields = ["body"] if several or body is None else []
    if body is None:
        return fields
    fields += ["matter", "ground"]
    if given.get("matter") in body.written.silence.asks_confirmation:
        fields.append("silence_confirmed")
    fields += ["subject", "text"]
    if body.written.lead_time is not None:
        fields.append("submission_date")
        if given.get("early_enough") is False:
            fields.append("special_reason")
    return [*fields, "deadline", "secret_free"]


def refuse_file(form: Form, name: str, size: int) -> Refusal | None:
    """A file that is too large, one too many, not asked for, or marked secret by its name."""
    if form.field != "text":
        return Refusal("file_not_asked")
    if size > FILE_LIMIT:
        return Refusal("file_too_large", values={"size": size, "limit": FILE_LIMIT})
    if len(form.files) >= MOST_FILES:
        return Refusal("too_many_files", values={"limit": MOST_FILES})
    return _secret(name)


# --- answers by buttons ----------------------------------------------------------------------


def pressed(form: Form, field: str, value: str) -> Taken:
    """What a button answers, or why not."""
    reader = _BY_BUTTON.get(field)
    if reader is None or (field != "body" and form.body is None):
        return Refusal("stale_question")
    return reader(form, value)


def _body(form: Form, value: str) -> Taken:
    body = next((b for b in form.bodies if b.id == value), None)
    if body is None:
        return Refusal("stale_question")
    return refuse_body(body) or {"body": value}


def _matter(form: Form, value: str) -> Taken:
    if form.body is None or value not in set(Matter):
        return Refusal("stale_question")
    return refuse_matter(form.body, Matter(value)) or {"matter": value}


def _ground(form: Form, value: str) -> Taken:
    if form.body is None or value not in set(Ground):
        return Refusal("stale_question")
    return refuse_ground(form.body, Ground(value)) or {"ground": value}


def _silence(_form: Form, value: str) -> Taken:
    return {"silence_confirmed": value == "yes"}


def _text_done(form: Form, _value: str) -> Taken:
    return {"text": ""} if form.files else Refusal("text_needed")


def _deadline(form: Form, value: str) -> Taken:
    if value == OWN_DAYS and form.body and form.body.written.window.clock is Clock.RECIPIENT:
        return {"deadline": OWN_DAYS}
    if not value.isdigit() or len(value) > MINUTE_DIGITS:
        return Refusal("stale_question")
    return _deadline_at(form, datetime.fromtimestamp(int(value) * 60, VIET_NAM))


def _deadline_at(form: Form, moment: datetime) -> Taken:
    return refuse_deadline(moment, form.now) or {"deadline": moment.isoformat()}


def _submission(form: Form, value: str) -> Taken:
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return Refusal("stale_question")
    return _submission_on(form, day)


def _submission_on(form: Form, day: date) -> Taken:
    if form.body is None:
        return Refusal("stale_question")
    today = form.now.astimezone(VIET_NAM).date()
    refusal = refuse_submission(form.body, day, today, "")
    if refusal and refusal.instead == "special_reason":
        return replace(refusal, button=action("fill", form.draft.id, "special", day.isoformat()))
    return refusal or {"submission_date": day.isoformat(), "early_enough": True}


def _special(form: Form, value: str) -> Taken:
    """After a refused date: the clerk marks the case special; the reason is asked next."""
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return Refusal("stale_question")
    if day <= form.now.astimezone(VIET_NAM).date():
        return Refusal("submission_past", values={"submission": day})
    return {"submission_date": day.isoformat(), "early_enough": False}


def _secret_free(_form: Form, _value: str) -> Taken:
    return {"secret_free": True}


_BY_BUTTON: dict[str, Callable[[Form, str], Taken]] = {
    "body": _body,
    "matter": _matter,
    "ground": _ground,
    "silence_confirmed": _silence,
    "text": _text_done,
    "deadline": _deadline,
    "submission_date": _submission,
    "special": _special,
    "secret_free": _secret_free,
}


STANDS_UNDER = {"special": "submission_date"}
"""Answers that belong to the question of another name."""


# --- answers in words ------------------------------------------------------------------------


def written(form: Form, text: str, at: datetime) -> Taken:
    """What typed words answer to the question that stands, or why not."""
    reader = _IN_WORDS.get(form.field)
    taken = reader(form, text) if reader else Refusal("press_a_button")
    if isinstance(taken, Refusal) or form.field != "text":
        return taken
    return {**taken, "text_cut": cut(text, at)}


def text_goes_on(form: Form, piece: str, at: datetime) -> Taken | None:
    """The text with the next piece of it, when the app has cut it; None when this is something else."""
    fields = form.draft.fields
    where = fields.get("text_cut")
    if not where or not fields.get("text") or not goes_on(where, at):
        return None
    whole = joined(fields["text"], piece, where, TEXT_LIMIT)
    if isinstance(whole, TextFault):
        return faulty(whole)
    return _secret(whole) or {"text": whole, "text_cut": cut(piece, at)}


def _subject(_form: Form, text: str) -> Taken:
    subject = clean_line(text, SUBJECT_LIMIT)
    if isinstance(subject, TextFault):
        return faulty(subject)
    return _secret(subject) or {"subject": subject}


def _text(_form: Form, text: str) -> Taken:
    whole = clean(text, TEXT_LIMIT)
    if isinstance(whole, TextFault):
        return faulty(whole)
    return _secret(whole) or {"text": whole}


def _deadline_words(form: Form, text: str) -> Taken:
    moment = parse_moment(text, form.now, form.calendar, form.day_ends_at)
    return unclear(moment) if isinstance(moment, MomentFault) else _deadline_at(form, moment)


def _submission_words(form: Form, text: str) -> Taken:
    moment = parse_moment(text, form.now, form.calendar, form.day_ends_at)
    if isinstance(moment, MomentFault):
        return unclear(moment)
    return _submission_on(form, moment.astimezone(VIET_NAM).date())


def _special_reason(_form: Form, text: str) -> Taken:
    reason = clean(text, TEXT_LIMIT)
    return faulty(reason) if isinstance(reason, TextFault) else {"special_reason": reason}


def _secret(text: str) -> Refusal | None:
    mark = secrecy_mark(text)
    return Refusal("secret", values={"mark": mark}) if mark else None


_IN_WORDS: dict[str, Callable[[Form, str], Taken]] = {
    "subject": _subject,
    "text": _text,
    "deadline": _deadline_words,
    "submission_date": _submission_words,
    "special_reason": _special_reason,
}


KIND = "launch"


async def begin(
    context: Context, account: int, committee: int, *, anew: bool = False
) -> Form | Refusal:
    """Begin a form, or go on with the one left unfinished; `anew` drops that one."""
    async with context.work() as work:
        clerk = await access.in_committee(work, account, committee)
        if clerk is None or not clerk.is_clerk:
            return NO_RIGHT
        draft = await draft_forms.begun(work, clerk, KIND, {}, anew=anew)
        form = await _form(work, clerk, draft)
        if len(form.bodies) == 1 and not form.draft.fields:
            form = await _keep(work, form, {"body": form.bodies[0].id})
        form = await STEPS.asking(work, account, form)
        return (refuse_body(form.body) if form.body else None) or form


async def again(context: Context, account: int, consultation_id: int) -> Form | Refusal:
    """A declined request as a new form; deadline, files and the tick are asked anew."""
    async with context.work() as work:
        declined = await consultations.get(work.tx, consultation_id)
        if declined is None or not declined.declined:
            return Refusal("gone")
        clerk = await access.in_committee(work, account, declined.committee)
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


async def answer(
    context: Context, account: int, draft_id: int, field: str, value: str
) -> Form | Refusal:
    """An answer by a button; what the regulation excludes is refused here and the field stays empty."""
    return await STEPS.take(
        context, account, draft_id, lambda form: pressed(form, field, value), field
    )


async def typed(
    context: Context, account: int, draft_id: int, text: str, at: datetime
) -> Form | Refusal:
    """An answer in words to the question that stands, or the rest of a text that the app has cut."""

    def taken(form: Form) -> Taken:
        rest = text_goes_on(form, text, at)
        return written(form, text, at) if rest is None else rest

    return await STEPS.take(context, account, draft_id, taken)


async def attach(
    context: Context, account: int, draft_id: int, name: str, file_id: str, content: bytes
) -> Form | Refusal:
    """A file for the text; its bytes are kept under their digest."""
    async with context.work() as work:
        form = await own_form(work, account, draft_id)
        if isinstance(form, Refusal):
            return form
        refusal = refuse_file(form, name, len(content))
        if refusal:
            return replace(refusal, back=action("draft", draft_id))
        sha256 = await drafts.keep_blob(work.tx, content)
        file = FileRef(name, file_id, sha256, len(content))
        await drafts.attach(work.tx, draft_id, file, form.clerk.id)
        return await STEPS.asking(work, account, await _form(work, form.clerk, form.draft))


async def own_form(work: UnitOfWork, account: int, draft_id: int) -> Form | Refusal:
    """The form inside a transaction already begun, for its own clerk only."""
    found = await draft_forms.own(work, account, draft_id, KIND)
    if isinstance(found, Refusal):
        return found
    clerk, draft = found
    return await _form(work, clerk, draft) if clerk.is_clerk else NO_RIGHT


async def _keep(work: UnitOfWork, form: Form, fields: dict[str, Any]) -> Form:
    draft = await draft_forms.kept(work, form.draft, fields)
    if "text" in form.draft.fields and "text" not in fields:
        await drafts.detach_all(work.tx, draft.id)
    return await _form(work, form.clerk, draft)


STEPS = draft_forms.Steps(own_form, _keep, "draft", "draft", STANDS_UNDER)
resume, drop, back = STEPS.resume, STEPS.drop, STEPS.back


async def _form(work: UnitOfWork, clerk: Person, draft: Draft) -> Form:
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
