"""Who has answered, who will attend, and whether that will do, in whole numbers. No right is judged here."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from bot.domain.meeting import Invitee, Mark, Meeting, MeetingKind, MeetingStage
from bot.domain.quorum import QuorumFound, quorum


@dataclass(frozen=True, slots=True)
class Forecast:
    """What the answers so far come to."""

    attending: tuple[Invitee, ...]
    """Members who said that they attend, or are there already."""
    absent: tuple[Invitee, ...]
    """Members who asked to be absent and are not there."""
    silent: tuple[Invitee, ...]
    """Members who have not answered and are not there."""
    by_answers: QuorumFound
    """How those who attend for certain stand to the quorum."""
    at_best: QuorumFound
    """The same if everybody who has not asked to be absent comes."""
    awaited: tuple[Invitee, ...]
    """Members without whom the special condition fails, once it applies; not yet certain to come."""


def forecast(meeting: Meeting) -> Forecast:
    """What the answers so far come to; guests are in none of the numbers."""
    attending = tuple(each for each in meeting.roll if _comes(meeting, each))
    absent = tuple(each for each in meeting.roll if _stays_away(meeting, each))
    certain = {each.person for each in attending}
    away = {each.person for each in absent}
    by_answers = _quorum(meeting, certain)
    at_best = _quorum(meeting, {each.person for each in meeting.roll} - away)
    must_come = by_answers.missing if at_best.condition_applies else ()
    return Forecast(
        attending=attending,
        absent=absent,
        silent=tuple(each for each in meeting.roll if each.person not in certain | away),
        by_answers=by_answers,
        at_best=at_best,
        awaited=tuple(each for each in meeting.roll if each.person in must_come),
    )


def found(meeting: Meeting) -> QuorumFound:
    """How those who are there now stand to the quorum."""
    return _quorum(meeting, {each.person for each in meeting.present})


def unanswered(meeting: Meeting) -> tuple[Invitee, ...]:
    """Members and guests invited who have said nothing and are not there; none unless it is called."""
    if meeting.stage is not MeetingStage.CALLED:
        return ()
    return tuple(
        each
        for each in meeting.invitees
        if meeting.answer(each.person) is None and not meeting.is_present(each.person)
    )


def waits_for_consent(meeting: Meeting) -> tuple[Invitee, ...]:
    """Members whose absence the head has said nothing to yet."""
    return tuple(
        each
        for each in meeting.roll
        if _asked_to_be_absent(meeting, each) and meeting.consent(each.person) is None
    )


def _quorum(meeting: Meeting, present: Collection[int]) -> QuorumFound:
    session = meeting.kind is MeetingKind.WORKING_SESSION
    return quorum(None if session else meeting.rules.quorum, meeting.roll, present)


def _comes(meeting: Meeting, each: Invitee) -> bool:
    answer = meeting.answer(each.person)
    says_so = answer is not None and answer.mark is Mark.ATTEND
    return meeting.is_present(each.person) or (says_so and not _gone(meeting, each))


def _stays_away(meeting: Meeting, each: Invitee) -> bool:
    return _gone(meeting, each) or _asked_to_be_absent(meeting, each)


def _asked_to_be_absent(meeting: Meeting, each: Invitee) -> bool:
    answer = meeting.answer(each.person)
    never_came = meeting.last(each.person, Mark.CHECK_IN) is None
    return answer is not None and answer.mark is Mark.ABSENT and never_came


def _gone(meeting: Meeting, each: Invitee) -> bool:
    last = meeting.last(each.person, Mark.CHECK_IN, Mark.LEAVE)
    return last is not None and last.mark is Mark.LEAVE
