"""Cards about people: the welcome, the list, the search. Words live in templates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.domain.card import Button, Card, Style
from bot.domain.founding import AGENCY
from bot.domain.people import BESIDE, Person, Role, SeatHeld
from bot.domain.press import press
from bot.domain.regulation import Regulation
from bot.rendering import Rendering
from bot.services.personnel import Office

PAGE = 10
"""People on one page of the list; each is a button too."""

Rows = list[tuple[Button, ...]]


@dataclass(frozen=True, slots=True)
class SeatView:
    """A seat in words: the office, the body (none for a clerk), how it is held."""

    role: str
    office: str
    body: str
    full_time: bool


def body_names(regulation: Regulation) -> dict[str, str]:
    """Bodies by id in the words of their regulation."""
    return {body.id: body.name for body in regulation.bodies}


def seat_view(say: Rendering, seat: SeatHeld, bodies: Mapping[str, str]) -> SeatView:
    """One seat in words."""
    office = say.label("office.clerk" if seat.role is Role.CLERK else f"office.{seat.office}")
    return SeatView(seat.role.value, office, bodies.get(seat.body, seat.body), seat.full_time)


def seats(say: Rendering, person: Person, regulation: Regulation) -> tuple[SeatView, ...]:
    """Every seat of a person in words."""
    bodies = body_names(regulation)
    return tuple(seat_view(say, seat, bodies) for seat in person.seats)


def is_agency(person: Person) -> bool:
    """Whether the person stands for an agency or a unit, which is addressed otherwise."""
    return any(seat.office == AGENCY or seat.role is Role.UNIT for seat in person.seats)


def home(say: Rendering) -> tuple[Button, ...]:
    """The way back to the first screen."""
    return (Button(say.label("button.home"), press("home")),)


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
        agency=is_agency(person),
        again=again,
    )
    return Card(text, (home(say),))


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
    say: Rendering, office: Office, shown: Sequence[Person], page: int, *, waiting: bool
) -> Card:
    """One page of the list; a page beyond the last shows the last."""
    pages = max(1, -(-len(shown) // PAGE))
    page = min(page, pages - 1)
    part = shown[page * PAGE : (page + 1) * PAGE]
    text = say.text(
        "people_list",
        committee=office.committee.name,
        lines=_lines(say, office, part, page * PAGE + 1),
        total=len(office.everybody),
        joined=sum(p.joined for p in office.everybody),
        waiting=waiting,
        page=page + 1,
        pages=pages,
    )
    only = "waiting" if waiting else "all"
    rows = [*_named(part), *_turns(say, office.committee.id, page, pages, only)]
    rows += _list_acts(say, office, waiting=waiting)
    return Card(text, (*rows, home(say)))


def _lines(say: Rendering, office: Office, part: Sequence[Person], first: int) -> list[Line]:
    return [
        Line(number, p.name, seats(say, p, office.regulation), p.joined, p.reachable)
        for number, p in enumerate(part, first)
    ]


def _named(part: Sequence[Person]) -> Rows:
    return [(Button(p.name, press("people_one", p.id)),) for p in part]


def _turns(say: Rendering, committee: int, page: int, pages: int, only: str) -> Rows:
    if pages == 1:
        return []
    ahead = press("people", committee, (page + 1) % pages, only)
    back = press("people", committee, (page - 1) % pages, only)
    labels = say.label("button.page_before"), say.label("button.page_after")
    return [(Button(labels[0], back), Button(labels[1], ahead))]


def _list_acts(say: Rendering, office: Office, *, waiting: bool) -> Rows:
    committee = office.committee.id
    rows: Rows = [(act_button(say, "find", committee),)]
    only = "all" if waiting else "waiting"
    rows.append((Button(say.label(f"people_button.{only}"), press("people", committee, 0, only)),))
    if office.may_edit:
        rows.append((act_button(say, "add", committee),))
    return rows


def act_button(say: Rendering, act: str, *args: str | int, style: Style | None = None) -> Button:
    """A control for one act about people."""
    return Button(say.label(f"people_button.{act}"), press(f"people_{act}", *args), style=style)


def to_list(say: Rendering, committee: int) -> tuple[Button, ...]:
    """The way back to the list."""
    return (Button(say.label("people_button.list"), press("people", committee)),)


def to_person(say: Rendering, person_id: int) -> tuple[Button, ...]:
    """The way back to one person."""
    return (Button(say.label("button.back"), press("people_one", person_id)),)


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
