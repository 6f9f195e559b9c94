"""What stands in tables, exactly as it stands, for whoever checks it. Nothing is judged here."""

from __future__ import annotations

from sqlalchemy import select, type_coerce
from sqlalchemy.types import NullType

from bot.db.schema import committees, consultations, meetings
from bot.db.transaction import Transaction


async def committees_named(tx: Transaction) -> list[tuple[int, str]]:
    """Every committee by id and name, in the order of their founding."""
    query = select(committees.c.id, type_coerce(committees.c.name, NullType()))
    return [(id_, str(name)) for id_, name in await tx.execute(query.order_by(committees.c.id))]


async def consultation_ids(tx: Transaction, committee: int) -> list[int]:
    """Every consultation of a committee, in the order of their making."""
    query = select(consultations.c.id).where(consultations.c.committee_id == committee)
    return list((await tx.execute(query.order_by(consultations.c.id))).scalars())


async def meeting_ids(tx: Transaction, committee: int) -> list[int]:
    """Every meeting of a committee, in the order of their making."""
    query = select(meetings.c.id).where(meetings.c.committee_id == committee)
    return list((await tx.execute(query.order_by(meetings.c.id))).scalars())
