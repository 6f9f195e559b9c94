"""Whether those who attend are enough: how they stand to the quorum, and who is still awaited. Nobody is told here."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.meetings.rules.meeting import NO_BODY_MEETING, Invitee, Mark, Meeting, MeetingStage
from bot.regulations.rules.meetings import (
    VICE_PRESIDENT,
    Quorum,
    QuorumCondition,
    QuorumReading,
)


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
    by_answers = quorum_of(meeting, certain)
    at_best = quorum_of(meeting, {each.person for each in meeting.roll} - away)
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
    return quorum_of(meeting, {each.person for each in meeting.present})


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


def quorum_of(meeting: Meeting, present: Collection[int]) -> QuorumFound:
    """How these persons would stand to the quorum of this meeting; where a body does not decide there is none."""
    rule = None if meeting.kind in NO_BODY_MEETING else meeting.rules.quorum
    return quorum(rule, meeting.roll, present)


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


PART_TIME, FULL_TIME = "part_time", "full_time"


class Seated(Protocol):
    """A member of the roll, as far as attendance asks."""

    @property
    def person(self) -> int:
        """Who it is."""
        ...

    @property
    def office(self) -> str:
        """The office held."""
        ...

    @property
    def full_time(self) -> bool:
        """Chuyên trách, or not."""
        ...

    @property
    def part_time_vice_president(self) -> bool:
        """Marked as a vice president part-time."""
        ...


@dataclass(frozen=True, slots=True)
class QuorumFound:
    """How attendance stands to the rule. `required` is 0 where the text asks for no quorum."""

    holds: bool
    required: int
    present: int
    roll: int
    condition_applies: bool = False
    """Somebody whose absence brings the special condition about is away."""
    missing: tuple[int, ...] = ()
    """Persons who must be present under the condition and are not."""
    articles: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    """Names of the groups of which at least one must be present and nobody is."""


def quorum(rule: Quorum | None, roll: Sequence[Seated], present: Collection[int]) -> QuorumFound:
    """How those present stand to the rule; without a rule any attendance will do."""
    here = [seat for seat in roll if seat.person in present]
    if rule is None:
        return QuorumFound(True, 0, len(here), len(roll))
    required = rule.share.required(len(roll))
    enough = rule.share.met(len(here), len(roll))
    condition = rule.condition
    applies = condition is not None and _applies(condition, roll, present)
    missing = _missing(condition, roll, present) if condition and applies else ()
    instead = condition is not None and applies and condition.reading is QuorumReading.INSTEAD
    lacking = [
        group for group in rule.groups if not any(_is_one_of(seat, group.seats) for seat in here)
    ]
    articles = [rule.article, *([condition.article] if condition and applies else [])]
    articles += [group.article for group in lacking]
    return QuorumFound(
        holds=(enough or instead) and not missing and not lacking,
        required=required,
        present=len(here),
        roll=len(roll),
        condition_applies=applies,
        missing=missing,
        articles=tuple(dict.fromkeys(articles)),
        groups=tuple(group.name for group in lacking),
    )


def _applies(condition: QuorumCondition, roll: Sequence[Seated], present: Collection[int]) -> bool:
    kinds = set(condition.when_absent)
    if VICE_PRESIDENT in kinds and not any(seat.part_time_vice_president for seat in roll):
        kinds = kinds - {VICE_PRESIDENT} | {PART_TIME}
    return any(seat.person not in present and _is_one_of(seat, kinds) for seat in roll)


def _missing(
    condition: QuorumCondition, roll: Sequence[Seated], present: Collection[int]
) -> tuple[int, ...]:
    return tuple(
        seat.person
        for seat in roll
        if seat.person not in present and _is_one_of(seat, condition.must_attend)
    )


def _is_one_of(seat: Seated, kinds: Collection[str]) -> bool:
    full = FULL_TIME if seat.full_time else PART_TIME
    marked = seat.part_time_vice_president and VICE_PRESIDENT in kinds
    return marked or full in kinds or seat.office in kinds
