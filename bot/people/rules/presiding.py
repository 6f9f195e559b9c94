"""Who presides a body while it is not its first office: the seat is empty, or the head has another stand in. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.people.rules.acting import Staff
from bot.people.rules.people import Person
from bot.regulations.rules.meetings import Scope
from bot.regulations.rules.regulation import Body


@dataclass(frozen=True, slots=True)
class Away:
    """A head is away now, in every body that he heads or in one alone."""

    of: int
    body: str
    """"" for every body."""
    until: datetime


@dataclass(frozen=True, slots=True)
class Presiding:
    """Who presides these bodies, by which article; the head who is stood in for, or himself."""

    bodies: tuple[str, ...]
    person: Person
    head: Person
    article: str
    office: str = ""
    """That of `person`; "" for an officer before agencies."""
    until: datetime | None = None
    """Until when somebody stands in, or the head is away; None where a seat is empty."""
    chairs_only: bool = False
    """Whether it reaches no further than to approve, chair and sign."""
    vacant: str = ""
    """The office that goes before, where nobody holds it."""


def presiding(
    staff: Staff, bodies: Sequence[Body], reader: Person, away: Sequence[Away]
) -> tuple[Presiding, ...]:
    """What whoever sits there is told, bodies together where it is the same; nothing where all is as usual."""
    told: dict[Presiding, list[str]] = {}
    for body in bodies:
        if reader.is_clerk or reader.seat_in(body.id) or reader.officer_of(body.id):
            for each in _of(staff, body, away):
                told.setdefault(each, []).append(body.name)
    return tuple(replace(each, bodies=tuple(names)) for each, names in told.items())


def _of(staff: Staff, body: Body, away: Sequence[Away]) -> Iterator[Presiding]:
    chairs = staff.chairs(body)
    given = [(each, each.standing_in) for each in chairs if each.standing_in is not None]
    for each, by in given:
        only, office = by.scope is Scope.CHAIR_AND_SIGN, _office(each.person, body)
        yield Presiding((), each.person, each.head, by.article, office, by.ends_at, only)
    if given or not chairs:
        return
    head = chairs[0].person
    as_usual = Presiding((), head, head, body.head_article, _office(head, body))
    until = [each.until for each in away if each.of == head.id and each.body in ("", body.id)]
    if until:
        yield replace(as_usual, until=max(until))
    elif as_usual.office and as_usual.office != body.heads[0]:
        yield replace(as_usual, vacant=body.heads[0])


def _office(person: Person, body: Body) -> str:
    seat = person.seat_in(body.id)
    return seat.office if seat is not None and not person.officer_of(body.id) else ""
