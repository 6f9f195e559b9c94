"""Cards about people: the welcome, the list, the search, one person with its seats. Words live in templates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.db.notice import Button, Card, Row, Style
from bot.kit.ask import YES
from bot.kit.card import page_of, to_home
from bot.kit.seconding_cards import Asked
from bot.people.access import Found, Office
from bot.people.rules.changes import refuse_part
from bot.people.rules.founding import AGENCY
from bot.people.rules.people import BESIDE, Person, Role, SeatHeld
from bot.regulations.rules.meetings import VICE_PRESIDENT
from bot.regulations.rules.regulation import Body, Regulation
from bot.rendering import Rendering, initial
from bot.values.action import action

PAGE = 10
"""People on one page of the list; each is a button too."""


@dataclass(frozen=True, slots=True)
class SeatView:
    """A seat in words: the office, the body (none for a clerk), how it is held."""

    role: str
    office: str
    body: str
    full_time: bool
    vice_president: bool = False


def body_names(regulation: Regulation) -> dict[str, str]:
    """Bodies by id in the words of their regulation."""
    return {body.id: body.name for body in regulation.bodies}


def seat_view(say: Rendering, seat: SeatHeld, bodies: Mapping[str, str]) -> SeatView:
    """One seat in words."""
    office = say.label("office.clerk" if seat.role is Role.CLERK else f"office.{seat.office}")
    return SeatView(
        seat.role.value,
        office,
        bodies.get(seat.body, seat.body),
        seat.full_time,
        seat.part_time_vice_president,
    )


def seats(say: Rendering, person: Person, regulation: Regulation) -> tuple[SeatView, ...]:
    """Every seat of a person in words."""
    bodies = body_names(regulation)
    return tuple(seat_view(say, seat, bodies) for seat in person.seats)


def is_agency(person: Person) -> bool:
    """Whether the person stands for an agency or a unit, which is addressed otherwise."""
    return any(seat.office == AGENCY or seat.role is Role.UNIT for seat in person.seats)


def welcome(
    say: Rendering, person: Person, committee: str, regulation: Regulation, *, again: bool
) -> Card:
    """To somebody who has joined: the committee, the name, the seats, what the bot does."""
    text = say.text(
        "join_welcome",
        name=person.name,
        committee=committee,
        seats=seats(say, person, regulation),
        clerk=person.is_clerk,
        officer=any(seat.role is Role.OFFICER for seat in person.seats),
        beside=next((seat.role.value for seat in person.seats if seat.role in BESIDE), ""),
        asked=any(seat.role is Role.MEMBER for seat in person.seats),
        agency=is_agency(person),
        again=again,
    )
    return Card(text, (to_home(say),))


# --- the list --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Line:
    """One person on a list."""

    number: int
    name: str
    seats: tuple[SeatView, ...]
    joined: bool
    reachable: bool


def listed(
    say: Rendering,
    office: Office,
    shown: Sequence[Person],
    number: int,
    *,
    waiting: bool,
    requested: int = 0,
) -> Card:
    """One page of the list."""
    page = page_of(shown, number, PAGE)
    committee, only = office.committee.id, "waiting" if waiting else "all"
    text = say.text(
        "people_list",
        committee=office.committee.name,
        lines=_lines(say, office, page.entries, page.number * PAGE + 1),
        total=len(office.everybody),
        joined=sum(p.joined for p in office.everybody),
        waiting=waiting,
        page=page.number + 1,
        pages=page.count,
    )
    turns = page.turns(say, lambda to: action("people", committee, to, only))
    acts = _list_acts(say, office, waiting=waiting)
    if requested and office.may_edit:
        label = say.label("people_button.requests", count=requested)
        acts.insert(0, (Button(label, action("people_requests", committee)),))
    return Card(text, (*_named(page.entries), *turns, *acts, to_home(say)))


def _lines(say: Rendering, office: Office, part: Sequence[Person], first: int) -> list[Line]:
    return [
        Line(number, p.name, seats(say, p, office.regulation), p.joined, p.reachable)
        for number, p in enumerate(part, first)
    ]


def _named(part: Sequence[Person]) -> list[Row]:
    return [(Button(p.name, action("people_one", p.id)),) for p in part]


def _list_acts(say: Rendering, office: Office, *, waiting: bool) -> list[Row]:
    committee = office.committee.id
    rows: list[Row] = [(act_button(say, "find", committee),)]
    only = "all" if waiting else "waiting"
    rows.append((Button(say.label(f"people_button.{only}"), action("people", committee, 0, only)),))
    if office.may_edit:
        rows.append((act_button(say, "add", committee),))
    elif office.may_name_clerk:
        rows.append((Button(say.label("button.name_clerk"), action("people_add", committee)),))
    rows.append((Button(say.label("sheet_button.roster"), action("roster_sheet", committee)),))
    return rows


def act_button(say: Rendering, act: str, *args: str | int, style: Style | None = None) -> Button:
    """A control for one act about people."""
    return Button(say.label(f"people_button.{act}"), action(f"people_{act}", *args), style=style)


def to_list(say: Rendering, committee: int) -> Row:
    """The way back to the list."""
    return (Button(say.label("people_button.list"), action("people", committee)),)


def to_person(say: Rendering, person_id: int) -> Row:
    """The way back to one person."""
    return (Button(say.label("button.back"), action("people_one", person_id)),)


def asks_query(say: Rendering, office: Office) -> Card:
    """Asks for a name to look for."""
    text = say.text("people_find", committee=office.committee.name)
    return Card(text, (to_list(say, office.committee.id),))


def hits(say: Rendering, office: Office, query: str, found: Sequence[Person]) -> Card:
    """Who was found; when there are too many, the first ones and the advice to type more."""
    part = found[:PAGE]
    lines = _lines(say, office, part, 1)
    text = say.text("people_hits", query=query, lines=lines, total=len(found))
    again = act_button(say, "find", office.committee.id)
    return Card(text, (*_named(part), (again,), to_list(say, office.committee.id)))


MATTERS = 5
"""Running matters to which a confirmation leads."""


def card(
    say: Rendering,
    found: Found,
    now: datetime,
    *,
    invited_until: datetime | None = None,
    waiting: Sequence[tuple[int, Asked]] = (),
) -> Card:
    """One person: seats, whether joined, what waits around it, and for the clerk what can be done."""
    one, office = found.person, found.office
    text = say.text(
        "people_one",
        committee=office.committee.name,
        name=one.name,
        agency=is_agency(one),
        seats=seats(say, one, office.regulation),
        unit=one.unit,
        post=one.post,
        code=one.code,
        joined=one.joined,
        reachable=one.reachable,
        invited_until=invited_until,
        waiting=[asked for _, asked in waiting],
        now=now,
    )
    acts = _person_acts(say, found)
    pending: list[Row] = [
        (Button(asked.title, action("approval", number)),) for number, asked in waiting
    ]
    return Card(text, (*pending, *acts, to_list(say, office.committee.id)))


def _person_acts(say: Rendering, found: Found) -> list[Row]:
    """What the office does; a head invites once more whom he has named and who has not joined."""
    one = found.person
    if not found.office.may_edit:
        named = one.is_clerk and not one.joined and found.office.may_name_clerk
        invites: list[Row] = [(act_button(say, "invite", one.id),)] if named else []
        return [*invites, *_part_acts(say, found)]
    rows: list[Row] = [(act_button(say, "rebind" if one.joined else "invite", one.id),)]
    rows.append((act_button(say, "rename", one.id),))
    bodies = body_names(found.office.regulation)
    for seat in one.seats:
        if seat.role not in BESIDE:
            name = bodies.get(seat.body, say.label("people_button.all_bodies"))
            label = say.label("people_button.seat", body=name)
            rows.append((Button(label, action("people_seat", one.id, seat.body)),))
    if free_bodies(found.office, one):
        rows.append((act_button(say, "join", one.id),))
    rows += _part_acts(say, found)
    rows.append((act_button(say, "retire", one.id, style="danger"),))
    return rows


def _part_acts(say: Rendering, found: Found) -> list[Row]:
    """The office's part, given beside what somebody holds, or ended."""
    one, office = found.person, found.office
    if office.may_name_clerk and refuse_part(one) is None:
        own = one.id == office.actor.id
        label = say.label("people_button.clerk_self" if own else "people_button.clerk")
        return [(Button(label, action("people_clerk", one.id)),)]
    if office.may_edit and one.is_clerk and len(one.seats) > 1:
        return [(act_button(say, "clerk_no", one.id, style="danger"),)]
    return []


