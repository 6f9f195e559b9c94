"""A strike recomputes what is required from the smaller roll (provisions 5.2, 5.13)."""

from __future__ import annotations

import pytest

from bot.consultations.rules.consultation import Choice, Position
from bot.consultations.rules.due import closes_at
from bot.consultations.rules.outcome import Stage
from bot.regulations.rules.regulation import Outcome
from tests.rules.committee import (
    A_MOMENT,
    DEADLINE,
    Split,
    body,
    committee,
    moment,
    table,
)
from tests.rules.rules_by_hand import HAI_DUONG, QUANG_NGAI

NEEDED = {row["size"]: row["needed"] for row in table("thresholds")["two_thirds"]}


@pytest.mark.parametrize("size", range(2, 16))
def test_what_is_required_follows_the_standing_roll_and_both_numbers_are_named(size: int) -> None:
    for struck in range(1, size):
        asked = committee(QUANG_NGAI, size).answers(*range(1, size + 1), choice=Choice.APPROVE)
        result = asked.struck(*range(size - struck + 1, size + 1)).result()
        assert result.required == NEEDED[size - struck]
        assert (result.roll, result.roll_at_opening) == (size - struck, size)
        assert result.tally.agreeing == size - struck


def test_the_reply_of_one_struck_off_is_not_counted() -> None:
    asked = Split(approve=5, reject=4, silent=0, absent=0).under(QUANG_NGAI)
    assert asked.result().outcome is Outcome.TO_SUPERIOR
    struck = asked.struck(9, 8)
    assert struck.result().outcome is Outcome.ADOPTED
    assert struck.result().tally[Position.REJECT] == 2
    assert 9 not in struck.result().positions


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
