"""What every possible division of a committee comes to, against tables and an oracle of another make."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

import pytest

from bot.consultations.rules.consultation import Choice, Position
from bot.consultations.rules.outcome import HeldBy, Stage
from bot.regulations.rules.regulation import Body, Outcome
from tests.rules.committee import DEADLINE, Split, body, splits, table
from tests.rules.rules_by_hand import BY_HAND

ROWS = table("outcomes")["row"]
LARGEST = 15
PERMUTED_UP_TO = 5
"""Up to this size every absent member is followed by itself; above, equal members are counted."""


def test_every_body_with_rules_by_hand_has_rows() -> None:
    assert {row["body"] for row in ROWS} == set(BY_HAND)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['body']} {row['because']}")
@pytest.mark.parametrize("source", ["by hand", "from the file"])
def test_a_division_comes_to_what_the_table_says(row: dict[str, Any], source: str) -> None:
    of = BY_HAND[row["body"]] if source == "by hand" else body(*row["body"].split())
    result = divided(row["given"]).under(of).result()
    assert result.outcome == row["outcome"]
    assert result.next == row["next"]
    assert result.required == row.get("needed")
    assert result.offers_meeting is row.get("offers", False)
    if "cites" in row:
        assert list(result.articles) == row["cites"]


def divided(given: dict[str, int]) -> Split:
    return Split(
        given.get("for", 0), given.get("against", 0), given.get("silent", 0), given.get("absent", 0)
    )


# --- The oracle: the numbers needed are the tables', and each verdict is a sentence of a text ----

NEEDED = {
    kind: {row["size"]: row["needed"] for row in rows} for kind, rows in table("thresholds").items()
}
Verdict = Callable[[int, int, int, int], str]
"""From (for, against, silent though reached, size) to an outcome, when nobody is absent."""


def quang_ngai(agree: int, differ: int, silent: int, size: int) -> str:
    if agree + silent >= NEEDED["two_thirds"][size]:  # 8.2.1: silent is agreed; 8.2.2: two thirds
        return "adopted"
    return "to_superior" if differ else "not_adopted"  # 7.2: opinions differ, 2/3 not reached


def bac_kan(agree: int, differ: int, silent: int, size: int) -> str:
    return "adopted" if agree >= NEEDED["over_half"][size] else "not_adopted"  # 9.1: the majority


def huyen_ban_thuong_vu(agree: int, differ: int, silent: int, size: int) -> str:
    if agree < NEEDED["over_half"][size]:  # 21.3: more than half
        return "not_adopted"
    return "to_meeting" if differ else "adopted"  # 21.3: but opinions still differ


def huyen_thuong_truc(agree: int, differ: int, silent: int, size: int) -> str:
    if differ:
        return "discuss_again"  # 15.2: divided for the first time
    return "adopted" if agree == size else "not_adopted"  # 15.2: every member


def hai_duong(agree: int, differ: int, silent: int, size: int) -> str:
    return "to_superior" if differ else "agreed"  # 2.2: the parties disagree; 3.1: silent is agreed


def collated(agree: int, differ: int, silent: int, size: int) -> str:
    return "collated"  # 5.1, 5.2: opinions are gathered, nothing is counted


VERDICTS: dict[str, Verdict] = {
    "quang_ngai dang_doan": quang_ngai,
    "bac_kan ban_chap_hanh": bac_kan,
    "cap_huyen ban_thuong_vu": huyen_ban_thuong_vu,
    "cap_huyen thuong_truc": huyen_thuong_truc,
    "hai_duong co_quan": hai_duong,
    "tra_vinh doan_the": collated,
    "tra_vinh ban_dan_van": collated,
}


def as_it_is(verdict: Verdict, split: Split) -> str:
    """The verdict if the absent are left aside: an absent one neither agrees nor differs.

    Hải Dương needs every agency, so one left aside is one agreement too few.
    """
    if verdict is hai_duong and split.absent and not split.reject:
        return "not_adopted"
    return verdict(split.approve, split.reject, split.silent, split.size)


def had_they_come(verdict: Verdict, split: Split) -> set[str]:
    """Every verdict if each absent member had been reached, and agreed, differed or kept silent."""
    return {
        verdict(split.approve + agree, split.reject + differ, split.silent + silent, split.size)
        for agree, differ, silent in what_they_do(split.absent)
    }


def what_they_do(absent: int) -> Iterator[tuple[int, int, int]]:
    if absent <= PERMUTED_UP_TO:
        for deeds in product(("agree", "differ", "silent"), repeat=absent):
            yield deeds.count("agree"), deeds.count("differ"), deeds.count("silent")
        return
    for agree in range(absent + 1):
        for differ in range(absent - agree + 1):
            yield agree, differ, absent - agree - differ


def expected(verdict: Verdict, split: Split) -> str:
    """5.10: held if those whom the text never reached could still change what it comes to."""
    plain = as_it_is(verdict, split)
    return plain if had_they_come(verdict, split) <= {plain} else "held"


@pytest.mark.parametrize("name", VERDICTS)
@pytest.mark.parametrize("size", range(1, LARGEST + 1))
def test_every_division_of_every_committee_comes_to_what_the_texts_say(
    name: str, size: int
) -> None:
    for split in splits(size):
        result = split.under(BY_HAND[name]).result()
        assert result.outcome == expected(VERDICTS[name], split), split
        assert result.held_by is (HeldBy.NOT_RECEIVED if result.outcome == "held" else None)
        assert sum(result.tally.counts.values()) == size == result.roll


@pytest.mark.parametrize("name", VERDICTS)
@pytest.mark.parametrize("size", [1, 3, 6, 9])
def test_the_regulations_files_decide_as_the_rules_by_hand(name: str, size: int) -> None:
    by_hand, loaded = BY_HAND[name], body(*name.split())
    for split in splits(size):
        mine, theirs = split.under(by_hand).result(), split.under(loaded).result()
        assert (mine.outcome, mine.next, mine.required, mine.articles) == (
            theirs.outcome,
            theirs.next,
            theirs.required,
            theirs.articles,
        ), split


@pytest.mark.parametrize("size", [1, 4, 9])
def test_bac_kan_standing_committee_decides_as_its_executive_committee(size: int) -> None:
    of = body("bac_kan", "ban_thuong_vu")
    for split in splits(size):
        result = split.under(of).result()
        assert result.outcome == expected(bac_kan, split)
        assert result.next == ("decide" if result.outcome == "held" else "report_back")


@pytest.mark.parametrize("of", BY_HAND.values(), ids=BY_HAND)
def test_comments_do_not_make_an_agreement_a_differing_opinion(of: Body) -> None:
    plain = Split(approve=4, reject=0, silent=0, absent=0).under(of)
    commented = plain.answers(2, choice=Choice.APPROVE_WITH_COMMENTS)
    assert commented.result().outcome is plain.result().outcome
    assert commented.result().tally[Position.APPROVE_WITH_COMMENTS] == 1


@pytest.mark.parametrize("of", BY_HAND.values(), ids=BY_HAND)
def test_a_differing_opinion_weighs_as_a_rejection(of: Body) -> None:
    rejected = Split(approve=6, reject=1, silent=0, absent=0).under(of)
    differing = rejected.answers(7, choice=Choice.DIFFER)
    assert differing.result().outcome is rejected.result().outcome


def test_what_is_held_has_no_moment_of_closing() -> None:
    held = Split(5, 3, 0, 1).under(BY_HAND["quang_ngai dang_doan"])
    assert held.state(DEADLINE).stage is Stage.HELD
    assert held.result().closed_at is None
    assert held.result().outcome is Outcome.HELD
