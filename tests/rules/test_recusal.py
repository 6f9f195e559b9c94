"""Who takes no part: out of the base or in it, before and after an answer, the head too; expected numbers by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.consultations.rules.consultation import Act, ActKind, Choice, Position, Seat
from bot.consultations.rules.due import closes_at, objection_ends
from bot.consultations.rules.outcome import HeldBy, Stage
from bot.consultations.rules.rights import (
    may_recuse,
    may_recuse_from_all,
    may_reply,
    may_take_part,
    refuse_last_asked,
)
from bot.consultations.rules.tally import slips, struck_differing
from bot.regulations.loader import load
from bot.regulations.rules.regulation import Ground, Matter, Objection, Outcome, Recusal
from bot.values.refusal import Refusal
from tests.rules.committee import DEADLINE, Committee, committee, moment
from tests.rules.rules_by_hand import QUANG_NGAI

OTHERS = Path(__file__).parents[1] / "regulations" / "others"
OUT, IN = (load(OTHERS / f"{name}.toml").bodies[0] for name in ("uy_ban", "hoi_dong_hoi"))
COUNCIL = load(OTHERS / "hoi_dong_im_lang.toml").bodies[0]
SAID = moment("2026-03-04 10:00")


def recuses(of: Committee, *people: int, at: datetime = SAID) -> Committee:
    return of.adding(
        acts=[Act(ActKind.RECUSE, at, by=each, of=each, reason="…") for each in people]
    )


def asked(size: int, approve: tuple[int, ...] = (), reject: tuple[int, ...] = ()) -> Committee:
    """A body whose first member is the head and whose recused are out of the base."""
    begun = committee(OUT, size, matter=Matter.GENERAL, ground=Ground.CANNOT_MEET)
    offices = ("secretary", *("member" for _ in range(size - 1)))
    roll = tuple(Seat(n, f"Ủy viên {n}", office) for n, office in enumerate(offices, 1))
    told = Committee(replace(begun.consultation, roll=roll)).received(*range(1, size + 1))
    told = told.answers(*approve, choice=Choice.APPROVE)
    return told.answers(*reject, choice=Choice.REJECT)


@pytest.mark.parametrize(
    ("recused", "roll", "required", "outcome"),
    [
        ((), 6, 4, Outcome.ADOPTED),  # three of six, the head among them
        ((1,), 5, 3, Outcome.NOT_ADOPTED),  # two of five are left
        ((6,), 5, 3, Outcome.ADOPTED),  # three of five
        ((2,), 5, 3, Outcome.NOT_ADOPTED),  # two of five: no half
        ((2, 6), 4, 3, Outcome.ADOPTED),  # two of four, the head among them
        ((1, 2), 4, 3, Outcome.NOT_ADOPTED),  # one of four
        ((4, 5, 6), 3, 2, Outcome.ADOPTED),
    ],
)
def test_out_of_the_base_the_roll_is_the_smaller(
    recused: tuple[int, ...], roll: int, required: int, outcome: Outcome
) -> None:
    result = recuses(asked(6, approve=(1, 2, 3), reject=(4, 5, 6)), *recused).result(DEADLINE)
    assert (result.roll, result.roll_at_opening) == (roll, 6)
    assert (result.required, result.outcome) == (required, outcome)
    assert result.tally[Position.RECUSED] == len(recused)
    assert ("4.5" in result.articles) is bool(recused)


def test_in_the_base_it_is_no_answer_and_no_agreement() -> None:
    three = committee(IN, 3, matter=Matter.GENERAL).received(1, 2, 3)
    three = three.answers(1, 2, choice=Choice.APPROVE)
    assert recuses(three, 3).result(DEADLINE).outcome is Outcome.ADOPTED
    result = recuses(three, 2).result(DEADLINE)
    assert (result.roll, result.answers, result.outcome) == (3, 1, Outcome.NOT_ADOPTED)


def test_an_opinion_given_before_is_none_any_more() -> None:
    divided = recuses(asked(4, approve=(1, 2, 3), reject=(4,)), 4)
    result = divided.result(DEADLINE)
    assert (result.outcome, result.required) == (Outcome.ADOPTED, 2)
    assert slips(divided.consultation).returned == 3


def test_nor_does_it_differ_when_its_member_is_struck_off_afterwards() -> None:
    gone = recuses(asked(6, approve=(1, 2, 3), reject=(6,)), 6)
    struck = gone.adding(acts=[Act(ActKind.STRIKE, SAID, by=1, of=6)])
    assert struck_differing(struck.consultation) == 0
    before = asked(6, approve=(1, 2, 3), reject=(6,))
    assert (
        struck_differing(before.adding(acts=[Act(ActKind.STRIKE, SAID, by=1, of=6)]).consultation)
        == 1
    )


@pytest.mark.parametrize("minutes", [10, 29, 30])
def test_who_takes_no_part_before_its_objection_ended_the_matter_ends_nothing(minutes: int) -> None:
    objected = council((Choice.REJECT, "10:00"))
    gone = recuses(objected, 5, at=on_the_fourth(f"10:{minutes}"))
    assert closes_at(gone.consultation) == DEADLINE
    assert gone.result(DEADLINE).outcome is Outcome.ADOPTED


@pytest.mark.parametrize("after", ["10:31", "15:00"])
def test_what_an_objection_has_ended_no_recusal_opens_again(after: str) -> None:
    objected = council((Choice.REJECT, "10:00"))
    gone = recuses(objected, 5, at=on_the_fourth(after))
    for of in (objected, gone, again(gone, 5, on_the_fourth("16:00"))):
        result = of.result(DEADLINE)
        assert (result.closed_at, result.outcome) == (on_the_fourth("10:30"), Outcome.TO_MEETING)
        assert result.positions[5] is Position.REJECT
    assert is_closed(may_recuse(objected.consultation, 5, on_the_fourth(after)))


def test_of_what_ends_at_once_nothing_is_taken_back_at_the_same_moment() -> None:
    said = on_the_fourth("10:00")
    objected = council((Choice.REJECT, "10:00"), at_once=True)
    for refusal in (
        may_recuse(objected.consultation, 5, said),
        may_reply(objected.consultation, 5, said),
        may_reply(objected.consultation, 1, said),
    ):
        assert is_closed(refusal)
    assert objection_ends(recuses(objected, 5, at=said).consultation) == said


def is_closed(refusal: Refusal | None) -> bool:
    return refusal is not None and refusal.kind == "closed"


def council(*objecting: tuple[Choice, str], at_once: bool = False) -> Committee:
    """Five of whom one objection ends the matter after 30 minutes, or at once; the fifth answers so then."""
    minutes = 0 if at_once else 30
    written = replace(
        COUNCIL.written,
        recusal=Recusal("4.5", out_of_base=True),
        objection=Objection("5.4", minutes),
    )
    of = replace(COUNCIL, written=written)
    begun = committee(of, 5, matter=Matter.GENERAL).received(1, 2, 3, 4, 5)
    for choice, at in objecting:
        begun = begun.answers(5, choice=choice, at=on_the_fourth(at))
    return begun


def on_the_fourth(time: str) -> datetime:
    return moment(f"2026-03-04 {time}")


@pytest.mark.parametrize(
    ("said", "apart", "ends"),
    [
        # what it stood before the recusal, and all the time of it, count for nothing
        (["reject 10:00"], ["10:10 15:00"], "15:30"),
        (["reject 10:00"], ["10:10 10:20"], "10:50"),
        # of two recusals the last one taken back
        (["reject 10:00"], ["10:10 10:20", "10:25 15:00"], "15:30"),
        # said after it, it runs from where it was said
        (["reject 15:10"], ["10:10 15:00"], "15:40"),
        (["reject 10:00", "differ 15:10"], ["10:10 15:00"], "15:30"),
        # taken back before it, or within half an hour of it
        (["reject 10:00", "approve 10:05"], ["10:10 15:00"], None),
        (["reject 10:00", "approve 15:30"], ["10:10 15:00"], None),
        (["reject 10:00", "approve 15:31"], ["10:10 15:00"], "15:30"),
        (["reject 10:00", "approve 10:05", "reject 15:10"], ["10:10 15:00"], "15:40"),
    ],
)
def test_an_objection_stands_anew_from_when_its_member_takes_part_again(
    said: list[str], apart: list[str], ends: str | None
) -> None:
    of = council(*((Choice(choice), at) for choice, at in map(str.split, said)))
    for start, end in map(str.split, apart):
        of = again(recuses(of, 5, at=on_the_fourth(start)), 5, on_the_fourth(end))
    assert objection_ends(of.consultation) == (on_the_fourth(ends) if ends else None)
    assert closes_at(of.consultation) == (on_the_fourth(ends) if ends else DEADLINE)


def test_what_the_others_answered_meanwhile_does_not_lie_after_the_close() -> None:
    gone = recuses(council((Choice.REJECT, "10:00")), 5, at=on_the_fourth("10:10"))
    meanwhile = gone.answers(1, choice=Choice.APPROVE, at=on_the_fourth("14:00"))
    back = again(meanwhile, 5, on_the_fourth("15:00"))
    assert back.state(on_the_fourth("15:29")).stage is Stage.OPEN
    assert may_reply(back.consultation, 2, on_the_fourth("15:01")) is None
    result = back.result(on_the_fourth("15:30"))
    assert (result.closed_at, result.outcome) == (on_the_fourth("15:30"), Outcome.TO_MEETING)
    assert result.positions[1] is Position.APPROVE


def test_whoever_was_never_reached_holds_nothing_when_taking_no_part() -> None:
    begun = asked(4, approve=(1, 2))
    unreached = Committee(replace(begun.consultation, receipts=begun.consultation.receipts[:3]))
    assert unreached.state(DEADLINE).stage is Stage.CLOSED  # a tie already, with the head
    three = Committee(
        replace(asked(3, approve=(2,)).consultation, receipts=begun.consultation.receipts[:2])
    )
    assert three.state(DEADLINE).stage is Stage.HELD
    assert recuses(three, 3).state(DEADLINE).stage is Stage.CLOSED


def test_who_takes_no_part_answers_no_more_and_says_so_once() -> None:
    now = recuses(asked(3), 2).consultation
    for refusal in (may_reply(now, 2, SAID), may_recuse(now, 2, SAID)):
        assert refusal is not None
        assert (refusal.kind, refusal.article) == ("recused", "4.5")
    assert may_reply(now, 1, SAID) is None
    assert may_recuse(now, 1, SAID) is None


def test_where_the_text_has_no_recusal_it_is_refused() -> None:
    without = committee(QUANG_NGAI, 3).consultation
    for refusal in (may_recuse(without, 1, SAID), may_recuse_from_all(without, 1, SAID)):
        assert refusal is not None
        assert refusal.kind == "no_recusal"
    assert refuse_last_asked(committee(QUANG_NGAI, 1).consultation) is None


def test_one_at_least_is_asked() -> None:
    assert refuse_last_asked(recuses(asked(3), 1).consultation) is None
    refusal = refuse_last_asked(recuses(asked(3), 1, 2).consultation)
    assert refusal is not None
    assert (refusal.kind, refusal.article) == ("recuse_last", "4.5")


def test_a_stranger_and_who_was_struck_are_told_what_they_are_told_always() -> None:
    struck = asked(3).struck(2).consultation
    refusal = may_recuse(struck, 2, SAID)
    assert refusal is not None
    assert refusal.kind == "struck"
    assert may_recuse(struck, 9, SAID) is not None
    both = recuses(asked(3), 2).struck(2).consultation
    taken_back = may_take_part(both, 2, SAID)
    assert taken_back is not None
    assert taken_back.kind == "struck"


def test_after_the_close_nobody_steps_aside() -> None:
    ended = asked(3).ended(ActKind.CLOSE, DEADLINE).consultation
    refusal = may_recuse(ended, 1, DEADLINE)
    assert refusal is not None
    assert refusal.kind == "closed"


def test_who_took_no_part_is_told_of_the_close_once_it_has_closed_and_of_a_new_term() -> None:
    gone = recuses(asked(3), 2)
    closed = may_reply(gone.ended(ActKind.CLOSE, DEADLINE).consultation, 2, DEADLINE)
    assert is_closed(closed)
    term = Act(ActKind.HOLD, SAID, until=DEADLINE, reason=HeldBy.TERM.value)
    over = may_take_part(gone.adding(acts=[term]).consultation, 2, SAID)
    assert over is not None
    assert over.kind == "over_with_term"


def test_without_an_article_on_recusal_none_is_cited() -> None:
    """No rule book without one has anybody take no part; were it recorded, it would stand."""
    without = recuses(committee(QUANG_NGAI, 3).received(1, 2, 3), 2)
    assert may_reply(without.consultation, 2, SAID) == Refusal("recused")
    assert may_take_part(without.consultation, 1, SAID) == Refusal("not_recused")
    result = without.answers(1, 3, choice=Choice.APPROVE).result(DEADLINE)
    assert (result.positions[2], result.articles) == (Position.RECUSED, ("8.2.1", "8.2.2"))


def again(of: Committee, person: int, at: datetime) -> Committee:
    return of.adding(acts=[Act(ActKind.TAKE_PART, at, by=person, of=person)])


def test_taken_back_the_roll_is_whole_again_and_the_opinion_given_before_counts() -> None:
    gone = recuses(asked(6, approve=(1, 2, 3), reject=(4, 5, 6)), 1, 4)
    assert (gone.result(DEADLINE).roll, gone.result(DEADLINE).required) == (4, 3)
    back = again(gone, 1, moment("2026-03-04 11:00"))
    result = back.result(DEADLINE)
    # five are left, three of them agree, the head among them
    assert (result.roll, result.required, result.outcome) == (5, 3, Outcome.ADOPTED)
    assert result.positions[1] is Position.APPROVE
    once_more = recuses(back, 1, at=moment("2026-03-04 12:00"))
    assert once_more.result(DEADLINE).roll == 4


def test_it_is_taken_back_up_to_the_own_due_moment_and_by_who_said_it() -> None:
    gone = recuses(asked(6, approve=(1, 2)), 3).consultation
    assert may_take_part(gone, 3, DEADLINE) is None
    after = DEADLINE + timedelta(minutes=1)
    late = may_take_part(gone, 3, after)
    assert late is not None
    assert late.kind == "closed"
    longer = Act(ActKind.MORE_TIME, SAID, by=2, of=2, until=DEADLINE + timedelta(days=1))
    still_open = recuses(asked(6, approve=(1,)), 3).adding(acts=[longer]).consultation
    late = may_take_part(still_open, 3, after)
    assert late is not None
    assert (late.kind, late.article) == ("recused_for_good", "4.5")
    other = may_take_part(gone, 2, DEADLINE)
    assert other is not None
    assert (other.kind, other.article) == ("not_recused", "4.5")
    back = again(recuses(asked(6), 3), 3, moment("2026-03-04 11:00")).consultation
    assert may_reply(back, 3, DEADLINE) is None
    assert may_take_part(back, 3, DEADLINE) is not None
