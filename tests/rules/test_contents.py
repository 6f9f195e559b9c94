"""Several contents on one slip: each has its own answers and result, the slip its moments (papers of the committee)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.consultations.rules.consultation import (
    Act,
    ActKind,
    Choice,
    Consultation,
    Content,
    Position,
    Reply,
)
from bot.consultations.rules.outcome import HeldBy, Stage, state, states
from bot.consultations.rules.rights import may_be_reminded, still_to_answer
from bot.consultations.rules.tally import positions
from bot.regulations.rules.regulation import Matter, Outcome
from tests.rules.committee import ANSWERED, DEADLINE, committee
from tests.rules.rules_by_hand import QUANG_NGAI

AN_HOUR = timedelta(hours=1)
CONTENTS = (Content("Một", Matter.GENERAL), Content("Hai", Matter.GENERAL))


def slip(*replies: Reply, size: int = 3) -> Consultation:
    """A slip with two contents that has reached everybody, with these answers."""
    asked = committee(QUANG_NGAI, size).received(*range(1, size + 1)).adding(replies=replies)
    return replace(asked.consultation, contents=CONTENTS)


def given(person: int, content: int, choice: Choice = Choice.APPROVE) -> Reply:
    return Reply(person, choice, ANSWERED, content=content)


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


def test_an_answer_that_is_left_out_leaves_its_member_as_if_nothing_was_answered() -> None:
    late = Reply(3, Choice.APPROVE, DEADLINE - AN_HOUR, latest=DEADLINE + AN_HOUR, content=1)
    left_out = Act(ActKind.LEAVE_OUT_UNDATABLE, DEADLINE + 2 * AN_HOUR, by=1)
    of = replace(slip(given(1, 1), given(1, 2), given(2, 1), given(2, 2), late), acts=(left_out,))
    assert positions(of.of(1), DEADLINE)[3] is Position.DEEMED_APPROVE
    assert positions(of.of(2), DEADLINE)[3] is Position.DEEMED_APPROVE
