"""Members propose items and ask questions: written down, looked at, sent to the next agenda, taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.db import people
from bot.db.drafts import Draft
from bot.db.notice import Card, Rows
from bot.kit.act import press
from bot.kit.form import Answers, Field, Form, View, answer, drop_button, preview_rows
from bot.kit.notify import notify, reference
from bot.kit.screen import Screen
from bot.kit.taps import MalformedPressError, Tap
from bot.kit.unit import Context, Line, UnitOfWork
from bot.meetings.agenda import store as agenda
from bot.meetings.agenda.store import WaitingItem
from bot.meetings.requests import cards, extraordinary, questions
from bot.meetings.requests.cards import Written
from bot.meetings.requests.questions import Addressee
from bot.meetings.requests.requests import Access, about, access_of, body_of, find
from bot.meetings.rules.meeting import Meeting, Waits
from bot.meetings.rules.requests import (
    RequestKind,
    bodies_for,
    seated,
)
from bot.owed import face as owed_face
from bot.owed.rules.debt import owner_of
from bot.people.rules.people import Person, head_of
from bot.regulations.rules.regulation import Body
from bot.regulations.rules.terms import Matter
from bot.rendering import Rendering
from bot.values.limits import QUESTION_LIMIT, REASON_LIMIT, SUBJECT_LIMIT
from bot.values.names import same, sort_key
from bot.values.refusal import refuse, require
from bot.values.words import read_line, read_text

REASONS = {
    RequestKind.ITEM: Waits.PROPOSED.value,
    RequestKind.QUESTION: Waits.QUESTION.value,
}
"""Why it waits for a meeting."""
NOBODY = 0
"""A question that is asked of nobody in particular."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalView(View):
    """An item or a question before whoever writes it."""

    access: Access

    @property
    def kind(self) -> RequestKind:
        """An item or a question."""
        return RequestKind(self.fields["wish"])

    @property
    def body(self) -> Body:
        """The body on whose agenda it is to stand."""
        return self.access.regulation.body(self.fields["body"])

    @property
    def bodies(self) -> Sequence[Body]:
        """Bodies that have a head to answer for them."""
        found = self.access
        return [body for body in found.regulation.bodies if head_of(found.everybody, body)]

    @property
    def addressee(self) -> Addressee:
        """Of whom the question is asked."""
        return questions.addressee(self.access, self.fields["asked_of"], self.body)

    @property
    def asked_name(self) -> str:
        """Whoever is asked, by name; empty where nobody was chosen."""
        chosen = self.fields["asked_of"]
        body = next((each.name for each in self.bodies if each.id == chosen), "")
        return body or self.access.named(chosen)

    @property
    def answerable(self) -> Sequence[Person]:
        """Those who sit in a body of the committee, but for whoever asks; in the order of names."""
        everybody, me = self.access.everybody, self.access.person
        sit = (p for p in everybody if seated(self.access.regulation, p) and p != me)
        return sorted(sit, key=lambda person: sort_key(person.name))

    @property
    def written(self) -> Written:
        """As it would be sent."""
        return Written(
            self.kind,
            self.body,
            self.fields["subject"],
            self.fields["words"],
            self.fields["matter"],
            self.asked_name,
            of_body=isinstance(self.fields["asked_of"], str),
        )


# --- a request begins ------------------------------------------------------------------------


@press("wish")
async def begin(context: Context, tap: Tap) -> Screen:
    """A request of one kind: of which body is asked where there are several, then the words."""
    committee, kind = tap.number(0), tap.one_of(1, RequestKind)
    body_id = tap.word(2) if tap.args[2:] else ""
    async with context.work() as work:
        found = await find(work, tap.account, committee)
        require(found.may(kind, body_id))
        if kind is RequestKind.MEETING:
            await extraordinary.require_may_ask(work, found, body_id)
        every = bodies_for(found.regulation, found.person, kind)
        mine = [body for body in every if body_id in ("", body.id)]
        if len(mine) > 1:
            return Screen(cards.pick_body(work.say, committee, kind, mine))
        if kind is RequestKind.MEETING:
            return await extraordinary.ask_reason(work, tap.account, found, mine[0])
        answers = {"wish": kind.value, "body": mine[0].id}
        return await FORM.begin(work, found.person, answers, again=True)


