"""Which meetings were called or entered, for counting a rhythm; and since when a committee is there.

Whether one of them counts, and what lacks, is judged elsewhere.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Exists, bindparam, exists, select

from bot.db.schema import committees, meeting_acts, meetings
from bot.db.statement_cache import compiled_once
from bot.db.transaction import Transaction
from bot.meetings.rules.meeting import MeetingActKind, MeetingKind
from bot.meetings.rules.rhythm import Met


async def met(tx: Transaction, committee: int, start: datetime, end: datetime) -> list[Met]:
    """Meetings that start in [start, end) and were called or entered afterwards, and not cancelled."""
    stands = _has(MeetingActKind.CALL, MeetingActKind.RECORD)
    rows = await tx.execute(
        select(
            meetings.c.id,
            meetings.c.body,
            meetings.c.kind,
            meetings.c.session,
            meetings.c.starts_at,
        )
        .where(
            meetings.c.committee_id == committee,
            meetings.c.starts_at >= start,
            meetings.c.starts_at < end,
            stands,
            ~_has(MeetingActKind.CANCEL),
        )
        .order_by(meetings.c.starts_at, meetings.c.id)
    )
    return [
        Met(row.body, MeetingKind(row.kind), row.session, row.starts_at, row.id) for row in rows
    ]


def _has(*kinds: MeetingActKind) -> Exists:
    return exists().where(
        meeting_acts.c.meeting_id == meetings.c.id,
        meeting_acts.c.kind.in_([kind.value for kind in kinds]),
    )


async def founded_at(tx: Transaction, committee: int) -> datetime:
    """When the committee was founded here."""
    moment: datetime = (await tx.execute(_FOUNDED, {"of": committee})).scalar_one()
    return moment


_FOUNDED = compiled_once(
    select(committees.c.created_at).where(committees.c.id == bindparam("of")), lasting=True
)
