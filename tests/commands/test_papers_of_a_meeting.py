"""Papers and dossier of a meeting from the command line, of a database that a story has played."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.terminal import told
from tests.docs.pages import ROOT

STORY = ROOT / "tests" / "stories" / "d_qn_meeting_that_proves_itself.toml"
pytestmark = pytest.mark.usefixtures("upon_a_story")


def test_every_paper_of_a_meeting_is_written_into_a_folder(tmp_path: Path) -> None:
    done = told("export", "--meeting", "1", "--to", tmp_path / "van-ban")
    assert done.exit_code == 0, done.output
    assert sorted(each.name for each in (tmp_path / "van-ban").iterdir()) == [
        "Biên bản họp - số 1.docx",
        "Biên bản kiểm phiếu kín - số 1.docx",
        "Báo cáo ý kiến khác nhau - số 1.docx",
        "Nghị quyết (dự thảo) - số 1.docx",
        "Thông báo kết luận - số 1.docx",
    ]


def test_the_papers_of_a_year_are_those_of_its_meetings_and_matters(tmp_path: Path) -> None:
    done = told("export", "--year", "2026", "--to", tmp_path / "van-ban")
    assert done.exit_code == 0, done.output
    assert "Biên bản họp - số 1.docx" in {each.name for each in (tmp_path / "van-ban").iterdir()}
    none = told("export", "--year", "2025", "--to", tmp_path / "khong")
    assert none.exit_code == 1
    assert "Năm 2025 không có" in none.output
    assert told("export", "--to", tmp_path / "khong").exit_code == 1
    assert not (tmp_path / "khong").exists()


def test_a_meeting_that_is_none_has_no_papers(tmp_path: Path) -> None:
    done = told("export", "--meeting", "7", "--to", tmp_path / "van-ban")
    assert done.exit_code == 1
    assert not (tmp_path / "van-ban").exists()


def test_the_dossier_of_a_meeting_is_whole_and_its_votes_are_counted(tmp_path: Path) -> None:
    target = tmp_path / "hop.zip"
    assert told("dossier", "--meeting", "1", "--to", target).exit_code == 0
    checked = told("verify", target)
    assert checked.exit_code == 0, checked.output
    assert "lần biểu quyết tính lại: 2" in checked.output


def test_the_dossier_of_a_year_has_its_meetings(tmp_path: Path) -> None:
    whole, empty = tmp_path / "2026.zip", tmp_path / "2025.zip"
    assert told("dossier", "--year", "2026", "--to", whole).exit_code == 0
    assert "lần biểu quyết tính lại: 2" in told("verify", whole).output
    none = told("dossier", "--year", "2025", "--to", empty)
    assert none.exit_code == 1
    assert "Năm ấy không có phiếu nào đã gửi đi, cuộc họp nào đã kết thúc" in none.output
    assert not empty.exists()


def test_a_dossier_is_of_a_matter_or_of_a_meeting(tmp_path: Path) -> None:
    done = told("dossier", "--meeting", "1", "--matter", "1", "--to", tmp_path / "x.zip")
    assert done.exit_code == 1
    assert "--matter hoặc --meeting" in done.output


def test_where_nothing_can_be_written_it_is_told(tmp_path: Path) -> None:
    file = tmp_path / "tep"
    file.write_text("của văn phòng", encoding="utf-8")
    for command in (
        ("export", "--meeting", "1", "--to", file),
        ("papers", "export", file),
        ("dossier", "--meeting", "1", "--to", tmp_path / "khong-co" / "hop.zip"),
    ):
        done = told(*command)
        assert done.exit_code == 1
        assert "Không ghi được vào" in done.output
    assert file.read_text(encoding="utf-8") == "của văn phòng"
