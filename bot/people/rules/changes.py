"""A change of who sits where, as one value: what it is, whom it concerns, why it cannot be made. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from bot.people.rules.founding import AGENCY
from bot.people.rules.people import (
    BESIDE,
    CLERKS_PART,
    Person,
    Role,
    SeatHeld,
    is_only_clerk,
    members_of,
)
from bot.regulations.rules.regulation import Body, Regulation
from bot.values.refusal import Refusal


class Does(StrEnum):
    """What a change does; the register calls its lines so."""

    ADD_PERSON = "person_added"
    RENAME = "renamed"
    ADD_SEAT = "seat_added"
    CHANGE_SEAT = "seat_changed"
    END_SEAT = "seat_ended"
    RETIRE = "retired"
    REBIND = "rebound"


@dataclass(frozen=True, slots=True)
class Change:
    """One change; `name` is that of the person as it will be, `person` is None where somebody is added."""

    does: Does
    name: str
    person: int | None = None
    before: SeatHeld | None = None
    after: SeatHeld | None = None

    @property
    def seat(self) -> SeatHeld | None:
        """The seat that it is about; None where it is about the whole person."""
        return self.after or self.before

    @property
    def seats(self) -> tuple[SeatHeld, ...]:
        """The seats that it is about, as they are and as they will be; none where it is about the whole person."""
        return tuple(seat for seat in (self.before, self.after) if seat is not None)

    def kept(self) -> dict[str, Any]:
        """As it is kept with a request."""
        return {
            "does": self.does.value,
            "name": self.name,
            "person": self.person,
            "before": _kept(self.before),
            "after": _kept(self.after),
        }

    @staticmethod
    def of(kept: Mapping[str, Any]) -> Change:
        """What was kept so."""
        return Change(
            Does(kept["does"]),
            kept["name"],
            kept["person"],
            _seat(kept["before"]),
            _seat(kept["after"]),
        )


def _kept(seat: SeatHeld | None) -> list[Any] | None:
    if seat is None:
        return None
    marks = [seat.full_time, seat.part_time_vice_president]
    return [seat.role.value, seat.body, seat.office, *marks, seat.place]


def _seat(kept: list[Any] | None) -> SeatHeld | None:
    if kept is None:
        return None
    role, body, office, full_time, vice_president, place = kept
    return SeatHeld(Role(role), body, office, full_time, place, vice_president)


def counts(seats: Sequence[SeatHeld]) -> bool:
    """Whether somebody with these seats is on a roll, in the office, or an officer: not a guest, not a unit."""
    return any(seat.role not in (Role.GUEST, Role.UNIT) for seat in seats)


def needs_second(change: Change, person: Person | None) -> bool:
    """Whether a second person must confirm it.

    Guests and units need none, for they are on no roll; but whoever has joined is tied to another account by
    two. The name of who has joined is spelt anew by the office alone: the account stays the same one's.
    """
    if change.does is Does.REBIND:
        return True
    if change.does is Does.RENAME and person is not None and person.joined:
        return False
    return counts(change.seats or (person.seats if person else ()))


def needs_decision(change: Change, person: Person | None) -> bool:
    """Whether it rests on a decision with a number and a day.

    Who sits on a roll, and with which office, is decided by the superior or the body. An agency is named by
    the text itself, a clerk by the agency's own head, and how a seat is held follows the person's work.
    """
    if change.does in (Does.REBIND, Does.RENAME):
        return False
    if change.does is Does.CHANGE_SEAT and change.before and change.after:
        return change.before.office != change.after.office
    held = (change.seat,) if change.seat else person.seats if person else ()
    return any(s.role in (Role.MEMBER, Role.OFFICER) and s.office != AGENCY for s in held)


def names_clerk(change: Change) -> bool:
    """Whether it gives somebody, new or there already, the office's part.

    A head may ask that, too, also for himself: the last clerk gone locks nobody out.
    """
    seat = change.after
    named = change.does in (Does.ADD_PERSON, Does.ADD_SEAT)
    return named and seat is not None and seat.role is Role.CLERK


def as_clerk(person: Person) -> Change:
    """The office's part for somebody who is there already, beside the seats that person holds."""
    return Change(Does.ADD_SEAT, person.name, person.id, after=CLERKS_PART)


def no_clerk(person: Person) -> Change:
    """The end of the office's part of somebody; what else the person holds stays."""
    held = next((seat for seat in person.seats if seat.role is Role.CLERK), CLERKS_PART)
    return Change(Does.END_SEAT, person.name, person.id, before=held)


