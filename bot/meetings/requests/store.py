"""Members' requests for an extraordinary meeting, as rows. When there are enough is judged elsewhere."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, select, update

from bot.db.fact import fact
from bot.db.schema import meeting_requests
from bot.db.transaction import Transaction
from bot.meetings.rules.requests import MeetingRequest, Settled


@fact
async def ask(tx: Transaction, request: MeetingRequest) -> int:
    """Enter a request (its id is given here); gives its id."""
    entered = await tx.execute(
        insert(meeting_requests)
        .values(
            committee_id=request.committee,
            body=request.body,
            person_id=request.person,
            reason=request.reason,
            at=request.at,
            told_at=request.told_at,
        )
        .returning(meeting_requests.c.id)
    )
    return int(entered.scalar_one())


async def unsettled(
    tx: Transaction, committee: int, body: str | None = None
) -> list[MeetingRequest]:
    """Requests that nobody has settled, oldest first; of one body or of all."""
    wanted = select(meeting_requests).where(
        meeting_requests.c.committee_id == committee, meeting_requests.c.settled_at.is_(None)
    )
    if body is not None:
        wanted = wanted.where(meeting_requests.c.body == body)
    return [_request(row) for row in await tx.execute(wanted.order_by(meeting_requests.c.id))]


@fact
async def told(tx: Transaction, ids: Collection[int], at: datetime | None) -> None:
    """Clerk and head were told of these; with no moment they are to be told again."""
    await tx.execute(
        update(meeting_requests).where(meeting_requests.c.id.in_(ids)).values(told_at=at)
    )


@fact
async def settle(tx: Transaction, ids: Collection[int], how: Settled, at: datetime) -> None:
    """These are withdrawn, or answered."""
    await tx.execute(
        update(meeting_requests)
        .where(meeting_requests.c.id.in_(ids), meeting_requests.c.settled_at.is_(None))
        .values(settled_at=at, settled=how.value)
    )


def _request(row: Row[Any]) -> MeetingRequest:
    return MeetingRequest(
        row.id, row.committee_id, row.body, row.person_id, row.reason, row.at, row.told_at
    )
