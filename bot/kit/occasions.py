"""What happens in a committee, after which something may be due: each subject tells its own. Nothing is judged here."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from bot.db import approvals
from bot.db.approvals import State
from bot.kit.event import Event
from bot.kit.unit import UnitOfWork
from bot.regulations.rules.duties import Happens
from bot.regulations.rules.occasions import Occasion
from bot.values.moments import in_viet_nam

Finds = Callable[[UnitOfWork, int, date], Awaitable[Sequence[Occasion]]]
"""What has happened in a committee from a day on, and what is arranged to."""
F = TypeVar("F", bound=Finds)

FINDS: dict[Happens, Finds] = {}
"""Filled while the subjects are imported: one for each."""


@dataclass(frozen=True, slots=True)
class Occurred:
    """Something of the kind has happened in a committee, was arranged, put off or called off."""

    committee: int
    what: Happens


occurred: Event[Occurred] = Event()


def happens(what: Happens) -> Callable[[F], F]:
    """Enter what tells the events of a kind."""

    def enter(finds: F) -> F:
        if what in FINDS:
            raise ValueError(f"two tell what happens as {what.value!r}")
        FINDS[what] = finds
        return finds

    return enter


async def since(
    work: UnitOfWork, committee: int, day: date, wanted: Collection[Happens]
) -> tuple[Occasion, ...]:
    """The events of these kinds from that day on, in the order of their days."""
    found = [each for what in wanted for each in await FINDS[what](work, committee, day)]
    return tuple(sorted(found, key=lambda each: (each.day, each.key)))


@happens(Happens.DECISION)
async def _decisions(work: UnitOfWork, committee: int, day: date) -> list[Occasion]:
    """Requests that rest on a decision by number or day, from their confirmation on."""
    return [
        Occasion(Happens.DECISION, each.id, confirmed)
        for each in await approvals.of_committee(work.tx, committee)
        if each.state is State.CONFIRMED and (each.decision or each.decided_on) and each.settled_at
        if (confirmed := in_viet_nam(each.settled_at).date()) >= day
    ]
