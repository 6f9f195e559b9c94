"""A disk that is full, a folder that may only be read: on a file system of its own, where one may be mounted."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.commands.test_run import run_apart
from tests.faults.committee import CLERK, Committee, committee
from tests.faults.machine import count, living_again, nothing_waits, until

SIZE = 8 * 1024 * 1024


@contextmanager
def mounted(place: Path) -> Iterator[None]:
    """A small file system in memory; skips the test where this user may mount none."""
    mount = shutil.which("mount")
    if sys.platform != "linux" or mount is None or os.geteuid() != 0:
        pytest.skip("mounting a file system needs root on Linux")
    asked = [mount, "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(place)]
    if subprocess.run(asked, capture_output=True, check=False).returncode:
        pytest.skip("this kernel lets nobody mount a file system here")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


@contextmanager
def only_read(place: Path) -> Iterator[None]:
    """A mounted file system to which nobody writes meanwhile."""
    subprocess.run(["mount", "-o", "remount,ro", str(place)], check=True)
    try:
        yield
    finally:
        subprocess.run(["mount", "-o", "remount,rw", str(place)], check=True)


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[Committee]:
    """A committee whose whole folder is a small disk of its own."""
    disk = tmp_path / "dia"
    disk.mkdir()
    with mounted(disk):
        async with committee(disk, 3, real_time=True) as made:
            yield made


def fill(folder: Path) -> Path:
    """Leave not a byte free."""
    ballast = folder / "day"
    with ballast.open("wb", buffering=0) as file:
        for size in (65536, 4096):
            try:
                while True:
                    file.write(b"x" * size)
            except OSError:
                continue
    return ballast


async def test_on_a_full_disk_nothing_is_taken_in_or_lost_and_it_goes_on_when_there_is_room(
    house: Committee,
) -> None:
    stage = house.stage
    matter = await house.opens("Nội dung đang xin ý kiến")
    await stage.stop_bot()
    with living_again(stage) as bot:
        await until(lambda: stage.world.updates.polled and nothing_waits(stage), bot)
        ballast = fill(stage.path.parent)
        heard, polls = stage.world.deliveries_to(CLERK), stage.world.calls["getupdates"]
        for account in house.accounts:
            house.presses(account, "reply", matter, "approve", on=house.form(account, matter))
        stage.world.say(CLERK, "/start")
        await until(lambda: stage.world.calls["getupdates"] >= polls + 2, bot)  # asked for again
        assert count(stage.path, "replies") == 0
        assert stage.world.deliveries_to(CLERK) == heard
        assert stage.world.unconfirmed == len(house.accounts) + 1
        ballast.unlink()
        await until(lambda: stage.world.unconfirmed == 0 and nothing_waits(stage), bot)
    assert count(stage.path, "replies") == len(house.accounts)
    assert count(stage.path, "inbox", "fault IS NOT NULL") == 0
    assert stage.world.deliveries_to(CLERK) == heard + 1
    await stage.start_bot()
    await house.verified()


async def test_a_folder_that_may_only_be_read_is_told(house: Committee) -> None:
    stage = house.stage
    await house.opens("Nội dung đang xin ý kiến")
    await stage.stop_bot()
    with only_read(stage.path.parent):
        code, said = await run_apart(stage)
    assert code == 1
    assert "không ghi được vào cơ sở dữ liệu" in said
    assert "quyền ghi" in said
    assert "Traceback" not in said
    await stage.start_bot()
    await house.verified()
