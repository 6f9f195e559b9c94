"""Who may do what, each predicate both ways, with the article of every refusal."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.consultations.rules.consultation import ActKind, Choice
from bot.consultations.rules.outcome import Stage
from bot.consultations.rules.rights import (
    Rights,
    may_act,
    may_add_words,
    may_assist,
    may_be_reminded,
    may_be_reminded_at,
    may_bring_to_meeting,
    may_close_by_hand,
    may_decide_outage,
    may_extend,
    may_have_more_time,
    may_have_time_until,
    may_record_delivery,
    may_record_reply,
    may_reply,
    may_reserve,
    may_strike,
    reserved_until,
    still_to_answer,
)
from bot.people.rules.people import Person
from bot.regulations.rules.regulation import Body, Outcome, Strength
from bot.values.refusal import NO_RIGHT, Refusal
from tests.rules.committee import (
    A_MOMENT,
    ANSWERED,
    DEADLINE,
    SENT,
    WEEKENDS,
    Committee,
    Split,
    body,
    committee,
    moment,
)
from tests.rules.rules_by_hand import BAC_KAN, HAI_DUONG, HUYEN_THUONG_TRUC, QUANG_NGAI, TRA_VINH

HEAD = Rights(1, head=True)
CLERK = Rights(20, clerk=True)
MEMBER = Rights(2)
STRANGER = 99
NOW = moment("2026-03-04 09:00")
AFTER = DEADLINE + timedelta(hours=1)

RUNNING = committee(QUANG_NGAI, 3).received(1, 2, 3)
HELD = Split(approve=5, reject=3, silent=0, absent=1).under(QUANG_NGAI)
AGENCIES = committee(HAI_DUONG, 3).received(1, 2)
WITHDRAWN = RUNNING.ended(ActKind.WITHDRAW, ANSWERED)
GAP = DEADLINE - timedelta(hours=1), DEADLINE + timedelta(minutes=30)
UNDATABLE = (
    RUNNING.answers(1, choice=Choice.APPROVE)
    .answers(2, choice=Choice.DIFFER)
    .down(*GAP)
    .answers(3, choice=Choice.REJECT, at=GAP[0], words="", latest=GAP[1])
)
"""In time it is one of three for and goes up; late the third is deemed to agree."""
CLOSED = RUNNING.ended(ActKind.CLOSE, DEADLINE)


def said(refusal: Refusal | None) -> tuple[str, str | None]:
    """The kind and the article of a refusal, which there must be."""
    assert refusal is not None
    return refusal.kind, refusal.article


# --- Replying -----------------------------------------------------------------------------------


def test_a_member_may_answer_and_change_the_answer_until_the_close() -> None:
    answered = RUNNING.answers(2, choice=Choice.APPROVE)
    assert may_reply(RUNNING.consultation, 2, NOW) is None
    assert may_reply(answered.consultation, 2, NOW) is None


def test_exactly_at_the_due_moment_an_answer_still_counts_and_an_instant_later_it_is_late() -> None:
    assert may_reply(RUNNING.consultation, 2, DEADLINE) is None
    late = may_reply(RUNNING.consultation, 2, DEADLINE + A_MOMENT)
    assert said(late) == ("closed", "8.2.1")
    assert late is not None
    assert late.values == {"at": DEADLINE}


def test_once_the_close_is_recorded_nothing_is_taken_even_at_its_moment() -> None:
    assert said(may_reply(CLOSED.consultation, 2, DEADLINE)) == ("closed", "8.2.1")
    assert said(may_reply(CLOSED.consultation, 2, NOW)) == ("closed", "8.2.1")


@pytest.mark.parametrize("ended", [ActKind.WITHDRAW, ActKind.DECLINE])
def test_what_was_taken_back_is_not_answered(ended: ActKind) -> None:
    refusal = may_reply(RUNNING.ended(ended, ANSWERED).consultation, 2, NOW)
    assert said(refusal) == ("withdrawn", "8.2.1")
    assert refusal is not None
    assert refusal.values == {"at": ANSWERED}


def test_a_stranger_may_not_answer_and_one_struck_off_is_told_since_when() -> None:
    assert may_reply(RUNNING.consultation, STRANGER, NOW) is NO_RIGHT
    refusal = may_reply(RUNNING.struck(2).consultation, 2, NOW)
    assert refusal is not None
    assert (refusal.kind, refusal.values) == ("struck", {"at": ANSWERED, "of_agencies": False})


def test_a_stranger_learns_not_even_that_a_matter_has_closed() -> None:
    assert may_reply(CLOSED.consultation, STRANGER, AFTER) is NO_RIGHT
    assert may_act(CLOSED.consultation, MEMBER, AFTER) is NO_RIGHT


def test_one_struck_off_is_told_of_the_close_once_it_has_closed() -> None:
    struck = RUNNING.struck(2).ended(ActKind.CLOSE, DEADLINE).consultation
    assert said(may_reply(struck, 2, AFTER)) == ("closed", "8.2.1")


def test_while_held_answers_are_taken() -> None:
    assert may_reply(HELD.consultation, 9, AFTER) is None
    assert may_reply(HELD.consultation, 1, AFTER) is None


def test_words_belong_to_an_answer_up_to_the_close_and_are_late_words_after_it() -> None:
    pressed = RUNNING.answers(2, choice=Choice.REJECT, words="").consultation
    assert may_add_words(pressed, 2, DEADLINE) is None
    late = may_add_words(pressed, 2, DEADLINE + A_MOMENT)
    assert said(late) == ("late_words", "8.2.1")
    assert late is not None
    assert late.values == {"at": DEADLINE, "choice": Choice.REJECT}


def test_words_of_somebody_who_has_not_answered_come_after_the_close_as_a_late_answer() -> None:
    assert said(may_add_words(CLOSED.consultation, 2, AFTER)) == ("closed", "8.2.1")
    assert may_add_words(RUNNING.consultation, STRANGER, NOW) is NO_RIGHT


def test_words_of_an_answer_that_was_taken_back_or_struck_are_not_called_late() -> None:
    answered = RUNNING.answers(1, choice=Choice.REJECT).ended(ActKind.WITHDRAW, NOW)
    assert said(may_add_words(answered.consultation, 1, AFTER)) == ("withdrawn", "8.2.1")
    struck = UNDATABLE.struck(3, at=AFTER)
    assert said(may_add_words(struck.consultation, 3, AFTER)) == ("struck", None)


def test_words_past_the_due_moment_say_nothing_about_a_press_that_cannot_be_dated() -> None:
    assert UNDATABLE.state(AFTER).stage is Stage.HELD
    assert may_add_words(UNDATABLE.consultation, 3, DEADLINE) is None
    assert said(may_add_words(UNDATABLE.consultation, 3, AFTER)) == ("late_words", "8.2.1")
    assert may_add_words(UNDATABLE.consultation, 2, AFTER) is None


def test_the_head_alone_decides_about_presses_that_cannot_be_dated_and_only_where_it_matters() -> (
    None
):
    assert may_decide_outage(UNDATABLE.consultation, HEAD, AFTER) is None
    assert may_decide_outage(UNDATABLE.consultation, CLERK, AFTER) is NO_RIGHT
    assert may_decide_outage(UNDATABLE.consultation, MEMBER, AFTER) is NO_RIGHT
    assert said(may_decide_outage(RUNNING.consultation, HEAD, NOW)) == (
        "nothing_undatable",
        "8.2.1",
    )
    assert said(may_decide_outage(HELD.consultation, HEAD, AFTER)) == (
        "nothing_undatable",
        "8.2.1",
    )
    assert said(may_decide_outage(CLOSED.consultation, HEAD, AFTER)) == ("closed", "8.2.1")


def test_nothing_is_decided_about_a_press_where_a_held_matter_comes_to_the_same() -> None:
    """One is silent over an outage; of another's agreement nobody knows whether it was in time."""
    gone, back = GAP[0], GAP[0] + timedelta(hours=30)
    four = committee(QUANG_NGAI, 6).received(1, 2, 3, 4, 5, 6)
    four = four.answers(1, 2, 3, 4, choice=Choice.APPROVE).down(gone, back)
    held = four.answers(5, choice=Choice.APPROVE, at=gone, words="", latest=back)
    assert held.state(back).result.possible == (Outcome.ADOPTED,)  # type: ignore[union-attr]
    refusal = may_decide_outage(held.consultation, HEAD, back)
    assert said(refusal) == ("nothing_undatable", "8.2.1")


