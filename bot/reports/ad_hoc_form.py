"""The form "Thêm báo cáo đột xuất": which report, from whom, to whom, by when; how each question looks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.db.drafts import Draft
from bot.db.notice import Button, Card, Rows
from bot.kit.act import press
from bot.kit.card import page_of, to_home
from bot.kit.form import Answers, Field, Form, View, answer, page_turns, preview_rows, ways_out
from bot.kit.screen import Screen
from bot.kit.taps import Tap
from bot.kit.unit import Context, UnitOfWork
from bot.kit.waiting import for_clerks, home_row
from bot.people.rules.people import Person, members_of
from bot.regulations.rules.duties import DueKind, Duty, PartyKind, Period
from bot.rendering import Rendering, initial
from bot.reports import ad_hoc
from bot.reports.access import is_office, office
from bot.reports.board import board_button
from bot.reports.generate import Ledger, ledger
from bot.reports.rules.owing import BODY, OFFICE, Debtor, debtors, in_person, is_unit
from bot.reports.rules.rights import refuse_day
from bot.values.action import action
from bot.values.limits import AD_HOC_WORDS_LIMIT, ADDRESSEE_LIMIT, SUBJECT_LIMIT
from bot.values.moments import begins, in_viet_nam, last_of_month
from bot.values.refusal import NO_RIGHT, Refused, refuse, require, unclear
from bot.values.typed import MomentFault, parse_moment
from bot.values.words import read_line, read_text

OWN = "own"
"""What no article of the rule book asks for."""
ALL_UNITS, EACH, WHOLE, ONE, HOLDER = "u", "m", "b", "p", "o"
"""Who may owe: every unit, each member of a body, a body as a whole, one person or unit, an office."""
NOBODY = "none"
"""The key of the button that takes every tick away."""
DAY_ENDS_AT = 17
OFFERED_DAYS = (1, 3, 5, 10)
"""Working days ahead that are offered."""
PAGE = 12
NAMED = 12
"""Names told on the card; the others are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AdHocView(View):
    """The form before somebody of the office; `duties` are those of the rule book that an occasion calls for."""

    book: Ledger
    duties: tuple[Duty, ...]

    @property
    def duty(self) -> Duty | None:
        """The duty of the rule book that it goes by, where it does."""
        return next((d for d in self.duties if d.id == self.fields.get("source")), None)

    @property
    def chosen(self) -> tuple[str, ...]:
        """Who is ticked, by key."""
        return tuple(self.fields.get("debtors", ()))

    @property
    def owing(self) -> tuple[Debtor, ...]:
        """Everybody who will owe it, each once."""
        found = (each for key in self.chosen for each in _debtors(self.book, key))
        return tuple({each.key: each for each in found}.values())

    @property
    def options(self) -> tuple[str, ...]:
        """Everything that may be ticked, in the order of the rule book and of the roll."""
        return _options(self.book)

    @property
    def to(self) -> str:
        """Whom it goes to; nothing while that is not known."""
        if self.duty is not None:
            return ", ".join(party.name for party in self.duty.to)
        return str(self.fields.get("to", ""))

    @property
    def due_on(self) -> date:
        """The last acceptable day; only asked of a form that has one."""
        return date.fromisoformat(self.fields["due"][:10])

    @property
    def due_at(self) -> datetime | None:
        """The hour, where one was fixed."""
        text = self.fields["due"]
        return datetime.fromisoformat(text) if len(text) > len("2026-01-01") else None


home_row(61, "rhand")(for_clerks)


@press("rhand")
async def begin(context: Context, tap: Tap) -> Screen:
    """The press "Thêm báo cáo đột xuất": begin, or go on with the form left unfinished; for clerks and heads."""
    async with context.work() as work:
        person, _ = await office(work, tap.account, tap.number(0))
        return await FORM.begin(work, person, {})


async def _view(work: UnitOfWork, person: Person, draft: Draft) -> AdHocView:
    book = await ledger(work, draft.committee)
    if not is_office(book, person):
        raise Refused(NO_RIGHT)
    offered = tuple(duty for duty in book.regulation.duties if by_hand(duty))
    if not offered:
        draft = replace(draft, fields={"source": OWN, **draft.fields})
    return AdHocView(draft=draft, person=person, files=(), now=work.now, book=book, duties=offered)


def by_hand(duty: Duty) -> bool:
    """Whether a person may ask for this duty on an occasion."""
    return Period.AD_HOC in duty.periods or duty.due.kind is DueKind.BY_HAND


def _debtors(book: Ledger, key: str) -> Sequence[Debtor]:
    kind, _, ref = key.partition(".")
    if kind == ALL_UNITS:
        return [in_person(p) for p in book.everybody if is_unit(p)]
    if kind == EACH:
        return [in_person(p) for p in members_of(book.everybody, ref)]
    if kind == WHOLE:
        return [Debtor(f"{BODY}:{b.id}", b.name) for b in book.regulation.bodies if b.id == ref]
    if kind == HOLDER:
        return [Debtor(f"{OFFICE}:{ref}", ref)]
    return [in_person(p) for p in book.everybody if str(p.id) == ref]


