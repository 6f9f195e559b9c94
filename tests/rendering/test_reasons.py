"""The reason in a result is read beside the numbers: in every outcome of every row of every rule book."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from functools import cache
from itertools import chain
from typing import Any

import pytest

from bot.consultations import result_cards
from bot.consultations.rules.consultation import ActKind, Choice
from bot.places import regulations_dir
from bot.regulations.loader import load
from bot.regulations.rules.regulation import Body, DifferingIs, Next, Outcome, Row, Ruling
from tests.rendering.scenes import AFTER, SAY, dossier, result
from tests.rules.committee import Committee, Split, committee, splits

LARGEST = 9
BEGINNING = "Số tán thành"
RULED = tuple(o for o in Outcome if o not in (Outcome.HELD, Outcome.WITHDRAWN, Outcome.COLLATED))


@cache
def bodies() -> dict[str, Body]:
    """Every body of every rule book that decides in writing."""
    return {
        f"{path.stem} {body.id}": body
        for path in sorted(regulations_dir().glob("*.toml"))
        for body in load(path).bodies
        if body.written.threshold and not body.written.forbidden
    }


def needed(of: Body, size: int) -> int:
    """The least number that is enough, found by trying each."""
    share = of.written.threshold
    assert share is not None
    part, whole = share.fraction.numerator, share.fraction.denominator
    return next(
        count
        for count in range(size + 2)
        if (count * whole >= part * size if share.inclusive else count * whole > part * size)
    )


def divided(of: Body) -> Iterator[tuple[Committee, bool, bool]]:
    """Every division of up to nine, with whether that is enough and whether somebody differs."""
    for split in chain.from_iterable(splits(size) for size in range(1, LARGEST + 1)):
        if split.absent:
            continue
        consents = of.written.silence.policy == "consent"
        agreeing = split.approve + (split.silent if consents else 0)
        asked = Committee(replace(split.under(of).consultation, silence_confirmed=True))
        yield asked, agreeing >= needed(of, split.size), split.reject > 0
        if split.reject and split.size > 1:
            # One of those who reject is struck off: the roll is smaller, the opinion stays.
            struck = asked.struck(split.approve + 1)
            yield struck, agreeing >= needed(of, split.size - 1), True


def sentence(of: Committee) -> str:
    """What the result says of why."""
    shown = result_cards.for_members(SAY, dossier(of), result(of)).text
    (found,) = [line for line in shown.split("\n") if line.startswith(BEGINNING)]
    return found


@pytest.mark.parametrize("name", bodies())
def test_the_reason_says_what_the_numbers_say(name: str) -> None:
    for of, enough, differing in divided(bodies()[name]):
        said = sentence(of)
        assert ("đã đủ" in said) is enough, said
        assert ("chưa đủ" in said) is not enough, said
        assert ("còn ý kiến khác nhau" in said) is differing, said


@pytest.mark.parametrize("name", bodies())
@pytest.mark.parametrize("row", Row)
def test_the_reason_is_that_of_the_row_whatever_the_outcome_is_called(name: str, row: Row) -> None:
    body = bodies()[name]
    for outcome in RULED:
        ruled: dict[str, Any] = {row.value: Ruling(outcome, Next.NONE, "1")}
        rulings = replace(body.written.rulings, **ruled)
        asked = standing_in(row, replace(body, written=replace(body.written, rulings=rulings)))
        assert (result(asked).row, result(asked).outcome) == (row, outcome)
        said = sentence(asked)
        assert ("đã đủ" in said) is (row in (Row.ENOUGH, Row.ENOUGH_WITH_DIFFERING)), said
        assert ("chưa đủ" in said) is (row in (Row.FAILED, Row.FAILED_WITH_DIFFERING)), said
        differing = (Row.ENOUGH_WITH_DIFFERING, Row.FAILED_WITH_DIFFERING)
        assert ("còn ý kiến khác nhau" in said) is (row in differing), said


def standing_in(row: Row, of: Body) -> Committee:
    """A division that stands in this row under whatever share is needed."""
    if row is Row.ENOUGH:
        return Split(approve=4, reject=0, silent=0, absent=0).under(of)
    if row is Row.ENOUGH_WITH_DIFFERING:  # even where all must agree: who differed was struck off
        return Split(approve=4, reject=1, silent=0, absent=0).under(of).struck(5)
    if row is Row.FAILED_WITH_DIFFERING:
        return Split(approve=1, reject=3, silent=0, absent=0).under(of)
    unreached = Split(approve=1, reject=0, silent=0, absent=4).under(of)
    return unreached.ended(ActKind.CLOSE_BY_HAND, AFTER)


def test_too_few_and_nobody_differing_never_reads_as_enough() -> None:
    body = bodies()["bac_kan ban_chap_hanh"]
    to_meeting = Ruling(Outcome.TO_MEETING, Next.TO_MEETING, "9.1")
    rulings = replace(body.written.rulings, failed=to_meeting)
    of = replace(body, written=replace(body.written, rulings=rulings))
    assert sentence(Split(2, 0, 2, 0).under(of)) == (
        "Số tán thành chưa đủ, không có ý kiến khác nhau; "
        "đưa ra hội nghị trước khi quyết định (Điều 9.1)."
    )


def test_comments_that_differ_are_said_to() -> None:
    body = bodies()["cap_huyen ban_thuong_vu"]
    of = replace(body, written=replace(body.written, differing_is=DifferingIs.WITH_COMMENTS))
    asked = committee(of, 5).received(*range(1, 6)).answers(1, 2, 3, choice=Choice.APPROVE)
    asked = asked.answers(4, choice=Choice.APPROVE_WITH_COMMENTS)
    shown = result_cards.for_members(SAY, dossier(asked), result(asked)).text
    assert "Số tán thành đã đủ nhưng còn ý kiến khác nhau, vì vậy đưa ra hội nghị" in shown
    assert "Tán thành mà có góp ý cũng được coi là ý kiến khác nhau." in shown


def test_every_row_of_the_outcome_table_has_its_name() -> None:
    rulings = bodies()["quang_ngai dang_doan"].written.rulings
    rows = {field.name for field in fields(rulings)} - {"held_article"}
    assert rows == {row.value for row in Row}
    assert all(rulings[row] is getattr(rulings, row.value) for row in Row)
