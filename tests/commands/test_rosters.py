from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from openpyxl import Workbook

from bot.people.roster_files import Read, Roster, read_roster
from bot.people.rules.founding import Newcomer, SeatWanted
from bot.people.rules.people import Role
from bot.places import regulations_dir
from bot.regulations.loader import load, parse
from bot.regulations.rules.regulation import Regulation

HEADER = "STT;Họ và tên;Vai trò;Tập thể;Chức vụ;Chuyên trách"
ROWS = (
    "1;Nguyễn Văn An;Ủy viên;Đảng đoàn;Bí thư;Chuyên trách",
    "2;Trần Thị Bình;Ủy viên;Đảng đoàn;Phó Bí thư;Kiêm nhiệm",
    "3;Phạm Thị Văn;Cán bộ văn phòng;;;",
)
TEXT = "\r\n".join((HEADER, *ROWS)) + "\r\n"
EXPECTED = (
    Newcomer("Nguyễn Văn An", Role.MEMBER, (SeatWanted("dang_doan", "secretary"),), True, 2),
    Newcomer("Trần Thị Bình", Role.MEMBER, (SeatWanted("dang_doan", "deputy"),), False, 3),
    Newcomer("Phạm Thị Văn", Role.CLERK, (), True, 4),
)


def regulation(name: str) -> Regulation:
    return load(regulations_dir() / f"{name}.toml")


@pytest.fixture
def quang_ngai() -> Regulation:
    return regulation("quang_ngai")


def saved(folder: Path, content: bytes | str, name: str = "danh_sach.csv") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path


def people(found: Read) -> tuple[Newcomer, ...]:
    assert isinstance(found, Roster), found
    return found.people


def faults(found: Read) -> list[tuple[str, int, str]]:
    assert not isinstance(found, Roster), found
    return [(f.kind, f.row, f.column) for f in found]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_a_csv_of_any_separator_and_encoding_is_read(
    tmp_path: Path, quang_ngai: Regulation, encoding: str, separator: str
) -> None:
    content = TEXT.replace(";", separator).encode(encoding)
    assert people(read_roster(saved(tmp_path, content), quang_ngai)) == EXPECTED


def test_a_csv_of_an_old_excel_is_read(tmp_path: Path, quang_ngai: Regulation) -> None:
    content = _windows_1258(TEXT)
    assert people(read_roster(saved(tmp_path, content), quang_ngai)) == EXPECTED


def _windows_1258(text: str) -> bytes:
    """The text as that code page writes it: some letters with their tone after them."""
    apart = {
        letter: base + tone
        for base in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
        for tone, letter in (
            (tone, _composed(base + tone)) for tone in "\u0300\u0301\u0303\u0309\u0323"
        )
    }
    return "".join(apart.get(letter, letter) for letter in text).encode("cp1258")


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def test_a_workbook_with_a_title_above_is_read(tmp_path: Path, quang_ngai: Regulation) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["DANH SÁCH ỦY VIÊN ĐẢNG ĐOÀN"])
    sheet.append([])
    sheet.append(["TT", "Họ, tên", "Chức danh", "Chuyên trách", "Vai trò"])
    sheet.append([1.0, "Nguyễn Văn An", "BT", True, None])
    sheet.append([2, " Trần Thị  Bình ", "PBT", "x", None])
    sheet.append([None, None, None, None, None])
    sheet.append([3, "Phạm Thị Văn", "Cán bộ văn phòng", None, None])
    path = tmp_path / "danh sách.xlsx"
    book.save(path)

    found = people(read_roster(path, quang_ngai))
    assert [(p.name, p.role, p.row) for p in found] == [
        ("Nguyễn Văn An", Role.MEMBER, 4),
        ("Trần Thị Bình", Role.MEMBER, 5),
        ("Phạm Thị Văn", Role.CLERK, 7),
    ]
    assert found[0].seats == (SeatWanted("dang_doan", "secretary"),)


