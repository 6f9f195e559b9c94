"""When a rule book may be amended from, and whether everybody has a place under it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.committees.rules.amending import refuse_seats, refuse_since
from bot.people.cards import offered, uses_mark
from bot.people.rules.changes import bodies_of, judging_body
from bot.people.rules.people import Person, Role, SeatHeld
from bot.places import regulations_dir
from bot.regulations.loader import load

QN = load(regulations_dir() / "quang_ngai.toml")
TODAY = date(2026, 6, 1)


@pytest.mark.parametrize(
    ("day", "ahead", "refused"),
    [
        (date(2026, 5, 31), None, "since_past"),
        (date(2026, 6, 1), None, None),
        (date(2028, 6, 1), None, None),
        (date(2028, 6, 2), None, "since_far"),
        (date(2026, 7, 1), date(2026, 7, 1), "amend_day_taken"),
        (date(2026, 6, 30), date(2026, 7, 1), "amend_day_taken"),
        (date(2026, 7, 2), date(2026, 7, 1), None),
    ],
)
def test_it_is_from_today_on_and_after_what_is_confirmed(
    day: date, ahead: date | None, refused: str | None
) -> None:
    found = refuse_since(day, TODAY, ahead)
    assert (found.kind if found else None) == refused


def somebody(number: int, role: Role, body: str, office: str) -> Person:
    return Person(number, 1, f"Người {number}", number, (SeatHeld(role, body, office),))


HEAD = somebody(1, Role.MEMBER, "dang_doan", "secretary")
MEMBER = somebody(2, Role.MEMBER, "dang_doan", "member")
CLERK = somebody(3, Role.CLERK, "", "clerk")


def test_whoever_sits_must_have_a_place_under_the_new_rule_book() -> None:
    assert refuse_seats([HEAD, MEMBER, CLERK], QN) is None
    other = replace(QN, bodies=(replace(QN.bodies[0], id="dang_uy"),))
    found = refuse_seats([HEAD, MEMBER, CLERK], other)
    assert found is not None
    assert found.kind == "amend_seats"
    seats = found.values["seats"]
    assert isinstance(seats, list)
    assert [name for name, _ in seats] == ["Người 1", "Người 2"]


def test_a_body_in_which_somebody_sits_keeps_a_head() -> None:
    body = QN.bodies[0]
    other = replace(QN, bodies=(replace(body, heads=("deputy",)),))
    found = refuse_seats([HEAD, MEMBER, CLERK], other)
    assert found is not None
    assert (found.kind, found.values["bodies"]) == ("amend_headless", ["Đảng đoàn"])


def test_a_seat_in_a_body_that_is_no_more_can_still_be_looked_at_and_ended() -> None:
    (lost,) = somebody(4, Role.MEMBER, "ban_da_giai_the", "member").seats
    assert bodies_of([lost], QN) == list(QN.bodies)
    assert judging_body([lost], [HEAD, MEMBER], QN).id == "dang_doan"
    assert uses_mark(QN, lost) is False
    assert offered(QN, Role.MEMBER, lost.body) == (
        "secretary",
        "deputy",
        "organisation_member",
        "member",
    )
