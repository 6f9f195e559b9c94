"""Whose request a regulation takes, and how many members it takes to ask for a meeting."""

from fractions import Fraction
from pathlib import Path

import pytest

from bot.meetings.rules.requests import (
    RequestKind,
    asked,
    bodies_for,
    may_decline,
    may_request,
    request_rule,
)
from bot.people.rules.people import Person, Role, SeatHeld
from bot.places import regulations_dir
from bot.regulations.loader import load
from bot.regulations.rules.meetings import ExtraordinaryRequest
from bot.regulations.rules.regulation import Regulation
from bot.regulations.rules.terms import Threshold

OTHERS = Path(__file__).parents[1] / "regulations" / "others"

MORE_THAN_HALF = (1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8)
"""Of one member, of two, of three, … of fifteen."""


def regulation(name: str) -> Regulation:
    return load(regulations_dir() / f"{name}.toml", {})


def member(*bodies: str) -> Person:
    return Person(1, 1, "An", 1, tuple(SeatHeld(Role.MEMBER, body, "member") for body in bodies))


@pytest.mark.parametrize(("total", "needed"), list(enumerate(MORE_THAN_HALF, 1)))
def test_more_than_half_of_all_members_ask(total: int, needed: int) -> None:
    rule = request_rule(regulation("cap_huyen").body("ban_chap_hanh"))
    assert rule is not None
    members = dict.fromkeys(range(total), "member")
    for count in range(total + 1):
        found = asked(rule, range(count), members)
        assert (found.count, found.total, found.required) == (count, total, needed)
        assert found.enough is (count >= needed)


def test_who_has_left_and_who_asked_twice_count_once_or_not() -> None:
    rule = request_rule(regulation("cap_huyen").body("ban_chap_hanh"))
    assert rule is not None
    found = asked(rule, [1, 1, 2, 99], dict.fromkeys([1, 2, 3, 4], "member"))
    assert (found.count, found.enough) == (2, False)


@pytest.mark.parametrize(
    ("by", "enough", "alone"),
    [
        ([], False, False),
        ([2, 3], False, False),
        ([2, 3, 4], True, False),
        ([1], True, True),
        ([1, 2], True, True),
        ([99], False, False),
    ],
)
def test_a_third_of_nine_ask_or_the_chairman_alone(
    by: list[int], enough: bool, alone: bool
) -> None:
    third = Threshold(Fraction(1, 3), inclusive=True, article="10.2")
    rule = ExtraordinaryRequest("HDT-M3", third, alone=("chairman",))
    found = asked(rule, by, {1: "chairman"} | dict.fromkeys(range(2, 10), "member"))

    assert (found.required, found.enough, found.alone) == (3, enough, alone)


def test_what_no_body_decides_upon_is_called_and_never_declined() -> None:
    council = load(OTHERS / "hoi_dong_truong.toml", {}).body("hoi_dong")
    committee = regulation("cap_huyen").body("ban_chap_hanh")

    assert may_decline(committee) is None
    refused = may_decline(council)
    assert refused is not None
    assert (refused.kind, refused.article) == ("wish_must_be_called", "10.2")


@pytest.mark.parametrize(
    ("name", "body", "kind", "refused"),
    [
        ("cap_huyen", "ban_chap_hanh", RequestKind.MEETING, None),
        ("cap_huyen", "ban_chap_hanh", RequestKind.QUESTION, None),
        ("cap_huyen", "ban_thuong_vu", RequestKind.MEETING, ("wish_no_requests", "19.1")),
        ("cap_huyen", "ban_thuong_vu", RequestKind.QUESTION, ("wish_no_questions", "22.4")),
        ("quang_ngai", "dang_doan", RequestKind.MEETING, ("wish_no_requests", "4.4, 8.2.1")),
        ("quang_ngai", "dang_doan", RequestKind.QUESTION, ("wish_no_questions", None)),
        ("bac_kan", "ban_thuong_vu", RequestKind.MEETING, ("wish_no_requests", "11.1")),
        ("hai_duong", "co_quan", RequestKind.MEETING, ("wish_no_requests", None)),
        ("tra_vinh", "doan_the", RequestKind.MEETING, ("wish_no_requests", "6")),
        *(
            (name, body, RequestKind.ITEM, None)
            for name, body in (
                *(("quang_ngai", "dang_doan"), ("bac_kan", "ban_chap_hanh")),
                *(("hai_duong", "co_quan"), ("tra_vinh", "doan_the")),
            )
        ),
    ],
)
def test_a_request_is_taken_where_the_regulation_gives_it(
    name: str, body: str, kind: RequestKind, refused: tuple[str, str | None] | None
) -> None:
    found = may_request(regulation(name), member(body), kind, body)
    assert (found and (found.kind, found.article)) == refused
    assert bool(bodies_for(regulation(name), member(body), kind)) is (refused is None)


def test_who_sits_in_no_body_or_another_one_requests_nothing_of_it() -> None:
    rules = regulation("cap_huyen")
    for person, body in ((member(), ""), (member("ban_thuong_vu"), "ban_chap_hanh")):
        for kind in RequestKind:
            found = may_request(rules, person, kind, body)
            assert found is not None
            assert found.kind == "wish_members_only"


def test_who_sits_in_two_bodies_asks_where_the_rule_is() -> None:
    rules, person = regulation("cap_huyen"), member("ban_chap_hanh", "ban_thuong_vu")
    assert may_request(rules, person, RequestKind.MEETING, "") is None
    assert [body.id for body in bodies_for(rules, person, RequestKind.MEETING)] == ["ban_chap_hanh"]
    assert [body.id for body in bodies_for(rules, person, RequestKind.ITEM)] == [
        *("ban_chap_hanh", "ban_thuong_vu"),
    ]
