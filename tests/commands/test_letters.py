"""Old fonts and wrong code pages: what typists left, and what must come of it, letter by letter."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from bot.people.letters import (
    Converted,
    Unsure,
    conversions,
    from_tcvn3,
    from_vni,
    is_vietnamese,
    undoubled,
)
from bot.people.tables import Table, read_table

NAMES = [
    # Unicode, VNI, TCVN3
    ("Nguyễn Văn An", "Nguyeãn Vaên An", "NguyÔn V¨n An"),
    ("Trần Thị Bình", "Traàn Thò Bình", "TrÇn ThÞ B×nh"),
    ("Lê Văn Cường", "Leâ Vaên Cöôøng", "Lª V¨n C­êng"),
    ("Phạm Thị Đức", "Phaïm Thò Ñöùc", "Ph¹m ThÞ §øc"),
    ("Đỗ Thị Hoa", "Ñoã Thò Hoa", "§ç ThÞ Hoa"),
    ("Hoàng Văn Dũng", "Hoaøng Vaên Duõng", "Hoµng V¨n Dòng"),
    ("Lò Thị Tỉnh", "Loø Thò Tænh", "Lß ThÞ TØnh"),
    ("Ngô Thị Tú", "Ngoâ Thò Tuù", "Ng« ThÞ Tó"),
    ("Vũ Quý Mỵ", "Vuõ Quyù Mî", "Vò Quý Mþ"),
    ("Bùi Thuận Khoẻ", "Buøi Thuaän Khoeû", "Bïi ThuËn KhoÎ"),
    ("Phó Bí thư", "Phoù Bí thö", "Phã BÝ th­"),
    ("Ủy viên", "Uûy vieân", None),  # TCVN3 has no capital with a tone
    ("Đặng Thị Ngữ", "Ñaëng Thò Ngöõ", "§Æng ThÞ Ng÷"),
    ("Chế Lan Viễn", "Cheá Lan Vieãn", "ChÕ Lan ViÔn"),
    ("TRẦN VĂN LÂM", "TRAÀN VAÊN LAÂM", "TRÇN V¨N L©M"),
    ("Kiều Oanh", "Kieàu Oanh", "KiÒu Oanh"),
    ("Mười Hẳn", "Möôøi Haún", "M­êi H¼n"),
    ("Hạ Lỡ", "Haï Lôõ", "H¹ Lì"),
]


@pytest.mark.parametrize(("name", "vni", "tcvn3"), NAMES)
def test_a_name_typed_for_an_old_font_is_read(name: str, vni: str, tcvn3: str | None) -> None:
    assert from_vni(vni) == name
    assert tcvn3 is None or from_tcvn3(tcvn3) == name
    assert is_vietnamese(name)


@pytest.mark.parametrize("name", [name for name, _, _ in NAMES])
@pytest.mark.parametrize("page", ["cp1252", "cp1258"])
@pytest.mark.parametrize("times", [1, 2])
def test_utf8_read_in_a_code_page_is_read_again(name: str, page: str, times: int) -> None:
    text = name
    for _ in range(times):
        text = "".join(_misread(byte, page) for byte in text.encode("utf-8"))
    assert undoubled(text) == name


def _misread(byte: int, page: str) -> str:
    try:
        return bytes((byte,)).decode(page)
    except UnicodeDecodeError:
        return chr(byte)


@pytest.mark.parametrize(
    "name", [name for name, _, _ in NAMES] + ["Lã Thị Ê", "H’Hen Niê", "Đinh Ŏk"]
)
def test_unicode_is_never_taken_for_anything_else(name: str) -> None:
    assert undoubled(name) is None
    assert conversions([["Họ và tên"], [name], ["Trần Thị Bình"]]) == ()


@pytest.mark.parametrize("text", ["Müller", "Zoë", "Traàn", "NguyÔn", "V¨n", "C­êng", "Nguyeãn"])
def test_what_is_built_otherwise_is_not_vietnamese(text: str) -> None:
    assert not is_vietnamese(text)


@pytest.mark.parametrize("font", ["VNI", "TCVN3"])
def test_a_whole_table_of_one_font_is_converted(font: str) -> None:
    written = [row[("VNI", "TCVN3").index(font) + 1] for row in NAMES]
    rows = [[cell or "An"] for cell in written]
    found = conversions(rows)
    assert not isinstance(found, Unsure)
    after = {(each.row, each.column): each.after for each in found}
    wanted = {
        (at, 0): name
        for at, ((name, _, _), cell) in enumerate(zip(NAMES, written, strict=True), 1)
        if cell
    }
    assert after == {at: name for at, name in wanted.items() if name != rows[at[0] - 1][0]}


def test_a_cell_that_reads_both_ways_follows_its_column() -> None:
    rows = [
        ["Họ và tên", "Ghi chú"],
        ["Leâ Vaên An", "Tó"],
        ["Cao Thò Mai", "ốm"],
        ["Traàn Bình", ""],
    ]
    assert conversions(rows) == (
        Converted(2, 0, "VNI", "Leâ Vaên An", "Lê Văn An"),
        Converted(3, 0, "VNI", "Cao Thò Mai", "Cao Thị Mai"),
        Converted(4, 0, "VNI", "Traàn Bình", "Trần Bình"),
    )
    mixed = [["Họ và tên"], ["Trần Thị Bình"], ["Cao Thò Mai"], ["Leâ Vaên An"]]
    assert conversions(mixed) == Unsure("VNI", 3, 0, "Cao Thò Mai")
    both = [["Họ và tên"], ["Leâ Vaên An"], ["Lª V¨n An"]]
    assert conversions(both) == Unsure("VNI / TCVN3", 2, 0, "Leâ Vaên An")
    alone = [["Ho ten", "Don vi"], ["Cao Thò Mai", "Sôû Taøi chính"]]
    assert conversions(alone) == Unsure("VNI", 2, 0, "Cao Thò Mai")


@pytest.mark.parametrize("column", [1, 2])
@pytest.mark.parametrize("line_end", ["\r\n", "\n", "\r"])
def test_a_text_file_of_an_old_program_is_read(tmp_path: Path, column: int, line_end: str) -> None:
    written = [row[column] or "An" for row in NAMES]
    (tmp_path / "a.csv").write_bytes(line_end.join(written).encode("latin-1"))
    found = read_table(tmp_path / "a.csv", lambda grid: len(grid.rows))
    assert isinstance(found, Table)
    read = conversions(found.rows)
    assert not isinstance(read, Unsure)
    after = {each.row: each.after for each in read}
    assert [after.get(row, text) for row, text in enumerate(written, 1)] == [
        name if row[column] else "An" for name, *row in [(each[0], *each) for each in NAMES]
    ]


def test_every_letter_with_every_tone_has_its_place_in_both_fonts() -> None:
    """The tables are whole: sixty small letters with tones, and đ."""
    small = {
        a + b
        for a, b in product("aăâeêioôơuưy", ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"])
    }
    assert len(small) == 72
    vni = "a aø aù aõ aû aï aê aè aé aü aú aë aâ aà aá aã aå aä e eø eù eõ eû eï eâ eà eá eã eå eä i ì í ó æ ò"
    vni += " o oø où oõ oû oï oâ oà oá oã oå oä ô ôø ôù ôõ ôû ôï u uø uù uõ uû uï ö öø öù öõ öû öï y yø yù yõ yû î ñ"
    tcvn3 = "a µ ¸ · ¶ ¹ ¨ » ¾ ½ ¼ Æ © Ç Ê É È Ë e Ì Ð Ï Î Ñ ª Ò Õ Ô Ó Ö i × Ý Ü Ø Þ"
    tcvn3 += " o ß ã â á ä « å è ç æ é ¬ ê í ì ë î u ï ó ò ñ ô \u00ad õ ø ÷ ö ù y ú ý ü û þ ®"
    unicode = "a à á ã ả ạ ă ằ ắ ẵ ẳ ặ â ầ ấ ẫ ẩ ậ e è é ẽ ẻ ẹ ê ề ế ễ ể ệ i ì í ĩ ỉ ị"
    unicode += " o ò ó õ ỏ ọ ô ồ ố ỗ ổ ộ ơ ờ ớ ỡ ở ợ u ù ú ũ ủ ụ ư ừ ứ ữ ử ự y ỳ ý ỹ ỷ ỵ đ"
    assert [from_vni(each) for each in vni.split(" ")] == unicode.split(" ")
    assert [from_tcvn3(each) for each in tcvn3.split(" ")] == unicode.split(" ")
