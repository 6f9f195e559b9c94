"""Somebody begins to stand in for a head: what waits for the head reaches that one. What waits, each subject says."""

from __future__ import annotations

from collections.abc import Iterable

from bot.db import standing_in
from bot.db.dues import DueMoment
from bot.kit.due import Quiet, due, once_at
from bot.kit.event import Event
from bot.kit.notify import number_of, reference
from bot.kit.unit import UnitOfWork
from bot.people import store
from bot.people.rules.acting import StandIn

began: Event[StandIn] = Event()
"""Somebody acts for a head from now on: what waits for the head is sent, too."""
BEGINS = "stand_in"


async def arrange(work: UnitOfWork, given: Iterable[StandIn]) -> None:
    """Let each begin at its moment; what has begun already, at once."""
    for each in given:
        if each.starts_at <= work.now:
            await began.happened(work, each)
        else:
            await once_at(work, BEGINS, reference(BEGINS, each.id), each.starts_at)


async def _running(work: UnitOfWork, moment: DueMoment) -> StandIn | None:
    """Unless it was withdrawn meanwhile, or is over."""
    committee = await store.committee_of(work.tx, number_of(moment.about))
    if committee is None:
        return None
    running = await standing_in.running(work.tx, committee, work.now)
    return next((each for each in running if each.id == number_of(moment.about)), None)


@due(BEGINS, on=_running, quiet=Quiet.WAIT)
async def begin(work: UnitOfWork, given: StandIn, _moment: DueMoment) -> None:
    """What waits for the head reaches who stands in; at night in the morning, though the right is there at once."""
    await began.happened(work, given)
