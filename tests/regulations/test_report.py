"""What `dongthuan check` prints, and with which exit code."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.__main__ import main
from bot.commands.check import check
from bot.places import regulations_dir
from bot.regulations.loader import load
from bot.values.language import Language

RULE_BOOKS = sorted(regulations_dir().glob("*.toml"))


def test_five_rule_books_are_shipped_and_sound() -> None:
    text, code = check(Language.VIETNAMESE, RULE_BOOKS)

    assert [path.stem for path in RULE_BOOKS] == [
        "bac_kan",
        "cap_huyen",
        "hai_duong",
        "quang_ngai",
        "tra_vinh",
    ]
    assert code == 0
    assert text.count("hợp lệ") == 5


@pytest.mark.parametrize("path", RULE_BOOKS, ids=lambda path: path.stem)
def test_a_file_is_named_as_its_regulation_is(path: Path) -> None:
    assert load(path).id == path.stem


def test_a_sound_file_is_summed_up_with_its_articles_and_assumptions() -> None:
    path = regulations_dir() / "quang_ngai.toml"
    text, _ = check(Language.VIETNAMESE, [path])

    for line in (
        "người duyệt: Bí thư, Phó Bí thư (Điều 4.5)",
        "thay khi vắng mặt: Phó Bí thư (Điều 4.5, 5.3)",
        "cần đạt: từ 2/3 tổng số thành viên trở lên (Điều 8.2.2)",
        "quá hạn không trả lời: được xem là đồng ý (Điều 8.2.1)",
        "không đủ, có ý kiến khác -> báo cáo cấp trên (Điều 7.2)",
        f"cần xác nhận trước khi dùng: {len(load(path).settings)}",
        "receipt: Telegram đã chuyển là đủ",
        "silence_covers_direction: có",
    ):
        assert line in text


def test_a_share_is_written_as_it_is_and_not_as_html() -> None:
    text, _ = check(Language.VIETNAMESE, [regulations_dir() / "bac_kan.toml"])

    assert "threshold: quá 1/2" in text
    assert "cần đạt: quá 1/2 tổng số thành viên (Điều 9.1) [giả định]" in text


def test_a_fault_is_shown_on_its_line_with_a_mark_and_what_was_meant(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    text = (regulations_dir() / "tra_vinh.toml").read_text(encoding="utf-8")
    path.write_text(text.replace("collates = true", "colates = true", 1), encoding="utf-8")
    line = (
        path.read_text(encoding="utf-8")
        .split("\n")
        .index("colates = true # chỉ tổng hợp ý kiến, không tính đạt hay không đạt")
    )

    printed, code = check(Language.VIETNAMESE, [path])

    assert code == 1
    assert printed.split("\n")[:4] == [
        f"{path}:{line + 1}:1: lỗi: khóa «colates» không có trong phần này",
        f"{line + 1:5} | colates = true # chỉ tổng hợp ý kiến, không tính đạt hay không đạt",
        "      | ^^^^^^^",
        "      khóa: body.doan_the.written.colates",
    ]
    assert "      gợi ý: có phải là «collates»?" in printed
    assert printed.endswith(f"{path}: 1 lỗi")


def test_one_bad_file_among_good_ones_fails_the_check(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["check", str(RULE_BOOKS[0]), str(tmp_path / "none.toml")])

    assert result.exit_code == 1
    assert f"{RULE_BOOKS[0]}: hợp lệ" in result.output
    assert "không có tệp này" in result.output


def test_the_command_says_what_it_does() -> None:
    result = CliRunner().invoke(main, ["check", "--help"])

    assert result.exit_code == 0
    assert "QUY_CHẾ..." in result.output
