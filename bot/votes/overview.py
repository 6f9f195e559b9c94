"""Whether the results of stored votes follow from what is kept. Nothing is changed here."""

from __future__ import annotations

from bot.kit.unit import UnitOfWork
from bot.meetings import face as meetings
from bot.meetings.rules.meeting import Meeting
from bot.votes.access import item_of
from bot.votes.rules import rights
from bot.votes.rules.vote import Room, Vote, VoteResult, count, said_by


async def held(work: UnitOfWork, meeting_id: int) -> dict[int, bool]:
    """Of each vote of a meeting that has a result, whether it follows from what is kept."""
    meeting = await meetings.get(work.tx, meeting_id)
    if meeting is None:
        return {}
    return {vote.id: follows(meeting, vote) for vote in meeting.votes if vote.result}


def follows(meeting: Meeting, vote: Vote) -> bool:
    """Whether the result of a vote follows from what is known of the meeting; of a secret one that it adds up."""
    result = vote.result
    if result is None or not vote.recused <= {each.person for each in meeting.roll}:
        return False
    if vote.secret:
        return _adds_up(meeting, vote, result)
    return result.because is not None or _again(meeting, vote) == result


def _adds_up(meeting: Meeting, vote: Vote, result: VoteResult) -> bool:
    """Of a secret vote only this is left to check: every ballot answered every question, one a name.

    And who took no part has cast none, and is out of the base only where the rule book says so.
    """
    if vote.voted & vote.recused or result.turnout != len(vote.voted):
        return False
    roll = len(meeting.roll) - (0 if result.because else _out_of_base(meeting, vote))
    return (result.roll, result.recused) == (roll, len(vote.recused)) and all(
        sum(answers.values()) == result.turnout for answers in result.counts.values()
    )


def _out_of_base(meeting: Meeting, vote: Vote) -> int:
    """By how many the base of what was counted is the smaller."""
    rule = rights.recusal_of(meeting, vote)
    return len(vote.recused) if rule and rule.out_of_base else 0


def _again(meeting: Meeting, vote: Vote) -> VoteResult | None:
    rule, result = rights.rule_of(meeting, vote), vote.result
    if rule is None or result is None:
        return None
    item = item_of(meeting, vote)
    return count(
        rule,
        vote.kind,
        vote.questions,
        vote.answers,
        Room(
            len(meeting.roll),
            result.present + _out_of_base(meeting, vote),
            recused=len(vote.recused),
        ),
        secret=False,
        also=rights.articles(meeting, item, vote),
        again=rights.was_divided(item),
        head=said_by(vote, rights.head_of(meeting)),
    )
