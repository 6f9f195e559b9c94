"""Who acts as head of a body at a moment, how far that reaches, and what it never covers; expected by hand."""

from __future__ import annotations

import pytest

from bot.people.rules.acting import Acting, Staff, StandIn, may_decide_about, seated_as_before
from bot.people.rules.delegating import (
    Span,
    away_rules,
    duty_rules,
    may_be_absent,
    only_head,
    rules_for,
)
from bot.people.rules.people import Person, Role, SeatHeld
from bot.places import regulations_dir
from bot.regulations.loader import load
from bot.regulations.rules.meetings import Scope
from tests.rules.committee import moment

HU = load(regulations_dir() / "cap_huyen.toml")
BTV, BCH, THUONG_TRUC = (
    HU.body(name) for name in ("ban_thuong_vu", "ban_chap_hanh", "thuong_truc")
)
EVERYWHERE = ("ban_chap_hanh", "ban_thuong_vu", "thuong_truc")
FROM, UNTIL = moment("2026-03-02 08:00"), moment("2026-03-04 17:00")


def seated(number: int, office: str, *bodies: str) -> Person:
    seats = tuple(SeatHeld(Role.MEMBER, body, office) for body in bodies)
    return Person(number, 1, f"Đồng chí {number}", number, seats)


AN = seated(1, "secretary", *EVERYWHERE)
BINH = seated(2, "standing_deputy", *EVERYWHERE)
DUNG = seated(4, "standing_member", "ban_chap_hanh", "ban_thuong_vu")
VAN = Person(9, 1, "Văn phòng", 9, (SeatHeld(Role.CLERK, "", "clerk"),))
EVERYBODY = (AN, BINH, DUNG, VAN)


def given(to: Person, body: str = "ban_thuong_vu", **more: object) -> StandIn:
    return StandIn(1, 1, body, AN.id, to.id, FROM, UNTIL, "7.2", **more)  # type: ignore[arg-type]


def test_the_head_acts_for_nobody() -> None:
    acting = Staff(EVERYBODY).acting(AN, BTV)
    assert acting is not None
    assert (acting.acting_for, acting.whole) == (None, True)


def test_who_stands_in_acts_beside_the_head_for_that_body_alone() -> None:
    staff = Staff(EVERYBODY, (given(DUNG),))
    assert staff.heads(BTV) == [AN, DUNG]
    assert staff.office(BTV) == [AN, DUNG, VAN]
    assert staff.acting(DUNG, BCH) is None
    assert staff.acting(DUNG, THUONG_TRUC) is None
    acting = staff.acting(DUNG, BTV)
    assert acting is not None
    assert acting.acting_for == AN.id


def test_what_a_former_head_gave_lapses_with_the_office() -> None:
    successor = (BINH, DUNG, VAN)
    assert Staff(successor, (given(DUNG),)).heads(BTV) == [BINH]


@pytest.mark.parametrize(
    ("at", "runs"),
    [("02 07:59", False), ("02 08:00", True), ("04 17:00", True), ("04 17:01", False)],
)
def test_both_ends_belong_to_it(at: str, runs: bool) -> None:
    assert given(BINH).runs(moment(f"2026-03-{at}")) is runs


def test_nothing_runs_once_it_was_withdrawn() -> None:
    assert not given(BINH, withdrawn_at=FROM).runs(FROM)


def test_who_heads_a_body_or_stands_in_for_all_of_it_heads_it_wholly() -> None:
    everywhere = (BCH, BTV, THUONG_TRUC)
    assert Staff(EVERYBODY).heads_wholly(AN, everywhere)
    assert not Staff(EVERYBODY).heads_wholly(BINH, everywhere)
    assert Staff(EVERYBODY, (given(DUNG),)).heads_wholly(DUNG, everywhere)
    assert not Staff(EVERYBODY, (given(DUNG),)).heads_wholly(DUNG, (BCH, THUONG_TRUC))
    partly = Staff(EVERYBODY, (given(DUNG, scope=Scope.CHAIR_AND_SIGN),))
    assert not partly.heads_wholly(DUNG, everywhere)


def test_chairing_and_signing_reaches_no_further() -> None:
    staff = Staff(EVERYBODY, (given(DUNG, scope=Scope.CHAIR_AND_SIGN),))
    standing = staff.standing(DUNG, BTV)
    refusal = standing.refuse_rest()
    assert standing.head
    assert refusal is not None
    assert (refusal.kind, refusal.article) == ("acting_beyond", "7.2")
    assert Staff(EVERYBODY, (given(DUNG),)).standing(DUNG, BTV).refuse_rest() is None


def test_who_acts_for_nobody_learns_nothing_of_the_rest() -> None:
    refusal = Staff(EVERYBODY).standing(VAN, BTV).refuse_rest()
    assert refusal is not None
    assert refusal.kind == "no_right"


@pytest.mark.parametrize(
    ("acting", "about", "refused"),
    [
        (Acting(AN, AN), AN.id, None),
        (Acting(AN, AN), BINH.id, None),
        (Acting(BINH, AN, given(BINH)), DUNG.id, None),
        (Acting(BINH, AN, given(BINH)), BINH.id, "acting_own_seat"),
        (Acting(BINH, AN, given(BINH)), AN.id, "acting_own_seat"),
        (Acting(DUNG, AN, given(DUNG, scope=Scope.CHAIR_AND_SIGN)), VAN.id, "acting_beyond"),
    ],
)
def test_nobody_decides_for_the_head_about_the_own_seat_or_the_heads(
    acting: Acting, about: int, refused: str | None
) -> None:
    refusal = may_decide_about(acting, about)
    assert (refusal.kind if refusal else None) == refused


