"""When each member falls due and when the whole matter closes; every expected moment found by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.consultations.rules.consultation import ActKind, Choice, Position
from bot.consultations.rules.due import (
    before_more_time,
    closes_at,
    computed_years,
    due_moment,
    falls_on_day_off,
    may_move,
    moved_by,
    read_at,
    received_late,
    regulation_deadline,
)
from bot.consultations.rules.outcome import Stage, shown_state
from bot.consultations.rules.rights import refuse_beyond
from bot.regulations.rules.regulation import Body, Strength
from bot.values.spans import Span
from bot.values.working_days import WorkingCalendar
from tests.rules.committee import (
    A_MOMENT,
    ANSWERED,
    CALENDAR_2026,
    DEADLINE,
    OPENED,
    SENT,
    WEEKENDS,
    Committee,
    body,
    committee,
    moment,
    table,
)
from tests.rules.rules_by_hand import BAC_KAN, HAI_DUONG, HUYEN_BAN_THUONG_VU, QUANG_NGAI

FRIDAY = moment("2026-03-06 17:00")
MONDAY = moment("2026-03-09 09:00")
TUESDAY = moment("2026-03-10 17:00")  # one working day after MONDAY
THURSDAY = moment("2026-03-12 17:00")


def due(asked: Committee, person: int) -> object:
    return due_moment(asked.consultation, person)


def giving(of: Body, **window: Any) -> Body:
    """The same body under another window."""
    written = replace(of.written, window=replace(of.written.window, **window))
    return replace(of, written=written)


# --- The recipient's own clock (Hải Dương 3.1) --------------------------------------------------


@pytest.mark.parametrize("row", table("due_moments")["row"], ids=lambda row: str(row["because"]))
@pytest.mark.parametrize("of", [HAI_DUONG, body("hai_duong", "co_quan")])
def test_a_recipient_has_seven_working_days_from_receipt(of: Any, row: dict[str, str]) -> None:
    asked = committee(
        of,
        2,
        deadline=moment(row["stated"]),
        calendar=CALENDAR_2026,
        opened_at=moment("2025-12-29 08:00"),
    ).received(1, at=moment(row["received"]))
    assert due(asked, 1) == moment(row["due"])
    assert due(asked, 2) == moment(row["stated"])
    assert closes_at(asked.consultation) == moment(row["due"])


def test_a_day_off_declared_later_moves_only_what_was_computed_with_it() -> None:
    asked = committee(HAI_DUONG, 1, deadline=FRIDAY).received(1, at=SENT)
    wednesday = moment("2026-03-04").date()
    off = WorkingCalendar(frozenset({wednesday}), frozenset(), "another")
    moved = Committee(replace(asked.consultation, calendar=off))
    assert due(asked, 1) == moment("2026-03-11 17:00")
    assert due(moved, 1) == moment("2026-03-12 17:00")


def test_delivery_alone_does_not_start_the_clock_of_an_agency() -> None:
    asked = committee(HAI_DUONG, 1, deadline=FRIDAY)
    delivered = asked.received(1, at=MONDAY, strength=Strength.DELIVERED)
    assert due(delivered, 1) == FRIDAY


def test_an_answer_on_the_card_is_an_acknowledgement_and_starts_the_clock() -> None:
    asked = committee(HAI_DUONG, 1, deadline=FRIDAY).answers(1, choice=Choice.APPROVE, at=SENT)
    assert due(asked, 1) == moment("2026-03-11 17:00")


def test_an_answer_on_paper_starts_no_clock() -> None:
    asked = committee(HAI_DUONG, 1, deadline=FRIDAY)
    answered = asked.answers(1, choice=Choice.APPROVE, at=ANSWERED, on_paper=True)
    assert due(answered, 1) == FRIDAY
    assert answered.result(FRIDAY).closed_at == FRIDAY


# --- One deadline for all -----------------------------------------------------------------------


@pytest.mark.parametrize("of", [QUANG_NGAI, BAC_KAN])
def test_where_one_deadline_binds_all_the_hour_of_receipt_does_not_matter(of: Any) -> None:
    asked = committee(of, 2, deadline=FRIDAY).received(1, at=SENT).received(2, at=ANSWERED)
    assert due(asked, 1) == due(asked, 2) == closes_at(asked.consultation) == FRIDAY


@pytest.mark.parametrize("row", table("least_notice")["row"], ids=lambda row: str(row["because"]))
@pytest.mark.parametrize("of", [QUANG_NGAI, BAC_KAN, HUYEN_BAN_THUONG_VU])
def test_whom_the_text_reaches_late_has_the_least_notice(of: Body, row: dict[str, Any]) -> None:
    least = row["least"]
    late = committee(
        giving(of, least_notice=least, notice_after_deadline=max(least, 1)),
        2,
        deadline=moment(row["stated"]),
        calendar=CALENDAR_2026,
        opened_at=moment(row["sent"]),
    ).received(1, at=moment(row["received"]))
    assert due(late, 1) == moment(row["due"])
    assert due(late, 2) == moment(row["stated"])
    assert closes_at(late.consultation) == moment(row["due"])


def test_a_text_that_comes_after_the_deadline_gives_that_member_one_working_day() -> None:
    asked = committee(QUANG_NGAI, 2, deadline=FRIDAY).received(1, at=SENT).received(2, at=MONDAY)
    assert due(asked, 1) == FRIDAY
    assert due(asked, 2) == TUESDAY


def test_who_was_reached_late_and_answered_by_the_deadline_has_no_moment_of_their_own() -> None:
    late = committee(QUANG_NGAI, 1, deadline=FRIDAY).received(1, at=moment("2026-03-06 16:30"))
    assert due(late, 1) == moment("2026-03-09 17:00")
    answered = late.answers(1, choice=Choice.APPROVE, at=moment("2026-03-06 16:45"))
    assert due(answered, 1) == FRIDAY
    assert answered.result(FRIDAY).closed_at == FRIDAY


def test_nobody_reached_late_is_deemed_to_agree_at_the_deadline() -> None:
    late = committee(QUANG_NGAI, 3, deadline=FRIDAY).received(1, 2)
    late = late.received(3, at=moment("2026-03-06 16:30"))
    own = moment("2026-03-09 17:00")
    assert late.position(3, FRIDAY) is Position.SILENT
    assert late.state(own - A_MOMENT).stage is Stage.OPEN
    assert late.result(own).closed_at == own
    assert late.position(3, own) is Position.DEEMED_APPROVE


def test_a_longer_clock_of_the_text_binds() -> None:
    late = committee(HAI_DUONG, 1, deadline=FRIDAY).received(1, at=MONDAY)
    assert due(late, 1) == moment("2026-03-18 17:00")  # seven working days after MONDAY


def test_a_rule_book_kept_from_before_gives_its_suggested_days_after_the_deadline_alone() -> None:
    before = giving(QUANG_NGAI, least_notice=0, notice_after_deadline=3)
    asked = committee(before, 2, deadline=FRIDAY)
    assert due(asked.received(1, at=moment("2026-03-06 16:30")), 1) == FRIDAY
    assert due(asked.received(1, at=MONDAY), 1) == THURSDAY


def test_who_reads_the_form_is_told_the_moment_that_its_receipt_will_give() -> None:
    asked, late = committee(QUANG_NGAI, 2, deadline=FRIDAY), moment("2026-03-06 16:30")
    read = read_at(asked.consultation, 1, late)
    assert due_moment(read, 1) == moment("2026-03-09 17:00")
    assert received_late(read, 1) == late
    assert due_moment(read, 2) == FRIDAY
    agency = committee(HAI_DUONG, 1, deadline=FRIDAY).consultation
    assert read_at(agency, 1, late) is agency  # to read is no acknowledgement
    struck = asked.struck(1).consultation
    assert read_at(struck, 1, late) is struck
    received = asked.received(1).consultation
    assert read_at(received, 1, late) is received  # the first receipt counts


def test_what_comes_in_time_moves_no_due_moment() -> None:
    asked = committee(QUANG_NGAI, 2, deadline=FRIDAY)
    within = OPENED + timedelta(hours=1)
    assert not may_move(asked.consultation, 1, within)
    assert may_move(asked.consultation, 1, within + A_MOMENT)
    assert not may_move(asked.received(1, at=within).consultation, 1, ANSWERED)
    assert may_move(asked.received(1, at=within).consultation, 1, FRIDAY)
    assert may_move(committee(HAI_DUONG, 1).consultation, 1, within)


def test_who_was_reached_late_to_no_effect_is_not_called_late() -> None:
    asked = committee(QUANG_NGAI, 1, deadline=FRIDAY).received(1, at=ANSWERED)
    assert received_late(asked.consultation, 1) is None
    assert received_late(committee(QUANG_NGAI, 1).consultation, 1) is None  # it reached nobody yet
    thursday = committee(QUANG_NGAI, 1, deadline=FRIDAY).received(1, at=moment("2026-03-05 10:00"))
    assert due(thursday, 1) == FRIDAY  # one working day is left
    assert received_late(thursday.consultation, 1) is None
    until_noon = committee(QUANG_NGAI, 1, deadline=moment("2026-03-02 12:00"))
    with_the_sending = until_noon.received(1, at=moment("2026-03-02 08:30"))
    assert received_late(with_the_sending.consultation, 1) is None
    own_clock = committee(HAI_DUONG, 1, deadline=FRIDAY).received(1, at=MONDAY)
    assert received_late(own_clock.consultation, 1) is None


def test_who_has_as_many_days_anyhow_is_not_called_late() -> None:
    equal = giving(HAI_DUONG, own=Span(3), notice_after_deadline=3)
    asked = committee(equal, 1, deadline=FRIDAY).received(1, at=MONDAY)
    assert due(asked, 1) == THURSDAY
    assert received_late(asked.consultation, 1) is None
    more = giving(HAI_DUONG, own=Span(2), notice_after_deadline=3)
    asked = committee(more, 1, deadline=FRIDAY).received(1, at=MONDAY)
    assert received_late(asked.consultation, 1) == MONDAY


# --- The stated deadline alone (Hải Dương 3.1, the other reading) --------------------------------


def test_a_stated_deadline_alone_binds_where_it_is_so_read() -> None:
    stated = giving(HAI_DUONG, stated_alone=True)
    asked = committee(stated, 3, deadline=FRIDAY).received(1, at=SENT)
    asked = asked.received(2, at=moment("2026-03-06 16:30"))
    assert due(asked, 1) == FRIDAY
    assert due(asked, 2) == moment("2026-03-09 17:00")  # the least notice


def test_a_stated_deadline_binds_alone_whoever_is_reached_in_time_on_the_last_day() -> None:
    stated = giving(HAI_DUONG, stated_alone=True)
    asked = committee(stated, 1, deadline=FRIDAY, opened_at=moment("2026-03-06 16:00"))
    assert due(asked.received(1, at=moment("2026-03-06 16:30")), 1) == FRIDAY


def test_where_none_is_stated_the_seven_working_days_run_from_each_receipt() -> None:
    stated = giving(HAI_DUONG, stated_alone=True)
    unstated = committee(stated, 2, deadline=DEADLINE).received(1, at=moment("2026-03-03 10:00"))
    facts = replace(unstated.consultation, deadline_stated=False)
    assert due_moment(facts, 1) == THURSDAY
    assert due_moment(facts, 2) == DEADLINE


def test_who_answers_after_a_late_receipt_may_still_change_the_answer_until_the_own_moment() -> (
    None
):
    late = committee(QUANG_NGAI, 1, deadline=FRIDAY).received(1, at=MONDAY)
    answered = late.answers(1, choice=Choice.REJECT, at=MONDAY + timedelta(hours=1))
    changed = answered.answers(1, choice=Choice.APPROVE, at=TUESDAY)
    assert due(answered, 1) == TUESDAY
    assert answered.state(TUESDAY - A_MOMENT).stage is Stage.OPEN
    assert changed.result(TUESDAY).outcome == "adopted"


def test_an_answer_that_itself_proves_a_late_receipt_starts_no_clock() -> None:
    asked = committee(QUANG_NGAI, 1, deadline=FRIDAY)
    assert due(asked.answers(1, choice=Choice.APPROVE, at=MONDAY), 1) == FRIDAY


def test_an_extension_does_not_shorten_the_clock_of_a_late_receipt() -> None:
    late = committee(QUANG_NGAI, 1, deadline=FRIDAY).received(1, at=MONDAY)
    extended = late.extended(moment("2026-03-10 11:00"), at=MONDAY + timedelta(hours=1))
    assert due(extended, 1) == TUESDAY


def test_a_text_that_comes_within_an_extension_is_not_late() -> None:
    extended = committee(QUANG_NGAI, 1, deadline=FRIDAY).extended(THURSDAY, at=ANSWERED)
    assert due(extended.received(1, at=MONDAY), 1) == THURSDAY


@pytest.mark.parametrize(
    ("regulation", "body_id", "expected"),
    [
        ("hai_duong", "co_quan", "2026-03-11 17:00"),
        ("quang_ngai", "dang_doan", "2026-03-05 17:00"),
    ],
)
def test_where_no_deadline_is_stated_the_regulations_days_after_the_opening_are_taken(
    regulation: str, body_id: str, expected: str
) -> None:
    of = body(regulation, body_id)
    assert regulation_deadline(of, WEEKENDS, OPENED) == moment(expected)


def test_the_texts_own_days_go_before_those_that_are_only_suggested() -> None:
    of = giving(HAI_DUONG, suggested_days=3)
    assert regulation_deadline(of, WEEKENDS, OPENED) == moment("2026-03-11 17:00")


# --- Extension ----------------------------------------------------------------------------------


def test_an_extension_moves_everybody() -> None:
    asked = committee(QUANG_NGAI, 2, deadline=FRIDAY).received(1, 2)
    extended = asked.extended(THURSDAY, at=ANSWERED)
    assert due(extended, 1) == due(extended, 2) == closes_at(extended.consultation) == THURSDAY


def test_of_two_extensions_the_later_moment_binds() -> None:
    asked = committee(QUANG_NGAI, 1, deadline=FRIDAY).extended(THURSDAY, at=ANSWERED)
    again = asked.extended(moment("2026-03-10 17:00"), at=ANSWERED)
    assert again.consultation.stated_deadline == THURSDAY


def test_an_extension_shorter_than_a_clock_leaves_that_clock() -> None:
    asked = committee(HAI_DUONG, 2, deadline=FRIDAY).received(1, at=SENT)
    extended = asked.extended(moment("2026-03-10 17:00"), at=ANSWERED)
    assert due(extended, 1) == moment("2026-03-11 17:00")
    assert due(extended, 2) == moment("2026-03-10 17:00")


# --- More time (Hải Dương 3.1) ------------------------------------------------------------------


def test_time_asked_for_moves_that_recipient_alone() -> None:
    later = moment("2026-03-25 17:00")
    asked = committee(HAI_DUONG, 2).received(1, 2).asks_time(1, later)
    assert due(asked, 1) == later
    assert due(asked, 2) == DEADLINE
    assert before_more_time(asked.consultation, 1) == DEADLINE
    assert closes_at(asked.consultation) == later


def test_who_asked_for_time_is_waiting_and_not_deemed_to_agree_before_it() -> None:
    later = moment("2026-03-25 17:00")
    asked = committee(HAI_DUONG, 2).received(1, 2).asks_time(1, later)
    assert asked.position(1, later - A_MOMENT) is Position.WAITING
    assert asked.position(2, later - A_MOMENT) is Position.DEEMED_APPROVE
    assert asked.position(1, later) is Position.DEEMED_APPROVE
    assert asked.state(later - A_MOMENT).stage is Stage.OPEN
    assert asked.result(later).closed_at == later


def test_the_last_word_on_time_counts_but_never_falls_below_the_own_clock() -> None:
    asked = committee(HAI_DUONG, 1).received(1).asks_time(1, moment("2026-03-25 17:00"))
    assert due(asked.asks_time(1, moment("2026-03-18 17:00")), 1) == moment("2026-03-18 17:00")
    assert due(asked.asks_time(1, moment("2026-03-04 17:00")), 1) == DEADLINE


def test_a_shorter_wish_made_after_the_deadline_closes_at_its_moment() -> None:
    asked = committee(HAI_DUONG, 1).received(1).asks_time(1, moment("2026-03-25 17:00"))
    sooner = asked.asks_time(1, moment("2026-03-16 17:00"), at=moment("2026-03-13 09:00"))
    assert sooner.result(moment("2026-03-16 17:00")).closed_at == moment("2026-03-16 17:00")


def test_an_extension_beyond_the_time_asked_for_binds() -> None:
    asked = committee(HAI_DUONG, 1).received(1).asks_time(1, moment("2026-03-16 17:00"))
    assert due(asked.extended(moment("2026-03-25 17:00"), at=ANSWERED), 1) == moment(
        "2026-03-25 17:00"
    )


# --- Exactly at the moment ----------------------------------------------------------------------


def test_a_matter_is_open_up_to_its_due_moment_and_closed_from_it_on() -> None:
    asked = committee(QUANG_NGAI, 3).received(1, 2, 3)
    assert asked.state(OPENED).stage is Stage.OPEN
    assert asked.state(DEADLINE - A_MOMENT).stage is Stage.OPEN
    assert asked.state(DEADLINE).stage is Stage.CLOSED
    assert asked.result(DEADLINE + timedelta(days=9)).closed_at == DEADLINE
    assert not asked.result(DEADLINE).by_hand


def test_at_the_due_moment_itself_people_are_told_that_it_is_open() -> None:
    asked = committee(QUANG_NGAI, 3).received(1, 2, 3)
    assert shown_state(asked.consultation, DEADLINE).stage is Stage.OPEN
    assert shown_state(asked.consultation, DEADLINE + A_MOMENT).stage is Stage.CLOSED
    ended = asked.ended(ActKind.CLOSE, DEADLINE)
    assert shown_state(ended.consultation, DEADLINE).stage is Stage.CLOSED


def test_a_reply_given_exactly_at_the_due_moment_counts() -> None:
    asked = committee(QUANG_NGAI, 1).received(1).answers(1, choice=Choice.REJECT, at=DEADLINE)
    assert asked.result(DEADLINE).outcome == "to_superior"


def test_a_reply_given_an_instant_after_the_due_moment_does_not_count() -> None:
    late = DEADLINE + A_MOMENT
    asked = committee(QUANG_NGAI, 1).received(1).answers(1, choice=Choice.REJECT, at=late)
    assert asked.result(late).outcome == "adopted"
    assert asked.result(late).closed_at == DEADLINE


def test_a_receipt_that_comes_after_the_close_opens_nothing_again() -> None:
    decided = committee(QUANG_NGAI, 9).answers(1, 2, 3, 4, 5, 6, choice=Choice.APPROVE)
    late = decided.received(9, at=DEADLINE + A_MOMENT)
    assert late.state(DEADLINE + A_MOMENT) == decided.state(DEADLINE)


def test_facts_after_the_recorded_close_are_not_taken() -> None:
    asked = committee(QUANG_NGAI, 1).received(1).ended(ActKind.CLOSE, DEADLINE)
    late = asked.answers(1, choice=Choice.REJECT, at=DEADLINE + timedelta(days=1))
    assert late.state(DEADLINE + timedelta(days=2)) == asked.state(DEADLINE)


def test_the_calendar_of_the_committee_is_asked_not_the_world() -> None:
    saturday = moment("2026-03-07").date()
    swapped = WorkingCalendar(frozenset(), frozenset({saturday}), "swapped")
    asked = committee(HAI_DUONG, 1, deadline=FRIDAY, calendar=swapped).received(1, at=SENT)
    plain = committee(HAI_DUONG, 1, deadline=FRIDAY, calendar=WEEKENDS).received(1, at=SENT)
    assert due(asked, 1) == moment("2026-03-10 17:00")
    assert due(plain, 1) == moment("2026-03-11 17:00")


# --- The calendar of the years ahead -------------------------------------------------------------

NEXT_YEAR_COMPUTED = replace(CALENDAR_2026, computed_years=frozenset({2027}), last_year=2027)


def test_a_due_moment_tells_which_years_are_only_computed() -> None:
    opened = moment("2026-12-28 09:00")
    asked = committee(
        HAI_DUONG,
        1,
        deadline=moment("2026-12-30 17:00"),
        calendar=NEXT_YEAR_COMPUTED,
        opened_at=opened,
    )
    assert computed_years(asked.consultation) == ()
    assert computed_years(asked.received(1, at=opened).consultation) == (2027,)


def test_a_day_announced_later_is_shown_and_moves_nothing() -> None:
    asked = committee(HAI_DUONG, 2, deadline=FRIDAY).received(1, at=SENT)
    before = due(asked, 1)
    announced = replace(WEEKENDS, days_off=frozenset({moment("2026-03-10 00:00").date()}))
    (moved,) = moved_by(asked.consultation, announced)
    assert (moved.due, moved.later) == (before, moment("2026-03-12 17:00"))
    assert before == moment("2026-03-11 17:00") == due(asked, 1)
    answered = asked.answers(1, choice=Choice.APPROVE, at=MONDAY)
    assert moved_by(answered.consultation, announced) == ()
    assert moved_by(asked.consultation, WEEKENDS) == ()


def test_a_deadline_is_told_when_its_day_has_become_a_day_off() -> None:
    asked = committee(QUANG_NGAI, 1, deadline=FRIDAY)
    off = replace(WEEKENDS, days_off=frozenset({FRIDAY.date()}))
    assert falls_on_day_off(asked.consultation, off)
    assert not falls_on_day_off(asked.consultation, WEEKENDS)
    known = committee(QUANG_NGAI, 1, deadline=FRIDAY, calendar=off)
    assert not falls_on_day_off(known.consultation, off)  # it was one when the deadline was set


def test_a_day_that_is_worked_after_all_brings_no_due_moment_nearer() -> None:
    asked = committee(HAI_DUONG, 1, deadline=FRIDAY).received(1, at=SENT)
    worked = replace(WEEKENDS, working_saturdays=frozenset({moment("2026-03-07 00:00").date()}))
    assert moved_by(asked.consultation, worked) == ()


def test_a_deadline_in_a_year_without_days_is_refused() -> None:
    refusal = refuse_beyond(NEXT_YEAR_COMPUTED, moment("2028-01-03 17:00"))
    assert refusal is not None
    assert (refusal.kind, refusal.values["last"]) == ("calendar_ends", 2027)
    assert refuse_beyond(NEXT_YEAR_COMPUTED, moment("2027-12-31 17:00")) is None
    assert refuse_beyond(WEEKENDS, moment("2050-01-03 17:00")) is None, "no end is known"
