"""What a closed meeting has settled: whom it concerns, and who hears of it at the next session (QN 13.3, BK 2.10)."""

from __future__ import annotations

from bot.kit.notify import reference
from bot.kit.unit import UnitOfWork
from bot.meetings.agenda import between
from bot.meetings.rules.meeting import Conclusion, Meeting
from bot.meetings.sitting import sitting
from bot.owed import face as owed

DECIDED = frozenset({Conclusion.ADOPTED, Conclusion.NOT_ADOPTED})


@sitting.closed.follow_at(1)
async def _ask(work: UnitOfWork, meeting: Meeting) -> None:
    for item in meeting.items:
        if item.concluded is not None and item.concluded.kind is Conclusion.ADOPTED:
            of = reference("item", item.id)
            await owed.ask_whom_it_concerns(
                work, meeting.committee, meeting.body, of, item.subject, None
            )


@sitting.closed.follow_at(2)
async def _gather(work: UnitOfWork, meeting: Meeting) -> None:
    settled = [
        (item.subject, item.concluded.kind.value)
        for item in meeting.items
        if item.concluded is not None and item.concluded.kind in DECIDED
    ]
    await between.gather(work, meeting.committee, meeting.body.id, settled)
