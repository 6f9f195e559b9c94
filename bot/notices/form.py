"""The form "Gửi thông báo": what for, its name, its words and files, the tick; and what is sent in the end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

from bot.db import drafts, people, rulebooks
from bot.db.drafts import Draft
from bot.db.notice import Button, Card, Rows
from bot.kit import access
from bot.kit.act import press
from bot.kit.form import Answers, Field, Form, View, answer, preview_rows, ways_out
from bot.kit.screen import Screen
from bot.kit.taps import Tap
from bot.kit.unit import Context, Line, UnitOfWork
from bot.notices import cards, sending
from bot.notices import store as member_notices
from bot.notices.rules.notice import MemberNotice, Recipient
from bot.people.rules.acting import Acting, Staff
from bot.people.rules.people import Person, members_of
from bot.regulations.rules.duties import Duty, PartyKind
from bot.regulations.rules.regulation import Body, Regulation
from bot.rendering import Rendering
from bot.reports.rules.owing import BODY, debtors, keys_of
from bot.values.files import sha256_of
from bot.values.limits import NOTICE_LIMIT, SUBJECT_LIMIT
from bot.values.refusal import NO_RIGHT, Refused, refuse
from bot.values.words import read_line, read_text


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a notice is for: a duty that it fulfils, or nothing but what it says. `body` receives it."""

    key: str
    body: Body
    duty: Duty | None = None
    acting: Acting | None = None
    """As whose head it is sent; None for a duty."""

    @property
    def acting_for(self) -> int | None:
        """The head for whom somebody stands in."""
        return self.acting.acting_for if self.acting else None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeView(View):
    """The form before whoever sends. `acting_for` is the head for whom a delegate stands in."""

    acting_for: int | None
    regulation: Regulation
    purposes: tuple[Purpose, ...]
    recipients: tuple[Person, ...]

    @property
    def purpose(self) -> Purpose | None:
        """The purpose chosen."""
        return next((p for p in self.purposes if p.key == self.fields.get("purpose")), None)

    @property
    def chosen(self) -> Purpose:
        """The purpose of a form that has one."""
        if self.purpose is None:
            raise LookupError("asked of a notice without a purpose")
        return self.purpose


async def purposes(
    work: UnitOfWork, person: Person, everybody: list[Person], regulation: Regulation
) -> tuple[Purpose, ...]:
    """What this person may send a notice for.

    A duty towards each member of a body (QN 4.6, HU 20.1), by whoever answers for it; in the name of a
    body only its head, and so anything else.
    """
    staff = await access.staff_of(work, everybody, person.committee)
    mine = _keys(person, staff, regulation)
    found = [
        Purpose(duty.id, regulation.body(party.ref or ""), duty)
        for duty in regulation.duties
        for party in duty.to
        if party.kind is PartyKind.EACH_MEMBER
        and any(each.key in mine for each in debtors(duty, everybody, regulation))
    ]
    for body in regulation.bodies:
        acting = staff.acting(person, body)
        if acting is not None and acting.whole and members_of(everybody, body.id):
            found.append(Purpose(body.id, body, acting=acting))
    return tuple(found)


def _keys(person: Person, staff: Staff, regulation: Regulation) -> set[str]:
    is_head = any(staff.acting(person, body) for body in regulation.bodies)
    keys = keys_of(person, staff, regulation)
    return {key for key in keys if is_head or not key.startswith(f"{BODY}:")}


@press("nform")
async def begin(context: Context, tap: Tap) -> Screen:
    """The press "Gửi thông báo": begin, or go on; a purpose given begins again."""
    committee, purpose = tap.number(0), tap.word(1) if len(tap.args) > 1 else ""
    async with context.work() as work:
        sender = await access.in_committee(work, tap.account, committee)
        if sender is None:
            raise Refused(NO_RIGHT)
        regulation, offered = await _offered(work, sender)
        if not offered and sender.is_clerk:
            refuse("notice_only_head", regulation.bodies[0].head_article)
        if not offered:
            staff = await access.staff(work, sender.committee)
            stands = (staff.standing(sender, body) for body in regulation.bodies)
            raise Refused(next((each.beyond for each in stands if each.beyond), NO_RIGHT))
        if purpose and all(each.key != purpose for each in offered):
            refuse("stale_question")
        answers = {"purpose": purpose} if purpose else {}
        return await FORM.begin(work, sender, answers, again=bool(purpose))


async def _offered(work: UnitOfWork, sender: Person) -> tuple[Regulation, tuple[Purpose, ...]]:
    kept = await people.committee(work.tx, sender.committee)
    regulation = await rulebooks.regulation(work.tx, kept.rulebook)
    everybody = await people.of_committee(work.tx, sender.committee)
    return regulation, await purposes(work, sender, everybody, regulation)


async def _view(work: UnitOfWork, sender: Person, draft: Draft) -> NoticeView:
    regulation, offered = await _offered(work, sender)
    if not offered:
        raise Refused(NO_RIGHT)
    draft = replace(draft, fields=_known(draft.fields, offered))
    purpose = next((p for p in offered if p.key == draft.fields.get("purpose")), None)
    everybody = await people.of_committee(work.tx, draft.committee)
    to = members_of(everybody, purpose.body.id) if purpose else []
    return NoticeView(
        draft=draft,
        person=sender,
        files=await drafts.files_of_draft(work.tx, draft.id),
        now=work.now,
        acting_for=purpose.acting_for if purpose else None,
        regulation=regulation,
        purposes=offered,
        recipients=tuple(person for person in to if person.id != sender.id),
    )