def test_nothing_is_closed_by_hand_over_presses_that_decide_and_cannot_be_dated() -> None:
    refused = may_close_by_hand(UNDATABLE.consultation, HEAD, AFTER)
    assert said(refused) == ("undatable_left", "8.2.1")
    assert may_extend(UNDATABLE.consultation, HEAD, moment("2026-03-12 17:00"), AFTER) is None


@pytest.mark.parametrize(
    ("of", "article"),
    [
        (QUANG_NGAI, "8.2.1"),
        (HAI_DUONG, "3.1"),
        (TRA_VINH, "5.1"),
        (body("quang_ngai", "dang_doan"), "8.2.1"),
        (body("hai_duong", "co_quan"), "3.1"),
    ],
)
def test_an_opinion_is_not_reserved_where_the_text_does_not_speak_of_it(
    of: Body, article: str
) -> None:
    assert said(may_reserve(committee(of, 3).consultation, 1, NOW)) == ("no_reserve", article)


RESERVING = (
    BAC_KAN,
    HUYEN_THUONG_TRUC,
    body("bac_kan", "ban_chap_hanh"),
    body("bac_kan", "ban_thuong_vu"),
    body("cap_huyen", "ban_thuong_vu"),
)


@pytest.mark.parametrize("of", RESERVING)
def test_only_a_differing_opinion_is_reserved_and_only_by_who_gave_it(of: Body) -> None:
    asked = committee(of, 5).received(1, 2, 3, 4, 5).answers(1, choice=Choice.REJECT)
    asked = asked.answers(2, choice=Choice.DIFFER).answers(3, choice=Choice.APPROVE)
    asked = asked.answers(4, choice=Choice.APPROVE_WITH_COMMENTS)
    reserve = of.reserve
    assert reserve is not None
    for person in (1, 2):
        assert may_reserve(asked.consultation, person, NOW) is None
    for person in (3, 4, 5):
        refused = may_reserve(asked.consultation, person, NOW)
        assert said(refused) == ("reserve_what", reserve.article)
    assert may_reserve(asked.consultation, STRANGER, NOW) is NO_RIGHT


