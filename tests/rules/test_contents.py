"""Several contents on one slip: each has its own answers and result, the slip its moments (papers of the committee)."""

from __future__ import annotations

import gc
import weakref
from dataclasses import replace
from datetime import datetime, timedelta

from bot.consultations.rules.consultation import (
    Act,
    ActKind,
    Choice,
    Consultation,
    Content,
    Outage,
    Position,
    Reply,
)
from bot.consultations.rules.due import closes_at, due_moment, received_late
from bot.consultations.rules.outcome import HeldBy, Stage, state, states
from bot.consultations.rules.rights import (
    HEAD,
    may_be_reminded,
    may_decide_outage,
    may_have_more_time,
    still_to_answer,
)
from bot.consultations.rules.tally import positions
from bot.regulations.rules.regulation import Matter, Outcome
from bot.values.refusal import Refusal
from tests.rules.committee import ANSWERED, DEADLINE, committee, moment
from tests.rules.rules_by_hand import HAI_DUONG, QUANG_NGAI

AN_HOUR = timedelta(hours=1)
CONTENTS = (Content("Một", Matter.GENERAL), Content("Hai", Matter.GENERAL))


def slip(*replies: Reply, size: int = 3) -> Consultation:
    """A slip with two contents that has reached everybody, with these answers."""
    asked = committee(QUANG_NGAI, size).received(*range(1, size + 1)).adding(replies=replies)
    return replace(asked.consultation, contents=CONTENTS)


def given(person: int, content: int, choice: Choice = Choice.APPROVE) -> Reply:
    return Reply(person, choice, ANSWERED, content=content)


def test_a_slip_with_one_content_that_was_judged_is_not_left_to_the_collector_of_garbage() -> None:
    asked = committee(QUANG_NGAI, 3).consultation
    running = replace(asked)
    left = weakref.ref(running)
    gc.disable()
    try:
        assert running.each == (running,)
        assert state(running, DEADLINE + AN_HOUR).result is not None
        del running
        assert left() is None
    finally:
        gc.enable()


def test_what_is_left_blank_beside_an_answer_is_silent_never_deemed() -> None:
    of = slip(given(1, 1))
    assert positions(of.of(1), DEADLINE) == {
        1: Position.APPROVE,
        2: Position.DEEMED_APPROVE,
        3: Position.DEEMED_APPROVE,
    }
    assert positions(of.of(2), DEADLINE)[1] is Position.SILENT
    assert positions(of.of(2), DEADLINE)[2] is Position.DEEMED_APPROVE


def test_who_left_a_content_blank_is_still_awaited() -> None:
    """Silence on the whole slip may be consent; a blank beside an answer never is, so that is asked for once more."""
    of = slip(given(1, 1), given(2, 1), given(2, 2))
    assert [person for person in (1, 2, 3) if of.awaits(person)] == [1, 3]
    assert [content.place for content in of.blank_for(1)] == [2]
    assert still_to_answer(of, ANSWERED) == [1, 3]
    assert may_be_reminded(of, 1, ANSWERED) is None
    answered = may_be_reminded(of, 2, ANSWERED)
    assert answered is not None
    assert answered.kind == "remind_answered"
    aside = Act(ActKind.RECUSE_CONTENT, ANSWERED, by=1, of=1, reason="Liên quan", content=2)
    assert not replace(of, acts=(*of.acts, aside)).awaits(1)


def test_each_content_has_its_own_result() -> None:
    against = [given(person, 2, Choice.REJECT) for person in (1, 2, 3)]
    first, second = states(
        slip(*(given(person, 1) for person in (1, 2, 3)), *against), DEADLINE + AN_HOUR
    )
    assert first.result is not None
    assert second.result is not None
    assert first.result.outcome is Outcome.ADOPTED
    assert first.result.tally[Position.APPROVE] == 3
    assert second.result.tally[Position.REJECT] == 3
    assert second.result.outcome is not Outcome.ADOPTED
    assert first.result.closed_at == second.result.closed_at == DEADLINE


def test_a_slip_is_held_as_a_whole_where_one_content_is() -> None:
    unclear = Reply(3, Choice.REJECT, DEADLINE - AN_HOUR, latest=DEADLINE + AN_HOUR, content=2)
    of = slip(
        *(given(person, 1) for person in (1, 2, 3)),
        given(1, 2),
        given(2, 2, Choice.REJECT),
        replace(unclear, choice=Choice.APPROVE),
    )
    now = DEADLINE + 2 * AN_HOUR
    assert [each.stage for each in states(of, now)] == [Stage.HELD, Stage.HELD]
    held = state(of.of(1), now).result
    assert held is not None
    assert held.held_by is HeldBy.UNDATABLE


def test_where_undated_answers_decide_one_content_the_head_decides_about_them() -> None:
    of = slip(*(given(n, 2) for n in (1, 2, 3)), given(1, 1), given(2, 1, Choice.DIFFER))
    gap = DEADLINE - timedelta(hours=1), DEADLINE + timedelta(hours=1)
    undated = Reply(3, Choice.APPROVE, gap[0], content=1, latest=gap[1])
    away = replace(of, replies=(*of.replies, undated), outages=(Outage(*gap),))
    assert may_decide_outage(away, HEAD, gap[1]) is None
    assert may_decide_outage(of, HEAD, DEADLINE) == Refusal("nothing_undatable", "8.2.1")


