from __future__ import annotations

from datetime import date

import pytest

from bot.values.typed_days import DayFault, PaperMark, TypedDays, paper_mark, parse_days


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
        ("Quyết định số 12-QĐ/HU ngày 27/02/2026", "12-QĐ/HU", (2026, 2, 27)),
        ("Quyết định 12-QĐ/HU ngày 27/02/2026", "12-QĐ/HU", (2026, 2, 27)),
        ("Quyết định ngày 27/02/2026", "", (2026, 2, 27)),
    ],
)
def test_number_and_date_of_a_paper_are_read_as_offices_write_them(
    line: str, number: str, day: tuple[int, int, int]
) -> None:
    assert paper_mark(line, date(2026, 3, 2)) == PaperMark(number, date(*day))
