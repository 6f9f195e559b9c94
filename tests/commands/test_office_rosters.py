"""Lists as offices keep them (rosters/), each with the value it must give, and further ones of each kind."""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.chart import BarChart

from bot.people.roster_files import Read, Roster, read_roster, roster_in
from bot.people.rules.people import Role
from bot.people.tables import Table
from bot.people.workbook import Grid, Span
from bot.places import regulations_dir
from bot.regulations.loader import load
from bot.regulations.rules.regulation import Regulation
from tests.commands.books import HEADING, THREE, Rows, book, part, rewritten, saved

FILES = Path(__file__).parent / "rosters"

QUANG_NGAI = load(regulations_dir() / "quang_ngai.toml")

AN, BINH, VAN = "Nguyễn Văn An: secretary", "Trần Thị Bình: member", "Phạm Thị Văn: clerk"
CUONG = "Lê Văn Cường: member"

READ = {
    "01_split_name_two_headers.xlsx": [AN, BINH, CUONG, VAN],
    "03_merged_kiem_nhiem.xlsx": [
        AN,
        "Trần Thị Bình: deputy, part-time",
        "Lê Văn Cường: member, part-time",
        "Hoàng Thị Dung: member, part-time",
        VAN,
    ],
    "04_wps_dimension_A1.xlsx": [AN, BINH, VAN],
    "05_empty_fill.xlsx": [AN, BINH, VAN],
    "07_hidden_first_sheet.xlsx": [AN, BINH, VAN],
    "08_hidden_row.xlsx": [AN, BINH, VAN],
    "10_vni_font.xlsx": [AN, BINH, CUONG, VAN],
    "10b_vni.csv": [AN, CUONG, VAN],
    "11_mojibake_utf8_as_cp1252.xlsx": [
        "Lê Văn Minh: secretary",
        "Phan Văn Lâm: member",
        "Văn Phòng: clerk",
    ],
    "12_homonyms_with_work_unit.xlsx": [
        "Nguyễn Văn An (Sở Tài chính): secretary, of Sở Tài chính",
        "Nguyễn Văn An (Sở Y tế): member, of Sở Y tế",
        VAN,
    ],
    "13_hoa_old_new_tone.xlsx": ["Nguyễn Văn Hòa: secretary", "Nguyễn Văn Hoà: member", VAN],
    "14_minority_names.xlsx": [
        "H'Hen Niê: secretary",
        "H’Yiam Bkrông: deputy",
        "K'Tiêng: member",
        "Y Thanh Hà Niê Kđăm: member",
        "Giàng A Páo: member",
        "Đinh Ŏk: member",
        VAN,
    ],
    "15_honorific_date_signature.xlsx": [AN, BINH, VAN],
    "16_total_row_counted.xlsx": [AN, BINH, VAN],
    "18_strict_ooxml.xlsx": [AN, BINH, VAN],
    "21_sep_line.csv": [AN, BINH, VAN],
    "22_mac_nfd.csv": [AN, VAN],
    "23_two_row_header.xlsx": [f"{AN}; Chủ tịch", f"{BINH}; Giám đốc Sở", VAN],
    "24_don_vi_before_name.xlsx": [
        f"{AN}, of Sở Tài chính",
        f"{BINH}, of Sở Y tế",
        f"{VAN}, of Văn phòng",
    ],
    "25_office_with_state_post.xlsx": [f"{AN}; Chủ tịch HĐND tỉnh", BINH, VAN],
    "26_no_shared_strings_part.xlsx": [AN, BINH, VAN],
}
REFUSED = {
    "06_truncated_sheet_xml.xlsx": [("bad_workbook", "Sheet1", 2, "")],
    "17_formula_without_value.xlsx": [
        ("formula_unsaved", "Sheet", 2, "name"),
        ("formula_unsaved", "Sheet", 3, "name"),
    ],
    "19_password.xlsx": [("protected", "", 0, "")],
    "20_error_cells.xlsx": [
        ("error_cell", "Sheet1", 3, "name"),
        ("error_cell", "Sheet1", 4, "name"),
    ],
}


def test_every_file_of_the_offices_has_its_value() -> None:
    assert {each.name for each in FILES.iterdir()} == READ.keys() | REFUSED.keys()


@pytest.fixture(scope="module")
def quang_ngai() -> Regulation:
    return QUANG_NGAI


@pytest.fixture(scope="module")
def bac_kan() -> Regulation:
    return load(regulations_dir() / "bac_kan.toml")


def told(found: Read) -> list[str]:
    """Everybody with all that was read, in a line each."""
    assert isinstance(found, Roster), found
    return [
        f"{each.name}: {'+'.join(seat.office for seat in each.seats) or each.role.value}"
        f"{'' if each.full_time else ', part-time'}"
        f"{f', of {each.unit}' if each.unit else ''}{f'; {each.post}' if each.post else ''}"
        for each in found.people
    ]


def remarks(found: Read) -> list[str]:
    assert isinstance(found, Roster), found
    return [f"{each.kind} {' '.join(map(str, each.values.values()))}" for each in found.remarks]


