"""What is shown of members' requests: the list, the questions, what was written, what others are told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.db.notice import Button, Card, Row
from bot.kit.access import By
from bot.kit.card import page_of, to_home
from bot.meetings.agenda.store import WaitingItem
from bot.meetings.rules.meeting import Meeting
from bot.meetings.rules.requests import (
    Asked,
    MeetingRequest,
    RequestKind,
    question_rule,
    request_rule,
)
from bot.owed.rules.debt import Debt
from bot.people.rules.people import Person
from bot.regulations.rules.regulation import Body
from bot.regulations.rules.terms import Matter
from bot.rendering import Rendering, initial
from bot.values.action import Action, action

PAGE = 10
"""Names on one page."""


@dataclass(frozen=True, slots=True)
class ItemLine:
    """An item that waits, with its body and who proposed it."""

    item: WaitingItem
    body: Body
    by: str


@dataclass(frozen=True, slots=True)
class RequestLine:
    """A request for a meeting, with its body and whose it is."""

    request: MeetingRequest
    body: Body
    by: str


@dataclass(frozen=True, slots=True)
class Requests:
    """One person's requests, for the office everybody's, and what the person may request."""

    committee: int
    name: str
    items: tuple[ItemLine, ...]
    requests: tuple[RequestLine, ...]
    other_items: tuple[ItemLine, ...]
    other_requests: tuple[RequestLine, ...]
    may: tuple[RequestKind, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """An item or a question as it would be sent."""

    kind: RequestKind
    body: Body
    subject: str
    words: str = ""
    matter: str = Matter.GENERAL.value
    asked_of: str = ""
    of_body: bool = False
    """Whoever is asked is a body."""


def listed(say: Rendering, view: Requests) -> Card:
    """What waits, each own request with the way to take it back, and what may be requested."""
    undo = [
        (_button(say, "undo", "wish_undo", line.item.id, of=line.item.subject),)
        for line in view.items
    ]
    unask = [
        (_button(say, "unask_of", "wish_unask", line.request.id, of=line.body.name),)
        for line in view.requests
    ]
    new = [(_button(say, each.value, "wish", view.committee, each.value),) for each in view.may]
    back = (Button(say.label("button.back"), action("mlist")),)
    return Card(say.text("wishes", view=view), (*new, *undo, *unask, back, to_home(say)))


def pick_body(say: Rendering, committee: int, kind: RequestKind, bodies: Sequence[Body]) -> Card:
    """Asks of which body a wish is, one button each."""
    rows = [
        (Button(initial(body.name), action("wish", committee, kind.value, body.id)),)
        for body in bodies
    ]
    return Card(
        say.text("wish_body", wish=kind.value), (*rows, _list(say, committee), to_home(say))
    )


def ask_words(say: Rendering, committee: int, kind: RequestKind, body: Body) -> Card:
    """The words of the request."""
    text = say.text("wish_words", wish=kind.value, body=body, rule=request_rule(body))
    return Card(text, (_list(say, committee), to_home(say)))


# --- requests for a meeting ------------------------------------------------------------------


def asked_for_meeting(
    say: Rendering, committee: int, request: int, body: Body, stands: Asked
) -> Card:
    """The request is kept; how many ask by now."""
    text = say.text("wish_meeting_kept", body=body, stands=stands, rule=request_rule(body))
    unask = (_button(say, "unask", "wish_unask", request),)
    return Card(text, (unask, _list(say, committee), to_home(say)))


def enough_ask(
    say: Rendering,
    committee: int,
    lines: Sequence[RequestLine],
    stands: Asked,
    decided_by: str,
    *,
    head: bool,
) -> Card:
    """Enough members ask: who and why, and who decides."""
    body = lines[0].body
    text = say.text(
        "wish_enough",
        lines=lines,
        body=body,
        stands=stands,
        rule=request_rule(body),
        decided_by=decided_by,
        names=[line.by for line in lines],
    )
    invite = (Button(say.label("button.invite"), action("invite", committee), style="primary"),)
    decline = (_button(say, "decline", "wish_decline", committee, body.id),)
    return Card(text, (invite, *((decline,) if head else ()), to_home(say)))


def no_longer_enough(say: Rendering, committee: int, by: str, body: Body, stands: Asked) -> Card:
    """One of those who asked has taken it back."""
    text = say.text("wish_no_longer", by=by, body=body, stands=stands, rule=request_rule(body))
    return Card(text, (_list(say, committee), to_home(say)))


def ask_why_not(say: Rendering, committee: int, body: Body) -> Card:
    """Why no meeting is called."""
    text = say.text("wish_why_not", body=body)
    return Card(text, (_list(say, committee), to_home(say)))


def declined(say: Rendering, committee: int, body: Body, by: By, reason: str) -> Card:
    """To those who asked: it is not called, and why."""
    rule = request_rule(body)
    text = say.text("wish_declined", body=body, by=by, reason=reason, rule=rule)
    return Card(text, (_list(say, committee), to_home(say)))


def settled(say: Rendering, committee: int, body: Body) -> Card:
    """To the head: it is kept, and those who asked are told."""
    return Card(say.text("wish_settled", body=body), (_list(say, committee), to_home(say)))


# --- items and questions ---------------------------------------------------------------------


def preview(say: Rendering, written: Written, ways: Sequence[Row]) -> Card:
    """As it would be sent."""
    return Card(say.text("wish_preview", written=written), (*ways, to_home(say)))


def ask_why(say: Rendering, draft: int) -> Card:
    """What is to be said for the item."""
    return Card(say.text("wish_why"), (_back(say, draft), to_home(say)))


def ask_matter(say: Rendering, draft: int, kinds: Mapping[Matter, Action]) -> Card:
    """Which kind of matter."""
    rows = [
        (Button(initial(say.label(f"matter.{kind.value}")), press),)
        for kind, press in kinds.items()
    ]
    return Card(say.text("wish_matter"), (*rows, _back(say, draft), to_home(say)))


def ask_whom(say: Rendering, draft: int, names: Sequence[tuple[str, Action]], page: int) -> Card:
    """Of whom the question is asked, page by page."""
    part = page_of(names, page, PAGE)
    rows = [(Button(name, press),) for name, press in part.entries]
    turns = part.turns(say, lambda number: action("form_show", draft, number))
    return Card(say.text("wish_whom"), (*rows, *turns, _back(say, draft), to_home(say)))


def sent(
    say: Rendering, committee: int, item: int, written: Written, meeting: Meeting | None
) -> Card:
    """It waits for the next meeting; a question stands on the agenda of one that is called already."""
    undo = () if meeting else ((_button(say, "take_back", "wish_undo", item),),)
    rule = question_rule(written.body)
    text = say.text("wish_sent", written=written, rule=rule, meeting=meeting)
    return Card(text, (*undo, _list(say, committee), to_home(say)))


def told(
    say: Rendering, committee: int, by: str, written: Written, meeting: Meeting | None
) -> Card:
    """To the office: what came, and that it is ticked already when a meeting is prepared, or on the agenda now."""
    invite = (Button(say.label("button.invite"), action("invite", committee)),)
    rule = question_rule(written.body)
    text = say.text("wish_told", by=by, written=written, rule=rule, meeting=meeting)
    return Card(text, (*(() if meeting else (invite,)), to_home(say)))


def question_to(say: Rendering, by: str, written: Written, debt: Debt, owner: Person) -> Card:
    """To whoever answers: politely, in good time, with the last day for an answer in writing."""
    rule = question_rule(written.body)
    text = say.text(
        "wish_question_to", by=by, written=written, debt=debt, owner=owner.name, rule=rule
    )
    reply = (_button(say, "answer", "answer", debt.id),)
    return Card(text, (reply, to_home(say)))


@dataclass(frozen=True, slots=True)
class Joined:
    """A question that came onto a called agenda: before which body, who asks, who answers."""

    subject: str
    body: Body
    by: str
    of: str


def questions_joined(say: Rendering, meeting: Meeting, joined: Sequence[Joined]) -> Card:
    """To everybody invited: what was asked since the call."""
    text = say.text("wish_questions_joined", meeting=meeting, joined=joined)
    way = Button(say.label("wish_button.invitation"), action("mshow", meeting.id))
    return Card(text, ((way,), to_home(say)))


def item_taken_back(say: Rendering, by: str, subject: str, body: Body) -> Card:
    """To those who were told of it."""
    return Card(
        say.text("wish_item_taken_back", by=by, subject=subject, body=body), (to_home(say),)
    )


def taken_back(say: Rendering, committee: int) -> Card:
    """To whoever took it back."""
    return Card(say.text("wish_taken_back"), (_list(say, committee), to_home(say)))


def dropped(say: Rendering, committee: int) -> Card:
    """Says that the form was given up and nothing was sent."""
    return Card(say.text("wish_dropped"), (_list(say, committee), to_home(say)))


def _button(say: Rendering, label: str, act: str, *args: str | int, **values: object) -> Button:
    return Button(say.label(f"wish_button.{label}", **values), action(act, *args))


def _back(say: Rendering, draft: int) -> Row:
    return (Button(say.label("button.back"), action("form_back", draft)),)


def _list(say: Rendering, committee: int) -> Row:
    return (Button(say.label("wish_button.list"), action("wishes", committee)),)
