"""Members propose items and ask questions: written down, looked at, sent to the next agenda, taken back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.db import drafts, people
from bot.db.drafts import Draft
from bot.kit import draft_forms
from bot.kit.screen import Screen
from bot.kit.unit import Context, UnitOfWork
from bot.meetings import agenda
from bot.meetings.agenda import WaitingItem
from bot.meetings.requests import begin, cards
from bot.meetings.requests.begin import Wisher, wisher
from bot.meetings.rules.meeting import Waits
from bot.meetings.rules.requests import (
    QUESTION_LIMIT,
    REASON_LIMIT,
    SUBJECT_LIMIT,
    Wish,
    question_rule,
    seated,
)
from bot.people.rules.people import Person
from bot.regulations.rules.regulation import Body
from bot.regulations.rules.terms import Matter
from bot.values.names import folded, sort_key
from bot.values.refusal import Refusal
from bot.values.texts import clean, clean_line

KIND = "wish"
REASONS = {Wish.ITEM: Waits.PROPOSED.value, Wish.QUESTION: Waits.QUESTION.value}
"""Why it waits for a meeting."""

Form = tuple[Wisher, Draft]


async def write_down(
    context: Context, account: int, committee: int, body_id: str, wish: Wish, text: str
) -> Screen | Refusal:
    """The words come: shown once more before they are sent."""
    limit = SUBJECT_LIMIT if wish is Wish.ITEM else QUESTION_LIMIT
    subject = begin.without_secrets(clean_line(text, limit))
    if isinstance(subject, Refusal):
        return subject
    async with context.work() as work:
        found = await wisher(work, account, committee)
        if isinstance(found, Refusal):
            return found
        refusal = found.may_wish(wish, body_id)
        if refusal is not None:
            return refusal
        fields = {"wish": wish.value, "body": body_id, "subject": subject}
        draft = await draft_forms.begun(work, found.person, KIND, fields, anew=True)
        await drafts.answered(work.tx, account)
        return _preview(work, (found, draft))


async def _own(work: UnitOfWork, account: int, draft_id: int) -> Form | Refusal:
    owned = await draft_forms.own(work, account, draft_id, KIND)
    if isinstance(owned, Refusal):
        return Refusal("wish_sent") if owned.kind == "draft_gone" else owned
    _, draft = owned
    found = await wisher(work, account, draft.committee)
    if isinstance(found, Refusal):
        return found
    wish = Wish(draft.fields["wish"])
    return found.may_wish(wish, draft.fields["body"]) or (found, draft)


def _preview(work: UnitOfWork, form: Form) -> Screen:
    found, draft = form
    return Screen(cards.preview(work.say, draft.id, _view(found, draft)))


def _view(found: Wisher, draft: Draft) -> cards.Written:
    fields = draft.fields
    return cards.Written(
        Wish(fields["wish"]),
        found.regulation.body(fields["body"]),
        fields["subject"],
        fields.get("words", ""),
        fields.get("matter", Matter.GENERAL.value),
        found.named(fields.get("asked_of")),
    )


async def show(context: Context, account: int, draft_id: int) -> Screen | Refusal:
    """What was written, once more."""
    async with context.look() as work:
        form = await _own(work, account, draft_id)
        return form if isinstance(form, Refusal) else _preview(work, form)


async def ask_why(context: Context, account: int, draft_id: int) -> Screen | Refusal:
    """Ask what is to be said for the item."""
    async with context.work() as work:
        form = await _own(work, account, draft_id)
        if isinstance(form, Refusal):
            return form
        await drafts.await_words(work.tx, account, "wish_why", {"draft": draft_id}, work.now)
        return Screen(cards.ask_why(work.say, draft_id))


async def why(context: Context, account: int, draft_id: int, text: str) -> Screen | Refusal:
    """What is said for the item."""
    words = begin.without_secrets(clean(text, REASON_LIMIT))
    if isinstance(words, Refusal):
        return words
    return await _fill(context, account, draft_id, {"words": words})


async def ask_matter(context: Context, account: int, draft_id: int) -> Screen | Refusal:
    """Ask which kind of matter it is."""
    async with context.look() as work:
        form = await _own(work, account, draft_id)
        return form if isinstance(form, Refusal) else Screen(cards.ask_matter(work.say, draft_id))


async def matter(context: Context, account: int, draft_id: int, kind: Matter) -> Screen | Refusal:
    """Which kind of matter it is."""
    return await _fill(context, account, draft_id, {"matter": kind.value})


async def ask_whom(context: Context, account: int, draft_id: int, page: int) -> Screen | Refusal:
    """Ask of whom the question is asked."""
    async with context.look() as work:
        form = await _own(work, account, draft_id)
        if isinstance(form, Refusal):
            return form
        return Screen(cards.ask_whom(work.say, draft_id, _answerable(form[0]), page))


def _answerable(found: Wisher) -> Sequence[Person]:
    """Those who sit in a body of the committee, but for whoever asks; in the order of names."""
    seated_ = (p for p in found.everybody if seated(found.regulation, p) and p != found.person)
    return sorted(seated_, key=lambda person: sort_key(person.name))


async def whom(context: Context, account: int, draft_id: int, person: int) -> Screen | Refusal:
    """Of whom the question is asked."""
    async with context.work() as work:
        form = await _own(work, account, draft_id)
        if isinstance(form, Refusal):
            return form
        if person not in [each.id for each in _answerable(form[0])]:
            return Refusal("wish_whom")
        return await _filled(work, account, form, {"asked_of": person})


async def _fill(
    context: Context, account: int, draft_id: int, more: dict[str, Any]
) -> Screen | Refusal:
    async with context.work() as work:
        form = await _own(work, account, draft_id)
        return form if isinstance(form, Refusal) else await _filled(work, account, form, more)


async def _filled(work: UnitOfWork, account: int, form: Form, more: dict[str, Any]) -> Screen:
    found, draft = form
    kept = await draft_forms.kept(work, draft, {**draft.fields, **more})
    await drafts.answered(work.tx, account)
    return _preview(work, (found, kept))


async def drop(context: Context, account: int, draft_id: int) -> Screen | Refusal:
    """It is put aside; nothing was sent."""
    async with context.work() as work:
        form = await _own(work, account, draft_id)
        if isinstance(form, Refusal):
            return form
        await draft_forms.ended(work, account, draft_id)
        return Screen(cards.dropped(work.say, form[1].committee))


# --- sent ------------------------------------------------------------------------------------


async def send(context: Context, account: int, draft_id: int) -> Screen | Refusal:
    """It waits for the body's next meeting; the office is told, and whoever is asked."""
    async with context.work() as work:
        form = await _own(work, account, draft_id)
        if isinstance(form, Refusal):
            return form
        found, draft = form
        written = _view(found, draft)
        if await _waits_already(work, found, written):
            return Refusal("wish_twice", values={"subject": written.subject})
        item_id = await _enter(work, found, draft, written)
        await draft_forms.ended(work, account, draft_id)
        shown = cards.sent(work.say, draft.committee, item_id, written, _article(written.body))
        return Screen(shown, about=begin.about(draft.committee))


