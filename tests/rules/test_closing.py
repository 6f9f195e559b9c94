"""When a committee may end, and who may go on with what it leaves; the expected answers are written by hand."""

from __future__ import annotations

from datetime import date

import pytest

from bot.committees.rules.closing import Known, refuse_successor, served_here
from bot.committees.rules.days import refuse_day

TODAY = date(2026, 6, 1)
KNOWN = (Known(1, "Huyện ủy A", False), Known(2, "Huyện ủy B", False), Known(3, "Huyện ủy C", True))


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2026, 5, 31), "since_past"),
        (date(2026, 6, 1), None),
        (date(2026, 6, 2), None),
        (date(2028, 6, 1), None),
        (date(2028, 6, 2), "since_far"),
    ],
)
def test_a_committee_ends_from_today_on_and_within_two_years(day: date, why: str | None) -> None:
    refusal = refuse_day(day, TODAY)
    assert (refusal.kind if refusal else None) == why


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("Huyện ủy A", "close_itself"),
        ("HUYỆN ỦY A", "close_itself"),
        ("Huyện ủy B", None),
        ("Huyện ủy C", "close_successor_closed"),
        ("Đảng ủy xã D", None),
        ("", None),
    ],
)
def test_none_goes_on_with_itself_nor_one_that_has_ended(name: str, why: str | None) -> None:
    refusal = refuse_successor(name, 1, KNOWN)
    assert (refusal.kind if refusal else None) == why


def test_a_successor_is_served_here_by_its_name_whatever_the_capitals() -> None:
    assert served_here("huyện ủy b", KNOWN) == KNOWN[1]
    assert served_here("Huyện ủy", KNOWN) is None
