"""What a closed meeting has adopted: the office is asked of each decision whom it concerns (QN 13.3)."""

from __future__ import annotations

from bot.kit.notify import reference
from bot.kit.unit import UnitOfWork
from bot.meetings.rules.meeting import Conclusion, Meeting
from bot.meetings.sitting import sitting
from bot.owed import concerning


@sitting.closed.follow_at(1)
async def _ask(work: UnitOfWork, meeting: Meeting) -> None:
    for item in meeting.items:
        if item.concluded is not None and item.concluded.kind is Conclusion.ADOPTED:
            of = reference("item", item.id)
            await concerning.ask(work, meeting.committee, meeting.body, of, item.subject, None)
