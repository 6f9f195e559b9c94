"""Every update from Telegram, kept before it is confirmed. What an update means is not known here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from types import MappingProxyType
from typing import Any

from sqlalchemy import (
    Select,
    Update,
    and_,
    bindparam,
    delete,
    exists,
    func,
    select,
    tuple_,
    update,
)
from sqlalchemy.sql.dml import ReturningInsert

from bot.db.instance import lives
from bot.db.schema import inbox
from bot.db.statement_cache import compiled_once
from bot.db.transaction import Transaction
from bot.db.upsert import insert_for

KEPT = timedelta(days=3)
"""Telegram forgets an update after a day; after a quiet week it numbers anew from a random id."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """An update as it was received: `raw` is Telegram's own JSON."""

    update_id: int
    raw: str
    received_at: datetime
    earliest_at: datetime
    attempts: int = 0


@dataclass(slots=True)
class Current:
    """The update a handler works on; `marked` once a transaction that marks it has been committed.

    `by` is the process that has claimed it, where there may be several.
    """

    bot_id: int
    update_id: int
    at: datetime
    by: int | None = None
    marked: bool = field(default=False)


class TakenOverError(Exception):
    """Another process has taken the update over, since this one seemed dead: nothing of it may be done here."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many updates wait, were handled, and were set aside with a fault."""

    waiting: int
    handled: int
    faulty: int


current_update: ContextVar[Current | None] = ContextVar("current_update", default=None)


async def add(
    tx: Transaction,
    bot_id: int,
    updates: Sequence[tuple[int, str]],
    received_at: datetime,
    earliest_at: datetime,
    chats: Mapping[int, int] = MappingProxyType({}),
) -> frozenset[int]:
    """Keep updates; gives the ids that are new. One already kept is left as it is, unless it was
    settled so long ago that the same number must be another update. `chats` tells whose order each belongs to.
    """
    if not updates:
        return frozenset()
    rows = [
        {
            "bot_id": bot_id,
            "update_id": update_id,
            "chat_id": chats.get(update_id, 0),
            "received_at": received_at,
            "earliest_at": earliest_at,
            "raw": raw,
            "attempts": 0,
            "settled_before": received_at - KEPT,
        }
        for update_id, raw in updates
    ]
    return frozenset((await tx.execute(_keep(tx.dialect.name), rows)).scalars())


@cache
def _keep(dialect: str) -> ReturningInsert[int]:
    table = insert_for(dialect, inbox)
    anew = table.excluded
    return compiled_once(
        table.on_conflict_do_update(
            index_elements=[inbox.c.bot_id, inbox.c.update_id],
            set_={
                "chat_id": anew.chat_id,
                "claimed_by": None,
                "received_at": anew.received_at,
                "earliest_at": anew.earliest_at,
                "raw": anew.raw,
                "attempts": 0,
                "handled_at": None,
                "fault": None,
            },
            where=and_(
                inbox.c.handled_at.is_not(None),
                inbox.c.received_at < bindparam("settled_before"),
            ),
        ).returning(inbox.c.update_id)
    )


async def unhandled(
    tx: Transaction, bot_id: int, limit: int | None = None, after: Arrival | None = None
) -> list[Arrival]:
    """What still waits, in the order it was received; with `after` only what came later than that one."""
    wanted = select(inbox).where(inbox.c.bot_id == bot_id, inbox.c.handled_at.is_(None))
    if after is not None:
        place = tuple_(
            bindparam(None, after.received_at, inbox.c.received_at.type), after.update_id
        )
        wanted = wanted.where(tuple_(*_order) > place)
    rows = await tx.execute(wanted.order_by(*_order).limit(limit))
    return [_arrival(row) for row in rows]


def _arrival(row: Any) -> Arrival:
    return Arrival(row.update_id, row.raw, row.received_at, row.earliest_at, row.attempts)


async def claim(tx: Transaction, bot_id: int, most: int, by: int) -> list[Arrival]:
    """Take up to `most` updates that nobody handles, the longest waiting first, for the process of that number.

    Those of a chat go to one process, as long as it has one of them in hand, and so stay in their order. What a
    process had in hand that lives no more is nobody's.
    """
    wanted = {"of_bot": bot_id, "most": most, "me": by}
    rows = list(await tx.execute(_CLAIM, wanted))
    return [_arrival(row) for row in sorted(rows, key=lambda row: (row.received_at, row.update_id))]


async def is_free(tx: Transaction, bot_id: int, by: int) -> bool:
    """Whether there is an update that the process of that number may take."""
    wanted = {"of_bot": bot_id, "most": 1, "me": by}
    return (await tx.execute(_FREE, wanted)).first() is not None


_key = inbox.c.bot_id, inbox.c.update_id
_order = inbox.c.received_at, inbox.c.update_id


def _free() -> Select[Any]:
    in_hand = inbox.alias("in_hand")
    of_another = exists().where(
        in_hand.c.bot_id == inbox.c.bot_id,
        in_hand.c.chat_id == inbox.c.chat_id,
        in_hand.c.handled_at.is_(None),
        in_hand.c.claimed_by != bindparam("me"),
        lives(in_hand.c.claimed_by),
    )
    claimed = and_(inbox.c.claimed_by.is_not(None), lives(inbox.c.claimed_by))
    waits = and_(inbox.c.bot_id == bindparam("of_bot"), inbox.c.handled_at.is_(None))
    free = select(*_key).where(waits, ~claimed, ~of_another)
    return free.order_by(*_order).limit(bindparam("most"))


