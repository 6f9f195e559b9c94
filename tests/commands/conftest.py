from __future__ import annotations

import resource
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commands.terminal import PLAN, ROSTER, told

ROOM = 512 * 1024**2
"""Bytes of memory that a command may take beyond what the tests have."""


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


@pytest.fixture
def little_memory() -> Iterator[None]:
    """Whatever takes more than there is `ROOM` for fails, and the machine is none the worse for it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    resource.setrlimit(resource.RLIMIT_AS, (pages * resource.getpagesize() + ROOM, hard))
    yield
    resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


@pytest.fixture(scope="module")
def played(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database that the `STORY` of a module has left, played by the command."""
    database = tmp_path_factory.mktemp("played") / "story.db"
    done = told("rehearse", request.module.STORY, "--database", database)
    assert done.exit_code == 0, done.output
    return database


@pytest.fixture
def upon_a_story(played: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The settings name the database of the story."""
    monkeypatch.setenv("DONGTHUAN_DATABASE", str(played))
