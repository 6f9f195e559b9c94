"""Whether stored votes still hold: results recomputed, the roll of a secret one compared. Nothing is changed."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence

from bot.db.register import Line
from bot.kit.unit import UnitOfWork
from bot.meetings import face as meetings
from bot.meetings.rules.meeting import Meeting
from bot.votes import store as votes
from bot.votes.access import item_of, subject
from bot.votes.rules import rights
from bot.votes.rules.vote import Room, Vote, VoteResult, count

EVERY = 1_000_000
"""More meetings than any committee holds."""


async def closed_votes(work: UnitOfWork, committee: int) -> AsyncIterator[tuple[Meeting, Vote]]:
    """Every vote of a committee that has been closed, with its meeting."""
    for meeting_id in await meetings.ids_of_committee(work.tx, committee, EVERY):
        meeting = await meetings.get(work.tx, meeting_id)
        for vote in meeting.votes if meeting else ():
            if meeting is not None and vote.result is not None:
                yield meeting, vote


def holds(meeting: Meeting, vote: Vote, recorded: Mapping[str, Sequence[Line]]) -> bool:
    """Whether the result follows from what is kept, and the register says the same."""
    result, lines = vote.result, recorded.get(subject(vote.id), ())
    if result is None:
        return True
    told = [line.detail for line in lines if line.act == "vote_close"]
    if [each["result"] for each in told] != [votes.plain(result)]:
        return False
    if vote.secret:
        return told[0]["roll"] == sorted(vote.voted) and _adds_up(vote, result)
    said = [(line.detail["answers"], line.detail["words"]) for line in lines if line.act == "vote"]
    kept = [(dict(each.answers), each.words) for each in vote.cast]
    return said == kept and (result.because is not None or _again(meeting, vote) == result)


def _adds_up(vote: Vote, result: VoteResult) -> bool:
    """Of a secret vote only this is left to check: every ballot answered every question, one a name."""
    return result.turnout == len(vote.voted) and all(
        sum(answers.values()) == result.turnout for answers in result.counts.values()
    )


def _again(meeting: Meeting, vote: Vote) -> VoteResult | None:
    rule, result = meeting.rules.vote, vote.result
    if rule is None or result is None:
        return None
    cast = [each.answers for each in vote.effective.values()]
    item = item_of(meeting, vote)
    return count(
        rule,
        vote.kind,
        vote.questions,
        cast,
        Room(len(meeting.roll), result.present),
        secret=False,
        also=rights.articles(meeting, item, vote),
        again=rights.was_divided(item),
    )