def refused(found: Read) -> list[tuple[str, str, int, str]]:
    assert not isinstance(found, Roster), found
    return [(each.kind, each.sheet, each.row, each.column) for each in found]


@pytest.mark.parametrize("name", READ)
def test_a_list_of_an_office_is_read(quang_ngai: Regulation, name: str) -> None:
    found = read_roster(FILES / name, quang_ngai)
    assert told(found) == READ[name]
    assert isinstance(found, Roster)
    seated = [each for each in found.people if each.role is Role.MEMBER]
    assert all([seat.body for seat in each.seats] == ["dang_doan"] for each in seated)


@pytest.mark.parametrize("name", REFUSED)
def test_a_damaged_list_is_refused_with_its_place(quang_ngai: Regulation, name: str) -> None:
    assert refused(read_roster(FILES / name, quang_ngai)) == REFUSED[name]


@pytest.mark.parametrize(
    ("name", "named"),
    [
        ("07_hidden_first_sheet.xlsx", ["sheets_hidden «Cu»"]),
        ("08_hidden_row.xlsx", ["row_hidden 4 Đã Nghỉ Hưu"]),
        (
            "15_honorific_date_signature.xlsx",
            [
                "rows_signature 5 Người lập; Nguyễn Thị Lập biểu",
                "headings_unknown «Ngày sinh»",
            ],
        ),
        ("16_total_row_counted.xlsx", ["row_no_person 5 Tổng số: 03 đồng chí"]),
        (
            "13_hoa_old_new_tone.xlsx",
            ["names_alike «Nguyễn Văn Hòa» (dòng 2) và «Nguyễn Văn Hoà» (dòng 3)"],
        ),
        ("03_merged_kiem_nhiem.xlsx", []),
        ("25_office_with_state_post.xlsx", []),
    ],
)
def test_what_was_not_taken_is_named(quang_ngai: Regulation, name: str, named: list[str]) -> None:
    assert remarks(read_roster(FILES / name, quang_ngai)) == named


def of(folder: Path, rows: Rows, regulation: Regulation, *, merged: tuple[str, ...] = ()) -> Read:
    return read_roster(saved(folder, book(rows, merged=merged)), regulation)


# --- names in pieces ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("heading", "rows"),
    [
        (["Họ", "Đệm", "Tên"], [["Nguyễn", "Văn", "An"], ["Phạm", "Thị", "Văn"]]),
        (["Họ", "Tên đệm", "Tên"], [["Nguyễn", "Văn", "An"], ["Phạm", "Thị", "Văn"]]),
        (["Họ đệm", "Tên"], [["Nguyễn Văn", "An"], ["Phạm Thị", "Văn"]]),
        (["HỌ VÀ CHỮ ĐỆM", "TÊN"], [["Nguyễn Văn", "An"], ["Phạm Thị", "Văn"]]),
        (["Họ và tên", "Tên"], [["Nguyễn Văn", "An"], ["Phạm Thị", "Văn"]]),
        (["Họ và tên", "Tên"], [["Nguyễn Văn An", "An"], ["Phạm Thị Văn", "Văn"]]),
    ],
)
def test_a_name_in_pieces_is_joined(
    tmp_path: Path, quang_ngai: Regulation, heading: list[str], rows: list[list[str]]
) -> None:
    given = [[*heading, "Chức vụ"], [*rows[0], "Bí thư"], [*rows[1], "Văn phòng"]]
    assert told(of(tmp_path, given, quang_ngai)) == [AN, VAN]


def test_a_heading_merged_over_two_columns_holds_the_name(
    tmp_path: Path, quang_ngai: Regulation
) -> None:
    rows: Rows = [
        ["TT", "Họ và tên", "", "Chức vụ"],
        [1, "Nguyễn Văn", "An", "Bí thư"],
        [2, "Phạm Thị", "Văn", "Văn phòng"],
    ]
    assert told(of(tmp_path, rows, quang_ngai, merged=("B1:C1",))) == [AN, VAN]
    assert refused(of(tmp_path, rows, quang_ngai)) == [("name_split", "Sheet", 1, "name")]


def test_a_given_name_or_a_family_name_alone_is_no_heading(
    tmp_path: Path, quang_ngai: Regulation
) -> None:
    rows = [["Họ", "Chức vụ"], ["Nguyễn", "Bí thư"]]
    assert refused(of(tmp_path, rows, quang_ngai)) == [("no_header", "Sheet", 0, "")]
    rows = [["Đơn vị", "Chức vụ"], ["Sở Tài chính", "Bí thư"]]
    assert refused(of(tmp_path, rows, quang_ngai)) == [("no_header", "Sheet", 0, "")]


def test_two_lists_side_by_side_lose_nobody(tmp_path: Path, quang_ngai: Regulation) -> None:
    rows = [
        ["Họ và tên", "Chức vụ", "Họ và tên", "Chức vụ"],
        ["Nguyễn Văn An", "Bí thư", "Trần Thị Bình", "Ủy viên"],
    ]
    assert refused(of(tmp_path, rows, quang_ngai)) == [("column_twice", "Sheet", 1, "name")]


