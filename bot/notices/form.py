"""The form "Gửi thông báo": a draft in the database whose next question is its first empty field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.db import drafts, people, rulebooks
from bot.db.drafts import Draft
from bot.kit import access as kit_access
from bot.kit import draft_forms
from bot.kit.draft_forms import Taken
from bot.kit.unit import Context, UnitOfWork
from bot.meetings import access as meetings_access
from bot.notices.rules.notice import SUBJECT_LIMIT, TEXT_LIMIT, refuse_file, refuse_words
from bot.people.rules.people import Person, head_of, members_of
from bot.regulations.rules.duties import Duty, PartyKind
from bot.regulations.rules.regulation import Body, Regulation
from bot.reports.rules.owing import BODY, debtors, keys_of
from bot.values.action import action
from bot.values.files import FileRef
from bot.values.refusal import NO_RIGHT, Refusal, faulty
from bot.values.texts import TextFault, clean, clean_line

KIND = "notice"
FIELDS = ("purpose", "subject", "text", "secret_free")


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a notice is for: a duty that it fulfils, or nothing but what it says. `body` receives it."""

    key: str
    body: Body
    duty: Duty | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """A draft with all that is needed to show its next question."""

    draft: Draft
    sender: Person
    acting_for: int | None
    """The head for whom a delegate stands in."""
    regulation: Regulation
    purposes: tuple[Purpose, ...]
    field: str
    """The first empty field, or "preview" when there is none."""
    files: tuple[FileRef, ...]
    recipients: tuple[Person, ...]
    now: datetime

    @property
    def purpose(self) -> Purpose:
        """The purpose chosen; only asked of a form that has one."""
        return next(p for p in self.purposes if p.key == self.draft.fields["purpose"])

    @property
    def answered(self) -> list[str]:
        """The questions that were asked and have an answer, in order."""
        asked = FIELDS if len(self.purposes) > 1 else FIELDS[1:]
        return [field for field in asked if field in self.draft.fields]


async def purposes(
    work: UnitOfWork, person: Person, everybody: list[Person], regulation: Regulation
) -> tuple[tuple[Purpose, ...], int | None]:
    """What this person may send a notice for; and for whom a delegate then acts.

    A duty towards each member of a body (QN 4.6, HU 20.1), by whoever answers for it; in the name of a
    body only its head, and so anything else.
    """
    mine = _keys(person, everybody, regulation)
    found = [
        Purpose(duty.id, regulation.body(party.ref or ""), duty)
        for duty in regulation.duties
        for party in duty.to
        if party.kind is PartyKind.EACH_MEMBER
        and any(each.key in mine for each in debtors(duty, everybody, regulation))
    ]
    acting_for = None
    for body in regulation.bodies:
        if not members_of(everybody, body.id):
            continue
        heads, of = await meetings_access.heads(work, person, body, work.now)
        if heads:
            acting_for = acting_for or of
            found.append(Purpose(body.id, body))
    return tuple(found), acting_for


def _keys(person: Person, everybody: list[Person], regulation: Regulation) -> set[str]:
    heads = (head_of(everybody, body) for body in regulation.bodies)
    is_head = any(head is not None and head.id == person.id for head in heads)
    keys = keys_of(person, everybody, regulation)
    return {key for key in keys if is_head or not key.startswith(f"{BODY}:")}


async def begin(desk: Context, account: int, committee: int, purpose: str = "") -> Form | Refusal:
    """Begin a form, or go on with the one left unfinished; a purpose given begins anew."""
    async with desk.work() as work:
        sender = await kit_access.in_committee(work, account, committee)
        if sender is None:
            return NO_RIGHT
        fields = {"purpose": purpose} if purpose else {}
        refusal = await _refuse_sender(work, sender, purpose)
        if refusal:
            return refusal
        draft = await draft_forms.begun(work, sender, KIND, fields, anew=bool(purpose))
        return await STEPS.asking(work, account, await _form(work, sender, draft))


async def _refuse_sender(work: UnitOfWork, sender: Person, purpose: str) -> Refusal | None:
    everybody = await people.of_committee(work.tx, sender.committee)
    kept = await people.committee(work.tx, sender.committee)
    regulation = await rulebooks.regulation(work.tx, kept.rulebook)
    offered, _ = await purposes(work, sender, everybody, regulation)
    if not offered:
        article = regulation.bodies[0].head_article
        return Refusal("notice_only_head", article) if sender.is_clerk else NO_RIGHT
    known = not purpose or any(each.key == purpose for each in offered)
    return None if known else Refusal("stale_question")


