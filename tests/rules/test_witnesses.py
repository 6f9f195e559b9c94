"""Who keeps a head of the register, and when: drawn by lot, the same for whoever draws again."""

from __future__ import annotations

import hashlib
from collections import Counter
from datetime import date, timedelta

import pytest

from bot.people.rules.people import Person, Role, SeatHeld
from bot.people.rules.witnesses import drawn, may_be_drawn, next_note
from bot.values.working_days import WorkingCalendar
from tests.rules.committee import moment

NOTHING_OFF = WorkingCalendar(frozenset(), frozenset(), "thử")
NEW_YEAR_OFF = WorkingCalendar(frozenset({date(2026, 1, 1), date(2026, 1, 2)}), frozenset(), "thử")


def person(number: int, role: Role = Role.MEMBER, **more: bool) -> Person:
    account = number if more.get("joined", True) else None
    seat = SeatHeld(role, "dang_doan" if role is Role.MEMBER else "", "member")
    return Person(number, 1, f"Người {number}", account, (seat,), more.get("reachable", True))


MEMBERS = [person(number) for number in (2, 3, 4, 5)]


# Of each id behind the digest and a colon the SHA-256, as sha256sum gives it; the two least of the four.
@pytest.mark.parametrize(
    ("digest", "expected"),
    [("3fa29c10", [3, 4]), ("77de0b1c", [3, 2]), ("55aa0d2e", [5, 2])],
)
def test_the_lot_is_that_of_the_digest(digest: str, expected: list[int]) -> None:
    assert [each.id for each in drawn(MEMBERS, digest)] == expected
    assert [each.id for each in drawn(reversed(MEMBERS), digest)] == expected


@pytest.mark.parametrize("count", [0, 1, 2])
def test_where_there_are_no_more_than_two_all_are_drawn(count: int) -> None:
    lot = drawn(MEMBERS[:count], "3fa29c10")
    assert sorted(each.id for each in lot) == [each.id for each in MEMBERS[:count]]


def test_each_member_is_drawn_as_often_as_any_other() -> None:
    months = [hashlib.sha256(str(n).encode()).hexdigest() for n in range(4000)]
    times = Counter(each.id for month in months for each in drawn(MEMBERS, month))
    # Two of four, 4000 times: 2000 each, with a standard deviation of 32.
    assert all(abs(times[each.id] - 2000) < 160 for each in MEMBERS), times


def test_only_members_whom_a_message_reaches_are_drawn_and_never_the_office() -> None:
    people = [
        *MEMBERS,
        person(6, joined=False),
        person(7, reachable=False),
        person(8, Role.CLERK),
        person(9, Role.GUEST),
        person(10, Role.UNIT),
        person(11, Role.OFFICER),
    ]
    assert [each.id for each in may_be_drawn(people, {2, 8, 11})] == [3, 4, 5]


@pytest.mark.parametrize(
    ("now", "days", "expected"),
    [
        ("2026-03-02 07:59", NOTHING_OFF, "2026-03-02 08:00"),  # the first is a Sunday
        ("2026-03-02 08:00", NOTHING_OFF, "2026-04-01 08:00"),
        ("2026-03-31 23:59", NOTHING_OFF, "2026-04-01 08:00"),
        ("2025-12-15 12:00", NEW_YEAR_OFF, "2026-01-05 08:00"),
        ("2026-01-01 00:00", NEW_YEAR_OFF, "2026-01-05 08:00"),
        ("2026-01-05 09:00", NEW_YEAR_OFF, "2026-02-02 08:00"),  # the first is a Sunday again
    ],
)
def test_the_note_comes_on_the_first_working_morning_of_a_month(
    now: str, days: WorkingCalendar, expected: str
) -> None:
    assert next_note(moment(now), days) == moment(expected)


def test_each_month_of_ten_years_has_one_moment() -> None:
    at, months = moment("2026-01-01 00:00"), []
    for _ in range(120):
        at = next_note(at, NOTHING_OFF) + timedelta(minutes=1)
        months.append((at.year, at.month))
    assert months == [(2026 + n // 12, n % 12 + 1) for n in range(120)]
