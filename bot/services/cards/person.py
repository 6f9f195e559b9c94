"""Cards about one person: seats, acts, what is asked before an act. Words live in templates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.domain.card import Button, Card
from bot.domain.founding import AGENCY
from bot.domain.people import BESIDE, Person, Role, SeatHeld
from bot.domain.press import press
from bot.domain.regulation import Body, Regulation
from bot.rendering import Rendering, initial
from bot.services.cards.people import (
    Rows,
    act_button,
    body_names,
    home,
    is_agency,
    seat_view,
    seats,
    to_list,
    to_person,
)
from bot.services.personnel import Found, Office

MATTERS = 5
"""Running matters to which a confirmation leads."""


def card(say: Rendering, found: Found, now: datetime) -> Card:
    """One person: seats, whether joined, and for the clerk what can be done."""
    one, office = found.person, found.office
    text = say.text(
        "people_one",
        committee=office.committee.name,
        name=one.name,
        agency=is_agency(one),
        seats=seats(say, one, office.regulation),
        joined=one.joined,
        reachable=one.reachable,
        invited_until=found.invited_until,
        rebinding=found.rebinding,
        now=now,
    )
    acts = _person_acts(say, found) if office.may_edit else []
    return Card(text, (*acts, to_list(say, office.committee.id)))


def _person_acts(say: Rendering, found: Found) -> Rows:
    one = found.person
    rows: Rows = [(act_button(say, "rebind" if one.joined else "invite", one.id),)]
    rows.append((act_button(say, "rename", one.id),))
    bodies = body_names(found.office.regulation)
    for seat in one.seats:
        if seat.role not in BESIDE:
            name = bodies.get(seat.body, say.label("people_button.all_bodies"))
            label = say.label("people_button.seat", body=name)
            rows.append((Button(label, press("people_seat", one.id, seat.body)),))
    if free_bodies(found.office, one):
        rows.append((act_button(say, "join", one.id),))
    rows.append((act_button(say, "retire", one.id, style="danger"),))
    return rows


def free_bodies(office: Office, one: Person) -> list[Body]:
    """Bodies in which a member has no seat yet; a clerk and an officer get none."""
    if any(seat.role is not Role.MEMBER for seat in one.seats):
        return []
    return [body for body in office.regulation.bodies if one.seat_in(body.id) is None]


def asks_name(say: Rendering, one: Person) -> Card:
    """Asks for the name as it should be written."""
    return Card(say.text("people_rename", name=one.name), (to_person(say, one.id),))


def seat(say: Rendering, office: Office, one: Person, held: SeatHeld) -> Card:
    """One seat: its office and how it is held, each to be changed by a press."""
    view = seat_view(say, held, body_names(office.regulation))
    rows: Rows = [
        (_office_button(say, "people_office", one.id, held.body, name),)
        for name in offered(office.regulation, held.role, held.body)
        if name != held.office
    ]
    if held.office != AGENCY:
        key = "part_time" if held.full_time else "full_time"
        label = say.label(f"people_button.{key}")
        rows.append((Button(label, press("people_time", one.id, held.body, key)),))
    if len(one.seats) > 1:
        rows.append((act_button(say, "leave", one.id, held.body, style="danger"),))
    text = say.text("people_seat", name=one.name, seat=view)
    return Card(text, (*rows, to_person(say, one.id)))


def _office_button(say: Rendering, action: str, one: int, body: str, office: str) -> Button:
    label = initial(say.label(f"office.{office}"))
    return Button(label, press(action, one, body, office))


def offered(regulation: Regulation, role: Role, body: str) -> tuple[str, ...]:
    """The offices that the regulation describes and that fit there."""
    agencies = role is Role.MEMBER and bool(body) and regulation.body(body).of_agencies
    return tuple(name for name in regulation.offices if (name == AGENCY) == agencies)


def asks_body(say: Rendering, office: Office, one: Person) -> Card:
    """Which further body somebody joins."""
    rows = [
        (Button(body.name, press("people_join_body", one.id, body.id)),)
        for body in free_bodies(office, one)
    ]
    text = say.text("people_join", name=one.name, body=None)
    return Card(text, (*rows, to_person(say, one.id)))


def asks_office(say: Rendering, office: Office, one: Person, body: Body) -> Card:
    """With which office somebody joins a further body."""
    rows = [
        (_office_button(say, "people_join_yes", one.id, body.id, name),)
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
) -> Card:
    """Asks once more before what cannot be undone; running matters keep their rolls, and it says so."""
    text = say.text(
        f"people_{act}",
        name=one.name,
        agency=is_agency(one),
        joined=one.joined,
        running=running,
        headless=[each.name for each in headless],
        body=body,
    )
    yes = Button(
        say.label(f"people_button.{act}_yes"), press(f"people_{act}_yes", *args), style="danger"
    )
    matters: Rows = [
        (Button(say.label("people_button.matter", number=number), press("dash", matter)),)
        for matter, number, _ in running[:MATTERS]
    ]
    return Card(text, ((yes,), *matters, to_person(say, one.id)))


def retired(say: Rendering, committee: int, name: str, running: int) -> Card:
    """Somebody has left the committee."""
    text = say.text("people_retired", name=name, running=running)
    return Card(text, (to_list(say, committee),))


# --- messages that an act owes ---------------------------------------------------------------


def invitation(say: Rendering, one: Person, link: str, expires_at: datetime) -> Card:
    """The link for the clerk to pass on; it is shown once."""
    agency = is_agency(one)
    view = {"name": one.name, "agency": agency, "link": link, "expires_at": expires_at}
    return Card(say.text("people_invitation", **view))


def freed(say: Rendering, committee: str, one: Person, why: str) -> Card:
    """To an account that is somebody's no longer."""
    return Card(say.text("people_freed", committee=committee, name=one.name, why=why))


