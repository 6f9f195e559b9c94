"""The form in which the office names a counting board, or another one before the close. Who may is the subject's."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from bot.calendar import face as calendar
from bot.counting import store
from bot.counting.rules.board import MOST_NAMES, Board, may_stand
from bot.db import live_cards, people
from bot.db.drafts import Draft
from bot.db.notice import Button, Card
from bot.kit.access import Access
from bot.kit.form import (
    PREVIEW,
    Answers,
    Field,
    Form,
    View,
    answer,
    preview_rows,
    ways_out,
)
from bot.kit.notify import notify, stamp
from bot.kit.screen import Screen
from bot.kit.unit import UnitOfWork
from bot.people.rules.people import Person
from bot.rendering import Rendering
from bot.values.action import Action
from bot.values.limits import GUEST_NAME_LIMIT, PLACE_LIMIT
from bot.values.names import same
from bot.values.refusal import Refusal, Refused, refuse, require, unclear
from bot.values.typed import MomentFault, parse_moment
from bot.values.words import read_line, read_list
from bot.values.working_days import WorkingCalendar

NOBODY = "none"
"""The button that leaves a question without an answer: no witness, no place."""
OFFERED = 8
"""People of the office offered as head of the board; any other name is typed."""


@dataclass(frozen=True, slots=True)
class Counted(Access):
    """What slips are counted of, and who stands before it with the right to name a board."""

    named: str
    """How the register names it: "consultation:3", "vote:5"."""
    subject: str
    office: tuple[Person, ...]
    back: Action
    shown: str
    """The live name of the cards on which the board is read."""
    refusal: Refusal | None
    """Why no board may be named now."""
    about: str = ""
    consultation: int | None = None

    @property
    def reference(self) -> str:
        """As `named`."""
        return self.named


Find = Callable[[UnitOfWork, int, int], Awaitable[Counted]]
"""Looks up what an account is to the thing of that id; raises `Refused` for whoever never names a board."""
COUNTED: dict[str, Find] = {}
"""By the first word of its name in the register: "consultation", "vote"."""


def counted(kind: str) -> Callable[[Find], Find]:
    """A subject enters what has slips that a board counts."""

    def enter(find: Find) -> Find:
        COUNTED[kind] = find
        return find

    return enter


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardView(View):
    """The board as its person is naming it."""

    of: Counted
    calendar: WorkingCalendar
    stands: Board | None
    """The one that it would take the place of."""

    @property
    def about(self) -> str:
        """What is counted, where messages about it must not be forwarded."""
        return self.of.about

    @property
    def board(self) -> Board:
        """As answered so far."""
        said = self.fields
        moment = said.get("counts_at")
        return Board(
            said.get("head", ""),
            tuple(said.get("members", ())),
            tuple(said.get("witnesses", ())),
            said.get("place", ""),
            datetime.fromisoformat(moment) if moment else None,
        )


async def begin(work: UnitOfWork, account: int, kind: str, of: int) -> Screen:
    """Begin the form, filled in with the board that stands; one that was left unfinished is dropped."""
    found = await COUNTED[kind](work, account, of)
    require(found.refusal)
    stands = await store.board_of(work.tx, found.reference)
    answers = {"kind": kind, "of": of, **(_answers(stands) if stands else {})}
    return await FORM.begin(work, found.person, answers, again=True)


def _answers(board: Board) -> Answers:
    return {
        "head": board.head,
        "members": list(board.members),
        "witnesses": list(board.witnesses),
        "place": board.place,
        "counts_at": board.counts_at.isoformat() if board.counts_at else "",
    }


async def _view(work: UnitOfWork, person: Person, draft: Draft) -> BoardView:
    found = await COUNTED[draft.fields["kind"]](work, person.account or 0, draft.fields["of"])
    return BoardView(
        draft=draft,
        person=person,
        files=(),
        now=work.now,
        of=found,
        calendar=await calendar.working_calendar(work.tx, person.committee),
        stands=await store.board_of(work.tx, found.reference),
    )


# --- the questions ---------------------------------------------------------------------------


def _others(view: BoardView, question: str) -> tuple[str, ...]:
    """The names that stand already in answer to the other questions."""
    board = view.board
    places = {"head": (board.head,), "members": board.members, "witnesses": board.witnesses}
    return tuple(name for key, names in places.items() if key != question for name in names if name)


def _head_pressed(view: BoardView, value: str) -> Answers:
    found = next((p.name for p in view.of.office if str(p.id) == value), None)
    if found is None:
        refuse("stale_question")
    return _head(view, found)


def _head_said(view: BoardView, text: str, _at: datetime) -> Answers:
    return _head(view, read_line(text, GUEST_NAME_LIMIT))


def _head(view: BoardView, name: str) -> Answers:
    require(may_stand((name,), _others(view, "head")))
    return {"head": name}


def _names(question: str) -> Callable[[BoardView, str, datetime], Answers]:
    """One name a line, without the numbers or dashes people put before them; empty lines do not count."""

    def said(view: BoardView, text: str, _at: datetime) -> Answers:
        lines = read_list(text, "board_names_needed")
        names = [read_line(line, GUEST_NAME_LIMIT) for line in lines]
        require(may_stand(names, _others(view, question)))
        return {question: names}

    return said


def _without(question: str, nothing: object) -> Callable[[BoardView, str], Answers]:
    def pressed(_view: BoardView, value: str) -> Answers:
        if value != NOBODY:
            refuse("stale_question")
        return {question: nothing}

    return pressed


def _place(_view: BoardView, text: str, _at: datetime) -> Answers:
    return {"place": read_line(text, PLACE_LIMIT)}


def _counts_at(view: BoardView, text: str, at: datetime) -> Answers:
    moment = parse_moment(text, at, view.calendar)
    if isinstance(moment, MomentFault):
        raise Refused(unclear(moment))
    return {"counts_at": moment.isoformat()}


# --- its screens -----------------------------------------------------------------------------


def _card(say: Rendering, view: BoardView, question: str) -> Card:
    text = say.text(
        "board_form",
        subject=view.of.subject,
        question=question,
        board=view.board,
        stands=view.stands,
        most=MOST_NAMES,
    )
    ways = ways_out(say, FORM, view, home=False)
    if question == PREVIEW:
        return Card(text, (*preview_rows(say, FORM, view, say.label("button.board_send")), *ways))
    if question == "head":
        offered = view.of.office[:OFFERED]
        picks = tuple((Button(p.name, answer(view, "head", str(p.id))),) for p in offered)
        return Card(text, (*picks, *ways))
    none = Button(say.label(f"board_none.{question}"), answer(view, question, NOBODY))
    return Card(text, ((none,), *ways))


async def _send(work: UnitOfWork, view: BoardView) -> Screen:
    """The board stands from now on; the office and those of it who are in the committee are told."""
    found, board = view.of, view.board
    require(found.refusal)
    by = {"by": found.person.id, "acting_for": found.acting_for}
    named = store.add(found.reference, board, at=work.now, by=by)
    await work.write(named, found.line("counting_board", _answers(board)))
    everybody = await people.of_committee(work.tx, found.person.committee)
    told = [p for p in everybody if any(same(p.name, name) for name in board.names)]
    card = Card(
        work.say.text(
            "board_named", subject=found.subject, board=board, by=found.by, again=view.stands
        )
    )
    key = f"counting_board:{found.reference}:{stamp(work)}"
    others = [p for p in (*found.office, *told) if p.id != found.person.id]
    await notify(work, others, card, key, about=found.about, consultation=found.consultation)
    await live_cards.refresh(
        work.tx,
        found.shown,
        work.now,
        about=found.about,
        consultation_id=found.consultation,
    )
    back = Button(work.say.label("button.back"), found.back)
    return Screen(Card(card.text, ((back,),)), about=found.about)


def _dropped(say: Rendering, view: BoardView) -> Card:
    back = Button(say.label("button.back"), view.of.back)
    return Card(say.text("board_dropped", subject=view.of.subject), ((back,),))


FORM = Form(
    "board",
    (
        Field("head", pressed=_head_pressed, said=_head_said),
        Field("members", pressed=_without("members", []), said=_names("members")),
        Field("witnesses", pressed=_without("witnesses", []), said=_names("witnesses")),
        Field("place", pressed=_without("place", ""), said=_place),
        Field("counts_at", pressed=_without("counts_at", ""), said=_counts_at),
    ),
    view=_view,
    card=_card,
    send=_send,
    dropped=_dropped,
)
