"""What the bot's absence does to a matter (provisions 5.5): nothing is decided by it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bot.consultations.rules.consultation import ActKind, Choice, Position
from bot.consultations.rules.outcome import HeldBy, Stage
from bot.regulations.rules.regulation import Next, Outcome
from tests.rules.committee import (
    A_MOMENT,
    ANSWERED,
    DEADLINE,
    OPENED,
    Committee,
    Split,
    committee,
    moment,
)
from tests.rules.rules_by_hand import BAC_KAN, BY_HAND, HAI_DUONG, QUANG_NGAI, TRA_VINH

A_DAY = timedelta(hours=24)
BACK = DEADLINE + timedelta(hours=2)
LATER = DEADLINE + timedelta(hours=20)
SILENT = Split(approve=5, reject=1, silent=3, absent=0).under(QUANG_NGAI)


def long_outage(asked: Committee) -> Committee:
    """Down from the day before the deadline until two hours after it."""
    return asked.down(BACK - A_DAY, BACK)


def test_silence_is_not_applied_after_a_day_without_the_bot() -> None:
    held = long_outage(SILENT)
    result = held.result(BACK)
    assert held.state(BACK).stage is Stage.HELD
    assert (result.outcome, result.next) == (Outcome.HELD, Next.DECIDE)
    assert result.held_by is HeldBy.OUTAGE
    assert result.tally[Position.SILENT] == 3
    assert result.tally[Position.DEEMED_APPROVE] == 0


def test_a_shorter_outage_over_the_deadline_changes_nothing() -> None:
    short = SILENT.down(BACK - A_DAY + A_MOMENT, BACK)
    assert short.result(BACK).outcome is Outcome.ADOPTED
    assert short.result(BACK).closed_at == DEADLINE


@pytest.mark.parametrize("name", BY_HAND)
def test_a_long_outage_holds_under_every_regulation_where_somebody_did_not_answer(
    name: str,
) -> None:
    asked = Split(approve=2, reject=0, silent=1, absent=0).under(BY_HAND[name])
    assert long_outage(asked).result(BACK).held_by is HeldBy.OUTAGE


def test_where_all_have_answered_an_outage_holds_nothing() -> None:
    answered = Split(approve=6, reject=3, silent=0, absent=0).under(QUANG_NGAI)
    assert long_outage(answered).result(BACK).outcome is Outcome.ADOPTED


@pytest.mark.parametrize("name", BY_HAND)
def test_after_a_copy_was_brought_back_silence_has_no_effect_however_short_the_time_lost(
    name: str,
) -> None:
    """What had come in and was acknowledged is gone: nobody may be counted as silent over it."""
    asked = Split(approve=2, reject=0, silent=1, absent=0).under(BY_HAND[name])
    back = asked.brought_back(ANSWERED, ANSWERED + A_MOMENT)
    assert back.result(BACK).held_by is HeldBy.OUTAGE


def test_what_was_lost_before_the_last_extension_takes_nothing_from_it() -> None:
    back = SILENT.brought_back(ANSWERED, ANSWERED + A_MOMENT)
    extended = back.extended(LATER, ANSWERED + timedelta(minutes=1))
    assert back.result(BACK).outcome is Outcome.HELD
    assert extended.result(LATER).outcome is Outcome.ADOPTED


def test_what_was_lost_before_the_opening_does_not_matter() -> None:
    assert SILENT.brought_back(OPENED - A_DAY, OPENED).result(BACK).outcome is Outcome.ADOPTED


def test_an_outage_in_the_middle_of_the_time_given_counts_too() -> None:
    within = SILENT.down(ANSWERED, ANSWERED + A_DAY)
    assert within.state(DEADLINE).stage is Stage.HELD


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (OPENED - 2 * A_DAY, OPENED),
        (DEADLINE, DEADLINE + A_DAY),
        (DEADLINE + A_MOMENT, DEADLINE + 3 * A_DAY),
    ],
)
def test_an_outage_before_the_opening_or_after_the_due_moment_does_not_matter(
    start: datetime, end: datetime
) -> None:
    asked = SILENT.down(start, end)
    assert asked.result(DEADLINE + 4 * A_DAY).outcome is Outcome.ADOPTED


def test_whoever_looks_later_an_outage_after_the_due_moment_takes_no_silence_away() -> None:
    asked = SILENT.down(DEADLINE + A_MOMENT, DEADLINE + 3 * A_DAY)
    assert asked.position(7, DEADLINE + 4 * A_DAY) is Position.DEEMED_APPROVE


def test_one_outage_among_short_ones_is_enough() -> None:
    asked = SILENT.down(OPENED, OPENED + timedelta(hours=3))
    assert asked.state(DEADLINE).stage is Stage.CLOSED
    assert long_outage(asked).state(BACK).stage is Stage.HELD


def test_an_extension_gives_a_window_of_its_own_in_which_silence_counts_again() -> None:
    until = moment("2026-03-18 17:00")
    extended = long_outage(SILENT).extended(until, at=LATER)
    assert extended.state(until - A_MOMENT).stage is Stage.OPEN
    assert extended.result(until).outcome is Outcome.ADOPTED
    assert extended.result(until).tally[Position.DEEMED_APPROVE] == 3
    assert extended.result(until).closed_at == until


def test_another_outage_within_the_extension_holds_again() -> None:
    until = moment("2026-03-18 17:00")
    extended = long_outage(SILENT).extended(until, at=LATER)
    again = extended.down(LATER + A_DAY, LATER + 2 * A_DAY)
    assert again.state(until).stage is Stage.HELD


def test_closing_by_hand_after_an_outage_counts_no_silence() -> None:
    closed = long_outage(SILENT).ended(ActKind.CLOSE_BY_HAND, LATER).result(LATER)
    assert closed.outcome is Outcome.TO_SUPERIOR
    assert closed.tally[Position.SILENT] == 3
    assert closed.by_hand


def test_answers_of_all_who_were_silent_end_the_hold() -> None:
    held = long_outage(SILENT)
    one = held.answers(7, choice=Choice.APPROVE, at=LATER)
    assert one.state(LATER).stage is Stage.HELD
    all_three = one.answers(8, 9, choice=Choice.REJECT, at=LATER + A_MOMENT)
    assert all_three.result(LATER + A_MOMENT).outcome is Outcome.ADOPTED
    assert all_three.result(LATER + A_MOMENT).closed_at == LATER + A_MOMENT


def test_an_answer_of_one_who_was_silent_takes_back_no_hold_that_had_begun() -> None:
    one = long_outage(SILENT).answers(7, choice=Choice.APPROVE, at=LATER)
    assert one.state(BACK).stage is Stage.HELD


def test_whose_press_over_the_due_moment_is_left_out_is_silent_and_holds_it() -> None:
    asked = committee(QUANG_NGAI, 3).received(1, 2, 3).answers(1, choice=Choice.APPROVE)
    gone = long_outage(asked.answers(2, choice=Choice.DIFFER)).answers(
        3, choice=Choice.APPROVE, at=BACK - A_DAY, latest=BACK
    )  # in time two of three agree, late one
    left_out = gone.decides(ActKind.LEAVE_OUT_UNDATABLE, LATER)
    assert left_out.result(LATER).held_by is HeldBy.OUTAGE


def test_the_first_answer_of_each_who_was_silent_ends_the_hold_whatever_comes_after() -> None:
    all_three = long_outage(SILENT).answers(7, 8, 9, choice=Choice.APPROVE, at=LATER)
    changed = all_three.answers(7, choice=Choice.REJECT, at=LATER + timedelta(hours=1))
    result = changed.result(LATER + timedelta(hours=2))
    assert result.closed_at == LATER
    assert result.positions[7] is Position.APPROVE  # it was closed when the other answer came


def test_whoever_is_struck_off_first_ends_the_hold_then_whatever_comes_of_them_later() -> None:
    later = LATER + timedelta(hours=1)
    held = long_outage(SILENT).struck(7, 8, 9, at=LATER)
    answered = held.answers(7, 8, 9, choice=Choice.REJECT, at=later)
    result = answered.result(later)
    assert result.closed_at == LATER
    assert (result.roll, result.tally.agreeing, result.outcome) == (6, 5, Outcome.ADOPTED)


def test_a_late_delivery_does_not_heal_an_outage() -> None:
    asked = Split(approve=4, reject=0, silent=0, absent=1).under(HAI_DUONG)
    reached = long_outage(asked).received(5, at=LATER)
    own = moment("2026-03-23 17:00")
    assert reached.state(own - A_MOMENT).stage is Stage.OPEN
    assert reached.state(own).stage is Stage.HELD
    assert reached.result(own).held_by is HeldBy.OUTAGE


def test_replies_pressed_while_the_bot_was_away_count_as_given_then() -> None:
    pressed = DEADLINE - timedelta(hours=1)
    asked = SILENT.down(pressed, BACK).answers(7, 8, 9, choice=Choice.REJECT, at=pressed)
    assert asked.result(BACK).outcome is Outcome.TO_SUPERIOR
    assert asked.result(BACK).closed_at == DEADLINE


def test_nothing_counted_and_nothing_collated_is_decided_by_absence() -> None:
    for of in (BAC_KAN, TRA_VINH):
        assert long_outage(committee(of, 1)).result(BACK).held_by is HeldBy.OUTAGE
