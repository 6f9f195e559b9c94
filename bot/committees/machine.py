"""What counts from a day on, asked at the machine for a clerk: in which committee, from when, by which decision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.committees.when import refuse_undecided
from bot.db import people
from bot.db.approvals import Request
from bot.kit import seconding
from bot.kit.unit import UnitOfWork
from bot.people import face
from bot.people.face import House, read_decision
from bot.people.rules.people import Person
from bot.values.refusal import refuse, require
from bot.values.typed_days import DayFault, PaperMark, parse_days


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """As typed: in which committee ("" where there is one), by which clerk, from when, by which decision."""

    since: str
    decision: str
    committee: str = ""
    clerk: str = ""


@dataclass(frozen=True, slots=True)
class Asking:
    """The same, understood; `by` is who enters it, as the register names it."""

    house: House
    clerk: Person
    since: date
    decision: PaperMark
    by: Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """What was entered: the number of the request, from when on, and who may confirm it."""

    request: int
    since: date
    seconds: tuple[str, ...]


async def asking(work: UnitOfWork, given: Given) -> Asking:
    """Refused as on the phone, and without a clerk to answer for it or a decision to rest on."""
    house = await face.house_of(work, await which(work, given.committee))
    clerk = _clerk(house, given.clerk)
    require(refuse_undecided(None, given.decision, work.now))
    decision = read_decision(given.decision, work.now)
    by = seconding.keeper(work, house.committee.id)
    return Asking(house, clerk, _day(given.since), decision, by)


async def second_names(
    work: UnitOfWork, kind: face.OfficeAsks, house: House, request: Request
) -> tuple[str, ...]:
    """Who may confirm it on the phone; nobody where none of them has joined."""
    seconds = await kind.seconds(work, request)
    return tuple(each.name for each in house.staff.everybody if each.id in seconds.everyone)


async def which(work: UnitOfWork, name: str) -> int:
    """The committee of that name, or the only one."""
    every = await people.all_committees(work.tx)
    meant = named(every, name)
    if len(meant) != 1:
        refuse("machine_which", name=name, known=[each.name for each in every])
    return meant[0].id


def named(every: Sequence[people.Committee], name: str) -> list[people.Committee]:
    """Those of that name, whose letters may be large or small; all where none is named."""
    return [each for each in every if _names(name, each.name)]


def _clerk(house: House, name: str) -> Person:
    """The clerk of that name, else the only one, else the first."""
    clerks = [each for each in house.staff.everybody if each.is_clerk]
    found = [each for each in clerks if _names(name, each.name)]
    if not found:
        refuse("machine_no_clerk", name=name, known=[each.name for each in clerks])
    return found[0]


def _names(typed: str, name: str) -> bool:
    return not typed or typed.casefold() == name.casefold()


def _day(typed: str) -> date:
    """One day, with its year; refused where it is none."""
    try:
        return date.fromisoformat(typed)
    except ValueError:
        found = parse_days(typed, 0)
    if isinstance(found, DayFault) or found.first != found.last:
        refuse("since_unclear")
    return found.first
