"""However a bot ends, it leaves no line to Telegram open."""

from __future__ import annotations

import asyncio
import gc

from bot.app import running
from bot.clock import MovableClock
from bot.db.engine import Database
from bot.rendering import Rendering
from scheduler.line import Line
from simulator.server import BotApiServer
from simulator.world import World
from tests.scheduler.conftest import until


async def test_a_bot_ended_while_it_looks_for_telegram_closes_its_lines(
    world: World, server: BotApiServer, db: Database, clock: MovableClock
) -> None:
    complaints: list[str] = []
    asyncio.get_running_loop().set_exception_handler(
        lambda _, context: complaints.append(context["message"])
    )
    world.faults.fail(500)
    line = Line(world.token, server.base_url, server.base_file_url)

    async def run() -> None:
        async with running(line, db, clock, Rendering(), pace=None):
            await asyncio.Event().wait()

    looking = asyncio.create_task(run())
    await until(lambda: world.calls["getme"])
    looking.cancel()
    await asyncio.gather(looking, return_exceptions=True)
    del looking
    gc.collect()
    assert complaints == []
