"""A second machine that serves the stage's bot on the same server: a process whose clock follows the stage's.

It may be killed as by a power failure. The stage's own bot is the first machine.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

from bot.app import running
from bot.clock import MovableClock
from bot.db.engine import Database
from bot.rendering import shared_rendering
from scheduler import intake
from scheduler.line import Address, Line
from simulator.sandbox import Sandbox
from tests.faults.forked import forked

IN_HAND = 3
"""Updates that each machine takes in hand: so few that both have work."""
READY = "ready"


@asynccontextmanager
async def second_machine(
    stage: Sandbox, folder: Path, address: Address | None = None
) -> AsyncIterator[BaseProcess]:
    """It, while the block lasts; SIGKILL at its end. Telegram calls it at that address, where there is one."""
    ours, theirs = Pipe()
    server = stage.server
    line = Line(stage.world.token, server.base_url, server.base_file_url, webhook=address)
    begun = stage.clock.now()
    with forked(_serve, str(stage.database), line, begun, folder, theirs) as process:
        theirs.close()
        assert await asyncio.to_thread(ours.recv) == READY
        unfollow = stage.clock.on_move(ours.send)
        try:
            yield process
        finally:
            unfollow()
            ours.close()


def _serve(database: str, line: Line, begun: datetime, folder: Path, pipe: Connection) -> None:
    os.chdir(folder)
    intake.SHARE = IN_HAND
    asyncio.run(_run(database, line, begun, pipe))


async def _run(database: str, line: Line, begun: datetime, pipe: Connection) -> None:
    clock, db = MovableClock(begun), await Database.open(database, create=False)
    async with running(line, db, clock, shared_rendering(), pace=None) as app:
        while not app.intake.reaches_telegram:  # noqa: ASYNC110 - its first question to Telegram is under way
            await asyncio.sleep(0)
        pipe.send(READY)
        while True:
            clock.move_to(await asyncio.to_thread(pipe.recv))
