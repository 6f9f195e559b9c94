"""Terms as what something may be due for: each that has begun, and one that is confirmed and will."""

from __future__ import annotations

from datetime import date

from bot.committees.terms import store
from bot.committees.terms.store import Wanted
from bot.db import terms
from bot.kit.occasions import happens
from bot.kit.unit import UnitOfWork
from bot.regulations.rules.duties import Happens
from bot.regulations.rules.occasions import Occasion
from bot.values.working_days import ONE_DAY


@happens(Happens.TERM)
async def begin(work: UnitOfWork, committee: int, day: date) -> list[Occasion]:
    """Terms by their first day, from that day on."""
    return [
        Occasion(Happens.TERM, request, first)
        for request, first in await _since(work, committee, day)
    ]


@happens(Happens.TERM_END)
async def end(work: UnitOfWork, committee: int, day: date) -> list[Occasion]:
    """Terms by their last day, from that day on: the one before another begins."""
    return [
        Occasion(Happens.TERM_END, request, first - ONE_DAY)
        for request, first in await _since(work, committee, day + ONE_DAY)
    ]


async def _since(work: UnitOfWork, committee: int, day: date) -> list[tuple[int, date]]:
    """The request for each, and its first day."""
    begun = await terms.begun_since(work.tx, committee, day)
    ahead = [(each.id, Wanted.of(each.content)) for each in await store.ahead(work.tx, committee)]
    coming = [(number, wanted.since) for number, wanted in ahead if wanted.term]
    return [*begun, *coming]
