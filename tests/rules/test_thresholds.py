"""How much agreement is needed: every committee up to fifteen, against tables written by hand."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.regulations.rules.terms import Threshold
from tests.rules.committee import body, table

TWO_THIRDS = Threshold(Fraction("2/3"), inclusive=True, article="8.2.2")
OVER_HALF = Threshold(Fraction("1/2"), inclusive=False, article="21.3")
ALL = Threshold(Fraction(1), inclusive=True, article="15.2")
KINDS = {"two_thirds": TWO_THIRDS, "over_half": OVER_HALF, "all": ALL}
ROWS = [(kind, row) for kind, rows in table("thresholds").items() for row in rows]
SIZES = st.integers(1, 2000)


@pytest.mark.parametrize("kind", KINDS)
def test_the_table_has_every_size_up_to_fifteen(kind: str) -> None:
    assert [row["size"] for row in table("thresholds")[kind]] == list(range(1, 16))


@pytest.mark.parametrize(("kind", "row"), ROWS)
def test_the_number_needed_is_that_of_the_table(kind: str, row: dict[str, Any]) -> None:
    assert KINDS[kind].required(row["size"]) == row["needed"]


@pytest.mark.parametrize(("kind", "row"), ROWS)
def test_every_number_of_agreements_carries_or_not_as_the_table_says(
    kind: str, row: dict[str, Any]
) -> None:
    carries = row["carries"].split()
    assert len(carries) == row["size"] + 1
    for agreeing, word in enumerate(carries):
        assert KINDS[kind].met(agreeing, row["size"]) is (word == "có"), agreeing


@pytest.mark.parametrize(
    ("regulation", "body_id", "kind"),
    [
        ("quang_ngai", "dang_doan", "two_thirds"),
        ("bac_kan", "ban_chap_hanh", "over_half"),
        ("bac_kan", "ban_thuong_vu", "over_half"),
        ("cap_huyen", "ban_thuong_vu", "over_half"),
        ("cap_huyen", "thuong_truc", "all"),
        ("hai_duong", "co_quan", "all"),
    ],
)
def test_each_regulation_asks_for_the_numbers_of_its_table(
    regulation: str, body_id: str, kind: str
) -> None:
    threshold = body(regulation, body_id).written.threshold
    assert threshold is not None
    for row in table("thresholds")[kind]:
        assert threshold.required(row["size"]) == row["needed"]


@pytest.mark.parametrize("body_id", ["doan_the", "ban_dan_van"])
def test_where_opinions_are_collated_nothing_is_needed(body_id: str) -> None:
    assert body("tra_vinh", body_id).written.threshold is None


@given(SIZES, st.data(), st.sampled_from(list(KINDS.values())))
def test_enough_is_met_from_the_required_number_on(
    size: int, data: st.DataObject, threshold: Threshold
) -> None:
    agreeing = data.draw(st.integers(0, size))
    assert threshold.met(agreeing, size) is (agreeing >= threshold.required(size))


@given(SIZES, st.data())
def test_two_thirds_and_over_half_are_whole_numbers_at_any_size(
    size: int, data: st.DataObject
) -> None:
    agreeing = data.draw(st.integers(0, size))
    assert TWO_THIRDS.met(agreeing, size) is (3 * agreeing >= 2 * size)
    assert OVER_HALF.met(agreeing, size) is (2 * agreeing > size)
    assert ALL.met(agreeing, size) is (agreeing == size)
