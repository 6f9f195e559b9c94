"""Who may stand in for the head under each regulation, and when; expected from the texts."""

from __future__ import annotations

import pytest

from bot.people.rules.delegating import Span, may_delegate, may_stand_in, rule_for, rules_for
from bot.people.rules.people import Person, Role, SeatHeld
from bot.places import regulations_dir
from bot.regulations.loader import load
from bot.regulations.rules.regulation import Regulation
from tests.rules.committee import moment

HEAD = 1
NOW = moment("2026-03-02 08:00")


def regulation(name: str) -> Regulation:
    return load(regulations_dir() / f"{name}.toml")


def seated(office: str, body: str, number: int = 2) -> Person:
    role = Role.CLERK if office == "clerk" else Role.MEMBER
    held = SeatHeld(role, "" if role is Role.CLERK else body, office)
    return Person(number, 1, f"Đồng chí {number}", None, (held,))


@pytest.mark.parametrize(
    ("name", "body", "office", "article"),
    [
        ("quang_ngai", "dang_doan", "deputy", "4.5, 5.3"),
        ("quang_ngai", "dang_doan", "organisation_member", "3.3, 4.5"),
        ("quang_ngai", "dang_doan", "member", "3.3, 4.5"),
        ("quang_ngai", "dang_doan", "clerk", None),
        ("bac_kan", "ban_chap_hanh", "standing_deputy", "6.6"),
        ("bac_kan", "ban_chap_hanh", "deputy", "6.6"),
        ("bac_kan", "ban_chap_hanh", "member", None),
        ("bac_kan", "ban_thuong_vu", "standing_deputy", "6.6"),
        ("bac_kan", "ban_thuong_vu", "standing_member", None),
        ("cap_huyen", "ban_thuong_vu", "standing_deputy", "7.2"),
        ("cap_huyen", "ban_thuong_vu", "standing_member", "5.5"),
        ("cap_huyen", "ban_thuong_vu", "deputy", None),
        ("cap_huyen", "thuong_truc", "standing_deputy", "7.2"),
        ("cap_huyen", "thuong_truc", "standing_member", None),
        ("cap_huyen", "ban_chap_hanh", "standing_deputy", "7.2"),
        ("cap_huyen", "ban_chap_hanh", "standing_member", None),
    ],
)
def test_the_text_says_who_may_stand_in(
    name: str, body: str, office: str, article: str | None
) -> None:
    read = regulation(name)
    rules = rules_for(read, read.body(body), "secretary")
    person = seated(office, body)
    refusal = may_delegate(rules, read.body(body), person, HEAD)
    rule = rule_for(rules, body, person)
    assert (refusal is None) is (article is not None)
    assert (rule.article if rule else None) == article
    assert refusal is None or refusal.article


@pytest.mark.parametrize(
    ("name", "body"),
    [("hai_duong", "co_quan"), ("tra_vinh", "doan_the"), ("tra_vinh", "ban_dan_van")],
)
def test_where_the_text_says_nothing_nobody_stands_in(name: str, body: str) -> None:
    read = regulation(name)
    rules = rules_for(read, read.body(body), "secretary")
    refusal = may_delegate(rules, read.body(body), seated("agency", body), HEAD)
    assert refusal is not None
    assert refusal.kind == "delegation_no_rule"


def test_nobody_stands_in_for_oneself() -> None:
    read = regulation("quang_ngai")
    rules = rules_for(read, read.body("dang_doan"), "secretary")
    refusal = may_delegate(rules, read.body("dang_doan"), seated("member", "dang_doan", HEAD), HEAD)
    assert refusal is not None
    assert refusal.kind == "delegation_office"


def span(start: str, end: str) -> Span:
    return Span(moment(f"2026-03-{start}"), moment(f"2026-03-{end}"))


@pytest.mark.parametrize(
    ("wanted", "refused"),
    [
        (span("05 00:00", "05 23:59"), None),
        (span("05 12:00", "05 12:00"), "delegation_backwards"),
        (span("06 00:00", "05 00:00"), "delegation_backwards"),
        (span("01 00:00", "02 08:00"), "delegation_backwards"),
        (span("09 12:00", "10 12:00"), "delegation_overlaps"),
        (span("08 00:00", "20 00:00"), "delegation_overlaps"),
        (span("10 17:00", "11 17:00"), None),
        (span("08 00:00", "10 08:00"), None),
    ],
)
def test_the_end_comes_after_the_start_and_no_two_stand_in_at_once(
    wanted: Span, refused: str | None
) -> None:
    read = regulation("quang_ngai")
    rules = rules_for(read, read.body("dang_doan"), "secretary")
    running = [span("10 08:00", "10 17:00")]
    refusal = may_stand_in(rules, wanted, running, NOW)
    assert (refusal.kind if refusal else None) == refused
    assert refusal is None or refusal.article == "3.3, 4.5, 5.3"
