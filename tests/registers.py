"""Whether the lines of a register hold, for tests that write some."""

from __future__ import annotations

from bot.db.transaction import Transaction
from bot.proofs import chain


async def broken_lines(tx: Transaction, committee: int) -> list[int]:
    """The numbers of the lines that are changed, or do not follow the one before them."""
    return [line.number async for line in chain.lines(tx, committee) if not line.holds]
