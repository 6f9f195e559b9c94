"""Thresholds with all that is asked beside a share, against numbers by hand and a naive reading of their sentences."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.consultations.rules.consultation import Choice, Position, Seat
from bot.consultations.rules.counted import required
from bot.consultations.rules.outcome import HeldBy, Stage
from bot.consultations.rules.possible import possible_outcomes
from bot.consultations.rules.tally import positions
from bot.regulations.loader import load
from bot.regulations.rules.regulation import Body, Ground, Matter, Outcome
from bot.regulations.rules.terms import Base, Least, Numbers, Threshold, digits
from tests.rules.committee import DEADLINE, OPENED, Committee, body, committee

OTHERS = Path(__file__).parents[1] / "regulations" / "others"
HALF = Fraction(1, 2)
MORE_THAN_HALF = Threshold(HALF, inclusive=False, article="1", tie="2")


def other(name: str) -> Body:
    return load(OTHERS / f"{name}.toml").bodies[0]


# --- the numbers, by hand ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("roll", "agreeing", "head", "carries", "by_tie"),
    [
        (6, 3, 1, True, True),
        (6, 3, 0, False, False),
        (6, 4, 0, True, False),
        (6, 4, 1, True, False),
        (6, 2, 1, False, False),
        (5, 2, 1, False, False),
        (5, 3, 0, True, False),
        (2, 1, 1, True, True),
        (1, 1, 1, True, False),
        (1, 0, 0, False, False),
    ],
)
def test_just_half_carries_with_the_head_alone(
    roll: int, agreeing: int, head: int, carries: bool, by_tie: bool
) -> None:
    judged = MORE_THAN_HALF.judge(Numbers(agreeing, 0, agreeing, head), roll)
    assert (judged.carries, judged.by_tie, judged.base) == (carries, by_tie, roll)


@pytest.mark.parametrize(
    ("agreeing", "against", "abstaining", "required", "carries"),
    [
        (2, 1, 6, 2, True),
        (4, 2, 0, 4, True),
        (4, 3, 0, 5, False),
        (1, 0, 8, 1, True),
        (0, 0, 9, 1, False),
        (0, 1, 0, 1, False),
    ],
)
def test_two_thirds_of_those_for_or_against_leave_out_who_abstains(
    agreeing: int, against: int, abstaining: int, required: int, carries: bool
) -> None:
    rule = Threshold(Fraction(2, 3), inclusive=True, article="1", base=Base.REPLYING)
    answers = agreeing + against + abstaining
    judged = rule.judge(Numbers(agreeing, against, answers), 9)
    assert (judged.required, judged.carries) == (required, carries)
    assert judged.base == agreeing + against


@pytest.mark.parametrize(("agreeing", "carries"), [(12, False), (13, True), (20, True)])
def test_sixty_five_of_a_hundred_are_thirteen_of_twenty(agreeing: int, carries: bool) -> None:
    rule = Threshold(Fraction(65, 100), inclusive=True, article="1")
    assert rule.judge(Numbers(agreeing), 20).carries is carries
    assert rule.said == "65%"


@pytest.mark.parametrize(
    ("share", "shown"),
    [
        ("65/100", "65%"),
        ("51/100", "51%"),
        ("2/3", "2/3"),
        ("50/100", "1/2"),
        ("70/100", "7/10"),
        ("7/12", "7/12"),
    ],
)
def test_a_share_is_told_in_hundredths_where_nothing_shorter_says_it(
    share: str, shown: str
) -> None:
    assert digits(Fraction(share)) == shown


@pytest.mark.parametrize(
    ("answers", "agreeing", "carries"), [(4, 4, False), (5, 4, True), (5, 2, False), (9, 5, True)]
)
def test_too_few_answers_carry_nothing(answers: int, agreeing: int, carries: bool) -> None:
    least = Least("2", fraction=HALF, inclusive=False)
    rule = Threshold(HALF, inclusive=False, article="1", base=Base.REPLYING, answers=least)
    judged = rule.judge(Numbers(agreeing, answers - agreeing, answers), 9)
    assert (judged.answers_required, judged.carries) == (5, carries)


@pytest.mark.parametrize(("agreeing", "carries"), [(2, False), (3, True)])
def test_a_least_number_in_favour_is_asked_whatever_the_share_comes_to(
    agreeing: int, carries: bool
) -> None:
    rule = Threshold(
        HALF, inclusive=False, article="1", base=Base.REPLYING, in_favour=Least("2", 3)
    )
    judged = rule.judge(Numbers(agreeing, 0, agreeing), 9)
    assert (judged.required, judged.carries) == (3, carries)


def test_a_tie_does_not_spare_the_least_numbers_beside_the_share() -> None:
    few = Threshold(HALF, inclusive=False, article="1", in_favour=Least("2", 3), tie="3")
    assert few.judge(Numbers(2, 2, 4, 1), 4).carries is False
    unanswered = Threshold(HALF, inclusive=False, article="1", answers=Least("2", 4), tie="3")
    judged = unanswered.judge(Numbers(2, 1, 3, 1), 4)
    assert (judged.carries, judged.by_tie) == (False, False)


def test_just_half_is_told_where_there_is_one_and_the_head_has_a_side() -> None:
    two = Threshold(HALF, inclusive=False, article="1", in_favour=Least("2", 2), tie="3")
    judged = two.judge(Numbers(2, 2, 4, 1), 4)
    assert (judged.carries, judged.by_tie, judged.halved) == (True, True, True)
    nobody = replace(MORE_THAN_HALF, base=Base.REPLYING).judge(Numbers(), 4)
    assert (nobody.base, nobody.halved, nobody.carries) == (0, False, False)


def test_where_nobody_knows_who_was_present_the_roll_is_the_base() -> None:
    of_present = Threshold(HALF, inclusive=False, article="1", base=Base.PRESENT)
    assert of_present.judge(Numbers(4, 0, 4), 9, 6).carries is True
    judged = of_present.judge(Numbers(4, 0, 4), 9)
    assert (judged.base, judged.required, judged.carries) == (9, 5, False)


@pytest.mark.parametrize(
    ("base", "in_favour", "plain"),
    [
        (Base.MEMBERS, None, True),
        (Base.PRESENT, None, True),
        (Base.REPLYING, None, False),
        (Base.MEMBERS, Least("2", 3), False),
    ],
)
def test_a_share_of_a_number_known_beforehand_is_plain(
    base: Base, in_favour: Least | None, plain: bool
) -> None:
    rule = Threshold(HALF, inclusive=False, article="1", base=base, in_favour=in_favour)
    assert rule.plain is plain


def test_what_no_text_asks_for_is_asked_of_nobody() -> None:
    assert MORE_THAN_HALF.judge(Numbers(4, 0, 4), 6).answers_required == 0
    assert Least("2", fraction=HALF).said == "1/2"


def test_how_many_must_agree_is_of_those_who_still_stand() -> None:
    nine = committee(body("quang_ngai", "dang_doan"), 9)
    assert required(nine.consultation, positions(nine.consultation, DEADLINE)) == 6
    eight = nine.struck(9, at=OPENED).struck(8, at=OPENED).struck(7, at=OPENED).consultation
    assert required(eight, positions(eight, DEADLINE)) == 4
    collated = committee(body("tra_vinh", "ban_dan_van"), 9).consultation
    assert required(collated, positions(collated, DEADLINE)) is None


# --- a naive reading -----------------------------------------------------------------------------

LEAST = st.one_of(
    st.none(),
    st.builds(Least, st.just("9"), number=st.integers(1, 12)),
    st.builds(
        Least,
        st.just("9"),
        fraction=st.fractions("1/12", "1", max_denominator=12),
        inclusive=st.booleans(),
    ),
)


def reaches(count: int, least: Least | None, roll: int) -> bool:
    if least is None:
        return True
    if least.number:
        return count >= least.number
    share = Fraction(count, roll)
    return share >= least.fraction if least.inclusive else share > least.fraction


@given(
    choices=st.lists(st.sampled_from("arxs"), min_size=1, max_size=15),
    share=st.fractions("1/100", "99/100", max_denominator=100),
    inclusive=st.booleans(),
    base=st.sampled_from([Base.MEMBERS, Base.REPLYING]),
    in_favour=LEAST,
    answers=LEAST,
)
def test_a_count_carries_as_the_sentences_of_its_rule_say(
    choices: list[str],
    share: Fraction,
    inclusive: bool,
    base: Base,
    in_favour: Least | None,
    answers: Least | None,
) -> None:
    rule = Threshold(share, inclusive, "1", base=base, in_favour=in_favour, answers=answers)
    agreeing, against, silent = choices.count("a"), choices.count("r"), choices.count("s")
    roll = len(choices)
    answered = roll - silent

    of = roll if base is Base.MEMBERS else agreeing + against
    carries = (
        agreeing > 0
        and (Fraction(agreeing, of) >= share if inclusive else Fraction(agreeing, of) > share)
        and reaches(agreeing, in_favour, roll)
        and reaches(answered, answers, roll)
    )

    judged = rule.judge(Numbers(agreeing, against, answered), roll)
    assert judged.carries is carries
    # as many as it says are needed are enough of that base, one fewer is not
    if judged.base >= judged.required and base is Base.MEMBERS and reaches(answered, answers, roll):
        assert rule.judge(Numbers(judged.required, 0, answered), roll).carries
        assert not rule.judge(Numbers(judged.required - 1, 0, answered), roll).carries


@pytest.mark.parametrize(
    ("these", "favour", "disfavour"),
    [
        (Numbers(3, 1, 5, 1), True, True),  # the same: each carries where the other does
        (Numbers(4, 1, 5, 1), True, False),
        (Numbers(2, 1, 5, 1), False, True),
        (Numbers(3, 2, 5, 1), False, True),
        (Numbers(3, 0, 5, 1), True, False),
        (Numbers(3, 1, 6, 1), True, False),
        (Numbers(3, 1, 4, 1), False, True),
        (Numbers(3, 1, 5, 0), False, True),
        (Numbers(4, 2, 6, 1), False, False),  # who came besides agreed, or was against: it depends
        (Numbers(3, 2, 6, 1), False, False),  # one more answer, and that against
    ],
)
def test_more_for_it_fewer_against_more_answers_and_the_head_favour_a_matter(
    these: Numbers, favour: bool, disfavour: bool
) -> None:
    others = Numbers(agreeing=3, against=1, answers=5, head=1)
    assert these.favours(others) is favour
    assert others.favours(these) is disfavour


def test_what_members_add_is_added_number_by_number() -> None:
    agrees_as_head, is_against = Numbers(1, 0, 1, 1), Numbers(0, 1, 1, 0)
    assert agrees_as_head + is_against + is_against == Numbers(1, 2, 3, 1)
    assert is_against * 3 + agrees_as_head * 1 == Numbers(1, 3, 4, 1)
    assert Numbers(2, 3, 5, 1) * 2 == Numbers(4, 6, 10, 2)


# --- what those who were never reached could change ----------------------------------------------

DEEDS = {"approve": Choice.APPROVE, "reject": Choice.REJECT, "abstain": Choice.ABSTAIN}


def asked(of: Body, size: int, deeds: tuple[str, ...]) -> Committee:
    """Members one by one: what each did, or "absent"; the first is the head."""
    begun = committee(of, size, matter=Matter.GENERAL, ground=Ground.CANNOT_MEET)
    offices = ("secretary", *("member" for _ in range(size - 1)))
    roll = tuple(Seat(n, f"Ủy viên {n}", office) for n, office in enumerate(offices, 1))
    now = Committee(replace(begun.consultation, roll=roll))
    for person, deed in enumerate(deeds, 1):
        if deed != "absent":
            now = now.received(person)
        if deed in DEEDS:
            now = now.answers(person, choice=DEEDS[deed])
    return now


@pytest.mark.parametrize("name", ["uy_ban", "hoi_dong_hoi", "hoi_dong_ban_lai"])
@pytest.mark.parametrize("size", [1, 2, 3, 4])
def test_it_is_held_where_those_never_reached_could_bring_another_outcome(
    name: str, size: int
) -> None:
    of = other(name)
    every = ("approve", "reject", "abstain", "silent")
    outcomes = {
        deeds: asked(of, size, deeds).result(DEADLINE).outcome
        for deeds in product(every, repeat=size)
    }
    for deeds in product((*every, "absent"), repeat=size):
        if "absent" not in deeds:
            continue
        could = {
            outcome
            for done, outcome in outcomes.items()
            if all(was in ("absent", did) for was, did in zip(deeds, done, strict=True))
        }
        now = asked(of, size, deeds).state(DEADLINE)
        assert (now.stage is Stage.HELD) is (len(could) > 1), deeds
        if now.stage is Stage.HELD:
            assert now.result is not None
            assert now.result.held_by is HeldBy.NOT_RECEIVED


def test_nobody_never_reached_could_have_abstained_where_the_slip_has_no_box_for_it() -> None:
    """Six members: silent it is too few answers (9.2), for it a tie (9.4), against it opposed by a third (9.3)."""
    of = other("hoi_dong_ban_lai")
    deeds = ("approve", "approve", "reject", "silent", "silent", "absent")
    # To abstain makes four answers of six: two agree, one is against, and it is not adopted (7.8).
    assert asked(of, 6, deeds).result(DEADLINE).held_by is HeldBy.NOT_RECEIVED
    without = replace(of, written=replace(of.written, abstain=None))
    assert asked(without, 6, deeds).result(DEADLINE).outcome is Outcome.DISCUSS_AGAIN


GAP = DEADLINE - timedelta(hours=1), DEADLINE + timedelta(minutes=30)


def undated(now: Committee) -> Committee:
    """The first member is against it, nobody knows whether before the deadline or after."""
    away = now.received(1).down(*GAP)
    return away.answers(1, choice=Choice.REJECT, at=GAP[0], latest=GAP[1])


@pytest.mark.parametrize("name", ["uy_ban", "hoi_dong_hoi", "hoi_dong_ban_lai"])
def test_all_is_possible_that_the_undated_and_those_never_reached_could_bring(name: str) -> None:
    of, every = other(name), ("approve", "reject", "abstain", "silent")
    outcomes = {
        deeds: asked(of, 4, deeds).result(DEADLINE).outcome for deeds in product(every, repeat=4)
    }
    for deeds in product((*every, "absent"), repeat=3):
        could = {
            outcome
            for (first, *done), outcome in outcomes.items()
            if first in ("reject", "silent")
            and all(was in ("absent", did) for was, did in zip(deeds, done, strict=True))
        }
        now = undated(asked(of, 4, ("absent", *deeds)))
        assert set(possible_outcomes(now.consultation, DEADLINE)) == could, deeds


def test_that_nobody_answered_besides_is_possible_too() -> None:
    """Of seven four agree: five answers are enough (9.2), four with who may be late and who was never reached not."""
    deeds = ("absent", *("approve" for _ in range(4)), "silent", "absent")
    now = undated(asked(other("hoi_dong_ban_lai"), 7, deeds))
    found = possible_outcomes(now.consultation, DEADLINE)
    assert found == (Outcome.ADOPTED, Outcome.DISCUSS_AGAIN)


def test_who_is_deemed_nothing_is_no_answer() -> None:
    result = asked(other("hoi_dong_hoi"), 4, ("approve", "approve", "silent", "silent")).result()
    assert (result.outcome, result.answers, result.answers_required) == (Outcome.NOT_ADOPTED, 2, 3)
    assert result.positions[3] is Position.SILENT


@pytest.mark.parametrize("name", ["hoi_dong_hoi", "hoi_dong_ban_lai"])
def test_a_thousand_whom_the_text_never_reached_are_as_soon_judged_as_one(name: str) -> None:
    """Counted one way after the other they would be some hundred million; this would not end."""
    now = committee(other(name), 1000, matter=Matter.GENERAL, ground=Ground.CANNOT_MEET)
    assert now.state(DEADLINE).stage is Stage.HELD


def test_what_an_undated_answer_may_come_to_beside_hundreds_never_reached_is_soon_told() -> None:
    """Each of four places for each of them, counted one after the other, took minutes."""
    of = committee(other("hoi_dong_ban_lai"), 200, matter=Matter.GENERAL, ground=Ground.CANNOT_MEET)
    assert set(possible_outcomes(undated(of).consultation, DEADLINE)) == {
        Outcome.ADOPTED,
        Outcome.NOT_ADOPTED,
        Outcome.DISCUSS_AGAIN,
    }
