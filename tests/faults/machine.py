"""The real bot, as `python -m bot run` starts it, in a process of its own that is cut off as by a power failure."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractContextManager, asynccontextmanager, closing
from multiprocessing.process import BaseProcess
from pathlib import Path

from simulator.sandbox import Sandbox
from tests.faults.forked import bot_run, forked

ROOT = Path(__file__).parents[2]


def environment(stage: Sandbox) -> dict[str, str]:
    """What the settings are told: this Telegram, this database."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DONGTHUAN_")}
    return kept | {
        "PYTHONPATH": str(ROOT),
        "DONGTHUAN_TOKEN": stage.world.token,
        "DONGTHUAN_BASE_URL": stage.server.base_url,
        "DONGTHUAN_BASE_FILE_URL": stage.server.base_file_url,
        "DONGTHUAN_DATABASE": str(stage.path),
        "DONGTHUAN_BALLOT_KEYS": str(stage.keys),
    }


@asynccontextmanager
async def living(stage: Sandbox, **more: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """The bot while the block lasts; SIGKILL at its end. What it says goes to bot.log beside the database.

    `more` is added to what its environment says.
    """
    with (stage.path.parent / "bot.log").open("ab") as log:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run",
            cwd=stage.path.parent, env=environment(stage) | more, stdout=log, stderr=log,
        )  # fmt: skip
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


def living_again(stage: Sandbox) -> AbstractContextManager[BaseProcess]:
    """The same, forked from a process that has loaded the bot, for tests that start it many times."""
    return forked(bot_run, stage.path.parent, environment(stage))


async def until(
    reached: Callable[[], bool], process: asyncio.subprocess.Process | BaseProcess
) -> None:
    """Wait for the bot to get there; a bot that ends by itself is a fault."""
    while not reached():
        ended = process.exitcode if isinstance(process, BaseProcess) else process.returncode
        assert ended is None, "the bot has ended by itself"
        await asyncio.sleep(
            0.02
        )  # the bot works on the same processor, and looking costs of it, too


def count(path: Path, table: str, condition: str = "1") -> int:
    """How many rows of a table there are, read beside the running bot."""
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=30)) as database:
        query = f"SELECT count(*) FROM {table} WHERE {condition}"  # noqa: S608 - our own words
        return int(database.execute(query).fetchone()[0])


def nothing_waits(stage: Sandbox) -> bool:
    """Whether everything pressed has been taken in and handled, and everything owed has been sent."""
    return (
        stage.world.unconfirmed == 0
        and count(stage.path, "inbox", "handled_at IS NULL") == 0
        and count(stage.path, "outbox", "state IN ('pending', 'sending')") == 0
    )
