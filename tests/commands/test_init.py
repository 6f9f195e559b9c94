from __future__ import annotations

import asyncio
import hashlib
import sqlite3
import stat
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.__main__ import main
from bot.db.engine import Database
from bot.places import regulations_dir
from tests.commands.terminal import LINK, PLAN, ROSTER, headed, kept, nothing_kept, run


def test_a_committee_is_founded_from_a_file(folder: Path) -> None:
    result = run("--from", "tap_the.toml")

    assert result.exit_code == 0, result.output
    assert [each.name for each in kept()] == ["Đảng đoàn Liên hiệp Hội tỉnh Mẫu"]
    links = LINK.findall(result.output)
    assert {bot for bot, _ in links} == {"mau_bot"}
    assert len({token for _, token in links}) == 3
    assert "Nguyễn Văn An - Bí thư, Đảng đoàn" in result.output


def test_the_links_printed_are_those_that_open(folder: Path) -> None:
    result = run("--from", "tap_the.toml")
    with sqlite3.connect("dongthuan.db") as db:
        hashes = {row[0] for row in db.execute("SELECT token_hash FROM invitations")}
    db.close()
    tokens = [token for _, token in LINK.findall(result.output)]
    assert hashes == {hashlib.sha256(token.encode()).hexdigest() for token in tokens}
    assert not any(token.encode() in Path("dongthuan.db").read_bytes() for token in tokens)


def test_the_sheet_holds_a_code_for_everybody_and_only_its_owner_reads_it(folder: Path) -> None:
    result = run("--from", "tap_the.toml")
    sheet = folder / "loi-moi.html"
    page = sheet.read_text(encoding="utf-8")
    assert stat.S_IMODE(sheet.stat().st_mode) == 0o600
    assert page.count("<svg") == 3
    assert all(token in page for _, token in LINK.findall(result.output))
    assert "Cán bộ văn phòng" in page
    assert "giờ Việt Nam" in page
    assert "<script" not in page


