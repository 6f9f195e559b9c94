"""The process is killed while ballots are cast and counted: a cast is whole or not there, and counts once."""

from __future__ import annotations

import asyncio
import random
import shutil
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from bot.values.action import action, encode
from tests.faults.committee import committee
from tests.faults.machine import ROOT, count, living_again, nothing_waits, until
from tests.faults.sitting import Sitting, sitting
from tests.rounds import Tried

MEMBERS, ROUND, SEATS = 40, 8, 6
pytestmark = pytest.mark.timeout(600)  # a process for every step: each takes a moment, not a wait


@pytest.fixture(autouse=True)
def folder(tmp_path: Path) -> None:
    (tmp_path / "phong").mkdir()


@pytest.fixture
async def room(tmp_path: Path, folder: None) -> AsyncIterator[Sitting]:
    async with committee(tmp_path / "phong", MEMBERS, real_time=True) as house:
        yield await sitting(house)


Steps = Callable[[str, Path, int, int], Awaitable[list[list[str]]]]
SHORT, LEAST = 12, 30
"""Steps of which the short form draws so many, and that there are at least."""


@pytest.fixture
def steps(long: bool, seed: int, tried: Tried) -> Steps:
    """What stood on disk after each kill: how it ended, roll, box, outcome, key; of all steps, or of some."""

    async def found(what: str, folder: Path, account: int, vote: int) -> list[list[str]]:
        killed = await _steps(what, folder, account, vote, 0 if long else SHORT, seed)
        assert len(killed) - 1 > LEAST if long else len(killed) - 1 == SHORT
        tried("kills", len(killed) - 1)
        return killed

    return found


async def _steps(
    what: str, folder: Path, account: int, vote: int, most: int, seed: int
) -> list[list[str]]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, str(Path(__file__).with_name("booth.py")), what, str(folder),
        str(account), str(vote), "1", str(SEATS), str(most), str(seed),
        cwd=ROOT, env={"PYTHONPATH": str(ROOT)}, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    said, _ = await process.communicate()
    assert process.returncode == 0
    return [line.split() for line in said.decode().splitlines()]


async def test_killed_at_any_step_of_a_cast_roll_and_box_are_equal(
    tmp_path: Path, steps: Steps
) -> None:
    async with committee(tmp_path / "phong", SEATS) as house:
        room = await sitting(house)
        vote = await room.opens()
        for account in house.accounts[:3]:
            await room.casts(account, vote, "a")
        await house.stage.stop_bot()
        shutil.copytree(house.stage.path.parent, tmp_path / "sao")
    found = await steps("cast", tmp_path / "sao", house.accounts[4], vote)
    *killed, whole = found
    assert {how for how, *_ in killed} == {"killed9"}
    assert {tuple(rest) for _, *rest in killed} <= {
        ("3", "3", "open", "key"),
        ("4", "4", "open", "key"),
    }
    assert whole == ["whole", "4", "4", "open", "key"]


async def test_killed_at_any_step_of_the_close_the_vote_is_open_whole_or_closed_whole(
    tmp_path: Path, steps: Steps
) -> None:
    async with committee(tmp_path / "phong", SEATS) as house:
        room = await sitting(house)
        vote = await room.opens()
        for account in house.accounts:
            await room.casts(account, vote, "a")
        await house.stage.stop_bot()
        shutil.copytree(house.stage.path.parent, tmp_path / "sao")
    found = await steps("close", tmp_path / "sao", house.head, vote)
    *killed, whole = found
    assert {tuple(rest) for _, *rest in killed} <= {
        ("6", "6", "open", "key"),
        ("6", "-", "adopted", "nokey"),
    }
    assert whole == ["whole", "6", "-", "adopted", "nokey"]


async def test_through_killings_every_member_casts_one_ballot_and_the_box_equals_the_roll(
    room: Sitting,
) -> None:
    house, chance = room.house, random.Random(20261121)  # noqa: S311 - the same moments each time
    stage, vote = house.stage, await room.opens()
    await stage.stop_bot()
    wanted = {account: chance.choice("ar") for account in house.accounts}
    order = list(house.accounts)
    chance.shuffle(order)
    for place in range(0, MEMBERS, ROUND):
        for account in order[place : place + ROUND]:
            shown = house.hands(account).shows("ballot", vote, "a")
            assert shown is not None
            code = encode(action("cast", vote, wanted[account]))
            stage.world.press(account, shown.message_id, code)
        goal = min(MEMBERS, cast(room, vote) + chance.randint(1, ROUND))
        with living_again(stage) as bot:
            await until(lambda goal=goal: cast(room, vote) >= goal, bot)  # type: ignore[misc]
    with living_again(stage) as bot:
        await until(lambda: nothing_waits(stage), bot)
    await stage.start_bot()
    told = await room.closes(vote)
    approve = list(wanted.values()).count("a")
    assert told.turnout == MEMBERS
    assert told.counts == {"approve": approve, "reject": MEMBERS - approve}
    assert count(stage.path, "inbox", "raw LIKE '%cast:%'") == 0


def cast(room: Sitting, vote: int) -> int:
    return count(room.house.stage.path, "ballot_rolls", f"vote_id = {vote}")