def holds_office(change_seats: Sequence[SeatHeld], regulation: Regulation) -> bool:
    """Whether one of these seats can head a body: an officer's, or one of the offices that lead it."""
    leading = {body.id: body.heads for body in regulation.bodies}
    return any(
        seat.role is Role.OFFICER
        or (seat.role is Role.MEMBER and seat.office in leading.get(seat.body, ()))
        for seat in change_seats
    )


def bodies_of(seats: Sequence[SeatHeld], regulation: Regulation) -> list[Body]:
    """The bodies that these seats are about; a clerk's, and an officer's before all, are about every one.

    So is a seat in a body that an amended rule book has no longer.
    """
    known = {body.id for body in regulation.bodies}
    named = {seat.body for seat in seats if seat.role not in BESIDE and seat.body in known}
    everywhere = not named
    return [body for body in regulation.bodies if everywhere or body.id in named]


def judging_body(
    seats: Sequence[SeatHeld], everybody: Sequence[Person], regulation: Regulation
) -> Body:
    """The body whose head is asked: the first one that the seats are about and that has members."""
    bodies = bodies_of(seats, regulation)
    return next((body for body in bodies if members_of(everybody, body.id)), bodies[0])


def everybody_after(change: Change, everybody: Sequence[Person]) -> list[Person]:
    """Everybody as a change of a seat makes them; whoever comes onto a roll stands last on it."""
    seat = change.after
    if seat is None:
        return list(everybody)
    if change.before is None:
        seat = replace(
            seat, place=1 + max((s.place for p in everybody for s in p.seats), default=0)
        )
    if change.person is None:
        return [*everybody, Person(0, 0, change.name, None, (seat,))]
    return [
        replace(each, seats=(*(s for s in each.seats if s != change.before), seat))
        if each.id == change.person
        else each
        for each in everybody
    ]


# --- may it be done --------------------------------------------------------------------------


def refuse_name(everybody: Sequence[Person], name: str, but: int | None = None) -> Refusal | None:
    """A name that somebody else in the committee bears."""
    others = [other.name.casefold() for other in everybody if other.id != but]
    return Refusal("name_taken", values={"name": name}) if name.casefold() in others else None


def refuse_clerk(everybody: Sequence[Person], name: str) -> Refusal | None:
    """Whom a head does not name for the office as somebody new: who is there already."""
    there = next((each for each in everybody if each.name.casefold() == name.casefold()), None)
    if there is None:
        return None
    values = {"name": there.name, "clerk": there.is_clerk, "may": refuse_part(there) is None}
    return Refusal("clerk_is_there", values=values)


def refuse_part(person: Person) -> Refusal | None:
    """Who cannot be given the office's part: who has it, and who stands on no roll or is an agency."""
    if person.is_clerk:
        return Refusal("clerk_is_there", values={"name": person.name, "clerk": True, "may": False})
    apart = any(s.role in BESIDE or s.office == AGENCY for s in person.seats)
    return Refusal("clerk_not_of_roll", values={"name": person.name}) if apart else None


def refuse_last_clerk(person: Person, everybody: Sequence[Person]) -> Refusal | None:
    """The last clerk has the office's part until another has it."""
    return Refusal("last_clerk") if is_only_clerk(person, everybody) else None


def refuse_change(change: Change, everybody: Sequence[Person]) -> Refusal | None:
    """Why a change cannot be made as the committee stands now; asked when it is asked for and when it is made."""
    if change.does is Does.ADD_PERSON:
        return refuse_name(everybody, change.name)
    person = next((each for each in everybody if each.id == change.person), None)
    if person is None:
        return Refusal("person_gone")
    match change.does:
        case Does.RENAME:
            return refuse_name(everybody, change.name, person.id)
        case Does.REBIND:
            return None if person.joined else Refusal("not_joined", values={"name": person.name})
        case Does.RETIRE:
            return refuse_last_clerk(person, everybody)
        case _:
            return _refuse_seat(change, person, everybody)


def _refuse_seat(change: Change, person: Person, everybody: Sequence[Person]) -> Refusal | None:
    """The seat as it was when asked for is still held, and the new one is still free."""
    if change.before is not None:
        if change.before not in person.seats:
            return Refusal("seat_changed")
        ends = change.does is Does.END_SEAT
        return _refuse_end(change.before, person, everybody) if ends else None
    if names_clerk(change):
        return refuse_part(person)
    taken = change.after is not None and person.seat_in(change.after.body) is not None
    return Refusal("seat_changed") if taken else None


def _refuse_end(seat: SeatHeld, person: Person, everybody: Sequence[Person]) -> Refusal | None:
    """The only seat is given up by leaving the committee; the office keeps a clerk."""
    if len(person.seats) == 1:
        return Refusal("only_seat", values={"name": person.name})
    return refuse_last_clerk(person, everybody) if seat.role is Role.CLERK else None
