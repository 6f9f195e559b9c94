"""Documents of meetings in tables: of the whole meeting or of one item, when they went out, who got them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update

from bot.db.fact import fact
from bot.db.schema import attachments, meetings, paper_receipts
from bot.db.statement_cache import compiled_once
from bot.db.transaction import Transaction
from bot.db.upsert import insert_into
from bot.values.files import FileRef


@dataclass(frozen=True, slots=True)
class Paper:
    """One document; `item` is None for the meeting as a whole, `sent_at` before it went out."""

    id: int
    file: FileRef
    item: int | None
    sent_by: int
    sent_at: datetime | None = None


async def keep(
    tx: Transaction, meeting_id: int, item: int | None, file: FileRef, sent_by: int
) -> None:
    """Keep a document of a meeting; it has not gone out yet, and is nobody's evidence until it does."""
    values: dict[str, Any] = {
        "meeting_id": meeting_id,
        "item_id": item,
        "name": file.name,
        "size": file.size,
        "sha256": file.sha256,
        "file_id": file.file_id,
        "sent_by": sent_by,
    }
    await tx.execute(insert(attachments).values(**values))


add = fact(keep)
"""A document is brought to a meeting."""


async def of_meeting(tx: Transaction, meeting_id: int) -> tuple[Paper, ...]:
    """Every document of a meeting, in the order in which they came."""
    found = await tx.execute(_OF_MEETING, {"of": meeting_id})
    return tuple(
        Paper(
            row.id,
            FileRef(row.name, row.file_id, row.sha256, row.size),
            row.item_id,
            row.sent_by,
            row.sent_at,
        )
        for row in found
    )


_OF_MEETING = compiled_once(
    select(attachments)
    .where(attachments.c.meeting_id == bindparam("of"))
    .order_by(attachments.c.id)
)


@fact
async def send(tx: Transaction, meeting_id: int, at: datetime) -> None:
    """Whatever of a meeting has not gone out goes out now."""
    unsent = attachments.c.sent_at.is_(None)
    await tx.execute(
        update(attachments).where(attachments.c.meeting_id == meeting_id, unsent).values(sent_at=at)
    )


@fact
async def remove(tx: Transaction, ids: Collection[int]) -> None:
    """Put aside documents that have not gone out."""
    unsent = attachments.c.sent_at.is_(None)
    await tx.execute(delete(attachments).where(attachments.c.id.in_(ids), unsent))


@fact
async def received(tx: Transaction, ids: Collection[int], person: int, at: datetime) -> bool:
    """A person has got these; the first time counts. False when all of that was known already."""
    rows = [{"attachment_id": each, "person_id": person, "at": at} for each in ids]
    if not rows:
        return False
    statement = insert_into(tx, paper_receipts).on_conflict_do_nothing()
    return (await tx.execute(statement, rows)).rowcount > 0


async def committee_of(tx: Transaction, meeting_id: int) -> int:
    """The committee of a meeting that is known to be there."""
    return int((await tx.execute(_COMMITTEE, {"of": meeting_id})).scalar_one())


_COMMITTEE = compiled_once(select(meetings.c.committee_id).where(meetings.c.id == bindparam("of")))


async def receipts(tx: Transaction, meeting_id: int) -> dict[tuple[int, int], datetime]:
    """When each person got each document of a meeting: by (document, person)."""
    found = await tx.execute(
        select(paper_receipts)
        .join(attachments, attachments.c.id == paper_receipts.c.attachment_id)
        .where(attachments.c.meeting_id == meeting_id)
    )
    return {(row.attachment_id, row.person_id): row.at for row in found}
