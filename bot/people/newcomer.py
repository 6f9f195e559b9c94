"""The form "Thêm người": a draft in the database whose next question is its first empty field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.db import drafts, people
from bot.db.drafts import Draft
from bot.db.notice import Button, Card
from bot.kit.unit import Context, UnitOfWork
from bot.people import access, staffing
from bot.people.access import Office
from bot.people.cards import Rows, act_button, body_names, offered, seat_view, to_list
from bot.people.joining import subject
from bot.people.roster import person_shown
from bot.people.rules.founding import AGENCY, bodies_for
from bot.people.rules.people import BESIDE, Person, Role, SeatHeld
from bot.people.staffing import name_for, send_invitation, tell_heads
from bot.regulations.rules.regulation import Regulation
from bot.rendering import Rendering, initial
from bot.values.action import action
from bot.values.refusal import NO_RIGHT, Refusal

KIND = "person"
EVERY_BODY = "-"
"""The answer of an officer who heads every body of agencies."""


@dataclass(frozen=True, slots=True)
class Form:
    """A draft with all that is needed to show its next question."""

    draft: Draft
    office: Office
    field: str
    """The first empty field, or "preview" when there is none."""
    choices: tuple[str, ...]
    """The answers that may be pressed."""

    @property
    def seat(self) -> SeatHeld:
        """The seat as answered so far; only asked of a complete form."""
        given = self.draft.fields
        role = Role(given["role"])
        if role in BESIDE:
            return SeatHeld(role, "", role.value)
        body = "" if given["body"] == EVERY_BODY else given["body"]
        return SeatHeld(role, body, given["office"], given.get("full_time") != "no")


async def begin(context: Context, account: int, committee: int) -> Card | Refusal:
    """Begin a form, or go on with the one left unfinished."""
    async with context.work() as work:
        office = await access.clerk_of(work, account, committee)
        if isinstance(office, Refusal):
            return office
        draft = await drafts.latest(work.tx, office.actor.id, KIND)
        if draft is None:
            new = await drafts.add(work.tx, committee, office.actor.id, KIND, {}, work.now)
            draft = await drafts.get(work.tx, new)
        if draft is None:
            return Refusal("gone")
        return await _shown(work, account, _form(office, draft))


async def answer(
    context: Context, account: int, draft_id: int, field: str, value: str
) -> Card | Refusal:
    """An answer by a button."""
    async with context.work() as work:
        form = await _own(work, account, draft_id)
        if isinstance(form, Refusal):
            return form
        if field != form.field or value not in form.choices:
            return Refusal("stale_question")
        return await _kept(work, account, form, {**form.draft.fields, field: value})


async def typed(context: Context, account: int, draft_id: int, text: str) -> Card | Refusal:
    """The name, in words; every other question is answered by a button."""
    async with context.work() as work:
        form = await _own(work, account, draft_id)
        if isinstance(form, Refusal):
            return form
        if form.field != "name":
            return Refusal("press_a_button")
        name = name_for(form.office, text)
        if isinstance(name, Refusal):
            return name
        return await _kept(work, account, form, {**form.draft.fields, "name": name})


async def back(context: Context, account: int, draft_id: int) -> Card | Refusal:
    """One question back: the last answer given is asked again."""
    async with context.work() as work:
        form = await _own(work, account, draft_id)
        if isinstance(form, Refusal):
            return form
        fields = dict(form.draft.fields)
        if fields:
            fields.popitem()
        return await _kept(work, account, form, fields)


async def drop(context: Context, account: int, draft_id: int) -> Card | Refusal:
    """Put the form aside for good."""
    async with context.work() as work:
        form = await _own(work, account, draft_id)
        if isinstance(form, Refusal):
            return form
        await drafts.end(work.tx, draft_id, work.now)
        await drafts.answered(work.tx, account)
        return dropped(work.say, form.office.committee.id)


async def add(context: Context, account: int, draft_id: int) -> Card | Refusal:
    """The person is entered, last on the roll of the body, and an invitation goes to the clerk."""
    async with context.work() as work:
        form = await _own(work, account, draft_id)
        if isinstance(form, Refusal):
            return form
        if form.field != "preview":
            return Refusal("form_incomplete")
        name = name_for(form.office, form.draft.fields["name"])
        if isinstance(name, Refusal):
            return name
        person = await _entered(work, form, name)
        await drafts.end(work.tx, draft_id, work.now)
        await drafts.answered(work.tx, account)
        await send_invitation(work, form.office.actor, person)
        return await person_shown(work, account, person.id)


async def _entered(work: UnitOfWork, form: Form, name: str) -> Person:
    office, committee = form.office, form.draft.committee
    seat = form.seat
    place = await people.next_place(work.tx, committee, seat.body)
    seat = SeatHeld(seat.role, seat.body, seat.office, seat.full_time, place)
    new = await people.add_person(work.tx, committee, name)
    await people.add_seat(work.tx, committee, new, seat)
    person = Person(new, committee, name, None, (seat,))
    detail = {
        "name": name,
        "role": seat.role.value,
        "body": seat.body,
        "office": seat.office,
        "full_time": seat.full_time,
    }
    await work.record(committee, office.actor, "person_added", subject(person), detail)
    await tell_heads(work, office, person, "added", {})
    await staffing.changed.happened(work, committee)
    return person


async def _own(work: UnitOfWork, account: int, draft_id: int) -> Form | Refusal:
    draft = await drafts.get(work.tx, draft_id)
    if draft is None or draft.kind != KIND:
        return Refusal("stale_question")
    office = await access.clerk_of(work, account, draft.committee)
    if isinstance(office, Refusal) or office.actor.id != draft.person:
        return NO_RIGHT
    return _form(office, draft)


async def _kept(
    work: UnitOfWork, account: int, form: Form, fields: dict[str, Any]
) -> Card | Refusal:
    await drafts.fill(work.tx, form.draft, fields, work.now)
    draft = await drafts.get(work.tx, form.draft.id)
    return await _shown(work, account, _form(form.office, draft or form.draft))


async def _shown(work: UnitOfWork, account: int, form: Form) -> Card:
    ref = {"draft": form.draft.id}
    await drafts.await_words(work.tx, account, "people_new", ref, work.now)
    return card(work.say, form)


def _form(office: Office, draft: Draft) -> Form:
    asked = _asked(office.regulation, draft.fields)
    empty = [field for field in asked if field not in draft.fields]
    field = empty[0] if empty else "preview"
    return Form(draft, office, field, asked.get(field, ()))


def _asked(regulation: Regulation, given: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """The questions in order, each with the answers that fit those before it."""
    asked: dict[str, tuple[str, ...]] = {"name": (), "role": _roles(regulation)}
    role = Role(given["role"]) if "role" in given else None
    if role is None or role in BESIDE:
        return asked
    asked["body"] = tuple(body or EVERY_BODY for body in bodies_for(regulation, role))
    if "body" not in given:
        return asked
    body = "" if given["body"] == EVERY_BODY else given["body"]
    asked["office"] = offered(regulation, role, body)
    if given.get("office") not in (None, AGENCY):
        asked["full_time"] = ("yes", "no")
    return asked


def _roles(regulation: Regulation) -> tuple[str, ...]:
    agencies = any(body.of_agencies for body in regulation.bodies)
    roles = (Role.MEMBER, *((Role.OFFICER,) if agencies else ()), Role.CLERK, Role.UNIT, Role.GUEST)
    return tuple(role.value for role in roles)


def card(say: Rendering, form: Form) -> Card:
    """The question that stands; at the end the whole, to be entered."""
    bodies = body_names(form.office.regulation)
    complete = form.field == "preview"
    text = say.text(
        "people_new",
        committee=form.office.committee.name,
        field=form.field,
        name=form.draft.fields.get("name"),
        role=form.draft.fields.get("role"),
        seat=seat_view(say, form.seat, bodies) if complete else None,
    )
    rows: Rows = [(_answer(say, form, value),) for value in form.choices]
    draft = form.draft.id
    if complete:
        rows.append((act_button(say, "new_yes", draft, style="success"),))
    if form.draft.fields:
        rows.append((Button(say.label("button.back"), action("people_new_back", draft)),))
    rows.append((act_button(say, "new_drop", draft),))
    return Card(text, tuple(rows))


def _answer(say: Rendering, form: Form, value: str) -> Button:
    return Button(_label(say, form, value), action("people_new", form.draft.id, form.field, value))


def _label(say: Rendering, form: Form, value: str) -> str:
    match form.field:
        case "body":
            names = body_names(form.office.regulation)
            return names.get(value) or say.label("people_button.all_bodies")
        case "office":
            return initial(say.label(f"office.{value}"))
        case "full_time":
            key = "full_time" if value == "yes" else "part_time"
            return initial(say.label(f"service.{key}"))
        case _:
            return say.label(f"people_role.{value}")


def dropped(say: Rendering, committee: int) -> Card:
    """The form was put aside."""
    return Card(say.text("people_new_dropped"), (to_list(say, committee),))
