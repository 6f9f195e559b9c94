"""Messages held since a database was brought back: they may have been sent already. Who decides is not known here."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, or_, select, update

from bot.db.schema import outbox
from bot.db.statement_cache import compiled_once
from bot.db.transaction import Reading, Transaction

BEFORE_RESTORE = "before restore"
"""Kept in `reason` of what is held, or was given up, because a copy brought back may have sent it already."""


@dataclass(frozen=True, slots=True)
class Held:
    """A message that may have been sent already by the database from which this one was copied."""

    id: int
    chat_id: int
    text: str
    live: str | None
    legal: bool
    created_at: datetime
    person_id: int | None


async def hold(tx: Transaction, now: datetime) -> int:
    """Hold every message that should have gone out by now; gives how many. Edits of cards are put anew instead."""
    due = or_(
        outbox.c.state == "sending",
        and_(outbox.c.state == "pending", outbox.c.not_before <= now),
    )
    gone = {"state": "dropped", "reason": BEFORE_RESTORE, "settled_at": now}
    await tx.execute(update(outbox).where(due, outbox.c.kind == "live").values(gone))
    waits = {"state": "held", "reason": BEFORE_RESTORE}
    return int((await tx.execute(update(outbox).where(due).values(waits))).rowcount)


async def messages(tx: Transaction) -> tuple[Held, ...]:
    """What is held, in the order in which it was to be sent."""
    rows = await tx.execute(select(outbox).where(_HELD).order_by(outbox.c.not_before, outbox.c.id))
    return tuple(
        Held(row.id, row.chat_id, row.text, row.live, row.legal, row.created_at, row.person_id)
        for row in rows
    )


async def count(tx: Reading) -> int:
    """How much is held."""
    return (await tx.execute(_COUNT)).scalar() or 0


async def release(tx: Transaction, ids: Collection[int], now: datetime) -> None:
    """Send these after all."""
    waits = {"state": "pending", "reason": None, "not_before": now}
    await tx.execute(update(outbox).where(_HELD, outbox.c.id.in_(ids)).values(waits))


async def give_up(tx: Transaction, ids: Collection[int], now: datetime) -> None:
    """Never send these: they have arrived already, or nobody needs them any more."""
    gone = {"state": "dropped", "settled_at": now}
    await tx.execute(update(outbox).where(_HELD, outbox.c.id.in_(ids)).values(gone))


_HELD = outbox.c.state == "held"
_COUNT = compiled_once(select(func.count()).where(_HELD))
