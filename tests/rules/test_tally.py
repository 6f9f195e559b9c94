"""Positions and their counts, for committees drawn at random: what must hold of every one of them."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.consultations.rules.consultation import (
    DIFFERING,
    Act,
    ActKind,
    Choice,
    Consultation,
    Dated,
    InvalidSlip,
    Outage,
    Position,
    Receipt,
    Reply,
)
from bot.consultations.rules.due import closes_at, due_moment
from bot.consultations.rules.outcome import Stage, hold_reason, state
from bot.consultations.rules.tally import positions, tally
from bot.regulations.rules.regulation import Body, Row, SilencePolicy, Strength
from tests.rules.committee import (
    A_MOMENT,
    ANSWERED,
    DEADLINE,
    OPENED,
    Committee,
    committee,
)
from tests.rules.rules_by_hand import BY_HAND, HAI_DUONG, QUANG_NGAI

MOST = 15
MOMENTS = st.integers(0, 60 * 24 * 20).map(lambda minutes: OPENED + timedelta(minutes=minutes))
LAST = OPENED + timedelta(days=20)


@st.composite
def facts(draw: st.DrawFn, *, struck: bool = True) -> Committee:
    """A committee with any receipts, replies, wishes for time, strikes, extensions and outages."""
    of: Body = draw(st.sampled_from(list(BY_HAND.values())))
    size = draw(st.integers(1, MOST))
    people = st.integers(1, size)
    receipts = draw(st.lists(st.builds(Receipt, people, st.sampled_from(Strength), MOMENTS)))
    replies = draw(
        st.lists(
            st.builds(Reply, people, st.sampled_from(Choice), MOMENTS, on_paper=st.booleans()),
            max_size=20,
        )
    )
    slips = draw(st.lists(st.builds(InvalidSlip, people, st.just("Không ký"), MOMENTS), max_size=4))
    acts = [Act(ActKind.STRIKE, at, of=who) for at, who in _strikes(draw, size)] if struck else []
    extended = draw(st.lists(st.tuples(MOMENTS, MOMENTS), max_size=2))
    acts += [Act(ActKind.EXTEND, at, until=until) for at, until in extended]
    away = draw(st.lists(st.tuples(MOMENTS, st.integers(1, 60)), max_size=2))
    if of.written.more_time:
        asked = draw(st.lists(st.tuples(MOMENTS, people, MOMENTS), max_size=4))
        acts += [Act(ActKind.MORE_TIME, at, of=who, until=until) for at, who, until in asked]
    return Committee(
        replace(
            committee(of, size).consultation,
            receipts=tuple(sorted(receipts, key=lambda fact: fact.at)),
            replies=tuple(sorted(replies, key=lambda fact: fact.at)),
            acts=tuple(sorted(acts, key=lambda fact: fact.at)),
            invalid=tuple(sorted(slips, key=lambda fact: fact.at)),
            outages=tuple(Outage(at, at + timedelta(hours=hours)) for at, hours in away),
        )
    )


def _strikes(draw: st.DrawFn, size: int) -> list[tuple[datetime, int]]:
    """All may be struck off but the first, who is never the last one."""
    if size == 1:
        return []
    return draw(st.lists(st.tuples(MOMENTS, st.integers(2, size)), max_size=3))


@given(facts(), MOMENTS)
def test_the_positions_add_up_to_the_standing_roll_with_those_struck_off_beside_it(
    drawn: Committee, now: datetime
) -> None:
    consultation = drawn.consultation
    found = positions(consultation, now)
    assert set(found) == {seat.person for seat in consultation.roll}
    counts = tally(found).counts
    struck = counts.get(Position.STRUCK, 0)
    assert sum(counts.values()) - struck == len(consultation.standing)


@given(facts(), st.integers(1, MOST), MOMENTS)
def test_an_invalid_slip_moves_nobody_who_answered_and_makes_of_nobody_else_an_opinion(
    drawn: Committee, person: int, now: datetime
) -> None:
    whose = min(person, len(drawn.consultation.roll))
    known = Committee(drawn.consultation.until(now))
    before = positions(known.consultation, now)
    after = positions(known.invalid(whose, at=now).consultation, now)
    answered = {Position.STRUCK, *(Position(each.value) for each in Choice)}
    expected = before[whose] if before[whose] in answered else Position.INVALID
    assert after == before | {whose: expected}


@given(facts(), MOMENTS)
def test_a_struck_opinion_stays(drawn: Committee, now: datetime) -> None:
    result = drawn.state(now).result
    if result is None or result.row is None or result.closed_at is None:
        return
    known = drawn.consultation.until(result.closed_at)
    differed = {p for p, reply in known.last_replies.items() if reply.choice in DIFFERING}
    if any(result.positions[person] is Position.STRUCK for person in differed):
        assert result.row in (Row.ENOUGH_WITH_DIFFERING, Row.FAILED_WITH_DIFFERING)


@given(facts(), MOMENTS)
def test_a_result_names_the_roll_it_counted_and_the_one_at_the_opening(
    drawn: Committee, now: datetime
) -> None:
    result = drawn.state(now).result
    if result is not None:
        everybody = sum(result.tally.counts.values())
        assert everybody == len(result.positions) == result.roll_at_opening
        assert result.roll == everybody - result.tally[Position.STRUCK]
        assert result.roll_at_opening == len(drawn.consultation.roll)


@given(facts(), MOMENTS)
def test_nobody_is_deemed_to_agree_whom_the_text_did_not_reach(
    drawn: Committee, now: datetime
) -> None:
    consultation = drawn.consultation
    deemed = {
        person
        for person, position in positions(consultation, now).items()
        if position is Position.DEEMED_APPROVE
    }
    assert deemed <= set(consultation.received_at)
    assert not deemed & set(consultation.last_replies)


@given(facts(), MOMENTS)
def test_nobody_who_pressed_is_ever_deemed_or_silent(drawn: Committee, now: datetime) -> None:
    known = drawn.consultation.until(now)
    found = positions(known, now)
    for person, reply in known.last_replies.items():
        if known.has(person):
            assert found[person].value == reply.choice.value


@given(facts(), MOMENTS)
def test_silence_never_consents_where_it_is_not_counted(drawn: Committee, now: datetime) -> None:
    counted = tally(positions(drawn.consultation, now))
    if drawn.consultation.rules.silence.policy is SilencePolicy.NOT_COUNTED:
        assert counted[Position.DEEMED_APPROVE] == 0


@given(facts(), MOMENTS)
def test_nobody_is_deemed_to_agree_before_the_own_due_moment(
    drawn: Committee, now: datetime
) -> None:
    consultation = drawn.consultation
    for person, position in positions(consultation, now).items():
        if position is Position.DEEMED_APPROVE:
            assert now >= due_moment(consultation, person)


@given(facts(), MOMENTS, st.randoms(use_true_random=False))
def test_the_order_of_replies_of_different_members_never_matters(
    drawn: Committee, now: datetime, chance: random.Random
) -> None:
    consultation = drawn.consultation
    people = sorted({reply.person for reply in consultation.replies})
    chance.shuffle(people)
    shuffled = tuple(
        reply for person in people for reply in consultation.replies if reply.person == person
    )
    receipts = list(consultation.receipts)
    chance.shuffle(receipts)
    other = replace(consultation, replies=shuffled, receipts=tuple(receipts))
    assert state(other, now) == state(consultation, now)


@given(facts(), MOMENTS)
def test_the_same_facts_give_the_same_result_and_the_same_articles(
    drawn: Committee, now: datetime
) -> None:
    again = replace(drawn.consultation)
    assert state(again, now) == drawn.state(now)


@given(facts(), st.sampled_from(Choice))
def test_a_later_reply_of_the_same_member_replaces_the_earlier(
    drawn: Committee, choice: Choice
) -> None:
    latest = max([OPENED, *(reply.at for reply in drawn.consultation.replies)])
    again = drawn.answers(1, choice=choice, at=latest)
    assert again.position(1, latest) is Position(choice.value)
    others = [seat.person for seat in again.consultation.standing if seat.person != 1]
    for person in others:
        assert again.position(person, latest) == drawn.position(person, latest)


@given(facts(), MOMENTS)
def test_nothing_closes_before_the_stated_deadline(drawn: Committee, now: datetime) -> None:
    result = drawn.state(now).result
    if result is not None and result.closed_at is not None:
        assert now >= result.closed_at
        assert result.closed_at >= drawn.consultation.deadline_at(result.closed_at)
    if now < drawn.consultation.deadline:
        assert drawn.state(now).stage is Stage.OPEN


@settings(max_examples=300)
@given(facts())
def test_a_matter_closes_at_the_first_moment_when_all_are_due_and_nothing_holds_it(
    drawn: Committee,
) -> None:
    now = LAST + timedelta(days=400)
    closed_at = _fact_by_fact(drawn.consultation)
    found = drawn.state(now)
    assert found.stage is (Stage.HELD if closed_at is None else Stage.CLOSED)
    assert found.result is not None
    assert found.result.closed_at == closed_at


def _fact_by_fact(consultation: Consultation) -> datetime | None:
    """The same walk without any short cut: every fact is a moment to look at, and every due moment."""
    facts: tuple[Dated, ...] = (
        *consultation.receipts,
        *consultation.replies,
        *consultation.acts,
        *consultation.invalid,
    )
    ahead = {consultation.deadline, *(fact.at for fact in facts)}
    while ahead:
        moment = min(ahead)
        ahead.remove(moment)
        known = consultation.until(moment)
        due = closes_at(known)
        if due > moment:
            ahead.add(due)
        elif hold_reason(known, moment) is None:
            return moment
    return None


@given(facts(), MOMENTS)
def test_an_extension_never_brings_a_due_moment_earlier(drawn: Committee, until: datetime) -> None:
    before = drawn.consultation
    known: tuple[Dated, ...] = (*before.receipts, *before.replies, *before.acts, *before.invalid)
    now = max([OPENED, *(fact.at for fact in known)]) + A_MOMENT
    after = drawn.extended(until, at=now).consultation
    for seat in before.standing:
        assert due_moment(after, seat.person) >= due_moment(before, seat.person)
    assert closes_at(after) >= closes_at(before)


@given(facts(struck=False), MOMENTS)
def test_what_has_closed_is_not_changed_by_a_later_fact(drawn: Committee, now: datetime) -> None:
    was = drawn.state(now)
    if was.stage is not Stage.CLOSED or was.result is None or was.result.closed_at is None:
        return
    later = was.result.closed_at + timedelta(minutes=1)
    meddled = (
        drawn.answers(1, choice=Choice.REJECT, at=later)
        .received(*range(1, was.result.roll + 1), at=later)
        .struck(1, at=later)
        .extended(later + timedelta(days=30), at=later)
    )
    assert meddled.state(now) == was


@given(facts(), MOMENTS)
def test_known_until_a_moment_is_what_had_come_by_then(drawn: Committee, now: datetime) -> None:
    consultation = drawn.consultation
    known = consultation.until(now)
    for name in ("receipts", "replies", "acts", "invalid"):
        every = getattr(consultation, name)
        assert getattr(known, name) == tuple(fact for fact in every if fact.at <= now)
    assert (known is consultation) == (known == consultation)


@given(facts(struck=False), MOMENTS)
def test_the_recorded_close_tells_the_same_result(drawn: Committee, now: datetime) -> None:
    was = drawn.state(now)
    if was.stage is Stage.CLOSED and was.result is not None and was.result.closed_at is not None:
        assert drawn.ended(ActKind.CLOSE, was.result.closed_at).state(now) == was


@given(facts(), MOMENTS)
def test_the_due_moment_of_the_whole_is_the_latest_of_its_members(
    drawn: Committee, now: datetime
) -> None:
    consultation = drawn.consultation
    moments = [due_moment(consultation, seat.person) for seat in consultation.standing]
    assert closes_at(consultation) == max(moments)


def test_deemed_agreement_is_counted_apart_from_agreement() -> None:
    counted = (
        committee(QUANG_NGAI, 3).received(1, 2, 3).answers(1, choice=Choice.APPROVE).result().tally
    )
    assert counted[Position.APPROVE] == 1
    assert counted[Position.DEEMED_APPROVE] == 2
    assert counted[Position.REJECT] == 0
    assert (counted.agreeing, counted.differing) == (3, 0)


def test_a_reply_counts_even_where_no_receipt_was_proven() -> None:
    asked = committee(HAI_DUONG, 1).answers(1, choice=Choice.APPROVE, at=ANSWERED)
    assert asked.position(1, DEADLINE) is Position.APPROVE