async def answer(
    desk: Context, account: int, draft_id: int, field: str, value: str
) -> Form | Refusal:
    """An answer by a button."""
    return await STEPS.take(
        desk, account, draft_id, lambda form: _pressed(form, field, value), field
    )


async def typed(desk: Context, account: int, draft_id: int, text: str) -> Form | Refusal:
    """An answer in words."""
    return await STEPS.take(desk, account, draft_id, lambda form: _written(form, text))


async def attach(
    desk: Context, account: int, draft_id: int, name: str, file_id: str, content: bytes
) -> Form | Refusal:
    """A file of the notice; its bytes are kept under their digest."""
    async with desk.work() as work:
        form = await own_form(work, account, draft_id)
        if isinstance(form, Refusal):
            return form
        refusal = refuse(form, name, len(content))
        if refusal:
            return refusal
        sha256 = await drafts.keep_blob(work.tx, content)
        file = FileRef(name, file_id, sha256, len(content))
        await drafts.attach(work.tx, draft_id, file, form.sender.id)
        return await STEPS.asking(work, account, await _form(work, form.sender, form.draft))


def refuse(form: Form, name: str, size: int) -> Refusal | None:
    """Why a file is not taken now; the refusal leads back to the question that stands."""
    if form.field != "text":
        refusal: Refusal | None = Refusal("file_not_asked")
    else:
        refusal = refuse_file(name, size, len(form.files))
    return replace(refusal, back=action("ndraft", form.draft.id)) if refusal else None


def _pressed(form: Form, field: str, value: str) -> Taken:
    if field == "purpose" and any(each.key == value for each in form.purposes):
        return {"purpose": value}
    if field == "text" and value == "done":
        return {"text": ""} if form.files else Refusal("notice_empty")
    if field == "secret_free":
        return {"secret_free": True}
    return Refusal("stale_question")


def _written(form: Form, text: str) -> Taken:
    if form.field == "subject":
        words = clean_line(text, SUBJECT_LIMIT)
    elif form.field == "text":
        words = clean(text, TEXT_LIMIT)
    else:
        return Refusal("press_a_button")
    if isinstance(words, TextFault):
        return faulty(words)
    return refuse_words(words) or {form.field: words}


async def own_form(work: UnitOfWork, account: int, draft_id: int) -> Form | Refusal:
    """The form inside a transaction already begun; the right is looked up anew."""
    found = await draft_forms.own(work, account, draft_id, KIND)
    if isinstance(found, Refusal):
        return found
    sender, draft = found
    form = await _form(work, sender, draft)
    return form if form.purposes else NO_RIGHT


async def _keep(work: UnitOfWork, form: Form, fields: dict[str, Any]) -> Form:
    if "text" in form.draft.fields and "text" not in fields:
        await drafts.detach_all(work.tx, form.draft.id)
    return await _form(work, form.sender, await draft_forms.kept(work, form.draft, fields))


STEPS = draft_forms.Steps(own_form, _keep, "ndraft", "ndraft")
resume, drop, back = STEPS.resume, STEPS.drop, STEPS.back


async def _form(work: UnitOfWork, sender: Person, draft: Draft) -> Form:
    kept = await people.committee(work.tx, draft.committee)
    regulation = await rulebooks.regulation(work.tx, kept.rulebook)
    everybody = await people.of_committee(work.tx, draft.committee)
    offered, acting_for = await purposes(work, sender, everybody, regulation)
    fields = _known(draft.fields, offered)
    draft = replace(draft, fields=fields)
    empty = [field for field in FIELDS if field not in fields]
    purpose = next((p for p in offered if p.key == fields.get("purpose")), None)
    to = members_of(everybody, purpose.body.id) if purpose else []
    return Form(
        draft=draft,
        sender=sender,
        acting_for=acting_for,
        regulation=regulation,
        purposes=offered,
        field=empty[0] if empty else "preview",
        files=await drafts.files_of_draft(work.tx, draft.id),
        recipients=tuple(person for person in to if person.id != sender.id),
        now=work.now,
    )


def _known(fields: Mapping[str, Any], offered: tuple[Purpose, ...]) -> dict[str, Any]:
    """The answers that still hold; where there is one purpose, nobody is asked for it."""
    known = {each.key for each in offered}
    kept = {key: each for key, each in fields.items() if key != "purpose" or each in known}
    if len(offered) == 1:
        kept["purpose"] = offered[0].key
    return kept
