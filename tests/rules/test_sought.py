"""What is typed into the search finds a text by the beginnings of its words, marks and signs apart."""

import pytest

from bot.values.sought import Sought, begins, may_be_year, searchable


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("K’Tiêng", "K'Tiêng"),
        ("k'tieng", "Lê K’Tiêng"),
        ("tiêng", "K'Tiêng"),
        ("KTieng", "KʼTiêng"),
        ("hoà", "Trần Thị Hòa"),
        ("Hoa", "Nguyễn Văn Hoá"),
        ("doan", "Nhận xét cán bộ Đoàn"),
        ("cán bộ", "Nhan xet can bo"),
        ("chương trình", "CHƯƠNG TRÌNH công tác"),
        ("tac chuong", "Chương trình công tác"),
        ("nq-tu", "Nghị quyết 02-NQ/TU"),
        ("phu luc", "«Phụ lục» (kèm)"),
    ],
)
def test_it_is_found(typed: str, kept: str) -> None:
    assert begins(searchable(kept), Sought.of(typed).words)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("hoa", "khoa học"), ("tiêng k", "Tiếng"), ("chuong trinh hoc", "Chương trình công tác")],
)
def test_it_is_not_found(typed: str, kept: str) -> None:
    assert not begins(searchable(kept), Sought.of(typed).words)


@pytest.mark.parametrize(
    ("typed", "words", "numbers"),
    [
        ("12", (), (12,)),
        ("số 12", (), (12,)),
        ("số 12/2026", (), (12, 2026)),
        ("năm 2026", (), (2026,)),
        ("sổ vàng", ("so", "vang"), ()),
        ("năm học", ("nam", "hoc"), ()),
        ("Hoà 2026", ("hoa",), (2026,)),
        ("99999999999", ("99999999999",), ()),
        ("…", (), ()),
        ("'", (), ()),
    ],
)
def test_words_and_numbers_are_told_apart(
    typed: str, words: tuple[str, ...], numbers: tuple[int, ...]
) -> None:
    sought = Sought.of(typed)

    assert (sought.words, sought.numbers) == (words, numbers)
    assert sought.is_empty == (not words and not numbers)


def test_a_year_is_one_of_those_in_which_there_can_be_a_matter() -> None:
    assert may_be_year(2026)
    assert not may_be_year(12)
    assert not may_be_year(99999)