@pytest.mark.parametrize("of", RESERVING)
def test_an_opinion_is_reserved_until_the_end_of_the_fifth_working_day_after_the_result(
    of: Body,
) -> None:
    """The deadline is a Wednesday, 11/03/2026 at 17:00: the fifth working day after it is Wednesday 18/03."""
    asked = committee(of, 3).received(1, 2, 3).answers(1, choice=Choice.REJECT)
    closed = asked.ended(ActKind.CLOSE, DEADLINE).consultation
    last = moment("2026-03-18 17:00")
    assert reserved_until(closed, AFTER) == last
    assert may_reserve(closed, 1, last) is None
    refused = may_reserve(closed, 1, last + timedelta(minutes=1))
    assert of.reserve is not None
    assert said(refused) == ("reserve_late", of.reserve.article)


def test_nothing_is_reserved_of_a_matter_that_was_withdrawn() -> None:
    asked = committee(BAC_KAN, 3).received(1, 2, 3).answers(1, choice=Choice.REJECT)
    withdrawn = asked.ended(ActKind.WITHDRAW, NOW).consultation
    assert said(may_reserve(withdrawn, 1, AFTER)) == ("withdrawn", "11.1")
    assert reserved_until(withdrawn, AFTER) is None


def test_the_opinion_of_who_was_struck_off_stays_and_so_does_the_right_to_reserve_it() -> None:
    asked = committee(BAC_KAN, 3).received(1, 2, 3).answers(1, choice=Choice.REJECT)
    assert may_reserve(asked.struck(1).consultation, 1, NOW) is None
    silent = committee(BAC_KAN, 3).received(1, 2, 3).struck(1)
    assert said(may_reserve(silent.consultation, 1, NOW)) == ("reserve_what", "9.2")
    erasing = replace(BAC_KAN, written=replace(BAC_KAN.written, strike_erases=True))
    erased = committee(erasing, 3).received(1, 2, 3).answers(1, choice=Choice.REJECT).struck(1)
    assert said(may_reserve(erased.consultation, 1, NOW)) == ("reserve_what", "9.2")


def test_no_moment_until_which_opinions_are_reserved_without_a_result_or_a_text_that_has_it() -> (
    None
):
    assert reserved_until(CLOSED.consultation, AFTER) is None  # Quảng Ngãi has nothing of it
    held = committee(BAC_KAN, 2).received(1).answers(1, choice=Choice.APPROVE)
    assert held.state(AFTER).stage is Stage.HELD
    assert reserved_until(held.consultation, AFTER) is None


# --- More time ----------------------------------------------------------------------------------