# --- merged cells ------------------------------------------------------------------------------


def test_a_name_merged_over_lines_is_one_person_in_several_bodies(
    tmp_path: Path, bac_kan: Regulation
) -> None:
    rows = [
        ["Họ và tên", "Tập thể", "Chức vụ"],
        ["Nguyễn Văn An", "Ban Chấp hành", "Bí thư"],
        ["", "Ban Thường vụ", ""],
        ["Lê Văn Cường", "BCH", "Ủy viên"],
        ["", "BTV", "UVBTV"],
    ]
    found = of(tmp_path, rows, bac_kan, merged=("A2:A3", "C2:C3", "A4:A5"))
    assert told(found) == [
        "Nguyễn Văn An: secretary+secretary",
        "Lê Văn Cường: member+standing_member",
    ]


def test_a_body_merged_over_the_list_holds_for_every_line(
    tmp_path: Path, bac_kan: Regulation
) -> None:
    rows = [
        ["Họ và tên", "Tập thể", "Chức vụ"],
        ["Nguyễn Văn An", "Ban Thường vụ", "Bí thư"],
        ["Trần Thị Bình", "", "Phó Bí thư"],
        ["Lê Văn Cường", "", ""],
    ]
    found = of(tmp_path, rows, bac_kan, merged=("B2:B3",))
    assert refused(found) == [("body_missing", "Sheet", 4, "body")]
    assert told(of(tmp_path, rows, bac_kan, merged=("B2:B4",))) == [
        AN,
        "Trần Thị Bình: deputy",
        CUONG,
    ]


def test_a_title_and_a_total_merged_across_are_no_people(
    tmp_path: Path, quang_ngai: Regulation
) -> None:
    rows: Rows = [
        ["DANH SÁCH ỦY VIÊN ĐẢNG ĐOÀN", "", "", ""],
        ["TT", "Họ và tên", "Chức vụ", "Ghi chú"],
        ["I", "Đảng đoàn", "", ""],
        [1, "Nguyễn Văn An", "Bí thư", ""],
        ["II", "Văn phòng", "", ""],
        [2, "Phạm Thị Văn", "Văn phòng", ""],
        ["Danh sách có 02 đồng chí./.", "", "", ""],
    ]
    found = of(tmp_path, rows, quang_ngai, merged=("A1:D1", "A7:D7"))
    assert told(found) == [AN, VAN]
    assert remarks(found) == [
        "row_no_person 3 I · Đảng đoàn",
        "row_no_person 5 II · Văn phòng",
        "row_no_person 7 Danh sách có 02 đồng chí./.",
        "headings_unknown «Ghi chú»",
    ]


# --- totals, signatures, notes -----------------------------------------------------------------

SHORT: list[list[object]] = [
    ["TT", "Họ và tên", "Chức vụ"],
    [1, "Nguyễn Văn An", "Bí thư"],
    [2, "Phạm Thị Văn", "Văn phòng"],
]


@pytest.mark.parametrize(
    "row",
    [
        ["", "Tổng cộng", ""],
        ["", "Cộng: 02", ""],
        ["", "Tổng 02 đồng chí", ""],
        ["Tổng số: 2 người", "", ""],
        ["", "TỔNG SỐ", 2],
        ["Danh sách này gồm 02 đồng chí.", "", ""],
        ["", "Ghi chú: đ/c Bình nghỉ ốm", ""],
    ],
)
def test_a_total_or_a_note_is_no_person(
    tmp_path: Path, quang_ngai: Regulation, row: list[object]
) -> None:
    found = of(tmp_path, [*SHORT, row], quang_ngai)
    assert told(found) == [AN, VAN]
    assert [each.split()[0] for each in remarks(found)] == ["row_no_person"]


@pytest.mark.parametrize(
    "name", ["Tống Công", "Tổng Thị Cộng", "Cao Cộng", "Lưu Ký", "Tạ Minh", "Tổng công ty 36"]
)
def test_somebody_with_such_a_name_is_a_person(
    tmp_path: Path, quang_ngai: Regulation, name: str
) -> None:
    found = of(tmp_path, [*SHORT, [3, name, "Ủy viên"]], quang_ngai)
    assert told(found) == [AN, VAN, f"{name}: member"]


def test_a_total_that_does_not_add_up_is_named(tmp_path: Path, quang_ngai: Regulation) -> None:
    found = of(tmp_path, [*SHORT, ["", "Tổng số: 09 đồng chí", ""]], quang_ngai)
    assert "total_differs 4 9 2" in remarks(found)


