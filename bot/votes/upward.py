"""The upward report that a divided vote leaves owed, in the bot or on paper, until the same is asked anew (QN 7.2)."""

from __future__ import annotations

from bot.kit.notify import reference
from bot.kit.unit import UnitOfWork
from bot.meetings import face as meetings
from bot.meetings.rules.closing import at_the_close, by_paper_ballot
from bot.meetings.rules.meeting import DECIDES, AgendaItem, Meeting
from bot.meetings.rules.voted import divided_on, holding, votes_on
from bot.owed import face as owed_face
from bot.owed.rules.debt import Debt, DebtKind
from bot.people.rules.people import Person
from bot.regulations.rules.terms import Next
from bot.values.action import Action, action
from bot.votes.access import Access, subject
from bot.votes.rules.vote import Vote


async def owe(work: UnitOfWork, found: Access, vote: Vote) -> None:
    """The head owes a report of all opinions where the vote sends the matter upward (QN 7.2).

    What earlier votes on the item left owed is owed no more once all that divided them has been asked anew.
    """
    meeting, item, by = found.meeting, found.item, found.person
    earlier = [each for each in votes_on(meeting, item) if each.id != vote.id]
    divided = {each.vote.id for each in holding([*earlier, vote]) if each.divided}
    for each in earlier:
        if each.id not in divided:
            await _drop(work, meeting, each, by)
    if vote.result is not None and vote.result.next is Next.UPWARD_REPORT:
        await _owe(work, meeting, item, subject(vote.id), by)


@meetings.closed.follow
async def owe_of_paper_ballots(work: UnitOfWork, meeting: Meeting) -> None:
    """The same of a ballot on paper, once the meeting has ended and its count stands; an item is reported once."""
    for item in meeting.items:
        if by_paper_ballot(meeting, item) is None:
            continue
        votes = divided_on(meeting, item)
        if at_the_close(meeting, item) in DECIDES:  # what divided the body was asked anew on paper
            for vote in votes:
                await _drop(work, meeting, vote, None)
        elif not votes:
            await _owe(work, meeting, item, reference("item", item.id), None)


async def _drop(work: UnitOfWork, meeting: Meeting, vote: Vote, by: Person | None) -> None:
    kind = DebtKind.UPWARD_REPORT
    debt = await owed_face.open_for(work, meeting.committee, subject(vote.id), kind)
    if debt is not None:
        await owed_face.drop(work, debt, by, "voted_again")


async def _owe(
    work: UnitOfWork, meeting: Meeting, item: AgendaItem, of: str, by: Person | None
) -> None:
    divided = meeting.rules.vote and meeting.rules.vote.divided
    if divided is None:
        return
    owed = Debt(
        DebtKind.UPWARD_REPORT,
        of,
        item.subject,
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
