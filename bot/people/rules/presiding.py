"""Who presides a body while it is not its first office: the seat is empty, or the head has another stand in. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.people.rules.acting import Acting, Staff, StandIn
from bot.people.rules.delegating import (
    away_articles,
    away_rules,
    duty_rules,
    rule_for,
    rules_for,
)
from bot.people.rules.people import Person, members_of
from bot.regulations.rules.meetings import DelegationRule, Scope
from bot.regulations.rules.regulation import Body, Regulation


@dataclass(frozen=True, slots=True)
class Away:
    """A head is away now, in every body that he heads or, where a body has put somebody on duty, in that one."""

    id: int
    of: int
    until: datetime
    body: str = ""
    """"" for every body."""
    to: int | None = None
    """Whom that body has put on duty."""


class Case(StrEnum):
    """Why it is told at all who presides."""

    STANDS_IN = "stands_in"
    """Another acts for the head, by delegation or by an absence that was taken on."""
    ON_DUTY = "on_duty"
    """A member put on duty by the body has taken it on."""
    AWAY = "away"
    """The head is away, and nobody has taken it on yet."""
    DUTY_WAITS = "duty_waits"
    """The body has put somebody on duty who has not taken it on yet."""
    VACANT = "vacant"
    """Nobody holds the first office; the next one presides."""
    NOBODY = "nobody"
    """The body has members and nobody who could preside."""


@dataclass(frozen=True, slots=True)
class Presiding:
    """Who presides these bodies; the head who is stood in for, or himself.

    The article is that by which another acts, or may act; "" where the regulation says nothing for the case,
    above all where the first office is vacant: the texts speak of a head who is away.
    """

    case: Case
    bodies: tuple[str, ...]
    person: Person | None
    head: Person | None
    article: str = ""
    office: str = ""
    """That of `person`; "" for an officer before agencies."""
    until: datetime | None = None
    """Until when somebody stands in, or the head is away."""
    chairs_only: bool = False
    """Whether it reaches no further than to approve, chair and sign."""
    vacant: str = ""
    """The office that goes before, where nobody holds it."""
    takers: tuple[str, ...] = ()
    """Who may take the work on, by name."""
    what: str = ""
    """What somebody on duty does, in the words of the rule book."""


def presiding(
    staff: Staff, regulation: Regulation, reader: Person, away: Sequence[Away]
) -> tuple[Presiding, ...]:
    """What whoever sits there is told, bodies together where it is the same; nothing where all is as usual."""
    told: dict[Presiding, list[str]] = {}
    for body in regulation.bodies:
        if reader.is_clerk or reader.seat_in(body.id) or reader.officer_of(body.id):
            for each in _of(staff, body, rules_for(regulation, body, ""), away):
                told.setdefault(each, []).append(body.name)
    return tuple(replace(each, bodies=tuple(names)) for each, names in told.items())


def _of(
    staff: Staff, body: Body, rules: Sequence[DelegationRule], away: Sequence[Away]
) -> Iterator[Presiding]:
    chairs = staff.chairs(body)
    if not chairs:
        if members_of(staff.everybody, body.id) and not body.of_agencies:
            yield Presiding(Case.NOBODY, (), None, None, vacant=body.heads[0])
        return
    given = [(each, each.standing_in) for each in chairs if each.standing_in is not None]
    duties = {each.id for each in away if each.body}
    for each, by in given:
        yield _stands_in(each, by, body, rules, on_duty=by.absence in duties)
    if given:
        return
    head = chairs[0].person
    office = _office(head, body)
    absences = [each for each in away if each.of == head.id and each.body in ("", body.id)]
    told = [one for each in absences for one in _away(staff, body, rules, head, each)]
    yield from told
    if not told and office and office != body.heads[0]:
        yield Presiding(Case.VACANT, (), head, head, "", office, vacant=body.heads[0])


def _stands_in(
    each: Acting, by: StandIn, body: Body, rules: Sequence[DelegationRule], *, on_duty: bool
) -> Presiding:
    """Who acts for the head, in the words of the rule where the body has put that one on duty."""
    duty = rule_for(duty_rules(rules), body.id, each.person) if on_duty else None
    return Presiding(
        Case.ON_DUTY if duty else Case.STANDS_IN,
        (),
        each.person,
        each.head,
        by.article,
        _office(each.person, body),
        by.ends_at,
        by.scope is Scope.CHAIR_AND_SIGN,
        what=duty.what if duty else "",
    )


def _away(
    staff: Staff, body: Body, rules: Sequence[DelegationRule], head: Person, absence: Away
) -> Iterator[Presiding]:
    """A head who is away, who may take it on, and by which article those may.

    Where the text names an office that nobody else holds, it says nothing of who presides then. Whom the body
    put on duty and who holds no such office any more takes nothing on: all is as usual.
    """
    among = duty_rules(rules) if absence.body else away_rules(rules)
    able = [
        (person, rule)
        for person in staff.everybody
        if person.id != head.id and absence.to in (None, person.id)
        if (rule := rule_for(among, body.id, person)) is not None
    ]
    if absence.body and not able:
        return
    yield Presiding(
        Case.DUTY_WAITS if absence.body else Case.AWAY,
        (),
        head,
        head,
        away_articles([rule for _, rule in able]) or "",
        _office(head, body),
        absence.until,
        takers=tuple(person.name for person, _ in able),
    )


def _office(person: Person, body: Body) -> str:
    seat = person.seat_in(body.id)
    return seat.office if seat is not None and not person.officer_of(body.id) else ""