async def _view(work: UnitOfWork, person: Person, draft: Draft) -> ProposalView:
    access = await access_of(work, person)
    view = ProposalView(draft=draft, person=person, files=(), now=work.now, access=access)
    require(access.may(view.kind, view.body.id))
    return view


# --- the questions ---------------------------------------------------------------------------


def _is_item(view: ProposalView) -> bool:
    return view.kind is RequestKind.ITEM


def _is_question(view: ProposalView) -> bool:
    return view.kind is RequestKind.QUESTION


def _subject(view: ProposalView, text: str, _at: datetime) -> Answers:
    return {"subject": read_line(text, SUBJECT_LIMIT if _is_item(view) else QUESTION_LIMIT)}


def _words(_view: ProposalView, text: str, _at: datetime) -> Answers:
    return {"words": read_text(text, REASON_LIMIT)}


def _matter(view: ProposalView, value: str) -> Answers:
    if view.body.matter(value) is None:
        raise MalformedPressError
    return {"matter": value}


def _asked_of(view: ProposalView, value: str) -> Answers:
    if value in {body.id for body in view.bodies}:
        return {"asked_of": value}
    if value not in {str(person.id) for person in view.answerable}:
        refuse("wish_whom")
    return {"asked_of": int(value)}


# --- how it looks ----------------------------------------------------------------------------


def _card(say: Rendering, view: ProposalView, question: str) -> Card:
    draft, committee = view.draft.id, view.draft.committee
    match question:
        case "subject":
            return cards.ask_words(say, committee, view.kind, view.body)
        case "words":
            return cards.ask_why(say, draft)
        case "matter":
            kinds = [kind for kind in view.body.matters if kind is not Matter.APPRAISAL]
            return cards.ask_matter(say, draft, {k: answer(view, "matter", k.value) for k in kinds})
        case "asked_of":
            return _ask_whom(say, view)
        case _:
            return cards.preview(say, view.written, _ways(say, view))


def _ask_whom(say: Rendering, view: ProposalView) -> Card:
    """Of whom the question is asked, page by page."""
    draft = view.draft.id
    return cards.ask_whom(
        say,
        draft,
        [
            *((body.name, answer(view, "asked_of", body.id)) for body in view.bodies),
            *((one.name, answer(view, "asked_of", str(one.id))) for one in view.answerable),
        ],
        view.page,
    )


def _ways(say: Rendering, view: ProposalView) -> Rows:
    label = say.label(f"wish_button.send_{view.kind.value}")
    return (*preview_rows(say, FORM, view, label), (drop_button(say, view.draft.id),))


def _dropped(say: Rendering, view: ProposalView) -> Card:
    return cards.dropped(say, view.draft.committee)


# --- sent ------------------------------------------------------------------------------------


async def _send(work: UnitOfWork, view: ProposalView) -> Screen:
    """It waits for the body's next meeting; the office is told, and whoever is asked."""
    written, committee = view.written, view.draft.committee
    waiting = await agenda.waiting(work.tx, committee, view.body.id)
    mine = [item.subject for item in waiting if item.proposed_by == view.person.id]
    if any(same(subject, written.subject) for subject in mine):
        refuse("wish_twice", subject=written.subject)
    if view.kind is RequestKind.ITEM:
        item_id, meeting = await _propose(work, view, written), None
    else:
        meeting = await questions.coming(work, committee, view.body.id)
        item_id = await _ask(work, view, written, meeting)
    shown = cards.sent(work.say, committee, item_id, written, meeting)
    return Screen(shown, about=about(committee))


async def _propose(work: UnitOfWork, view: ProposalView, written: Written) -> int:
    me = view.person
    item = WaitingItem(
        written.body.id,
        written.subject,
        REASONS[written.kind],
        Matter(written.matter),
        written.words,
        proposed_by=me.id,
    )
    item_id = await _enter(work, view, item)
    await _tell_office(work, view, written, item_id, None)
    return item_id


