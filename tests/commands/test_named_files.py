"""A file that is named at the command line, and never ends or is larger than is taken: refused with the limit."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.commands.founding_file import read_plan
from bot.named_files import TooLargeError, content_of, text_of
from bot.regulations.faults import RegulationFaults
from bot.regulations.loader import load
from tests.commands.terminal import PLAN
from tests.commands.test_amend import DECISION, TOMORROW, joined, stands
from tests.commands.test_people import played
from tests.commands.test_run import ask

ENDLESS = Path("/dev/zero")
TEN = 10
TWO_GIGABYTES = 2 * 1024**3
STORY = """
title = "Phiếu có tệp"
regulation = "quang_ngai"
body = "dang_doan"
start = 2026-03-02T08:00:00+07:00
end = 2026-03-03T08:00:00+07:00
clerk = [{ name = "Phạm Thị Văn" }]
member = [{ name = "Nguyễn Văn An", office = "secretary" }, { name = "Trần Thị Bình" }]
[[step]]
at = 2026-03-02T09:00:00+07:00
who = "Phạm Thị Văn"
does = "launch"
matter = "important"
ground = "urgent_no_meeting"
subject = "Nhân sự"
deadline = 2026-03-05T17:00:00+07:00
files = ["to_trinh.pdf"]
"""

pytestmark = pytest.mark.usefixtures("little_memory")


def test_a_file_is_read_whole_up_to_the_limit_and_not_one_byte_beyond(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_bytes(b"x" * TEN)
    assert content_of(file, TEN) == b"x" * TEN
    with pytest.raises(TooLargeError):
        content_of(file, TEN - 1)
    assert content_of(Path("/dev/null"), TEN) == b""


def test_what_never_ends_is_read_no_further_than_the_limit() -> None:
    with pytest.raises(TooLargeError) as no:
        content_of(ENDLESS, 3 * 1024**2)
    assert (no.value.megabytes, no.value.filename) == (3, "/dev/zero")


def test_text_has_no_mark_and_one_kind_of_end_of_a_line(tmp_path: Path) -> None:
    file = tmp_path / "a.toml"
    file.write_bytes("\ufeffmột\r\nhai\rba\n".encode())
    assert text_of(file) == "một\nhai\nba\n"
    file.write_bytes(b"\xff")
    assert text_of(file, errors="replace") == "\ufffd"


@pytest.mark.parametrize(
    ("words", "limit"),
    [
        (("check", "/dev/zero"), "không quá 1 MB"),
        (("rehearse", "/dev/zero"), "không quá 1 MB"),
        (("rehearse", "--first", "/dev/zero"), "không quá 1 MB"),
        (("init", "--from", "/dev/zero", "--yes"), "không quá 1 MB"),
        (("papers", "check", "/dev/zero"), "không quá 4 MB"),
        (("papers", "use", "/dev/zero"), "không quá 4 MB"),
        (("restore", "a.db", "--to", "b.db", "--identity", "/dev/zero"), "không quá 1 MB"),
        (("verify", "/dev/zero"), "Không đọc được tệp /dev/zero"),
        (("restore", "/dev/zero", "--to", "b.db"), "/dev/zero: không có cơ sở dữ liệu"),
    ],
)
def test_a_command_refuses_it_in_words(tmp_path: Path, words: tuple[str, ...], limit: str) -> None:
    refused = ask(tmp_path, *words)
    assert refused.exit_code in (1, 2)
    assert limit in refused.output + refused.stderr


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            ("restore", "dem.db", "--to", "khong_co/moi.db"),
            "khong_co: không có thư mục này.\n  Cần: tạo thư mục này, hoặc chọn chỗ khác bằng --to TỆP. Chưa có gì",
        ),
        (("backup", "khong_co/dem.db"), "không ghi được tệp này (không có tệp hoặc thư mục này)"),
        (
            ("backup-key", "khong_co/k.txt"),
            "không ghi được tệp này (không có tệp hoặc thư mục này)",
        ),
        (
            ("backup-key", "dem.db/k.txt"),
            "không ghi được tệp này (một phần của đường dẫn không phải",
        ),
        (
            ("restore", "dem.db", "--to", "moi.db", "--identity", "khong_co.txt"),
            "khong_co.txt: không đọc hoặc không ghi được (không có tệp hoặc thư mục này)",
        ),
        (
            ("--lang", "en", "restore", "dem.db", "--to", "khong_co/moi.db"),
            "khong_co: there is no such folder.",
        ),
    ],
)
def test_a_place_that_is_not_there_is_told_in_the_language_of_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], told: str
) -> None:
    played(tmp_path, joined)
    (tmp_path / "dongthuan.db").rename(tmp_path / "dem.db")
    shutil.copy(tmp_path / "dem.db", tmp_path / "dongthuan.db")
    monkeypatch.chdir(tmp_path)
    refused = ask(tmp_path, *words)
    assert refused.exit_code == 1
    assert told in refused.stderr
    assert "No such" not in refused.stderr
    assert sorted(each.name for each in tmp_path.iterdir() if "moi" in each.name) == []


def test_a_dossier_larger_than_any_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "ho-so.zip").open("wb") as sparse:
        sparse.truncate(TWO_GIGABYTES + 1)
    refused = ask(tmp_path, "verify", str(tmp_path / "ho-so.zip"))
    assert refused.exit_code == 1
    assert "không quá 2048 MB" in refused.stderr


@pytest.mark.parametrize("command", ["amend", "roster"])
def test_a_request_with_such_a_file_changes_nothing(tmp_path: Path, command: str) -> None:
    played(tmp_path, joined)
    before = stands(tmp_path)
    limit = {"amend": "không quá 1 MB", "roster": "không quá 5 MB"}[command]

    asked = (command, "--file", "/dev/zero", "--from", TOMORROW, "--decision", DECISION)
    refused = ask(tmp_path, *asked)

    assert refused.exit_code == 1
    assert limit in refused.stderr
    assert "Chưa có gì bị thay đổi" in refused.stderr
    assert stands(tmp_path) == before


SETTINGS = {
    "token_file": 'token_file = "/dev/zero"\n',
    "secret_file": "[webhook]\nurl = 'https://bot.donvi.vn/t'\nlisten = '127.0.0.1:8080'\n"
    "secret_file = '/dev/zero'\n",
    "backup_recipients": 'backup_recipients = ["/dev/zero"]\n',
}


@pytest.mark.parametrize("key", SETTINGS)
def test_settings_name_the_key_whose_file_is_too_large(tmp_path: Path, key: str) -> None:
    (tmp_path / "dongthuan.toml").write_text(SETTINGS[key], "utf-8")
    refused = ask(tmp_path, "status", "--settings", str(tmp_path / "dongthuan.toml"))
    assert refused.exit_code == 1
    assert f"{key}: tệp quá lớn" in refused.stderr
    assert "không quá 1 MB" in refused.stderr


def test_settings_that_never_end_are_refused(tmp_path: Path) -> None:
    refused = ask(tmp_path, "status", "--settings", "/dev/zero")
    assert refused.exit_code == 1
    assert "không quá 1 MB" in refused.stderr


def test_a_plan_may_name_no_such_rule_book_and_no_such_roster(tmp_path: Path) -> None:
    plan = tmp_path / "tap_the.toml"
    plan.write_text(PLAN.replace("danh_sach.csv", "/dev/zero"), "utf-8")
    read = read_plan(plan)
    assert isinstance(read, tuple)
    assert [(each.kind, each.values["detail"]) for each in read] == [("too_large", "5")]
    with pytest.raises(RegulationFaults) as no:
        load(ENDLESS)
    assert [(each.kind, each.values) for each in no.value.faults] == [("too_large", {"limit": 1})]


def test_a_story_whose_person_sends_more_than_the_app_does_differs_in_words(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(STORY, "utf-8")
    with (tmp_path / "to_trinh.pdf").open("wb") as sparse:
        sparse.truncate(TWO_GIGABYTES)
    differs = ask(tmp_path, "rehearse", str(tmp_path / "a.toml"))
    assert differs.exit_code == 1
    assert "ứng dụng không gửi tệp quá 50 MB: «to_trinh.pdf»" in differs.stderr
