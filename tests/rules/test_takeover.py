"""What is taken over from a committee that has ended: until when, and who is there already; expected by hand."""

from __future__ import annotations

from datetime import date

import pytest

from bot.committees.rules.takeover import last_day, names_twin

TODAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("due", "last"),
    [
        (date(2026, 2, 27), date(2026, 3, 2)),
        (date(2026, 3, 1), date(2026, 3, 2)),
        (date(2026, 3, 2), date(2026, 3, 2)),
        (date(2026, 3, 3), date(2026, 3, 3)),
    ],
)
def test_what_is_taken_over_keeps_its_day_and_is_never_due_before_that_of_the_taking_over(
    due: date, last: date
) -> None:
    assert last_day(due, TODAY) == last


@pytest.mark.parametrize(
    ("unit", "there", "is_there"),
    [
        ("", [("Trần Thị Bình", "")], True),
        ("", [("TRẦN THỊ BÌNH", "Sở Hai")], True),
        ("Sở Một", [("Trần Thị Bình", "")], True),
        ("Sở Một", [("Trần Thị Bình", "Sở Một")], True),
        ("Sở Một", [("Trần Thị Bình", "Sở Hai")], False),
        ("Sở Một", [("Trần Thị Bình", "Sở Hai"), ("Trần Thị Bình", "Sở Một")], True),
        ("", [("Trần Thị Bích", "")], False),
        ("", [], False),
    ],
)
def test_somebody_of_that_name_is_there_unless_both_name_a_unit_and_another_one(
    unit: str, there: list[tuple[str, str]], is_there: bool
) -> None:
    assert names_twin("Trần Thị Bình", unit, there) is is_there