async def _ask(
    work: UnitOfWork, view: ProposalView, written: Written, meeting: Meeting | None
) -> int:
    """The question with the answer owed to it; a meeting that is called already takes it up at once."""
    me, asked, body = view.person, view.addressee, written.body
    debt = await questions.owe(work, me, body, written.subject, asked)
    item = WaitingItem(
        body.id,
        written.subject,
        REASONS[written.kind],
        proposed_by=me.id,
        asked_of=asked.person,
        debt_id=debt,
    )
    item_id = await _enter(work, view, item)
    await _tell_office(work, view, written, item_id, meeting)
    if meeting is not None:
        await questions.join(work, meeting, replace(item, id=item_id), me)
    owed = await owed_face.get(work.tx, debt)
    owner = owner_of(owed, view.access.everybody, view.access.regulation) if owed else None
    card = cards.question_to(work.say, me.name, written, owed, owner) if owed and owner else None
    if card and owner and owner.id != me.id:
        await notify(work, [owner], card, f"wish_question:{item_id}", about=about(me.committee))
    return item_id


async def _enter(work: UnitOfWork, view: ProposalView, item: WaitingItem) -> int:
    me, kind = view.person, view.kind
    detail = {"body": item.body, "subject": item.subject, "asked_of": item.asked_of}
    if item.debt_id:
        detail |= {"debt": item.debt_id}

    def line(entered: int) -> Line:
        return Line(me.committee, me, f"wish_{kind.value}", reference("item", entered), detail)

    return await work.write(agenda.wait_for(me.committee, item, work.now), line)


async def _tell_office(
    work: UnitOfWork, view: ProposalView, written: Written, item_id: int, meeting: Meeting | None
) -> None:
    me = view.person
    told = cards.told(work.say, me.committee, me.name, written, meeting)
    clerks = [person for person in view.access.clerks if person.id != me.id]
    await notify(work, clerks, told, f"wish_told:{item_id}", about=about(me.committee))


FORM = Form(
    "wish",
    (
        Field("subject", said=_subject),
        Field("words", said=_words, asked=_is_item, default=""),
        Field("matter", pressed=_matter, asked=_is_item, default=Matter.GENERAL.value),
        Field("asked_of", pressed=_asked_of, asked=_is_question, default=NOBODY),
    ),
    view=_view,
    card=_card,
    send=_send,
    dropped=_dropped,
    gone="wish_sent",
)


# --- taken back ------------------------------------------------------------------------------


@press("wish_undo")
async def take_back(context: Context, tap: Tap) -> Screen:
    """Its proposer takes it back while it waits; whoever was told of it is told."""
    item_id = tap.number(0)
    async with context.work() as work:
        owned = await _own_item(work, tap.account, item_id)
        if owned is None:
            refuse("wish_taken")
        item, committee = owned
        found = await find(work, tap.account, committee)
        me, body = found.person, await body_of(work, found, item.body)
        named, detail = reference("item", item_id), {"subject": item.subject}
        line = Line(committee, me, "wish_taken_back", named, detail)
        await work.write(agenda.withdraw(item_id, work.now), line)
        await questions.withdrawn(work, item, me)
        to = [*found.clerks, *(p for p in found.everybody if p.id == item.asked_of)]
        shown = cards.item_taken_back(work.say, me.name, item.subject, body)
        others = [person for person in to if person.id != me.id]
        key = f"wish_taken_back:{item_id}"
        await notify(work, others, shown, key, about=about(committee))
        return Screen(cards.taken_back(work.say, committee))


async def _own_item(work: UnitOfWork, account: int, item_id: int) -> tuple[WaitingItem, int] | None:
    for person in await people.of_account(work.tx, account):
        for item in await agenda.waiting(work.tx, person.committee):
            if item.id == item_id and item.proposed_by == person.id:
                return item, person.committee
    return None
