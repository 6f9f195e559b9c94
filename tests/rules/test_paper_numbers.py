"""Which number comes next, what explains a gap, and how what a body sets is read: all expected by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.issuing.rules.fields import Field, Setting, read, setting
from bot.issuing.rules.letterhead import Paper
from bot.issuing.rules.numbers import Entry, may_begin_at, may_drop, may_number, next_number
from bot.values.refusal import Refusal

DAY = date(2026, 3, 2)
TAKEN = Entry(1, 1, "dang_doan", "BB", 5, "BB/ĐĐ", Paper.COUNT, "consultation:3", "", DAY, 3)
SKIPPED = replace(TAKEN, number=6, paper=None, subject="", reason="Đã cấp trên giấy")
DROPPED = replace(TAKEN, number=7, reason="In nhầm", dropped_at=datetime(2026, 3, 3, tzinfo=UTC))


@pytest.mark.parametrize(
    ("taken", "first", "following"),
    [
        ((), 1, 1),
        ((), 38, 38),
        ((TAKEN,), 1, 6),
        ((TAKEN, SKIPPED), 1, 7),
        ((TAKEN, SKIPPED, DROPPED), 1, 8),
        ((DROPPED, TAKEN), 1, 8),
        ((TAKEN,), 38, 38),
    ],
)
def test_the_next_number_is_above_every_one_given(
    taken: tuple[Entry, ...], first: int, following: int
) -> None:
    assert next_number(taken, first) == following


def kind(refusal: Refusal | None) -> str:
    return refusal.kind if refusal else ""


def test_what_may_be_done_with_a_number() -> None:
    assert kind(may_drop(TAKEN)) == ""
    assert kind(may_drop(SKIPPED)) == "issuing_settled"
    assert kind(may_drop(DROPPED)) == "issuing_settled"
    assert kind(may_number("BB/ĐĐ", 9999)) == ""
    assert kind(may_number("BB/ĐĐ", 10_000)) == "issuing_numbers_end"
    assert kind(may_number("", 1)) == "issuing_unnumbered"
    assert kind(may_begin_at([])) == ""
    assert kind(may_begin_at([DROPPED])) == "issuing_row_begun"


@pytest.mark.parametrize(
    "name",
    ["", "font", "superior.conclusion", "symbol", "symbol.letter", "next.BB", "signer", ".slip"],
)
def test_nothing_else_may_be_set(name: str) -> None:
    assert setting(name) is None


def test_where_a_row_goes_on_is_kept_for_its_type() -> None:
    assert Setting(Field.NEXT, Paper.RESULT).key("TB/ĐU") == "next.TB"
    assert Setting(Field.SYMBOL, Paper.CONCLUSION).key("TB/ĐU") == "symbol.conclusion"
    assert Setting(Field.PLACE).key("") == "place"


READ = [
    ("place", "  Quảng   Ngãi ", "Quảng Ngãi"),
    ("place", "", ""),
    ("superior", "{{7*7}} & <b>=1+1", "{{7*7}} & <b>=1+1"),
    ("superior", "Tỉnh\u202e ủy", "Tỉnh ủy"),
    ("symbol.conclusion", "TB-VP/ĐU", "TB-VP/ĐU"),
    ("symbol.conclusion", "", ""),
    ("to.conclusion", "- Tỉnh ủy;\n\n Lưu  VP.", ["Tỉnh ủy", "Lưu VP"]),
    ("to.conclusion", " ", []),
    ("next.conclusion", " 38 ", 38),
    ("profile", "nd30-2020", "nd30-2020"),
    ("signer.conclusion", "2 T/L", {"by": 2, "capacity": "T/L"}),
    ("signer.conclusion", "2 ", {"by": 2, "capacity": ""}),
]


@pytest.mark.parametrize(("name", "typed", "kept"), READ)
def test_what_is_typed_is_kept_clean(name: str, typed: str, kept: object) -> None:
    of = setting(name)
    assert of is not None
    assert read(of, typed, {2}, "dang-05-2026") == kept


UNREAD = [
    ("issuer", "", "reason_needed"),
    ("issuer", "A" * 201, "text_too_long"),
    ("profile", "nd31", "issuing_value_unknown"),
    ("symbol.conclusion", "số 5", "issuing_symbol_unreadable"),
    ("symbol.conclusion", "TB/", "issuing_symbol_unreadable"),
    ("symbol.conclusion", "T" * 31, "text_too_long"),
    ("next.conclusion", "0", "issuing_number_unreadable"),
    ("next.conclusion", "-3", "issuing_number_unreadable"),
    ("next.conclusion", "10000", "issuing_number_unreadable"),
    ("next.conclusion", "٣", "issuing_number_unreadable"),
    ("next.conclusion", "", "reason_needed"),
    ("signer.conclusion", "3 T/M", "issuing_signer_gone"),
    ("signer.conclusion", "2 TM.", "issuing_signer_gone"),
    ("signer.conclusion", "x", "issuing_signer_gone"),
    ("to.conclusion", "\n".join("A" * 21), "issuing_too_many_recipients"),
]


@pytest.mark.parametrize(("name", "typed", "refused"), UNREAD)
def test_what_cannot_be_read_is_refused(name: str, typed: str, refused: str) -> None:
    of = setting(name)
    assert of is not None
    found = read(of, typed, {2}, "dang-05-2026")
    assert isinstance(found, Refusal)
    assert found.kind == refused
