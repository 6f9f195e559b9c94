"""What became of rosters and new terms on their day, and when a committee's term began. Nothing is judged here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, insert, select

from bot.db.fact import fact
from bot.db.schema import committees, roster_turns
from bot.db.transaction import Transaction
from bot.values.moments import in_viet_nam


@dataclass(frozen=True, slots=True)
class Turn:
    """The day of a request has come; `refused` is why it could not be done any more, "" where it was."""

    committee: int
    approval: int
    since: date
    term: bool
    at: datetime
    refused: str = ""


@fact
async def turn(tx: Transaction, turned: Turn) -> None:
    """Enter that the day of a request has come, and why it could not be done where it could not."""
    await tx.execute(
        insert(roster_turns).values(
            committee_id=turned.committee,
            approval_id=turned.approval,
            since=turned.since,
            term=turned.term,
            refused=turned.refused,
            at=turned.at,
        )
    )


async def turned(tx: Transaction, committee: int) -> set[int]:
    """Requests whose day has come."""
    query = select(roster_turns.c.approval_id).where(roster_turns.c.committee_id == committee)
    return {row.approval_id for row in await tx.execute(query)}


async def begun_since(tx: Transaction, committee: int, day: date) -> list[tuple[int, date]]:
    """The terms that have begun from that day on: the request for each, and its first day."""
    of = roster_turns.c
    query = select(of.approval_id, of.since).where(
        of.committee_id == committee, of.term, of.refused == "", of.since >= day
    )
    return [(row.approval_id, row.since) for row in await tx.execute(query.order_by(of.since))]


async def begins(tx: Transaction, committee: int) -> date:
    """The day on which the committee's term began: the first one that of its founding."""
    last = await tx.execute(
        select(func.max(roster_turns.c.since)).where(
            roster_turns.c.committee_id == committee,
            roster_turns.c.term,
            roster_turns.c.refused == "",
        )
    )
    begun: date | None = last.scalar()
    if begun is not None:
        return begun
    found = await tx.execute(select(committees.c.created_at).where(committees.c.id == committee))
    founded: datetime = found.scalar_one()
    return in_viet_nam(founded).date()
