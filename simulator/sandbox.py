"""A committee on a stage: the world, the real bot on a real database, and a clock that is moved. Nobody acts here."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

from bot.app import App, running
from bot.clock import MovableClock
from bot.db.engine import Database
from bot.kit.unit import Context
from bot.rendering import shared_rendering
from scheduler.intake import Kind
from scheduler.line import Address, Line
from scheduler.webhook import Webhook
from simulator.server import BotApiServer
from simulator.world import World

NOTHING = timedelta(0)
REACHES_IT_ALONE = timedelta(milliseconds=5)
"""What a clock that flows is left to reach by itself."""
WEBHOOK_SECRET = "local-demonstration-only"  # noqa: S105 - opens nothing but this machine's own door
TURNS = 3
"""Turns of the event loop after which a stage at rest must still be so."""
PATIENCE = 30.0
"""Real seconds after which a stage that does not come to rest is a fault of the program."""


def address_here() -> Address:
    """An address of this machine on a port that is free now."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    return Address(f"http://127.0.0.1:{port}/telegram", "127.0.0.1", port, WEBHOOK_SECRET)


def _address(intake: Kind | Address) -> Address | None:
    """Where Telegram calls; None where it is polled."""
    if isinstance(intake, Address):
        return intake
    return address_here() if intake == "webhook" else None


class SandboxError(Exception):
    """The bot did not come to rest: a fault of the program, not of the story."""


