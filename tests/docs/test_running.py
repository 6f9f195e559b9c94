"""What the page about running says to do, done: found, back up, restore elsewhere, verify."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.__main__ import main
from tests.docs import pages


def _do(*words: str) -> Result:
    return CliRunner().invoke(main, list(words), catch_exceptions=False)


@pytest.fixture
def founded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a committee founded from the sample, as the page says."""
    folder = tmp_path / "may"
    folder.mkdir()
    monkeypatch.chdir(folder)
    assert _do("init", "--sample", "lap").exit_code == 0
    done = _do("init", "--from", "lap/tap_the.toml", "--yes")
    assert done.exit_code == 0, done.output
    assert (folder / "loi-moi.html").is_file()
    return folder


def test_a_backup_stands_the_restore_drill(
    founded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "noi-khac"
    elsewhere.mkdir()

    key = re.search("age1[a-z0-9]+", _do("backup-key", "khoa.txt").output)
    assert key is not None
    Path("dongthuan.toml").write_text(f'backup_recipients = ["{key[0]}"]\n', encoding="utf-8")
    made = _do("backup", "sao-luu.db")
    assert made.exit_code == 0, made.output
    assert not Path("sao-luu.db").exists()
    restored = _do(
        "restore", "sao-luu.db.age", "--to", str(elsewhere / "thu.db"), "--identity", "khoa.txt"
    )
    assert restored.exit_code == 0, restored.output
    assert "Mọi thứ khớp." in restored.output
    assert "Mọi thứ khớp." in pages.text("docs/van-hanh.md")

    monkeypatch.setenv("DONGTHUAN_DATABASE", str(elsewhere / "thu.db"))
    assert "tập thể: 1" in _do("status").output
    assert _do("verify").exit_code == 0


def test_a_head_written_down_is_found_again(founded: Path) -> None:
    head = re.search(r"mã đối chiếu sổ theo dõi: (.+)", _do("verify").output)

    assert head is not None
    assert _do("verify", "--head", head[1]).exit_code == 0
    assert _do("verify", "--head", f"1:{'0' * 64}").exit_code == 1


def test_a_backup_never_replaces_a_file(founded: Path) -> None:
    assert _do("backup", "sao-luu.db").exit_code == 0
    before = (founded / "sao-luu.db").read_bytes()

    assert _do("backup", "sao-luu.db").exit_code == 1
    assert (founded / "sao-luu.db").read_bytes() == before


def test_a_bot_that_has_not_run_is_not_well(founded: Path) -> None:
    assert _do("status").exit_code == 1


def test_without_a_token_run_says_how_to_get_one(
    founded: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DONGTHUAN_TOKEN", raising=False)

    told = _do("run")

    assert told.exit_code == 1
    assert "@BotFather" in told.output
