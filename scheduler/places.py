"""Places that are taken and given back; of those who wait for one, members come before strangers."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from heapq import heappop, heappush
from itertools import count

IsStranger = Callable[[], Awaitable[bool]]
"""Asked only of whoever finds no place free."""


class Places:
    """So many are served at once."""

    def __init__(self, number: int) -> None:
        self._free = number
        self._waiting: list[tuple[bool, int, asyncio.Future[None]]] = []
        self._order = count()

    @asynccontextmanager
    async def taken(self, is_stranger: IsStranger) -> AsyncIterator[None]:
        """Hold a place within the block; whoever is no stranger gets the next one, then in order of coming."""
        if self._free or not await self._handed(is_stranger):
            self._free -= 1
        try:
            yield
        finally:
            self._give_back()

    async def _handed(self, is_stranger: IsStranger) -> bool:
        """Wait until a place is handed over; False when one has become free meanwhile."""
        stranger = await is_stranger()
        if self._free:
            return False
        mine: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heappush(self._waiting, (stranger, next(self._order), mine))
        try:
            await mine
        except asyncio.CancelledError:
            if mine.done() and not mine.cancelled():
                self._give_back()
            raise
        return True

    def _give_back(self) -> None:
        while self._waiting:
            _, _, first = heappop(self._waiting)
            if not first.done():
                first.set_result(None)
                return
        self._free += 1
