"""What each question of the launch form takes, by its button or in words. Nothing is kept and nobody is told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from bot.domain.deadlines import Preset
from bot.domain.files import FileRef
from bot.domain.launch import (
    refuse_body,
    refuse_deadline,
    refuse_ground,
    refuse_matter,
    refuse_submission,
)
from bot.domain.moments import VIET_NAM
from bot.domain.people import Person
from bot.domain.pieces import cut, goes_on, joined
from bot.domain.press import press
from bot.domain.refusal import Refusal, faulty, unclear
from bot.domain.regulation import Body, Clock, Ground, Matter, Regulation
from bot.domain.secrecy import secrecy_mark
from bot.domain.texts import TextFault, clean, clean_line
from bot.domain.typed_moments import MomentFault, parse_moment
from bot.domain.workdays import WorkingCalendar
from bot.services.draft_forms import Taken
from bot.store.drafts import Draft

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
        return replace(refusal, button=press("fill", form.draft.id, "special", day.isoformat()))
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