def test_an_agency_that_has_not_answered_may_ask_for_time() -> None:
    assert may_have_more_time(AGENCIES.consultation, 1, NOW) is None
    assert may_have_more_time(AGENCIES.consultation, STRANGER, NOW) is NO_RIGHT


def test_who_has_answered_needs_no_more_time() -> None:
    answered = AGENCIES.answers(1, choice=Choice.APPROVE)
    assert said(may_have_more_time(answered.consultation, 1, NOW)) == ("replied_already", "3.1")


def test_who_has_answered_is_given_no_time_either() -> None:
    answered = AGENCIES.answers(1, choice=Choice.APPROVE)
    until = moment("2026-03-20 17:00")
    refusal = may_have_time_until(answered.consultation, 1, until, NOW)
    assert said(refusal) == ("replied_already", "3.1")


def test_neither_time_nor_an_extension_reaches_into_a_year_without_a_calendar() -> None:
    known = replace(WEEKENDS, last_year=2026)
    due, beyond = moment("2026-12-28 17:00"), moment("2027-01-04 17:00")
    asked = committee(HAI_DUONG, 2, deadline=due, calendar=known).received(1, at=SENT)
    assert said(may_have_time_until(asked.consultation, 1, beyond, NOW)) == ("calendar_ends", None)
    assert said(may_extend(asked.consultation, HEAD, beyond, NOW)) == ("calendar_ends", None)


@pytest.mark.parametrize(("of", "article"), [(QUANG_NGAI, "8.2.1"), (BAC_KAN, "11.1")])
def test_where_the_text_gives_no_more_time_another_way_is_named(of: Body, article: str) -> None:
    asked = committee(of, 3).received(1)
    refusal = may_have_more_time(asked.consultation, 1, NOW)
    assert said(refusal) == ("no_more_time", article)
    assert refusal is not None
    assert refusal.instead == "reply_or_words"
    until = moment("2026-03-20 17:00")
    assert may_have_time_until(asked.consultation, 1, until, NOW) == refusal


@pytest.mark.parametrize(
    ("until", "kind", "article"),
    [
        ("2026-03-03 17:00", "moment_past", None),
        ("2026-03-04 09:00", "moment_past", None),
        ("2026-03-11 17:00", "not_later", "3.1"),
        ("2026-04-10 17:01", "too_much_time", "3.1"),
        ("2026-04-11 17:00", "too_much_time", "3.1"),
    ],
)
@pytest.mark.parametrize("of", [HAI_DUONG, body("hai_duong", "co_quan")])
def test_time_lies_ahead_after_the_own_moment_and_within_thirty_days_of_it(
    of: Body, until: str, kind: str, article: str | None
) -> None:
    asked = committee(of, 3).received(1)
    refusal = may_have_time_until(asked.consultation, 1, moment(until), NOW)
    assert said(refusal) == (kind, article)


@pytest.mark.parametrize("until", ["2026-03-11 17:01", "2026-03-12 17:00", "2026-04-10 17:00"])
def test_time_within_thirty_days_beyond_the_own_moment_is_given(until: str) -> None:
    assert may_have_time_until(AGENCIES.consultation, 1, moment(until), NOW) is None


def test_asking_again_does_not_reach_further_than_thirty_days_beyond_the_own_moment() -> None:
    asked = AGENCIES.asks_time(1, moment("2026-04-10 17:00"))
    refusal = may_have_time_until(asked.consultation, 1, moment("2026-04-13 17:00"), NOW)
    assert said(refusal) == ("too_much_time", "3.1")
    assert refusal is not None
    assert refusal.values["latest"] == moment("2026-04-10 17:00")
    sooner = may_have_time_until(asked.consultation, 1, moment("2026-03-20 17:00"), NOW)
    assert sooner is None


# --- The head and the clerk ---------------------------------------------------------------------


def test_who_is_head_or_clerk_sees_the_dashboard() -> None:
    assert HEAD.office
    assert CLERK.office
    assert not MEMBER.office


def test_the_head_alone_acts() -> None:
    assert may_act(RUNNING.consultation, HEAD, NOW) is None
    assert may_act(RUNNING.consultation, CLERK, NOW) is NO_RIGHT
    assert may_act(RUNNING.consultation, MEMBER, NOW) is NO_RIGHT


