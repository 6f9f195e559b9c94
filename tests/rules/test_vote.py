from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.regulations.rules.meetings import VoteRule
from bot.regulations.rules.terms import Base, Least, Matter, Next, Outcome, Threshold
from bot.votes.rules.rights import ballots_of
from bot.votes.rules.vote import (
    ABSTAIN,
    APPROVE,
    DIFFER,
    REJECT,
    Answers,
    OpenVote,
    RaisedHands,
    Room,
    Unpublished,
    Vote,
    VoteKind,
    VoteResult,
    count,
    options,
    said_by,
    unpublished,
)
from tests.rules.committee import OPENED, body

# The least number of approvals that carries, by the size of the roll from 1 to 15; written by hand.
TWO_THIRDS = (1, 2, 2, 3, 4, 4, 5, 6, 6, 7, 8, 8, 9, 10, 10)
MORE_THAN_HALF = (1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8)
ALL = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
BODIES = {
    ("quang_ngai", "dang_doan"): TWO_THIRDS,
    ("bac_kan", "ban_chap_hanh"): MORE_THAN_HALF,
    ("bac_kan", "ban_thuong_vu"): MORE_THAN_HALF,
    ("cap_huyen", "ban_chap_hanh"): MORE_THAN_HALF,
    ("cap_huyen", "ban_thuong_vu"): MORE_THAN_HALF,
    ("cap_huyen", "thuong_truc"): ALL,
}
WHEN_DIVIDED = {
    ("quang_ngai", "dang_doan"): (Outcome.TO_SUPERIOR, Next.UPWARD_REPORT, "7.2"),
    ("cap_huyen", "thuong_truc"): (
        Outcome.DISCUSS_AGAIN,
        Next.SECOND_ROUND,
        "15.2",
    ),
}
QUANG_NGAI = ("quang_ngai", "dang_doan")
WITH_QUORUM = [where for where in BODIES if where != ("cap_huyen", "thuong_truc")]
LEAST = {
    True: (3, 3, 3, 3, 4, 4, 5, 5, 5, 5, 5, 5, 5, 5, 5),
    False: (3, 3, 3, 4, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5),
}
"""Ballots needed by the roll, from one member on: with a quorum of two thirds, and without one."""
PERSONS = ("Nguyễn Văn An", "Trần Thị Bình", "Lê Văn Cường")


def rule(where: tuple[str, str]) -> VoteRule:
    found = body(*where).meetings
    assert found is not None
    assert found.vote is not None
    return found.vote


def question(
    of: VoteRule, roll: int, *, secret: bool, present: int | None = None, **answers: int
) -> VoteResult:
    """One question: so many of each answer, from a roll of that size."""
    cast = [{"": answer} for answer, number in answers.items() for _ in range(number)]
    share = Fraction(2, 3) if of.id != "HU-W6" else Fraction(0)
    room = Room(roll, roll if present is None else present, ceil(share * roll))
    return count(of, VoteKind.APPROVE, ("",), cast, room, secret=secret)


def listed(of: VoteRule, roll: int, ballots: Sequence[Answers], *, secret: bool) -> VoteResult:
    return count(of, VoteKind.NAMES, PERSONS, ballots, Room(roll, roll), secret=secret)


@pytest.mark.parametrize("where", BODIES)
def test_an_open_vote_comes_to_what_the_table_says_for_every_roll_up_to_fifteen(
    where: tuple[str, str],
) -> None:
    of = rule(where)
    for roll in range(1, 16):
        needed = BODIES[where][roll - 1]
        for approve in range(roll + 1):
            for reject in range(roll - approve + 1):
                came = question(of, roll, secret=False, approve=approve, reject=reject)
                assert came.required == needed
                assert came.turnout == approve + reject
                assert (came.outcome is Outcome.ADOPTED) is (approve >= needed)
                assert (came.adopted == ("",)) is (approve >= needed)
                if approve < needed and reject:
                    expected = WHEN_DIVIDED.get(where, (Outcome.NOT_ADOPTED, Next.NONE, ""))
                    assert (came.outcome, came.next) == expected[:2]
                    assert expected[2] in (*came.articles, "")
                elif approve < needed:
                    assert (came.outcome, came.next) == (Outcome.NOT_ADOPTED, Next.NONE)