@pytest.mark.parametrize(
    "below",
    [
        [["", "", "T/M BAN THƯỜNG VỤ"], ["", "", "BÍ THƯ"], ["", "", "Lê Văn Ký"]],
        [["", "NGƯỜI LẬP BIỂU", "TM. ĐẢNG ĐOÀN"], ["", "Đỗ Thị Lập", "Lê Văn Ký"]],
        [["Nơi nhận:", "", ""], ["- Như trên;", "", ""], ["- Lưu: VT.", "", ""]],
        [["", "", "Quảng Ngãi, ngày 27 tháng 11 năm 2026"], ["", "", "Lê Văn Ký"]],
        [["", "Ngày .... tháng .... năm 2026", ""], ["", "Lê Văn Ký", ""]],
        [["", "K/T CHỦ TỊCH", ""], ["", "Lê Văn Ký", ""]],
    ],
)
def test_nobody_is_taken_from_the_signatures(
    tmp_path: Path, quang_ngai: Regulation, below: list[list[str]]
) -> None:
    found = of(tmp_path, [*SHORT, ["", "", ""], *below], quang_ngai)
    assert told(found) == [AN, VAN]
    words = "; ".join(" · ".join(filter(None, row)) for row in below)
    assert remarks(found) == [f"rows_signature 5 {words}"]


def test_a_list_that_goes_on_below_a_signature_is_refused(
    tmp_path: Path, quang_ngai: Regulation
) -> None:
    rows: Rows = [*SHORT, ["", "Người lập biểu", ""], [3, "Trần Thị Bình", "Ủy viên"]]
    assert refused(of(tmp_path, rows, quang_ngai)) == [("below_signature", "Sheet", 5, "name")]


def test_numbers_of_columns_a_repeated_heading_and_empty_numbers_are_skipped(
    tmp_path: Path, quang_ngai: Regulation
) -> None:
    rows: Rows = [SHORT[0], ["(1)", "(2)", "(3)"], SHORT[1], SHORT[0], SHORT[2], [3, "", ""]]
    found = of(tmp_path, rows, quang_ngai)
    assert (told(found), remarks(found)) == ([AN, VAN], [])


# --- names -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("Đ/c Trần Thị Bình", "Trần Thị Bình"),
        ("ĐỒNG CHÍ: Trần Thị Bình", "Trần Thị Bình"),
        ("Đ/c. Trần Thị Bình", "Trần Thị Bình"),
        ("Ông/Bà Trần Thị Bình", "Trần Thị Bình"),
        ("Bà Trần Thị Bình", "Trần Thị Bình"),
        ("Ông Trần Văn Bính", "Trần Văn Bính"),
        ("1. Đ/c Trần Thị Bình", "Trần Thị Bình"),
        ("Trần Thị\nBình", "Trần Thị Bình"),
        ("Đặng Thị Chi", "Đặng Thị Chi"),
        ("Ông Ích Khiêm", "Ông Ích Khiêm"),
        ("Bành Thị Bà", "Bành Thị Bà"),
    ],
)
def test_a_form_of_address_is_no_part_of_a_name(
    tmp_path: Path, quang_ngai: Regulation, cell: str, name: str
) -> None:
    found = of(tmp_path, [["Họ và tên", "Chức vụ"], [cell, "Ủy viên"]], quang_ngai)
    assert told(found) == [f"{name}: member"]
    unsure = [f"address_unsure 2 {name}"] if name.startswith("Ông") else []
    assert remarks(found) == unsure


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        (27123, "name_no_person"),
        (1.5, "name_no_person"),
        ("03/02/1970", "name_no_person"),
        ("Ủy viên", "name_no_person"),
        ("Kiêm nhiệm", "name_no_person"),
        ("Họ và tên đệm", "name_no_person"),
        ("Bí thư Đảng đoàn, Chủ tịch HĐND tỉnh", "name_no_person"),
        ("T/M ĐẢNG ĐOÀN", "name_no_person"),
        ("#REF!", "error_cell"),
        ("Nguyeãn Va¨n", "lost_letters"),
    ],
)
def test_what_is_no_name_is_refused_with_its_row(
    tmp_path: Path, quang_ngai: Regulation, cell: object, kind: str
) -> None:
    found = of(tmp_path, [*SHORT, [3, cell, "Ủy viên"]], quang_ngai)
    assert refused(found) == [(kind, "Sheet", 4, "name")]


def test_homonyms_without_units_of_their_own_stay_of_one_name(
    tmp_path: Path, quang_ngai: Regulation
) -> None:
    """Who founds is told of both rows: see the founding."""
    heading = ["Họ và tên", "Chức vụ", "Cơ quan công tác"]
    rows = [heading, ["Lê An", "Bí thư", "Sở Y tế"], ["LÊ AN", "Ủy viên", ""]]
    assert told(of(tmp_path, rows, quang_ngai))[1] == "LÊ AN: member"
    rows = [heading, ["Lê An", "Bí thư", "Sở Y tế"], ["Lê An", "Ủy viên", "sở y tế"]]
    assert told(of(tmp_path, rows, quang_ngai))[0] == "Lê An: secretary, of Sở Y tế"


@pytest.mark.parametrize("other", ["Nguyễn Văn Hoa", "Nguyen Van Hoà", "nguyễn văn hoá"])
def test_names_that_differ_in_marks_alone_stay_two_and_are_asked_about(
    tmp_path: Path, quang_ngai: Regulation, other: str
) -> None:
    rows = [["Họ và tên", "Chức vụ"], ["Nguyễn Văn Hòa", "Bí thư"], [other, "Ủy viên"]]
    found = of(tmp_path, rows, quang_ngai)
    assert told(found) == ["Nguyễn Văn Hòa: secretary", f"{other}: member"]
    assert isinstance(found, Roster)
    assert [each.kind for each in found.remarks if each.asks] == ["names_alike"]


