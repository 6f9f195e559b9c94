"""What tests ask of a register, and how they enter a fact without the act that leads to it."""

from __future__ import annotations

from typing import TypeVar

from bot.db import chain
from bot.db.fact import Fact
from bot.db.transaction import Transaction
from bot.kit.unit import Line, UnitOfWork

T = TypeVar("T")


async def enter(work: UnitOfWork, committee: int, fact: Fact[T]) -> T:
    """A fact with the line that tells it, whoever would have done it by whatever act."""
    return await work.write(fact, Line(committee, None, "entered", "", {}))


async def broken_lines(tx: Transaction, committee: int) -> list[int]:
    """The numbers of the lines that are changed, or do not follow the one before them."""
    return [line.number async for line in chain.lines(tx, committee) if not line.holds]
