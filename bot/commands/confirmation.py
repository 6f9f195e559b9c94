"""What will be founded, as it is shown before the one "yes": everybody with offices, and what the roster left open."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from bot.commands.founding_file import Plan, Source
from bot.commands.init_words import noticed
from bot.people.cards import SeatView, seats
from bot.people.rules.founding import Newcomer, as_persons
from bot.people.rules.people import Person, Role, head_of, members_of
from bot.regulations.rules.regulation import Body, Regulation
from bot.rendering import Terminal, shared_rendering


@dataclass(frozen=True, slots=True)
class Shown:
    """One person before it is entered."""

    name: str
    seats: tuple[SeatView, ...]
    unit: str
    post: str


@dataclass(frozen=True, slots=True)
class Seated:
    """One body as it will stand."""

    name: str
    members: int
    head: str
    article: str


def summary(say: Terminal, plan: Plan, regulation: Regulation, database: str, link: str) -> str:
    """The committee, its people with their count, offices and bodies, and the remarks on the roster."""
    people = plan.founding.people
    persons = as_persons(people)
    source = plan.roster or Source("")
    return say.under(regulation.vocabulary).terminal(
        "init_summary",
        founding=plan.founding,
        source=source,
        people=[
            _shown(each, person, regulation) for each, person in zip(people, persons, strict=True)
        ],
        counts=_counts(say, people),
        bodies=[
            _seated(persons, body) for body in regulation.bodies if members_of(persons, body.id)
        ],
        remarks=[noticed(say, remark) for remark in source.remarks],
        database=database,
        link=link,
    )


def _shown(each: Newcomer, person: Person, regulation: Regulation) -> Shown:
    return Shown(
        each.name,
        seats(shared_rendering().under(regulation.vocabulary), person, regulation),
        each.unit,
        each.post,
    )


def _counts(say: Terminal, people: tuple[Newcomer, ...]) -> list[tuple[int, str]]:
    by_role = Counter(each.role for each in people)
    return [(by_role[role], say.label(f"counted.{role}")) for role in Role if by_role[role]]


def _seated(persons: list[Person], body: Body) -> Seated:
    head = head_of(persons, body)
    return Seated(
        body.name, len(members_of(persons, body.id)), head.name if head else "", body.head_article
    )
