"""What systemd is told of a running bot, where it started it: ready, alive, how it stands, stopping.

The protocol is one datagram a message (sd_notify(3)); elsewhere nothing is told and nothing is needed.
"""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager

from bot.db.faults import StoreFault

EVERY = 60.0
"""Seconds between two words, where no watchdog asks for them oftener."""

State = Callable[[], Awaitable[str]]
"""How the house stands, in one line."""


class Supervisor:
    """Whoever started the bot and wants to hear of it; nobody, without NOTIFY_SOCKET."""

    def __init__(self, environment: Mapping[str, str] = os.environ) -> None:
        place = environment.get("NOTIFY_SOCKET", "")
        self._place = f"\0{place[1:]}" if place.startswith("@") else place
        ours = environment.get("WATCHDOG_PID", str(os.getpid())) == str(os.getpid())
        asked = environment.get("WATCHDOG_USEC", "") if ours else ""
        self.every = int(asked) / 1_000_000 / 2 if asked.isdigit() and int(asked) else EVERY
        """Seconds between two signs of life: half of what the watchdog waits for."""

    @asynccontextmanager
    async def told(self, state: State) -> AsyncIterator[None]:
        """Say that the bot is ready, that its loop turns while the block lasts, and that it stops."""
        if not self._place:
            yield
            return
        self._say("READY=1")
        alive = asyncio.create_task(self._alive(state))
        try:
            yield
        finally:
            alive.cancel()
            await asyncio.gather(alive, return_exceptions=True)
            self._say("STOPPING=1")

    async def _alive(self, state: State) -> None:
        while True:
            self._say("WATCHDOG=1")
            try:
                self._say(f"STATUS={await state()}")
            except StoreFault:
                self._say("WATCHDOG=1")  # a store that refuses is mended by no start
            await asyncio.sleep(self.every)

    def _say(self, words: str) -> None:
        """Tell it; a supervisor that does not listen any more is no reason to stop."""
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK) as line:
            try:
                line.sendto(words.encode(), self._place)
            except OSError:
                return
