"""The form "Thêm người": a name, a role, a seat, the decision; in the end it is asked for, or entered.

A head, or who stands in with all that the head does, fills it in to name a clerk: the role is given then.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.db.drafts import Draft
from bot.db.notice import Button, Card, Row
from bot.kit.act import press
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
from bot.kit.screen import Screen
from bot.kit.taps import Tap
from bot.kit.unit import Context, UnitOfWork
from bot.kit.waiting import for_clerks, home_row
from bot.people import access, changing
from bot.people.access import Found, Office
from bot.people.cards import body_names, offered, seat_view, to_list
from bot.people.decision import read_decision, refuse_decision
from bot.people.roster import person_shown
from bot.people.rules.changes import Change, Does, needs_decision, refuse_clerk, refuse_name
from bot.people.rules.founding import AGENCY, bodies_for
from bot.people.rules.people import BESIDE, Person, Role, SeatHeld
from bot.people.staffing import waits
from bot.rendering import Rendering, initial
from bot.values.action import action
from bot.values.limits import PERSON_NAME_LIMIT
from bot.values.refusal import NO_RIGHT, Refused, faulty, refuse, require
from bot.values.texts import TextFault, clean_line
from bot.values.typed_days import LONGEST

QUESTIONS = ("name", "role", "body", "office", "full_time", "decision")
TYPED = ("name", "decision")
"""What is typed; it fits whatever the others are."""
NO_DECISION = ""
"""The answer that there is no decision with a number."""
EVERY_BODY = "-"
"""The answer of an officer who heads every body of agencies."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewcomerView(View):
    """The form before the clerk who fills it in, or the head who names a clerk."""

    office: Office

    @property
    def names_clerk(self) -> bool:
        """Whether it is for naming a clerk alone."""
        return not self.office.may_edit

    @property
    def fields(self) -> dict[str, Any]:
        """The answers so far, without those that fit no longer: another role may leave no such seat.

        Behind a question that is asked again nothing is judged before its answer is there.
        """
        named = {"role": Role.CLERK.value} if self.names_clerk else {}
        given, fitting = {**self.draft.fields, **named}, dict[str, Any]()
        for place, name in enumerate(QUESTIONS):
            if name not in given:
                return fitting | {each: given[each] for each in QUESTIONS[place:] if each in given}
            if name in TYPED or given[name] in self._choices(name, fitting):
                fitting[name] = given[name]
        return fitting

    def choices(self, name: str) -> tuple[str, ...]:
        """The answers that may be pressed; none where the question is not asked, or asks for words."""
        return self._choices(name, self.fields)

    def _choices(self, name: str, given: dict[str, Any]) -> tuple[str, ...]:
        role = Role(given["role"]) if "role" in given else None
        if name == "role":
            return self._roles()
        if role is None or role in BESIDE or name not in QUESTIONS[2:-1]:
            return ()
        if name == "body":
            bodies = bodies_for(self.office.regulation, role)
            return tuple(body or EVERY_BODY for body in bodies)
        if name == "office":
            return offered(self.office.regulation, role, _body(given)) if "body" in given else ()
        return ("yes", "no") if given.get("office") not in (None, AGENCY) else ()

    def _roles(self) -> tuple[str, ...]:
        if self.names_clerk:
            return (Role.CLERK.value,)
        agencies = any(body.of_agencies for body in self.office.regulation.bodies)
        officer = (Role.OFFICER,) if agencies else ()
        return tuple(
            role.value for role in (Role.MEMBER, *officer, Role.CLERK, Role.UNIT, Role.GUEST)
        )

    @property
    def counts(self) -> bool:
        """Whether it is a seat that a second person confirms; guests and units are not."""
        return self.fields.get("role") not in (None, Role.GUEST.value, Role.UNIT.value)

    @property
    def change(self) -> Change:
        """What is asked for; only asked once the seat is answered."""
        return Change(Does.ADD_PERSON, self.fields["name"], after=self.seat)

    @property
    def seat(self) -> SeatHeld:
        """The seat as answered; only asked once it is."""
        given = self.fields
        role = Role(given["role"])
        if role in BESIDE:
            return SeatHeld(role, "", role.value)
        return SeatHeld(role, _body(given), given["office"], given.get("full_time") != "no")


def _body(given: dict[str, Any]) -> str:
    return "" if given["body"] == EVERY_BODY else str(given["body"])


home_row(71, "people_add")(for_clerks)


@home_row(72, "name_clerk", action="people_add")
async def _on_home_of_head(work: UnitOfWork, person: Person) -> bool:
    return not person.is_clerk and (await access.seen_by(work, person)).may_name_clerk


@press("people_add")
async def begin(context: Context, tap: Tap) -> Screen:
    """The press "Thêm người" or "Chỉ định cán bộ văn phòng": begin a form, or go on with the one left unfinished."""
    async with context.work() as work:
        office = await access.namer_of(work, tap.account, tap.number(0))
        return await FORM.begin(work, office.actor, {})


async def begin_with(work: UnitOfWork, clerk: Person, name: str) -> Screen:
    """The form begun anew for somebody whose name is known already."""
    return await FORM.begin(work, clerk, {"name": name}, again=True)