@pytest.mark.parametrize("where", BODIES)
def test_a_secret_vote_is_published_from_the_least_number_on_for_every_roll_up_to_fifteen(
    where: tuple[str, str],
) -> None:
    of = rule(where)
    for roll in range(1, 16):
        for approve in range(roll + 1):
            for reject in range(roll - approve + 1):
                came = question(of, roll, secret=True, approve=approve, reject=reject)
                if approve + reject < LEAST[where in WITH_QUORUM][roll - 1]:
                    assert came.outcome is Outcome.NOT_PUBLISHED
                    assert came.because is Unpublished.TOO_FEW
                    assert came.next is Next.DECIDE
                    assert came.counts == {}
                    assert came.adopted == ()
                    assert came.required is None
                else:
                    adopted = approve >= BODIES[where][roll - 1]
                    assert (came.outcome is Outcome.ADOPTED) is adopted


def test_a_second_division_goes_to_the_standing_committee() -> None:
    """First in writing or in another sitting, then here (HU 15.2); nobody differing is no division."""
    of = rule(("cap_huyen", "thuong_truc"))
    divided = [{"": "approve"}, {"": "approve"}, {"": "differ"}]
    room = Room(3, 3)
    again = count(of, VoteKind.APPROVE, ("",), divided, room, secret=False, again=True)
    assert (again.outcome, again.next) == (Outcome.TO_STANDING_COMMITTEE, Next.STANDING_COMMITTEE)
    assert (again.required, again.articles) == (3, ("15.2",))
    silent = count(of, VoteKind.APPROVE, ("",), divided[:2], room, secret=False, again=True)
    assert (silent.outcome, silent.next) == (Outcome.NOT_ADOPTED, Next.NONE)


def test_four_of_seven_and_one_against_go_up() -> None:
    came = question(rule(QUANG_NGAI), 7, secret=False, approve=4, reject=1)
    assert (came.outcome, came.next) == (Outcome.TO_SUPERIOR, Next.UPWARD_REPORT)
    assert (came.required, came.articles) == (5, ("8.2.2", "7.2"))


@pytest.mark.parametrize(("roll", "least"), [(4, 3), (5, 4), (6, 4), (9, 5)])
def test_no_more_ballots_are_asked_for_than_a_quorum(roll: int, least: int) -> None:
    of = rule(QUANG_NGAI)
    assert question(of, roll, secret=True, approve=least).outcome is not Outcome.NOT_PUBLISHED
    short = question(of, roll, secret=True, approve=least - 1)
    assert (short.outcome, short.next) == (Outcome.NOT_PUBLISHED, Next.DECIDE)
    assert short.least_ballots == least
    needed = ballots_of(body(*QUANG_NGAI), roll)
    assert needed is not None
    assert (needed.least, needed.stated, needed.possible) == (least, 5, True)


def test_a_roll_of_two_never_votes_in_secret() -> None:
    needed = ballots_of(body(*QUANG_NGAI), 2)
    assert needed is not None
    assert (needed.least, needed.possible) == (3, False)


def test_a_tie_carries_nowhere() -> None:
    for where in (("cap_huyen", "ban_thuong_vu"), ("bac_kan", "ban_chap_hanh")):
        came = question(rule(where), 10, secret=True, approve=5, reject=5)
        assert came.outcome is Outcome.NOT_ADOPTED


