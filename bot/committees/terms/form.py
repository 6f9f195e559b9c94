"""The form «Danh sách mới, nhiệm kỳ mới»: a roster's file, who is who, from which day, by which decision; sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.committees.terms import asking, cards
from bot.committees.terms.cards import PAGE, Told
from bot.committees.terms.reading import Readout, read
from bot.committees.terms.store import ROSTER, Wanted
from bot.committees.when import WhenView, day_buttons, when
from bot.db import drafts
from bot.db.drafts import Draft
from bot.db.notice import Button, Card, Rows
from bot.kit import seconding
from bot.kit.act import press
from bot.kit.card import page_of, to_home
from bot.kit.form import PREVIEW, Answers, Field, Form, answer, page_turns, preview_rows, ways_out
from bot.kit.screen import Screen
from bot.kit.taps import Tap
from bot.kit.unit import Context, UnitOfWork
from bot.kit.waiting import for_clerks, home_row
from bot.people import face as people
from bot.people.face import House, read_decision
from bot.people.rules.new_roll import NOBODY, Question
from bot.people.rules.people import Person
from bot.rendering import Rendering
from bot.values.files import FileRef
from bot.values.limits import ROSTER_LIMIT
from bot.values.refusal import NO_RIGHT, Refused, refuse, require

ROLL, BOTH, TERM = "roll", "both", "term"
"""What may be asked: another roll, that and a new term, a new term with the people of today."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterView(WhenView):
    """The form before a clerk: the people of today, and what the file makes of them."""

    readout: Readout | None = None
    lines: tuple[Told, ...] = ()

    @property
    def question(self) -> Question | None:
        """Who is who, as far as it must still be told."""
        return self.readout.question if self.readout else None

    @property
    def wanted(self) -> Wanted | None:
        """What would be asked for, once it is known from when on and who is who."""
        if self.since is None or self.question is not None:
            return None
        roll = self.readout.roll if self.readout else None
        return Wanted(self.since, self.fields["what"] != ROLL, roll)


home_row(72, "roster")(for_clerks)


@press("roster")
async def begin(context: Context, tap: Tap) -> Screen:
    """The press «Danh sách mới, nhiệm kỳ mới»: begin, or go on with the form left unfinished; for clerks."""
    async with context.work() as work:
        office = await people.clerk_of(work, tap.account, tap.number(0))
        require(await asking.refuse_another(work, office.committee.id))
        try:
            return await FORM.begin(work, office.actor, {})
        except Refused:  # the file of before makes no roll any more of who sits today
            return await FORM.begin(work, office.actor, {}, again=True)


async def _view(work: UnitOfWork, person: Person, draft: Draft) -> RosterView:
    if not person.is_clerk:
        raise Refused(NO_RIGHT)
    house = await people.house_of(work, person.committee)
    readout = await _readout(work, house, draft.fields)
    lines: tuple[Told, ...] = ()
    if readout is not None and readout.roll is not None:
        require(await asking.refuse_rolled(work, house, readout.roll, person.id))
        lines = cards.told(work.say, house, Wanted(work.now.date(), roll=readout.roll))
    return RosterView(
        draft=draft,
        person=person,
        files=(),
        now=work.now,
        house=house,
        readout=readout,
        lines=lines,
    )


async def _readout(work: UnitOfWork, house: House, fields: Mapping[str, Any]) -> Readout | None:
    """What the file gives by the answers so far; refused where it cannot be read."""
    if "file" not in fields or fields.get("what") == TERM:
        return None
    name, sha256 = fields["file"]
    answers = {int(line): person for line, person in fields.get("pairs", {}).items()}
    return read(house, name, await drafts.blob(work.tx, sha256) or b"", answers)


# --- the questions ---------------------------------------------------------------------------


def _what(_view: RosterView, value: str) -> Answers:
    if value not in (ROLL, BOTH, TERM):
        refuse("stale_question")
    return {"what": value}


def _filed(_view: RosterView, _where: str, file: FileRef) -> Answers:
    """The file; that it can be read is found out when it is looked at. Who is who is asked anew."""
    if file.size > ROSTER_LIMIT:
        refuse("roster_large", name=file.name)
    return {"file": [file.name, file.sha256], "pairs": {}}


def _same(view: RosterView, value: str) -> Answers:
    """Who the line is that is asked about: one of those shown, or nobody of them."""
    asked = view.question
    if asked is None or not value.isdecimal() or int(value) not in (NOBODY, *asked.candidates):
        refuse("stale_question")
    return {"pairs": {**view.fields.get("pairs", {}), str(asked.line): int(value)}}


def _of_a_roll(view: RosterView) -> bool:
    return bool(view.fields.get("what") != TERM)


def _is_asked(view: RosterView) -> bool:
    return view.question is not None


# --- how it looks ----------------------------------------------------------------------------


def _card(say: Rendering, view: RosterView, question: str) -> Card:
    page = page_of(view.lines, view.page, PAGE)
    text = say.text(
        "roster_form",
        committee=view.house.committee.name,
        field=question,
        what=view.fields.get("what"),
        file=view.fields["file"][0] if "file" in view.fields else "",
        asked=view.question,
        since=view.since,
        decision=view.fields.get("decision"),
        turns=page.entries if question == PREVIEW else (),
        page=page.number + 1,
        pages=page.count,
        several_heads=cards.several_heads_of(view.house, view.wanted) if view.wanted else (),
    )
    return Card(text, (*_answers(say, view, question), *ways_out(say, FORM, view)))


def _answers(say: Rendering, view: RosterView, question: str) -> Rows:
    match question:
        case "what":
            return tuple(
                (Button(say.label(f"roster_button.{each}"), answer(view, question, each)),)
                for each in (BOTH, ROLL, TERM)
            )
        case "same":
            return _people(say, view)
        case "since":
            return day_buttons(say, view, question)
        case "preview":
            page = page_of(view.lines, view.page, PAGE)
            label = say.label("roster_button.send")
            return (*page_turns(say, view, page), *preview_rows(say, FORM, view, label))
        case _:
            return ()


def _people(say: Rendering, view: RosterView) -> Rows:
    """Everybody who may be the one on the line that is asked about; and that it is none of them."""
    asked = view.question
    every = [view.house.person(each) for each in asked.candidates] if asked else []
    same = tuple(
        (Button(_called(say, each), answer(view, "same", str(each.id))),)
        for each in every
        if each is not None
    )
    other = Button(say.label("roster_button.other"), answer(view, "same", str(NOBODY)))
    return (*same, (other,))


def _called(say: Rendering, person: Person) -> str:
    unit = person.unit if person.unit not in person.name else ""
    return say.label("roster.same_unit" if unit else "roster.same", name=person.name, unit=unit)


def _dropped(say: Rendering, _view: RosterView) -> Card:
    return Card(say.text("roster_dropped"), (to_home(say),))


# --- sending ---------------------------------------------------------------------------------


async def _send(work: UnitOfWork, view: RosterView) -> Screen:
    """It waits for the second person, who sees the same difference."""
    if view.wanted is None:
        refuse("stale_question")
    decision = read_decision(view.fields["decision"], work.now)
    request = await asking.ask(work, view.person, view.wanted, decision)
    return await seconding.shown(work, view.person, request.id)


FORM = Form(
    ROSTER,
    (
        Field("what", pressed=_what),
        Field("file", files=True, filed=_filed, asked=_of_a_roll),
        Field("same", pressed=_same, asked=_is_asked, again=False),
        *when(),
    ),
    view=_view,
    card=_card,
    send=_send,
    dropped=_dropped,
)
