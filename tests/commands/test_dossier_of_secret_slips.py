"""A dossier of a year in which slips stayed without names, from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.terminal import told
from tests.docs.pages import ROOT
from tests.dossiers.test_dossier import unpacked

STORY = ROOT / "tests" / "stories" / "bk_secret_slips.toml"
pytestmark = pytest.mark.usefixtures("upon_a_story")
LEFT_OUT = "Không có trong hồ sơ, vì là phiếu không nêu tên: số 1 (Tiêu chuẩn chính trị đợt 1)."


@pytest.mark.parametrize("of", [("--year", "2026"), ()])
def test_a_year_and_an_archive_leave_such_a_matter_out_and_say_so(
    of: tuple[str, ...], tmp_path: Path
) -> None:
    target = tmp_path / "2026.zip"
    done = told("dossier", *of, "--to", target)
    assert done.exit_code == 0, done.output
    assert LEFT_OUT in done.output
    files = unpacked(target.read_bytes())
    assert LEFT_OUT in files["index.html"].decode()
    assert b'"subject": "consultation:1"' not in files["register.jsonl"]
    assert [name for name in files if name.startswith("van-ban/")] == []
    checked = told("verify", target)
    assert checked.exit_code == 0, checked.output


def test_it_is_said_in_english_too(tmp_path: Path) -> None:
    done = told("--lang", "en", "dossier", "--year", "2026", "--to", tmp_path / "2026.zip")
    assert "Not in it, since their slips bear no names: number 1" in done.output


@pytest.mark.parametrize("year", [(), ("--year", "2026")])
def test_asked_for_by_its_number_such_a_matter_is_refused(
    year: tuple[str, ...], tmp_path: Path
) -> None:
    target = tmp_path / "1.zip"
    done = told("dossier", "--matter", "1", *year, "--to", target)
    assert done.exit_code == 1
    assert "phiếu này không nêu tên" in done.output
    assert not target.exists()
