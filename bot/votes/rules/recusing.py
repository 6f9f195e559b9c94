"""Who may say to take no part in a vote in the room, take that back, or enter it for others. Pure."""

from __future__ import annotations

from collections.abc import Collection

from bot.meetings.rules.meeting import Invitee, Meeting, MeetingStage
from bot.values.refusal import NO_RIGHT, Refusal
from bot.votes.rules.rights import may_vote, recusal_of
from bot.votes.rules.vote import Vote


def may_recuse(meeting: Meeting, vote: Vote, person: int, *, seated: bool) -> Refusal | None:
    """Whoever may vote now takes no part, where the text has it: before a ballot is cast, and never the last one."""
    rule = recusal_of(meeting, vote)
    if rule is None:
        return Refusal("vote_no_recusal")
    refusal = may_vote(meeting, vote, person, seated=seated)
    if refusal:
        return refusal
    if vote.secret and person in vote.voted:
        return Refusal("vote_recuse_cast")
    others = {each.person for each in meeting.present}
    if not vote.secret:  # of a secret vote nobody learns whether who has left has cast a ballot
        others |= vote.voted
    by_hand = (
        vote.raised is not None and vote.raised.total > 0
    )  # of others, also where they have left
    if by_hand or others - vote.recused - {person}:
        return None
    return Refusal("vote_recuse_last", rule.article)


def may_enter_recusals(meeting: Meeting, vote: Vote, *, office: bool) -> Refusal | None:
    """Clerk or head enter what members say in the room, until the close, where the text has it."""
    if not office:
        return NO_RIGHT
    if recusal_of(meeting, vote) is None:
        return Refusal("vote_no_recusal")
    return _over(meeting, vote)


def may_record_recusal(
    meeting: Meeting, vote: Vote, of: int, *, office: bool, by_phone: bool
) -> Refusal | None:
    """The same of one member who is there. Of a secret vote only who has no bot (`by_phone`): the office never learns
    who has cast a ballot before the close, and whoever may have cast one says it by phone.
    """
    refusal = may_enter_recusals(meeting, vote, office=office)
    if refusal:
        return refusal
    if vote.secret and by_phone:
        return Refusal("vote_recuse_by_phone")
    return may_recuse(meeting, vote, of, seated=True)


def may_take_part(meeting: Meeting, vote: Vote, person: int) -> Refusal | None:
    """Who said to take no part takes that back until the close: an open answer given before counts again.

    That and the moment are the product's: an article on recusal, where a rule book has one, is only to be compared.
    """
    refusal, rule = _over(meeting, vote), recusal_of(meeting, vote)
    if refusal is None and person not in vote.recused:
        return Refusal("vote_not_recused", rule.article if rule else None)
    return refusal


def may_take_back_for(meeting: Meeting, vote: Vote, of: int, *, office: bool) -> Refusal | None:
    """Clerk or head take back what the office entered; what a member said by phone only that member takes back."""
    if not office:
        return NO_RIGHT
    refusal = may_take_part(meeting, vote, of)
    if refusal:
        return refusal
    last = next(each for each in reversed(vote.recusals) if each.person == of)
    return Refusal("vote_recused_own") if last.by == of else None


def may_be_recorded(meeting: Meeting, vote: Vote, by_phone: Collection[int]) -> tuple[Invitee, ...]:
    """Members of whom the office may enter now that they take no part; `by_phone` are those with the bot."""
    return tuple(
        each
        for each in meeting.present
        if may_record_recusal(
            meeting, vote, each.person, office=True, by_phone=each.person in by_phone
        )
        is None
    )


def may_be_taken_back(meeting: Meeting, vote: Vote) -> tuple[Invitee, ...]:
    """Members for whom the office may take back now what it entered."""
    return tuple(
        each
        for each in meeting.roll
        if may_take_back_for(meeting, vote, each.person, office=True) is None
    )


def _over(meeting: Meeting, vote: Vote) -> Refusal | None:
    if vote.closed_at is not None:
        return Refusal("vote_closed", values={"at": vote.closed_at})
    if meeting.stage is not MeetingStage.OPEN:
        return Refusal("vote_not_sitting", values={"stage": meeting.stage.value})
    return None