def _options(book: Ledger) -> tuple[str, ...]:
    found: list[str] = []
    units = [p for p in book.everybody if is_unit(p)]
    if units:
        found.append(ALL_UNITS)
    seated = [b for b in book.regulation.bodies if members_of(book.everybody, b.id)]
    for body in seated:
        found.append(f"{EACH}.{body.id}")
        if not body.of_agencies:
            found.append(f"{WHOLE}.{body.id}")
    persons = [p for body in seated for p in members_of(book.everybody, body.id)]
    found += [f"{ONE}.{p.id}" for p in (*units, *persons)]
    return tuple(dict.fromkeys(found))


def _ticked_by(book: Ledger, duty: Duty) -> list[str]:
    """Who owes a duty of the rule book, as ticks."""
    ticks: list[str] = []
    for party in duty.debtors:
        if party.kind is PartyKind.BODY:
            ticks.append(f"{WHOLE}.{party.ref}")
        elif party.kind is PartyKind.EACH_MEMBER:
            ticks.append(f"{EACH}.{party.ref}")
        elif party.kind is PartyKind.OFFICE:
            ticks.append(f"{HOLDER}.{party.ref}")
        elif party.kind is PartyKind.UNIT:
            owing = debtors(replace(duty, debtors=(party,)), book.everybody, book.regulation)
            ticks += [f"{ONE}.{each.person}" for each in owing if each.person]
    return list(dict.fromkeys(ticks))


# --- the questions ---------------------------------------------------------------------------


def _source(view: AdHocView, value: str) -> Answers:
    if value == OWN:
        return {"source": OWN}
    duty = next((each for each in view.duties if each.id == value), None)
    if duty is None:
        refuse("stale_question")
    return {"source": duty.id, "debtors": _ticked_by(view.book, duty)}


def _what(_view: AdHocView, text: str, _at: datetime) -> Answers:
    return {"what": read_line(text, SUBJECT_LIMIT)}


def _ticked(view: AdHocView, _value: str) -> Answers:
    if not view.owing:
        refuse("hand_nobody")
    return {"ticked": True}


def _to_body(view: AdHocView, value: str) -> Answers:
    body = next((body for body in view.book.regulation.bodies if body.id == value), None)
    if body is None:
        refuse("stale_question")
    return {"to": body.name}


def _to(_view: AdHocView, text: str, _at: datetime) -> Answers:
    return {"to": read_line(text, ADDRESSEE_LIMIT)}


def _day(view: AdHocView, value: str) -> Answers:
    try:
        day = date.fromisoformat(value)
    except ValueError:
        refuse("stale_question")
    require(refuse_day(day, view.now))
    return {"due": day.isoformat()}


def _due(view: AdHocView, text: str, at: datetime) -> Answers:
    """A day lasts until midnight; a moment with an hour of its own ends at that hour."""
    today = in_viet_nam(at).date()
    earliest = begins(today)
    meant = [
        parse_moment(text, at, view.book.calendar, ends, earliest=earliest)
        for ends in (DAY_ENDS_AT, DAY_ENDS_AT - 1)
    ]
    moment = meant[0]
    if isinstance(moment, MomentFault):
        raise Refused(unclear(moment))
    if meant[0] != meant[1]:
        return _day(view, in_viet_nam(moment).date().isoformat())
    if moment <= at:
        refuse("moment_past", until=moment)
    require(refuse_day(in_viet_nam(moment).date(), view.now))
    return {"due": in_viet_nam(moment).isoformat()}


def _words(_view: AdHocView, text: str, _at: datetime) -> Answers:
    return {"words": read_text(text, AD_HOC_WORDS_LIMIT)}


def _no_words(_view: AdHocView, _value: str) -> Answers:
    return {"words": ""}


# --- ticking people, a screen of its own -----------------------------------------------------


@press("rhand_tick")
async def tick(context: Context, tap: Tap) -> Screen:
    """Tick one who owes, or take the tick away."""
    key = tap.word(1)
    async with context.work() as work:
        view = await FORM.own(work, tap.account, tap.number(0))
        known = key == NOBODY or key in view.options or key in view.chosen
        if FORM.standing(view) != "ticked" or not known:
            refuse("stale_question")
        chosen = [] if key == NOBODY else [each for each in view.chosen if each != key]
        if key != NOBODY and key not in view.chosen:
            chosen.append(key)
        view = await FORM.keep(work, view, {"debtors": chosen})
        return await FORM.shown(work, replace(view, page=tap.page(2)))


# --- how it looks ----------------------------------------------------------------------------