def test_head_and_clerk_assist_and_no_member_does() -> None:
    assert may_assist(RUNNING.consultation, HEAD, NOW) is None
    assert may_assist(RUNNING.consultation, CLERK, NOW) is None
    assert may_assist(RUNNING.consultation, MEMBER, NOW) is NO_RIGHT


@pytest.mark.parametrize(
    ("asked", "kind"), [(CLOSED, "closed"), (RUNNING, "closed"), (WITHDRAWN, "withdrawn")]
)
def test_nobody_acts_upon_what_has_ended(asked: Committee, kind: str) -> None:
    consultation = asked.consultation
    until = AFTER + timedelta(days=1)
    refusals = [
        may_act(consultation, HEAD, AFTER),
        may_assist(consultation, CLERK, AFTER),
        may_extend(consultation, HEAD, until, AFTER),
        may_strike(consultation, HEAD, 2, AFTER),
        may_record_delivery(consultation, CLERK, 2, AFTER),
        may_record_reply(consultation, CLERK, 2, AFTER),
        may_close_by_hand(consultation, HEAD, AFTER),
    ]
    assert [said(refusal) for refusal in refusals] == [(kind, "8.2.1")] * 7


@pytest.mark.parametrize(
    ("until", "expected"),
    [
        ("2026-03-04 09:00", ("moment_past", None)),
        ("2026-03-04 09:01", ("never_shorter", "8.2.1")),
        ("2026-03-11 17:00", ("never_shorter", "8.2.1")),
    ],
)
def test_an_extension_never_shortens_and_never_goes_into_the_past(
    until: str, expected: tuple[str, str | None]
) -> None:
    assert said(may_extend(RUNNING.consultation, HEAD, moment(until), NOW)) == expected


def test_the_head_extends_a_running_and_a_held_matter() -> None:
    assert may_extend(RUNNING.consultation, HEAD, DEADLINE + A_MOMENT, NOW) is None
    assert may_extend(HELD.consultation, HEAD, AFTER + A_MOMENT, AFTER) is None
    assert said(may_extend(HELD.consultation, HEAD, AFTER, AFTER)) == ("moment_past", None)
    assert may_extend(RUNNING.consultation, CLERK, DEADLINE + A_MOMENT, NOW) is NO_RIGHT


def test_a_member_of_the_roll_is_struck_off_but_never_the_last() -> None:
    assert may_strike(RUNNING.consultation, HEAD, 2, NOW) is None
    assert may_strike(HELD.consultation, HEAD, 9, AFTER) is None
    assert may_strike(RUNNING.consultation, CLERK, 2, NOW) is NO_RIGHT
    assert said(may_strike(RUNNING.consultation, HEAD, STRANGER, NOW)) == ("not_on_roll", None)
    alone = RUNNING.struck(2, 3).consultation
    refusal = may_strike(alone, HEAD, 1, NOW)
    assert said(refusal) == ("last_on_roll", None)
    assert refusal is not None
    assert refusal.instead == "withdraw"
    assert said(may_strike(alone, HEAD, 2, NOW)) == ("not_on_roll", None)


def test_who_stands_in_strikes_off_neither_himself_nor_the_head() -> None:
    head = Person(1, 1, "Nguyễn Văn An", 1, ())
    stand_in = Rights(3, head=True, stands_for=head)
    assert may_strike(RUNNING.consultation, stand_in, 2, NOW) is None
    for own in (1, 3):
        assert said(may_strike(RUNNING.consultation, stand_in, own, NOW)) == (
            "acting_own_seat",
            None,
        )


def test_a_delivery_is_recorded_only_where_receipt_is_not_proven_yet() -> None:
    reached = committee(QUANG_NGAI, 3).received(1, at=SENT).consultation
    assert may_record_delivery(reached, CLERK, 2, NOW) is None
    assert may_record_delivery(reached, HEAD, 2, NOW) is None
    assert may_record_delivery(reached, MEMBER, 2, NOW) is NO_RIGHT
    assert said(may_record_delivery(reached, CLERK, STRANGER, NOW)) == ("not_on_roll", None)
    refusal = may_record_delivery(reached, CLERK, 1, NOW)
    assert said(refusal) == ("received_already", None)
    assert refusal is not None
    assert refusal.values == {"at": SENT}


def test_a_delivery_is_recorded_for_an_agency_that_has_not_acknowledged() -> None:
    sent = committee(HAI_DUONG, 1).received(1, strength=Strength.DELIVERED).consultation
    assert may_record_delivery(sent, CLERK, 1, NOW) is None


