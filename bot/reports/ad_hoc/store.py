"""Reports asked for by hand, in tables: what, to whom, by when, who asked. No rule lives here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, insert, select, update

from bot.db.schema import hand_duties
from bot.db.transaction import Transaction


@dataclass(frozen=True, slots=True)
class HandDuty:
    """A report asked for beside the calendar. `duty` is that of the rule book, or an id of its own."""

    committee: int
    duty: str
    name: str
    words: str
    to_whom: str
    article: str
    due_on: date
    due_at: datetime | None
    asked_by: int
    asked_at: datetime
    id: int = 0
    withdrawn_at: datetime | None = None


async def add(tx: Transaction, asked: HandDuty) -> int:
    """Keep what was asked for."""
    values = {
        "committee_id": asked.committee,
        "duty": asked.duty,
        "name": asked.name,
        "words": asked.words,
        "to_whom": asked.to_whom,
        "article": asked.article,
        "due_on": asked.due_on,
        "due_at": asked.due_at,
        "asked_by": asked.asked_by,
        "asked_at": asked.asked_at,
    }
    entered = await tx.execute(insert(hand_duties).values(**values).returning(hand_duties.c.id))
    return int(entered.scalar_one())


async def count(tx: Transaction, committee: int) -> int:
    """How many a committee has asked for so far."""
    mine = select(func.count()).where(hand_duties.c.committee_id == committee)
    return int((await tx.execute(mine)).scalar_one())


async def get(tx: Transaction, hand_id: int) -> HandDuty | None:
    """One of them."""
    row = (await tx.execute(select(hand_duties).where(hand_duties.c.id == hand_id))).first()
    if row is None:
        return None
    return HandDuty(
        committee=row.committee_id,
        duty=row.duty,
        name=row.name,
        words=row.words,
        to_whom=row.to_whom,
        article=row.article,
        due_on=row.due_on,
        due_at=row.due_at,
        asked_by=row.asked_by,
        asked_at=row.asked_at,
        id=row.id,
        withdrawn_at=row.withdrawn_at,
    )


async def newest(tx: Transaction) -> tuple[int, str] | None:
    """The one asked for last, of all committees, with the duty it goes by."""
    found = await tx.execute(
        select(hand_duties.c.id, hand_duties.c.duty).order_by(hand_duties.c.id.desc()).limit(1)
    )
    row = found.first()
    return (row.id, row.duty) if row else None


async def withdraw(tx: Transaction, hand_id: int, at: datetime) -> None:
    """It is asked for no more."""
    await tx.execute(
        update(hand_duties)
        .where(hand_duties.c.id == hand_id, hand_duties.c.withdrawn_at.is_(None))
        .values(withdrawn_at=at)
    )
