"""Who stands in for the head of a body, read from its table. What that gives a right to is not known here."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, select

from bot.db.schema import delegations
from bot.db.statement_cache import compiled_once
from bot.db.transaction import Transaction
from bot.people.rules.acting import StandIn
from bot.regulations.rules.meetings import Scope

_NOT_OVER = compiled_once(
    select(delegations)
    .where(
        delegations.c.committee_id == bindparam("of"),
        delegations.c.withdrawn_at.is_(None),
        delegations.c.ends_at >= bindparam("at"),
    )
    .order_by(delegations.c.starts_at, delegations.c.id)
)


async def not_over(tx: Transaction, committee: int, at: datetime) -> list[StandIn]:
    """Who stands in at `at` or will, not withdrawn; the earliest first."""
    return [_stand_in(row) for row in await tx.execute(_NOT_OVER, {"of": committee, "at": at})]


async def running(tx: Transaction, committee: int, at: datetime) -> list[StandIn]:
    """Who stands in at `at`."""
    return [each for each in await not_over(tx, committee, at) if each.runs(at)]


def _stand_in(row: Row[Any]) -> StandIn:
    return StandIn(
        row.id,
        row.committee_id,
        row.body,
        row.of,
        row.to,
        row.starts_at,
        row.ends_at,
        row.article,
        Scope(row.scope),
        row.absence_id,
        row.withdrawn_at,
    )
