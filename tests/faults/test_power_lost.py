"""The power is lost beneath the store: whatever somebody was told is on disk, and what is there is whole.

Whatever the process does to its files is written down; after each operation every file is built as a loss of power may
leave it, and the next process goes on from there (tests/faults/disk.py).
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

import pytest

from tests.faults.disk import Disk, NoCompilerError, environment, operations, recorder
from tests.faults.forked import in_a_process
from tests.faults.invariants import rows
from tests.faults.machine import ROOT
from tests.faults.scenes import NAME, copy_of, scenes_of
from tests.faults.test_every_act_killed import NAMED, STORIES
from tests.faults.trial import Trial
from tests.rounds import Some, Tried

ACTS = (
    "press approve", "press reply", "words words", "words strike", "due close",
    "press vote_open", "press cast", "press vote_close", "due wipe",
)  # fmt: skip
"""A press, a close, a secret ballot from its key to its wiping: what nobody may lose."""
PLAYED = NAMED | dict.fromkeys(("press approve", "due close"), NAMED["press reply"])
"""The story of each: a short one will do."""
SHORT_ACTS, SHORT_POINTS, LONG_POINTS = 1, 3, 50
"""Of each act's 90 to 200 things done to files so many are tried in a round, drawn by its seed."""
pytestmark = pytest.mark.timeout(1800)


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What writes everything down; without a compiler the test is skipped, but in CI it fails."""
    try:
        return recorder(tmp_path_factory.mktemp("power"))
    except NoCompilerError:
        reason = "no C compiler was found, with which the recorder of the disk is made"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)


@pytest.mark.rounds(short=1, long=3)
def test_whatever_was_told_is_on_disk_whenever_the_power_is_lost(
    library: Path, tmp_path: Path, seed: int, long: bool, some: Some[str], tried: Tried
) -> None:
    for act in some(ACTS, short=SHORT_ACTS):
        folder = tmp_path / act.replace(" ", "_")
        folder.mkdir()
        in_a_process(lose_power, act, folder, library, seed, LONG_POINTS if long else SHORT_POINTS)
        found = json.loads((folder / "found.json").read_text(encoding="utf-8"))
        assert found["wrong"] == [], act
        assert long or found["kills"] == SHORT_POINTS
        tried("losses of power", found["kills"])
        shutil.rmtree(folder)


@pytest.mark.faults_long
def test_a_store_that_waits_for_the_disk_less_often_is_found_out(
    library: Path, tmp_path: Path
) -> None:
    in_a_process(lose_what_was_told, "press reply", tmp_path, library)
    found = json.loads((tmp_path / "found.json").read_text(encoding="utf-8"))
    assert found["full"]["wrong"] == []
    assert any("replies" in each for each in found["normal"]["wrong"])


def lose_power(act: str, folder: Path, library: Path, seed: int, most: int) -> None:
    """Lose it after so many operations of an act."""
    chance = random.Random(f"{seed} {act}")  # noqa: S311 - a test that can be repeated
    found = _trial(act, folder).lose_power(chance, library, most=most)
    _tell(folder, asdict(found))


def lose_what_was_told(act: str, folder: Path, library: Path) -> None:
    """Lose whatever was not synced when the last one was told: as the store waits for the disk, and less often."""
    trial = _trial(act, folder)
    ways = {"full": "", "normal": "normal"}
    found = {name: trial.lose_what_was_told(library, how=how) for name, how in ways.items()}
    _tell(folder, {name: asdict(each) for name, each in found.items()})


def _trial(act: str, folder: Path) -> Trial:
    for each in ("play", "runs"):
        (folder / each).mkdir()
    story = STORIES / f"{PLAYED[act]}.toml"
    return Trial(asyncio.run(scenes_of(story, folder / "play", {act}))[act], folder / "runs")


def _tell(folder: Path, found: object) -> None:
    (folder / "found.json").write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")


# --- a backup --------------------------------------------------------------------------------


BACKS_UP = """
import sys
from pathlib import Path
from bot.db.backup import back_up
back_up(Path(sys.argv[1]), Path(sys.argv[2]))
Path(sys.argv[3]).write_text("done")
"""
TOLD = "told"


def test_a_backup_is_whole_under_its_name_or_not_there(
    library: Path, tmp_path: Path, chance: random.Random, some: Some[int], tried: Tried
) -> None:
    here, log = tmp_path / "here", tmp_path / "log"
    here.mkdir()
    in_a_process(make_store, here)
    before = rows(here / NAME)
    start = tmp_path / "start"
    shutil.copytree(here, start)
    subprocess.run(
        [sys.executable, "-c", BACKS_UP, here / NAME, here / "sao.db", here / TOLD],
        cwd=ROOT, env=environment(library, here, log), check=True,
    )  # fmt: skip
    done = [each for each in operations(log) if not each.path.endswith("-shm")]
    points = set(some(range(len(done)), short=12)) | {len(done) - 1}
    disk = Disk(start, outside=TOLD)
    for at, each in enumerate(done):
        disk.does(each)
        if at not in points:
            continue
        for keeps, by in ((False, None), (True, None), (False, chance)):
            left = tmp_path / f"{at}-{keeps}-{by is None}"
            disk.lost(left, by, keeps=keeps)
            if (left / "sao.db").exists():
                with closing(sqlite3.connect(left / "sao.db")) as copy:
                    assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
                assert rows(left / "sao.db") == before
            else:
                assert not (left / TOLD).exists()
            assert rows(left / NAME) == before
            shutil.rmtree(left)
    tried("losses of power", 3 * len(points))


def make_store(folder: Path) -> None:
    """A store with something in it."""
    (folder.parent / "play").mkdir()
    story = STORIES / f"{PLAYED['press approve']}.toml"
    scene = asyncio.run(scenes_of(story, folder.parent / "play", {"press approve"}))[
        "press approve"
    ]
    copy_of(scene.folder / NAME, folder / NAME)