def test_of_an_open_vote_the_last_answer_of_each_counts() -> None:
    given = [(1, APPROVE), (2, REJECT), (1, DIFFER), (2, APPROVE)]
    cast = tuple(OpenVote(person, {"": answer}, OPENED) for person, answer in given)
    vote = Vote(1, 1, VoteKind.APPROVE, False, Matter.GENERAL, (), OPENED, 1, cast=cast)
    assert {person: each.differs for person, each in vote.effective.items()} == {1: True, 2: False}
    assert [each.differs for each in cast] == [False, True, True, False]


def test_exactly_two_thirds_of_all_carry_though_others_are_absent() -> None:
    came = question(rule(QUANG_NGAI), 9, secret=True, present=7, approve=6, reject=1)
    assert (came.outcome, came.required, came.roll) == (Outcome.ADOPTED, 6, 9)


def test_whoever_does_not_vote_is_for_nothing() -> None:
    came = question(rule(QUANG_NGAI), 9, secret=False, approve=5)
    assert (came.outcome, came.turnout) == (Outcome.NOT_ADOPTED, 5)


def test_a_differing_opinion_divides_as_a_rejection_does() -> None:
    came = question(rule(QUANG_NGAI), 9, secret=False, approve=5, differ=1)
    assert came.outcome is Outcome.TO_SUPERIOR
    assert came.counts[""] == {APPROVE: 5, REJECT: 0, DIFFER: 1}


def of_present(of: VoteRule) -> VoteRule:
    """The same with its share of those present."""
    return replace(of, threshold=replace(of.threshold, base=Base.PRESENT))


def test_of_those_present_the_share_is_taken_where_a_rule_says_so() -> None:
    of = of_present(rule(("cap_huyen", "ban_thuong_vu")))
    came = question(of, 11, secret=False, present=7, approve=4, reject=3)
    assert (came.required, came.outcome) == (4, Outcome.ADOPTED)


def test_nobody_present_adopts_nothing() -> None:
    of = of_present(rule(QUANG_NGAI))
    assert question(of, 9, secret=False, present=0).outcome is Outcome.NOT_ADOPTED


def test_fewer_than_three_ballots_are_published_under_no_configuration() -> None:
    of = replace(rule(QUANG_NGAI), least_ballots=1)
    assert question(of, 2, secret=True, approve=2).outcome is Outcome.NOT_PUBLISHED
    assert question(of, 3, secret=True, approve=3).outcome is Outcome.ADOPTED


def test_of_a_list_each_name_carries_or_fails_by_itself() -> None:
    an, binh, cuong = PERSONS
    ballots = [{an: APPROVE, binh: APPROVE, cuong: REJECT}] * 6 + [
        {an: REJECT, binh: REJECT, cuong: APPROVE}
    ] * 3
    came = listed(rule(QUANG_NGAI), 9, ballots, secret=True)
    assert came.adopted == (an, binh)
    assert came.outcome is Outcome.TO_SUPERIOR
    assert came.counts[cuong] == {APPROVE: 3, REJECT: 6}
    assert came.articles == ("8.2.2", "7.2")


def test_a_list_is_adopted_when_every_name_carries() -> None:
    ballots = [dict.fromkeys(PERSONS, APPROVE)] * 6
    assert listed(rule(QUANG_NGAI), 9, ballots, secret=False).outcome is Outcome.ADOPTED


def test_a_list_is_divided_where_a_name_that_failed_was_opposed() -> None:
    an, binh, cuong = PERSONS
    opposed = [{an: APPROVE, binh: APPROVE, cuong: APPROVE}] * 5 + [{an: APPROVE, binh: REJECT}]
    came = listed(rule(QUANG_NGAI), 9, opposed, secret=False)
    assert (came.adopted, came.outcome) == ((an,), Outcome.TO_SUPERIOR)  # though none opposed Cường
    carried = [{an: APPROVE, binh: APPROVE, cuong: APPROVE}] * 5 + [{an: APPROVE}, {an: REJECT}]
    came = listed(rule(QUANG_NGAI), 9, carried, secret=False)
    assert (came.adopted, came.outcome) == ((an,), Outcome.NOT_ADOPTED)


