"""Taking no part in a vote in the room: who may say so, until when, and what it does to base, quorum and turnout."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import pytest

from bot.meetings.rules.closing import opinions
from bot.meetings.rules.meeting import Mark, Meeting, MeetingActKind
from bot.regulations.rules.meetings import VoteRule
from bot.regulations.rules.terms import Base, Least, Matter, Outcome, Recusal, Threshold
from bot.values.refusal import NO_RIGHT, Refusal
from bot.votes import overview
from bot.votes.rules.recusing import (
    may_be_recorded,
    may_be_taken_back,
    may_record_recusal,
    may_recuse,
    may_take_back_for,
    may_take_part,
)
from bot.votes.rules.rights import (
    ballots_needed,
    by_hand,
    head_of,
    may_close,
    may_vote,
    room,
    stands,
)
from bot.votes.rules.vote import (
    OpenVote,
    RaisedHands,
    Recusing,
    Room,
    Unpublished,
    Vote,
    VoteKind,
    VoteResult,
    count,
    said_by,
)
from tests.rules.meeting_world import GUEST, STARTS, acted, called, marked, opened

OUT, IN = Recusal("4.5", out_of_base=True), Recusal("4.5", out_of_base=False)
CLERK = 80


def share(
    fraction: str, base: Base = Base.MEMBERS, *, inclusive: bool = False, least: int = 0
) -> Threshold:
    beside = Least("5.9", number=least) if least else None
    return Threshold(Fraction(fraction), inclusive, "5.1", base=base, in_favour=beside)


def ruled(of: Meeting, recusal: Recusal | None, threshold: Threshold | None = None) -> Meeting:
    """The meeting under a rule book that says this of recusal."""
    rules = of.body.meetings
    assert rules is not None
    assert rules.vote is not None
    vote = replace(rules.vote, recusal=recusal, threshold=threshold or rules.vote.threshold)
    return replace(of, body=replace(of.body, meetings=replace(rules, vote=vote)))


SEVEN = opened(marked(called(9), Mark.CHECK_IN, *range(1, 8)))
"""Seven of nine are there; two thirds of nine are six."""
SITS = ruled(SEVEN, OUT)


def said(*persons: int, out: bool = True, by: int | None = None) -> tuple[Recusing, ...]:
    return tuple(
        Recusing(each, out, "Bà con", STARTS, by if by is not None else each) for each in persons
    )


def vote(
    *by_phone: int, choice: str = "approve", secret: bool = False, out: Sequence[Recusing] = ()
) -> Vote:
    cast = () if secret else tuple(OpenVote(n, {"": choice}, STARTS) for n in by_phone)
    return Vote(
        1,
        1,
        VoteKind.APPROVE,
        secret,
        Matter.GENERAL,
        (),
        STARTS,
        1,
        cast=cast,
        voted=frozenset(by_phone),
        recusals=tuple(out),
    )


def kind(refusal: Refusal | None) -> str | None:
    return refusal.kind if refusal else None


def rule_of(of: Meeting) -> VoteRule:
    assert of.rules.vote is not None
    return of.rules.vote


# --- who, and until when ---------------------------------------------------------------------


def test_whoever_may_vote_may_take_no_part_where_the_rule_book_has_it() -> None:
    assert may_recuse(SITS, vote(), 3, seated=True) is None
    assert kind(may_recuse(ruled(SEVEN, None), vote(), 3, seated=True)) == "vote_no_recusal"
    assert kind(may_recuse(SITS, vote(), 8, seated=True)) == "vote_absent"
    assert may_recuse(SITS, vote(), 3, seated=False) is NO_RIGHT
    assert may_recuse(SITS, vote(), CLERK, seated=True) is NO_RIGHT
    assert kind(may_recuse(SITS, vote(), GUEST, seated=True)) == "vote_guest"
    over = replace(vote(), closed_at=STARTS)
    assert kind(may_recuse(SITS, over, 3, seated=True)) == "vote_closed"
    later = acted(SITS, MeetingActKind.CLOSE)
    assert kind(may_recuse(later, vote(), 3, seated=True)) == "vote_not_sitting"


def test_an_open_answer_does_not_hinder_it_and_a_cast_ballot_does() -> None:
    assert may_recuse(SITS, vote(3), 3, seated=True) is None
    assert may_recuse(SITS, vote(2, secret=True), 3, seated=True) is None
    assert kind(may_recuse(SITS, vote(3, secret=True), 3, seated=True)) == "vote_recuse_cast"


def test_nobody_who_may_be_among_the_hands_takes_no_part() -> None:
    hands = RaisedHands(3, (), 0, frozenset(range(4, 8)), STARTS, CLERK)
    running = replace(vote(1, 2, 3), raised=hands)
    assert kind(may_recuse(SITS, running, 5, seated=True)) == "vote_by_hand"
    assert may_recuse(SITS, running, 3, seated=True) is None


def test_who_takes_no_part_neither_votes_nor_says_so_twice() -> None:
    out = vote(out=said(3))
    assert may_vote(SITS, out, 3, seated=True) == Refusal("vote_recused", "4.5")
    assert kind(may_recuse(SITS, out, 3, seated=True)) == "vote_recused"
    assert may_vote(SITS, out, 4, seated=True) is None
    assert [each.person for each in by_hand(SITS, out)] == [1, 2, 4, 5, 6, 7]


def test_the_last_one_who_takes_part_cannot_stand_aside() -> None:
    six = said(1, 2, 3, 4, 5, 6)
    assert may_recuse(SITS, vote(out=six[:5]), 6, seated=True) is None
    last = may_recuse(SITS, vote(out=six), 7, seated=True)
    assert last == Refusal("vote_recuse_last", "4.5")
    gone = marked(SITS, Mark.LEAVE, 6)
    assert kind(may_recuse(gone, vote(out=six[:5]), 7, seated=True)) == "vote_recuse_last"
    assert may_recuse(gone, vote(6, out=six[:5]), 7, seated=True) is None
    by_hand_both = RaisedHands(2, (), 0, frozenset({5, 6}), STARTS, CLERK)
    left = marked(SITS, Mark.LEAVE, 5, 6)
    raised = replace(vote(7, out=six[:4]), raised=by_hand_both)
    assert may_recuse(left, raised, 7, seated=True) is None
    one_of_two = replace(raised, raised=replace(by_hand_both, approve=1))
    assert may_recuse(left, one_of_two, 7, seated=True) is None


def test_it_is_taken_back_until_the_close_also_by_who_has_left() -> None:
    out = vote(out=said(3))
    assert may_take_part(SITS, out, 3) is None
    assert may_take_part(marked(SITS, Mark.LEAVE, 3), out, 3) is None
    assert may_take_part(SITS, out, 4) == Refusal("vote_not_recused", "4.5")
    again = vote(out=[*said(3), *said(3, out=False)])
    assert kind(may_take_part(SITS, again, 3)) == "vote_not_recused"
    assert may_vote(SITS, again, 3, seated=True) is None
    assert kind(may_take_part(SITS, replace(out, closed_at=STARTS), 3)) == "vote_closed"
    later = acted(SITS, MeetingActKind.CLOSE)
    assert kind(may_take_part(later, out, 3)) == "vote_not_sitting"


def recorded(of: Meeting, running: Vote, person: int, **by: bool) -> str | None:
    given = {"office": True, "by_phone": False, **by}
    return kind(may_record_recusal(of, running, person, **given))


def test_the_office_enters_it_for_who_is_there_and_takes_back_only_what_it_entered() -> None:
    assert recorded(SITS, vote(), 3) is None
    assert recorded(SITS, vote(), 3, by_phone=True) is None
    assert recorded(SITS, vote(), 3, office=False) == "no_right"
    assert recorded(SITS, vote(), 8) == "vote_absent"
    assert recorded(ruled(SEVEN, None), vote(), 3) == "vote_no_recusal"
    assert recorded(SITS, replace(vote(), closed_at=STARTS), 3) == "vote_closed"
    entered, own = vote(out=said(3, by=CLERK)), vote(out=said(3))
    assert may_take_back_for(SITS, entered, 3, office=True) is None
    assert may_take_back_for(SITS, entered, 3, office=False) is NO_RIGHT
    assert kind(may_take_back_for(SITS, own, 3, office=True)) == "vote_recused_own"
    assert kind(may_take_back_for(SITS, own, 4, office=True)) == "vote_not_recused"
    both = vote(out=[*said(3, by=CLERK), *said(4)])
    assert [each.person for each in may_be_taken_back(SITS, both)] == [3]
    assert [each.person for each in may_be_recorded(SITS, both, range(9))] == [1, 2, 5, 6, 7]


def test_the_office_learns_of_nobody_whether_a_secret_ballot_was_cast() -> None:
    none_cast, cast = vote(secret=True), vote(1, 2, secret=True)
    for running in (none_cast, cast):
        for person in (1, 2, 3):
            found = recorded(SITS, running, person, by_phone=True)
            assert found == "vote_recuse_by_phone"
        assert [each.person for each in may_be_recorded(SITS, running, range(1, 6))] == [6, 7]
    assert recorded(SITS, cast, 6) is None


def test_who_has_left_after_casting_in_secret_is_nobody_who_takes_part() -> None:
    gone, rest = marked(SITS, Mark.LEAVE, 6), said(1, 2, 3, 4, 5)
    cast = vote(6, secret=True, out=rest)
    assert kind(may_recuse(gone, cast, 7, seated=True)) == "vote_recuse_last"


def test_whoever_was_entered_and_says_so_again_by_phone_is_left_alone_by_the_office() -> None:
    twice = vote(out=[*said(3, by=CLERK), *said(3, out=False), *said(3)])
    assert kind(may_take_back_for(SITS, twice, 3, office=True)) == "vote_recused_own"


# --- what it does ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("recusal", "threshold", "out", "required"),
    [
        (OUT, share("1/2"), 0, 5),
        (OUT, share("1/2"), 1, 5),
        (OUT, share("1/2"), 2, 4),
        (IN, share("1/2"), 2, 5),
        (OUT, share("2/3", inclusive=True), 3, 4),
        (IN, share("2/3", inclusive=True), 3, 6),
        (OUT, share("1/2", Base.PRESENT), 0, 4),
        (OUT, share("1/2", Base.PRESENT), 2, 3),
        (IN, share("1/2", Base.PRESENT), 2, 4),
        (OUT, share("1/2", least=3), 6, 3),
    ],
)
def test_the_base_is_without_who_takes_no_part_only_where_the_rule_book_says_so(
    recusal: Recusal, threshold: Threshold, out: int, required: int
) -> None:
    """Of nine, seven are there; so many of the seven take no part, and all others agree."""
    of = ruled(SEVEN, recusal, threshold)
    rest = range(out + 1, 8)
    running = vote(*rest, out=said(*range(1, out + 1)))
    came = counted(of, running)
    assert (came.required, came.turnout, came.recused) == (required, 7 - out, out)
    smaller = out if recusal.out_of_base else 0
    assert (came.roll, came.present) == (9 - smaller, 7 - smaller)
    assert ("4.5" in came.articles) is bool(out)


def counted(of: Meeting, running: Vote) -> VoteResult:
    return count(
        rule_of(of),
        running.kind,
        running.questions,
        running.answers,
        room(of, running),
        secret=False,
        head=said_by(running, head_of(of)),
    )


@pytest.mark.parametrize(("recusal", "carries"), [(OUT, True), (IN, False)])
def test_four_of_six_carry_and_four_of_seven_do_not(recusal: Recusal, *, carries: bool) -> None:
    """Two thirds of seven are five, of the six without the one who takes no part they are four."""
    all_here = opened(marked(called(7), Mark.CHECK_IN, *range(1, 8)))
    of = ruled(all_here, recusal, share("2/3", inclusive=True))
    came = counted(of, vote(1, 2, 3, 4, out=said(7)))
    assert (came.outcome is Outcome.ADOPTED) is carries


def test_an_answer_given_before_counts_only_while_its_member_takes_part() -> None:
    out = vote(3, 4, choice="reject", out=said(3))
    assert (out.turnout, [each.person for each in out.cast]) == (1, [3, 4])
    assert [each.name for each in opinions(SITS, vote(3, 4, choice="differ", out=said(3)))] == [
        "Ủy viên 4"
    ]
    back = vote(3, 4, choice="reject", out=[*said(3), *said(3, out=False)])
    assert (back.turnout, back.recused) == (2, frozenset())


def test_a_head_who_takes_no_part_has_no_side() -> None:
    assert said_by(vote(1, out=said(1)), 1) == {}
    assert said_by(vote(1), 1) == {"": "approve"}


def test_who_takes_no_part_attends_for_the_quorum_and_after_leaving_for_this_vote() -> None:
    six = marked(SITS, Mark.LEAVE, 7)
    assert stands(six, vote()).present == 6
    out = vote(1, 2, 3, 4, 5, out=said(6))
    gone = marked(six, Mark.LEAVE, 6)
    assert (stands(gone, out).present, stands(gone).present) == (6, 5)
    assert may_close(gone, out, head=True) is None
    assert room(gone, out) == Room(9, 6, 6, recused=1)
    without = vote(1, 2, 3, 4, 5)
    assert kind(may_close(gone, without, head=True)) == "vote_quorum_lost"


def test_as_many_ballots_are_needed_whoever_takes_no_part() -> None:
    assert ballots_needed(SITS, vote(secret=True)) == 5
    assert ballots_needed(SITS, vote(secret=True, out=said(1, 2, 3))) == 5
    assert ballots_needed(SITS, vote()) is None


def test_a_secret_vote_of_too_few_ballots_is_told_with_the_whole_roll() -> None:
    came = count(
        rule_of(SITS),
        VoteKind.APPROVE,
        ("",),
        [{"": "approve"}] * 4,
        Room(9, 7, 6, recused=3),
        secret=True,
    )
    assert came.because is Unpublished.TOO_FEW
    assert (came.roll, came.present, came.recused) == (9, 7, 3)


def test_a_vote_of_confidence_tells_of_it_and_cites_the_article() -> None:
    ballots = [{"A": "high"}] * 6
    came = count(
        rule_of(SITS), VoteKind.CONFIDENCE, ("A",), ballots, Room(9, 7, 6, recused=1), secret=True
    )
    assert (came.roll, came.present, came.recused) == (8, 6, 1)
    assert came.articles == ("4.5",)


# --- counted anew ----------------------------------------------------------------------------


def closed(of: Meeting, running: Vote) -> Vote:
    return replace(running, closed_at=STARTS, result=counted(of, running))


@pytest.mark.parametrize("recusal", [OUT, IN])
@pytest.mark.parametrize("base", [Base.MEMBERS, Base.PRESENT, Base.REPLYING])
def test_a_result_with_recusals_follows_from_what_is_kept_and_no_other_does(
    recusal: Recusal, base: Base
) -> None:
    of = ruled(SEVEN, recusal, share("1/2", base))
    over = closed(of, vote(3, 4, 5, 6, 7, out=said(1, 2)))
    assert overview.follows(of, over)
    assert not overview.follows(of, replace(over, recusals=said(1)))
    assert not overview.follows(of, replace(over, recusals=()))
    assert not overview.follows(of, replace(over, recusals=(*said(1, 2), *said(4))))


def test_a_secret_vote_in_which_somebody_both_cast_and_took_no_part_does_not_add_up() -> None:
    ballots = [{"": "approve"}] * 5
    result = count(
        rule_of(SITS), VoteKind.APPROVE, ("",), ballots, Room(9, 7, 6, recused=2), secret=True
    )
    over = replace(
        vote(3, 4, 5, 6, 7, secret=True, out=said(1, 2)), closed_at=STARTS, result=result
    )
    assert overview.follows(SITS, over)
    assert not overview.follows(SITS, replace(over, recusals=said(1, 3)))
    assert not overview.follows(SITS, replace(over, recusals=said(1)))
    assert not overview.follows(ruled(SEVEN, IN), over)


def test_nobody_from_outside_the_roll_makes_the_base_smaller() -> None:
    over = closed(SITS, vote(3, 4, 5, 6, 7, out=said(1)))
    stranger = replace(over, recusals=said(55))
    assert overview.follows(SITS, over)
    assert not overview.follows(SITS, stranger)
