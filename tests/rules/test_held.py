"""Held by those whom the text never reached, and every way in which that ends (provisions 5.10)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.consultations.rules.consultation import Act, ActKind, Choice, Position
from bot.consultations.rules.outcome import HeldBy, Stage, shown_state
from bot.consultations.rules.rights import HEAD, may_act, may_assist, may_reply, may_withdraw
from bot.regulations.rules.regulation import Next, Outcome
from bot.values.refusal import Refusal
from tests.rules.committee import (
    A_MOMENT,
    DEADLINE,
    Split,
    committee,
    moment,
)
from tests.rules.rules_by_hand import BAC_KAN, HAI_DUONG, HUYEN_BAN_THUONG_VU, QUANG_NGAI

LATER = moment("2026-03-12 09:00")  # the morning after DEADLINE, a Thursday
ABSENT = 9
HELD = Split(approve=5, reject=3, silent=0, absent=1).under(QUANG_NGAI)
"""One more agreement would be the sixth of nine."""


def test_what_the_absent_could_change_is_held_from_the_due_moment_on() -> None:
    assert HELD.state(DEADLINE - A_MOMENT).stage is Stage.OPEN
    assert HELD.state(DEADLINE).stage is Stage.HELD
    assert HELD.state(DEADLINE + timedelta(days=100)).stage is Stage.HELD


def test_the_hold_says_why_and_waits_for_an_officer() -> None:
    result = HELD.result(DEADLINE)
    assert result.outcome is Outcome.HELD
    assert result.held_by is HeldBy.NOT_RECEIVED
    assert result.next is Next.DECIDE
    assert result.positions[ABSENT] is Position.NOT_RECEIVED
    assert (result.closed_at, result.by_hand) == (None, False)


def test_a_hold_that_was_recorded_stays_what_it_is() -> None:
    act = Act(ActKind.HOLD, DEADLINE, until=DEADLINE, reason="not_received")
    assert HELD.adding(acts=[act]).state(LATER) == HELD.state(LATER)


@pytest.mark.parametrize(
    ("choice", "outcome"),
    [(Choice.APPROVE, Outcome.ADOPTED), (Choice.REJECT, Outcome.TO_SUPERIOR)],
)
def test_an_answer_of_the_absent_ends_the_hold_at_its_moment(
    choice: Choice, outcome: Outcome
) -> None:
    answered = HELD.answers(ABSENT, choice=choice, at=LATER, on_paper=True)
    assert answered.state(LATER - A_MOMENT).stage is Stage.OPEN
    assert answered.state(LATER).stage is Stage.CLOSED
    assert answered.result(LATER).outcome is outcome
    assert answered.result(LATER).closed_at == LATER


def test_an_answer_of_another_while_held_leaves_it_held() -> None:
    changed = HELD.answers(6, choice=Choice.DIFFER, at=LATER)
    assert changed.state(LATER).stage is Stage.HELD
    assert changed.result(LATER).tally[Position.DIFFER] == 1


def test_an_answer_of_another_while_held_can_settle_it() -> None:
    changed = HELD.answers(6, choice=Choice.APPROVE, at=LATER)
    assert changed.result(LATER).outcome is Outcome.ADOPTED
    assert changed.result(LATER).closed_at == LATER


def test_a_recorded_delivery_opens_it_again_for_that_members_own_day() -> None:
    delivered = HELD.received(ABSENT, at=LATER)
    own = moment("2026-03-13 17:00")  # one working day after Thursday 12 March
    assert delivered.state(own - A_MOMENT).stage is Stage.OPEN
    assert delivered.result(own).outcome is Outcome.ADOPTED
    assert delivered.result(own).tally[Position.DEEMED_APPROVE] == 1
    assert delivered.result(own).closed_at == own


def test_where_silence_is_not_counted_a_late_delivery_ends_as_no_opinion() -> None:
    held = Split(approve=4, reject=0, silent=4, absent=1).under(BAC_KAN)
    assert held.state(DEADLINE).stage is Stage.HELD
    own = moment("2026-03-13 17:00")
    closed = held.received(ABSENT, at=LATER).result(own)
    assert closed.outcome is Outcome.NOT_ADOPTED
    assert closed.tally[Position.SILENT] == 5


def test_an_agency_reached_while_held_has_its_seven_working_days() -> None:
    held = Split(approve=4, reject=0, silent=0, absent=1).under(HAI_DUONG)
    assert held.state(DEADLINE).stage is Stage.HELD
    delivered = held.received(5, at=LATER)
    own = moment("2026-03-23 17:00")
    assert delivered.state(own - A_MOMENT).stage is Stage.OPEN
    assert delivered.result(own).outcome is Outcome.AGREED


def test_an_agency_may_ask_for_time_while_held() -> None:
    held = Split(approve=4, reject=0, silent=0, absent=1).under(HAI_DUONG)
    later = moment("2026-04-03 17:00")
    waiting = held.received(5, at=LATER).asks_time(5, later, at=LATER)
    assert waiting.state(later - A_MOMENT).stage is Stage.OPEN
    assert waiting.result(later).closed_at == later


def test_an_extension_opens_it_again_for_all() -> None:
    until = moment("2026-03-16 17:00")
    extended = HELD.extended(until, at=LATER)
    assert extended.state(until - A_MOMENT).stage is Stage.OPEN
    assert extended.state(until).stage is Stage.HELD
    reached = extended.received(ABSENT, at=moment("2026-03-13 09:00"))
    assert reached.result(until).outcome is Outcome.ADOPTED
    assert reached.result(until).closed_at == until


def test_a_strike_of_the_absent_ends_the_hold_with_the_smaller_roll() -> None:
    struck = HELD.struck(ABSENT, at=LATER)
    result = struck.result(LATER)
    assert result.outcome is Outcome.TO_SUPERIOR
    assert (result.required, result.roll, result.roll_at_opening) == (6, 8, 9)
    assert result.closed_at == LATER


def test_closing_by_hand_decides_by_the_numbers_and_the_absent_stay_not_received() -> None:
    closed = HELD.ended(ActKind.CLOSE_BY_HAND, LATER).result(LATER)
    assert closed.outcome is Outcome.TO_SUPERIOR
    assert closed.by_hand
    assert closed.closed_at == LATER
    assert closed.positions[ABSENT] is Position.NOT_RECEIVED


def test_closing_by_hand_keeps_what_silence_meant_for_those_reached() -> None:
    held = Split(approve=2, reject=3, silent=3, absent=1).under(QUANG_NGAI)
    closed = held.ended(ActKind.CLOSE_BY_HAND, LATER).result(LATER)
    assert closed.tally[Position.DEEMED_APPROVE] == 3
    assert closed.tally[Position.NOT_RECEIVED] == 1


def test_a_held_matter_can_be_withdrawn() -> None:
    assert HELD.ended(ActKind.WITHDRAW, LATER).state(LATER).stage is Stage.WITHDRAWN


def test_two_absent_members_come_one_after_the_other() -> None:
    held = Split(approve=5, reject=2, silent=0, absent=2).under(QUANG_NGAI)
    first = held.answers(8, choice=Choice.REJECT, at=LATER, on_paper=True)
    assert first.state(LATER).stage is Stage.HELD
    then = LATER + timedelta(hours=3)
    second = first.answers(9, choice=Choice.APPROVE, at=then, on_paper=True)
    assert second.result(then).outcome is Outcome.ADOPTED
    assert second.result(then).closed_at == then


def test_members_whom_the_text_never_reached_stand_as_that_where_they_change_nothing() -> None:
    closed = Split(approve=6, reject=2, silent=0, absent=1).under(QUANG_NGAI).result(DEADLINE)
    assert closed.outcome is Outcome.ADOPTED
    assert closed.positions[ABSENT] is Position.NOT_RECEIVED


def test_a_committee_that_the_text_never_reached_is_held() -> None:
    for of in (QUANG_NGAI, BAC_KAN, HUYEN_BAN_THUONG_VU, HAI_DUONG):
        assert committee(of, 1).state(DEADLINE).stage is Stage.HELD


def test_an_opinion_that_stays_after_a_strike_differs_already_whatever_the_absent_one_says() -> (
    None
):
    """Four of five agree, and one struck off had been against it: it goes to a meeting either way (HU 21.3)."""
    of = committee(HUYEN_BAN_THUONG_VU, 6).received(1, 2, 3, 4, 5)
    four = of.answers(1, 2, 3, 4, choice=Choice.APPROVE)
    result = four.answers(5, choice=Choice.REJECT).struck(5).result(DEADLINE)
    assert (result.outcome, result.held_by) == (Outcome.TO_MEETING, None)
    assert four.struck(5).result(DEADLINE).held_by is HeldBy.NOT_RECEIVED


# --- a new term ------------------------------------------------------------------------------

TERM_BEGINS = moment("2026-03-09 00:00")  # a Monday, two days before DEADLINE


def test_what_is_open_when_a_new_term_begins_is_held_from_that_day_and_never_counted() -> None:
    """Its roll is that of before: enough agreed, and more come and agree; still nobody counts them."""
    enough = Split(approve=6, reject=0, silent=2, absent=1).under(QUANG_NGAI)
    act = Act(ActKind.HOLD, TERM_BEGINS, until=TERM_BEGINS, reason="term")
    over = enough.adding(acts=[act]).answers(7, 8, choice=Choice.APPROVE, at=TERM_BEGINS + A_MOMENT)
    assert over.state(TERM_BEGINS - A_MOMENT).stage is Stage.OPEN
    for now in (TERM_BEGINS, DEADLINE, LATER):
        assert over.state(now).stage is Stage.HELD
        assert over.result(now).outcome is Outcome.HELD
        assert over.result(now).held_by is HeldBy.TERM
        assert over.result(now).tally.agreeing == 6
        assert over.result(now).closed_at is None
        refusal = may_reply(over.consultation, 9, now)
        assert refusal == Refusal("over_with_term", values={"at": TERM_BEGINS, "second": False})
        assert may_act(over.consultation, HEAD, now) == refusal
        assert may_assist(over.consultation, HEAD, now) == refusal
        assert may_withdraw(over.consultation, HEAD, now) is None
    assert shown_state(over.consultation, TERM_BEGINS).stage is Stage.HELD
    withdrawn = over.ended(ActKind.WITHDRAW, LATER)
    assert withdrawn.state(LATER).stage is Stage.WITHDRAWN


def test_an_officer_who_writes_that_word_as_a_reason_ends_no_term() -> None:
    until = moment("2026-03-16 17:00")
    extended = Act(ActKind.EXTEND, TERM_BEGINS, by=1, until=until, reason="term")
    asked = Split(approve=6, reject=0, silent=2, absent=1).under(QUANG_NGAI)
    now = asked.adding(acts=[extended])
    assert now.state(TERM_BEGINS).stage is Stage.OPEN
    assert now.result(until).outcome is Outcome.ADOPTED