def test_formulas_and_hostile_cells_stay_text(tmp_path: Path, quang_ngai: Regulation) -> None:
    text = "Họ và tên,Chức vụ\n=cmd(),Bí thư\n<b>{{7*7}}</b>,Ủy viên\n"
    found = people(read_roster(saved(tmp_path, text), quang_ngai))
    assert [p.name for p in found] == ["=cmd()", "<b>{{7*7}}</b>"]


def test_names_alone_are_enough_where_there_is_one_body(
    tmp_path: Path, quang_ngai: Regulation
) -> None:
    found = people(read_roster(saved(tmp_path, "Họ tên\nTrần Thị Bình\n"), quang_ngai))
    assert found == (
        Newcomer("Trần Thị Bình", Role.MEMBER, (SeatWanted("dang_doan", "member"),), True, 2),
    )


def test_somebody_sits_in_several_bodies(tmp_path: Path) -> None:
    text = (
        "Họ và tên,Tập thể,Chức vụ\n"
        'Nguyễn Văn An,"Ban Chấp hành; BTV; Thường trực",Bí thư\n'
        'Lê Văn Cường,"BCH;BTV","Ủy viên;UVBTV"\n'
    )
    an, cuong = people(read_roster(saved(tmp_path, text), regulation("bac_kan")))
    assert [(s.body, s.office) for s in an.seats] == [
        ("ban_chap_hanh", "secretary"),
        ("ban_thuong_vu", "secretary"),
        ("thuong_truc", "secretary"),
    ]
    assert [(s.body, s.office) for s in cuong.seats] == [
        ("ban_chap_hanh", "member"),
        ("ban_thuong_vu", "standing_member"),
    ]


def test_agencies_and_their_officer_are_read(tmp_path: Path) -> None:
    text = (
        "Tên cơ quan\tVai trò\tChức vụ\nSở Tài chính\tCơ quan\t\nTạ Văn Uy\tNgười duyệt\tBí thư\n"
    )
    agency, officer = people(read_roster(saved(tmp_path, text), regulation("hai_duong")))
    assert agency.seats == (SeatWanted("co_quan", "agency"),)
    assert (officer.role, officer.seats) == (Role.OFFICER, (SeatWanted("", "secretary"),))


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (";;Ủy viên;;Bí thư;", ("name_missing", 2, "name")),
        (";Nguy?n V?n An;;;;", ("lost_letters", 2, "name")),
        (";Nguy¨¨n V¨n An;;;;", ("lost_letters", 2, "name")),
        (f";{'ă' * 501};;;;", ("cell_too_long", 2, "name")),
        (";An;Người lạ;;;", ("role_unknown", 2, "role")),
        (";An;;Ban Thường vụ;;", ("body_unknown", 2, "body")),
        (";An;;;Chủ tịch;", ("office_unknown", 2, "office")),
        (";An;;Đảng đoàn;Bí thư, Ủy viên;", ("offices_count", 2, "office")),
        (";An;;;;có lẽ", ("service_unknown", 2, "full_time")),
        (";An;Người duyệt;;;", ("office_missing", 2, "office")),
    ],
)
def test_a_faulty_cell_is_told_with_row_and_column(
    tmp_path: Path, quang_ngai: Regulation, rows: str, expected: tuple[str, int, str]
) -> None:
    path = saved(tmp_path, f"{HEADER}\n{rows}\n")
    assert faults(read_roster(path, quang_ngai)) == [expected]


def test_a_body_is_needed_where_there_are_several(tmp_path: Path) -> None:
    path = saved(tmp_path, "Họ và tên\nNguyễn Văn An\n")
    assert faults(read_roster(path, regulation("bac_kan"))) == [("body_missing", 2, "body")]


