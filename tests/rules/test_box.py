"""A ballot as letters and a box as bytes; every byte expected by hand."""

from __future__ import annotations

import pytest

from bot.regulations.rules.terms import Matter
from bot.votes.rules.vote import MOST_NAMES, Vote, VoteKind, answers, fits, packed, unpacked
from tests.rules.committee import OPENED

AN, BINH, CUONG = "Nguyễn Văn An", "Trần Thị Bình", "Lê Văn Cường"


def vote(kind: VoteKind, *names: str, secret: bool = True) -> Vote:
    return Vote(1, 1, kind, secret, next(iter(Matter)), names, OPENED, opened_by=1)


LIST = vote(VoteKind.NAMES, AN, BINH, CUONG)


def test_a_list_asks_for_every_name_and_else_there_is_one_question() -> None:
    assert LIST.questions == (AN, BINH, CUONG)
    assert vote(VoteKind.APPROVE).questions == ("",)


def test_a_list_fits_into_a_button() -> None:
    assert MOST_NAMES == 30  # a button carries 64 bytes, its own name among them


@pytest.mark.parametrize(
    ("of", "letters", "part", "whole"),
    [
        (LIST, "", True, False),
        (LIST, "ar", True, False),
        (LIST, "ara", True, True),
        (LIST, "aaa", True, True),
        (LIST, "arar", False, False),
        (LIST, "arx", False, False),
        (LIST, "arh", False, False),  # a level of confidence
        (vote(VoteKind.CONFIDENCE, AN, BINH), "hl", True, True),
        (vote(VoteKind.CONFIDENCE, AN, BINH, CUONG), "hcl", True, True),
        (vote(VoteKind.CONFIDENCE, AN), "a", False, False),
        (vote(VoteKind.APPROVE), "r", True, True),
        (vote(VoteKind.APPROVE), "ra", False, False),
    ],
)
def test_letters_fit_a_vote_that_offers_each_of_them(
    of: Vote, letters: str, part: bool, whole: bool
) -> None:
    assert fits(of, letters, whole=False) is part
    assert fits(of, letters, whole=True) is whole


def test_letters_answer_in_the_order_of_the_list() -> None:
    assert answers(LIST, "ara") == {AN: "approve", BINH: "reject", CUONG: "approve"}
    assert answers(LIST, "ar") == {AN: "approve", BINH: "reject"}


def test_a_box_is_sorted_and_as_long_for_one_ballot_as_for_all() -> None:
    assert packed((), 2, 3) == b"\0\0" + b"\0" * 6
    assert packed(("ra", "ar"), 2, 3) == b"\0\2" + b"arra\0\0"
    assert packed(("rr", "ra", "ar"), 2, 3) == b"\0\3" + b"arrarr"


def test_what_was_put_into_a_box_is_in_it() -> None:
    for ballots in ((), ("ra",), ("ar", "ra"), ("ar", "ra", "rr")):
        assert unpacked(packed(ballots, 2, 3), 2) == ballots
    many = ("a",) * 200 + ("r",) * 100
    assert unpacked(packed(many, 1, 400), 1) == many


@pytest.mark.parametrize("ballots", [("a", "a", "r"), ("ar", "a"), ("ar",)])
def test_a_ballot_too_many_or_of_another_length_is_not_put_in(ballots: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="do not fit"):
        packed(ballots, 1, 2)