def card(say: Rendering, view: AdHocView, question: str) -> Card:
    """The question that stands, with what was answered so far; at the end the whole."""
    text = say.text(
        "hand_form",
        field=question,
        fields=view.fields,
        duty=view.duty,
        names=[_name(say, each.key, each.name) for each in view.owing],
        most=NAMED,
        due_on=view.due_on if "due" in view.fields else None,
        due_at=view.due_at if "due" in view.fields else None,
        to=view.to,
    )
    ways = ways_out(say, FORM, view, home=False)
    return Card(text, (*_answers(say, view, question), *ways))


def _name(say: Rendering, key: str, name: str) -> str:
    return say.label(f"office.{name}") if key.startswith("office:") else name


def _answers(say: Rendering, view: AdHocView, question: str) -> Rows:
    if question == "ticked":
        return _ticks(say, view)
    if question == "preview":
        label = say.label("hand_button.ask", count=len(view.owing))
        return preview_rows(say, FORM, view, label)
    return tuple(
        (Button(label, answer(view, question, value)),)
        for label, value in _offered(say, view, question)
    )


def _offered(say: Rendering, view: AdHocView, question: str) -> list[tuple[str, str]]:
    """Answers that may be pressed: what they say, and what they mean."""
    match question:
        case "source":
            own = (say.label("hand_button.own"), OWN)
            return [*((duty.what, duty.id) for duty in view.duties), own]
        case "to":
            bodies = view.book.regulation.bodies
            return [(body.name, body.id) for body in bodies]
        case "due":
            return [(initial(say.day(day)), day.isoformat()) for day in _days(view)]
        case "words":
            return [(say.label("hand_button.no_words"), "none")]
        case _:
            return []


def _days(view: AdHocView) -> list[date]:
    """Some working days ahead, and the last day of this month while it lies ahead."""
    today = in_viet_nam(view.now).date()
    days = [view.book.calendar.add_working_days(today, count) for count in OFFERED_DAYS]
    month_end = last_of_month(today.year, today.month)
    return sorted({*days, *([month_end] if month_end > today else [])})


def _ticks(say: Rendering, view: AdHocView) -> Rows:
    extra = [key for key in view.chosen if key not in view.options]
    page = page_of((*extra, *view.options), view.page, PAGE)
    draft = view.draft.id
    rows = [
        (Button(_tick(say, view, key), action("rhand_tick", draft, key, page.number)),)
        for key in page.entries
    ]
    turns = page_turns(say, view, page)
    if not view.chosen:
        return (*rows, *turns)
    clear = action("rhand_tick", draft, NOBODY, page.number)
    label = say.label("hand_button.ticked", count=len(view.owing))
    done = Button(label, answer(view, "ticked", "yes"), style="primary")
    return (*rows, *turns, (Button(say.label("hand_button.clear"), clear),), (done,))


def _tick(say: Rendering, view: AdHocView, key: str) -> str:
    mark = say.label("hand_button.on" if key in view.chosen else "hand_button.off")
    return f"{mark} {_called(say, view, key)}"


def _called(say: Rendering, view: AdHocView, key: str) -> str:
    kind, _, ref = key.partition(".")
    bodies = {body.id: body.name for body in view.book.regulation.bodies}
    if kind == ALL_UNITS:
        return say.label("hand_button.units")
    if kind == HOLDER:
        return say.label(f"office.{ref}")
    if kind in (EACH, WHOLE):
        label = "each" if kind == EACH else "whole"
        return say.label(f"hand_button.{label}", body=bodies[ref])
    return next((p.name for p in view.book.everybody if str(p.id) == ref), "")


def dropped(say: Rendering, view: AdHocView) -> Card:
    """The form was given up."""
    committee = view.draft.committee
    return Card(say.text("hand_dropped"), ((board_button(say, committee),), to_home(say)))


# --- sending ---------------------------------------------------------------------------------


async def _send(work: UnitOfWork, view: AdHocView) -> Screen:
    """Everybody ticked owes it from now on, and is told at once."""
    if not view.owing:
        refuse("hand_nobody")
    duty = view.duty
    asked = ad_hoc.Asked(
        duty=duty,
        name=duty.what if duty else view.fields["what"],
        words=view.fields["words"],
        to_whom=view.to,
        due_on=view.due_on,
        due_at=view.due_at,
        owing=view.owing,
    )
    return await ad_hoc.ask(work, view.person, view.book, asked)


def _own(view: AdHocView) -> bool:
    return view.fields.get("source") == OWN


def _has_duties(view: AdHocView) -> bool:
    return bool(view.duties)


FORM = Form(
    "hand_duty",
    (
        Field("source", pressed=_source, asked=_has_duties),
        Field("what", said=_what, asked=_own),
        Field("ticked", pressed=_ticked),
        Field("to", pressed=_to_body, said=_to, asked=_own),
        Field("due", pressed=_day, said=_due),
        Field("words", pressed=_no_words, said=_words),
    ),
    view=_view,
    card=card,
    send=_send,
    dropped=dropped,
)
