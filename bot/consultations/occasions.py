"""Consultations as what something may be due after: each that has come to its result."""

from __future__ import annotations

from datetime import date

from bot.consultations.listing import store as listing
from bot.kit.occasions import happens
from bot.kit.unit import UnitOfWork
from bot.regulations.rules.duties import Happens
from bot.regulations.rules.occasions import Occasion
from bot.regulations.rules.terms import Outcome
from bot.values.moments import begins, in_viet_nam


@happens(Happens.RESULT)
async def since(work: UnitOfWork, committee: int, day: date) -> list[Occasion]:
    """What has ended from that day on; one withdrawn has no result."""
    start = begins(day)
    return [
        Occasion(Happens.RESULT, each.id, in_viet_nam(each.at).date(), each.number, each.body)
        for each in await listing.ended_since(work.tx, committee, start)
        if each.outcome != Outcome.WITHDRAWN.value
    ]
