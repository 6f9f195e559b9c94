"""What a sitting leaves to be discussed again: a division owes it, and discussing it again settles it (HU 15.2)."""

from __future__ import annotations

from bot.db import people
from bot.kit.unit import UnitOfWork
from bot.meetings.agenda import discussing_again
from bot.meetings.agenda import store as agenda
from bot.meetings.agenda.returning import divided_by
from bot.meetings.rules.closing import RETURNS, at_the_close
from bot.meetings.rules.meeting import AgendaItem, Conclusion, Meeting, MeetingActKind
from bot.meetings.sitting.sitting import closed
from bot.owed import face as owed_face
from bot.owed.rules.debt import Debt, DebtKind
from bot.people.rules.people import Person


@closed.follow
async def follow(work: UnitOfWork, meeting: Meeting) -> None:
    """Of several votes that divided the body over an item in one sitting the last is named; what returns stays owed."""
    waited = await agenda.some(work.tx, [i.waiting_id for i in meeting.items if i.waiting_id])
    ended = meeting.act(MeetingActKind.CLOSE)
    by = await people.person(work.tx, ended.by) if ended and ended.by else None
    for item in meeting.items:
        before, concluded = waited.get(item.waiting_id or 0), at_the_close(meeting, item)
        if before is None or before.second_of is None:
            if concluded is Conclusion.DISCUSS_AGAIN:
                await _owe(work, meeting, item, by)
        elif concluded not in RETURNS:
            await discussing_again.settle(work, meeting.committee, before, by)
    await discussing_again.items_moved(work, meeting)


async def _owe(work: UnitOfWork, meeting: Meeting, item: AgendaItem, by: Person | None) -> None:
    named, rule = divided_by(meeting, item), meeting.rules.vote
    if named is None or rule is None or rule.divided is None:
        return
    owed = Debt(
        DebtKind.SECOND_ROUND,
        named,
        item.subject,
        rule.divided.article,
        since=work.now,
        days=meeting.body.second_round_days,
        committee=meeting.committee,
        body=meeting.body.id,
    )
    await owed_face.owe(work, owed, by)
    await discussing_again.moved.happened(work, named)
