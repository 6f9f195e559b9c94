"""What was written about consultations, exactly as it stands, for whoever checks it. Nothing is judged here."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from bot.db.schema import consultations, corrections, replies, reservations
from bot.db.transaction import Transaction


async def consultation_ids(tx: Transaction, committee: int) -> list[int]:
    """Every consultation of a committee, in the order of their making."""
    query = select(consultations.c.id).where(consultations.c.committee_id == committee)
    return list((await tx.execute(query.order_by(consultations.c.id))).scalars())


async def replies_written(tx: Transaction, consultation_id: int) -> list[tuple[str, str]]:
    """Choice and words of every answer, late ones too, in the order of their writing."""
    query = select(replies.c.choice, replies.c.words).where(
        replies.c.consultation_id == consultation_id
    )
    return [(row.choice, row.words) for row in await tx.execute(query.order_by(replies.c.id))]


async def corrections_written(tx: Transaction, consultation_id: int) -> list[tuple[str, str, str]]:
    """What was corrected of a request, before and after, in the order of its writing; of a text only that it was."""
    query = select(corrections).where(corrections.c.consultation_id == consultation_id)
    return [
        (row.what, *(("", "") if row.what == "text" else (row.before, row.after)))
        for row in await tx.execute(query.order_by(corrections.c.id))
    ]


async def reservations_written(
    tx: Transaction, *, consultation: int | None = None, vote: int | None = None
) -> list[bool]:
    """Every mark of a consultation or a vote, in the order of their writing."""
    mark = reservations.c
    of = mark.vote_id == vote if consultation is None else mark.consultation_id == consultation
    return list((await tx.execute(select(mark.reserved).where(of).order_by(mark.id))).scalars())


async def result_written(tx: Transaction, consultation_id: int) -> dict[str, Any] | None:
    """The result as it was stored at the close."""
    query = select(consultations.c.result).where(consultations.c.id == consultation_id)
    found: dict[str, Any] | None = (await tx.execute(query)).scalar()
    return found