async def _view(work: UnitOfWork, person: Person, draft: Draft) -> NewcomerView:
    office = await access.seen_by(work, person)
    if not office.may_name_clerk:
        raise Refused(NO_RIGHT)
    return NewcomerView(draft=draft, person=person, files=(), now=work.now, office=office)


# --- answers ---------------------------------------------------------------------------------


def _name(view: NewcomerView, text: str, _at: datetime) -> Answers:
    return {"name": _free(view, text)}


def _free(view: NewcomerView, text: str) -> str:
    """A name as it is kept, when nobody else in the committee bears it; of a list no name is made."""
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) > 1:
        refuse("one_name", lines=len(lines), clerk=not view.names_clerk)
    name = clean_line(text, PERSON_NAME_LIMIT)
    if isinstance(name, TextFault):
        raise Refused(faulty(name))
    judge = refuse_clerk if view.names_clerk else refuse_name
    require(judge(view.office.everybody, name))
    return name


def _decided(view: NewcomerView, text: str, at: datetime) -> Answers:
    line = clean_line(text, LONGEST)
    if isinstance(line, TextFault):
        raise Refused(faulty(line))
    require(refuse_decision(view, line, at))
    return {"decision": line}


def _undecided(view: NewcomerView, _value: str) -> Answers:
    """The button that there is no decision; only where none is needed."""
    if needs_decision(view.change, None):
        refuse("decision_needed")
    return {"decision": NO_DECISION}


def _choice(name: str) -> Field[NewcomerView]:
    """A question answered by one of its buttons."""

    def pressed(view: NewcomerView, value: str) -> Answers:
        if value not in view.choices(name):
            refuse("stale_question")
        return {name: value}

    return Field(name, pressed=pressed, asked=lambda view: _is_open(view, name))


def _is_open(view: NewcomerView, name: str) -> bool:
    """Whether there is something to choose; a head who names a clerk has chosen the role."""
    return bool(view.choices(name)) and not (name == "role" and view.names_clerk)


# --- what is sent in the end -----------------------------------------------------------------


async def _add(work: UnitOfWork, view: NewcomerView) -> Screen:
    """Who stands on no roll is entered, and an invitation goes to the clerk; else it waits for the second person."""
    clerk, name = view.office.actor, _free(view, view.fields["name"])
    decision = read_decision(view.fields.get("decision", NO_DECISION), work.now)
    request = await changing.ask(work, clerk, replace(view.change, name=name), decision)
    if request is not None:
        return await waits(work, clerk.account or 0, request)
    office = await access.seen_by(work, clerk)
    person = next(each for each in office.everybody if each.name == name)
    return await person_shown(work, Found(office, person), "added")


# --- how it looks ----------------------------------------------------------------------------


def _card(say: Rendering, view: NewcomerView, field: str) -> Card:
    """The question that stands; at the end the whole, to be entered."""
    complete = field == PREVIEW
    text = say.text(
        "people_new",
        committee=view.office.committee.name,
        field=field,
        names_clerk=view.names_clerk,
        name=view.fields.get("name"),
        role=view.fields.get("role"),
        seat=seat_view(say, view.seat, body_names(view.office.regulation)) if complete else None,
        decision=view.fields.get("decision"),
        needs_decision=field == "decision" and needs_decision(view.change, None),
        second=view.counts,
    )
    rows: list[Row] = [
        (Button(_label(say, view, field, value), answer(view, field, value)),)
        for value in view.choices(field)
    ]
    if field == "name" and view.names_clerk:
        rows += _of_the_list(say, view)
    if field == "decision" and not needs_decision(view.change, None):
        label = say.label("people_button.no_decision")
        rows.append((Button(label, answer(view, field, NO_DECISION)),))
    if complete:
        label = say.label("people_button.ask" if view.counts else "people_button.new_yes")
        rows += preview_rows(say, FORM, view, label)
    return Card(text, (*rows, *ways_out(say, FORM, view, home=False)))


def _of_the_list(say: Rendering, view: NewcomerView) -> list[Row]:
    """Instead of somebody new: who fills it in takes the part, or gives it to another of the list."""
    actor = view.office.actor
    own = Button(say.label("people_button.clerk_self"), action("people_clerk", actor.id))
    label = say.label("people_button.clerk_listed")
    return [(own,), (Button(label, action("people", view.office.committee.id)),)]


def _label(say: Rendering, view: NewcomerView, field: str, value: str) -> str:
    match field:
        case "body":
            names = body_names(view.office.regulation)
            return names.get(value) or initial(say.label("people_button.all_bodies"))
        case "office":
            return initial(say.label(f"office.{value}"))
        case "full_time":
            key = "full_time" if value == "yes" else "part_time"
            return initial(say.label(f"service.{key}"))
        case _:
            return say.label(f"people_role.{value}")


def _dropped(say: Rendering, view: NewcomerView) -> Card:
    return Card(say.text("people_new_dropped"), (to_list(say, view.draft.committee),))


FORM = Form(
    "person",
    (
        Field("name", said=_name),
        *(_choice(name) for name in QUESTIONS[1:-1]),
        Field("decision", pressed=_undecided, said=_decided, asked=lambda view: view.counts),
    ),
    view=_view,
    card=_card,
    send=_add,
    dropped=_dropped,
    gone="stale_question",
)
