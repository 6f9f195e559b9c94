"""What a period came to, counted from the tables: meetings, votes, notices. No rule lives here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, distinct, func, select

from bot.db.schema import (
    agenda_items,
    attendance,
    conclusions,
    invitees,
    meeting_acts,
    meetings,
    member_notices,
    votes,
)
from bot.db.transaction import Transaction

HELD = ("close", "record")
"""Acts by which a meeting has been held: in the bot, or entered afterwards."""


@dataclass(frozen=True, slots=True)
class Span:
    """From a moment until before another, of one committee and of these bodies."""

    committee: int
    bodies: Collection[str]
    since: datetime
    until: datetime

    def covers(self, column: Any) -> ColumnElement[bool]:
        """Whether a moment lies in it."""
        inside: ColumnElement[bool] = (column >= self.since) & (column < self.until)
        return inside


@dataclass(frozen=True, slots=True)
class Met:
    """One meeting ended in the span; `attended` is None where nobody was checked in by the bot."""

    id: int
    number: int | None
    day: datetime
    kind: str
    members: int
    attended: int | None


@dataclass(frozen=True, slots=True)
class Voted:
    """Votes closed in the span: by outcome, and how many were secret."""

    outcomes: Mapping[str, int] = field(default_factory=dict)
    secret: int = 0


def _outcome(result: Mapping[str, Any] | None) -> str:
    return str((result or {}).get("outcome", ""))


async def met(tx: Transaction, span: Span) -> list[Met]:
    """Meetings closed or entered by hand in the span, with how many came; which of them sat is judged elsewhere."""
    held = (
        select(meetings.c.id, meetings.c.number, meetings.c.starts_at, meetings.c.kind)
        .join(meeting_acts, meeting_acts.c.meeting_id == meetings.c.id)
        .where(
            meetings.c.committee_id == span.committee,
            meetings.c.body.in_(span.bodies),
            meeting_acts.c.kind.in_(HELD),
            span.covers(meetings.c.starts_at),
        )
        .order_by(meetings.c.starts_at)
        .distinct()
    )
    return [
        Met(row.id, row.number, row.starts_at, row.kind, *await _came(tx, row.id))
        for row in (await tx.execute(held)).all()
    ]


async def _came(tx: Transaction, meeting_id: int) -> tuple[int, int | None]:
    roll = (invitees.c.meeting_id == meeting_id) & invitees.c.guest.is_(False)
    members = int((await tx.execute(select(func.count()).where(roll))).scalar_one())
    came = select(func.count(distinct(attendance.c.person_id))).join(
        invitees,
        (invitees.c.meeting_id == attendance.c.meeting_id)
        & (invitees.c.person_id == attendance.c.person_id),
    )
    came = came.where(roll, attendance.c.kind == "check_in")
    count = int((await tx.execute(came)).scalar_one())
    return members, count or None


async def voted(tx: Transaction, span: Span) -> Voted:
    """Votes in meetings, closed in the span."""
    rows = (
        await tx.execute(
            select(votes.c.secret, votes.c.result)
            .join(meetings, meetings.c.id == votes.c.meeting_id)
            .where(
                meetings.c.committee_id == span.committee,
                meetings.c.body.in_(span.bodies),
                span.covers(votes.c.closed_at),
            )
        )
    ).all()
    return Voted(
        Counter(_outcome(row.result) for row in rows), sum(bool(row.secret) for row in rows)
    )


async def concluded(tx: Transaction, span: Span) -> Mapping[str, int]:
    """Items on which a conclusion was reached in the meetings of the span, by the last conclusion on each."""
    rows = await tx.execute(
        select(conclusions.c.item_id, conclusions.c.kind)
        .where(span.covers(conclusions.c.at), conclusions.c.item_id.in_(_items(span)))
        .order_by(conclusions.c.id)
    )
    return Counter({row.item_id: row.kind for row in rows}.values())


def _items(span: Span) -> Any:
    return (
        select(agenda_items.c.id)
        .join(meetings, meetings.c.id == agenda_items.c.meeting_id)
        .where(meetings.c.committee_id == span.committee, meetings.c.body.in_(span.bodies))
        .scalar_subquery()
    )


async def noticed(tx: Transaction, span: Span) -> int:
    """Notices sent to members in the span."""
    mine = select(func.count()).where(
        member_notices.c.committee_id == span.committee,
        member_notices.c.body.in_(span.bodies),
        span.covers(member_notices.c.sent_at),
    )
    return int((await tx.execute(mine)).scalar_one())