def free_bodies(office: Office, one: Person) -> list[Body]:
    """Bodies in which a member has no seat yet; who is a clerk alone and an officer get none."""
    held = [seat for seat in one.seats if seat.role is not Role.CLERK]
    if not held or any(seat.role is not Role.MEMBER for seat in held):
        return []
    return [body for body in office.regulation.bodies if one.seat_in(body.id) is None]


def asks_name(say: Rendering, one: Person) -> Card:
    """Asks for the name as it should be written."""
    return Card(say.text("people_rename", name=one.name), (to_person(say, one.id),))


def seat(say: Rendering, office: Office, one: Person, held: SeatHeld) -> Card:
    """One seat: its office and how it is held, each to be changed by a press."""
    view = seat_view(say, held, body_names(office.regulation))
    rows: list[Row] = [
        (_office_button(say, "people_office", one.id, held.body, name),)
        for name in offered(office.regulation, held.role, held.body)
        if name != held.office
    ]
    if held.office != AGENCY:
        key = "part_time" if held.full_time else "full_time"
        label = say.label(f"people_button.{key}")
        rows.append((Button(label, action("people_time", one.id, held.body, key)),))
    if uses_mark(office.regulation, held):
        marked = held.part_time_vice_president
        key = "no_vice_president" if marked else "vice_president"
        label = say.label(f"people_button.{key}")
        to = action("people_mark", one.id, held.body, "off" if marked else "on")
        rows.append((Button(label, to),))
    if len(one.seats) > 1:
        rows.append((act_button(say, "leave", one.id, held.body, style="danger"),))
    text = say.text("people_seat", name=one.name, seat=view)
    return Card(text, (*rows, to_person(say, one.id)))


