"""The drill of a restore: the machine is lost, a backup is brought back elsewhere, and nothing is decided by what is gone."""

from __future__ import annotations

import asyncio
import re
import shutil
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import Result

from tests.commands.test_backup import keys
from tests.commands.test_run import ask, beside
from tests.faults.committee import CLERK, Committee, committee
from tests.faults.machine import count, living, nothing_waits, until

ANSWERED_BEFORE, ANSWERED_AFTER = 1, 2
"""Whose answers the backup has, and whose it has not: places among the members."""


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[Committee]:
    (tmp_path / "may").mkdir()
    async with committee(tmp_path / "may", 5, real_time=True) as made:
        yield made


async def restored(house: Committee, backup: Path, *options: str) -> Result:
    """The backup brought back on another machine; what runs from then on runs there."""
    elsewhere = house.stage.path.parent.with_name("may_khac")
    elsewhere.mkdir(exist_ok=True)
    target = elsewhere / "dongthuan.db"
    done = await asyncio.to_thread(
        ask, elsewhere, "restore", str(backup), *options, database=str(target)
    )
    if done.exit_code == 0:
        house.stage.path = house.stage.database = target
        house.stage.keys = elsewhere / "khoa"
    return done


async def lost(house: Committee) -> None:
    """The machine is gone, with all that was on it."""
    await house.stage.stop_bot()
    shutil.rmtree(house.stage.path.parent)


@pytest.mark.parametrize("sealed", [False, True], ids=["readable", "sealed"])
async def test_a_matter_goes_on_from_a_backup_on_another_machine(
    house: Committee, tmp_path: Path, sealed: bool
) -> None:
    stage, members = house.stage, house.accounts
    matter = await house.opens("Chương trình công tác")
    await house.replies(members[ANSWERED_BEFORE], matter)
    await stage.stop_bot()
    identity, public = keys(tmp_path)
    settings = {"backup_recipients": public} if sealed else {}
    options = ("--identity", str(identity)) if sealed else ()
    backup = tmp_path / ("dem.db.age" if sealed else "dem.db")
    async with living(stage) as bot:
        await until(lambda: nothing_waits(stage) and stage.world.updates.polled, bot)
        made = await asyncio.to_thread(
            ask, tmp_path, "backup", str(backup), database=str(stage.path), **settings
        )
        assert made.exit_code == 0, made.stderr
        house.presses(
            members[ANSWERED_AFTER], "reply", matter, "approve",
            on=house.form(members[ANSWERED_AFTER], matter),
        )  # fmt: skip
        await until(lambda: count(stage.path, "replies") == 2 and nothing_waits(stage), bot)
    shutil.rmtree(stage.path.parent)

    done = await restored(house, backup, *options)

    assert done.exit_code == 0, done.stdout + done.stderr
    names = house.names
    missing = re.search(r"Chương trình công tác\n  lúc sao lưu chưa trả lời: (.+)", done.stdout)
    assert missing is not None, done.stdout
    assert set(missing[1].split("; ")) == {
        name for place, name in enumerate(names) if place != ANSWERED_BEFORE
    }
    assert "Mọi thứ khớp." in done.stdout
    assert stage.path.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in stage.path.parent.iterdir()] == ["dongthuan.db"]

    async with living(stage) as bot:
        await until(lambda: nothing_waits(stage) and stage.world.updates.polled, bot)
        for office in (CLERK, house.head):
            told = house.hands(office).messages
            (word,) = [each.text for each in told if "ĐÃ ĐƯỢC KHÔI PHỤC" in each.text]
            assert names[ANSWERED_AFTER] in word
            assert names[ANSWERED_BEFORE] not in word
        for account in members[2:]:
            house.presses(account, "reply", matter, "approve", on=house.form(account, matter))
        await until(lambda: count(stage.path, "replies") == 4, bot)
    await stage.start_bot()
    await stage.settle()
    await house.replies(house.head, matter)
    assert count(stage.path, "replies") == 5
    assert count(stage.path, "outages", "lost") == 1
    assert count(stage.path, "register", "act = 'restore'") == 1
    await house.verified()
