"""Who takes no part in one content of a slip and answers the others; expected numbers by hand."""

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
    Position,
    Reply,
)
from bot.consultations.rules.due import closes_at
from bot.consultations.rules.outcome import state, states
from bot.consultations.rules.rights import (
    HEAD,
    Rights,
    may_close_by_hand,
    may_record_answer,
    may_recuse,
    may_recuse_from_all,
    may_reply,
    may_reply_to_any,
    may_strike,
    may_take_part,
    may_take_part_in_all,
    refuse_last_asked,
    still_to_answer,
)
from bot.consultations.rules.tally import positions
from bot.regulations.loader import load
from bot.regulations.rules.regulation import Body, Ground, Matter, Outcome
from bot.values.refusal import Refusal
from tests.rules.committee import ANSWERED, DEADLINE, committee, moment

OTHERS = Path(__file__).parents[1] / "regulations" / "others"
OUT, IN = (load(OTHERS / f"{name}.toml").bodies[0] for name in ("uy_ban", "hoi_dong_hoi"))
SAID = moment("2026-03-04 10:00")
LATER = SAID + timedelta(hours=1)
CONTENTS = (Content("Một", Matter.GENERAL), Content("Hai", Matter.GENERAL))


def slip(*facts: Reply | Act, size: int = 5, body: Body = OUT) -> Consultation:
    """A slip with two contents that has reached everybody."""
    begun = committee(body, size, matter=Matter.GENERAL, ground=Ground.CANNOT_MEET)
    told = begun.received(*range(1, size + 1)).adding(
        replies=[each for each in facts if isinstance(each, Reply)],
        acts=[each for each in facts if isinstance(each, Act)],
    )
    return replace(told.consultation, contents=CONTENTS)


def given(person: int, content: int, choice: Choice = Choice.APPROVE) -> Reply:
    return Reply(person, choice, ANSWERED, content=content)


def out_of(person: int, content: int | None, at: datetime = SAID) -> Act:
    kind = ActKind.RECUSE_CONTENT if content else ActKind.RECUSE
    return Act(kind, at, by=person, of=person, reason="…", content=content)


def back_in(person: int, content: int | None, at: datetime = LATER) -> Act:
    kind = ActKind.TAKE_PART_CONTENT if content else ActKind.TAKE_PART
    return Act(kind, at, by=person, of=person, content=content)


def everybody(content: int, *persons: int, choice: Choice = Choice.APPROVE) -> list[Reply]:
    return [given(person, content, choice) for person in persons]


@pytest.mark.parametrize(
    ("body", "rolls"),
    [(OUT, (5, 4)), (IN, (5, 5))],
)
def test_only_the_base_of_that_content_is_the_smaller(body: Body, rolls: tuple[int, int]) -> None:
    of = slip(out_of(5, 2), body=body)
    reached = [state(each, DEADLINE + timedelta(days=9)).result for each in of.each]
    assert tuple(each.roll for each in reached if each) == rolls
    assert [r.positions[5] for r in reached if r] == [Position.SILENT, Position.RECUSED]


def test_a_member_answers_one_and_takes_no_part_in_the_other() -> None:
    # Of five the fifth takes no part in the second: three of five, and two of four, are for it.
    of = slip(
        *everybody(1, 2, 3, 5),
        *everybody(2, 2, 3),
        *everybody(2, 4, choice=Choice.REJECT),
        out_of(5, 2),
    )
    first, second = (each.result for each in states(of, DEADLINE + timedelta(days=9)))
    assert first is not None
    assert (first.outcome, first.required, first.roll) == (Outcome.ADOPTED, 3, 5)
    assert second is not None
    assert (second.outcome, second.required, second.roll) == (Outcome.NOT_ADOPTED, 3, 4)
    assert "4.5" in second.articles
    assert "4.5" not in first.articles


def test_an_answer_given_before_is_none_and_counts_again_when_taken_back() -> None:
    of = slip(given(5, 2, Choice.REJECT), out_of(5, 2))
    assert positions(of.of(2), DEADLINE)[5] is Position.RECUSED
    assert positions(of.of(1), DEADLINE)[5] is Position.SILENT
    back = slip(given(5, 2, Choice.REJECT), out_of(5, 2), back_in(5, 2))
    assert positions(back.of(2), DEADLINE)[5] is Position.REJECT


