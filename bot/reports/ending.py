"""Reports when their committee ends: what was owed and not delivered stays on the record as it is."""

from __future__ import annotations

from bot.kit.ending import Standing, stands
from bot.kit.unit import UnitOfWork
from bot.reports import store


@stands(30)
async def standing(work: UnitOfWork, committee: int) -> list[Standing]:
    """What is neither delivered nor excused, each with whose it is."""
    return [
        Standing("report", f"{each.what} · {each.debtor_name}" if each.debtor_name else each.what)
        for each in await store.open_of(work.tx, committee)
    ]
