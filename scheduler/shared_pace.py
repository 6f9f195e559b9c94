"""A pace that the processes of one server keep together: turns are reserved there, a few at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from heapq import heappush

import structlog

from bot.db.faults import StoreFault
from bot.db.sending_turns import SendingTurns
from scheduler.pacing import IN_ONE_CHAT, Pace

TOGETHER = 1 / 29
"""Seconds between two messages: a little more than for one process alone, since each is late in its own way."""
BLOCK = 6
"""Turns reserved at once: an answer that comes now waits for so many at most."""
STORE_PAUSE = 1.0
_log = structlog.get_logger(__name__)


class SharedPace(Pace):
    """As Pace hands them out, but no faster in all than one process alone. A turn that was missed is asked for anew."""

    def __init__(
        self, turns: SendingTurns, apart: float = TOGETHER, in_one_chat: float = IN_ONE_CHAT
    ) -> None:
        super().__init__(apart, in_one_chat)
        self._turns = turns
        self._chats: dict[asyncio.Future[None], int] = {}
        self._handing: asyncio.Task[None] | None = None
        self._halting: set[asyncio.Task[None]] = set()

    async def turn(self, chat_id: int, priority: int, *, legal: bool = False) -> None:
        """Return when one message may go to this chat, whichever process asks."""
        wait = await self._wait_of(chat_id)
        while wait > 0:
            await asyncio.sleep(wait)
            wait = await self._wait_of(chat_id)
        mine: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._chats[mine] = chat_id
        heappush(self._waiting[legal], (priority, next(self._order), mine))
        if self._handing is None or self._handing.done():
            self._handing = asyncio.create_task(self._hand_out_all())
        try:
            await mine
        finally:
            del self._chats[mine]

    def halt(self, pause: timedelta) -> None:
        """Telegram asks to wait: every process does."""
        task = asyncio.create_task(self._halt(pause.total_seconds()))
        self._halting.add(task)
        task.add_done_callback(self._halting.discard)

    async def close(self) -> None:
        """Hand out no more."""
        tasks = [*self._halting, *([self._handing] if self._handing else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _hand_out_all(self) -> None:
        while self._anybody_waits:
            block = list(self._next_ones())
            late = await self._handed_out(block) if block else []
            if late:
                await self._handed_out(late, however_late=True)

    def _next_ones(self) -> Iterator[asyncio.Future[None]]:
        for _ in range(BLOCK):
            if not self._anybody_waits:
                return
            first = self._first()
            if not first.done():
                yield first

    async def _handed_out(
        self, block: list[asyncio.Future[None]], *, however_late: bool = False
    ) -> list[asyncio.Future[None]]:
        """Give each its turn at its moment; those that are left when one was missed by the host's timer."""
        loop = asyncio.get_running_loop()
        first = await self._reserved([self._chats.get(each, 0) for each in block])
        for number, each in enumerate(block):
            at = first + number * self._apart
            await asyncio.sleep(max(0.0, at - loop.time()))
            if not however_late and loop.time() - at > self._apart / 3:
                return block[number:]
            if not each.done():
                each.set_result(None)
        return []

    async def _reserved(self, chats: list[int]) -> float:
        """When the first of these turns is, by the loop's time; asked for until the server gives it."""
        while True:
            try:
                wait = await self._turns.reserve(chats, self._apart, self._in_one_chat)
            except StoreFault as fault:
                _log.error("the store refuses", kind=fault.kind)
                await asyncio.sleep(STORE_PAUSE)
            else:
                return asyncio.get_running_loop().time() + wait

    async def _wait_of(self, chat_id: int) -> float:
        try:
            return await self._turns.wait_of(chat_id)
        except StoreFault:
            return STORE_PAUSE

    async def _halt(self, seconds: float) -> None:
        try:
            await self._turns.halt(seconds)
        except StoreFault as fault:
            _log.error("the others were not told to wait", kind=fault.kind)