def span(start: str, end: str) -> Span:
    return Span(moment(f"2026-03-{start}"), moment(f"2026-03-{end}"))


@pytest.mark.parametrize(
    ("name", "body", "wanted", "refused"),
    [
        ("quang_ngai", "dang_doan", span("02 08:00", "04 17:00"), None),
        ("quang_ngai", "dang_doan", span("04 17:00", "02 08:00"), "delegation_backwards"),
        ("quang_ngai", "dang_doan", span("01 08:00", "01 17:00"), "delegation_backwards"),
        ("quang_ngai", "dang_doan", span("09 08:00", "12 17:00"), "absence_overlaps"),
        ("bac_kan", "ban_thuong_vu", span("02 08:00", "04 17:00"), None),
        ("cap_huyen", "thuong_truc", span("02 08:00", "04 17:00"), None),
        ("hai_duong", "co_quan", span("02 08:00", "04 17:00"), "absence_no_rule"),
        ("tra_vinh", "doan_the", span("02 08:00", "04 17:00"), "absence_no_rule"),
    ],
)
def test_an_absence_is_entered_where_the_text_has_somebody_act(
    name: str, body: str, wanted: Span, refused: str | None
) -> None:
    regulation = load(regulations_dir() / f"{name}.toml")
    rules = rules_for(regulation, regulation.body(body), "")
    other = [span("10 08:00", "11 17:00")]
    refusal = may_be_absent(rules, AN, wanted, other, FROM)
    assert (refusal.kind if refusal else None) == refused


@pytest.mark.parametrize(
    ("name", "body", "deputies", "on_duty"),
    [
        ("quang_ngai", "dang_doan", {("deputy",): "5.3"}, {}),
        ("bac_kan", "ban_chap_hanh", {("standing_deputy", "deputy"): "6.6"}, {}),
        ("bac_kan", "ban_thuong_vu", {("standing_deputy", "deputy"): "6.6"}, {}),
        ("cap_huyen", "ban_chap_hanh", {("standing_deputy",): "7.2"}, {}),
        ("cap_huyen", "thuong_truc", {("standing_deputy",): "7.2"}, {}),
        (
            "cap_huyen",
            "ban_thuong_vu",
            {("standing_deputy",): "7.2"},
            {("standing_member",): "5.5"},
        ),
    ],
)
def test_the_text_says_who_acts_for_an_absent_head(
    name: str,
    body: str,
    deputies: dict[tuple[str, ...], str],
    on_duty: dict[tuple[str, ...], str],
) -> None:
    regulation = load(regulations_dir() / f"{name}.toml")
    rules = rules_for(regulation, regulation.body(body), "")
    assert {rule.to: rule.away_article for rule in away_rules(rules)} == deputies
    assert {rule.to: rule.article for rule in duty_rules(rules)} == on_duty


@pytest.mark.parametrize(
    ("name", "body", "own", "others"),
    [
        ("quang_ngai", "dang_doan", "4.5", ["4.5, 5.3", "3.3, 4.5"]),
        ("bac_kan", "ban_chap_hanh", "6.1", ["6.6"]),
        ("cap_huyen", "ban_chap_hanh", "6.1", ["7.2"]),
        ("cap_huyen", "ban_thuong_vu", "6.1", ["7.2", "5.5"]),
        ("hai_duong", "co_quan", "3.1", []),
    ],
)
def test_a_refusal_cites_what_makes_it_the_heads_and_names_who_else_may(
    name: str, body: str, own: str, others: list[str]
) -> None:
    regulation = load(regulations_dir() / f"{name}.toml")
    refusal = only_head("only_head", regulation, regulation.body(body))
    assert refusal.article == own
    assert [article for _, _, article in refusal.values["deputies"]] == others  # type: ignore[attr-defined]


def test_where_nobody_heads_the_body_nobody_acts_as_its_head() -> None:
    staff = Staff((DUNG, VAN), (given(DUNG),))
    assert staff.chairs(BTV) == ()
    assert staff.acting(DUNG, BTV) is None
    assert staff.office(BTV) == [VAN]


ROLL = ((AN.id, "secretary"), (BINH.id, "standing_deputy"), (77, "deputy"))
MOVED = tuple(seated(each.id, "member", "ban_chap_hanh") for each in (BINH, AN))


def test_of_an_emptied_body_the_frozen_roll_tells_who_heads_it() -> None:
    staff = Staff((*MOVED, VAN))
    assert staff.heads(THUONG_TRUC) == []
    before = seated_as_before(staff, THUONG_TRUC, ROLL)
    assert [each.id for each in before.heads(THUONG_TRUC)] == [AN.id]
    assert before.heads(BTV) == []
    without = seated_as_before(Staff((MOVED[0], VAN)), THUONG_TRUC, ROLL)
    assert [each.id for each in without.heads(THUONG_TRUC)] == [BINH.id]


def test_of_a_body_in_which_somebody_sits_it_tells_nothing() -> None:
    others = Staff((*MOVED, seated(5, "standing_member", "thuong_truc")))
    assert seated_as_before(others, THUONG_TRUC, ROLL) == others
    assert seated_as_before(Staff(EVERYBODY), THUONG_TRUC, ROLL) == Staff(EVERYBODY)
    requester = Person(7, 1, "Đồng chí 7", 7, (SeatHeld(Role.OFFICER, "thuong_truc", "head"),))
    headed = Staff((*MOVED, requester))
    assert seated_as_before(headed, THUONG_TRUC, ROLL) == headed
