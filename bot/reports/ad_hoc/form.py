"""The form "Thêm báo cáo đột xuất": a draft in the database whose next question is its first empty field."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from bot.db import drafts
from bot.kit import access, draft_forms
from bot.kit.draft_forms import Taken
from bot.kit.unit import Context, UnitOfWork
from bot.people.rules.people import Person, Role, members_of
from bot.regulations.rules.duties import DueKind, Duty, PartyKind, Period
from bot.reports.access import is_head
from bot.reports.duties import generate
from bot.reports.duties.generate import Ledger
from bot.reports.rules.owing import BODY, OFFICE, Debtor, debtors
from bot.reports.rules.rights import refuse_day
from bot.values.moments import VIET_NAM, in_viet_nam
from bot.values.refusal import NO_RIGHT, Refusal, faulty, unclear
from bot.values.secrecy import secrecy_mark
from bot.values.texts import TextFault, clean, clean_line
from bot.values.typed import MomentFault, parse_moment

KIND = "hand_duty"
OWN = "own"
"""What no article of the rule book asks for."""
ALL_UNITS, EACH, WHOLE, ONE, HOLDER = "u", "m", "b", "p", "o"
"""Who may owe: every unit, each member of a body, a body as a whole, one person or unit, an office."""
WHAT_LIMIT, WORDS_LIMIT, TO_LIMIT = 300, 2_000, 120
DAY_ENDS_AT = 17


@dataclass(frozen=True, slots=True)
class Form:
    """A draft with all that is needed to show its next question."""

    draft: Draft
    clerk: Person
    book: Ledger
    duties: tuple[Duty, ...]
    field: str
    """The first empty field, or "preview" when there is none."""
    now: datetime

    @property
    def duty(self) -> Duty | None:
        """The duty of the rule book that it goes by, where it does."""
        return next((d for d in self.duties if d.id == self.draft.fields.get("source")), None)

    @property
    def chosen(self) -> tuple[str, ...]:
        """Who is ticked, by key."""
        return tuple(self.draft.fields.get("debtors", ()))

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
    def due_on(self) -> date:
        """The last acceptable day; only asked of a form that has one."""
        return date.fromisoformat(self.draft.fields["due"][:10])

    @property
    def due_at(self) -> datetime | None:
        """The hour, where one was fixed."""
        text = self.draft.fields["due"]
        return datetime.fromisoformat(text) if len(text) > len("2026-01-01") else None

    @property
    def answered(self) -> list[str]:
        """The questions that were asked and have an answer, in order."""
        return [field for field in _fields(self) if field in self.draft.fields]


Draft = drafts.Draft


def _fields(form: Form) -> list[str]:
    own = form.draft.fields.get("source") == OWN
    first = ["source"] if form.duties else []
    return [*first, *(["what"] if own else []), "ticked", *(["to"] if own else []), "due", "words"]


def by_hand(duty: Duty) -> bool:
    """Whether a person may ask for this duty on an occasion."""
    return Period.AD_HOC in duty.periods or duty.due.kind is DueKind.BY_HAND


def _debtors(book: Ledger, key: str) -> Sequence[Debtor]:
    kind, _, ref = key.partition(".")
    if kind == ALL_UNITS:
        return [_person(p) for p in book.everybody if _is_unit(p)]
    if kind == EACH:
        return [_person(p) for p in members_of(book.everybody, ref)]
    if kind == WHOLE:
        return [Debtor(f"{BODY}:{b.id}", b.name) for b in book.regulation.bodies if b.id == ref]
    if kind == HOLDER:
        return [Debtor(f"{OFFICE}:{ref}", ref)]
    return [_person(p) for p in book.everybody if str(p.id) == ref]


def _person(person: Person) -> Debtor:
    return Debtor(f"person:{person.id}", person.name, person.id)


def _is_unit(person: Person) -> bool:
    return any(seat.role is Role.UNIT for seat in person.seats)


def _options(book: Ledger) -> tuple[str, ...]:
    found: list[str] = []
    units = [p for p in book.everybody if _is_unit(p)]
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


# --- steps -----------------------------------------------------------------------------------


async def begin(context: Context, account: int, committee: int) -> Form | Refusal:
    """Begin a form, or go on with the one left unfinished; for clerks and heads."""
    async with context.work() as work:
        clerk = await access.in_committee(work, account, committee)
        if clerk is None:
            return NO_RIGHT
        book = await generate.ledger(work, committee)
        if not (clerk.is_clerk or is_head(book, clerk)):
            return NO_RIGHT
        draft = await draft_forms.begun(work, clerk, KIND, {})
        return await STEPS.asking(work, account, _form(work, clerk, book, draft))


async def answer(
    context: Context, account: int, draft_id: int, field: str, value: str
) -> Form | Refusal:
    """An answer by a button."""
    return await STEPS.take(
        context, account, draft_id, lambda form: _pressed(form, field, value), field
    )


async def tick(context: Context, account: int, draft_id: int, key: str) -> Form | Refusal:
    """Tick one who owes, or take the tick away; "none" takes all away."""
    async with context.work() as work:
        form = await own_form(work, account, draft_id)
        if isinstance(form, Refusal):
            return form
        known = key == "none" or key in form.options or key in form.chosen
        if form.field != "ticked" or not known:
            return Refusal("stale_question")
        chosen = [each for each in form.chosen if each != key] if key != "none" else []
        if key != "none" and key not in form.chosen:
            chosen.append(key)
        form = await _kept(work, form, {**form.draft.fields, "debtors": chosen})
        return await STEPS.asking(work, account, form)


async def typed(
    context: Context, account: int, draft_id: int, text: str, at: datetime
) -> Form | Refusal:
    """An answer in words."""
    return await STEPS.take(context, account, draft_id, lambda form: _written(form, text, at))


def _pressed(form: Form, field: str, value: str) -> Taken:
    reader = _BY_BUTTON.get(field)
    return reader(form, value) if reader else Refusal("stale_question")


def _source(form: Form, value: str) -> Taken:
    if value == OWN:
        return {"source": OWN}
    duty = next((each for each in form.duties if each.id == value), None)
    if duty is None:
        return Refusal("stale_question")
    return {"source": duty.id, "debtors": _ticked_by(form.book, duty)}


def _ticked(form: Form, _value: str) -> Taken:
    return {"ticked": True} if form.owing else Refusal("hand_nobody")


def _to(form: Form, value: str) -> Taken:
    body = next((body for body in form.book.regulation.bodies if body.id == value), None)
    return {"to": body.name} if body else Refusal("stale_question")


def _no_words(_form: Form, _value: str) -> Taken:
    return {"words": ""}


def _day(form: Form, value: str) -> Taken:
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return Refusal("stale_question")
    return refuse_day(day, form.now) or {"due": day.isoformat()}


_BY_BUTTON: dict[str, Callable[[Form, str], Taken]] = {
    "source": _source,
    "ticked": _ticked,
    "to": _to,
    "due": _day,
    "words": _no_words,
}


def _written(form: Form, text: str, at: datetime) -> Taken:
    if form.field == "due":
        return _due(form, text, at)
    limits = {"what": WHAT_LIMIT, "to": TO_LIMIT, "words": WORDS_LIMIT}
    if form.field not in limits:
        return Refusal("press_a_button")
    cleaned = clean if form.field == "words" else clean_line
    words = cleaned(text, limits[form.field])
    if isinstance(words, TextFault):
        return faulty(words)
    mark = secrecy_mark(words)
    return Refusal("secret", values={"mark": mark}) if mark else {form.field: words}


def _due(form: Form, text: str, at: datetime) -> Taken:
    """A day lasts until midnight; a moment with an hour of its own ends at that hour."""
    today = in_viet_nam(at).date()
    earliest = datetime(today.year, today.month, today.day, tzinfo=VIET_NAM)
    meant = [
        parse_moment(text, at, form.book.calendar, ends, earliest=earliest)
        for ends in (DAY_ENDS_AT, DAY_ENDS_AT - 1)
    ]
    moment = meant[0]
    if isinstance(moment, MomentFault):
        return unclear(moment)
    if meant[0] == meant[1]:
        past = moment <= at
        return Refusal("moment_past", values={"until": moment}) if past else _at(form, moment)
    return _day(form, in_viet_nam(moment).date().isoformat())


def _at(form: Form, moment: datetime) -> Taken:
    return refuse_day(in_viet_nam(moment).date(), form.now) or {
        "due": in_viet_nam(moment).isoformat()
    }


async def _kept(work: UnitOfWork, form: Form, fields: dict[str, Any]) -> Form:
    draft = await draft_forms.kept(work, form.draft, fields)
    return _form(work, form.clerk, form.book, draft)


async def own_form(work: UnitOfWork, account: int, draft_id: int) -> Form | Refusal:
    """The form inside a transaction already begun; the right is looked up anew."""
    found = await draft_forms.own(work, account, draft_id, KIND)
    if isinstance(found, Refusal):
        return found
    clerk, draft = found
    book = await generate.ledger(work, draft.committee)
    if not (clerk.is_clerk or is_head(book, clerk)):
        return NO_RIGHT
    return _form(work, clerk, book, draft)


STEPS = draft_forms.Steps(own_form, _kept, "rhand", "rhand_form")
resume, drop, back = STEPS.resume, STEPS.drop, STEPS.back


def _form(work: UnitOfWork, clerk: Person, book: Ledger, draft: Draft) -> Form:
    offered = tuple(duty for duty in book.regulation.duties if by_hand(duty))
    if not offered:
        draft = replace(draft, fields={"source": OWN, **draft.fields})
    form = Form(draft, clerk, book, offered, "", work.now)
    empty = [field for field in _fields(form) if field not in draft.fields]
    return replace(form, field=empty[0] if empty else "preview")