class Sandbox:
    """World, server, database and bot within one block; the bot may be stopped and started again.

    The database is a file in the folder, or the empty one of a server at that address. By `intake` Telegram is
    polled, or calls the bot, where a test says so at that address.
    """

    def __init__(
        self,
        folder: Path,
        start: datetime,
        *,
        running: bool = False,
        port: int = 0,
        intake: Kind | Address = "polling",
        database: str | None = None,
    ) -> None:
        self.clock = MovableClock(start, running=running)
        self.world = World(self.clock)
        self.server = BotApiServer(self.world)
        self._port = port
        self.webhook = _address(intake)
        self.say = shared_rendering()
        self.path = folder / "rehearsal.db"
        self.database: str | Path = database or self.path
        self.keys = folder / "ballot-keys"
        self._stack = AsyncExitStack()
        self._starting: asyncio.Task[None] | None = None
        self._bot = AsyncExitStack()
        self.app: App | None = None

    async def __aenter__(self) -> Self:
        """Open the curtain: Telegram answers and the bot runs."""
        self._stack.push_async_callback(self.server.close)
        await self._listen()
        await self.start_bot(create=True)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close it again."""
        await self.stop_bot()
        await self._stack.aclose()

    async def _listen(self) -> None:
        """On the port asked for, or on a free one when that is taken."""
        try:
            await self.server.start(self._port)
        except OSError:
            if not self._port:
                raise
            await self.server.start()

    @property
    def bot(self) -> App:
        """The running bot."""
        if self.app is None:
            raise LookupError("the bot does not run")
        return self.app

    @asynccontextmanager
    async def context(self) -> AsyncIterator[Context]:
        """The context of the running bot; when it is down, its papers as they lie there."""
        if self.app is not None:
            yield self.app.context
            return
        db = await Database.open(self.database, create=False, alone=False, keys=self.keys)
        try:
            yield Context(db, self.clock, self.say, "")
        finally:
            await db.close()

    async def start_bot(self, *, create: bool = False) -> None:
        """Start the bot on its database, as after a restart of the machine.

        While Telegram fails the bot goes on looking for it; it then runs as soon as it finds it. A bot
        that runs already goes on running.
        """
        if self._starting is not None:
            return
        self._starting = asyncio.create_task(self._start(create=create))
        await self._until(self._has_started_or_looks)

    async def _has_started_or_looks(self) -> bool:
        if self._starting is None or not self._starting.done():
            return bool(self.world.faults.active)
        await self._starting
        intake = self.bot.intake
        return intake.reaches_telegram or intake.rests or bool(self.world.faults.active)

    async def _start(self, *, create: bool) -> None:
        db = await Database.open(self.database, create=create, keys=self.keys)
        self._bot.push_async_callback(db.close)
        server = self.server
        line = Line(self.world.token, server.base_url, server.base_file_url, webhook=self.webhook)
        self.app = await self._bot.enter_async_context(
            running(line, db, self.clock, self.say, pace=None)
        )

    async def breathe(self) -> None:
        """One more question to Telegram at this very moment: a gap that begins now then begins now for the bot, too.

        In life one is asked every half minute; on a stage whose clock is frozen hours may pass within one.
        """
        if self.hears and not self.clock.running:
            await self._until(self._has_asked)

    async def _has_asked(self) -> bool:
        intake = self.bot.intake
        if intake.covered_until is not None and intake.covered_until >= self.clock.now():
            return True
        if isinstance(intake, Webhook):
            intake.look_soon()
        else:
            self.world.updates.nudge()
        return False

    async def stop_bot(self) -> None:
        """Stop the bot; Telegram keeps what people press."""
        await self.breathe()
        if self._starting is not None:
            self._starting.cancel()
            await asyncio.gather(self._starting, return_exceptions=True)
        self.app = self._starting = None
        await self._bot.aclose()
        self._bot = AsyncExitStack()

    @property
    def hears(self) -> bool:
        """Whether what people do reaches the bot now."""
        faults = self.world.faults
        cut_off = faults.gone or (self.webhook is not None and faults.unreached)
        return self.app is not None and self.app.intake.reaches_telegram and not cut_off

    @property
    def answers(self) -> bool:
        """Whether the bot hears what people do and they see what it says."""
        return self.hears and not self.world.faults.active

    async def settle(self) -> None:
        """Return when the bot has done all it can do now."""
        await self._until(self._is_at_rest)

    async def _until(self, condition: Callable[[], Awaitable[bool]]) -> None:
        try:
            async with asyncio.timeout(PATIENCE):
                while True:
                    if await condition() and await self._still(condition):
                        return
                    await asyncio.sleep(0.001)
        except TimeoutError:
            raise SandboxError(f"the bot does not come to rest at {self.clock.now()}") from None

    async def _still(self, condition: Callable[[], Awaitable[bool]]) -> bool:
        """Whether it holds, too, after every task that could go on has gone on for some turns of the loop.

        None is waited for: a story comes to rest hundreds of times, and a wait at each was a fifth of its time.
        """
        for _ in range(TURNS):
            await asyncio.sleep(0)
        return await condition()

    async def _is_at_rest(self) -> bool:
        if self.app is None:
            return True
        if self.hears and self.world.unconfirmed:
            return False
        return not self._asks_again(self.app) and await self.app.is_quiet()

    def _asks_again(self, app: App) -> bool:
        """Whether the bot is just finding out that Telegram works again."""
        if self.world.faults.active:
            return False
        return app.delivery.probes or not (app.intake.reaches_telegram or app.intake.rests)

    async def move_to(self, moment: datetime) -> None:
        """Let time pass to a moment, stopping wherever something falls due before it."""
        while (stop := await self._next_stop()) is not None and stop <= moment:
            self.show(stop)
            await self.settle()
        self.show(moment)
        await self.settle()

    def show(self, moment: datetime) -> None:
        """Let the clock show a moment, unless it does already; one that flows may have passed it."""
        if moment > self.clock.now() + (REACHES_IT_ALONE if self.clock.running else NOTHING):
            self.clock.move_to(moment)

    async def _next_stop(self) -> datetime | None:
        stops = [await self.app.next_moment()] if self.app is not None else []
        mute = self.app is not None and not self.app.delivery.is_open
        if (mute or not self.hears) and not self.world.faults.active:
            stops.append(self.clock.next_waited)
        ahead = [stop for stop in stops if stop is not None and stop > self.clock.now()]
        return min(ahead, default=None)
