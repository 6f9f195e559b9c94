"""What stands open in a committee and what becomes of it when the committee ends. Each subject enters its own.

Nothing vanishes: what stands is listed before, each subject ends its own by an act with its line, and tells it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

from bot.kit.unit import UnitOfWork
from bot.people.rules.people import Person


@dataclass(frozen=True, slots=True)
class Standing:
    """One thing that stands open; `kind` names in the labels what it is and what becomes of it."""

    kind: str
    title: str


@dataclass(frozen=True, slots=True)
class Ending:
    """The end of a committee: who confirmed it, None for the machine's keeper, and the reason that is told."""

    committee: int
    by: Person | None
    reason: str


Stands = Callable[[UnitOfWork, int], Awaitable[list[Standing]]]
"""What of a subject stands open in a committee."""
Ends = Callable[[UnitOfWork, Ending], Awaitable[None]]
"""Ends what of a subject stands open, in the transaction in which the committee ends."""
S = TypeVar("S", bound=Stands)
E = TypeVar("E", bound=Ends)

STANDING: list[tuple[int, Stands]] = []
ENDS: list[tuple[int, Ends]] = []
"""Both by their places. Filled while the subjects are imported."""


def stands(place: int) -> Callable[[S], S]:
    """Enter what a subject says that stands open; lower places are told first."""

    def enter(finds: S) -> S:
        STANDING.append((place, finds))
        STANDING.sort(key=lambda each: each[0])
        return finds

    return enter


def ends(place: int) -> Callable[[E], E]:
    """Enter what a subject does with it; lower places come first."""

    def enter(end: E) -> E:
        ENDS.append((place, end))
        ENDS.sort(key=lambda each: each[0])
        return end

    return enter


async def standing(work: UnitOfWork, committee: int) -> list[Standing]:
    """All that stands open in a committee, subject by subject."""
    return [each for _, finds in STANDING for each in await finds(work, committee)]


async def end_all(work: UnitOfWork, ending: Ending) -> None:
    """Every subject ends what stands open."""
    for _, end in ENDS:
        await end(work, ending)
