"""Whether a rule book may take the place of another from a day on. What differs is told by `difference`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from bot.committees.rules.days import refuse_day
from bot.people.rules.founding import bodies_for, offices_for
from bot.people.rules.people import BESIDE, Person, SeatHeld, head_of, members_of
from bot.people.rules.rolls import refuse_beyond
from bot.regulations.rules.regulation import Regulation
from bot.values.refusal import Refusal


def refuse_since(day: date, today: date, ahead: date | None) -> Refusal | None:
    """After every amendment that is confirmed and not in force yet, beside what holds of every such day."""
    if ahead is not None and today <= day <= ahead:
        return Refusal("amend_day_taken", values={"day": day, "ahead": ahead})
    return refuse_day(day, today)


def refuse_seats(everybody: Sequence[Person], regulation: Regulation) -> Refusal | None:
    """Everybody who sits has a place under it, and every body its head and enough members for its least numbers."""
    lost = [(person.name, seat) for person, seat in unknown_seats(everybody, regulation)]
    if lost:
        return Refusal("amend_seats", values={"seats": lost})
    headless = [
        body.name
        for body in regulation.bodies
        if members_of(everybody, body.id) and head_of(everybody, body) is None
    ]
    if headless:
        return Refusal("amend_headless", values={"bodies": headless})
    return refuse_beyond(everybody, regulation)


def unknown_seats(
    everybody: Sequence[Person], regulation: Regulation
) -> Iterator[tuple[Person, SeatHeld]]:
    """Seats in a body, or of an office, that the rule book does not have."""
    for person in everybody:
        for seat in person.seats:
            if seat.role not in BESIDE and not _known(seat, regulation):
                yield person, seat


def _known(seat: SeatHeld, regulation: Regulation) -> bool:
    there = seat.body in bodies_for(regulation, seat.role)
    return there and (not seat.body or seat.office in offices_for(regulation, seat.role, seat.body))
