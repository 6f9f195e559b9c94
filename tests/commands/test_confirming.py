"""Before anything is founded the people are shown; only a "yes" founds, and the roster's open questions are asked."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands.terminal import PLAN, kept, nothing_kept, run

FILES = Path(__file__).parent / "rosters"
ROOT = Path(__file__).resolve().parents[2]
QUESTION = "Lập tập thể này? [C/k]"


def with_roster(folder: Path, name: str) -> None:
    """The plan with one of the offices' lists."""
    shutil.copy(FILES / name, folder / name)
    plan = PLAN.replace("danh_sach.csv", name)
    (folder / "tap_the.toml").write_text(plan, encoding="utf-8")


def test_everybody_is_shown_with_offices_and_bodies_before_the_question(folder: Path) -> None:
    result = run("--from", "tap_the.toml", answers=("c",))
    assert result.exit_code == 0, result.output
    shown, _, after = result.stdout.partition(QUESTION)
    for words in (
        "Danh sách nhân sự: danh_sach.csv",
        "3 người, cơ quan: 2 thành viên biểu quyết, 1 cán bộ văn phòng",
        "1. Nguyễn Văn An: Bí thư, Đảng đoàn (chuyên trách)",
        "2. Trần Thị Bình: Ủy viên, Đảng đoàn (chuyên trách)",
        "3. Phạm Thị Văn: cán bộ văn phòng",
        "Đảng đoàn: 2 thành viên biểu quyết; người duyệt phiếu: Nguyễn Văn An (Điều 4.5 Quy chế)",
    ):
        assert words in shown
    assert "Đã lập" in after
    assert "Đề nghị xem trước" not in shown


@pytest.mark.parametrize("answers", [("k",), ("không",), ()])
def test_without_a_yes_nothing_is_founded(folder: Path, answers: tuple[str, ...]) -> None:
    result = run("--from", "tap_the.toml", answers=answers)
    assert nothing_kept(result)
    assert not Path("dongthuan.db").exists()
    assert "Chưa lập tập thể; chưa có gì được ghi." in result.output
    assert ("thêm --yes" in result.stderr) == (answers == ())


def test_a_script_says_yes_beforehand(folder: Path) -> None:
    result = run("--from", "tap_the.toml", "--yes", answers=())
    assert result.exit_code == 0, result.output
    assert QUESTION not in result.output
    assert "3. Phạm Thị Văn: cán bộ văn phòng" in result.output


