"""Raised hands: who may raise one, how many there may be, what they count for, and that nobody is counted twice."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.meetings.rules.meeting import Mark
from bot.regulations.rules.terms import Matter, Next, Outcome
from bot.values.refusal import NO_RIGHT, Refusal
from bot.votes.rules.rights import (
    by_hand,
    may_close,
    may_enter_hands,
    may_raise_hands,
    may_vote,
    room,
    stands,
)
from bot.votes.rules.vote import (
    OpenVote,
    RaisedHands,
    Recusing,
    Vote,
    VoteKind,
    VoteResult,
    count,
)
from tests.rules.meeting_world import STARTS, called, marked, opened

SITS = opened(marked(called(9), Mark.CHECK_IN, *range(1, 8)))
"""Seven of nine are there; two thirds of nine are six."""


def vote(*by_phone: int, choice: str = "approve", secret: bool = False) -> Vote:
    cast = () if secret else tuple(OpenVote(n, {"": choice}, STARTS) for n in by_phone)
    kind, general = VoteKind.APPROVE, Matter.GENERAL
    return Vote(1, 1, kind, secret, general, (), STARTS, 1, cast=cast, voted=frozenset(by_phone))


def hands(approve: int, *against: int, abstain: int = 0, among: range) -> RaisedHands:
    return RaisedHands(approve, against, abstain, frozenset(among), STARTS, 80)


def kind(refusal: Refusal | None) -> str | None:
    return refusal.kind if refusal else None


def came(of: Vote) -> VoteResult:
    rule = SITS.rules.vote
    assert rule is not None
    return count(rule, of.kind, of.questions, of.answers, room(SITS, of), secret=False)


def test_the_office_enters_hands_in_an_open_vote_on_one_question_until_its_close() -> None:
    running = vote(1, 2)
    assert may_raise_hands(SITS, running, office=True) is None
    assert may_raise_hands(SITS, running, office=False) is NO_RIGHT
    assert kind(may_raise_hands(SITS, vote(secret=True), office=True)) == "vote_hands_secret"
    listed = replace(running, kind=VoteKind.NAMES, names=("Một", "Hai"))
    assert kind(may_raise_hands(SITS, listed, office=True)) == "vote_hands_names"
    over = replace(running, closed_at=STARTS)
    late = may_raise_hands(SITS, over, office=True)
    assert (kind(late), late and late.repeats) == ("vote_closed_already", False)  # no second close
    assert kind(may_raise_hands(SITS, vote(*range(1, 8)), office=True)) == "vote_hands_nobody"


def test_only_who_is_there_and_has_not_voted_by_phone_raises_a_hand() -> None:
    assert [each.person for each in by_hand(SITS, vote(1, 2))] == [3, 4, 5, 6, 7]


@pytest.mark.parametrize(
    ("approve", "against", "abstain", "refused"),
    [
        (5, (), 0, None),
        (3, (7,), 1, None),
        (0, (), 0, None),
        (5, (7,), 0, "vote_hands_too_many"),
        (6, (), 0, "vote_hands_too_many"),
        (4, (), 2, "vote_hands_too_many"),
        (1, (2,), 0, "vote_hands_too_many"),  # has voted by phone
        (1, (8,), 0, "vote_hands_too_many"),  # is not there
    ],
)
def test_hands_never_exceed_those_there_who_have_not_voted_by_phone(
    approve: int, against: tuple[int, ...], abstain: int, refused: str | None
) -> None:
    entered = hands(approve, *against, abstain=abstain, among=range(3, 8))
    assert kind(may_enter_hands(SITS, vote(1, 2), entered)) == refused


@pytest.mark.parametrize(
    ("approve", "against", "abstain", "outcome", "approving"),
    [
        (4, (), 0, Outcome.ADOPTED, 6),
        (4, (7,), 0, Outcome.ADOPTED, 6),
        (3, (), 0, Outcome.NOT_ADOPTED, 5),
        (3, (), 2, Outcome.NOT_ADOPTED, 5),  # who abstains is for nothing, and divides nobody
        (3, (7,), 1, Outcome.TO_SUPERIOR, 5),
    ],
)
def test_hands_count_with_the_answers_by_phone_of_the_whole_roll(
    approve: int, against: tuple[int, ...], abstain: int, outcome: Outcome, approving: int
) -> None:
    entered = hands(approve, *against, abstain=abstain, among=range(3, 8))
    result = came(replace(vote(1, 2), raised=entered))
    assert (result.outcome, result.required, result.roll) == (outcome, 6, 9)
    assert result.counts[""]["approve"] == approving
    assert result.counts[""]["reject"] == len(against)
    assert result.counts[""].get("abstain", 0) == abstain
    assert result.turnout == 2 + approve + len(against) + abstain <= result.present == 7
    assert result.next is (Next.UPWARD_REPORT if outcome is Outcome.TO_SUPERIOR else Next.NONE)


def test_nobody_is_counted_by_hand_and_by_phone() -> None:
    running = replace(vote(1, 2), raised=hands(3, among=range(3, 8)))
    assert kind(may_vote(SITS, running, 3, seated=True)) == "vote_by_hand"
    assert may_vote(SITS, running, 1, seated=True) is None  # changes the own answer
    later = marked(SITS, Mark.CHECK_IN, 8)
    assert may_vote(later, running, 8, seated=True) is None  # came after the hands were counted
    assert may_vote(SITS, vote(1, 2), 3, seated=True) is None


def test_who_raised_a_hand_and_leaves_counts_where_that_is_known() -> None:
    running = replace(vote(1, 2), raised=hands(4, 7, among=range(3, 8)))
    gone = marked(SITS, Mark.LEAVE, 3, 7)
    assert stands(gone, running).present == 7
    assert may_close(gone, running, head=True) is None
    some = replace(running, raised=hands(2, 7, among=range(3, 8)))
    assert stands(gone, some).present == 6  # who is against is known, the others are not
    empty = marked(SITS, Mark.LEAVE, *range(3, 8))
    assert room(empty, some).present == some.turnout == 5
    aside = (Recusing(8, out=True, reason="…", at=STARTS, by=8),)
    assert room(empty, replace(some, recusals=aside)).present == 6  # five and who takes no part
    assert kind(may_close(empty, some, head=True)) == "vote_quorum_lost"
