"""Commands asked in English: what the program says is English, what a regulation or a roster says stays."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.__main__ import main
from bot.places import regulations_dir
from tests.commands.terminal import kept

RULE_BOOKS = sorted(path.stem for path in regulations_dir().glob("*.toml"))
COMMON = re.compile(
    r"\b(lỗi|khóa|cần|gợi ý|hợp lệ|giả định|chọn được|Điều|Chưa có|lưu ý|đã ghi|Đã lập|Danh sách nhân sự)\b"
)
"""Words of the program in Vietnamese, which no line of its own has in an English run."""
OF_CHECK = re.compile(
    r"^ *(căn cứ|người duyệt|nội dung nhận|cần đạt|thời hạn|kết quả|chế độ báo cáo|chọn được):|giả định\]",
    re.M,
)
"""The lines of `dongthuan check` in Vietnamese."""
STORY = """
title = "Diễn tập"
regulation = "quang_ngai"
body = "dang_doan"
start = 2026-03-02T08:00:00+07:00
end = 2026-03-09T08:00:00+07:00

[[member]]
name = "Nguyễn Văn An"
office = "secretary"

[[clerk]]
name = "Phạm Thị Văn"

[[step]]
at = 2026-03-02T08:00:00+07:00
who = "Phạm Thị Văn"
does = "launch"
matter = "general"
ground = "urgent_no_meeting"
subject = "Chương trình"
files = ["chuong_trinh.pdf"]
deadline = 2026-03-05T17:00:00+07:00
id = "c1"
"""


def english(*typed: str | Path, answers: str | None = None) -> Result:
    return CliRunner(env={"DONGTHUAN_LANG": "en"}).invoke(
        main, [str(each) for each in typed], input=answers, catch_exceptions=False
    )


@pytest.mark.parametrize("regulation", RULE_BOOKS)
def test_a_rule_book_is_told_in_english_with_the_law_in_its_own_words(regulation: str) -> None:
    told = english("check", regulation)

    assert told.exit_code == 0
    assert f"{regulation}: sound\nQuy chế" in told.output
    assert "to be confirmed before use: " in told.output
    assert "may be chosen: delivery by Telegram is enough; " in told.output
    assert not OF_CHECK.search(told.output)
    assert OF_CHECK.search(CliRunner().invoke(main, ["check", regulation]).output)


def test_a_faulty_rule_book_and_a_faulty_story_are_told_in_english(tmp_path: Path) -> None:
    text = (regulations_dir() / "quang_ngai.toml").read_text(encoding="utf-8")
    (tmp_path / "q.toml").write_text(text.replace("heads =", "heds =", 1), encoding="utf-8")
    told = english("check", "q.toml")
    assert told.exit_code == 1
    assert "error: the key «heds» does not belong here" in told.output
    assert "hint: did you mean «heads»?" in told.output
    assert "q.toml: 1 error" in told.output
    assert not COMMON.search(told.output.replace(text, ""))

    (tmp_path / "s.toml").write_text(STORY.replace('"launch"', '"lunch"'), encoding="utf-8")
    told = english("rehearse", "s.toml")
    assert told.exit_code == 2
    assert "error: there is no verb «lunch»" in told.stderr
    assert "hint: did you mean «launch»?" in told.stderr


def test_a_story_without_a_head_says_what_init_would_say_of_such_a_committee(
    tmp_path: Path,
) -> None:
    (tmp_path / "s.toml").write_text(STORY.replace('"secretary"', '"member"'), encoding="utf-8")

    told = english("rehearse", "s.toml")
    assert (told.exit_code, "nobody approves requests (Article 4.5)" in told.stderr) == (2, True)

    told = CliRunner().invoke(main, ["rehearse", "s.toml"])
    assert "chưa có người duyệt phiếu (Điều 4.5 Quy chế)" in told.stderr


def test_what_differs_is_told_in_the_language_of_the_run_and_to_programs_always_alike(
    tmp_path: Path,
) -> None:
    expect = '[expect]\nroll = 7\n[expect.not_heard]\n"Phạm Thị Văn" = ["Chương trình"]\n'
    (tmp_path / "s.toml").write_text(STORY + expect, encoding="utf-8")

    told = english("rehearse", "s.toml")
    assert told.exit_code == 1
    assert "differs: s.toml: Diễn tập" in told.stdout
    assert "s.toml: expect.roll: expected 7, found 0" in told.stderr
    assert "«Chương trình» was heard" in told.stderr

    told = CliRunner().invoke(main, ["rehearse", "s.toml"])
    assert "khác: s.toml: Diễn tập" in told.stdout
    assert "s.toml: expect.roll: kịch bản ghi 7, thực tế là 0" in told.stderr
    assert "đã nhận được «Chương trình»" in told.stderr

    vietnamese = CliRunner().invoke(main, ["rehearse", "s.toml", "--json"])
    assert vietnamese.stdout == english("rehearse", "s.toml", "--json").stdout
    assert "expected 7, found 0" in vietnamese.stdout


def test_a_committee_is_founded_in_english_and_its_members_read_vietnamese(folder: Path) -> None:
    told = english("init", "--from", "tap_the.toml", answers="y\n")

    assert told.exit_code == 0, told.output
    assert "Found this committee? [Y/n]" in told.output
    assert "Founded: Đảng đoàn Liên hiệp Hội tỉnh Mẫu" in told.output
    assert "voting members: 2" in told.output
    assert not COMMON.search(told.output)
    assert len(kept()) == 1
    (sheet,) = folder.glob("loi-moi*")
    assert "Quét mã bằng điện thoại có Telegram" in sheet.read_text(encoding="utf-8")


def test_a_faulty_roster_is_told_in_english_with_its_headings_as_they_stand(folder: Path) -> None:
    roster = folder / "danh_sach.csv"
    roster.write_text(
        roster.read_text(encoding="utf-8").replace("Bí thư", "Chánh văn phòng"), encoding="utf-8"
    )

    told = english("init", "--from", "tap_the.toml")

    assert told.exit_code == 1
    assert "danh_sach.csv:2: Chức vụ: error: there is no office «Chánh văn phòng»" in told.stderr
    assert "1 error, nothing was written." in told.stderr


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("status",), "there is no database here"),
        (("verify", "--head", "x"), "this is no head of a register"),
        (("backup", "a.db"), "there is no database here"),
        (("people",), "there is no database here"),
        (("people", "confirm", "1"), "The bot's name on Telegram is not known"),
        (("run",), "The bot has no token yet"),
        (("demo", "--speed", "3"), "--speed goes with --play"),
        (("demo", "--tale", "meeting", "--regulation", "hai_duong"), "not told under hai_duong"),
        (("init", "--from", "nowhere.toml"), "there is no such file"),
        (("status", "--settings", "nowhere.toml"), "there is no such settings file"),
    ],
)
def test_what_cannot_be_done_is_told_in_english(typed: tuple[str, ...], said: str) -> None:
    told = english(*typed)

    assert told.exit_code in (1, 2)
    assert said in told.output
    assert not COMMON.search(told.output)


def test_a_setting_of_another_value_is_told_with_those_it_may_have() -> None:
    wrong = {"DONGTHUAN_LOG_LEVEL": "LOUD"}

    told = CliRunner(env=wrong).invoke(main, ["status"])
    assert "Cần: một trong: DEBUG, INFO, WARNING, ERROR" in told.stderr
    told = CliRunner(env={**wrong, "DONGTHUAN_LANG": "en"}).invoke(main, ["status"])
    assert "Needed: one of: DEBUG, INFO, WARNING, ERROR" in told.stderr
