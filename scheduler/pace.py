"""How fast messages may go out: so many a second in all, and apart from each other in one chat.

Telegram counts real seconds, so these are; which message goes out is not decided here. A library of
limits gives turns in the order asked for and lets a burst through first; here an answer goes before a
notice, and a thirty-first message within a second is refused by Telegram.
"""

from __future__ import annotations

import asyncio
from heapq import heappop, heappush
from itertools import count

OVERALL = 1 / 29.4
"""Seconds between two messages: 30 take 0.986 s, and a late one leaves the 31st outside the second."""
IN_ONE_CHAT = 1.02
FORGET = 4096


class Pace:
    """Hands out the moments to send, the most urgent first."""

    def __init__(self, apart: float = OVERALL, in_one_chat: float = IN_ONE_CHAT) -> None:
        self._apart = apart
        self._in_one_chat = in_one_chat
        self._free_at = 0.0
        self._chat_free_at: dict[int, float] = {}
        self._waiting: list[tuple[int, int, asyncio.Future[None]]] = []
        self._order = count()
        self._timer: asyncio.TimerHandle | None = None

    async def turn(self, chat_id: int, priority: int) -> None:
        """Return when one message may go to this chat; of those that wait, priority 0 goes first."""
        loop = asyncio.get_running_loop()
        wait = self._chat_free_at.get(chat_id, 0.0) - loop.time()
        if wait > 0:
            await asyncio.sleep(wait)
        mine: asyncio.Future[None] = loop.create_future()
        heappush(self._waiting, (priority, next(self._order), mine))
        self._hand_out()
        await mine
        self._take_chat(chat_id, loop.time())

    def _hand_out(self) -> None:
        """Give the turn that is free, and come back when the next one will be."""
        if self._timer is not None:
            return
        loop = asyncio.get_running_loop()
        now = loop.time()
        while self._waiting and self._free_at <= now:
            _, _, first = heappop(self._waiting)
            if not first.done():
                first.set_result(None)
                self._free_at = self._next_after(now)
        if self._waiting:
            self._timer = loop.call_at(self._free_at, self._timed)

    def _next_after(self, now: float) -> float:
        """A turn handed out late by the host's timer does not delay the ones after it."""
        late = now - self._free_at
        return (self._free_at if late < self._apart / 3 else now) + self._apart

    def _timed(self) -> None:
        self._timer = None
        self._hand_out()

    def _take_chat(self, chat_id: int, now: float) -> None:
        if len(self._chat_free_at) >= FORGET:
            self._chat_free_at = {c: at for c, at in self._chat_free_at.items() if at > now}
        self._chat_free_at[chat_id] = now + self._in_one_chat
