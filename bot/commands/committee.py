"""Of which committee a command speaks: the one that it names, or the only one on this machine."""

from __future__ import annotations

from bot.db import people
from bot.db.transaction import Transaction


async def chosen(tx: Transaction, name: str | None) -> int | str:
    """Its id; else what to say: "no_committee" of that name, or "which_committee" of several."""
    everybody = await people.all_committees(tx)
    meant = [each for each in everybody if name in (None, each.name)]
    if len(meant) == 1:
        return meant[0].id
    return "which_committee" if meant else "no_committee"