@pytest.mark.parametrize(
    ("said", "of_first", "of_second"),
    [
        ((out_of(5, None),), True, True),
        ((out_of(5, None), back_in(5, 1)), False, True),
        ((out_of(5, 1), back_in(5, None)), False, False),
        ((out_of(5, 1), out_of(5, 2)), True, True),
        ((out_of(5, 2), back_in(5, 2), out_of(5, 1, LATER + timedelta(hours=1))), True, False),
    ],
)
def test_of_what_was_said_of_the_slip_and_of_a_content_the_last_counts(
    said: tuple[Act, ...], *, of_first: bool, of_second: bool
) -> None:
    of = slip(*said)
    assert [5 in each.recused for each in of.each] == [of_first, of_second]


def test_who_takes_part_in_nothing_is_awaited_no_more_and_who_does_in_one_is() -> None:
    one, both = slip(out_of(5, 1)), slip(out_of(5, 1), out_of(5, 2))
    assert still_to_answer(one, SAID) == [1, 2, 3, 4, 5]
    assert still_to_answer(both, SAID) == [1, 2, 3, 4]
    assert [seat.person for seat in one.on_slip] == [1, 2, 3, 4, 5]
    assert both.recused_from_all == {5}
    assert not one.recused_from_all


def test_the_first_content_alone_does_not_say_when_the_slip_closes() -> None:
    # The fifth has asked for more time, and takes no part in the first content: its time stands for the second.
    longer = DEADLINE + timedelta(days=2)
    asked = Act(ActKind.MORE_TIME, SAID, by=5, of=5, until=longer)
    assert closes_at(slip(asked, out_of(5, 1))) == longer
    assert closes_at(slip(asked, out_of(5, 1), out_of(5, 2))) == DEADLINE


def test_what_may_be_answered_is_the_others_alone() -> None:
    of = slip(out_of(5, 2))
    refusal = may_reply(of.of(2), 5, SAID)
    assert refusal is not None
    assert (refusal.kind, refusal.article) == ("recused", "4.5")
    assert may_reply(of.of(1), 5, SAID) is None
    assert may_reply_to_any(of, 5, SAID) is None
    assert may_recuse(of.of(2), 5, SAID) is not None
    assert may_recuse(of.of(1), 5, SAID) is None
    assert may_recuse_from_all(of, 5, SAID) is None
    assert may_take_part(of.of(2), 5, LATER) is None
    assert may_take_part(of.of(1), 5, LATER) is not None
    assert may_take_part_in_all(of, 5, LATER) is not None
    first_alone = slip(out_of(5, 1))
    assert may_take_part(first_alone.of(1), 5, LATER) is None
    assert may_take_part_in_all(first_alone, 5, LATER) is not None
    none = slip(out_of(5, 1), out_of(5, 2))
    assert may_recuse_from_all(none, 5, SAID) == Refusal("recused", "4.5")
    assert may_reply_to_any(none, 5, SAID) is not None
    assert may_take_part_in_all(none, 5, LATER) is None


def test_of_what_a_member_takes_no_part_in_no_answer_is_entered_from_paper_either() -> None:
    of = slip(out_of(5, 2))
    clerk = Rights(20, clerk=True)
    assert may_record_answer(of.of(1), clerk, 5, SAID) is None
    refusal = may_record_answer(of.of(2), clerk, 5, SAID)
    assert refusal is not None
    assert (refusal.kind, refusal.article) == ("recused", "4.5")
    for person, kind in ((9, "not_on_roll"), (5, "no_right")):
        refusal = may_record_answer(of.of(1), clerk if person == 9 else Rights(5), person, SAID)
        assert refusal is not None
        assert refusal.kind == kind


def test_of_a_slip_with_several_contents_it_is_told_that_somebody_may_answer_one_of_them() -> None:
    refusal = may_close_by_hand(slip(), HEAD, SAID)
    assert refusal is not None
    assert refusal.values == {"count": 5, "several": True}


def test_somebody_is_left_who_is_asked_about_each_content() -> None:
    of = slip(out_of(1, 2), size=2)
    assert refuse_last_asked(of.of(1)) is None
    refusal = refuse_last_asked(of.of(2))
    assert refusal is not None
    assert refusal.kind == "recuse_last"


def test_nobody_is_struck_who_alone_stands_for_a_content() -> None:
    of = slip(out_of(1, 2), size=2)  # of the second content the other one alone is left
    assert may_strike(of, HEAD, 1, SAID) is None
    refusal = may_strike(of, HEAD, 2, SAID)
    assert refusal is not None
    assert refusal.kind == "last_on_roll"
