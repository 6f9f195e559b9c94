"""Which committees have ended, and who goes on with what they left. What follows from it is not here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, bindparam, insert, select

from bot.db.fact import fact
from bot.db.schema import closures
from bot.db.statement_cache import compiled_once
from bot.db.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Closure:
    """A committee ended from a day on, by a decision; `successor` by name, and by id where it is served here."""

    committee: int
    since: date
    closed_at: datetime
    decision: str
    decided_on: date | None
    approval: int
    successor_id: int | None = None
    successor: str = ""


async def of(tx: Transaction, committee: int) -> Closure | None:
    """How the committee ended; None while it goes on."""
    row = (await tx.execute(_OF, {"of": committee})).first()
    return _closure(row) if row else None


_OF = compiled_once(
    select(closures).where(closures.c.committee_id == bindparam("of")), lasting=True
)


async def every(tx: Transaction) -> list[Closure]:
    """Every committee that has ended, in the order in which they did."""
    return [_closure(row) for row in await tx.execute(_ALL)]


_ALL = compiled_once(
    select(closures).order_by(closures.c.closed_at, closures.c.committee_id), lasting=True
)


def _closure(row: Row[Any]) -> Closure:
    return Closure(
        row.committee_id,
        row.since,
        row.closed_at,
        row.decision,
        row.decided_on,
        row.approval_id,
        row.successor_id,
        row.successor,
    )


@fact
async def close(tx: Transaction, closure: Closure) -> None:
    """Enter that a committee has ended; it ends once."""
    await tx.execute(
        insert(closures).values(
            committee_id=closure.committee,
            since=closure.since,
            closed_at=closure.closed_at,
            decision=closure.decision,
            decided_on=closure.decided_on,
            approval_id=closure.approval,
            successor_id=closure.successor_id,
            successor=closure.successor,
        )
    )
