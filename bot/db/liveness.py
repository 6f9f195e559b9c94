"""Until when Telegram's updates are known to be taken in, and the gaps. What a gap means is a rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from types import MappingProxyType

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.dialects.sqlite import Insert

from bot.db import register
from bot.db.schema import committees, liveness, outages
from bot.db.statement_cache import compiled_once
from bot.db.telling import TOLD, Telling
from bot.db.transaction import Reading, Transaction
from bot.db.upsert import insert_for

CLOCKS_APART = timedelta(minutes=1)
"""By so much Telegram's clock may be behind ours."""


@dataclass(frozen=True, slots=True)
class Outage:
    """A span in which nothing could be taken in; `lost`: or of which nothing is kept any more."""

    start: datetime
    end: datetime
    lost: bool = False


async def covered_until(tx: Transaction) -> datetime | None:
    """Everything pressed before this moment has been taken in; None before the first poll."""
    found: datetime | None = (await tx.execute(_COVERED)).scalar()
    return found


_COVERED = compiled_once(select(liveness.c.covered_until))


async def cover(tx: Transaction, until: datetime) -> None:
    """Say that everything pressed before a moment has been taken in. Goes back by `set_back` alone."""
    await tx.execute(_cover(tx.dialect.name), {"id": 1, "covered_until": until})


@cache
def _cover(dialect: str) -> Insert:
    table = insert_for(dialect, liveness)
    return compiled_once(
        table.on_conflict_do_update(
            index_elements=[liveness.c.id],
            set_={"covered_until": table.excluded.covered_until},
            where=liveness.c.covered_until < table.excluded.covered_until,
        )
    )


async def set_back(tx: Transaction, now: datetime) -> None:
    """The host's clock was set back to a moment: what was covered by it before says nothing of the time from there."""
    await tx.execute(_SET_BACK, {"now": now})


_SET_BACK = compiled_once(
    update(liveness)
    .where(liveness.c.covered_until > bindparam("now", type_=liveness.c.covered_until.type))
    .values(covered_until=bindparam("now", type_=liveness.c.covered_until.type))
)


async def add_outage(
    tx: Transaction,
    gap: Outage,
    at: datetime,
    actor: str,
    *,
    act: str = "outage",
    detail: Mapping[str, object] = MappingProxyType({}),
) -> None:
    """Record a gap, with a line in the register of every committee: results may hang on it.

    `act` is what the line calls it, `detail` what else it says.
    """
    telling = Telling(tx)
    row = {"start": gap.start, "end": gap.end, "lost": gap.lost}
    await telling.execute(insert(outages), row)
    span = {"from": gap.start.isoformat(), "until": gap.end.isoformat()}
    for committee in (await tx.execute(_COMMITTEES)).scalars():
        told = {**detail, **span, TOLD: telling.told}
        await register.write(tx, committee, at, actor, act, "", told)


_COMMITTEES = select(committees.c.id).order_by(committees.c.id)


async def outages_since(tx: Transaction, moment: datetime) -> tuple[Outage, ...]:
    """The gaps that end after a moment, oldest first, in full length."""
    return tuple(Outage(*row) for row in await tx.execute(_SINCE, {"moment": moment}))


async def was_lost(tx: Reading, moment: datetime) -> bool:
    """Whether nothing is kept of what was done at a moment of another clock."""
    gaps = await tx.execute(_LOST)
    return any(start - CLOCKS_APART <= moment < end for start, end in gaps)


_LOST = compiled_once(select(outages.c.start, outages.c.end).where(outages.c.lost), lasting=True)
_SINCE = compiled_once(
    select(outages.c.start, outages.c.end, outages.c.lost)
    .where(outages.c.end > bindparam("moment", type_=outages.c.end.type))
    .order_by(outages.c.start),
    lasting=True,
)