def test_ctrl_c_at_the_question_leaves_nothing(folder: Path) -> None:
    command = [sys.executable, "-m", "bot", "init", "--from", "tap_the.toml"]
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    before = set(folder.iterdir())
    with subprocess.Popen(
        command,
        cwd=folder,
        env=env,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as process:
        assert process.stdout is not None
        read = ""
        while QUESTION not in read:
            letter = process.stdout.read(1)
            assert letter, read
            read += letter
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "Chưa lập tập thể; chưa có gì được ghi." in errors
    assert set(folder.iterdir()) == before


def test_what_was_left_out_of_a_list_is_named_before_the_question(folder: Path) -> None:
    with_roster(folder, "08_hidden_row.xlsx")
    result = run("--from", "tap_the.toml", answers=("c",))
    shown, _, after = result.stdout.partition(QUESTION)
    assert "Danh sách nhân sự: 08_hidden_row.xlsx, trang «Sheet»" in shown
    assert "Dòng 4 đang ẩn, không lấy: «Đã Nghỉ Hưu»." in shown
    assert "Đã Nghỉ Hưu" not in after


def test_two_of_one_name_are_founded_by_their_units(folder: Path) -> None:
    with_roster(folder, "12_homonyms_with_work_unit.xlsx")
    result = run("--from", "tap_the.toml", answers=("c",))
    assert result.exit_code == 0, result.output
    assert (
        "Trùng họ tên, vì vậy được gọi kèm đơn vị: "
        "«Nguyễn Văn An (Sở Tài chính)», «Nguyễn Văn An (Sở Y tế)»."
    ) in result.output
    assert rows("SELECT name, unit, post FROM people ORDER BY id") == [
        ("Nguyễn Văn An (Sở Tài chính)", "Sở Tài chính", ""),
        ("Nguyễn Văn An (Sở Y tế)", "Sở Y tế", ""),
        ("Phạm Thị Văn", "", ""),
    ]
    page = (folder / "loi-moi.html").read_text(encoding="utf-8")
    assert "Nguyễn Văn An (Sở Y tế)" in page


def test_a_post_of_the_state_is_kept_beside_the_office_and_in_the_register(folder: Path) -> None:
    with_roster(folder, "25_office_with_state_post.xlsx")
    assert run("--from", "tap_the.toml", answers=("c",)).exit_code == 0
    assert kept()
    assert rows("SELECT name, post FROM people WHERE post <> ''") == [
        ("Nguyễn Văn An", "Chủ tịch HĐND tỉnh")
    ]
    [(detail,)] = rows("SELECT detail FROM register WHERE act = 'found'")
    told = json.loads(detail)
    posts = [each.get("post") for each in told["people"] if each["name"] == "Nguyễn Văn An"]
    assert posts == ["Chủ tịch HĐND tỉnh"]


def rows(query: str) -> list[tuple[str, ...]]:
    db = sqlite3.connect("dongthuan.db")
    found = db.execute(query).fetchall()
    db.close()
    return found


ALIKE = "«Nguyễn Văn Hòa» (dòng 2) và «Nguyễn Văn Hoà» (dòng 3)"


def test_whether_names_that_differ_in_marks_are_one_person_is_asked(folder: Path) -> None:
    with_roster(folder, "13_hoa_old_new_tone.xlsx")
    for answers in ((), ("",), ("k",)):
        result = run("--from", "tap_the.toml", answers=answers)
        assert nothing_kept(result)
        assert f"{ALIKE}. Là những người khác nhau? [c/K]" in result.stdout
    assert "Mỗi người chỉ ghi một dòng: sửa danh sách rồi chạy lại lệnh." in result.stderr
    result = run("--from", "tap_the.toml", answers=("c", "c"))
    assert result.exit_code == 0, result.output
    assert [name for (name,) in rows("SELECT name FROM people ORDER BY id")] == [
        "Nguyễn Văn Hòa",
        "Nguyễn Văn Hoà",
        "Phạm Thị Văn",
    ]


def test_a_script_is_shown_the_names_that_differ_in_marks(folder: Path) -> None:
    with_roster(folder, "13_hoa_old_new_tone.xlsx")
    result = run("--from", "tap_the.toml", "--yes", answers=())
    assert result.exit_code == 0, result.output
    assert f"Họ tên chỉ khác nhau ở dấu: {ALIKE}." in result.stdout


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("06_truncated_sheet_xml.xlsx", "trang «Sheet1», dòng 2: lỗi: tệp .xlsx bị hỏng"),
        ("17_formula_without_value.xlsx", "trang «Sheet», dòng 2, cột «Họ và tên»: lỗi"),
        ("19_password.xlsx", "lỗi: tệp đặt mật khẩu"),
        ("20_error_cells.xlsx", "trang «Sheet1», dòng 4, cột «Họ và tên»: lỗi"),
    ],
)
def test_a_damaged_list_is_told_with_its_place_and_nothing_is_asked(
    folder: Path, name: str, told: str
) -> None:
    with_roster(folder, name)
    result = run("--from", "tap_the.toml", answers=())
    assert nothing_kept(result)
    assert told in result.stderr
    assert name in result.stderr
    assert "chưa có gì được ghi" in result.stderr
    assert QUESTION not in result.output


def test_people_of_one_name_without_units_are_told_with_the_file_they_stand_in(
    folder: Path,
) -> None:
    text = "Họ và tên;Vai trò;Chức vụ\nLê An;;Bí thư\nLê An;;Ủy viên\nĐỗ Hà;Văn phòng;\n"
    (folder / "danh_sach.csv").write_text(text, encoding="utf-8")
    result = run("--from", "tap_the.toml")
    assert nothing_kept(result)
    assert "danh_sach.csv:2: Họ và tên: lỗi: họ tên «Lê An» có ở nhiều dòng: 2, 3" in result.stderr
    assert "ghi đơn vị khác nhau ở cột «Đơn vị»" in result.stderr
