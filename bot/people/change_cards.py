"""Cards of a change of who sits where: as it is asked, what it rests on, as it was made. Words live in templates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.db.approvals import Request
from bot.db.notice import Button, Card, Row
from bot.kit.seconding_cards import Asked
from bot.kit.seconding_kinds import Decided
from bot.people.access import House, Office
from bot.people.cards import (
    PAGE,
    SeatView,
    body_names,
    is_agency,
    seat_view,
    seats,
    to_list,
    to_person,
)
from bot.people.rules.changes import Change, Does, bodies_of, everybody_after
from bot.people.rules.people import BESIDE, Person, Role, head_of, members_of
from bot.people.rules.rolls import SeveralHeads, several_heads
from bot.rendering import Rendering
from bot.values.action import Action, action


@dataclass(frozen=True, slots=True)
class Made:
    """A change that was made: of whom, asked by whom, upon which request, confirmed by whom."""

    change: Change
    person: Person
    asker: Person
    request: Request | None = None
    decided: Decided | None = None
    was: str = ""
    """The name before."""


def freed(say: Rendering, committee: str, made: Made, running: int) -> Card:
    """To an account that is somebody's no longer: why, by which decision, and what becomes of `running` matters."""
    text = say.text(
        "people_freed",
        committee=committee,
        name=made.person.name,
        agency=is_agency(made.person),
        why=made.change.does.value,
        asker=made.asker.name,
        request=made.request,
        decided=made.decided,
        running=running,
    )
    return Card(text)


@dataclass(frozen=True, slots=True)
class RollNow:
    """How a body stands now: how many sit in it, and who heads it."""

    body: str
    count: int
    head: str


def changed(say: Rendering, house: House, made: Made) -> Card:
    """To the whole roll: what has changed, by which decision, who asked and who confirmed, how the roll stands now."""
    change, person, everybody = made.change, made.person, house.staff.everybody
    names = body_names(house.regulation)
    seat = change.seat
    concerned = (seat,) if seat else person.seats
    bodies = bodies_of(concerned, house.regulation) if change.does is not Does.REBIND else []
    heads = {body.id: head_of(everybody, body) for body in bodies}
    rolls = [
        RollNow(body.name, len(members_of(everybody, body.id)), head.name if head else "")
        for body in bodies
        if (head := heads[body.id]) or members_of(everybody, body.id)
    ]
    text = say.text(
        "people_changed",
        committee=house.committee.name,
        act=change.does.value,
        name=person.name,
        agency=is_agency(person),
        seat=seat_view(say, seat, names) if seat else None,
        was=seat_view(say, change.before, names) if change.before and change.after else None,
        seats=seats(say, person, house.regulation),
        before=made.was,
        after=change.name,
        decides_on=_decides_on(change),
        asker=made.asker.name,
        request=made.request,
        decided=made.decided,
        rolls=rolls if any(each.role not in BESIDE for each in concerned) else [],
    )
    return Card(text)


def wish(say: Rendering, house: House, change: Change, running: int = 0) -> Asked:
    """A change that is asked for, in words, and its name on a button.

    `running` matters have who is to leave on their frozen rolls.
    """
    person = house.person(change.person)
    names = body_names(house.regulation)
    view = {
        "act": change.does.value,
        "name": person.name if person else change.name,
        "after": change.name,
        "agency": is_agency(person) if person else False,
        "seat": seat_view(say, change.seat, names) if change.seat else None,
        "was": seat_view(say, change.before, names) if change.before and change.after else None,
        "seats": _beside(seats(say, person, house.regulation), change) if person else (),
        "running": running,
        "several_heads": _several_heads(house, change),
    }
    does = _PART.get(change.does, change.does) if _is_part(change) else change.does
    title = say.label(f"people_wish.{does}", name=view["name"])
    return Asked("people_wish", view, title, _decides_on(change))


_PART = {Does.ADD_SEAT: "clerk_added", Does.END_SEAT: "clerk_ended"}
"""What is asked of the office's part beside other seats, as a button names it."""


def _is_part(change: Change) -> bool:
    return change.seat is not None and change.seat.role is Role.CLERK


def _beside(held: tuple[SeatView, ...], change: Change) -> tuple[SeatView, ...]:
    """All seats of a person; of whom the office's part is asked, those that stay, also once it was given."""
    return tuple(seat for seat in held if not _is_part(change) or seat.role != Role.CLERK)


def _several_heads(house: House, change: Change) -> tuple[SeveralHeads, ...]:
    """Where the change gives an office that heads a body and that another holds already."""
    seat = change.after
    if seat is None or seat.role is not Role.MEMBER:
        return ()
    names = body_names(house.regulation)
    after = several_heads(everybody_after(change, house.staff.everybody), house.regulation)
    return tuple(
        each for each in after if (each.body, each.office) == (names.get(seat.body), seat.office)
    )


def _decides_on(change: Change) -> bool:
    """Whether a decision can stand behind it: not behind another account, nor another spelling."""
    return change.does not in (Does.REBIND, Does.RENAME)


def asks_decision(say: Rendering, asked: Asked, person: int, none: Action | None) -> Card:
    """Asks for number and day of the decision; with `none` a button says that there is none."""
    text = say.text("people_decision", asked=asked, may_lack=none is not None)
    rows: list[Row] = [(Button(say.label("people_button.no_decision"), none),)] if none else []
    return Card(text, (*rows, to_person(say, person)))


def requests(say: Rendering, office: Office, waiting: Sequence[tuple[int, Asked]]) -> Card:
    """What the office has asked and nobody has decided yet."""
    rows: list[Row] = [
        (Button(asked.title, action("approval", number)),) for number, asked in waiting[:PAGE]
    ]
    text = say.text("people_requests", committee=office.committee.name, count=len(waiting))
    return Card(text, (*rows, to_list(say, office.committee.id)))