# --- offices -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("Bí thư Đảng đoàn, Chủ tịch HĐND tỉnh", "secretary; Chủ tịch HĐND tỉnh"),
        ("Chủ tịch HĐND tỉnh, Bí thư Đảng đoàn", "secretary; Chủ tịch HĐND tỉnh"),
        ("Phó Bí thư Đảng đoàn kiêm Trưởng Ban Pháp chế", "deputy; Trưởng Ban Pháp chế"),
        ("Ủy viên Đảng đoàn HĐND tỉnh", "member"),
        ("Ủy viên - Giám đốc Sở Y tế", "member; Giám đốc Sở Y tế"),
        ("Phó Bí thư Thường trực\nPhó Chủ tịch", "standing_deputy; Phó Chủ tịch"),
        (
            "Ủy viên Ban Thường vụ Tỉnh ủy, Bí thư Đảng đoàn",
            "secretary; Ủy viên Ban Thường vụ Tỉnh ủy",
        ),
        ("Ủy viên, Bí thư Chi bộ cơ quan", "member; Bí thư Chi bộ cơ quan"),
    ],
)
def test_an_office_with_other_posts_keeps_them_as_words(
    tmp_path: Path, quang_ngai: Regulation, cell: str, said: str
) -> None:
    found = of(tmp_path, [["Họ và tên", "Chức vụ"], ["Nguyễn Văn An", cell]], quang_ngai)
    assert told(found) == [f"Nguyễn Văn An: {said}"]


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("Chủ tịch HĐND tỉnh", "office_unknown"),
        ("Bí thư Chi bộ, Phó Chủ tịch", "office_unknown"),
        ("Bí thư Đảng đoàn, Phó Bí thư Đảng đoàn", "offices_count"),
        ("Bí thư, Phó Bí thư", "offices_count"),
    ],
)
def test_an_office_that_is_none_or_two_is_refused(
    tmp_path: Path, quang_ngai: Regulation, cell: str, kind: str
) -> None:
    found = of(tmp_path, [["Họ và tên", "Chức vụ"], ["Nguyễn Văn An", cell]], quang_ngai)
    assert refused(found) == [(kind, "Sheet", 2, "office")]


def test_an_office_names_its_body_where_there_are_several(
    tmp_path: Path, bac_kan: Regulation
) -> None:
    cell = "Ủy viên Ban Chấp hành; Bí thư Ban Thường vụ"
    rows = [["Họ và tên", "Tập thể", "Chức vụ"], ["Nguyễn Văn An", "BCH; BTV", cell]]
    assert told(of(tmp_path, rows, bac_kan)) == ["Nguyễn Văn An: member+secretary"]
    rows[1][2] = "Ủy viên; Ủy viên BTW"
    assert refused(of(tmp_path, rows, bac_kan)) == [("office_unknown", "Sheet", 2, "office")]


# --- service, headings -------------------------------------------------------------------------


def test_two_columns_of_service_are_read_by_their_crosses(
    tmp_path: Path, quang_ngai: Regulation
) -> None:
    rows = [
        ["Họ và tên", "Chuyên trách", "Kiêm nhiệm"],
        ["Nguyễn Văn An", "x", ""],
        ["Trần Thị Bình", "", "x"],
        ["Lê Văn Cường", "x", "x"],
    ]
    assert refused(of(tmp_path, rows, quang_ngai)) == [("service_unknown", "Sheet", 4, "part_time")]
    assert told(of(tmp_path, rows[:3], quang_ngai)) == [
        "Nguyễn Văn An: member",
        "Trần Thị Bình: member, part-time",
    ]


def test_a_heading_in_two_rows_is_read_from_text_too(
    tmp_path: Path, quang_ngai: Regulation
) -> None:
    text = "TT;Họ và tên;Chức vụ;\n;;Đảng;Chính quyền\n1;Nguyễn Văn An;Bí thư;Chủ tịch\n"
    path = tmp_path / "a.csv"
    path.write_text(text, encoding="utf-8")
    assert told(read_roster(path, quang_ngai)) == [f"{AN}; Chủ tịch"]


def test_a_second_row_of_headings_that_is_not_known_is_refused_with_its_row(
    tmp_path: Path, quang_ngai: Regulation
) -> None:
    rows = [["Họ và tên", "Chức vụ", ""], ["", "Năm 2025", "Năm 2026"], ["Lê An", "Bí thư", ""]]
    found = of(tmp_path, rows, quang_ngai, merged=("B1:C1",))
    assert refused(found) == [("name_missing", "Sheet", 2, "name")]


