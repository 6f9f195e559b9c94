"""A strike makes the roll smaller and what is required with it; it erases no opinion (5.2, 5.13)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.consultations.rules.consultation import Choice, Position
from bot.consultations.rules.due import closes_at
from bot.consultations.rules.outcome import Stage
from bot.regulations.rules.regulation import Body, DifferingIs, Outcome, Row
from tests.rules.committee import (
    A_MOMENT,
    DEADLINE,
    Split,
    body,
    committee,
    moment,
    table,
)
from tests.rules.rules_by_hand import (
    HAI_DUONG,
    HUYEN_BAN_THUONG_VU,
    HUYEN_THUONG_TRUC,
    QUANG_NGAI,
    silence_for_nothing,
)

DIRECTED = replace(
    QUANG_NGAI, written=replace(QUANG_NGAI.written, silence=silence_for_nothing("8.2.1"))
)
"""Where silence does not cover what a superior directs."""
COUNTED = (Position.APPROVE, Position.SILENT, Position.STRUCK, Position.REJECT)
NEEDED = {row["size"]: row["needed"] for row in table("thresholds")["two_thirds"]}


@pytest.mark.parametrize("size", range(2, 16))
def test_what_is_required_follows_the_standing_roll_and_both_numbers_are_named(size: int) -> None:
    for struck in range(1, size):
        asked = committee(QUANG_NGAI, size).answers(*range(1, size + 1), choice=Choice.APPROVE)
        result = asked.struck(*range(size - struck + 1, size + 1)).result()
        assert result.required == NEEDED[size - struck]
        assert (result.roll, result.roll_at_opening) == (size - struck, size)
        assert result.tally.agreeing == size - struck


def test_those_struck_off_stand_beside_the_roll() -> None:
    asked = Split(approve=5, reject=4, silent=0, absent=0).under(QUANG_NGAI)
    assert asked.result().outcome is Outcome.TO_SUPERIOR
    struck = asked.struck(9, 8)
    assert struck.result().outcome is Outcome.ADOPTED
    assert struck.result().tally[Position.REJECT] == 2
    assert struck.result().tally[Position.STRUCK] == 2
    assert struck.result().positions[9] is Position.STRUCK


def test_a_struck_rejection_is_still_a_differing_opinion() -> None:
    asked = Split(approve=4, reject=1, silent=2, absent=0).under(HUYEN_BAN_THUONG_VU)
    result = asked.struck(5).result()  # 21.3: more than half agree, an opinion differed
    assert (result.roll, result.roll_at_opening, result.required) == (6, 7, 4)
    assert result.outcome is Outcome.TO_MEETING
    assert result.row is Row.ENOUGH_WITH_DIFFERING
    assert {p: result.tally[p] for p in COUNTED} == {
        Position.APPROVE: 4,
        Position.SILENT: 2,
        Position.STRUCK: 1,
        Position.REJECT: 0,
    }


@pytest.mark.parametrize(
    ("of", "split", "struck", "outcome"),
    [
        (HUYEN_THUONG_TRUC, Split(2, 1, 0, 0), 3, Outcome.DISCUSS_AGAIN),  # 15.2
        (DIRECTED, Split(3, 1, 3, 0), 4, Outcome.TO_SUPERIOR),  # 7.2: 3 of 6, and one differed
        (HAI_DUONG, Split(3, 1, 0, 0), 4, Outcome.TO_SUPERIOR),  # 2.2: the parties did not agree
    ],
    ids=["thuong_truc", "quang_ngai", "hai_duong"],
)
def test_no_strike_erases_a_dissent_where_dissent_matters(
    of: Body, split: Split, struck: int, outcome: Outcome
) -> None:
    assert split.under(of).struck(struck).result().outcome is outcome


def test_an_approval_struck_counts_nowhere() -> None:
    asked = Split(approve=4, reject=0, silent=3, absent=0).under(HUYEN_BAN_THUONG_VU)
    result = asked.struck(1).result()
    assert (result.roll, result.required, result.tally.agreeing) == (6, 4, 3)
    assert (result.outcome, result.row) == (Outcome.NOT_ADOPTED, Row.FAILED)


def test_where_comments_differ_a_struck_one_with_comments_still_does() -> None:
    written = replace(HUYEN_BAN_THUONG_VU.written, differing_is=DifferingIs.WITH_COMMENTS)
    of = replace(HUYEN_BAN_THUONG_VU, written=written)
    asked = committee(of, 7).received(*range(1, 8)).answers(1, 2, 3, 4, choice=Choice.APPROVE)
    asked = asked.answers(5, choice=Choice.APPROVE_WITH_COMMENTS)
    assert asked.result().outcome is Outcome.TO_MEETING
    assert asked.struck(5).result().outcome is Outcome.TO_MEETING


def test_under_a_rule_book_kept_from_before_an_opinion_went_with_its_member() -> None:
    written = replace(HUYEN_BAN_THUONG_VU.written, strike_erases=True)
    asked = Split(4, 1, 2, 0).under(replace(HUYEN_BAN_THUONG_VU, written=written))
    assert asked.struck(5).result().outcome is Outcome.ADOPTED


def test_a_strike_can_take_the_adoption_away() -> None:
    asked = Split(approve=6, reject=3, silent=0, absent=0).under(body("quang_ngai", "dang_doan"))
    assert asked.result().outcome is Outcome.ADOPTED
    assert asked.struck(1).result().outcome is Outcome.TO_SUPERIOR


def test_one_struck_off_is_not_on_the_roll_any_more() -> None:
    asked = committee(QUANG_NGAI, 2).struck(2).consultation
    assert asked.has(1)
    assert not asked.has(2)


def test_a_struck_recipients_clock_is_not_waited_for() -> None:
    late = moment("2026-03-20 17:00")
    asked = committee(HAI_DUONG, 2).received(1, 2).asks_time(2, late)
    struck = asked.struck(2)
    assert closes_at(asked.consultation) == late
    assert closes_at(struck.consultation) == DEADLINE
    assert struck.result(DEADLINE).closed_at == DEADLINE


def test_a_strike_after_all_others_were_due_closes_at_the_strike_and_not_before() -> None:
    late, morning = moment("2026-03-20 17:00"), moment("2026-03-16 09:00")
    asked = committee(HAI_DUONG, 2).received(1, 2).asks_time(2, late)
    answered = asked.answers(1, choice=Choice.REJECT, at=moment("2026-03-13 09:00"))
    struck = answered.struck(2, at=morning)
    assert struck.state(morning - A_MOMENT).stage is Stage.OPEN
    assert struck.result(morning).closed_at == morning
    assert struck.result(morning).outcome is Outcome.TO_SUPERIOR
