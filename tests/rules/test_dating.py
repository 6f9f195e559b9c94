"""Presses of which nobody knows whether they were in time: what they may mean, and who decides (5.5)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.consultations.rules.consultation import ActKind, Choice, Position, Reply
from bot.consultations.rules.dating import Dating, answers, dating, readings, undatable
from bot.consultations.rules.outcome import HeldBy, Stage
from bot.consultations.rules.possible import possible_outcomes
from bot.consultations.rules.tally import positions, possible_positions
from bot.regulations.rules.regulation import Body, Clock, OutagePresses, Outcome
from tests.rules.committee import A_MOMENT, DEADLINE, Committee, committee, moment
from tests.rules.rules_by_hand import BY_HAND, HUYEN_BAN_THUONG_VU, QUANG_NGAI, TRA_VINH

START = DEADLINE - timedelta(hours=1)
BACK = DEADLINE + timedelta(hours=1)
LATER = DEADLINE + timedelta(hours=2)


def in_the_gap(asked: Committee, *people: int, choice: Choice) -> Committee:
    """These press while the bot is away over the deadline; they may have been in time or late."""
    return asked.answers(*people, choice=choice, at=START, words="", latest=BACK)


def reached(of: Body, size: int) -> Committee:
    return committee(of, size).received(*range(1, size + 1)).down(START, BACK)


def setting(of: Body, presses: OutagePresses) -> Body:
    return replace(of, written=replace(of.written, outage_presses=presses))


def nine(of: Body = HUYEN_BAN_THUONG_VU) -> Committee:
    """Four agree; of a fifth agreement and a rejection nobody knows whether they were in time."""
    four = reached(of, 9).answers(1, 2, 3, 4, choice=Choice.APPROVE)
    return in_the_gap(in_the_gap(four, 5, choice=Choice.APPROVE), 6, choice=Choice.REJECT)


# --- held where they decide ------------------------------------------------------------------


def test_what_they_decide_is_held_with_every_possible_outcome() -> None:
    result = nine().result(BACK)
    assert (result.outcome, result.held_by) == (Outcome.HELD, HeldBy.UNDATABLE)
    assert result.possible == (Outcome.ADOPTED, Outcome.NOT_ADOPTED, Outcome.TO_MEETING)
    assert (result.undatable, result.dating) == (2, Dating.OPEN)


def test_where_all_comes_to_the_same_it_closes_with_them_counted_and_says_so() -> None:
    five = reached(QUANG_NGAI, 5).answers(1, 2, 3, 4, choice=Choice.APPROVE)
    result = in_the_gap(five, 5, choice=Choice.REJECT).result(BACK)
    assert (result.outcome, result.closed_at) == (Outcome.ADOPTED, DEADLINE)
    assert result.tally[Position.REJECT] == 1
    assert (result.undatable, result.dating, result.possible) == (1, Dating.OPEN, ())


def test_late_is_as_if_not_made_and_silence_may_consent() -> None:
    two = reached(QUANG_NGAI, 3).answers(1, choice=Choice.APPROVE).answers(2, choice=Choice.DIFFER)
    result = in_the_gap(two, 3, choice=Choice.REJECT).result(BACK)
    assert result.possible == (Outcome.ADOPTED, Outcome.TO_SUPERIOR)


def test_what_is_only_collated_is_never_held_for_them() -> None:
    pressed = in_the_gap(reached(TRA_VINH, 3), 1, 2, 3, choice=Choice.REJECT)
    assert pressed.result(BACK).outcome is Outcome.COLLATED


def test_those_whom_the_text_never_reached_may_stand_anywhere_besides() -> None:
    asked = committee(HUYEN_BAN_THUONG_VU, 5).received(1, 2, 3, 4).down(START, BACK)
    asked = asked.answers(1, 2, choice=Choice.APPROVE)
    # In time 4 of 5 agree, and the fifth changes only whether it is adopted or goes to a meeting.
    result = in_the_gap(asked, 3, 4, choice=Choice.APPROVE).result(BACK)
    assert result.held_by is HeldBy.NOT_RECEIVED


# --- which they are --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("at", "latest"),
    [(START, DEADLINE), (DEADLINE + A_MOMENT, BACK), (START, None)],
)
def test_only_a_gap_over_the_due_moment_leaves_a_press_undatable(
    at: datetime, latest: datetime | None
) -> None:
    reply = replace(nine().consultation.replies[-1], at=at, latest=latest)
    facts = nine().consultation
    certain = Committee(replace(facts, replies=(*facts.replies[:-1], reply)))
    assert certain.result(BACK).undatable == 1


def test_a_later_answer_of_a_known_moment_takes_its_place() -> None:
    again = nine().answers(5, choice=Choice.APPROVE, at=START + A_MOMENT)
    assert again.result(BACK).possible == (Outcome.ADOPTED, Outcome.TO_MEETING)
    both = again.answers(6, choice=Choice.REJECT, at=START + A_MOMENT)
    assert both.result(BACK).outcome is Outcome.TO_MEETING
    assert both.result(BACK).closed_at == DEADLINE


def test_late_the_answer_before_it_stands() -> None:
    three = reached(QUANG_NGAI, 3).answers(1, 2, choice=Choice.APPROVE)
    pressed = in_the_gap(three, 2, choice=Choice.DIFFER).answers(3, choice=Choice.REJECT)
    assert pressed.result(BACK).possible == (Outcome.ADOPTED, Outcome.TO_SUPERIOR)
    left_out = pressed.decides(ActKind.LEAVE_OUT_UNDATABLE, LATER)
    assert left_out.result(LATER).positions[2] is Position.APPROVE


def test_a_strike_of_one_of_them_settles_nothing() -> None:
    five = reached(HUYEN_BAN_THUONG_VU, 9).answers(1, 2, 3, 4, 5, choice=Choice.APPROVE)
    held = in_the_gap(five, 6, choice=Choice.REJECT)
    assert held.result(BACK).possible == (Outcome.ADOPTED, Outcome.TO_MEETING)
    struck = held.struck(6, at=LATER).result(LATER)
    assert (struck.held_by, struck.undatable) == (HeldBy.UNDATABLE, 1)
    assert struck.possible == (Outcome.ADOPTED, Outcome.TO_MEETING)


def test_one_dated_dissent_of_who_was_struck_off_is_enough_whatever_the_undated_one_was() -> None:
    four = reached(HUYEN_BAN_THUONG_VU, 6).answers(1, 2, 3, 4, choice=Choice.APPROVE)
    dissent = four.answers(5, choice=Choice.REJECT)
    result = in_the_gap(dissent, 6, choice=Choice.REJECT).struck(5, 6).result(BACK)
    # 21.3: four of four agree and 5 differed, whether or not 6 was in time.
    assert (result.outcome, result.closed_at) == (Outcome.TO_MEETING, DEADLINE)
    assert (result.undatable, result.possible) == (1, ())


def test_of_two_alike_one_may_have_been_in_time_and_the_other_late() -> None:
    five = reached(HUYEN_BAN_THUONG_VU, 5).answers(1, 2, 3, 4, choice=Choice.APPROVE)
    changed = in_the_gap(five, 3, 4, choice=Choice.REJECT)
    # 21.3, three of five: four agree; three agree and one differs; two agree and two differ.
    possible = (Outcome.ADOPTED, Outcome.NOT_ADOPTED, Outcome.TO_MEETING)
    assert changed.result(BACK).possible == possible


def test_an_agreement_of_one_struck_off_differs_in_no_reading() -> None:
    four = reached(HUYEN_BAN_THUONG_VU, 5).answers(1, 2, 3, 4, choice=Choice.APPROVE)
    result = in_the_gap(four, 5, choice=Choice.APPROVE).struck(5).result(BACK)
    assert (result.outcome, result.closed_at) == (Outcome.ADOPTED, DEADLINE)


def test_what_went_with_its_member_under_an_old_rule_book_leaves_nothing_open() -> None:
    written = replace(HUYEN_BAN_THUONG_VU.written, strike_erases=True)
    old = reached(replace(HUYEN_BAN_THUONG_VU, written=written), 6)
    four = old.answers(1, 2, 3, 4, choice=Choice.APPROVE)
    struck = in_the_gap(four, 6, choice=Choice.REJECT).struck(6)
    assert struck.result(BACK).outcome is Outcome.ADOPTED
    assert possible_positions(struck.consultation, DEADLINE) == {}
    # 4 of 5 agree whatever the fifth said, and only what the fifth said is open.
    held = in_the_gap(struck, 5, choice=Choice.REJECT).result(BACK)
    assert held.possible == (Outcome.ADOPTED, Outcome.TO_MEETING)


def test_nobody_agrees_and_differs_at_once_in_what_is_possible() -> None:
    three = reached(HUYEN_BAN_THUONG_VU, 5).answers(1, 2, 3, choice=Choice.APPROVE)
    # In time 2 of 5 agree and one differs, late 3 of 5 agree and nobody differs.
    result = in_the_gap(three, 3, choice=Choice.REJECT).result(BACK)
    assert result.possible == (Outcome.ADOPTED, Outcome.NOT_ADOPTED)


def test_of_several_presses_of_one_member_any_may_be_the_last_in_time() -> None:
    two = reached(QUANG_NGAI, 3).answers(1, choice=Choice.APPROVE).answers(2, choice=Choice.REJECT)
    there_and_back = in_the_gap(in_the_gap(two, 3, choice=Choice.DIFFER), 3, choice=Choice.APPROVE)
    assert there_and_back.result(BACK).possible == (Outcome.ADOPTED, Outcome.TO_SUPERIOR)


# --- what is done with them ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "outcome", "dating"),
    [
        (ActKind.COUNT_UNDATABLE, Outcome.TO_MEETING, Dating.COUNTED),
        (ActKind.LEAVE_OUT_UNDATABLE, Outcome.NOT_ADOPTED, Dating.LEFT_OUT),
    ],
)
def test_the_officer_counts_them_or_leaves_them_out(
    kind: ActKind, outcome: Outcome, dating: Dating
) -> None:
    result = nine().decides(kind, LATER).result(LATER)
    assert (result.outcome, result.closed_at) == (outcome, LATER)
    assert (result.undatable, result.dating) == (2, dating)


def test_an_extension_makes_all_of_them_in_time() -> None:
    until = moment("2026-03-12 17:00")
    extended = nine().extended(until, at=LATER)
    assert extended.state(LATER).stage is Stage.OPEN
    assert extended.result(until).outcome is Outcome.TO_MEETING
    assert extended.result(until).undatable == 0


@pytest.mark.parametrize(
    ("presses", "outcome"),
    [(OutagePresses.COUNT, Outcome.TO_MEETING), (OutagePresses.LEAVE_OUT, Outcome.NOT_ADOPTED)],
)
def test_a_committee_may_set_what_is_done_with_them(
    presses: OutagePresses, outcome: Outcome
) -> None:
    result = nine(setting(HUYEN_BAN_THUONG_VU, presses)).result(BACK)
    assert (result.outcome, result.closed_at, result.undatable) == (outcome, DEADLINE, 2)


def test_a_press_that_may_have_been_made_at_the_due_moment_itself_cannot_be_dated() -> None:
    asked = reached(QUANG_NGAI, 1).answers(1, choice=Choice.REJECT, at=DEADLINE, latest=BACK)
    assert set(undatable(asked.consultation)) == {1}
    late = reached(QUANG_NGAI, 1)
    late = late.answers(1, choice=Choice.REJECT, at=DEADLINE + A_MOMENT, latest=BACK)
    assert undatable(late.consultation) == {}


def test_the_last_decision_counts_from_the_moment_at_which_the_press_was_in() -> None:
    pressed = in_the_gap(reached(HUYEN_BAN_THUONG_VU, 1), 1, choice=Choice.REJECT)
    (reply,) = pressed.consultation.replies
    counted = pressed.decides(ActKind.COUNT_UNDATABLE, BACK)
    assert dating(counted.consultation, reply) is Dating.COUNTED
    assert dating(
        pressed.decides(ActKind.COUNT_UNDATABLE, BACK - A_MOMENT).consultation, reply
    ) is (Dating.OPEN)
    both = counted.decides(ActKind.LEAVE_OUT_UNDATABLE, LATER)
    assert dating(both.consultation, reply) is Dating.LEFT_OUT


def test_a_press_that_came_in_after_a_decision_is_undecided() -> None:
    first = in_the_gap(reached(HUYEN_BAN_THUONG_VU, 1), 1, choice=Choice.REJECT)
    decided = first.decides(ActKind.COUNT_UNDATABLE, BACK)
    assert readings(decided.consultation) == {}
    again = decided.answers(1, choice=Choice.APPROVE, at=START, latest=LATER)
    assert set(readings(again.consultation)) == {1}


@pytest.mark.parametrize(("person", "undated"), [(6, 2), (7, 3)])
def test_a_result_tells_of_the_last_press_that_it_is_undecided(person: int, undated: int) -> None:
    decided = nine().decides(ActKind.COUNT_UNDATABLE, BACK)
    assert decided.result(BACK).dating is Dating.COUNTED
    again = decided.answers(person, choice=Choice.REJECT, at=START, latest=LATER)
    result = again.result(LATER)
    assert (result.undatable, result.dating) == (undated, Dating.OPEN)


def test_a_decision_made_before_an_outage_says_nothing_about_it() -> None:
    early = nine().decides(ActKind.COUNT_UNDATABLE, START)
    assert early.result(BACK).held_by is HeldBy.UNDATABLE


def test_answers_while_it_is_held_for_an_outage_may_let_them_decide_after_all() -> None:
    gone, back = START, START + timedelta(hours=30)
    five = committee(HUYEN_BAN_THUONG_VU, 5).received(1, 2, 3, 4, 5).down(gone, back)
    asked = five.answers(1, choice=Choice.APPROVE)
    asked = asked.answers(2, choice=Choice.APPROVE, at=gone, words="", latest=back)
    held = asked.result(back)
    # One agreement or two of the three that are needed: not adopted either way.
    assert (held.held_by, held.possible) == (HeldBy.OUTAGE, (Outcome.NOT_ADOPTED,))
    later = back + timedelta(hours=1)
    third = asked.answers(3, choice=Choice.APPROVE, at=later)
    now = third.result(later + A_MOMENT)
    assert now.held_by is HeldBy.OUTAGE
    assert now.possible == (Outcome.ADOPTED, Outcome.NOT_ADOPTED)


def test_an_answer_while_it_is_held_for_an_outage_dates_the_press_before_it() -> None:
    gone, back = START, START + timedelta(hours=30)
    five = committee(HUYEN_BAN_THUONG_VU, 5).received(1, 2, 3, 4, 5).down(gone, back)
    asked = five.answers(1, 3, choice=Choice.APPROVE)
    asked = asked.answers(2, choice=Choice.APPROVE, at=gone, words="", latest=back)
    assert asked.result(back).possible == (Outcome.ADOPTED, Outcome.NOT_ADOPTED)
    later = back + timedelta(hours=1)
    again = asked.answers(2, choice=Choice.REJECT, at=later).result(later + A_MOMENT)
    assert (again.held_by, again.possible, again.undatable) == (HeldBy.OUTAGE, (), 0)


# --- by kinds, and by every combination ------------------------------------------------------


def test_a_roll_of_three_hundred_is_computed_by_kinds_of_change() -> None:
    asked = reached(HUYEN_BAN_THUONG_VU, 300).answers(*range(1, 101), choice=Choice.APPROVE)
    asked = asked.answers(*range(101, 151), choice=Choice.REJECT)
    asked = in_the_gap(asked, *range(1, 41), *range(131, 141), choice=Choice.DIFFER)
    asked = in_the_gap(asked, *range(141, 151), *range(201, 261), choice=Choice.APPROVE)
    asked = in_the_gap(asked, *range(250, 280), choice=Choice.REJECT)
    result = asked.result(BACK)
    # At most 100 + 10 + 60 agree, at least 60; 151 are more than half, and nine still reject at least.
    assert result.possible == (Outcome.NOT_ADOPTED, Outcome.TO_MEETING)


CHOICES = st.sampled_from(Choice)
ENDS_OF_IT = (None, ActKind.COUNT_UNDATABLE, ActKind.LEAVE_OUT_UNDATABLE)
PRESSES = st.lists(st.tuples(st.integers(1, 5), CHOICES, st.booleans()), max_size=7)


@st.composite
def pressed(draw: st.DrawFn) -> Committee:
    """Five members, some reached, who press in time or in the gap, in whatever order."""
    of = draw(st.sampled_from(sorted(BY_HAND)))
    asked = committee(BY_HAND[of], 5).received(*draw(st.sets(st.integers(1, 5)))).down(START, BACK)
    for person, choice, dated in draw(PRESSES):
        if dated:
            asked = asked.answers(person, choice=choice, at=START - A_MOMENT, words="")
        else:
            asked = in_the_gap(asked, person, choice=choice)
    return asked


@given(pressed())
def test_the_outcomes_are_those_of_every_combination_of_in_time_and_late(drawn: Committee) -> None:
    found = possible_outcomes(drawn.consultation, DEADLINE)
    if found and not any(
        position is Position.NOT_RECEIVED
        for each in _combinations(drawn)
        for position in each.result(DEADLINE).positions.values()
    ):
        closed = {
            each.ended(ActKind.CLOSE, DEADLINE).result(DEADLINE).outcome
            for each in _combinations(drawn)
        }
        assert set(found) == closed


def _combinations(drawn: Committee) -> Iterator[Committee]:
    """The same with each member's presses in the gap dated: the first so many in time, the rest not made."""
    facts = drawn.consultation
    gap = {
        person: [r for r in facts.replies if r.person == person and r.latest]
        for person in range(1, 6)
    }
    for counts in product(*(range(len(gap[person]) + 1) for person in gap)):
        kept = {id(r) for person, n in zip(gap, counts, strict=True) for r in gap[person][:n]}
        replies = tuple(
            replace(r, latest=None) for r in facts.replies if r.latest is None or id(r) in kept
        )
        yield Committee(replace(facts, replies=replies))