def uses_mark(regulation: Regulation, held: SeatHeld) -> bool:
    """Whether the quorum of the seat's body asks who is a part-time vice president."""
    body = next((each for each in regulation.bodies if each.id == held.body), None)
    rules = body.meetings if body else None
    condition = rules.quorum.condition if rules and rules.quorum else None
    return condition is not None and VICE_PRESIDENT in condition.when_absent


def _office_button(say: Rendering, act: str, one: int, body: str, office: str) -> Button:
    label = initial(say.label(f"office.{office}"))
    return Button(label, action(act, one, body, office))


def offered(regulation: Regulation, role: Role, body: str) -> tuple[str, ...]:
    """The offices that the regulation describes and that fit there."""
    there = next((each for each in regulation.bodies if each.id == body), None)
    agencies = role is Role.MEMBER and there is not None and there.of_agencies
    return tuple(name for name in regulation.offices if (name == AGENCY) == agencies)


def asks_body(say: Rendering, office: Office, one: Person) -> Card:
    """Which further body somebody joins."""
    rows = [
        (Button(body.name, action("people_join", one.id, body.id)),)
        for body in free_bodies(office, one)
    ]
    text = say.text("people_join", name=one.name, body=None)
    return Card(text, (*rows, to_person(say, one.id)))


def asks_office(say: Rendering, office: Office, one: Person, body: Body) -> Card:
    """With which office somebody joins a further body."""
    rows = [
        (_office_button(say, "people_join", one.id, body.id, name),)
        for name in offered(office.regulation, Role.MEMBER, body.id)
    ]
    text = say.text("people_join", name=one.name, body=body.name)
    return Card(text, (*rows, to_person(say, one.id)))


def confirms(
    say: Rendering,
    one: Person,
    act: str,
    args: tuple[str | int, ...],
    *,
    running: Sequence[tuple[int, int | None, str]] = (),
    headless: Sequence[Body] = (),
    body: str = "",
    second: bool = True,
) -> Card:
    """Asks once more before what cannot be undone; running matters keep their rolls, and it says so.

    What a `second` person must confirm goes on to the decision that it rests on.
    """
    text = say.text(
        f"people_{act}",
        name=one.name,
        agency=is_agency(one),
        joined=one.joined,
        running=running,
        headless=[each.name for each in headless],
        body=body,
        second=second,
    )
    label = say.label("people_button.go_on" if second else f"people_button.{act}_yes")
    answers = (YES,) if second else (YES, "")
    yes = Button(label, action(f"people_{act}", *args, *answers), style="danger")
    matters: list[Row] = [
        (Button(say.label("people_button.matter", number=number), action("dash", matter)),)
        for matter, number, _ in running[:MATTERS]
    ]
    return Card(text, ((yes,), *matters, to_person(say, one.id)))


def retired(say: Rendering, committee: int, name: str, running: int) -> Card:
    """Somebody has left the committee."""
    text = say.text("people_retired", name=name, running=running)
    return Card(text, (to_list(say, committee),))


# --- messages that an act owes ---------------------------------------------------------------


def invitation(
    say: Rendering, one: Person, link: str, expires_at: datetime, others: Sequence[str] = ()
) -> Card:
    """The link to be passed on; it is shown once, to its reader and to those others."""
    agency = is_agency(one)
    view = {"name": one.name, "agency": agency, "link": link, "expires_at": expires_at}
    view["others"] = others
    return Card(say.text("people_invitation", **view))


def invited_by_machine(say: Rendering, committee: str, one: Person) -> Card:
    """To everybody who sits: an invitation was issued where nobody but the office could have been shown it."""
    view = {"committee": committee, "name": one.name, "agency": is_agency(one)}
    return Card(say.text("people_invited_by_machine", **view))


# --- another account -------------------------------------------------------------------------


def confirms_rebinding(say: Rendering, one: Person, seconds: Sequence[Person]) -> Card:
    """What asking for another account means, before it is asked."""
    names = [each.name for each in seconds]
    text = say.text("people_rebind", name=one.name, agency=is_agency(one), seconds=names)
    label = say.label("people_button.rebind_yes")
    yes = Button(label, action("people_rebind", one.id, YES), style="primary")
    return Card(text, ((yes,), to_person(say, one.id)))
