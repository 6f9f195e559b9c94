"""A matter discussed once more for a cause of its rule book: every small council, against the sentences of the text."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import product
from pathlib import Path

import pytest

from bot.consultations.rules.consultation import Choice, Position
from bot.consultations.rules.due import again_deadline
from bot.consultations.rules.outcome import Result
from bot.consultations.rules.second_round import is_divided, of_consultation, refuse_days
from bot.regulations.loader import load
from bot.regulations.rules.regulation import (
    Body,
    Cause,
    Ground,
    Matter,
    Next,
    Outcome,
    Renewal,
    Ruling,
)
from bot.regulations.rules.terms import Base, Threshold
from tests.rules.committee import DEADLINE, WEEKENDS, Committee, committee, moment

COUNCIL = load(
    Path(__file__).parents[1] / "regulations" / "others" / "hoi_dong_ban_lai.toml"
).bodies[0]
AGAIN = (Outcome.DISCUSS_AGAIN, Next.SECOND_ROUND)
SIZES = range(1, 8)


def counted(
    agree: int, against: int, abstain: int, silent: int, matter: Matter = Matter.GENERAL
) -> Committee:
    """A council in which so many did each."""
    size = agree + against + abstain + silent
    asked = committee(COUNCIL, size, matter=matter, ground=Ground.CANNOT_MEET)
    asked = asked.received(*range(1, size + 1))
    first = 1
    for choice, many in (
        (Choice.APPROVE, agree),
        (Choice.REJECT, against),
        (Choice.ABSTAIN, abstain),
    ):
        asked = asked.answers(*range(first, first + many), choice=choice)
        first += many
    return asked


def by_its_sentences(
    agree: int, against: int, abstain: int, silent: int, matter: Matter
) -> tuple[Outcome, Cause | None, str]:
    """What the text says, read sentence by sentence in its own order, without a fraction."""
    all_of_them = agree + against + abstain + silent
    answered_enough = 3 * (agree + against + abstain) >= 2 * all_of_them
    passes = answered_enough and 2 * agree > all_of_them
    if not answered_enough:
        return Outcome.DISCUSS_AGAIN, Cause.FEW_ANSWERS, "9.2"
    if against and 3 * against >= all_of_them:
        return Outcome.DISCUSS_AGAIN, Cause.OPPOSED, "9.3"
    if agree and 2 * agree == all_of_them:
        return Outcome.DISCUSS_AGAIN, Cause.TIE, "9.4"
    if matter is Matter.IMPORTANT and not passes and agree and 3 * agree >= all_of_them:
        return Outcome.DISCUSS_AGAIN, Cause.NOT_ENOUGH, "9.5"
    return (Outcome.ADOPTED, None, "7.4") if passes else (Outcome.NOT_ADOPTED, None, "7.8")


@pytest.mark.parametrize("matter", [Matter.GENERAL, Matter.IMPORTANT])
@pytest.mark.parametrize("size", SIZES)
def test_every_small_council_discusses_again_what_the_text_says(size: int, matter: Matter) -> None:
    for agree, against, abstain in product(range(size + 1), repeat=3):
        silent = size - agree - against - abstain
        if silent < 0:
            continue
        result = counted(agree, against, abstain, silent, matter).result()

        found = (result.outcome, result.because, result.ruling_article)
        assert found == by_its_sentences(agree, against, abstain, silent, matter)
        assert is_divided(result) is (
            result.because is not None or (against > 0 and result.row is not None)
        )


# --- the second round ----------------------------------------------------------------------------


def again(first: Committee, *, agree: tuple[int, ...] = (), reject: tuple[int, ...] = ()) -> Result:
    """The second round of what had ended, in which these answer anew."""
    ended = first.result()
    kept = of_consultation("consultation:1", 1, first.consultation, ended)
    second = Committee(replace(first.consultation, id=2, first=kept, replies=()))
    answered = second.answers(*agree, choice=Choice.APPROVE).answers(*reject, choice=Choice.REJECT)
    return answered.result()


def test_everybody_is_asked_again_also_who_was_silent() -> None:
    first = counted(3, 0, 0, 3)

    kept = of_consultation("consultation:1", 1, first.consultation, first.result())

    assert (kept.asked, kept.because) == (frozenset(range(1, 7)), Cause.FEW_ANSWERS)
    assert kept.positions[4] is Position.SILENT


@pytest.mark.parametrize(
    ("reject", "outcome", "follows", "article", "required"),
    [
        ((), Outcome.ADOPTED, Next.NONE, "7.4", 2),  # three of three: 2 are more than half
        ((4, 5), Outcome.ADOPTED, Next.NONE, "7.4", 3),  # three of five
        ((4, 5, 6), Outcome.TO_MEETING, Next.TO_MEETING, "9.7", 4),  # three of six are just half
    ],
)
def test_the_second_round_is_counted_by_its_own_share_and_is_the_last(
    reject: tuple[int, ...], outcome: Outcome, follows: Next, article: str, required: int
) -> None:
    result = again(counted(3, 0, 0, 3), reject=reject)

    assert (result.outcome, result.next, result.ruling_article) == (outcome, follows, article)
    assert (result.required, result.because) == (required, None)
    assert "9.6" in result.articles


def test_after_a_division_twice_it_goes_where_the_text_says_and_else_stands_as_counted() -> None:
    rule = COUNCIL.written.second_round
    assert rule is not None
    first = COUNCIL.written.rulings

    stands = rule.rulings(first)
    assert (stands.enough, stands.enough_with_differing) == (
        first.enough,
        first.enough_with_differing,
    )
    assert stands.failed == stands.failed_with_differing == rule.failed
    divided = Ruling(Outcome.TO_SUPERIOR, Next.UPWARD_REPORT, "9.8")
    up = replace(rule, divided=divided).rulings(first)
    assert (up.enough_with_differing, up.failed_with_differing, up.failed) == (
        divided,
        divided,
        rule.failed,
    )


# --- other shares --------------------------------------------------------------------------------


def opposed_by(share: Threshold) -> Body:
    rule = COUNCIL.written.second_round
    assert rule is not None
    causes = {Cause.OPPOSED: Renewal("9.3", frozenset(Matter), share)}
    return replace(
        COUNCIL, written=replace(COUNCIL.written, second_round=replace(rule, causes=causes))
    )


@pytest.mark.parametrize(
    ("agree", "against", "inclusive", "outcome"),
    [
        (4, 2, True, Outcome.DISCUSS_AGAIN),  # two of six for or against are a third
        (4, 2, False, Outcome.ADOPTED),
        (5, 2, True, Outcome.ADOPTED),
        (4, 3, False, Outcome.DISCUSS_AGAIN),
        (6, 0, True, Outcome.ADOPTED),
    ],
)
def test_opposition_may_be_a_share_of_those_for_or_against(
    agree: int, against: int, inclusive: bool, outcome: Outcome
) -> None:
    body = opposed_by(Threshold(Fraction(1, 3), inclusive, "9.3", base=Base.REPLYING))
    asked = counted(agree, against, 0, 0)

    assert Committee(replace(asked.consultation, body=body)).result().outcome is outcome


# --- its days ------------------------------------------------------------------------------------


def test_the_days_of_the_text_give_the_one_deadline_of_a_second_round() -> None:
    friday = moment("2026-03-06 08:00")
    given = moment("2026-03-11 17:00")  # Monday, Tuesday, Wednesday

    assert again_deadline(COUNCIL, WEEKENDS, friday) == given
    assert refuse_days(COUNCIL, WEEKENDS, given, friday) is None
    for other in ("2026-03-11 16:59", "2026-03-12 17:00", "2026-03-10 17:00"):
        refusal = refuse_days(COUNCIL, WEEKENDS, moment(other), friday)
        assert refusal is not None
        assert (refusal.kind, refusal.article) == ("round_days", "9.1")
    assert COUNCIL.days_to_discuss_again == 10


def test_where_the_text_gives_no_days_whoever_opens_it_names_a_deadline() -> None:
    again = COUNCIL.written.second_round
    assert again is not None
    for rule in (None, replace(again, answer_days=None)):
        body = replace(COUNCIL, written=replace(COUNCIL.written, second_round=rule))
        assert again_deadline(body, WEEKENDS, moment("2026-03-06 08:00")) is None


def test_days_that_the_committee_assumes_are_refused_as_its_own() -> None:
    again = COUNCIL.written.second_round
    assert again is not None
    assumed = replace(again, answer_days_article=None)
    body = replace(COUNCIL, written=replace(COUNCIL.written, second_round=assumed))

    refusal = refuse_days(body, WEEKENDS, moment("2026-03-12 17:00"), moment("2026-03-06 08:00"))

    assert refusal is not None
    assert (refusal.kind, refusal.article) == ("round_days", "9.1")
    assert refusal.values["says"] == "assumed"


def test_a_matter_of_another_kind_has_no_cause_of_its_own() -> None:
    general, important = (counted(2, 0, 4, 0, each) for each in (Matter.GENERAL, Matter.IMPORTANT))

    assert general.result(DEADLINE).outcome is Outcome.NOT_ADOPTED
    assert (important.result(DEADLINE).outcome, important.result(DEADLINE).next) == AGAIN
