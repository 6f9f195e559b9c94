"""A divided matter asked again: who does not answer stands where it stood, and silence agrees to nothing (5.19)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import product

import pytest

from bot.consultations.rules.consultation import (
    Act,
    ActKind,
    Choice,
    Consultation,
    FirstRound,
    Outage,
    Position,
    Receipt,
    Reply,
    Seat,
)
from bot.consultations.rules.dossier import SecondRound
from bot.consultations.rules.outcome import HeldBy, Result, Stage, state
from bot.consultations.rules.rights import Rights, may_reply
from bot.consultations.rules.second_round import Divided, may_ask_again, may_let_go
from bot.consultations.rules.tally import silence_means_consent, standing_answers
from bot.regulations.rules.regulation import (
    Asks,
    Body,
    Ground,
    Matter,
    Next,
    Outcome,
    Recusal,
    Ruling,
    SecondRoundRule,
    Strength,
)
from bot.values.moments import VIET_NAM
from bot.values.refusal import Refusal
from bot.values.working_days import WorkingCalendar
from tests.rules.rules_by_hand import HAI_DUONG, HUYEN_THUONG_TRUC, QUANG_NGAI

DAYS = WorkingCalendar(frozenset(), frozenset(), "by hand")
OPENED = datetime(2026, 3, 12, 8, tzinfo=VIET_NAM)
DEADLINE = datetime(2026, 3, 16, 17, tzinfo=VIET_NAM)
FIRST_ENDED = datetime(2026, 3, 11, 17, tzinfo=VIET_NAM)
LONG_AFTER = datetime(2026, 5, 4, 8, tzinfo=VIET_NAM)
A, B, C = 1, 2, 3
HD_AGAIN = SecondRoundRule(
    Asks.DIFFERING, "2.2", Ruling(Outcome.TO_SUPERIOR, Next.UPWARD_REPORT, "2.2")
)
HU_AGAIN = SecondRoundRule(
    Asks.ALL,
    "15.2",
    Ruling(Outcome.TO_STANDING_COMMITTEE, Next.STANDING_COMMITTEE, "15.2", body="ban_thuong_vu"),
)


def with_rule(body: Body, rule: SecondRoundRule) -> Body:
    return replace(body, written=replace(body.written, second_round=rule))


HD, HU = with_rule(HAI_DUONG, HD_AGAIN), with_rule(HUYEN_THUONG_TRUC, HU_AGAIN)


def again(
    body: Body,
    before: dict[int, Position],
    asked: set[int],
    answers: dict[int, Choice] | None = None,
    received: set[int] | None = None,
) -> Consultation:
    """A second round: where each stood, who is asked, what they answer, whom the text reached."""
    seats = tuple(Seat(person, f"Sở {person}", "member") for person in before)
    asked_again = Consultation(
        id=2,
        body=body,
        matter=Matter.GENERAL,
        ground=next(iter(body.written.grounds)),
        roll=seats,
        opened_at=OPENED,
        deadline=DEADLINE,
        calendar=DAYS,
        first=FirstRound("consultation:1", 1, FIRST_ENDED, before, frozenset(asked)),
        replies=tuple(
            Reply(person, choice, OPENED + timedelta(hours=1))
            for person, choice in (answers or {}).items()
        ),
    )
    return reached(asked_again, asked if received is None else received)


def reached(consultation: Consultation, whom: set[int]) -> Consultation:

    proofs = tuple(Receipt(person, Strength.ACKNOWLEDGED, OPENED) for person in whom)
    return replace(consultation, receipts=proofs)


def ended(consultation: Consultation) -> Result:
    now = state(consultation, LONG_AFTER)
    assert now.stage is Stage.CLOSED
    assert now.result is not None
    return now.result


@pytest.mark.parametrize("out_of_base", [True, False])
def test_who_takes_no_part_in_a_second_round_stands_no_more_where_it_stood(
    *, out_of_base: bool
) -> None:
    body = replace(HU, written=replace(HU.written, recusal=Recusal("4.5", out_of_base=out_of_base)))
    aside = Act(ActKind.RECUSE, OPENED + timedelta(hours=2), by=B, of=B, reason="…")
    result = ended(replace(again(body, FIRST, {A, B, C}), acts=(aside,)))
    assert (result.positions[B], result.kept) == (Position.RECUSED, (A, C))


def test_a_second_round_that_a_new_term_holds_says_which_round_it_is() -> None:
    term = Act(ActKind.HOLD, OPENED + timedelta(hours=2), reason=HeldBy.TERM.value)
    of = replace(again(HU, FIRST, {A, B, C}), acts=(term,))
    refusal = may_reply(of, A, OPENED + timedelta(hours=3))
    assert refusal == Refusal("over_with_term", values={"at": term.at, "second": True})


FIRST = {A: Position.APPROVE, B: Position.REJECT, C: Position.DEEMED_APPROVE}
"""The example of the rule: A agrees, B rejects, C is deemed to agree."""


def test_who_rejected_and_stays_silent_still_rejects() -> None:
    result = ended(again(HD, FIRST, {B}))

    assert (result.outcome, result.next) == (Outcome.TO_SUPERIOR, Next.UPWARD_REPORT)
    assert result.positions == FIRST
    assert result.kept == (A, B, C)
    assert result.required == 3


def test_who_rejected_and_agrees_now_makes_the_second_round_agreed() -> None:
    result = ended(again(HD, FIRST, {B}, {B: Choice.APPROVE}))

    assert result.outcome is Outcome.AGREED
    assert result.positions == FIRST | {B: Position.APPROVE}
    assert result.kept == (A, C)


def test_who_is_struck_off_before_answering_again_still_differs_as_before() -> None:
    before = {A: Position.APPROVE, B: Position.REJECT, C: Position.APPROVE}
    asked = again(HU, before, {A, B, C}, {A: Choice.APPROVE, C: Choice.APPROVE})
    said = Reply(B, Choice.REJECT, FIRST_ENDED - timedelta(days=1))
    strike = Act(ActKind.STRIKE, OPENED + timedelta(hours=2), of=B, reason="…")
    assert asked.first is not None
    struck = replace(asked, first=replace(asked.first, replies={B: said}), acts=(strike,))

    result = ended(struck)

    assert standing_answers(struck)[B] == said
    assert (result.required, result.tally.agreeing) == (2, 2)
    assert result.outcome is Outcome.TO_STANDING_COMMITTEE  # 15.2: it is divided a second time
    assert result.kept == ()


def test_in_a_first_round_nobody_stands_where_it_stood_before() -> None:
    result = ended(reached(replace(again(HU, FIRST, {B}), first=None), {A, B, C}))

    assert result.kept == ()


def test_silence_means_nothing_in_a_second_round_and_agreement_in_the_first() -> None:
    second = again(HD, FIRST, {B})

    assert not silence_means_consent(second)
    assert silence_means_consent(replace(second, first=None))


def test_only_who_is_asked_may_answer() -> None:
    running = again(HD, FIRST, {B})

    assert may_reply(running, B, OPENED) is None
    assert may_reply(running, A, OPENED) == Refusal("no_right")


def test_a_second_division_goes_where_the_second_row_sends_it() -> None:
    before = {A: Position.APPROVE, B: Position.APPROVE, C: Position.DIFFER}

    divided = ended(again(HU, before, {A, B, C}, {B: Choice.REJECT}))
    agreed = ended(again(HU, before, {A, B, C}, {C: Choice.APPROVE}))

    assert divided.outcome is Outcome.TO_STANDING_COMMITTEE
    assert divided.ruling_article == "15.2"
    assert agreed.outcome is Outcome.ADOPTED


def test_where_nobody_differs_any_more_and_somebody_is_silent_it_is_not_adopted() -> None:
    before = {A: Position.APPROVE, B: Position.SILENT, C: Position.DIFFER}

    assert ended(again(HU, before, {A, B, C}, {C: Choice.APPROVE})).outcome is Outcome.NOT_ADOPTED


def test_whom_the_text_never_reached_holds_it_while_the_answer_could_change_it() -> None:
    """Nothing is decided by absence (5.10): B was not reached, and could still agree."""
    assert state(again(HD, FIRST, {B}, received=set()), LONG_AFTER).stage is Stage.HELD


def with_outage(asked: Consultation) -> Consultation:
    """The bot was away for a day within the time given."""
    a_day_after = OPENED + timedelta(days=1)
    return replace(asked, outages=(Outage(a_day_after, a_day_after + timedelta(hours=24)),))


def test_a_day_without_the_bot_holds_it_while_one_of_those_asked_has_not_answered_anew() -> None:
    """Whoever was asked may have answered into the gap (5.5): nobody is left with the first position by it."""
    of_one = state(with_outage(again(HD, FIRST, {B})), LONG_AFTER)
    of_three = state(with_outage(again(HU, FIRST, {A, B, C}, {A: Choice.APPROVE})), LONG_AFTER)

    for held in (of_one, of_three):
        assert held.stage is Stage.HELD
        assert held.result is not None
        assert held.result.held_by is HeldBy.OUTAGE


def test_a_day_without_the_bot_holds_nothing_where_all_who_were_asked_have_answered_anew() -> None:
    """C is not asked again and was silent before: nothing of it can have been lost."""
    before = {A: Position.APPROVE, B: Position.REJECT, C: Position.SILENT}
    result = ended(with_outage(again(HD, before, {B}, {B: Choice.APPROVE})))

    assert result.outcome is Outcome.NOT_ADOPTED  # 3.1: all of them, and C agreed to nothing


def test_an_opinion_of_who_was_struck_before_still_divides() -> None:
    struck = (("Sở 4", Reply(4, Choice.REJECT, OPENED)),)
    before = {A: Position.APPROVE, B: Position.APPROVE}
    asked = again(HU, before, {A, B}, {A: Choice.APPROVE, B: Choice.APPROVE})
    assert asked.first is not None

    result = ended(replace(asked, first=replace(asked.first, struck=struck)))

    assert result.outcome is Outcome.TO_STANDING_COMMITTEE


@pytest.mark.parametrize("body", [HD, HU], ids=["hai_duong", "thuong_truc"])
def test_in_a_second_round_no_silence_overrules_an_own_no(body: Body) -> None:
    """Every first round of three with a no in it, every answer of those asked: who is silent keeps its no."""
    stood = (Position.APPROVE, Position.REJECT, Position.DIFFER, Position.DEEMED_APPROVE)
    against = (Position.REJECT, Position.DIFFER)
    for places in product(stood, repeat=3):
        before = dict(zip((A, B, C), places, strict=True))
        if not any(place in against for place in places):
            continue
        differing = {person for person, place in before.items() if place in against}
        asked = differing if body is HD else {A, B, C}
        for choices in product((None, *Choice), repeat=len(asked)):
            given = {p: c for p, c in zip(sorted(asked), choices, strict=True) if c is not None}
            result = ended(again(body, before, asked, given))
            for person in before.keys() - given.keys():
                assert result.positions[person] is before[person]
            if differing - given.keys():
                assert result.outcome not in (Outcome.AGREED, Outcome.ADOPTED)


# --- whether it may be ------------------------------------------------------------------------

HEAD, CLERK = Rights(9, head=True), Rights(8, clerk=True)


def matter(body: Body = HU, **changed: object) -> Divided:
    seats = (Seat(A, "Nguyễn Văn An", "secretary"),)
    divided = Divided(
        committee=1,
        body=body,
        rulebook="",
        subject="Chương trình công tác",
        text="Chương trình công tác",
        matter=Matter.GENERAL,
        ground=Ground.CANNOT_MEET,
        prepared_by=8,
        roll=seats,
        named="consultation:1",
        first=FirstRound("consultation:1", 1, FIRST_ENDED, {A: Position.DIFFER}, frozenset({A})),
        divided=True,
    )
    return replace(divided, **changed)  # type: ignore[arg-type]


RUNS = SecondRound(2, 2, OPENED, None)


@pytest.mark.parametrize(
    ("asked", "rights", "kind", "article"),
    [
        (matter(), HEAD, None, None),
        (matter(), CLERK, "no_right", None),
        (matter(QUANG_NGAI), HEAD, "round_unknown", "8.2.1"),
        (matter(ground=None), HEAD, "round_unknown", "15.2"),
        (matter(is_second=True), HEAD, "round_third", "15.2"),
        (matter(divided=False), HEAD, "round_undivided", "15.2"),
        (matter(first=None), HEAD, "round_undivided", "15.2"),
        (matter(unnamed=True), HEAD, "round_unnamed", "15.2"),
        (matter(second=RUNS), HEAD, "round_already", "15.2"),
        (matter(called=True), HEAD, "round_called", "15.2"),
        (matter(settled=True), HEAD, "round_settled", "15.2"),
        (matter(another_roll=True), HEAD, "round_another_roll", "15.2"),
    ],
)
def test_who_may_ask_what_again(
    asked: Divided, rights: Rights, kind: str | None, article: str | None
) -> None:
    refusal = may_ask_again(asked, rights)

    assert (refusal and refusal.kind, refusal and refusal.article) == (kind, article)


@pytest.mark.parametrize(
    ("asked", "kind"),
    [
        (matter(another_roll=True), None),
        (matter(), "round_still_owed"),
        (matter(called=True), "round_called"),
        (matter(another_roll=True, called=True), "round_called"),
        (matter(another_roll=True, settled=True), "round_settled"),
        (matter(another_roll=True, second=RUNS), "round_already"),
    ],
)
def test_what_a_new_term_left_to_others_alone_is_let_go(asked: Divided, kind: str | None) -> None:
    refusal = may_let_go(asked)

    assert (refusal and refusal.kind, refusal and refusal.article) == (kind, kind and "15.2")


def test_nobody_is_left_to_ask_where_all_who_differed_were_struck_off() -> None:
    nobody = FirstRound("consultation:1", 1, FIRST_ENDED, {A: Position.APPROVE}, frozenset())

    refusal = may_ask_again(matter(first=nobody), HEAD)

    assert refusal is not None
    assert refusal.kind == "round_nobody"