def test_the_office_in_the_party_goes_before_any_other(
    tmp_path: Path, quang_ngai: Regulation
) -> None:
    rows = [
        ["Họ và tên", "Chức vụ", "Chức vụ Đảng", "Điện thoại"],
        ["Nguyễn Văn An", "Chủ tịch HĐND tỉnh", "Bí thư", "0900 000 000"],
    ]
    found = of(tmp_path, rows, quang_ngai)
    assert told(found) == [f"{AN}; Chủ tịch HĐND tỉnh"]
    assert remarks(found) == ["headings_unknown «Điện thoại»"]


# --- sheets, hidden cells ----------------------------------------------------------------------


def test_the_sheet_on_screen_is_read_and_the_others_are_named(
    tmp_path: Path, quang_ngai: Regulation
) -> None:
    made = book([HEADING, ["Người Cũ", "", "", "Bí thư", ""]])
    made.worksheets[0].title = "2025"
    sheet = made.create_sheet("2026")
    for row in THREE:
        sheet.append(row)
    made.create_sheet("An").sheet_state = "veryHidden"
    made.create_sheet("Bìa").append(["DANH SÁCH"])
    made.active = 1
    found = read_roster(saved(tmp_path, made), quang_ngai)
    assert told(found) == [AN, BINH, VAN]
    assert remarks(found) == ["sheets_left 2026 «2025»", "sheets_hidden «An»"]


def test_a_cover_on_screen_gives_way_to_the_one_sheet_with_people(
    tmp_path: Path, quang_ngai: Regulation
) -> None:
    made = Workbook()
    made.worksheets[0].append(["ĐẢNG ĐOÀN TỈNH MẪU"])
    chart = made.create_chartsheet("Biểu đồ", 0)
    chart.add_chart(BarChart())
    for row in THREE:
        (
            made["Danh sách"] if "Danh sách" in made.sheetnames else made.create_sheet("Danh sách")
        ).append(row)
    assert told(read_roster(saved(tmp_path, made), quang_ngai)) == [AN, BINH, VAN]

    copied = made.create_sheet("Bản sao")
    for row in THREE:
        copied.append(row)
    assert refused(read_roster(saved(tmp_path, made), quang_ngai)) == [("sheets_unsure", "", 0, "")]


def test_a_hidden_column_is_not_read_and_is_named(tmp_path: Path, quang_ngai: Regulation) -> None:
    made = book([["Họ và tên", "Chức vụ", "Kiêm nhiệm"], ["Nguyễn Văn An", "Bí thư", "x"]])
    made.worksheets[0].column_dimensions["C"].hidden = True
    found = read_roster(saved(tmp_path, made), quang_ngai)
    assert told(found) == [AN]
    assert remarks(found) == ["columns_hidden «Kiêm nhiệm»"]
    made.worksheets[0].column_dimensions["A"].hidden = True
    assert refused(read_roster(saved(tmp_path, made), quang_ngai)) == [
        ("no_header", "Sheet", 0, "")
    ]


def test_rows_that_a_filter_hides_are_each_named(tmp_path: Path, quang_ngai: Regulation) -> None:
    made = book(THREE)
    made.worksheets[0].auto_filter.ref = "A1:E4"
    for row in (3, 4):
        made.worksheets[0].row_dimensions[row].hidden = True
    found = read_roster(saved(tmp_path, made), quang_ngai)
    assert told(found) == [AN]
    assert remarks(found) == ["row_hidden 3 Trần Thị Bình", "row_hidden 4 Phạm Thị Văn"]


# --- cells -------------------------------------------------------------------------------------


def with_cells(folder: Path, xml: str) -> Path:
    """A workbook whose second row is this XML."""
    path = saved(folder, book([["Họ và tên", "Chức vụ"]]))
    name = "xl/worksheets/sheet1.xml"
    sheet = part(path, name).decode().replace("</sheetData>", f'<row r="2">{xml}</row></sheetData>')
    return rewritten(path, {name: sheet.encode()})


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="A2" t="str"><f>B9&amp;C9</f><v>Nguyễn Văn An</v></c>',
        '<c r="A2" t="inlineStr"><is><r><t>Nguyễn </t></r><r><t>Văn An</t></r></is></c>',
        '<c t="inlineStr"><is><t>Nguyễn Văn An</t><rPh sb="0" eb="1"><t>đọc</t></rPh></is></c>',
        '<c r="A2" t="inlineStr"><is><t>Nguyễn_x000D_\nVăn An</t></is></c>',
    ],
)
def test_a_cell_is_read_however_it_is_written(
    tmp_path: Path, quang_ngai: Regulation, cell: str
) -> None:
    assert told(read_roster(with_cells(tmp_path, cell), quang_ngai)) == ["Nguyễn Văn An: member"]


