"""Which meetings there are: of a committee, for a person, between two moments. What they hold is in meetings.py."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from bot.store.schema import agenda_items, invitees, meetings
from bot.store.transaction import Transaction


async def ids_of_committee(tx: Transaction, committee: int, limit: int) -> list[int]:
    """The committee's meetings, the latest start first."""
    found = await tx.execute(
        select(meetings.c.id)
        .where(meetings.c.committee_id == committee)
        .order_by(meetings.c.starts_at.desc(), meetings.c.id.desc())
        .limit(limit)
    )
    return list(found.scalars())


async def ids_for(tx: Transaction, person: int, since: datetime) -> list[int]:
    """Meetings to which the person is invited that start after `since`, the earliest first."""
    found = await tx.execute(
        select(meetings.c.id)
        .join(invitees, invitees.c.meeting_id == meetings.c.id)
        .where(invitees.c.person_id == person, meetings.c.starts_at > since)
        .order_by(meetings.c.starts_at, meetings.c.id)
    )
    return list(found.scalars())


async def since(tx: Transaction, committee: int, start: datetime) -> list[int]:
    """The committee's meetings that start at `start` or later, the earliest first, whatever their stage."""
    found = await tx.execute(
        select(meetings.c.id)
        .where(meetings.c.committee_id == committee, meetings.c.starts_at >= start)
        .order_by(meetings.c.starts_at, meetings.c.id)
    )
    return list(found.scalars())


async def between(
    tx: Transaction, committee: int, body: str, start: datetime, end: datetime
) -> list[int]:
    """Meetings of a body that start in [start, end), the earliest first, whatever their stage."""
    found = await tx.execute(
        select(meetings.c.id)
        .where(
            meetings.c.committee_id == committee,
            meetings.c.body == body,
            meetings.c.starts_at >= start,
            meetings.c.starts_at < end,
        )
        .order_by(meetings.c.starts_at, meetings.c.id)
    )
    return list(found.scalars())


async def of_item(tx: Transaction, item_id: int) -> int | None:
    """The meeting of an item."""
    found = await tx.execute(select(agenda_items.c.meeting_id).where(agenda_items.c.id == item_id))
    meeting: int | None = found.scalar()
    return meeting
