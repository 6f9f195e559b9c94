"""The upward report that a divided vote leaves owed: of several votes on an item in one sitting the last counts."""

from __future__ import annotations

from bot.kit.unit import UnitOfWork
from bot.owed import face as owed_face
from bot.owed.rules.debt import Debt, DebtKind
from bot.regulations.rules.terms import Next
from bot.values.action import Action, action
from bot.votes.access import Access, subject
from bot.votes.rules.vote import Vote


async def owe(work: UnitOfWork, found: Access, vote: Vote) -> None:
    """The head owes a report of all opinions where the vote sends the matter upward (QN 7.2)."""
    meeting, result = found.meeting, vote.result
    by = found.person
    for earlier in meeting.votes:
        if earlier.item_id == found.item.id and earlier.id != vote.id:
            kind = DebtKind.UPWARD_REPORT
            debt = await owed_face.open_for(work, meeting.committee, subject(earlier.id), kind)
            if debt is not None:
                await owed_face.drop(work, debt, by, "voted_again")
    divided = meeting.rules.vote.divided if meeting.rules.vote else None
    if result is None or result.next is not Next.UPWARD_REPORT or divided is None:
        return
    owed = Debt(
        DebtKind.UPWARD_REPORT,
        subject(vote.id),
        found.item.subject,
        divided.article,
        since=work.now,
        days=meeting.body.upward_report_days,
        committee=meeting.committee,
        body=meeting.body.id,
    )
    await owed_face.owe(work, owed, by)


@owed_face.leads("vote")
def _way(vote: int) -> Action:
    return action("vote_dash", vote)
