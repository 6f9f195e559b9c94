"""Who stands in for whom, from when to when. Who may delegate is judged elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, select, update

from bot.store.schema import delegations
from bot.store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Given:
    """A delegation of a body's head to another person; both ends belong to it."""

    id: int
    committee: int
    body: str
    of: int
    to: int
    starts_at: datetime
    ends_at: datetime
    article: str
    withdrawn_at: datetime | None = None


async def add(tx: Transaction, given: Given, at: datetime) -> int:
    """Enter a delegation (its id is given here); gives its id."""
    entered = await tx.execute(
        insert(delegations)
        .values(
            committee_id=given.committee,
            body=given.body,
            of=given.of,
            to=given.to,
            starts_at=given.starts_at,
            ends_at=given.ends_at,
            article=given.article,
            given_at=at,
        )
        .returning(delegations.c.id)
    )
    return int(entered.scalar_one())


async def withdraw(tx: Transaction, delegation_id: int, at: datetime) -> None:
    """End a delegation before its time."""
    await tx.execute(
        update(delegations).where(delegations.c.id == delegation_id).values(withdrawn_at=at)
    )


async def running(tx: Transaction, committee: int, at: datetime) -> list[Given]:
    """Delegations not withdrawn that have not ended at `at`, the earliest first."""
    found = await tx.execute(
        select(delegations)
        .where(
            delegations.c.committee_id == committee,
            delegations.c.withdrawn_at.is_(None),
            delegations.c.ends_at >= at,
        )
        .order_by(delegations.c.starts_at, delegations.c.id)
    )
    return [_given(row) for row in found]


async def active(tx: Transaction, committee: int, body: str, at: datetime) -> list[Given]:
    """Delegations of that body's head in force at `at`."""
    return [
        each
        for each in await running(tx, committee, at)
        if each.body == body and each.starts_at <= at
    ]


def _given(row: Row[Any]) -> Given:
    return Given(
        row.id,
        row.committee_id,
        row.body,
        row.of,
        row.to,
        row.starts_at,
        row.ends_at,
        row.article,
        row.withdrawn_at,
    )