def test_every_fault_is_told_at_once(tmp_path: Path, quang_ngai: Regulation) -> None:
    path = saved(tmp_path, f"{HEADER}\n;;x;;;\n{ROWS[0]}\n;An;x;;;\n;Bình;;y;;\n")
    assert [f[:2] for f in faults(read_roster(path, quang_ngai))] == [
        ("role_unknown", 2),
        ("role_unknown", 4),
        ("body_unknown", 5),
    ]


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.csv", b"", "no_header"),
        ("a.csv", b"mot,hai\n1,2\n", "no_header"),
        ("a.xlsx", b"PK\x03\x04 hong", "bad_workbook"),
        ("a.xlsx", b"", "bad_workbook"),
        ("a.xls", b"x", "old_workbook"),
        ("a.docx", b"x", "no_workbook"),
        ("a.xyz", b"x", "unknown_format"),
        ("a.csv", b"\xff\xfe\x00", "unknown_encoding"),
        ("a.csv", b"x" * (5 * 1024 * 1024 + 1), "too_large"),
        ("a.csv", b"Ten\n" + b"An\n" * 5001, "too_many_rows"),
        ("a.csv", b"Ten\n" + b"x" * 140_000, "bad_csv"),
    ],
)
def test_a_file_that_gives_no_table_is_told(
    tmp_path: Path, quang_ngai: Regulation, name: str, content: bytes, kind: str
) -> None:
    assert faults(read_roster(saved(tmp_path, content, name), quang_ngai)) == [(kind, 0, "")]


def test_a_file_that_is_not_there_is_told(tmp_path: Path, quang_ngai: Regulation) -> None:
    assert faults(read_roster(tmp_path / "a.csv", quang_ngai)) == [("no_file", 0, "")]
    (tmp_path / "b.csv").mkdir()
    assert faults(read_roster(tmp_path / "b.csv", quang_ngai)) == [("unreadable", 0, "")]


def test_an_empty_list_under_a_header_gives_nobody(tmp_path: Path, quang_ngai: Regulation) -> None:
    assert people(read_roster(saved(tmp_path, HEADER + "\n;;;;;\n"), quang_ngai)) == ()


@pytest.mark.parametrize(
    ("row", "role"),
    [
        (";Chi bộ Sở Nội vụ;Đơn vị báo cáo;;;", Role.UNIT),
        (";Đỗ Thị Mai;Đại biểu mời;;;", Role.GUEST),
        (";Đỗ Thị Mai;Khách mời;Đảng đoàn;;", Role.GUEST),
        (";Chi bộ Sở Nội vụ;unit;;;", Role.UNIT),
    ],
)
def test_units_and_guests_sit_beside_every_roll(
    tmp_path: Path, quang_ngai: Regulation, row: str, role: Role
) -> None:
    [found] = people(read_roster(saved(tmp_path, f"{HEADER}\n{row}\n"), quang_ngai))
    assert (found.role, found.seats) == (role, ())


@pytest.mark.parametrize(
    "words",
    [
        "Ủy viên; cán bộ văn phòng",
        "văn phòng, thành viên",
        "Ủy viên kiêm cán bộ văn phòng",
        "member; clerk",
    ],
)
def test_one_line_gives_a_seat_and_the_offices_part(
    tmp_path: Path, quang_ngai: Regulation, words: str
) -> None:
    text = f'Họ và tên\tVai trò\tChức vụ\nNguyễn Văn An\t"{words}"\tBí thư\n'
    (found,) = people(read_roster(saved(tmp_path, text), quang_ngai))
    assert (found.role, found.clerk) == (Role.MEMBER, True)
    assert [(seat.role, seat.body, seat.office) for seat in found.held(3)] == [
        (Role.MEMBER, "dang_doan", "secretary"),
        (Role.CLERK, "", "clerk"),
    ]


@pytest.mark.parametrize("role", ["", "Ủy viên", "Ủy viên; văn phòng"])
@pytest.mark.parametrize(
    "words",
    [
        "Phó Bí thư; cán bộ văn phòng",
        "Cán bộ văn phòng, Phó Bí thư",
        "Phó Bí thư Đảng đoàn kiêm cán bộ văn phòng",
    ],
)
def test_the_offices_part_is_read_beside_an_office_too(
    tmp_path: Path, quang_ngai: Regulation, words: str, role: str
) -> None:
    text = f'Họ và tên\tVai trò\tChức vụ\nNguyễn Văn An\t"{role}"\t"{words}"\n'
    (found,) = people(read_roster(saved(tmp_path, text), quang_ngai))
    assert (found.role, found.clerk, found.post) == (Role.MEMBER, True, "")
    assert [seat.office for seat in found.seats] == ["deputy"]


