"""What is owed after decisions when the committee ends: nobody owes it there any more."""

from __future__ import annotations

from bot.kit.ending import Ending, Standing, ends, stands
from bot.kit.unit import UnitOfWork
from bot.owed import owing, store


@stands(20)
async def standing(work: UnitOfWork, committee: int) -> list[Standing]:
    """Every debt that is open, what rests among them."""
    return [Standing("debt", each.subject) for each in await store.open_of(work.tx, committee)]


@ends(20)
async def end(work: UnitOfWork, ending: Ending) -> None:
    """Each is dropped; what a successor takes over is owed there anew."""
    for debt in await store.open_of(work.tx, ending.committee):
        await owing.drop(work, debt, ending.by, "committee_closed")
