"""One objection ends a matter: when, for whom, and what takes it back; expected moments by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.consultations.rules.consultation import Choice, FirstRound, Position
from bot.consultations.rules.counted import ruled
from bot.consultations.rules.dating import Dating
from bot.consultations.rules.due import closes_at, content_ends, ended_by_objection_of, may_move
from bot.consultations.rules.outcome import HeldBy, Stage
from bot.consultations.rules.rights import may_reply
from bot.regulations.loader import load
from bot.regulations.rules.regulation import Matter, Next, OutagePresses, Outcome, Row
from bot.regulations.rules.terms import Numbers
from tests.rules.committee import A_MOMENT, DEADLINE, OPENED, Committee, committee, moment

OTHERS = Path(__file__).parents[1] / "regulations" / "others"
COUNCIL = load(OTHERS / "hoi_dong_im_lang.toml").bodies[0]
AT_ONCE = load(OTHERS / "hoi_dong_im_lang.toml", {"objection_minutes": 0}).bodies[0]
SAID = moment("2026-03-04 10:00")
HALF_PAST = moment("2026-03-04 10:30")
HALF_AN_HOUR = timedelta(minutes=30)


def asked() -> Committee:
    return (
        committee(COUNCIL, 4, matter=Matter.GENERAL)
        .received(1, 2, 3, 4)
        .answers(1, choice=Choice.APPROVE)
    )


@pytest.mark.parametrize("choice", [Choice.REJECT, Choice.DIFFER])
def test_it_ends_half_an_hour_after_the_objection(choice: Choice) -> None:
    objected = asked().answers(2, choice=choice, at=SAID)
    assert closes_at(objected.consultation) == HALF_PAST
    assert content_ends(objected.consultation) == ()  # no content that ends before a slip
    assert objected.state(HALF_PAST - A_MOMENT).stage is Stage.OPEN
    result = objected.result(HALF_PAST)
    assert (result.outcome, result.next) == (Outcome.TO_MEETING, Next.TO_MEETING)
    assert (result.closed_at, result.objected) == (HALF_PAST, "5.4")
    assert result.positions[3] is Position.SILENT  # the time to answer was not over for anybody
    assert objected.result(DEADLINE).closed_at == HALF_PAST


@pytest.mark.parametrize(("after", "ends"), [(29, DEADLINE), (30, DEADLINE), (31, HALF_PAST)])
def test_taken_back_within_half_an_hour_it_ends_nothing(after: int, ends: datetime) -> None:
    back = SAID + timedelta(minutes=after)
    changed = asked().answers(2, choice=Choice.REJECT, at=SAID)
    changed = changed.answers(2, choice=Choice.APPROVE_WITH_COMMENTS, at=back)
    assert closes_at(changed.consultation) == ends
    outcome = Outcome.ADOPTED if ends == DEADLINE else Outcome.TO_MEETING
    assert changed.result(DEADLINE).outcome is outcome


def test_the_first_of_two_objections_ends_it_unless_its_time_is_over_with_them() -> None:
    two = asked().answers(3, choice=Choice.REJECT, at=SAID + A_MOMENT)
    two = two.answers(2, choice=Choice.REJECT, at=SAID)
    assert [ended_by_objection_of(two.consultation, each) for each in (1, 2, 3)] == [
        False,
        True,
        False,
    ]
    last = asked().answers(2, choice=Choice.REJECT, at=DEADLINE - HALF_AN_HOUR)
    assert not ended_by_objection_of(last.consultation, 2)


def test_in_a_second_round_an_objection_of_who_took_no_part_in_the_first_ends_nothing() -> None:
    stood = {1: Position.APPROVE, 2: Position.RECUSED, 3: Position.REJECT, 4: Position.SILENT}
    first = FirstRound("consultation:1", 1, OPENED, stood, asked=frozenset({1, 3, 4}))
    again = Committee(replace(asked().consultation, first=first))
    aside = again.answers(2, choice=Choice.REJECT, at=SAID)
    assert closes_at(aside.consultation) == DEADLINE
    assert closes_at(aside.answers(3, choice=Choice.REJECT, at=SAID).consultation) == HALF_PAST


def test_where_an_objection_ends_it_at_once_an_answer_of_the_due_moment_still_counts() -> None:
    """Nobody has objected: it is over with its time, and exactly at that one may answer (5.9)."""
    nobody = committee(AT_ONCE, 3, matter=Matter.GENERAL).received(1, 2, 3)
    assert may_reply(nobody.consultation, 1, DEADLINE) is None
    objected = nobody.answers(2, choice=Choice.REJECT, at=SAID)
    closed = may_reply(objected.consultation, 1, SAID)
    assert closed is not None
    assert closed.kind == "closed"


def test_said_once_more_in_other_words_it_runs_from_the_first_time() -> None:
    again = asked().answers(2, choice=Choice.REJECT, at=SAID)
    again = again.answers(2, choice=Choice.DIFFER, at=SAID + timedelta(minutes=20))
    assert closes_at(again.consultation) == HALF_PAST


def test_taken_back_and_said_anew_it_runs_anew() -> None:
    anew = asked().answers(2, choice=Choice.REJECT, at=SAID)
    anew = anew.answers(2, choice=Choice.APPROVE, at=SAID + timedelta(minutes=10))
    anew = anew.answers(2, choice=Choice.REJECT, at=SAID + timedelta(minutes=20))
    assert closes_at(anew.consultation) == SAID + timedelta(minutes=50)


@pytest.mark.parametrize(
    ("setting", "others_are"),
    [
        (OutagePresses.HOLD, Dating.OPEN),
        (OutagePresses.COUNT, Dating.COUNTED),
        (OutagePresses.LEAVE_OUT, Dating.LEFT_OUT),
    ],
)
def test_taken_back_nobody_knows_when_it_has_ended_the_matter_and_stands(
    setting: OutagePresses, others_are: Dating
) -> None:
    """Pressed while the bot was away, from ten past ten until noon: the objection had its half an hour (5.4)."""
    body = replace(COUNCIL, written=replace(COUNCIL.written, outage_presses=setting))
    asked = committee(body, 4, matter=Matter.GENERAL).received(1, 2, 3, 4)
    objected = asked.answers(2, choice=Choice.REJECT, at=SAID)
    from_ten_past, noon = SAID + timedelta(minutes=10), moment("2026-03-04 12:00")
    back = objected.answers(2, choice=Choice.APPROVE, at=from_ten_past, latest=noon)
    others = back.answers(3, choice=Choice.APPROVE, at=from_ten_past, latest=noon)
    for each, taken in ((back, Dating.LEFT_OUT), (others, others_are)):
        result = each.result(DEADLINE)
        assert (result.outcome, result.closed_at) == (Outcome.TO_MEETING, HALF_PAST)
        assert result.positions[2] is Position.REJECT
        assert (result.undatable, result.dating) == (1, taken)


def test_of_several_the_first_ends_it() -> None:
    two = asked().answers(2, choice=Choice.REJECT, at=SAID)
    two = two.answers(3, choice=Choice.DIFFER, at=SAID - timedelta(minutes=5))
    assert closes_at(two.consultation) == SAID + timedelta(minutes=25)


def test_a_strike_takes_no_objection_back() -> None:
    struck = asked().answers(2, choice=Choice.REJECT, at=SAID).struck(2, at=SAID + A_MOMENT)
    result = struck.result(HALF_PAST)
    assert (result.outcome, result.roll) == (Outcome.TO_MEETING, 3)


def test_in_the_last_minute_it_fails_what_closes_at_the_deadline() -> None:
    late = asked().answers(2, choice=Choice.REJECT, at=DEADLINE)
    result = late.result(DEADLINE)
    assert (result.outcome, result.closed_at) == (Outcome.TO_MEETING, DEADLINE)
    assert result.positions[3] is Position.DEEMED_APPROVE


def test_an_objection_of_the_very_deadline_is_held_after_a_day_without_the_bot() -> None:
    """The time is over with it: of who is silent nobody knows whether an answer was lost (5.5)."""
    of_three = committee(AT_ONCE, 3, matter=Matter.GENERAL).received(1, 2, 3)
    objected = of_three.answers(1, choice=Choice.DIFFER, at=DEADLINE)
    assert objected.result(DEADLINE).outcome is Outcome.TO_MEETING
    held = objected.down(OPENED, OPENED + timedelta(hours=24)).result(DEADLINE)
    assert (held.outcome, held.held_by) == (Outcome.HELD, HeldBy.OUTAGE)


def test_before_an_extended_time_is_over_a_day_without_the_bot_holds_no_objection() -> None:
    """As one that is said days before: what ends it is the objection, not the time (5.4)."""
    longer = asked().extended(DEADLINE + timedelta(days=1), at=OPENED)
    objected = longer.answers(2, choice=Choice.REJECT, at=DEADLINE - timedelta(minutes=10))
    result = objected.down(OPENED, OPENED + timedelta(hours=24)).result(DEADLINE + HALF_AN_HOUR)
    assert (result.outcome, result.held_by) == (Outcome.TO_MEETING, None)
    assert result.closed_at == DEADLINE + timedelta(minutes=20)


AN_HOUR_AFTER = DEADLINE + timedelta(hours=1)
LONGER = DEADLINE + timedelta(days=2)


def held_and_objected() -> Committee:
    """Held since the deadline after a day without the bot; an hour later one member objects, which decides nothing."""
    held = asked().answers(2, choice=Choice.REJECT, at=AN_HOUR_AFTER)
    held = held.down(OPENED, OPENED + timedelta(hours=24))
    assert held.result(DEADLINE + timedelta(hours=3)).held_by is HeldBy.OUTAGE
    return held


@pytest.mark.parametrize(
    ("extended_after", "ends_after"),
    [
        (timedelta(minutes=75), timedelta(minutes=90)),  # it has stood a quarter of an hour
        (timedelta(minutes=90), timedelta(minutes=90)),
        (
            timedelta(hours=3),
            timedelta(hours=3),
        ),  # longer, and nothing ended before it was extended
    ],
)
def test_said_while_it_is_held_it_ends_nothing_before_the_time_is_extended(
    extended_after: timedelta, ends_after: timedelta
) -> None:
    longer = held_and_objected().extended(LONGER, at=DEADLINE + extended_after)
    ends = DEADLINE + ends_after
    assert closes_at(longer.consultation) == ends
    assert longer.state(ends - A_MOMENT).stage is not Stage.CLOSED
    result = longer.result(ends)
    assert (result.outcome, result.held_by) == (Outcome.TO_MEETING, None)
    assert (result.closed_at, longer.result(LONGER).closed_at) == (ends, ends)


def test_held_twice_it_ends_with_the_extension_after_it_was_said() -> None:
    """The first extension is over, too, and the bot was away for a day once more."""
    held = asked().down(OPENED, OPENED + timedelta(hours=24))
    again = held.extended(DEADLINE + timedelta(hours=30), at=DEADLINE + timedelta(hours=3))
    again = again.down(DEADLINE + timedelta(hours=4), DEADLINE + timedelta(hours=28))
    objected = again.answers(2, choice=Choice.REJECT, at=DEADLINE + timedelta(hours=31))
    assert objected.result(DEADLINE + timedelta(hours=32)).held_by is HeldBy.OUTAGE
    second = DEADLINE + timedelta(hours=33)
    assert objected.extended(LONGER, at=second).result(LONGER).closed_at == second


def test_what_had_ended_it_before_its_time_was_over_no_extension_puts_off() -> None:
    """At the due moment itself it is held: the time is over with the objection."""
    outage = OPENED, OPENED + timedelta(hours=24)
    late = timedelta(hours=3)
    for before, ends in ((31, DEADLINE - timedelta(minutes=1)), (30, DEADLINE + late)):
        said = DEADLINE - timedelta(minutes=before)
        objected = asked().answers(2, choice=Choice.REJECT, at=said).down(*outage)
        longer = objected.extended(LONGER, at=DEADLINE + late)
        assert longer.result(LONGER).closed_at == ends


def test_taken_back_while_it_is_held_it_ends_nothing_once_the_time_is_extended() -> None:
    """It had stood longer than half an hour, and had ended nothing."""
    back = held_and_objected().answers(2, choice=Choice.APPROVE, at=DEADLINE + timedelta(hours=2))
    longer = back.extended(LONGER, at=DEADLINE + timedelta(hours=3))
    assert closes_at(longer.consultation) == LONGER
    assert longer.result(LONGER).outcome is Outcome.ADOPTED


def test_said_while_it_is_held_at_once_is_when_the_time_is_extended() -> None:
    """Until then it may be taken back, although nobody has a minute for that while the time runs."""
    held = committee(AT_ONCE, 3, matter=Matter.GENERAL).received(1, 2, 3)
    held = held.answers(1, choice=Choice.DIFFER, at=AN_HOUR_AFTER)
    held = held.down(OPENED, OPENED + timedelta(hours=24))
    extended = DEADLINE + timedelta(hours=3)
    assert held.extended(LONGER, at=extended).result(extended).closed_at == extended
    back = held.answers(1, choice=Choice.APPROVE, at=DEADLINE + timedelta(hours=2))
    assert back.extended(LONGER, at=extended).state(extended).stage is Stage.OPEN
    with_it = held.answers(1, choice=Choice.APPROVE, at=extended)
    assert with_it.extended(LONGER, at=extended).result(extended).closed_at == extended


def test_it_fails_what_the_share_alone_would_carry() -> None:
    """Of an important matter more than half of the answers are enough (5.6), three of four here; one objects (5.4)."""
    important = committee(COUNCIL, 4, matter=Matter.IMPORTANT).consultation
    three_of_four = Numbers(agreeing=3, against=1, answers=4)
    assert ruled(important, three_of_four, differ=True)[0] is Row.FAILED_WITH_DIFFERING
    assert ruled(important, three_of_four, differ=False)[0] is Row.ENOUGH


def test_at_once_is_the_moment_of_the_press() -> None:
    objected = committee(AT_ONCE, 3, matter=Matter.GENERAL).answers(
        1, choice=Choice.DIFFER, at=SAID
    )
    assert objected.state(SAID - A_MOMENT).stage is Stage.OPEN
    assert objected.result(SAID).closed_at == SAID


def test_an_answer_moves_what_falls_due_only_where_an_objection_may() -> None:
    on_time = OPENED + timedelta(minutes=10)
    assert may_move(asked().consultation, 1, on_time)
    plain = replace(COUNCIL, written=replace(COUNCIL.written, objection=None))
    assert not may_move(replace(asked().consultation, body=plain), 1, on_time)


def test_whom_it_never_reached_could_have_objected() -> None:
    assert (
        committee(COUNCIL, 3, matter=Matter.GENERAL).received(1, 2).state(DEADLINE).stage
        is Stage.HELD
    )
