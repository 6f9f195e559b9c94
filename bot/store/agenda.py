"""Items that wait for a body's next meeting. Which items wait is decided by the outcome's rule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.dossier import Dossier
from bot.store.schema import agenda_waiting


@dataclass(frozen=True, slots=True)
class WaitingItem:
    """One item with its reason (a `Next` id)."""

    id: int
    body: str
    subject: str
    reason: str
    consultation_id: int | None


async def wait(tx: AsyncConnection, dossier: Dossier, body: str, reason: str, at: datetime) -> None:
    """Let a consultation wait for the body's next meeting."""
    await wait_for(tx, dossier.committee, body, dossier.subject, reason, at, dossier.id)


async def wait_for(  # noqa: PLR0917 - an item is entered in the order in which it is read
    tx: AsyncConnection,
    committee: int,
    body: str,
    subject: str,
    reason: str,
    at: datetime,
    consultation_id: int | None = None,
) -> None:
    """Let an item wait for the body's next meeting."""
    await tx.execute(
        insert(agenda_waiting).values(
            committee_id=committee,
            body=body,
            subject=subject,
            reason=reason,
            consultation_id=consultation_id,
            created_at=at,
        )
    )


async def waiting(tx: AsyncConnection, committee: int) -> list[WaitingItem]:
    """Items not yet taken to a meeting, oldest first."""
    found = await tx.execute(
        select(agenda_waiting)
        .where(agenda_waiting.c.committee_id == committee, agenda_waiting.c.taken_at.is_(None))
        .order_by(agenda_waiting.c.id)
    )
    return [
        WaitingItem(row.id, row.body, row.subject, row.reason, row.consultation_id) for row in found
    ]