def _known(fields: Mapping[str, Any], offered: tuple[Purpose, ...]) -> dict[str, Any]:
    """The answers that still hold; where there is one purpose, nobody is asked for it."""
    known = {each.key for each in offered}
    kept = {key: each for key, each in fields.items() if key != "purpose" or each in known}
    if len(offered) == 1:
        kept["purpose"] = offered[0].key
    return kept


# --- the questions ---------------------------------------------------------------------------


def _purpose(view: NoticeView, value: str) -> Answers:
    if all(each.key != value for each in view.purposes):
        refuse("stale_question")
    return {"purpose": value}


def _subject(_view: NoticeView, text: str, _at: datetime) -> Answers:
    return {"subject": read_line(text, SUBJECT_LIMIT)}


def _text(_view: NoticeView, text: str, _at: datetime) -> Answers:
    return {"text": read_text(text, NOTICE_LIMIT)}


def _files_only(view: NoticeView, _value: str) -> Answers:
    if not view.files:
        refuse("notice_empty")
    return {"text": ""}


def _secret_free(_view: NoticeView, _value: str) -> Answers:
    return {"secret_free": True}


# --- how it looks ----------------------------------------------------------------------------


def _card(say: Rendering, view: NoticeView, question: str) -> Card:
    text = say.text(
        "notice_form",
        field=question,
        fields=view.fields,
        purpose=view.purpose,
        files=view.files,
        count=len(view.recipients),
        preview=_preview(say, view) if question == "preview" else "",
    )
    return Card(text, (*_answers(say, view, question), *_ways_out(say, view)))


def _preview(say: Rendering, view: NoticeView) -> str:
    purpose = view.chosen
    return say.text(
        "notice",
        of_agencies=purpose.body.of_agencies,
        name=None,
        sender=view.person.name,
        office=cards.office(view.person, purpose.body.id),
        subject=view.fields["subject"],
        words=view.fields["text"],
        files=view.files,
        duty=purpose.duty,
        acknowledged_at=None,
        on_paper=False,
    )


def _answers(say: Rendering, view: NoticeView, question: str) -> Rows:
    match question:
        case "purpose":
            return tuple(
                (Button(_named(say, each), answer(view, "purpose", each.key)),)
                for each in view.purposes
            )
        case "text" if view.files:
            return ((Button(say.label("button.files_done"), answer(view, "text", "done")),),)
        case "secret_free":
            label = say.label("button.secret_free")
            return ((Button(label, answer(view, "secret_free", "yes"), style="success"),),)
        case "preview":
            label = say.label("notice_button.send_now", count=len(view.recipients))
            return preview_rows(say, FORM, view, label)
        case _:
            return ()


def _named(say: Rendering, purpose: Purpose) -> str:
    if purpose.duty is None:
        return say.label("notice_button.other", body=purpose.body.name)
    return purpose.duty.what


def _ways_out(say: Rendering, view: NoticeView) -> Rows:
    return ways_out(say, FORM, view, home=False)


def _dropped(say: Rendering, _view: NoticeView) -> Card:
    return cards.dropped(say)


# --- sending ---------------------------------------------------------------------------------


async def _send(work: UnitOfWork, view: NoticeView) -> Screen:
    """To everybody of the body but the sender; from here on it no longer changes."""
    if not view.recipients:
        refuse("empty_roll")
    entered = _notice(view)
    new = await work.write(member_notices.add(entered, view.draft.id), partial(_line, view))
    notice = replace(entered, id=new)
    await sending.send(work, view.person, notice, view.recipients)
    toast = work.say.label("notice_toast.sent", count=len(notice.recipients))
    about = sending.about(notice.id)
    return Screen(live=sending.board(notice.id), toast=toast, about=about)


def _notice(view: NoticeView) -> MemberNotice:
    purpose = view.chosen
    return MemberNotice(
        id=0,
        committee=view.draft.committee,
        body=purpose.body.id,
        duty=purpose.duty.id if purpose.duty else "",
        subject=view.fields["subject"],
        text=view.fields["text"],
        sent_by=view.person.id,
        acting_for=view.acting_for,
        sent_at=view.now,
        files=view.files,
        recipients=tuple(Recipient(person.id, person.name) for person in view.recipients),
    )


def _line(view: NoticeView, new: int) -> Line:
    purpose, fields = view.chosen, view.fields
    detail = {
        "body": purpose.body.id,
        "duty": purpose.duty.id if purpose.duty else "",
        "subject": fields["subject"],
        "text_sha256": sha256_of(fields["text"].encode()),
        "files": [{"name": file.name, "sha256": file.sha256} for file in view.files],
        "to": [person.id for person in view.recipients],
        "acting_for": view.acting_for,
        "state_secret": False,
        **access.acted_for(purpose.acting),
    }
    return Line(view.draft.committee, view.person, "send_notice", sending.about(new), detail)


def _has_several_purposes(view: NoticeView) -> bool:
    return len(view.purposes) > 1


FORM = Form(
    "notice",
    (
        Field("purpose", pressed=_purpose, asked=_has_several_purposes),
        Field("subject", said=_subject),
        Field("text", pressed=_files_only, said=_text, files=True),
        Field("secret_free", pressed=_secret_free, again=False),
    ),
    view=_view,
    card=_card,
    send=_send,
    dropped=_dropped,
)
