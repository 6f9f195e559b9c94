from __future__ import annotations

from datetime import date

import pytest

from bot.values.typed_days import (
    DayFault,
    PaperMark,
    TypedDays,
    kind_and_number,
    paper_mark,
    parse_days,
)


@pytest.mark.parametrize(
    ("text", "first", "last", "name"),
    [
        ("02/09/2026 Quốc khánh", (2026, 9, 2), (2026, 9, 2), "Quốc khánh"),
        ("2/9 Quốc khánh", (2026, 9, 2), (2026, 9, 2), "Quốc khánh"),
        ("2.9.2027: Quốc khánh", (2027, 9, 2), (2027, 9, 2), "Quốc khánh"),
        ("02-09-2026", (2026, 9, 2), (2026, 9, 2), ""),
        ("ngày 10/01 - Làm bù", (2026, 1, 10), (2026, 1, 10), "Làm bù"),
        ("15/02/2026 - 21/02/2026 Nghỉ Tết", (2026, 2, 15), (2026, 2, 21), "Nghỉ Tết"),
        ("Từ ngày 15/2 đến ngày 21/2 Nghỉ Tết", (2026, 2, 15), (2026, 2, 21), "Nghỉ Tết"),
        ("30/12/2026 – 02/01/2027", (2026, 12, 30), (2027, 1, 2), ""),
        ("15/2 đến 21/2/2027", (2027, 2, 15), (2027, 2, 21), ""),
        ("29/02/2028", (2028, 2, 29), (2028, 2, 29), ""),
        ("０２／０９／２０２６ Quốc khánh", (2026, 9, 2), (2026, 9, 2), "Quốc khánh"),
        ("mùng 2/9 Quốc khánh", (2026, 9, 2), (2026, 9, 2), "Quốc khánh"),
        ("2 tháng 9 năm 2026 - Quốc khánh", (2026, 9, 2), (2026, 9, 2), "Quốc khánh"),
        ("ngày 2 tháng 9/2027", (2027, 9, 2), (2027, 9, 2), ""),
        ("02/09/26 Quốc khánh", (2026, 9, 2), (2026, 9, 2), "Quốc khánh"),
        ("02/09/2026 (thứ Tư) Quốc khánh", (2026, 9, 2), (2026, 9, 2), "Quốc khánh"),
        ("15/2 (CN) đến hết 21/2 (T7): Nghỉ Tết", (2026, 2, 15), (2026, 2, 21), "Nghỉ Tết"),
        ("15/02/2026 — 21/02/2026 Nghỉ Tết", (2026, 2, 15), (2026, 2, 21), "Nghỉ Tết"),
    ],
)
def test_days_are_read_as_a_clerk_writes_them(
    text: str, first: tuple[int, int, int], last: tuple[int, int, int], name: str
) -> None:
    assert parse_days(text, 2026) == TypedDays(date(*first), date(*last), name)


@pytest.mark.parametrize("text", ["", "Quốc khánh", "hôm nay", "\0", "2", "1/1/26/5", "x" * 500])
def test_what_is_no_day_is_unreadable(text: str) -> None:
    assert parse_days(text, 2026) == DayFault("unreadable")


@pytest.mark.parametrize("text", ["30/02/2026", "32/1", "1/13 Tết", "29/2", "21/2 - 15/2"])
def test_a_day_that_does_not_exist_is_impossible(text: str) -> None:
    fault = parse_days(text, 2026)
    assert isinstance(fault, DayFault)
    assert fault.kind == "impossible"
    assert fault.part == text.removesuffix(" Tết")


def test_a_row_of_days_has_both_its_ends() -> None:
    typed = parse_days("30/12/2026 - 02/01/2027 Nghỉ", 2026)
    assert isinstance(typed, TypedDays)
    assert [day.day for day in typed.days] == [30, 31, 1, 2]


@pytest.mark.parametrize(
    ("text", "day", "weekdays"),
    [
        ("02/09/2026 (thứ Năm) Quốc khánh", "02/09/2026", ("thứ Tư", "thứ năm")),
        ("15/2 - 21/2 (CN)", "21/02/2026", ("thứ Bảy", "cn")),
    ],
)
def test_a_weekday_that_contradicts_its_day_is_named(
    text: str, day: str, weekdays: tuple[str, str]
) -> None:
    assert parse_days(text, 2026) == DayFault("weekday_mismatch", day, weekdays)