def test_a_secret_vote_that_nobody_opposes_is_not_divided() -> None:
    came = question(rule(QUANG_NGAI), 9, secret=True, approve=5)
    assert (came.outcome, came.next) == (Outcome.NOT_ADOPTED, Next.NONE)


def test_a_confidence_vote_only_counts_and_cites_its_own_article() -> None:
    ballots = [{"Nguyễn Văn An": level} for level in ("high", "high", "confidence", "low", "low")]
    came = count(
        rule(("bac_kan", "ban_chap_hanh")),
        VoteKind.CONFIDENCE,
        ("Nguyễn Văn An",),
        ballots,
        Room(11, 9),
        secret=True,
        also=("1.7", "2.7"),
    )
    assert (came.outcome, came.next) == (Outcome.COLLATED, Next.NONE)
    assert came.counts["Nguyễn Văn An"] == {"high": 2, "confidence": 1, "low": 2}
    assert came.articles == ("1.7", "2.7")
    assert came.required is None


def test_what_is_not_published_tells_no_choice_whatever_the_reason() -> None:
    for because in Unpublished:
        came = unpublished(rule(QUANG_NGAI), Room(9, 7), 7, because)
        assert (came.outcome, came.next) == (Outcome.NOT_PUBLISHED, Next.DECIDE)
        assert (came.counts, came.adopted, came.required) == ({}, (), None)
        assert came.articles == ("8.2.2",)
        assert came.least_ballots == (5 if because is Unpublished.TOO_FEW else None)
        also = unpublished(rule(QUANG_NGAI), Room(9, 7), 7, because, ("1.7", "2.7"))
        assert also.articles == ("1.7", "2.7")  # by which it was held; nothing was counted


def test_words_belong_to_open_votes_on_one_question_alone() -> None:
    assert options(VoteKind.APPROVE, secret=False) == (APPROVE, REJECT, DIFFER)
    assert options(VoteKind.NAMES, secret=False) == (APPROVE, REJECT)
    for kind in VoteKind:
        assert DIFFER not in options(kind, secret=True)


def test_abstaining_is_an_answer_of_open_votes_where_the_text_has_it() -> None:
    for kind in VoteKind:
        assert ABSTAIN not in options(kind, secret=False)
        assert ABSTAIN not in options(kind, secret=True, abstains=True)
    assert options(VoteKind.APPROVE, secret=False, abstains=True) == (
        APPROVE,
        REJECT,
        DIFFER,
        ABSTAIN,
    )
    assert options(VoteKind.NAMES, secret=False, abstains=True) == (APPROVE, REJECT, ABSTAIN)
    assert ABSTAIN not in options(VoteKind.CONFIDENCE, secret=False, abstains=True)


@pytest.mark.parametrize(("approve", "adopted"), [(5, True), (4, False)])
def test_whoever_abstains_adds_to_nobody_and_the_base_stays(approve: int, adopted: bool) -> None:
    # More than half of all 9 are 5; of those present it would be enough with 4.
    given = replace(rule(("bac_kan", "ban_chap_hanh")), abstain="5.4")
    cast = [{"": APPROVE}] * approve + [{"": ABSTAIN}] * (7 - approve)
    came = count(given, VoteKind.APPROVE, ("",), cast, Room(9, 7), secret=False)

    assert (came.required, came.turnout) == (5, 7)
    assert (came.outcome is Outcome.ADOPTED) is adopted
    assert came.counts[""] == {APPROVE: approve, REJECT: 0, DIFFER: 0, ABSTAIN: 7 - approve}
    assert "5.4" in came.articles


counted = st.tuples(*[st.integers(0, 20)] * 3).filter(lambda each: sum(each) > 0)


