"""Votes when their committee ends: an open one decides nothing, and nobody can open the box of a secret one."""

from __future__ import annotations

from bot.kit.ending import Ending, Standing, ends, stands
from bot.kit.unit import UnitOfWork
from bot.meetings import face as meetings
from bot.meetings.rules.meeting import AgendaItem, Meeting
from bot.votes import ballots, polling
from bot.votes import store as votes
from bot.votes.rules import rights
from bot.votes.rules.vote import Unpublished, Vote, unpublished


async def _open(work: UnitOfWork, committee: int) -> list[tuple[Meeting, AgendaItem, Vote]]:
    found = []
    for meeting_id, vote_id in await votes.open_ones(work.tx):
        meeting = await meetings.there(work.tx, meeting_id)
        vote = next(each for each in meeting.votes if each.id == vote_id)
        item = meeting.item(vote.item_id)
        if meeting.committee == committee and item is not None:
            found.append((meeting, item, vote))
    return found


@stands(5)
async def standing(work: UnitOfWork, committee: int) -> list[Standing]:
    """Votes that are open."""
    return [Standing("vote", item.subject) for _, item, _ in await _open(work, committee)]


@ends(5)
async def end(work: UnitOfWork, ending: Ending) -> None:
    """No choice is told, the box goes, and its key with what is wiped after the meeting.

    No key is needed for it. One that another machine has goes when that one starts again.
    """
    for meeting, item, vote in await _open(work, ending.committee):
        rule = rights.rule_of(meeting, vote)
        if rule is None:
            continue
        room = rights.room(meeting, vote)
        result = unpublished(rule, room, vote.turnout, Unpublished.ENDED)
        await polling.settle(work, meeting, item, vote, result)
        if vote.secret:
            await ballots.wipe_after(work, meeting)