@pytest.mark.parametrize(
    ("line", "number", "day"),
    [
        ("Số 12-QĐ/HU ngày 27/02/2026", "12-QĐ/HU", (2026, 2, 27)),
        ("12-QĐ/HU, ngày 27 tháng 02 năm 2026", "12-QĐ/HU", (2026, 2, 27)),
        ("12–QĐ/HU ngày 27–02–2026", "12-QĐ/HU", (2026, 2, 27)),
        ("số １２-QĐ/HU ngày 27 / 2 / 2026", "12-QĐ/HU", (2026, 2, 27)),
        ("12-QĐ/HU ngày 27 tháng 2", "12-QĐ/HU", (2026, 2, 27)),
    ],
)
def test_number_and_date_of_a_paper_are_read_as_offices_write_them(
    line: str, number: str, day: tuple[int, int, int]
) -> None:
    assert paper_mark(line, date(2026, 3, 2)) == PaperMark(number, date(*day))


@pytest.mark.parametrize(
    ("line", "number", "kind", "basis"),
    [
        ("Quyết định số 12-QĐ/HU ngày 27/02/2026", "12-QĐ/HU", "quyết định", "12-QĐ/HU"),
        ("Quyết định 12-QĐ/HU ngày 27/02/2026", "12-QĐ/HU", "quyết định", "12-QĐ/HU"),
        ("Quyết định ngày 27/02/2026", "", "quyết định", ""),
        ("Nghị quyết ngày 27/02/2026", "", "nghị quyết", ""),
        (
            "Nghị quyết số 05-NQ/HU ngày 27/02/2026",
            "05-NQ/HU",
            "nghị quyết",
            "nghị quyết số 05-NQ/HU",
        ),
        (
            "Theo Kết luận 12-KL/HU, ngày 27/02/2026",
            "12-KL/HU",
            "kết luận",
            "kết luận số 12-KL/HU",
        ),
        (
            "Thông báo kết luận số: 5-TB/HU ngày 27/02/2026",
            "5-TB/HU",
            "thông báo kết luận",
            "thông báo kết luận số 5-TB/HU",
        ),
        ("NQ số 5 ngày 27/02/2026", "5", "NQ", "NQ số 5"),
        ("QĐ số 5 ngày 27/02/2026", "5", "QĐ", "5"),
        ("Số 05-NQ/HU ngày 27/02/2026", "05-NQ/HU", "", "05-NQ/HU"),
        (
            "Công văn số: 7/2026-CV ngày 27.02.2026",
            "7/2026-CV",
            "công văn",
            "công văn số 7/2026-CV",
        ),
        ("văn bản số 5 ngày 27/02/2026", "5", "văn bản", "văn bản số 5"),
    ],
)
def test_the_kind_of_a_paper_is_read_apart_from_its_number(
    line: str, number: str, kind: str, basis: str
) -> None:
    mark = paper_mark(line, date(2026, 3, 2))
    assert mark == PaperMark(number, date(2026, 2, 27), kind)
    assert isinstance(mark, PaperMark)
    assert mark.basis == basis


@pytest.mark.parametrize(
    ("kept", "kind", "number"),
    [
        ("12-QĐ/TU", "QĐ", "12-QĐ/TU"),
        ("05-NQ/TU", "NQ", "05-NQ/TU"),
        ("5/2026/NQ-HĐND", "NQ", "5/2026/NQ-HĐND"),
        ("07/KL-BTV", "KL", "07/KL-BTV"),
        ("12", "", "12"),
        ("Nghị quyết số 05-NQ/TU", "nghị quyết", "05-NQ/TU"),
        ("quy định số 07-QĐ/TU", "quy định", "07-QĐ/TU"),
        ("NQ số 5", "NQ", "5"),
    ],
)
def test_a_number_that_is_kept_tells_its_kind_by_words_before_its_letters(
    kept: str, kind: str, number: str
) -> None:
    assert kind_and_number(kept) == (kind, number)
