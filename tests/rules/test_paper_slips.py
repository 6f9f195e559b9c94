"""Abstaining, and paper slips that are no answer: what they do to positions, counts, holds and outcomes."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from bot.consultations.rules.consultation import (
    Choice,
    Consultation,
    FirstRound,
    Position,
    choices,
)
from bot.consultations.rules.outcome import HeldBy, Stage
from bot.consultations.rules.rights import (
    may_add_page,
    may_be_reminded,
    may_choose,
    may_close_by_hand,
    may_record_reply,
    may_reply,
    still_to_answer,
)
from bot.consultations.rules.tally import Slips, slips, stands_invalid
from bot.people.rules.acting import Standing
from bot.regulations.rules.regulation import Body, Outcome, SilencePolicy
from bot.values.files import ending_of_scan
from bot.values.refusal import NO_RIGHT
from tests.rules.committee import (
    A_MOMENT,
    ANSWERED,
    DEADLINE,
    SENT,
    Committee,
    committee,
    moment,
)
from tests.rules.rules_by_hand import BAC_KAN, BY_HAND, QUANG_NGAI

CLERK = Standing(80, clerk=True)
HEAD = Standing(1, head=True)
LATER = moment("2026-03-04 09:00")
DARK = moment("2026-03-05 08:00"), moment("2026-03-06 10:00")


def abstaining(of: Committee) -> Committee:
    """The same committee under a rule book by whose article 6.6 a slip has the box."""
    facts: Consultation = of.consultation
    written = replace(facts.body.written, abstain="6.6")
    return Committee(replace(facts, body=replace(facts.body, written=written)))


def reached(size: int) -> Committee:
    return committee(QUANG_NGAI, size).received(*range(1, size + 1), at=SENT)


# --- abstaining ------------------------------------------------------------------------------


@pytest.mark.parametrize("of", BY_HAND.values())
def test_no_slip_has_the_box_unless_its_rule_book_says_so(of: Body) -> None:
    plain = committee(of, 5)

    assert Choice.ABSTAIN not in choices(plain.consultation.rules)
    refusal = may_choose(plain.consultation, Choice.ABSTAIN)
    assert refusal is not None
    assert (refusal.kind, refusal.article) == ("no_abstain", plain.consultation.rules.article)
    assert may_choose(abstaining(plain).consultation, Choice.ABSTAIN) is None


def test_whoever_abstains_is_never_deemed_to_agree_and_adds_to_nobody() -> None:
    # Two thirds of 6 are 4: three agree, two abstain, and the one who is silent is deemed to agree.
    divided = (
        abstaining(reached(6))
        .answers(1, 2, 3, choice=Choice.APPROVE)
        .answers(4, 5, choice=Choice.ABSTAIN)
    )
    result = divided.result()

    assert [result.positions[n] for n in range(1, 7)] == [
        *[Position.APPROVE] * 3,
        *[Position.ABSTAIN] * 2,
        Position.DEEMED_APPROVE,
    ]
    assert (result.required, result.tally.agreeing, result.tally.differing) == (4, 4, 0)
    assert result.outcome is Outcome.ADOPTED
    assert "6.6" in result.articles
    assert slips(divided.consultation) == Slips(valid=5, invalid=0)

    one_more = divided.answers(6, choice=Choice.ABSTAIN).result()
    assert (one_more.required, one_more.tally.agreeing) == (4, 3)
    assert one_more.outcome is not Outcome.ADOPTED


@pytest.mark.parametrize(
    ("approve", "abstain", "adopted"), [(4, 3, True), (3, 4, False), (7, 0, True), (0, 7, False)]
)
def test_the_base_stays_the_whole_roll(approve: int, abstain: int, adopted: bool) -> None:
    # More than half of 7 are 4, however many abstain.
    of = abstaining(committee(BAC_KAN, 7).received(*range(1, 8)))
    of = of.answers(*range(1, approve + 1), choice=Choice.APPROVE)
    of = of.answers(*range(approve + 1, approve + abstain + 1), choice=Choice.ABSTAIN)
    result = of.result()

    assert result.required == 4
    assert (result.outcome is Outcome.ADOPTED) is adopted


# --- invalid slips ---------------------------------------------------------------------------


def test_an_invalid_slip_is_counted_apart_and_never_deemed_consent() -> None:
    assert QUANG_NGAI.written.silence.policy is SilencePolicy.CONSENT
    result = reached(6).answers(1, 2, choice=Choice.APPROVE).invalid(3, 4).result()

    assert [result.positions[n] for n in range(1, 7)] == [
        *[Position.APPROVE] * 2,
        *[Position.INVALID] * 2,
        *[Position.DEEMED_APPROVE] * 2,
    ]
    assert (result.tally[Position.INVALID], result.tally.agreeing, result.tally.differing) == (
        2,
        4,
        0,
    )


def test_an_invalid_slip_and_nothing_else_stands_as_one_and_has_come_back_as_one() -> None:
    of = reached(6).answers(1, 2, choice=Choice.APPROVE).invalid(3).consultation

    assert [n for n in range(1, 7) if stands_invalid(of, n)] == [3]
    assert (slips(of), slips(of).returned) == (Slips(valid=2, invalid=1), 3)


@pytest.mark.parametrize("answered_at", [ANSWERED - A_MOMENT, ANSWERED + A_MOMENT])
def test_a_valid_answer_before_or_after_it_stands(answered_at: datetime) -> None:
    of = reached(6).invalid(3, at=ANSWERED)
    of = of.answers(3, choice=Choice.REJECT, at=answered_at)

    assert of.position(3) is Position.REJECT
    assert not stands_invalid(of.consultation, 3)


def test_the_last_reason_stands_and_nothing_after_the_close_counts() -> None:
    of = reached(6).invalid(3, reason="Không đánh dấu").invalid(3, at=LATER, reason="Không ký")

    assert of.consultation.invalid_slips[3].reason == "Không ký"
    late = reached(6).invalid(3, at=DEADLINE + A_MOMENT)
    closed = late.state(DEADLINE + 2 * A_MOMENT)
    assert closed.stage is Stage.CLOSED
    assert closed.result is not None
    assert closed.result.positions[3] is Position.DEEMED_APPROVE


def test_an_invalid_slip_proves_that_the_text_came_and_starts_no_clock() -> None:
    of = committee(QUANG_NGAI, 6).invalid(3)

    assert of.consultation.received_at == {3: ANSWERED}
    assert of.consultation.clock_from == {}
    assert of.consultation.returned == {3: ANSWERED}


def test_whoever_gave_one_may_still_answer_is_reminded_and_is_waited_for() -> None:
    of = reached(3).answers(1, 2, choice=Choice.APPROVE).invalid(3).consultation

    assert may_reply(of, 3, LATER) is None
    assert may_be_reminded(of, 3, LATER) is None
    assert still_to_answer(of, LATER) == [3]
    refusal = may_close_by_hand(of, HEAD, LATER)
    assert refusal is not None
    assert refusal.kind == "still_to_answer"
    assert may_record_reply(of, CLERK, 3, LATER) is None


def test_an_outage_holds_nothing_where_only_invalid_slips_are_without_an_answer() -> None:
    answered = reached(6).answers(1, 2, 3, 4, choice=Choice.APPROVE).down(*DARK)

    assert answered.result().held_by is HeldBy.OUTAGE
    assert answered.invalid(5, 6).state(DEADLINE).stage is Stage.CLOSED


def test_a_hold_by_an_outage_ends_when_the_last_silent_slip_comes_back_invalid() -> None:
    held = reached(6).answers(1, 2, 3, 4, choice=Choice.APPROVE).invalid(5).down(*DARK)
    entered = DEADLINE + 10 * A_MOMENT

    assert held.state(entered).stage is Stage.HELD
    ended = held.invalid(6, at=entered).state(entered)
    assert ended.stage is Stage.CLOSED
    assert ended.result is not None
    assert ended.result.positions[6] is Position.INVALID
    assert ended.result.closed_at == entered


def test_whom_the_text_never_reached_may_not_decide_once_the_slip_came_back_invalid() -> None:
    # More than half of 5 are 3: two agree, and the one whom the text never reached could be the third.
    of = committee(BAC_KAN, 5).received(1, 2, 3, 4).answers(1, 2, choice=Choice.APPROVE)

    assert of.result().held_by is HeldBy.NOT_RECEIVED
    settled = of.invalid(5).result()
    assert settled.held_by is None
    assert settled.positions[5] is Position.INVALID


def test_in_a_second_round_the_first_answer_stands_beside_an_invalid_slip() -> None:
    first = FirstRound(
        of="consultation:1",
        number=1,
        ended_at=SENT,
        positions={
            1: Position.REJECT,
            2: Position.DEEMED_APPROVE,
            3: Position.SILENT,
            4: Position.INVALID,
            5: Position.NOT_RECEIVED,
        },
        asked=frozenset({1, 2, 3, 4, 5}),
    )
    again = replace(reached(5).consultation, first=first)
    of = Committee(again).invalid(1, 2, 3, 5)
    result = of.result()

    assert [result.positions[n] for n in range(1, 6)] == [
        Position.REJECT,
        Position.INVALID,  # nobody who hands in a slip is deemed anything
        Position.INVALID,
        Position.INVALID,
        Position.INVALID,
    ]
    assert result.kept == (1, 4)
    assert slips(of.consultation) == Slips(valid=0, invalid=4)


def test_in_a_second_round_an_invalid_slip_beside_a_first_answer_ends_no_hold_by_an_outage() -> (
    None
):
    """It is no answer anew: an own one may have been lost (5.5, 5.19)."""
    stood = dict.fromkeys(range(1, 4), Position.REJECT)
    first = FirstRound("consultation:1", 1, SENT, stood, asked=frozenset(stood))
    again = Committee(replace(reached(3).consultation, first=first)).down(*DARK)
    of = again.answers(1, 2, choice=Choice.APPROVE).invalid(3)

    assert of.result().held_by is HeldBy.OUTAGE
    assert of.answers(3, choice=Choice.APPROVE).result().outcome is Outcome.ADOPTED


# --- photos of signed slips ------------------------------------------------------------------


def test_a_page_is_kept_beside_a_paper_slip_and_of_no_slip_without_a_name() -> None:
    of = (
        reached(4)
        .answers(1, choice=Choice.APPROVE)
        .answers(2, choice=Choice.APPROVE, on_paper=True)
        .invalid(3)
    )
    told = {
        person: refusal.kind if refusal else None
        for person in (1, 2, 3, 4, 5)
        for refusal in [may_add_page(of.consultation, CLERK, person, LATER)]
    }
    assert told == {1: "no_paper_slip", 2: None, 3: None, 4: "no_paper_slip", 5: "not_on_roll"}
    assert may_add_page(of.consultation, Standing(2), 2, LATER) is NO_RIGHT

    written = replace(of.consultation.rules, secret_slips=True)
    unnamed = replace(of.consultation, body=replace(of.consultation.body, written=written))
    refusal = may_add_page(unnamed, CLERK, 2, LATER)
    assert refusal is not None
    assert refusal.kind == "no_photo_of_slips"


@pytest.mark.parametrize(
    ("content", "ending"),
    [
        (b"\xff\xd8\xff\xe0JFIF", ".jpg"),
        (b"\x89PNG\r\n\x1a\n", ".png"),
        (b"%PDF-1.7", ".pdf"),
        (b"II*\0", ".tif"),
        (b"RIFF....WEBPVP8", ".webp"),
        (b"\0\0\0\x18ftypheic", ".heic"),
        (b"MZ", None),
        (b"PK\3\4", None),
        (b"<html>", None),
        (b"", None),
    ],
)
def test_a_scan_is_known_by_its_first_bytes(content: bytes, ending: str | None) -> None:
    assert ending_of_scan(content) == ending