def test_hostile_names_stay_text_on_the_sheet(folder: Path) -> None:
    hostile = "<script>alert(1)</script>&{{7*7}}"
    roster = ROSTER.replace("Trần Thị Bình", hostile)
    (folder / "danh_sach.csv").write_text(roster, encoding="utf-8")
    assert run("--from", "tap_the.toml").exit_code == 0
    page = (folder / "loi-moi.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;&amp;{{7*7}}" in page


def test_people_may_stand_in_the_file_itself(folder: Path) -> None:
    people_given = """
[[person]]
name = "Nguyễn Văn An"
office = "Bí thư"
full_time = false
[[person]]
name = "Phạm Thị Văn"
role = "clerk"
"""
    plan = PLAN.replace('roster = "danh_sach.csv"\n', "") + people_given
    (folder / "tap_the.toml").write_text(plan, encoding="utf-8")
    result = run("--from", "tap_the.toml", "--sheet", "khac.html", "--bot", "@khac_bot")
    assert result.exit_code == 0, result.output
    assert {bot for bot, _ in LINK.findall(result.output)} == {"khac_bot"}
    assert (folder / "khac.html").exists()


def test_a_regulation_may_be_a_file_of_ones_own(folder: Path) -> None:
    own = (regulations_dir() / "quang_ngai.toml").read_text(encoding="utf-8")
    (folder / "rieng.toml").write_text(own, encoding="utf-8")
    plan = PLAN.replace('"quang_ngai"', '"rieng.toml"')
    (folder / "tap_the.toml").write_text(plan, encoding="utf-8")
    assert run("--from", "tap_the.toml").exit_code == 0


def test_a_second_committee_stands_beside_the_first(folder: Path) -> None:
    assert run("--from", "tap_the.toml").exit_code == 0
    plan = PLAN.replace("tỉnh Mẫu", "tỉnh Hai")
    (folder / "tap_the.toml").write_text(plan, encoding="utf-8")
    result = run("--from", "tap_the.toml")
    assert result.exit_code == 0
    assert len(kept()) == 2
    assert (folder / "loi-moi-2.html").exists()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (('name = "Đảng', 'nme = "Đảng'), ["tap_the.toml: name: lỗi: thiếu khóa", "nme: lỗi"]),
        (('"quang_ngai"', '"khong_co"'), ["khong_co:1: lỗi: không có tệp này"]),
        (('"receipt", ', ""), ["giả định «receipt» (Telegram đã chuyển là đủ) chưa được xác nhận"]),
        (('"receipt", ', '"receipt", "la", '), ["không có giả định hay chỗ trống này"]),
        (('"danh_sach.csv"', '"khac.csv"'), ["khac.csv: lỗi: không có tệp này"]),
        (('bot = "mau_bot"', ""), ["chưa biết tên bot", "--bot TÊN"]),
        (('bot = "mau_bot"', 'bot = "tên bot"'), ["«tên bot» không phải là tên của một bot"]),
        (('name = "Đảng đoàn', 'name = "Đảng  đoàn'), ["khoảng trắng thừa"]),
        (('name = "Đảng', "name = Đảng"), ["không đúng cú pháp TOML"]),
        (('bot = "mau_bot"', "[[person]]\nname = 5"), ["person.1.name: lỗi: giá trị không đúng"]),
    ],
)
def test_what_is_wrong_with_the_file_is_told_and_nothing_is_kept(
    folder: Path, change: tuple[str, str], told: list[str]
) -> None:
    (folder / "tap_the.toml").write_text(PLAN.replace(*change), encoding="utf-8")
    result = run("--from", "tap_the.toml")
    assert nothing_kept(result)
    assert all(words in result.stderr for words in told), result.stderr
    assert "chưa có gì được ghi" in result.stderr


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("Bí thư", "Ủy viên"), "chưa có người duyệt phiếu (Điều 4.5 Quy chế)"),
        (("Cán bộ văn phòng", "Ủy viên"), "chưa có cán bộ văn phòng"),
        (("Trần Thị Bình", "nguyễn văn an"), "«nguyễn văn an» có ở nhiều dòng: 2, 3"),
        (("Trần Thị Bình;;Ủy viên", "Trần Thị Bình;;Chủ tịch"), "danh_sach.csv:3: Chức vụ: lỗi"),
        (("Trần Thị Bình", "Tr?n Th? Bình"), "danh_sach.csv:3: Họ và tên: lỗi"),
    ],
)
def test_what_is_wrong_with_the_roster_is_told_with_its_row(
    folder: Path, change: tuple[str, str], told: str
) -> None:
    (folder / "danh_sach.csv").write_text(ROSTER.replace(*change), encoding="utf-8")
    result = run("--from", "tap_the.toml")
    assert nothing_kept(result)
    assert told in result.stderr


def test_an_empty_roster_is_told(folder: Path) -> None:
    (folder / "danh_sach.csv").write_text("Họ và tên\n", encoding="utf-8")
    result = run("--from", "tap_the.toml")
    assert nothing_kept(result)
    assert "danh sách trống" in result.stderr


def test_a_name_already_used_is_told(folder: Path) -> None:
    assert run("--from", "tap_the.toml").exit_code == 0
    (folder / "loi-moi.html").unlink()
    result = run("--from", "tap_the.toml")
    assert result.exit_code == 1
    assert "đã có một tập thể tên" in result.stderr
    assert len(kept()) == 1
    assert not list(folder.glob("loi-moi*"))


def test_a_sheet_that_lies_there_is_not_written_over(folder: Path) -> None:
    (folder / "cu.html").write_text("cũ", encoding="utf-8")
    result = run("--from", "tap_the.toml", "--sheet", "cu.html")
    assert nothing_kept(result)
    assert (folder / "cu.html").read_text(encoding="utf-8") == "cũ"
    assert "để không ghi đè" in result.stderr
    result = run("--from", "tap_the.toml", "--sheet", "khong_co/moi.html")
    assert nothing_kept(result)
    assert "không ghi được tệp" in result.stderr


def test_a_database_in_use_or_not_ours_is_told_and_left_alone(folder: Path) -> None:
    async def held() -> Result:
        db = await Database.open("dongthuan.db", create=True)
        result = await asyncio.to_thread(run, "--from", "tap_the.toml")
        await db.close()
        return result

    result = asyncio.run(held())
    assert nothing_kept(result)
    assert "một tiến trình khác đang dùng" in result.stderr

    (folder / "khac.db").write_bytes(b"not a database at all")
    (folder / "dongthuan.toml").write_text('database = "khac.db"\n', encoding="utf-8")
    result = run("--from", "tap_the.toml")
    assert result.exit_code == 1
    assert "không phải là cơ sở dữ liệu" in result.stderr
    assert (folder / "khac.db").read_bytes() == b"not a database at all"