@given(counted, st.randoms(use_true_random=False))
def test_the_order_of_answers_never_matters(
    numbers: tuple[int, int, int], chance: random.Random
) -> None:
    cast = [
        {"": a} for a, n in zip((APPROVE, REJECT, DIFFER), numbers, strict=True) for _ in range(n)
    ]
    room, of = Room(sum(numbers), sum(numbers)), rule(QUANG_NGAI)
    before = count(of, VoteKind.APPROVE, ("",), cast, room, secret=False)
    chance.shuffle(cast)
    assert count(of, VoteKind.APPROVE, ("",), cast, room, secret=False) == before
    assert sum(before.counts[""].values()) == before.turnout == sum(numbers)


@given(counted, st.sampled_from(sorted(BODIES)))
def test_one_more_approval_never_undoes_an_adoption(
    numbers: tuple[int, int, int], where: tuple[str, str]
) -> None:
    approve, reject, _ = numbers
    of, roll = rule(where), sum(numbers) + 1
    before = question(of, roll, secret=False, approve=approve, reject=reject)
    after = question(of, roll, secret=False, approve=approve + 1, reject=reject)
    assert before.outcome is not Outcome.ADOPTED or after.outcome is Outcome.ADOPTED


# --- what a rule book may ask beside a share ------------------------------------------------------

CAST = replace(
    rule(QUANG_NGAI),
    threshold=Threshold(
        Fraction(1, 2),
        inclusive=False,
        article="6.2",
        base=Base.REPLYING,
        in_favour=Least("6.3", 3),
    ),
)
TIED = replace(
    rule(QUANG_NGAI),
    threshold=Threshold(Fraction(1, 2), inclusive=False, article="5.1", tie="5.2"),
)


@pytest.mark.parametrize(
    ("answers", "required", "base", "outcome"),
    [
        ({"approve": 3, "reject": 2, "abstain": 4}, 3, 5, Outcome.ADOPTED),
        ({"approve": 3, "reject": 2, "differ": 1}, 4, 6, Outcome.TO_SUPERIOR),
        ({"approve": 2}, 3, 2, Outcome.NOT_ADOPTED),
        ({"approve": 3}, 3, 3, Outcome.ADOPTED),
        ({"abstain": 9}, 3, 0, Outcome.NOT_ADOPTED),
        ({}, 3, 0, Outcome.NOT_ADOPTED),
    ],
)
def test_votes_cast_are_counted_with_a_least_number_in_favour(
    answers: dict[str, int], required: int, base: int, outcome: Outcome
) -> None:
    came = question(replace(CAST, abstain="6.4"), 9, secret=False, **answers)
    assert (came.required, came.base, came.outcome) == (required, base, outcome)
    assert {"6.2", "6.3"} <= set(came.articles)


@pytest.mark.parametrize(("voted", "outcome"), [(4, Outcome.NOT_ADOPTED), (5, Outcome.ADOPTED)])
def test_a_vote_of_too_few_carries_nothing(voted: int, outcome: Outcome) -> None:
    share = replace(CAST.threshold, in_favour=None, answers=Least("6.5", 5))
    came = question(replace(CAST, threshold=share), 9, secret=False, approve=voted)
    assert (came.outcome, came.answers_required) == (outcome, 5)
    assert "6.5" in came.articles


@pytest.mark.parametrize(
    ("head", "outcome", "by_tie"),
    [
        ({"": APPROVE}, Outcome.ADOPTED, True),
        ({"": REJECT}, Outcome.TO_SUPERIOR, False),
        ({}, Outcome.TO_SUPERIOR, False),
    ],
)
def test_a_tied_vote_goes_to_the_side_of_the_head(
    head: Answers, outcome: Outcome, by_tie: bool
) -> None:
    cast = [{"": APPROVE}] * 3 + [{"": REJECT}] * 3
    came = count(TIED, VoteKind.APPROVE, ("",), cast, Room(6, 6), secret=False, head=head)
    assert (came.outcome, came.by_tie, came.required) == (outcome, by_tie, 4)
    assert ("5.2" in came.articles) is by_tie