def test_an_answer_that_is_left_out_leaves_its_member_as_if_nothing_was_answered() -> None:
    late = Reply(3, Choice.APPROVE, DEADLINE - AN_HOUR, latest=DEADLINE + AN_HOUR, content=1)
    left_out = Act(ActKind.LEAVE_OUT_UNDATABLE, DEADLINE + 2 * AN_HOUR, by=1)
    of = replace(slip(given(1, 1), given(1, 2), given(2, 1), given(2, 2), late), acts=(left_out,))
    assert positions(of.of(1), DEADLINE)[3] is Position.DEEMED_APPROVE
    assert positions(of.of(2), DEADLINE)[3] is Position.DEEMED_APPROVE


# --- reached late: the receipt is the slip's, what is answered is each content's -----------------------------------

RECEIVED = moment("2026-03-11 16:00")
"""An hour before the deadline, a Wednesday."""
NEXT_DAY = moment("2026-03-12 17:00")


def late_slip(*facts: Reply | Act, received: datetime = RECEIVED) -> Consultation:
    """A slip with two contents that reached the first of three late."""
    asked = committee(QUANG_NGAI, 3).received(2, 3).received(1, at=received)
    told = asked.adding(
        replies=[each for each in facts if isinstance(each, Reply)],
        acts=[each for each in facts if isinstance(each, Act)],
    )
    return replace(told.consultation, contents=CONTENTS)


def at(reply: Reply, when: str) -> Reply:
    return replace(reply, at=moment(f"2026-03-{when}"))


def out_of(content: int, when: str) -> Act:
    said = moment(f"2026-03-{when}")
    return Act(ActKind.RECUSE_CONTENT, said, by=1, of=1, reason="Liên quan", content=content)


def test_who_answered_one_content_keeps_the_least_notice_for_the_other() -> None:
    of = late_slip(at(given(1, 1), "11 16:30"))
    assert [due_moment(each, 1) for each in (of, *of.each)] == [NEXT_DAY] * 3
    assert received_late(of, 1) == RECEIVED
    assert closes_at(of) == NEXT_DAY
    assert state(of, DEADLINE + AN_HOUR).stage is Stage.OPEN
    assert still_to_answer(of, DEADLINE + AN_HOUR) == [1]


def test_who_answered_all_of_it_by_the_deadline_has_no_moment_of_their_own() -> None:
    of = late_slip(at(given(1, 1), "11 16:30"), at(given(1, 2), "11 16:40"))
    assert [due_moment(each, 1) for each in (of, *of.each)] == [DEADLINE] * 3
    assert closes_at(of) == DEADLINE


def test_the_last_content_answered_within_the_least_notice_is_in_time() -> None:
    of = late_slip(at(given(1, 1), "11 16:30"), at(given(1, 2), "12 09:00"))
    assert due_moment(of, 1) == NEXT_DAY
    second = state(of.of(2), NEXT_DAY + AN_HOUR).result
    assert second is not None
    assert second.positions[1] is Position.APPROVE


def test_who_takes_no_part_in_what_was_answered_keeps_the_least_notice_for_the_rest() -> None:
    of = late_slip(at(given(1, 2), "11 16:30"), out_of(2, "11 16:35"))
    assert due_moment(of, 1) == NEXT_DAY
    # And who takes no part in what is left has answered all.
    aside = late_slip(at(given(1, 1), "11 16:30"), out_of(2, "11 16:35"))
    assert due_moment(aside, 1) == DEADLINE


def test_the_answer_that_proves_a_late_receipt_ends_no_time_for_the_rest() -> None:
    proved = moment("2026-03-12 09:00")
    asked = committee(QUANG_NGAI, 3).received(2, 3).adding(replies=[at(given(1, 1), "12 09:00")])
    of = replace(asked.consultation, contents=CONTENTS)
    assert due_moment(of, 1) == moment("2026-03-13 17:00")
    assert received_late(of, 1) == proved
    alone = replace(of, acts=(out_of(2, "12 08:59"),))
    assert due_moment(alone, 1) == DEADLINE


def test_time_is_asked_for_what_is_left_blank_until_all_is_answered() -> None:
    agencies = committee(HAI_DUONG, 3).received(1, 2, 3)
    of = replace(agencies.adding(replies=[given(1, 1)]).consultation, contents=CONTENTS)
    assert may_have_more_time(of, 1, ANSWERED) is None
    whole = replace(of, replies=(*of.replies, given(1, 2)))
    refusal = may_have_more_time(whole, 1, ANSWERED)
    assert refusal is not None
    assert (refusal.kind, refusal.article) == ("replied_already", "3.1")
    until = DEADLINE + 24 * AN_HOUR
    asked = replace(of, acts=(Act(ActKind.MORE_TIME, ANSWERED, by=1, of=1, until=until),))
    assert [positions(each, DEADLINE)[1] for each in asked.each] == [
        Position.APPROVE,
        Position.WAITING,
    ]