def test_a_delivery_is_recorded_while_held() -> None:
    assert may_record_delivery(HELD.consultation, CLERK, 9, AFTER) is None


def test_a_paper_reply_is_recorded_by_the_office_for_a_member_of_the_roll() -> None:
    assert may_record_reply(RUNNING.consultation, CLERK, 2, NOW) is None
    assert may_record_reply(RUNNING.consultation, HEAD, 2, NOW) is None
    assert may_record_reply(RUNNING.consultation, MEMBER, 2, NOW) is NO_RIGHT
    assert said(may_record_reply(RUNNING.consultation, CLERK, STRANGER, NOW)) == (
        "not_on_roll",
        None,
    )


# --- Closing by hand, and bringing it to a meeting ----------------------------------------------


def test_a_running_matter_is_not_closed_by_hand_while_somebody_may_still_answer() -> None:
    refusal = may_close_by_hand(RUNNING.answers(1, choice=Choice.APPROVE).consultation, HEAD, NOW)
    assert said(refusal) == ("still_to_answer", "8.2.1")
    assert refusal is not None
    assert refusal.values == {"count": 2}
    assert refusal.instead == "extend_withdraw"


def test_when_all_have_answered_the_head_closes_by_hand_and_no_one_else() -> None:
    answered = RUNNING.answers(1, 2, 3, choice=Choice.APPROVE).consultation
    assert may_close_by_hand(answered, HEAD, NOW) is None
    assert may_close_by_hand(answered, CLERK, NOW) is NO_RIGHT


@pytest.mark.parametrize(
    ("at", "left"),
    [(DEADLINE - A_MOMENT, [2, 3]), (DEADLINE, [2, 3]), (DEADLINE + A_MOMENT, [])],
)
def test_a_member_may_still_answer_up_to_the_own_due_moment_itself(
    at: datetime, left: list[int]
) -> None:
    asked = RUNNING.answers(1, choice=Choice.APPROVE)
    assert still_to_answer(asked.consultation, at) == left


def test_who_has_passed_the_own_due_moment_does_not_keep_the_matter_open() -> None:
    until = moment("2026-03-25 17:00")
    asked = committee(HAI_DUONG, 2).received(1, 2).asks_time(2, until)
    between = moment("2026-03-13 09:00")
    assert asked.state(between).stage is Stage.OPEN
    refusal = may_close_by_hand(asked.consultation, HEAD, between)
    assert said(refusal) == ("still_to_answer", "3.1")
    answered = asked.answers(2, choice=Choice.APPROVE, at=moment("2026-03-12 09:00"))
    assert may_close_by_hand(answered.consultation, HEAD, between) is None
    closed = answered.ended(ActKind.CLOSE_BY_HAND, between).result(between)
    assert closed.outcome == "agreed"
    assert closed.by_hand


def test_a_held_matter_is_closed_by_hand_although_somebody_never_answered() -> None:
    assert may_close_by_hand(HELD.consultation, HEAD, AFTER) is None
    assert may_close_by_hand(HELD.consultation, HEAD, DEADLINE + A_MOMENT) is None
    at_it = may_close_by_hand(HELD.consultation, HEAD, DEADLINE)
    assert said(at_it) == ("still_to_answer", "8.2.1")


def test_a_late_delivery_ends_the_hold_and_with_it_the_right_to_close_by_hand() -> None:
    delivered = HELD.received(9, at=AFTER).consultation
    assert said(may_close_by_hand(delivered, HEAD, AFTER)) == ("still_to_answer", "8.2.1")


@pytest.mark.parametrize("of", [HAI_DUONG, body("hai_duong", "co_quan")])
def test_the_requester_may_bring_the_matter_to_a_meeting_before_the_close(of: Body) -> None:
    asked = committee(of, 3).received(1, 2, 3)
    assert may_bring_to_meeting(asked.consultation, HEAD, NOW) is None
    assert may_bring_to_meeting(asked.consultation, CLERK, NOW) is NO_RIGHT
    assert said(may_bring_to_meeting(asked.consultation, HEAD, AFTER)) == ("closed", "3.1")
    result = asked.ended(ActKind.TO_MEETING, NOW).result(AFTER)
    assert (result.outcome, result.next, result.ruling_article) == (
        "to_meeting",
        "to_meeting",
        "3.3",
    )
    assert result.closed_at == NOW