def test_the_offices_part_is_no_office_of_one_of_several_bodies(tmp_path: Path) -> None:
    text = (
        "Họ và tên;Tập thể;Chức vụ;Chức vụ khác\n"
        'Nguyễn Văn An;"Ban Chấp hành, Ban Thường vụ";"Phó Bí thư, cán bộ văn phòng";Chánh Văn phòng\n'
    )
    (found,) = people(read_roster(saved(tmp_path, text), regulation("cap_huyen")))
    assert [(seat.body, seat.office) for seat in found.seats] == [
        ("ban_chap_hanh", "deputy"),
        ("ban_thuong_vu", "deputy"),
    ]
    assert (found.clerk, found.post) == (True, "Chánh Văn phòng")


def test_an_agency_has_no_part_in_the_office_beside_its_own_either(tmp_path: Path) -> None:
    text = "Họ và tên\tChức vụ\nSở Y tế\tcơ quan; văn phòng\n"
    found = read_roster(saved(tmp_path, text), regulation("hai_duong"))
    assert faults(found) == [("clerk_of_agency", 2, "office")]


def test_a_post_that_only_names_the_house_gives_no_part_in_its_work(
    tmp_path: Path, quang_ngai: Regulation
) -> None:
    text = 'Họ và tên;Chức vụ\nNguyễn Văn An;"Bí thư, Chánh Văn phòng Tỉnh ủy"\n'
    (found,) = people(read_roster(saved(tmp_path, text), quang_ngai))
    assert (found.clerk, found.post) == (False, "Chánh Văn phòng Tỉnh ủy")


@pytest.mark.parametrize(
    "words",
    [
        "Ủy viên; đại biểu mời",
        "văn phòng; đại biểu mời",
        "văn phòng; đơn vị báo cáo",
        "Ủy viên; văn phòng; đại biểu mời",
        "Ủy viên; lái xe",
        "văn phòng; lái xe",
    ],
)
def test_no_other_roles_go_together(tmp_path: Path, quang_ngai: Regulation, words: str) -> None:
    text = f'Họ và tên\tVai trò\tChức vụ\nNguyễn Văn An\t"{words}"\tBí thư\n'
    assert faults(read_roster(saved(tmp_path, text), quang_ngai)) == [("role_unknown", 2, "role")]


def test_an_agency_has_no_part_in_the_office(tmp_path: Path) -> None:
    text = "Họ và tên\tVai trò\nSở Y tế\tcơ quan; văn phòng\n"
    found = read_roster(saved(tmp_path, text), regulation("hai_duong"))
    assert faults(found) == [("clerk_of_agency", 2, "role")]


def test_two_who_head_one_body_are_told(tmp_path: Path, quang_ngai: Regulation) -> None:
    text = "\n".join((HEADER, *ROWS[:1], "2;Lê Văn Cường;Ủy viên;Đảng đoàn;Bí thư;", ROWS[2]))
    found = read_roster(saved(tmp_path, text), quang_ngai)
    assert isinstance(found, Roster)
    (body,) = quang_ngai.bodies
    values = {
        "body": body.name,
        "names": "«Nguyễn Văn An», «Lê Văn Cường»",
        "first": "Nguyễn Văn An",
    }
    assert [(each.kind, each.values, each.asks) for each in found.remarks] == [
        ("several_heads", values, False)
    ]


def test_an_office_of_the_rule_book_goes_before_the_words_for_who_holds_none(
    tmp_path: Path,
) -> None:
    text = (regulations_dir() / "quang_ngai.toml").read_text(encoding="utf-8")
    own = text.replace("\nsecretary =", '\ndai_bieu = "1"\nsecretary =', 1).replace(
        "\n[common", '\n[words]\noffice = { dai_bieu = "Đại biểu" }\n\n[common', 1
    )
    roster = "Họ và tên;Chức vụ\nNguyễn Văn An;Đại biểu\n"
    (found,) = people(read_roster(saved(tmp_path, roster), parse(own, "rieng.toml")))
    assert (found.role, found.seats) == (Role.MEMBER, (SeatWanted("dang_doan", "dai_bieu"),))
