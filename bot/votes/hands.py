"""Raised hands, entered by the office: who is against, how many are for, how many abstain."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.db import live_cards
from bot.db.drafts import Draft
from bot.db.notice import Button, Card, Rows
from bot.kit.act import press
from bot.kit.card import page_of
from bot.kit.form import Answers, Field, Form, View, answer, page_turns, preview_rows, ways_out
from bot.kit.screen import Screen
from bot.kit.taps import Tap
from bot.kit.unit import Context, Line, UnitOfWork
from bot.meetings import face as meetings
from bot.meetings.rules.meeting import Invitee
from bot.people.rules.people import Person
from bot.rendering import Rendering
from bot.values.refusal import Refusal, Refused, refuse, require
from bot.votes import access, cards
from bot.votes import store as votes
from bot.votes.access import Access, dash, subject
from bot.votes.rules import rights
from bot.votes.rules.vote import RaisedHands

DONE = "done"
"""The button that ends the ticking of those against."""
OFFERED = 12
"""Numbers on buttons, from 0; more are typed."""
IN_A_ROW = 4
PAGE = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class HandsView(View):
    """The hands as they are being entered, before somebody of the office."""

    found: Access

    @property
    def about(self) -> str:
        """The meeting."""
        return meetings.about(self.found.meeting.id)

    @property
    def possible(self) -> tuple[Invitee, ...]:
        """Who may raise a hand now."""
        return rights.by_hand(self.found.meeting, self.found.vote)

    @property
    def ticked(self) -> tuple[Invitee, ...]:
        """Who is ticked as being against, and may still raise a hand."""
        ticks = self.fields.get("ticks", ())
        return tuple(each for each in self.possible if each.person in ticks)

    def left(self, question: str) -> int:
        """How many hands are left for the answer to a question, given the answers before it."""
        before = len(self.ticked) + (self.fields.get("approve", 0) if question == "abstain" else 0)
        return max(0, len(self.possible) - before)


async def _view(work: UnitOfWork, person: Person, draft: Draft) -> HandsView:
    found = await access.find(work, person.account or 0, draft.fields["vote"])
    require(rights.may_raise_hands(found.meeting, found.vote, office=found.office))
    return HandsView(draft=draft, person=person, files=(), now=work.now, found=found)


@press("vote_hands")
async def begin(context: Context, tap: Tap) -> Screen:
    """The press "Ghi số giơ tay": who is against is asked first, by name."""
    async with context.work() as work:
        found = await access.find(work, tap.account, tap.number(0))
        require(rights.may_raise_hands(found.meeting, found.vote, office=found.office))
        return await FORM.begin(work, found.person, {"vote": found.vote.id}, again=True)


# --- the questions ---------------------------------------------------------------------------


def _against(view: HandsView, value: str) -> Answers:
    """Tick one who is against, or take the tick away; the last button ends it."""
    ticked = [each.person for each in view.ticked]
    if value == DONE:
        return {"against": ticked}
    person = next((each.person for each in view.possible if str(each.person) == value), None)
    if person is None:
        refuse("stale_question")
    rest = [each for each in ticked if each != person]
    return {"ticks": rest if person in ticked else [*ticked, person]}


def _number(name: str, view: HandsView, said: str) -> Answers:
    said, most = said.strip(), view.left(name)
    if not (said.isascii() and said.isdecimal()) or int(said[:9]) > most:
        raise Refused(Refusal("vote_hands_number", values={"most": most}))
    return {name: int(said[:9])}


def _approve(view: HandsView, value: str) -> Answers:
    return _number("approve", view, value)


def _abstain(view: HandsView, value: str) -> Answers:
    return _number("abstain", view, value)


def _approve_said(view: HandsView, text: str, _at: datetime) -> Answers:
    return _number("approve", view, text)


def _abstain_said(view: HandsView, text: str, _at: datetime) -> Answers:
    return _number("abstain", view, text)


# --- how it looks ----------------------------------------------------------------------------


def card(say: Rendering, view: HandsView, question: str) -> Card:
    """The question that stands, with what was answered so far; at the end the whole."""
    text = say.text(
        "vote_hands",
        field=question,
        fields=view.fields,
        item=view.found.item,
        vote=view.found.vote,
        names=[each.name for each in view.ticked],
        possible=len(view.possible),
        most=view.left(question) if question in ("approve", "abstain") else 0,
    )
    ways = ways_out(say, FORM, view, home=False)
    return Card(text, (*_rows(say, view, question), *ways))


def _rows(say: Rendering, view: HandsView, question: str) -> Rows:
    if question == "against":
        return _ticks(say, view)
    if question == "preview":
        return preview_rows(say, FORM, view, say.label("vote_button.hands_enter"))
    numbers = [
        Button(str(number), answer(view, question, str(number)))
        for number in range(min(view.left(question), OFFERED - 1) + 1)
    ]
    return tuple(
        tuple(numbers[place : place + IN_A_ROW]) for place in range(0, len(numbers), IN_A_ROW)
    )


def _ticks(say: Rendering, view: HandsView) -> Rows:
    page = page_of(view.possible, view.page, PAGE)
    rows = [
        (Button(_ticked(say, view, each), answer(view, "against", str(each.person))),)
        for each in page.entries
    ]
    turns = page_turns(say, view, page)
    key = "hands_chosen" if view.ticked else "hands_none"
    label = say.label(f"vote_button.{key}", count=len(view.ticked))
    done = Button(label, answer(view, "against", DONE), style="primary")
    return (*rows, *turns, (done,))


def _ticked(say: Rendering, view: HandsView, each: Invitee) -> str:
    mark = say.label("hand_button.on" if each in view.ticked else "hand_button.off")
    return f"{mark} {each.name}"


def _dropped(say: Rendering, view: HandsView) -> Card:
    found = view.found
    return cards.dashboard(say, found.meeting, found.item, found.vote, head=found.head)


# --- entering --------------------------------------------------------------------------------


async def _send(work: UnitOfWork, view: HandsView) -> Screen:
    """The hands count from now on, in place of an earlier entry; no hands take it back."""
    found, fields = view.found, view.fields
    meeting, vote = found.meeting, found.vote
    hands = RaisedHands(
        fields["approve"],
        tuple(fields["against"]),
        fields["abstain"],
        frozenset(each.person for each in view.possible),
        work.now,
        found.person.id,
        found.of_meeting.acting_for,
    )
    require(rights.may_enter_hands(meeting, vote, hands))
    detail = {
        "approve": hands.approve,
        "against": list(hands.against),
        "abstain": hands.abstain,
        "among": sorted(hands.among),
        "acting_for": hands.acting_for,
    }
    line = Line(meeting.committee, found.person, "raise_hands", subject(vote.id), detail)
    await work.write(votes.enter_hands(vote.id, hands), line)
    of = meetings.about(meeting.id)
    await live_cards.refresh(work.tx, (subject(vote.id), dash(vote.id)), work.now, about=of)
    return Screen(live=dash(vote.id), toast=work.say.label("vote_toast.hands"), about=of)


FORM = Form(
    "hands",
    (
        Field("against", pressed=_against),
        Field("approve", pressed=_approve, said=_approve_said),
        Field("abstain", pressed=_abstain, said=_abstain_said),
    ),
    view=_view,
    card=card,
    send=_send,
    dropped=_dropped,
    gone="stale_question",
)