@given(pressed(), st.sampled_from(ENDS_OF_IT))
def test_nobody_who_pressed_in_time_is_ever_deemed_or_silent(
    drawn: Committee, decided: ActKind | None
) -> None:
    asked = drawn.decides(decided, LATER) if decided else drawn
    found = positions(asked.consultation, LATER)
    for reply in asked.consultation.replies:
        if reply.latest is None:
            assert found[reply.person].value in set(Choice)


@given(pressed(), st.sampled_from([None, ActKind.COUNT_UNDATABLE]))
def test_nobody_who_pressed_stands_otherwise_unless_it_was_left_out(
    drawn: Committee, decided: ActKind | None
) -> None:
    asked = drawn.decides(decided, LATER) if decided else drawn
    found = positions(asked.consultation, LATER)
    for person, reply in asked.consultation.last_replies.items():
        assert found[person].value == reply.choice.value


@given(pressed())
def test_what_is_left_out_leaves_the_answer_before_it(drawn: Committee) -> None:
    left_out = drawn.decides(ActKind.LEAVE_OUT_UNDATABLE, LATER).consultation
    if left_out.rules.window.clock is Clock.RECIPIENT:
        return  # each one's own clock runs on for days: nothing here is over its due moment
    in_time: dict[int, Reply] = {}
    for reply in left_out.replies:
        if reply.latest is None:
            in_time[reply.person] = reply
    assert answers(left_out) == in_time
