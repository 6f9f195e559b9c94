"""Who must attend: every roll up to fifteen against tables written by hand, both readings of Điều 8.2.2."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import replace as changed
from fractions import Fraction
from itertools import combinations

import pytest

from bot.meetings.rules.quorum import quorum
from bot.regulations.rules.meetings import Quorum, QuorumCondition, QuorumGroup, QuorumReading
from bot.regulations.rules.terms import Threshold
from tests.rules.committee import body

TWO_THIRDS = {
    1: 1,
    2: 2,
    3: 2,
    4: 3,
    5: 4,
    6: 4,
    7: 5,
    8: 6,
    9: 6,
    10: 7,
    11: 8,
    12: 8,
    13: 9,
    14: 10,
    15: 10,
}
"""Of a roll of so many, how many are at least two thirds."""


@dataclass(frozen=True)
class Seat:
    """A place on a roll, as far as attendance asks."""

    person: int
    office: str = "member"
    full_time: bool = True
    part_time_vice_president: bool = False


def seats(size: int) -> list[Seat]:
    """So many full-time members."""
    return [Seat(person) for person in range(1, size + 1)]


def mixed(size: int) -> list[Seat]:
    """Secretary, deputy and one full-time member; everybody else is part-time."""
    offices = ("secretary", "deputy", "organisation_member", *["member"] * size)
    return [Seat(n, offices[n - 1], full_time=n <= 3) for n in range(1, size + 1)]


def rule_of(regulation: str, of: str) -> Quorum:
    found = body(regulation, of).meetings
    assert found is not None
    assert found.quorum is not None
    return found.quorum


QUANG_NGAI = rule_of("quang_ngai", "dang_doan")


def read_as(reading: QuorumReading) -> Quorum:
    assert isinstance(QUANG_NGAI.condition, QuorumCondition)
    return changed(QUANG_NGAI, condition=changed(QUANG_NGAI.condition, reading=reading))


@pytest.mark.parametrize(
    ("regulation", "of"),
    [
        ("quang_ngai", "dang_doan"),
        ("bac_kan", "ban_chap_hanh"),
        ("bac_kan", "ban_thuong_vu"),
        ("cap_huyen", "ban_chap_hanh"),
        ("cap_huyen", "ban_thuong_vu"),
    ],
)
@pytest.mark.parametrize("size", TWO_THIRDS)
def test_two_thirds_of_all_members_must_attend(regulation: str, of: str, size: int) -> None:
    rule, roll, needed = rule_of(regulation, of), seats(size), TWO_THIRDS[size]
    for present in range(size + 1):
        found = quorum(rule, roll, set(range(1, present + 1)))
        assert found.required == needed
        assert found.holds is (present >= needed), f"{present} of {size}"
        assert (found.present, found.roll) == (present, size)
        assert found.articles == (rule.article,)


@pytest.mark.parametrize("size", range(4, 16))
@pytest.mark.parametrize("away", range(13))
def test_with_part_time_members_away_the_others_suffice_only_beside_two_thirds(
    size: int, away: int
) -> None:
    if away > size - 3:
        return
    roll = mixed(size)
    present = {seat.person for seat in roll[: size - away]}
    added = quorum(read_as(QuorumReading.IN_ADDITION), roll, present)
    instead = quorum(read_as(QuorumReading.INSTEAD), roll, present)
    enough = size - away >= TWO_THIRDS[size]
    assert added.holds is enough
    assert instead.holds is (enough or away > 0), "all who must attend are there"
    assert added.condition_applies is instead.condition_applies is (away > 0)
    assert added.missing == instead.missing == ()


@pytest.mark.parametrize("reading", QuorumReading)
@pytest.mark.parametrize("size", range(4, 16))
@pytest.mark.parametrize("missing", [1, 2, 3])
def test_with_a_part_time_member_away_nobody_full_time_may_be_away(
    reading: QuorumReading, size: int, missing: int
) -> None:
    roll = mixed(size)
    present = {seat.person for seat in roll} - {missing, size}
    found = quorum(read_as(reading), roll, present)
    assert found.condition_applies
    assert found.missing == (missing,)
    assert not found.holds


@pytest.mark.parametrize("reading", QuorumReading)
@pytest.mark.parametrize("size", range(4, 16))
def test_with_every_part_time_member_there_the_secretary_may_be_away(
    reading: QuorumReading, size: int
) -> None:
    roll = mixed(size)
    found = quorum(read_as(reading), roll, {seat.person for seat in roll} - {1})
    assert not found.condition_applies
    assert found.missing == ()
    assert found.holds is (size - 1 >= TWO_THIRDS[size])


@pytest.mark.parametrize("size", range(1, 9))
def test_a_larger_attendance_never_loses_a_plain_quorum(size: int) -> None:
    rule, roll = rule_of("bac_kan", "ban_chap_hanh"), seats(size)
    everybody = range(1, size + 1)
    for count in everybody:
        for present in combinations(everybody, count):
            if quorum(rule, roll, present[:-1]).holds:
                assert quorum(rule, roll, present).holds


def test_without_a_rule_any_attendance_will_do() -> None:
    found = quorum(None, seats(5), set())
    assert (found.holds, found.required, found.articles) == (True, 0, ())


def test_guests_and_strangers_are_not_counted() -> None:
    found = quorum(QUANG_NGAI, seats(3), {1, 77, 78})
    assert (found.holds, found.present) == (False, 1)


def test_exactly_two_thirds_suffice_and_one_less_does_not() -> None:
    assert quorum(QUANG_NGAI, seats(9), set(range(1, 7))).holds
    assert not quorum(QUANG_NGAI, seats(9), set(range(1, 6))).holds
    assert not quorum(QUANG_NGAI, seats(10), set(range(1, 7))).holds


def test_a_marked_vice_president_alone_brings_the_condition_about() -> None:
    roll = [changed(seat, part_time_vice_president=seat.person == 4) for seat in mixed(6)]
    assert not quorum(QUANG_NGAI, roll, {1, 2, 4, 5}).condition_applies
    assert quorum(QUANG_NGAI, roll, {1, 2, 4, 5}).holds
    away = quorum(QUANG_NGAI, roll, {1, 2, 5, 6})
    assert (away.condition_applies, away.missing, away.holds) == (True, (3,), False)


def test_where_nobody_is_marked_every_part_time_member_stands_for_it() -> None:
    found = quorum(QUANG_NGAI, mixed(6), {1, 2, 4, 5})
    assert (found.condition_applies, found.missing, found.holds) == (True, (3,), False)


# --- at least one of each group ---------------------------------------------------------------

COUNCIL = Quorum(
    "HDT-M2",
    Threshold(Fraction(1, 2), inclusive=False, article="9.1"),
    groups=(
        QuorumGroup("giảng viên", ("lecturer",), "9.2"),
        QuorumGroup("ngoài trường", ("outside", "guest_of_honour"), "9.3"),
    ),
)
COUNCIL_ROLL = [
    Seat(1, "chairman"),
    Seat(2, "lecturer"),
    Seat(3, "lecturer"),
    Seat(4, "outside"),
    Seat(5, "guest_of_honour"),
]


@pytest.mark.parametrize(
    ("present", "holds", "groups", "articles"),
    [
        ({1, 2, 4}, True, (), ("9.1",)),
        ({1, 3, 5}, True, (), ("9.1",)),
        ({2, 3, 4}, True, (), ("9.1",)),
        ({1, 2, 3}, False, ("ngoài trường",), ("9.1", "9.3")),
        ({1, 4, 5}, False, ("giảng viên",), ("9.1", "9.2")),
        ({2, 4}, False, (), ("9.1",)),
        ({1}, False, ("giảng viên", "ngoài trường"), ("9.1", "9.2", "9.3")),
    ],
)
def test_of_each_group_somebody_attends_beside_more_than_half_of_all(
    present: set[int], holds: bool, groups: tuple[str, ...], articles: tuple[str, ...]
) -> None:
    found = quorum(COUNCIL, COUNCIL_ROLL, present)

    assert (found.holds, found.required, found.groups, found.articles) == (
        holds,
        3,
        groups,
        articles,
    )


def test_a_group_of_which_nobody_sits_in_the_body_is_never_there() -> None:
    nobody_outside = COUNCIL_ROLL[:3]

    found = quorum(COUNCIL, nobody_outside, {1, 2, 3})

    assert not found.holds
    assert found.groups == ("ngoài trường",)
