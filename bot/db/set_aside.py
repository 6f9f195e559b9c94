"""Updates that could not be handled and due moments that could not be acted on: found, taken up again, removed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, bindparam, delete, select, update

from bot.db.schema import dues, inbox
from bot.db.statement_cache import compiled_once
from bot.db.transaction import Transaction

KEPT = timedelta(days=30)
"""How long what was set aside is kept for whoever runs the machine."""


@dataclass(frozen=True, slots=True)
class StoppedUpdate:
    """An update with the kind of its fault; `raw` is Telegram's own JSON, which is shown to nobody."""

    update_id: int
    raw: str
    at: datetime
    fault: str


_UPDATE = inbox.c.fault.is_not(None)
_DUE = and_(dues.c.set_aside_at.is_not(None), dues.c.done_at.is_(None))


async def updates(tx: Transaction) -> tuple[StoppedUpdate, ...]:
    """Every update that was set aside, in the order in which it was."""
    wanted = select(inbox.c.update_id, inbox.c.raw, inbox.c.handled_at, inbox.c.fault).where(
        _UPDATE
    )
    found = await tx.execute(wanted.order_by(inbox.c.handled_at, inbox.c.update_id))
    return tuple(StoppedUpdate(*row) for row in found)


async def retry(tx: Transaction, update_ids: Collection[int], due_ids: Collection[int]) -> None:
    """Let these wait as if they had never been tried: updates until the next start, the others at once.

    On a server the updates are nobody's, and one of its processes takes them up soon.
    """
    waits = {"handled_at": None, "fault": None, "attempts": 0, "claimed_by": None}
    await tx.execute(update(inbox).where(_UPDATE, inbox.c.update_id.in_(update_ids)).values(waits))
    afresh = {"set_aside_at": None, "fault": None, "attempts": 0}
    await tx.execute(update(dues).where(_DUE, dues.c.id.in_(due_ids)).values(afresh))


async def clear(tx: Transaction, update_ids: Collection[int], due_ids: Collection[int]) -> None:
    """Remove these: what they asked for will never be done."""
    await tx.execute(delete(inbox).where(_UPDATE, inbox.c.update_id.in_(update_ids)))
    await tx.execute(delete(dues).where(_DUE, dues.c.id.in_(due_ids)))


async def purge(tx: Transaction, before: datetime) -> int:
    """Remove what was set aside before a moment; gives how many."""
    gone = [await tx.execute(each, {"before": before}) for each in (_PURGE_UPDATES, _PURGE_DUES)]
    return sum(each.rowcount for each in gone)


_PURGE_UPDATES = compiled_once(
    delete(inbox).where(_UPDATE, inbox.c.handled_at < bindparam("before"))
)
_PURGE_DUES = compiled_once(delete(dues).where(_DUE, dues.c.set_aside_at < bindparam("before")))
