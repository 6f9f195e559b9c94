"""What stands on a paper where nobody has set anything, and how its number reads: all expected by hand."""

from __future__ import annotations

from datetime import date

import pytest

from bot.issuing.rules.letterhead import (
    Paper,
    abbreviation,
    capacity_of,
    names_of,
    symbol_of,
)
from bot.issuing.rules.numbers import Number, kind_of
from bot.places import regulations_dir
from bot.regulations.loader import load
from bot.regulations.rules.terms import Profile
from bot.typesetting.profile import profile


@pytest.mark.parametrize(
    ("issuer", "letters"),
    [
        ("Đảng ủy Các cơ quan tỉnh", "ĐU"),
        ("Đảng đoàn Liên hiệp các Hội Khoa học và Kỹ thuật", "ĐĐ"),
        ("Ban Thường vụ", "BTV"),
        ("Ban Chấp hành", "BCH"),
        ("Thường trực", "TT"),
        ("Huyện ủy A", "HU"),
        ("Ban Dân vận Tỉnh ủy", "BDV"),
        ("Ủy ban nhân dân tỉnh", "UBND"),
        ("Chi bộ", "CB"),
        ("Đảng", "Đ"),
        ("& <b>", "B"),
        ("", ""),
    ],
)
def test_the_issuing_body_in_letters(issuer: str, letters: str) -> None:
    assert abbreviation(issuer) == letters


@pytest.mark.parametrize(
    ("book", "body", "committee", "names"),
    [
        ("quang_ngai", "dang_doan", "Đảng đoàn Liên hiệp A", ("", "Đảng đoàn Liên hiệp A")),
        ("bac_kan", "ban_thuong_vu", "Đảng ủy A", ("Đảng ủy A", "Ban Thường vụ")),
        ("hai_duong", "co_quan", "Đảng ủy Khối A", ("", "Đảng ủy Khối A")),
    ],
)
def test_superior_and_issuing_body(
    book: str, body: str, committee: str, names: tuple[str, str]
) -> None:
    regulation = load(regulations_dir() / f"{book}.toml")

    assert names_of(committee, regulation.body(body)) == names


@pytest.mark.parametrize(
    ("paper", "party", "state"),
    [
        (Paper.COUNT, "BB/ĐU", "BB-ĐU"),
        (Paper.MINUTES, "BB/ĐU", "BB-ĐU"),
        (Paper.RESULT, "TB/ĐU", "TB-ĐU"),
        (Paper.DIFFERING, "BC/ĐU", "BC-ĐU"),
        (Paper.FIGURES, "BC/ĐU", "BC-ĐU"),
        (Paper.INVITATION, "GM/ĐU", "GM-ĐU"),
        (Paper.CONCLUSION, "TB/ĐU", "TB-ĐU"),
        (Paper.BALLOTS, "BB/ĐU", "BB-ĐU"),
        (Paper.RESOLUTION, "NQ/ĐU", "NQ-ĐU"),
        (Paper.SLIP, "", ""),
        (Paper.TABLE, "", ""),
    ],
)
def test_symbols_by_type(paper: Paper, party: str, state: str) -> None:
    for layout, symbol in ((Profile.PARTY, party), (Profile.STATE, state)):
        assert symbol_of(profile(layout).kind(paper), "ĐU", layout) == symbol


def test_what_goes_out_is_signed_for_the_body_and_minutes_by_who_was_there() -> None:
    assert capacity_of(Paper.CONCLUSION, Profile.PARTY) == "T/M"
    assert capacity_of(Paper.CONCLUSION, Profile.STATE) == "TM."
    assert capacity_of(Paper.MINUTES, Profile.PARTY) == ""


@pytest.mark.parametrize(
    ("number", "symbol", "text"),
    [
        (5, "BB/ĐU", "05-BB/ĐU"),
        (9, "BB/ĐU", "09-BB/ĐU"),
        (10, "BB/ĐU", "10-BB/ĐU"),
        (123, "NQ/HU", "123-NQ/HU"),
        (5, "BB-UBND", "05/BB-UBND"),
    ],
)
def test_a_number_reads_with_two_digits(number: int, symbol: str, text: str) -> None:
    assert Number(number, symbol, date(2026, 3, 2)).text == text


@pytest.mark.parametrize(
    ("symbol", "kind"), [("BB/ĐU", "BB"), ("BB-UBND", "BB"), ("TB-VP/ĐU", "TB"), ("GM", "GM")]
)
def test_papers_of_one_type_share_a_row(symbol: str, kind: str) -> None:
    assert kind_of(symbol) == kind
