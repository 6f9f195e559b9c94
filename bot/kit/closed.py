"""A committee that has ended is read and no longer acted in: the one place that says so."""

from __future__ import annotations

from bot.db import closures, people
from bot.db.closures import Closure
from bot.db.transaction import Transaction
from bot.values.refusal import Refusal


async def refuse_closed(tx: Transaction, committee: int) -> Refusal | None:
    """Why nothing is done in the committee any more: since when, by which decision, what is left; else None."""
    closure = await closures.of(tx, committee)
    if closure is None:
        return None
    name = (await people.committee(tx, committee)).name
    return Refusal("committee_closed", values=words(name, closure))


def words(name: str, closure: Closure) -> dict[str, object]:
    """What is said of a committee that has ended."""
    return {"committee": name, "closure": closure}
