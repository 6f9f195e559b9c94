"""Another program writes to the database and does not end: presses wait for it, or are asked for again; none is lost.

Half a minute of patience is not waited here: the lock is let go once presses wait, or the patience is a shorter one.
"""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from bot.db import inline
from tests.faults.committee import CLERK, Committee, committee
from tests.faults.forked import bot_run, forked
from tests.faults.machine import count, environment, nothing_waits, until

MEMBERS = 8
IN_A_MOMENT_MS = 50
HALF_A_MINUTE_MS = 30_000


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[Committee]:
    async with committee(tmp_path, MEMBERS, real_time=True) as made:
        yield made


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Another program has begun to write, and ends with the block."""
    with closing(sqlite3.connect(path, isolation_level=None, timeout=30)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


def impatient_run(folder: Path, told: Mapping[str, str], patience_ms: int) -> None:
    """The bot, which waits so long for another program that writes."""
    inline.BUSY_MS = patience_ms
    bot_run(folder, told)


def test_for_another_program_half_a_minute_is_waited() -> None:
    assert inline.BUSY_MS == HALF_A_MINUTE_MS


@pytest.mark.parametrize("patience_ms", [HALF_A_MINUTE_MS, IN_A_MOMENT_MS])
async def test_presses_wait_for_a_locked_database_and_each_counts_once(
    house: Committee, patience_ms: int
) -> None:
    stage = house.stage
    matter = await house.opens("Nội dung đang xin ý kiến")
    await stage.stop_bot()
    run = (stage.path.parent, environment(stage), patience_ms)
    with forked(impatient_run, *run) as bot:
        await until(lambda: stage.world.updates.polled and nothing_waits(stage), bot)
        heard = stage.world.deliveries_to(CLERK)
        with locked(stage.path):
            polls = stage.world.calls["getupdates"]
            for account in house.accounts:
                house.presses(account, "reply", matter, "approve", on=house.form(account, matter))
            stage.world.say(CLERK, "/start")
            again = 2 if patience_ms == IN_A_MOMENT_MS else 0  # refused, it asks Telegram anew
            await until(lambda: took(house, polls + again), bot)
            assert count(stage.path, "replies") == 0
            assert stage.world.unconfirmed == MEMBERS + 1
            assert stage.world.deliveries_to(CLERK) == heard
        await until(lambda: stage.world.unconfirmed == 0 and nothing_waits(stage), bot)
    assert count(stage.path, "replies") == MEMBERS
    assert count(stage.path, "register", "act = 'reply'") == MEMBERS
    assert count(stage.path, "inbox", "fault IS NOT NULL") == 0
    assert stage.world.deliveries_to(CLERK) == heard + 1
    await stage.start_bot()
    await house.verified()


def took(house: Committee, polls: int) -> bool:
    """Whether it was given what was pressed, so many questions after."""
    updates = house.stage.world.updates
    return house.stage.world.calls["getupdates"] >= polls and not updates.polled