def changed(
    say: Rendering, office: Office, one: Person, act: str, view: Mapping[str, object]
) -> Card:
    """To the heads: what the clerk changed about somebody."""
    bodies = body_names(office.regulation)
    held = view.get("seat")
    text = say.text(
        "people_changed",
        committee=office.committee.name,
        by=office.actor.name,
        act=act,
        name=one.name,
        seat=seat_view(say, held, bodies) if isinstance(held, SeatHeld) else None,
        seats=seats(say, one, office.regulation),
        before=view.get("before", ""),
    )
    return Card(text)


# --- another account -------------------------------------------------------------------------


def confirms_rebinding(say: Rendering, one: Person, approvers: Sequence[Person]) -> Card:
    """What asking for another account means, before it is asked."""
    names = [head.name for head in approvers]
    text = say.text("people_rebind", name=one.name, agency=is_agency(one), approvers=names)
    yes = act_button(say, "rebind_yes", one.id, style="primary")
    return Card(text, ((yes,), to_person(say, one.id)))


def asks_rebinding(say: Rendering, office: Office, one: Person, clerk: Person, wish: int) -> Card:
    """To the head: whether somebody may join with another account."""
    text = say.text(
        "people_rebind_asked",
        committee=office.committee.name,
        name=one.name,
        agency=is_agency(one),
        seats=seats(say, one, office.regulation),
        clerk=clerk.name,
    )
    yes = act_button(say, "rebind_ok", wish, style="success")
    no = act_button(say, "rebind_no", wish, style="danger")
    return Card(text, ((yes,), (no,)))


def rebinding_settled(
    say: Rendering, one: Person, by: Person, *, approved: bool, head: bool
) -> Card:
    """What became of the wish: to the head who answered, or to the clerk who asked."""
    text = say.text(
        "people_rebind_settled",
        name=one.name,
        agency=is_agency(one),
        by=by.name,
        approved=approved,
        head=head,
    )
    return Card(text, (home(say),) if head else (to_person(say, one.id),))