async def _waits_already(work: UnitOfWork, found: Wisher, written: cards.Written) -> bool:
    waiting = await agenda.waiting(work.tx, found.person.committee, written.body.id)
    same = folded(written.subject)
    return any(
        folded(item.subject) == same and item.proposed_by == found.person.id for item in waiting
    )


async def _enter(work: UnitOfWork, found: Wisher, draft: Draft, written: cards.Written) -> int:
    me, asked_of = found.person, draft.fields.get("asked_of")
    item = WaitingItem(
        written.body.id,
        written.subject,
        REASONS[written.wish],
        Matter(written.matter),
        written.words,
        proposed_by=me.id,
        asked_of=asked_of,
    )
    item_id = await agenda.wait_for(work.tx, me.committee, item, work.now)
    detail = {"body": item.body, "subject": item.subject, "asked_of": asked_of}
    await work.record(me.committee, me, f"wish_{written.wish.value}", f"item:{item_id}", detail)
    told = cards.told(work.say, me.committee, me.name, written, _article(written.body))
    clerks = [person for person in begin.clerks(found) if person.id != me.id]
    await begin.tell(work, clerks, told, f"wish_told:{item_id}")
    to = [person for person in found.everybody if person.id == asked_of]
    question = cards.question_to(work.say, me.name, written, _article(written.body))
    await begin.tell(work, to, question, f"wish_question:{item_id}")
    return item_id


def _article(body: Body) -> str:
    """Where the regulation gives questions a place on the agenda; empty where it gives none."""
    rule = question_rule(body)
    return rule.article if rule else ""


# --- taken back ------------------------------------------------------------------------------


async def take_back(context: Context, account: int, item_id: int) -> Screen | Refusal:
    """Its proposer takes it back while it waits; whoever was told of it is told."""
    async with context.work() as work:
        owned = await _own_item(work, account, item_id)
        if owned is None or not await agenda.withdraw(work.tx, item_id, work.now):
            return Refusal("wish_taken")
        item, committee = owned
        found = await wisher(work, account, committee)
        if isinstance(found, Refusal):
            return found
        me, body = found.person, found.regulation.body(item.body)
        detail = {"subject": item.subject}
        await work.record(committee, me, "wish_taken_back", f"item:{item_id}", detail)
        to = [*begin.clerks(found), *(p for p in found.everybody if p.id == item.asked_of)]
        shown = cards.item_taken_back(work.say, me.name, item.subject, body)
        others = [person for person in to if person.id != me.id]
        await begin.tell(work, others, shown, f"wish_taken_back:{item_id}")
        return Screen(cards.taken_back(work.say, committee))


async def _own_item(work: UnitOfWork, account: int, item_id: int) -> tuple[WaitingItem, int] | None:
    for person in await people.of_account(work.tx, account):
        for item in await agenda.waiting(work.tx, person.committee):
            if item.id == item_id and item.proposed_by == person.id:
                return item, person.committee
    return None