_FREE = _free()
_CLAIM = (
    update(inbox)
    .where(tuple_(*_key).in_(_FREE))
    .values(claimed_by=bindparam("me"))
    .returning(inbox)
)


async def waits_before(tx: Transaction, bot_id: int, update_id: int) -> bool:
    """Whether an update that came in before this one is still to be handled, by whichever process."""
    return (await tx.execute(_BEFORE, {"of_bot": bot_id, "than": update_id})).first() is not None


def _before() -> Select[Any]:
    this = inbox.alias("this")
    place = select(this.c.received_at, this.c.update_id).where(
        this.c.bot_id == bindparam("of_bot"), this.c.update_id == bindparam("than")
    )
    waits = and_(inbox.c.bot_id == bindparam("of_bot"), inbox.c.handled_at.is_(None))
    return (
        select(inbox.c.update_id).where(waits, tuple_(*_order) < place.scalar_subquery()).limit(1)
    )


_BEFORE = _before()


async def raw(tx: Transaction, bot_id: int, update_id: int) -> str:
    """One update as it was received."""
    return str((await tx.execute(_RAW, {"bot": bot_id, "of": update_id})).scalar_one())


_RAW = compiled_once(
    select(inbox.c.raw).where(
        inbox.c.bot_id == bindparam("bot"), inbox.c.update_id == bindparam("of")
    )
)


ALBUM = 50
"""Updates among which the messages of one album are looked for; Telegram sends at most ten together."""


async def raw_around(tx: Transaction, update_id: int) -> dict[int, str]:
    """An update as it was received, and those near it, by their numbers in order; empty where it is gone."""
    near = {"first": update_id - ALBUM, "last": update_id + ALBUM}
    rows = {row.update_id: row.raw for row in await tx.execute(_RAW_AROUND, near)}
    return rows if update_id in rows else {}


_RAW_AROUND = compiled_once(
    select(inbox.c.update_id, inbox.c.raw)
    .where(inbox.c.update_id.between(bindparam("first"), bindparam("last")))
    .order_by(inbox.c.update_id)
)


_mark = compiled_once(
    update(inbox)
    .where(inbox.c.bot_id == bindparam("of_bot"), inbox.c.update_id == bindparam("of_update"))
    .values(handled_at=bindparam("moment"))
)


async def mark_handled(tx: Transaction, bot_id: int, update_id: int, at: datetime) -> None:
    """Say that an update has had its effect."""
    await tx.execute(_mark, {"of_bot": bot_id, "of_update": update_id, "moment": at})


async def waits_since(tx: Transaction, moment: datetime) -> bool:
    """Whether an update that may have been made by `moment` is still to be handled."""
    return (await tx.execute(_WAITS, {"by": moment})).first() is not None


_WAITS = compiled_once(
    select(inbox.c.update_id)
    .where(inbox.c.handled_at.is_(None), inbox.c.earliest_at <= bindparam("by"))
    .limit(1)
)


async def mark_all_handled(
    tx: Transaction, bot_id: int, update_ids: Iterable[int], at: datetime
) -> None:
    """Say that these updates have had their effect (or had none to have)."""
    rows = [{"of_bot": bot_id, "of_update": each, "moment": at} for each in update_ids]
    if rows:
        await tx.execute(_mark, rows)


async def mark_current(tx: Transaction) -> Current | None:
    """Mark the update being handled in this transaction; None when there is none left to mark.

    Refuses (TakenOverError) one that another process has claimed since.
    """
    current = current_update.get()
    if current is None or current.marked:
        return None
    if current.by is None:
        await mark_handled(tx, current.bot_id, current.update_id, current.at)
    elif not await _mark_own(tx, current):
        raise TakenOverError
    return current


async def _mark_own(tx: Transaction, current: Current) -> bool:
    own = _of(current.bot_id, current.update_id).where(
        inbox.c.handled_at.is_(None), inbox.c.claimed_by == current.by
    )
    return bool((await tx.execute(own.values(handled_at=current.at))).rowcount)


async def note_attempt(tx: Transaction, bot_id: int, update_id: int) -> None:
    """Count a handling that failed; the update still waits."""
    await tx.execute(_of(bot_id, update_id).values(attempts=inbox.c.attempts + 1))


async def mark_fault(
    tx: Transaction, bot_id: int, update_id: int, fault: str, at: datetime
) -> None:
    """Set an update aside with the reason; it is kept, and no longer waits."""
    await tx.execute(_of(bot_id, update_id).values(fault=fault, handled_at=at))


async def purge(tx: Transaction, before: datetime) -> int:
    """Remove what was handled without fault before a moment; gives how many."""
    return int((await tx.execute(_PURGE, {"before": before})).rowcount)


_PURGE = compiled_once(
    delete(inbox).where(inbox.c.handled_at < bindparam("before"), inbox.c.fault.is_(None))
)


async def counts(tx: Transaction, bot_id: int | None = None) -> Counts:
    """How the inbox stands, of one bot or of all."""
    total = select(
        func.count(),
        func.count(inbox.c.handled_at),
        func.count(inbox.c.fault),
    )
    if bot_id is not None:
        total = total.where(inbox.c.bot_id == bot_id)
    every, settled, faulty = (await tx.execute(total)).one()
    return Counts(waiting=every - settled, handled=settled - faulty, faulty=faulty)


def _of(bot_id: int, update_id: int) -> Update:
    return update(inbox).where(inbox.c.bot_id == bot_id, inbox.c.update_id == update_id)
