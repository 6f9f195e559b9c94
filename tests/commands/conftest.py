from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.terminal import PLAN, ROSTER


@pytest.fixture(autouse=True)
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test works in a folder of its own, and no setting of this machine reaches it."""
    monkeypatch.chdir(tmp_path)
    for name in ("TOKEN", "TOKEN_FILE", "DATABASE", "PROXY", "BOT", "LOG_LEVEL", "SETTINGS"):
        monkeypatch.delenv(f"DONGTHUAN_{name}", raising=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a committee described in it."""
    (tmp_path / "danh_sach.csv").write_text(ROSTER, encoding="utf-8-sig")
    (tmp_path / "tap_the.toml").write_text(PLAN, encoding="utf-8")
    return tmp_path