@pytest.mark.parametrize(
    ("cell", "fault"),
    [
        ('<c r="A2"><f>B9</f></c>', ("formula_unsaved", "Sheet", 2, "name")),
        ('<c r="A2"><f>B9</f><v></v></c>', ("formula_unsaved", "Sheet", 2, "name")),
        ('<c r="A2" t="e"><f>B9</f><v>#NAME?</v></c>', ("error_cell", "Sheet", 2, "name")),
        ('<c r="A2" t="s"><v>99</v></c>', ("bad_workbook", "Sheet", 2, "")),
        ('<c r="A2" t="s"><v>x</v></c>', ("bad_workbook", "Sheet", 2, "")),
        ('<c r="2A"><v>1</v></c>', ("bad_workbook", "Sheet", 2, "")),
        ('<c r="A2" t="d"><v>1970-02-03T00:00:00</v></c>', ("name_no_person", "Sheet", 2, "name")),
    ],
)
def test_a_cell_without_a_value_is_refused_with_its_place(
    tmp_path: Path, quang_ngai: Regulation, cell: str, fault: tuple[str, str, int, str]
) -> None:
    assert refused(read_roster(with_cells(tmp_path, cell), quang_ngai)) == [fault]


def test_a_formula_in_a_column_that_is_not_read_harms_nobody(
    tmp_path: Path, quang_ngai: Regulation
) -> None:
    cells = '<c r="A2" t="inlineStr"><is><t>Nguyễn Văn An</t></is></c><c r="H2"><f>TODAY()</f></c>'
    assert told(read_roster(with_cells(tmp_path, cells), quang_ngai)) == ["Nguyễn Văn An: member"]


# --- files that are no workbook, or a trap -----------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, "old_workbook"),
        (
            "a.xlsx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"),
            "old_workbook",
        ),
        (
            "a.xlsx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "protected",
        ),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "no_workbook"),
        ("a.pdf", b"%PDF-1.7", "no_workbook"),
        ("a.ods", b"x", "other_workbook"),
        ("a.xlsx", b"Ho va ten;Chuc vu", "bad_workbook"),
    ],
)
def test_what_is_no_workbook_is_refused_by_its_kind(
    tmp_path: Path, quang_ngai: Regulation, name: str, content: bytes, kind: str
) -> None:
    (tmp_path / name).write_bytes(content)
    assert refused(read_roster(tmp_path / name, quang_ngai)) == [(kind, "", 0, "")]


@pytest.mark.parametrize(
    ("inside", "kind"),
    [
        ("word/document.xml", "no_workbook"),
        ("content.xml", "other_workbook"),
        ("xl/workbook.bin", "bad_workbook"),
        ("bat ky.txt", "bad_workbook"),
    ],
)
def test_an_archive_of_something_else_is_refused_by_its_kind(
    tmp_path: Path, quang_ngai: Regulation, inside: str, kind: str
) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        archive.writestr(inside, "<x/>")
    assert refused(read_roster(tmp_path / "a.xlsx", quang_ngai)) == [(kind, "", 0, "")]


def test_a_workbook_named_as_text_is_read(tmp_path: Path, quang_ngai: Regulation) -> None:
    saved(tmp_path, book(THREE), "danh sach.xlsx").rename(tmp_path / "danh sach.csv")
    assert told(read_roster(tmp_path / "danh sach.csv", quang_ngai)) == [AN, BINH, VAN]


SHEET = "xl/worksheets/sheet1.xml"


def test_a_workbook_that_unpacks_to_hundreds_of_megabytes_is_refused(
    tmp_path: Path, quang_ngai: Regulation
) -> None:
    path = saved(tmp_path, book(THREE))
    whole = part(path, SHEET).replace(b"</sheetData>", b" " * 60_000_000 + b"</sheetData>")
    rewritten(path, {SHEET: whole})
    assert path.stat().st_size < 200_000
    assert refused(read_roster(path, quang_ngai)) == [("unpacks_too_large", "Sheet", 4, "")]
    rewritten(path, {"xl/media/a.bin": b"\0" * 60_000_000})
    assert refused(read_roster(path, quang_ngai)) == [("unpacks_too_large", "", 0, "")]


def test_a_workbook_that_lies_about_its_size_is_refused(
    tmp_path: Path, quang_ngai: Regulation
) -> None:
    path = saved(tmp_path, book(THREE))
    size = len(part(path, SHEET)) + 60_000_000
    whole = part(path, SHEET).replace(b"</sheetData>", b" " * 60_000_000 + b"</sheetData>")
    rewritten(path, {SHEET: whole})
    content = path.read_bytes().replace(struct.pack("<I", size), struct.pack("<I", 1_000))
    path.write_bytes(content)
    assert refused(read_roster(path, quang_ngai))[0][0] == "bad_workbook"


def test_entities_are_not_unpacked(tmp_path: Path, quang_ngai: Regulation) -> None:
    path = saved(tmp_path, book(THREE))
    entities = b'<!DOCTYPE x [<!ENTITY a "Anh"><!ENTITY b "&a;&a;&a;">]>'
    rewritten(path, {SHEET: entities + part(path, SHEET).partition(b"?>")[2]})
    assert refused(read_roster(path, quang_ngai)) == [("bad_workbook", "Sheet", 0, "")]


