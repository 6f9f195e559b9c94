"""An objection to one content of a slip: that content ends, the others go on; expected moments and numbers by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.consultations.rules.consultation import (
    Act,
    ActKind,
    Choice,
    Consultation,
    Content,
    Outage,
    Position,
    Receipt,
    Reply,
)
from bot.consultations.rules.due import closes_at, content_ends
from bot.consultations.rules.outcome import HeldBy, Stage, shown_state, state, states
from bot.consultations.rules.rights import HEAD as THE_HEAD
from bot.consultations.rules.rights import (
    may_reply,
    may_reply_to_any,
    may_take_part_in_all,
    may_withdraw,
)
from bot.regulations.loader import load
from bot.regulations.rules.regulation import Matter, Outcome, Recusal, Strength
from bot.values.refusal import Refusal
from tests.rules.committee import A_MOMENT, DEADLINE, HEAD, OPENED, committee, moment

OTHERS = Path(__file__).parents[1] / "regulations" / "others"
COUNCIL = load(OTHERS / "hoi_dong_im_lang.toml").bodies[0]
CONTENTS = tuple(Content(name, Matter.GENERAL) for name in ("Một", "Hai"))
TEN, HALF_PAST = moment("2026-03-04 10:00"), moment("2026-03-04 10:30")
NEXT_DAY = moment("2026-03-05 10:00")


def slip(*facts: Reply | Act | Outage, reached: int = 4) -> Consultation:
    """A slip of two contents before four members, of whom so many were reached."""
    begun = committee(
        replace(
            COUNCIL, written=replace(COUNCIL.written, recusal=Recusal("4.5", out_of_base=True))
        ),
        4,
        matter=Matter.GENERAL,
    )
    told = begun.received(*range(1, reached + 1)).adding(
        replies=[each for each in facts if isinstance(each, Reply)],
        acts=[each for each in facts if isinstance(each, Act)],
        outages=[each for each in facts if isinstance(each, Outage)],
    )
    return replace(told.consultation, contents=CONTENTS)


def says(person: int, content: int, choice: Choice, at: datetime = TEN) -> Reply:
    return Reply(person, choice, at, content=content)


def objects(content: int, at: datetime = TEN) -> Reply:
    return says(2, content, Choice.REJECT, at)


def stages(of: Consultation, at: datetime) -> list[Stage]:
    return [each.stage for each in states(of, at)]


def recorded(of: Consultation, content: int, at: datetime) -> Consultation:
    return replace(of, acts=(*of.acts, Act(ActKind.CLOSE_CONTENT, at, content=content)))


def test_the_content_ends_and_the_others_go_on_to_the_deadline() -> None:
    of = slip(objects(2))
    assert content_ends(of) == (HALF_PAST,)
    assert content_ends(recorded(of, 2, HALF_PAST)) == ()
    assert [closes_at(each) for each in (of, *of.each)] == [DEADLINE, DEADLINE, HALF_PAST]
    assert stages(of, HALF_PAST - A_MOMENT) == [Stage.OPEN, Stage.OPEN]
    assert stages(of, HALF_PAST) == [Stage.OPEN, Stage.CLOSED]
    assert state(of, HALF_PAST).stage is Stage.OPEN
    first, second = (each.result for each in states(of, DEADLINE))
    assert first is not None
    assert second is not None
    # Of four three are silent; the second has answered the slip and left the first content blank.
    assert (first.outcome, first.closed_at) == (Outcome.NOT_ADOPTED, DEADLINE)
    assert first.positions[2] is Position.SILENT
    assert (second.outcome, second.closed_at) == (Outcome.TO_MEETING, HALF_PAST)
    assert [second.positions[each] for each in (1, 3, 4)] == [Position.SILENT] * 3
    assert state(of, DEADLINE).stage is Stage.CLOSED


def test_who_agrees_to_the_others_leaves_them_adopted() -> None:
    of = slip(says(2, 1, Choice.APPROVE), objects(2))
    first, second = (each.result for each in states(of, DEADLINE))
    assert first is not None
    assert (first.outcome, first.tally[Position.DEEMED_APPROVE]) == (Outcome.ADOPTED, 3)
    assert second is not None
    assert second.outcome is Outcome.TO_MEETING


@pytest.mark.parametrize("first", [1, 2])
def test_the_slip_closes_with_the_last_of_its_contents(first: int) -> None:
    last = 3 - first
    of = slip(objects(first), objects(last, NEXT_DAY))
    end = NEXT_DAY + timedelta(minutes=30)
    assert closes_at(of) == end
    assert content_ends(of) == ((HALF_PAST, end) if first == 1 else (end, HALF_PAST))
    assert state(of, HALF_PAST).stage is Stage.OPEN
    assert state(of, end - A_MOMENT).stage is Stage.OPEN
    now_is = state(of, end)
    assert now_is.stage is Stage.CLOSED
    assert now_is.result is not None
    assert (now_is.result.closed_at, now_is.result.place) == (end, last)


def test_recorded_it_has_ended_whenever_one_asks() -> None:
    of = slip(objects(2))
    assert shown_state(of.of(2), HALF_PAST).stage is Stage.OPEN
    assert shown_state(recorded(of, 2, HALF_PAST).of(2), HALF_PAST).stage is Stage.CLOSED


@pytest.mark.parametrize("is_recorded", [False, True])
def test_nothing_after_its_end_counts_for_it(*, is_recorded: bool) -> None:
    later = HALF_PAST + timedelta(hours=1)
    of = slip(
        says(2, 1, Choice.APPROVE),
        objects(2),
        says(2, 2, Choice.APPROVE, later),
        says(3, 2, Choice.APPROVE, later),
        Act(ActKind.STRIKE, later, by=HEAD, of=2, reason="…"),
        Act(ActKind.RECUSE, later, by=3, of=3, reason="…"),
        Act(ActKind.EXTEND, later, by=HEAD, until=DEADLINE + timedelta(days=1)),
    )
    of = recorded(of, 2, HALF_PAST) if is_recorded else of
    first, second = (each.result for each in states(of, DEADLINE + timedelta(days=1)))
    assert second is not None
    assert (second.closed_at, second.roll, second.outcome) == (HALF_PAST, 4, Outcome.TO_MEETING)
    assert (second.positions[2], second.positions[3]) == (Position.REJECT, Position.SILENT)
    assert first is not None
    assert (first.closed_at, first.roll) == (DEADLINE + timedelta(days=1), 2)


def ended_at(at: datetime, **content: object) -> Refusal:
    return Refusal("closed", "5.1", values={"at": at, **content})


def test_it_is_answered_no_more_and_the_others_are() -> None:
    of = slip(objects(2))
    assert may_reply(of.of(2), 3, HALF_PAST) is None
    for closed in (may_reply(of.of(2), 3, HALF_PAST + A_MOMENT),):
        assert closed is not None
        assert (closed.kind, closed.values["at"]) == ("closed", HALF_PAST)
    closed = may_reply(recorded(of, 2, HALF_PAST).of(2), 3, HALF_PAST)
    assert closed is not None
    assert may_reply(of.of(1), 3, HALF_PAST + A_MOMENT) is None
    later = HALF_PAST + A_MOMENT
    assert may_reply(of.of(2), 3, later) == ended_at(HALF_PAST, content=2)
    over = DEADLINE + A_MOMENT
    assert may_reply(of.of(1), 3, over) == ended_at(DEADLINE)
    end = Act(ActKind.CLOSE, DEADLINE)
    assert may_reply(replace(of, acts=(end,)).of(2), 3, over) == ended_at(HALF_PAST)
    alone = replace(slip(objects(1)), contents=())
    assert may_reply(alone, 3, later) == ended_at(HALF_PAST)
    assert may_withdraw(of, THE_HEAD, HALF_PAST + A_MOMENT) is None


def test_of_the_contents_that_go_on_alone_a_member_takes_part_again() -> None:
    aside = Act(ActKind.RECUSE, TEN, by=3, of=3, reason="…")
    of = slip(says(2, 1, Choice.APPROVE), objects(2), aside)
    assert may_take_part_in_all(of, 3, NEXT_DAY) is None
    over = may_take_part_in_all(of, 3, DEADLINE + A_MOMENT)
    assert over is not None
    assert over.kind == "closed"


def test_of_a_slip_of_which_nothing_is_to_be_answered_the_first_reason_is_told() -> None:
    aside = Act(ActKind.RECUSE_CONTENT, TEN, by=3, of=3, reason="…", content=1)
    of = slip(objects(2), aside)
    kinds = [may_reply(each, 3, NEXT_DAY) for each in of.each]
    assert [each and each.kind for each in kinds] == ["recused", "closed"]
    assert may_reply_to_any(of, 3, NEXT_DAY) == kinds[0]


@pytest.mark.parametrize("kind", [ActKind.WITHDRAW, ActKind.CLOSE_BY_HAND])
def test_what_ends_the_slip_leaves_what_had_ended_as_it_was(kind: ActKind) -> None:
    of = slip(objects(2), Act(kind, NEXT_DAY, by=HEAD, reason="…"))
    first, second = (each.result for each in states(of, DEADLINE))
    assert first is not None
    assert first.closed_at == NEXT_DAY
    assert first.by_hand
    assert second is not None
    assert (second.closed_at, second.outcome, second.by_hand) == (
        HALF_PAST,
        Outcome.TO_MEETING,
        False,
    )
    stage = Stage.WITHDRAWN if kind is ActKind.WITHDRAW else Stage.CLOSED
    assert state(of, DEADLINE).stage is stage


@pytest.mark.parametrize("minutes", [10, 30])
def test_ended_before_the_objection_had_stood_or_with_it_both_end_together(minutes: int) -> None:
    at = TEN + timedelta(minutes=minutes)
    of = slip(objects(2), Act(ActKind.CLOSE_BY_HAND, at, by=HEAD, reason="…"))
    reached = [each.result for each in states(of, DEADLINE)]
    assert [each and (each.closed_at, each.by_hand) for each in reached] == [(at, True)] * 2


def test_an_objection_that_has_not_stood_when_the_time_is_over_ends_nothing_later() -> None:
    late = DEADLINE - timedelta(minutes=10)
    of = slip(says(2, 1, Choice.APPROVE, late), objects(2, late))
    reached = [each.result for each in states(of, DEADLINE + timedelta(hours=1))]
    assert [each and each.closed_at for each in reached] == [DEADLINE] * 2


def test_where_the_time_is_over_with_it_a_day_without_the_bot_holds_it() -> None:
    """Of who is silent about the second content nobody knows whether an answer was lost (5.5)."""
    outage = Outage(OPENED, OPENED + timedelta(hours=24))
    all_agree = (says(n, 1, Choice.APPROVE) for n in (1, 2, 3, 4))
    of = slip(*all_agree, objects(2, DEADLINE - timedelta(minutes=30)), outage)
    assert stages(of, DEADLINE + timedelta(hours=1)) == [Stage.HELD, Stage.HELD]


def test_before_an_extended_time_is_over_a_day_without_the_bot_holds_no_objection() -> None:
    longer = Act(ActKind.EXTEND, OPENED, by=HEAD, until=DEADLINE + timedelta(days=1))
    outage = Outage(OPENED, OPENED + timedelta(hours=24))
    late = DEADLINE - timedelta(minutes=10)
    of = slip(objects(2, late), longer, outage)
    stood = late + timedelta(minutes=30)
    assert stages(of, stood) == [Stage.OPEN, Stage.CLOSED]


def test_it_ends_too_while_the_slip_is_held_for_another_content() -> None:
    late = DEADLINE - timedelta(minutes=10)
    of = slip(says(2, 1, Choice.APPROVE, late), objects(2, late), reached=3)
    assert stages(of, DEADLINE) == [Stage.HELD, Stage.HELD]
    held = state(of, DEADLINE).result
    assert held is not None
    assert held.held_by is HeldBy.NOT_RECEIVED  # the fourth could differ over the first content
    assert content_ends(of) == (late + timedelta(minutes=30),)
    assert stages(of, late + timedelta(minutes=30)) == [Stage.HELD, Stage.CLOSED]


def extended(hours_after: int) -> Act:
    at = DEADLINE + timedelta(hours=hours_after)
    return Act(ActKind.EXTEND, at, by=HEAD, until=DEADLINE + timedelta(days=2))


def test_what_ended_while_the_slip_was_held_for_another_content_is_not_opened_again() -> None:
    late, stood = DEADLINE - timedelta(minutes=10), DEADLINE + timedelta(minutes=20)
    held = slip(says(2, 1, Choice.APPROVE, late), objects(2, late), reached=3)
    of = recorded(held, 2, stood)
    longer = replace(of, acts=(*of.acts, extended(hours_after=2)))
    first, second = states(longer, DEADLINE + timedelta(hours=3))
    assert (first.stage, second.stage) == (Stage.OPEN, Stage.CLOSED)
    assert second.result is not None
    assert second.result.closed_at == stood


@pytest.mark.parametrize("is_recorded", [False, True])
def test_said_while_the_content_itself_is_held_it_ends_with_the_extension(
    *, is_recorded: bool
) -> None:
    """Both are held after a day without the bot; what is said an hour later ends nothing in the two hours after."""
    outage = Outage(OPENED, OPENED + timedelta(hours=24))
    of = slip(objects(2, DEADLINE + timedelta(hours=1)), extended(hours_after=3), outage)
    assert stages(of.until(DEADLINE + timedelta(hours=2)), DEADLINE + timedelta(hours=2)) == [
        Stage.HELD,
        Stage.HELD,
    ]
    ends = DEADLINE + timedelta(hours=3)
    told = recorded(of, 2, ends) if is_recorded else of
    first, second = states(told, ends)
    assert (first.stage, second.stage) == (Stage.OPEN, Stage.CLOSED)
    assert second.result is not None
    assert second.result.closed_at == ends


def test_what_had_ended_holds_nothing() -> None:
    outage = Outage(OPENED, OPENED + timedelta(hours=24))
    of = slip(*(says(n, 1, Choice.APPROVE) for n in (1, 2, 3, 4)), objects(2), outage)
    first, second = states(of, DEADLINE)
    assert (first.stage, second.stage) == (Stage.CLOSED, Stage.CLOSED)
    assert first.result is not None
    assert first.result.outcome is Outcome.ADOPTED


def test_a_new_term_holds_what_goes_on_alone() -> None:
    term = Act(ActKind.HOLD, NEXT_DAY, until=DEADLINE, reason=HeldBy.TERM.value)
    assert stages(slip(objects(2), term), DEADLINE) == [Stage.HELD, Stage.CLOSED]
    assert stages(slip(objects(2, NEXT_DAY), term), DEADLINE) == [Stage.HELD, Stage.HELD]


def test_a_receipt_that_comes_after_its_end_says_nothing_of_it() -> None:
    of = slip(objects(2), reached=3)
    of = replace(of, receipts=(*of.receipts, Receipt(4, Strength.ACKNOWLEDGED, NEXT_DAY)))
    first, second = (each.result for each in states(of, DEADLINE))
    assert second is not None
    assert second.positions[4] is Position.NOT_RECEIVED
    assert first is not None
    assert first.positions[4] is Position.DEEMED_APPROVE
