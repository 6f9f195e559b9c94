"""What a cell holds of words that no table should have to hold, and what the tally of secret slips keeps apart."""

from __future__ import annotations

import io
from datetime import date

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from bot.consultations.rules.consultation import Choice, InvalidSlip
from bot.kit.spreadsheet import CELL_LIMIT, Column, Sheet, Value, plain, workbook
from bot.sheets.tally import of_result
from bot.values.texts import utf16_length
from tests.rendering.scenes import SAY, answers, dossier, result
from tests.rendering.shown_results import AGAINST, SLIPS, split, with_secret_slips
from tests.rules.committee import ANSWERED


def page_of(sheet: Sheet) -> Worksheet:
    (page,) = load_workbook(io.BytesIO(workbook([sheet]))).worksheets
    return page


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("=1+1", "=1+1"),
        ("+84 90", "+84 90"),
        ("-2", "-2"),
        ("@SUM(A1)", "@SUM(A1)"),
        ("1/2", "1/2"),
        ("bc\u202excod.exe", "bcxcod.exe"),
        ("\u200fNguyễn\u200e", "Nguyễn"),
        ("dòng một\r\ndòng hai", "dòng một\ndòng hai"),
        ("\x00\x07\x1b", None),
        ("", None),
    ],
)
def test_words_stay_words_and_turn_nothing_about(words: str, kept: str | None) -> None:
    page = page_of(Sheet("Một", words, [Column(words, 10)], [[words]], notes=[words]))
    assert [row[0].value for row in page.iter_rows()] == [kept] * 4
    assert all(row[0].data_type != "f" for row in page.iter_rows())


@pytest.mark.parametrize("letter", ["ắ", "😀"])
def test_what_is_too_long_for_a_cell_is_cut_and_says_so(letter: str) -> None:
    kept = plain(letter * 40_000)
    assert kept.endswith(f"{letter} …")
    assert CELL_LIMIT - 2 <= utf16_length(kept) <= CELL_LIMIT
    assert plain(letter * 10_000) == letter * 10_000


def test_days_numbers_and_places_stand_in_the_middle_and_words_at_the_left() -> None:
    rows: list[list[Value]] = [[date(2026, 3, 5), 12, "2.1", "8.2.2", "2.1, 3", "Nguyễn Văn An"]]
    page = page_of(Sheet("N", "T", [Column(each, 10) for each in "abcdef"], rows))
    assert [cell.alignment.horizontal for cell in page[3]] == [*("center",) * 4, None, None]


def test_days_and_numbers_are_such_and_the_heading_is_printed_on_every_page() -> None:
    rows: list[list[Value]] = [[date(2026, 3, 5), 12, None]]
    page = page_of(Sheet("N" * 40, "T", [Column(each, 10) for each in "abc"], rows, notes=["n"]))
    assert page.title == "N" * 31
    assert [cell.value for cell in page[4]][1:] == [12, None]
    assert (page["A4"].number_format, page["A4"].is_date) == ("DD/MM/YYYY", True)
    assert (page.freeze_panes, page.print_title_rows) == ("A4", "$3:$3")
    assert (page.auto_filter.ref, page.page_setup.paperSize) == ("A3:C4", 9)


def test_what_stands_above_the_table_is_as_wide_as_it_and_every_line_has_room() -> None:
    """Not every program makes room by itself: LibreOffice put the lines of one row over those of the next."""
    columns = [Column("TT", 6), Column("Về việc", 24)]
    rows: list[list[Value]] = [
        [1, "Ngắn"],
        [2, "Cho ý kiến về dự thảo nghị quyết của Ban Chấp hành"],
        [3, "a\nb\nc"],
    ]
    page = page_of(
        Sheet("Một", "Bảng tổng hợp ý kiến của Ban Chấp hành", columns, rows, notes=["n"])
    )
    assert sorted(str(each) for each in page.merged_cells.ranges) == ["A1:B1", "A2:B2"]
    heights = [page.row_dimensions[row].height for row in range(1, 7)]
    assert heights == [36, None, None, None, 45, 45]  # points: 18 a line of the title, 15 of a cell


def test_a_row_is_no_higher_than_a_spreadsheet_takes() -> None:
    page = page_of(Sheet("Một", "T", [Column("a", 10)], [["chữ " * 2_000]]))
    assert page.row_dimensions[3].height == 408  # points, of 409
    assert not page.merged_cells.ranges


def test_the_tally_of_secret_slips_has_no_name_beside_a_choice() -> None:
    matter = with_secret_slips(split(SLIPS, approve=5, reject=1))
    counts, members, slips = of_result(SAY, dossier(matter), result(matter))
    assert [row[:2] for row in counts.rows] == [
        ["Tán thành", 5],
        ["Không tán thành", 1],
        ["Không có ý kiến", 3],
    ]
    assert [bool(row[2]) for row in counts.rows] == [False, False, True]
    assert [column.heading for column in members.columns] == [
        *("TT", "Họ tên, cơ quan", "Chức vụ", "Ý kiến")
    ]
    assert {row[3] for row in members.rows} == {"Đã gửi phiếu không nêu tên", "Không có ý kiến"}
    assert sorted(str(row[1]) for row in slips.rows) == ["Không tán thành", *["Tán thành"] * 5]
    assert [row[3] for row in slips.rows if row[1] == "Không tán thành"] == [AGAINST]


def test_an_invalid_secret_slip_is_counted_apart_and_has_no_name_either() -> None:
    voted = split(SLIPS, approve=5, reject=1)
    matter = with_secret_slips(voted.adding(invalid=[InvalidSlip(7, "Chọn hai ô", ANSWERED)]))
    counts, members, slips = of_result(SAY, dossier(matter), result(matter))
    assert ["Phiếu không hợp lệ", 1, ""] in [list(row) for row in counts.rows]
    assert "Thu về: 7 phiếu, hợp lệ 6, không hợp lệ 1." in counts.notes
    assert members.rows[6][3] == "Đã gửi phiếu không nêu tên"
    assert len(slips.rows) == 6


def test_slips_are_in_the_order_of_what_they_say_whoever_gave_them_first() -> None:
    said = ("Bổ sung kinh phí", "An toàn lao động")
    told = []
    for order in ((1, 2), (2, 1)):
        matter = SLIPS
        for person in order:
            matter = answers(matter, Choice.REJECT, person, words=said[person - 1])
        matter = with_secret_slips(matter)
        *_, slips = of_result(SAY, dossier(matter), result(matter))
        told.append([row[3] for row in slips.rows])
    assert told == [["An toàn lao động", "Bổ sung kinh phí"]] * 2