def test_a_workbook_cut_anywhere_is_told_and_never_a_traceback(
    tmp_path: Path, quang_ngai: Regulation
) -> None:
    whole = saved(tmp_path, book(THREE)).read_bytes()
    path = tmp_path / "cut.xlsx"
    for end in range(0, len(whole), 97):
        path.write_bytes(whole[:end])
        assert refused(read_roster(path, quang_ngai))[0][0] == "bad_workbook"
    sheet = part(tmp_path / "danh sach.xlsx", SHEET)
    for end in range(0, len(sheet), 53):
        path.write_bytes(whole)
        rewritten(path, {SHEET: sheet[:end]})
        assert refused(read_roster(path, quang_ngai))[0][:2] == ("bad_workbook", "Sheet")
    for name in ("xl/workbook.xml", "_rels/.rels", SHEET, "xl/_rels/workbook.xml.rels"):
        path.write_bytes(whole)
        rewritten(path, {name: None if name != "_rels/.rels" else b"<x"})
        assert refused(read_roster(path, quang_ngai))[0][0] == "bad_workbook"


def test_a_bit_turned_over_is_told_or_harmless(tmp_path: Path, quang_ngai: Regulation) -> None:
    whole = saved(tmp_path, book(THREE)).read_bytes()
    path = tmp_path / "turned.xlsx"
    for at in range(0, len(whole), 61):
        path.write_bytes(whole[:at] + bytes((whole[at] ^ 0x10,)) + whole[at + 1 :])
        found = read_roster(path, quang_ngai)
        assert isinstance(found, Roster) or found[0].kind in {"bad_workbook", "protected"}, at


TROUBLE = [
    *("", "", "", "Họ và tên", "Họ", "Đệm", "Tên", "STT", "Chức vụ", "Đảng", "Đơn vị", "Tập thể"),
    *(
        "Kiêm nhiệm",
        "Nguyễn Văn An",
        "Leâ Vaên An",
        "Lª V¨n An",
        "VÄƒn",
        "Cao Thò Mai",
        "Đ/c Lê An",
    ),
    *(
        "Tổng số: 3",
        "Cộng",
        "T/M ĐẢNG ĐOÀN",
        "Người lập",
        "Ghi chú: a",
        "Bí thư",
        "Ủy viên",
        "x",
        "I",
    ),
    *("1", "2", "(1)", "27123", "#REF!", "Văn phòng", "BCH; BTV", "Sở Y tế", "Ông Lê An", "\n"),
    "Bí thư Đảng đoàn, Chủ tịch HĐND tỉnh",
]
NO_NAMES = (
    "họ ",
    "đệm",
    "stt",
    "chức vụ",
    "đơn vị",
    "tổng",
    "cộng",
    "t/m",
    "người",
    "ghi chú",
    "bí thư",
    "ủy viên",
)
SPANS = st.builds(
    lambda top, left, down, right: Span(top, left, top + down, left + right),
    st.integers(1, 9),
    st.integers(0, 5),
    st.integers(0, 3),
    st.integers(0, 2),
)
GRIDS = st.builds(
    lambda rows, spans, rows_hidden, columns_hidden, faulty: Grid(
        (("STT", "Họ và tên", "Chức vụ", "Đơn vị", "Kiêm nhiệm"), *map(tuple, rows)),
        tuple(spans),
        frozenset(rows_hidden),
        frozenset(columns_hidden),
        dict.fromkeys(faulty, "error_cell"),
    ),
    st.lists(st.lists(st.sampled_from(TROUBLE), max_size=6), max_size=8),
    st.lists(SPANS, max_size=2),
    st.sets(st.integers(2, 9), max_size=2),
    st.sets(st.integers(0, 5), max_size=1),
    st.sets(st.tuples(st.integers(2, 9), st.integers(0, 5)), max_size=1),
)


@pytest.mark.parametrize(
    ("family", "given", "expected"),
    [
        ("Họ", "Họ và tên", "name_no_person"),
        ("Họ", "Nguyễn Văn An", "name_no_person"),
        ("Hồ Văn", "An", "Hồ Văn An"),
        ("Hồ", "An", "Hồ An"),
    ],
)
def test_a_heading_among_the_pieces_of_a_name_is_no_name(
    family: str, given: str, expected: str
) -> None:
    grid = Grid((("Họ và tên", "Tên"), (family, given)), (), frozenset(), frozenset(), {})

    found = roster_in(Table(grid, "Sheet"), QUANG_NGAI)

    read = found.people[0].name if isinstance(found, Roster) else found[0].kind
    assert read == expected


@given(GRIDS)
def test_any_table_is_read_or_refused_and_nothing_but_a_name_is_a_name(grid: Grid) -> None:
    found = roster_in(Table(grid, "Sheet"), QUANG_NGAI)
    if isinstance(found, Roster):
        assert not [each for each in found.people if each.name.casefold().startswith(NO_NAMES)]
        assert all(0 < each.row <= len(grid.rows) for each in found.people)
        assert not {each.row for each in found.people} & grid.hidden_rows
    else:
        assert found


def test_a_cell_far_below_is_told(tmp_path: Path, quang_ngai: Regulation) -> None:
    made = book(THREE)
    made.worksheets[0]["A60000"] = "Lạc Lõng"
    assert refused(read_roster(saved(tmp_path, made), quang_ngai))[0][0] == "too_many_rows"