A, B = "Nguyễn Văn An", "Trần Thị Bình"


@pytest.mark.parametrize(("names", "required", "base"), [((A, B), 3, 4), ((B, A), 2, 3)])
def test_of_a_list_the_numbers_are_those_of_its_first_name_and_the_articles_of_all(
    names: tuple[str, str], required: int, base: int
) -> None:
    """Two of four are for An, and the head with them; of Bình three answer, and two are for her."""
    share = replace(TIED.threshold, base=Base.REPLYING)
    of = replace(TIED, threshold=share, abstain="6.4")
    for_both, against_both = {A: APPROVE, B: APPROVE}, {A: REJECT, B: REJECT}
    cast = [for_both, for_both, against_both, {A: REJECT, B: ABSTAIN}]
    came = count(of, VoteKind.NAMES, names, cast, Room(6, 6), secret=False, head=for_both)
    assert (came.required, came.base, came.by_tie) == (required, base, True)
    assert (came.adopted, came.articles) == (names, ("5.1", "5.2", "6.4"))
    none_abstains = [*cast[:3], against_both]
    tied = count(of, VoteKind.NAMES, names, none_abstains, Room(6, 6), secret=False, head=for_both)
    assert tied.articles == ("5.1", "5.2")


def test_of_levels_of_confidence_no_number_is_asked() -> None:
    of = replace(CAST, threshold=replace(CAST.threshold, answers=Least("6.5", 5)))
    ballots = [{A: "high"}] * 5
    came = count(of, VoteKind.CONFIDENCE, (A,), ballots, Room(9, 9), secret=True, also=("1.7",))
    assert (came.required, came.base, came.answers_required) == (None, None, 0)


def test_the_base_is_told_where_it_is_not_known_beforehand() -> None:
    assert question(rule(QUANG_NGAI), 6, secret=False, approve=4, reject=1).base is None


def test_what_no_article_of_the_rule_book_gives_is_counted_and_cites_none() -> None:
    """As where the rule book was amended since: who abstained or took no part before did so."""
    of = rule(QUANG_NGAI)
    assert (of.abstain, of.recusal) == (None, None)
    cast = [{"": APPROVE}] * 4 + [{"": ABSTAIN}]
    came = count(of, VoteKind.APPROVE, ("",), cast, Room(6, 6, recused=1), secret=False)
    assert (came.outcome, came.articles) == (Outcome.ADOPTED, ("8.2.2",))
    assert (came.counts[""][ABSTAIN], came.recused) == (1, 1)


def test_a_matter_has_the_threshold_of_its_own() -> None:
    own = Threshold(Fraction(65, 100), inclusive=True, article="15.2")
    of = replace(rule(QUANG_NGAI), thresholds={Matter.IMPORTANT: own})
    assert question(of.on(Matter.IMPORTANT), 10, secret=False, approve=7).required == 7
    assert of.on(Matter.IMPORTANT).article == "15.2"
    assert of.on(Matter.GENERAL) == of


def test_what_the_head_said_is_known_by_phone_or_where_all_raised_one_hand() -> None:
    def of(*, approve: int = 0, against: tuple[int, ...] = (), among: int = 0) -> Vote:
        raised = RaisedHands(approve, against, 0, frozenset(range(1, among + 1)), OPENED, 9)
        vote = Vote(1, 1, VoteKind.APPROVE, False, Matter.GENERAL, (), OPENED, 9)
        return replace(vote, raised=raised if among else None)

    by_phone = replace(of(), cast=(OpenVote(1, {"": REJECT}, OPENED),))
    assert said_by(by_phone, 1) == {"": REJECT}
    assert said_by(by_phone, 2) == {}
    assert said_by(of(approve=3, among=3), 1) == {"": APPROVE}
    assert said_by(of(approve=3, among=3), 4) == {}
    assert said_by(of(approve=2, against=(2,), among=3), 1) == {}
    assert said_by(of(), None) == {}