def test_faulty_settings_are_told_before_anything(folder: Path) -> None:
    (folder / "dongthuan.toml").write_text('databse = "x.db"\n', encoding="utf-8")
    result = run("--from", "tap_the.toml")
    assert nothing_kept(result)
    assert "Có phải là «database»?" in result.stderr


def test_no_fault_and_no_trace_ever_quotes_the_token(folder: Path) -> None:
    token = "123456789:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQr"
    (folder / "dongthuan.toml").write_text(f'token = "{token}"\n', encoding="utf-8")
    assert token not in run("--from", "tap_the.toml").output
    (folder / "dongthuan.toml").write_text('token = "sai-ma-bi-mat"\n', encoding="utf-8")
    assert "sai-ma-bi-mat" not in run("--from", "tap_the.toml").output


def test_the_sample_founds_a_committee_and_is_never_written_over(folder: Path) -> None:
    place = folder / "mẫu"
    assert run("--sample", str(place)).exit_code == 0
    assert run("--from", str(place / "tap_the.toml")).exit_code == 0
    assert run("--sample", str(place)).exit_code == 1


def test_the_command_says_what_it_does() -> None:
    result = CliRunner().invoke(main, ["init", "--help"])
    assert result.exit_code == 0
    for option in ("--from", "--settings", "--sheet", "--bot", "--sample", "--yes"):
        assert option in result.output


PAPERS = """
[papers.dang_doan]
superior = "Tỉnh ủy Mẫu"
place = "Mẫu"
symbol.conclusion = "KL/ĐĐ"
to.conclusion = ["Tỉnh ủy (để báo cáo)", "Lưu Văn phòng"]
next.result_notice = 38
"""


def test_a_file_says_how_papers_are_headed(folder: Path) -> None:
    (folder / "tap_the.toml").write_text(PLAN + PAPERS, encoding="utf-8")
    result = run("--from", "tap_the.toml")
    assert result.exit_code == 0, result.output
    assert len(kept()) == 1
    assert headed("dang_doan") == {
        "superior": "Tỉnh ủy Mẫu",
        "place": "Mẫu",
        "symbol.conclusion": "KL/ĐĐ",
        "to.conclusion": ["Tỉnh ủy (để báo cáo)", "Lưu Văn phòng"],
        "next.TB": 38,
    }


@pytest.mark.parametrize(
    ("papers", "told"),
    [
        (
            "[papers.ban_chap_hanh]\nplace = 'A'",
            "papers.ban_chap_hanh: lỗi: quy chế không có tập thể này",
        ),
        (
            "[papers.dang_doan]\nfont = 'Arial'",
            "papers.dang_doan.font: lỗi: văn bản không có khóa này",
        ),
        (
            "[papers.dang_doan]\nsigner.conclusion = 'A'",
            "signer.conclusion: lỗi: văn bản không có khóa",
        ),
        (
            "[papers.dang_doan]\nnext.conclusion = 0",
            "next.conclusion: lỗi: không dùng được giá trị",
        ),
        (
            "[papers.dang_doan]\nnext.conclusion = true",
            "next.conclusion: lỗi: không dùng được giá trị",
        ),
        (
            "[papers.dang_doan]\nissuer = ''",
            "papers.dang_doan.issuer: lỗi: không dùng được giá trị",
        ),
        ("[papers.dang_doan]\nprofile = 'nd31'", "profile: lỗi: không dùng được giá trị"),
        (
            "[papers.dang_doan]\nsymbol.slip = '{{7*7}}'",
            "symbol.slip: lỗi: không dùng được giá trị",
        ),
    ],
)
def test_what_papers_cannot_bear_is_named(folder: Path, papers: str, told: str) -> None:
    (folder / "tap_the.toml").write_text(f"{PLAN}\n{papers}\n", encoding="utf-8")
    result = run("--from", "tap_the.toml")
    assert nothing_kept(result)
    assert told in result.stderr
