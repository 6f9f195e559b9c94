"""Where the keys of secret votes lie: apart from the data, a folder for each database, moved there without a gap."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from bot.db.ballot_keys import BallotKeys
from bot.db.engine import Database
from bot.db.faults import StoreFault
from tests.faults.booth import at_each_line


async def folder_of(path: Path, keys: Path) -> Path:
    db = await Database.open(path, create=True, keys=keys)
    await db.close()
    return db.keys.folder


async def test_each_database_has_a_folder_of_its_own_wherever_it_is_moved(tmp_path: Path) -> None:
    keys, data = tmp_path / "khoa", tmp_path / "du_lieu"
    data.mkdir()
    one = await folder_of(data / "a.db", keys)
    other = await folder_of(data / "b.db", keys)
    assert one != other
    assert one.parent == other.parent == keys
    assert one.stat().st_mode & 0o777 == 0o700
    (data / "a.db").rename(tmp_path / "chuyen_di.db")
    assert await folder_of(tmp_path / "chuyen_di.db", keys) == one


async def test_nothing_of_a_key_lies_with_the_data(tmp_path: Path) -> None:
    data = tmp_path / "du_lieu"
    data.mkdir()
    db = await Database.open(data / "a.db", create=True, keys=tmp_path / "khoa")
    key = db.keys.make(7)
    assert all(key not in path.read_bytes() for path in data.iterdir())
    assert {path.name.partition("-")[0] for path in data.iterdir()} == {"a.db"}
    await db.close()


@pytest.mark.parametrize("kind", ["a file", "nobody's home"])
async def test_a_folder_that_cannot_be_written_is_told_at_the_opening(
    tmp_path: Path, kind: str
) -> None:
    place = tmp_path / "khoa"
    if kind == "a file":
        place.write_bytes(b"")
    else:
        place = Path("~") / "khoa"
    with pytest.raises(StoreFault) as refused:
        await Database.open(tmp_path / "a.db", create=True, keys=place)
    assert refused.value.kind == "keys"
    assert not list(tmp_path.glob("~*"))
    await (await Database.open(tmp_path / "a.db", create=False, keys=tmp_path / "khac")).close()


# --- moved from where they were ------------------------------------------------------------------


@pytest.fixture
def former(tmp_path: Path) -> Path:
    """What an earlier version left: two keys, and one that was just being written."""
    folder = tmp_path / "cu"
    keys = BallotKeys(folder)
    keys.make(3)
    keys.make(12)
    (folder / "15.part").write_bytes(bytes(32))
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.key"))}


def test_keys_are_moved_and_nothing_is_left_behind(tmp_path: Path, former: Path) -> None:
    before = contents(former)
    new = BallotKeys(tmp_path / "sau" / "moi")
    new.require_room()
    new.take_over(former)
    assert contents(new.folder) == before
    assert len(before) == 2
    assert not former.exists()
    new.take_over(former)
    assert contents(new.folder) == before


def power_cut(step: int) -> Callable[[], None]:
    """Ends this process at that line of the code that is looked at."""
    lines = count(1)

    def seen() -> None:
        if next(lines) == step:
            os.kill(os.getpid(), signal.SIGKILL)

    return seen


def killed(former: Path, target: Path) -> Iterator[bool]:
    """The move, each time cut off one line of code later; whether it was, until it is whole."""
    step = 0
    while True:
        step += 1
        child = os.fork()
        if child == 0:
            import sys  # noqa: PLC0415 - only this child is traced

            sys.settrace(at_each_line(power_cut(step)))
            BallotKeys(target).take_over(former)
            os._exit(0)
        cut = os.waitpid(child, 0)[1] != 0
        yield cut
        if not cut:
            return


def test_cut_off_at_any_step_no_key_is_lost_and_the_next_start_ends_it(
    tmp_path: Path, former: Path
) -> None:
    before, steps = contents(former), 0
    kept = tmp_path / "giu"
    shutil.copytree(former, kept)
    target = tmp_path / "moi"
    for cut in killed(former, target):
        found = contents(former) | contents(target)
        whole = {name: found.get(name) for name in before}
        assert whole == before, "a key that was readable nowhere, or another one"
        BallotKeys(target).take_over(former)
        assert contents(target) == before
        assert not former.exists()
        if cut:
            steps += 1
            shutil.rmtree(target)
            shutil.copytree(kept, former)
    assert steps > 40


async def test_what_stands_beside_a_database_is_moved_before_anybody_works_on_it(
    tmp_path: Path,
) -> None:
    path, keys = tmp_path / "a.db", tmp_path / "khoa"
    db = await Database.open(path, create=True)
    key = db.keys.make(5)
    await db.close()
    reader = await Database.open(path, create=False, alone=False, keys=keys)
    await reader.close()
    assert contents(tmp_path / "a.db.keys") == {"5.key": key}, "who only reads moves nothing"
    db = await Database.open(path, create=False, keys=keys)
    assert db.keys.key(5) == key
    assert not (tmp_path / "a.db.keys").exists()
    await db.close()