def test_elsewhere_the_officer_has_no_such_choice() -> None:
    refusal = may_bring_to_meeting(RUNNING.consultation, HEAD, NOW)
    assert said(refusal) == ("no_meeting_choice", "8.2.1")


def test_a_withdrawn_matter_has_no_count_to_follow() -> None:
    result = WITHDRAWN.result(NOW)
    assert (result.outcome, result.next) == ("withdrawn", "none")
    assert result.closed_at == ANSWERED
    assert result.ruling_article == "8.2.1"


def test_a_withdrawal_rests_on_the_writing_and_not_on_what_sends_a_matter_to_a_meeting() -> None:
    """Hải Dương 3.3 is of matters that need a meeting; what is withdrawn goes to none."""
    result = committee(HAI_DUONG, 3).received(1, 2, 3).ended(ActKind.WITHDRAW, NOW).result(NOW)
    assert (result.outcome, result.next) == ("withdrawn", "none")
    assert (result.ruling_article, result.articles) == ("3.1", ("3.1",))


@pytest.mark.parametrize("ended", [ActKind.WITHDRAW, ActKind.TO_MEETING, ActKind.CLOSE_BY_HAND])
def test_what_an_officer_ends_is_told_from_what_its_time_ended(ended: ActKind) -> None:
    asked = committee(HAI_DUONG, 3).received(1, 2, 3)
    assert asked.ended(ended, NOW).result(AFTER).by_hand
    assert not asked.result(AFTER).by_hand


# --- one more reminder -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("of", "person", "at", "refused"),
    [
        (RUNNING, 2, "2026-03-04 09:00", None),
        (RUNNING.answers(2, choice=Choice.APPROVE), 2, "2026-03-04 09:00", "remind_answered"),
        (RUNNING.struck(2), 2, "2026-03-04 09:00", "struck"),
        (RUNNING, STRANGER, "2026-03-04 09:00", "no_right"),
        (WITHDRAWN, 2, "2026-03-04 09:00", "withdrawn"),
        (RUNNING, 2, "2026-03-11 16:59", None),
        (RUNNING, 2, "2026-03-11 17:00", "remind_no_time"),
        (RUNNING.struck(2), 2, "2026-03-11 16:59", "struck"),
        (WITHDRAWN, 2, "2026-03-11 17:00", "withdrawn"),
    ],
)
def test_who_has_not_answered_may_be_reminded_before_the_due_moment(
    of: Committee, person: int, at: str, refused: str | None
) -> None:
    found = may_be_reminded(of.consultation, person, moment(at))
    assert (found.kind if found else None) == refused


@pytest.mark.parametrize(
    ("wanted", "refused"),
    [
        ("2026-03-04 09:01", None),
        ("2026-03-04 09:00", "moment_past"),
        ("2026-03-04 22:00", None),
        ("2026-03-11 16:59", None),
        ("2026-03-11 17:00", "remind_too_late"),
        ("2026-03-12 08:00", "remind_too_late"),
    ],
)
def test_a_reminder_lies_ahead_and_before_the_due_moment(wanted: str, refused: str | None) -> None:
    found = may_be_reminded_at(RUNNING.consultation, 2, moment(wanted), NOW)
    assert (found.kind if found else None) == refused


def test_at_the_due_moment_itself_no_quiet_hours_are_to_blame() -> None:
    at_due = may_be_reminded_at(RUNNING.consultation, 2, DEADLINE, NOW)
    assert at_due == Refusal("remind_too_late", values={"due": DEADLINE, "quiet": False})


def test_who_may_not_be_reminded_at_all_is_not_at_a_chosen_moment() -> None:
    refused = may_be_reminded_at(RUNNING.consultation, STRANGER, moment("2026-03-04 09:01"), NOW)
    assert refused is NO_RIGHT


def test_no_reminder_where_the_quiet_hours_last_until_the_due_moment() -> None:
    """The members' moment is seven in the morning: from nine at night on there is no hour left."""
    due = moment("2026-03-12 07:00")
    early = RUNNING.extended(due, ANSWERED).consultation
    assert may_be_reminded(early, 2, moment("2026-03-11 20:59")) is None
    late = may_be_reminded(early, 2, moment("2026-03-11 21:00"))
    assert late is not None
    assert late.kind == "remind_no_time"
    quiet = may_be_reminded_at(early, 2, moment("2026-03-11 22:00"), NOW)
    assert quiet == Refusal("remind_too_late", values={"due": due, "quiet": True})
