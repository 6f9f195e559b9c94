"""The host stands in another time zone: what is said, and what falls due when, is the same to the letter."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from bot.__main__ import main
from tests.faults.forked import in_a_process
from tests.faults.machine import ROOT
from tests.rounds import Some, Tried

HOME = "Asia/Ho_Chi_Minh"
ELSEWHERE = ("America/Los_Angeles", "Pacific/Kiritimati")
"""Seventeen hours behind the latest, which is a day ahead; the first with summer time."""
STORIES = (
    "hd_national_day",
    "cal_tet_three_years_on",
    "m_qn_reminders_of_the_silent",
    "q_bk_upward_delivery",
    "qn_remind_me",
    "w_qn_it_lapses",
)
"""Days off, years, meetings, periods of reports, reminders, what lapses."""
TOKEN = re.compile(r"(/start |start=)[\w-]{43}")
"""An invitation, another one in every run."""
DUE = "SELECT key, at, done_at FROM dues ORDER BY key, at"
Told = tuple[str, Sequence[tuple[object, ...]]]


def words(story: str, kept: Path) -> list[str]:
    """What is asked of the command line: every chat as it was read, and the database."""
    path = ROOT / "tests" / "stories" / f"{story}.toml"
    return ["rehearse", str(path), "--transcript", "--database", str(kept)]


def told(folder: Path) -> Told:
    """All that was said there, and all that fell due; by lines, since of two edits of a moment either may be first."""
    said = (folder / "said").read_text(encoding="utf-8")
    with closing(sqlite3.connect(folder / "kept.db")) as kept:
        return "\n".join(sorted(TOKEN.sub(r"\1#", said).splitlines())), kept.execute(DUE).fetchall()


def in_zone(zone: str, story: str, folder: Path) -> None:
    """Play a story in this process, whose zone becomes another one."""
    os.environ["TZ"] = zone
    time.tzset()
    os.dup2(os.open(folder / "said", os.O_WRONLY | os.O_CREAT, 0o600), 1)
    main(words(story, folder / "kept.db"))


def played(zone: str, story: str, folder: Path) -> Told:
    """What comes of a story there."""
    folder.mkdir(parents=True)
    in_a_process(in_zone, zone, story, folder)
    return told(folder)


def test_wherever_the_host_stands_every_moment_is_that_of_viet_nam(
    tmp_path: Path, some: Some[str], tried: Tried
) -> None:
    for story in some(STORIES, short=1):
        said, due = played(HOME, story, tmp_path / story / "home")
        assert " giờ " in said or re.search(r"\d\d/\d\d/\d{4}", said)
        for zone in ELSEWHERE:
            away_said, away_due = played(zone, story, tmp_path / story / zone)
            assert away_said == said, f"{story} in {zone}"
            assert away_due == due, f"{story} in {zone}"
            tried("stories elsewhere", 1)


@pytest.mark.faults_long
@pytest.mark.parametrize("zone", ELSEWHERE)
def test_so_it_is_when_the_host_starts_the_bot_there(zone: str, tmp_path: Path) -> None:
    story, found = STORIES[0], []
    for number, each in enumerate((HOME, zone)):
        folder = tmp_path / str(number)
        folder.mkdir()
        with (folder / "said").open("wb") as said:
            subprocess.run(
                [sys.executable, "-m", "bot", *words(story, folder / "kept.db")],
                cwd=ROOT, env=os.environ | {"TZ": each}, stdout=said, check=True,
            )  # fmt: skip
        found.append(told(folder))
    assert found[0] == found[1]
