"""Who must confirm a change beside who asks for it: the whole order, expected by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest

from bot.people.rules.acting import Staff, StandIn
from bot.people.rules.people import Person, Role, SeatHeld
from bot.people.rules.seconding import SILENT_DAYS, Rank, Seconds, ranked, seconds_for
from bot.places import regulations_dir
from bot.regulations.loader import load
from bot.regulations.rules.meetings import Scope
from tests.rules.committee import moment

HU = load(regulations_dir() / "cap_huyen.toml").body("ban_thuong_vu")
QN = load(regulations_dir() / "quang_ngai.toml").body("dang_doan")
HD = load(regulations_dir() / "hai_duong.toml").body("co_quan")
AN, BINH, CHI, DUNG, EM, VAN, VINH, VY = 1, 2, 3, 4, 5, 8, 9, 10
FROM, UNTIL = moment("2026-03-02 08:00"), moment("2026-03-04 17:00")


def seated(number: int, role: Role, body: str, office: str) -> Person:
    return Person(number, 1, f"Đồng chí {number}", number, (SeatHeld(role, body, office),))


def clerk(number: int) -> Person:
    return seated(number, Role.CLERK, "", "clerk")


def of(body: str, *offices: str) -> list[Person]:
    return [seated(n, Role.MEMBER, body, office) for n, office in enumerate(offices, 1)]


BTV = [
    *of("ban_thuong_vu", "secretary", "standing_deputy", "deputy", *["standing_member"] * 2),
    clerk(VAN),
]
"""An leads, then Bình, then Chi; Dũng and Em are members; Văn asks."""
DD = [*of("dang_doan", "secretary", "member", "member", "member"), clerk(VAN)]
"""One head, nobody next in rank, three members."""
AGENCIES = [
    seated(AN, Role.OFFICER, "co_quan", "secretary"),
    seated(BINH, Role.OFFICER, "", "deputy"),
    seated(CHI, Role.MEMBER, "co_quan", "agency"),
    seated(DUNG, Role.MEMBER, "co_quan", "agency"),
    *(clerk(number) for number in (VAN, VINH, VY)),
]


def away(everybody: list[Person], *numbers: int) -> list[Person]:
    """The same, these of them not joined."""
    return [replace(p, account=None) if p.id in numbers else p for p in everybody]


def asked(
    everybody: list[Person],
    body: object = HU,
    *concerned: int,
    silent: bool = False,
    asker: int = VAN,
    given: tuple[StandIn, ...] = (),
) -> tuple[str, set[int], set[int]]:
    staff = Staff(tuple(everybody), given)
    found = seconds_for(staff, body, asker, concerned, silent=silent)  # type: ignore[arg-type]
    return found.rank.value, set(found.alone), set(found.together)


def delegate(to: int, scope: Scope = Scope.ALL) -> tuple[StandIn, ...]:
    return (StandIn(1, 1, "ban_thuong_vu", AN, to, FROM, UNTIL, "7.2", scope),)


TABLE = [
    # who is concerned, what is so, the stage, who decides alone, who together
    ("somebody new: the head", partial(asked, BTV), ("head", {AN}, set())),
    ("a member: the head", partial(asked, BTV, HU, EM), ("head", {AN}, set())),
    ("the deputy: the head", partial(asked, BTV, HU, BINH), ("head", {AN}, set())),
    ("a clerk's own seat: the head", partial(asked, BTV, HU, VAN), ("head", {AN}, set())),
    ("the head: the next in rank", partial(asked, BTV, HU, AN), ("next", {BINH}, set())),
    ("the head, the next has not joined", partial(asked, away(BTV, BINH), HU, AN), ("next", {CHI}, set())),
    (
        "the head, nobody in rank has joined: two members",
        partial(asked, away(BTV, BINH, CHI), HU, AN),
        ("two", set(), {DUNG, EM}),
    ),
    ("the head is silent: head or next", partial(asked, BTV, HU, EM, silent=True), ("next", {AN, BINH}, set())),
    (
        "silent, and it is about the next: the one after",
        partial(asked, BTV, HU, BINH, silent=True),
        ("next", {AN, CHI}, set()),
    ),
    ("the head has not joined", partial(asked, away(BTV, AN), HU, EM), ("next", {BINH}, set())),
    ("the head asks", partial(asked, BTV, HU, EM, asker=AN), ("next", {BINH}, set())),
    ("head and deputy delegated", partial(asked, BTV, HU, EM, given=delegate(BINH)), ("head", {AN, BINH}, set())),
    ("a delegate about the own seat", partial(asked, BTV, HU, BINH, given=delegate(BINH)), ("head", {AN}, set())),
    (
        "a delegate about the head's seat decides as the next in rank alone",
        partial(asked, BTV, HU, AN, given=delegate(DUNG)),
        ("next", {BINH}, set()),
    ),
    (
        "a delegate who may chair and sign decides about nobody",
        partial(asked, BTV, HU, EM, given=delegate(DUNG, Scope.CHAIR_AND_SIGN)),
        ("head", {AN}, set()),
    ),
    (
        "head and delegate are silent: the next beside them",
        partial(asked, BTV, HU, EM, silent=True, given=delegate(BINH)),
        ("next", {AN, BINH, CHI}, set()),
    ),
    (
        "one head alone in rank, silent: or two members",
        partial(asked, DD, QN, CHI, silent=True),
        ("two", {AN}, {BINH, DUNG}),
    ),
    ("about that head: two members, never the asker", partial(asked, DD, QN, AN), ("two", set(), {BINH, CHI, DUNG})),
    (
        "a single member has joined: two are needed",
        partial(asked, away(DD, CHI, DUNG), QN, AN),
        ("machine", set(), set()),
    ),
    ("one clerk and one head: the head", partial(asked, away(DD, BINH, CHI, DUNG), QN, BINH), ("head", {AN}, set())),
    (
        "one clerk and one head, who is silent: the head it stays",
        partial(asked, away(DD, BINH, CHI, DUNG), QN, BINH, silent=True),
        ("head", {AN}, set()),
    ),
    (
        "one clerk and one head, about the head",
        partial(asked, away(DD, BINH, CHI, DUNG), QN, AN),
        ("machine", set(), set()),
    ),
    (
        "nobody has joined but who asks",
        partial(asked, away(DD, AN, BINH, CHI, DUNG), QN, CHI),
        ("machine", set(), set()),
    ),
    ("agencies: the officer", partial(asked, AGENCIES, HD, CHI), ("head", {AN}, set())),
    ("agencies, about the officer: another officer", partial(asked, AGENCIES, HD, AN), ("next", {BINH}, set())),
    (
        "agencies, no other officer: two clerks who do not ask, no agency",
        partial(asked, away(AGENCIES, BINH), HD, AN),
        ("two", set(), {VINH, VY}),
    ),
    (
        "agencies, one other clerk is one too few",
        partial(asked, away(AGENCIES, BINH, VY), HD, AN),
        ("machine", set(), set()),
    ),
    ("agencies, the officer is silent", partial(asked, AGENCIES, HD, CHI, silent=True), ("next", {AN, BINH}, set())),
]  # fmt: skip


@pytest.mark.parametrize(
    ("found", "expected"), [row[1:] for row in TABLE], ids=[r[0] for r in TABLE]
)
def test_the_order_of_second_persons(
    found: Callable[[], tuple[str, set[int], set[int]]], expected: tuple[str, set[int], set[int]]
) -> None:
    assert found() == expected


def test_who_stands_in_decides_for_the_head() -> None:
    staff = Staff(tuple(BTV), delegate(DUNG))
    found = seconds_for(staff, HU, VAN, (EM,), silent=False)
    acting = found.alone[DUNG]
    assert acting is not None
    assert acting.acting_for == AN


HEAD_OR_TWO = Seconds(Rank.TWO, {AN: None}, frozenset({CHI, DUNG, EM}))
TWO = Seconds(Rank.TWO, {}, frozenset({CHI, DUNG}))


@pytest.mark.parametrize(
    ("seconds", "yes", "no", "expected"),
    [
        (HEAD_OR_TWO, {AN}, {CHI}, True),
        (HEAD_OR_TWO, {CHI}, {AN}, False),
        (HEAD_OR_TWO, {CHI}, set(), None),
        (HEAD_OR_TWO, {CHI, EM}, set(), True),
        (HEAD_OR_TWO, {CHI}, {EM}, None),
        (HEAD_OR_TWO, {CHI}, {DUNG, EM}, False),
        (HEAD_OR_TWO, set(), {DUNG, EM}, False),  # Chi need not be heard any more
        (TWO, {CHI}, {DUNG}, False),  # all were heard and are divided
        (TWO, {CHI, VAN}, set(), None),  # a word of nobody who may decide
        (TWO, set(), set(), None),
        (Seconds(Rank.MACHINE), set(), set(), None),
    ],
)
def test_how_many_words_decide(
    seconds: Seconds, yes: set[int], no: set[int], expected: bool | None
) -> None:
    assert seconds.verdict(yes, no) is expected


def test_everyone_who_may_say_a_word_is_named() -> None:
    assert HEAD_OR_TWO.everyone == {AN, CHI, DUNG, EM}


def test_a_head_is_waited_for_three_working_days() -> None:
    assert SILENT_DAYS == 3


def test_officers_rank_before_the_offices_of_a_body() -> None:
    officers = [seated(n, Role.OFFICER, "ban_thuong_vu", "deputy") for n in (VINH, VY)]
    assert [p.id for p in ranked([*BTV, *officers], HU)] == [VINH, VY]
    assert [p.id for p in ranked(BTV, HU)] == [AN, BINH, CHI]


def test_no_seat_of_an_agency_gives_a_rank_whatever_it_is_called() -> None:
    assert ranked([seated(DUNG, Role.MEMBER, "co_quan", "secretary")], HD) == []
