"""Whether and how fast messages may go out: shut by Telegram's "wait", so many a second, apart in one chat."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from heapq import heappop, heappush
from itertools import count

import structlog
from telegram.error import RetryAfter, TelegramError

from bot.clock import Clock

LONGEST_PAUSE = timedelta(minutes=5)
_log = structlog.get_logger(__name__)


class Gate:
    """Open at first. `probe` asks Telegram whether it answers; `opened` is called on each opening, `waits` each time
    Telegram asks to wait.
    """

    def __init__(
        self,
        clock: Clock,
        probe: Callable[[], Awaitable[None]],
        opened: Callable[[], None],
        waits: Callable[[], None] = lambda: None,
    ) -> None:
        self._clock = clock
        self._probe = probe
        self._opened = opened
        self._waits = waits
        self._until: datetime | None = None
        self._failures = 0
        self._opening: asyncio.Task[None] | None = None
        self._probing = False

    @property
    def is_open(self) -> bool:
        """Whether a message may be sent now."""
        return self._opening is None

    @property
    def probes(self) -> bool:
        """Whether Telegram is being asked at this moment."""
        return self._probing

    @property
    def on_trial(self) -> bool:
        """Whether nothing has got through since the last failure: one at a time then."""
        return self._failures > 0

    def wait(self, seconds: timedelta) -> datetime:
        """Shut until Telegram's `retry_after` is over, for every chat; gives that moment."""
        until = self._clock.now() + seconds
        self._waits()
        self._until = max(until, self._until or until)
        _log.warning("telegram asks to wait", seconds=seconds.total_seconds())
        self._shut()
        return self._until

    def failed(self) -> None:
        """Shut until Telegram answers a probe; the pauses grow while nothing gets through."""
        if self.is_open:
            self._failures += 1
            _log.warning("telegram does not answer", failures=self._failures)
        self._shut()

    def worked(self) -> None:
        """A message got through."""
        if self.is_open:
            self._failures = 0

    def close(self) -> None:
        """Stop waiting: nobody will send any more."""
        if self._opening is not None:
            self._opening.cancel()

    def _shut(self) -> None:
        if self._opening is None:
            self._opening = asyncio.create_task(self._open_again())

    async def _open_again(self) -> None:
        while not await self._may_open():
            self._failures += 1
        self._opening = None
        self._opened()

    async def _may_open(self) -> bool:
        """Sit out what is to be sat out, then ask whether Telegram answers if it did not."""
        if self._failures:
            await self._clock.wait_until(self._clock.now() + _pause(self._failures))
        while self._until is not None and self._until > self._clock.now():
            await self._clock.wait_until(self._until)
        return self._failures == 0 or await self._answers()

    async def _answers(self) -> bool:
        self._probing = True
        try:
            await self._probe()
        except RetryAfter as flood:
            self._until = self._clock.now() + seconds_of(flood)
            return False
        except TelegramError:
            return False
        finally:
            self._probing = False
        return True


def seconds_of(flood: RetryAfter) -> timedelta:
    """How long Telegram asks to wait."""
    asked = flood.retry_after
    return asked if isinstance(asked, timedelta) else timedelta(seconds=asked)


def _pause(failures: int) -> timedelta:
    """None after the first failure: it is mostly one call. Then 1, 2, 4 seconds, up to five minutes."""
    if failures == 1:
        return timedelta(0)
    return min(timedelta(seconds=2 ** min(failures - 2, 16)), LONGEST_PAUSE)


OVERALL = 1 / 29.4
"""Seconds between two messages: 30 take 0.986 s, and a late one leaves the 31st outside the second."""
IN_ONE_CHAT = 1.02
FORGET = 4096


_Waiting = list[tuple[int, int, asyncio.Future[None]]]


class Pace:
    """Hands out the moments to send, the most urgent first, every second one to what has legal effect."""

    def __init__(self, apart: float = OVERALL, in_one_chat: float = IN_ONE_CHAT) -> None:
        self._apart = apart
        self._in_one_chat = in_one_chat
        self._free_at = 0.0
        self._chat_free_at: dict[int, float] = {}
        self._waiting: dict[bool, _Waiting] = {True: [], False: []}
        """By whether legal effect follows."""
        self._last_was_legal = True
        self._order = count()
        self._timer: asyncio.TimerHandle | None = None

    async def turn(self, chat_id: int, priority: int, *, legal: bool = False) -> None:
        """Return when one message may go to this chat; of those that wait, priority 0 goes first.

        While both kinds wait they take turns: answers to people hold back no notice with legal effect.
        """
        loop = asyncio.get_running_loop()
        wait = self._chat_free_at.get(chat_id, 0.0) - loop.time()
        if wait > 0:
            await asyncio.sleep(wait)
        mine: asyncio.Future[None] = loop.create_future()
        heappush(self._waiting[legal], (priority, next(self._order), mine))
        self._hand_out()
        await mine
        self._take_chat(chat_id, loop.time())

    def halt(self, pause: timedelta) -> None:
        """Telegram asks to wait; in this process the gate sees to it."""

    async def close(self) -> None:
        """Hand out no more."""

    def _hand_out(self) -> None:
        """Give the turn that is free, and come back when the next one will be."""
        if self._timer is not None:
            return
        loop = asyncio.get_running_loop()
        now = loop.time()
        while self._anybody_waits and self._free_at <= now:
            first = self._first()
            if not first.done():
                first.set_result(None)
                self._free_at = self._next_after(now)
        if self._anybody_waits:
            self._timer = loop.call_at(self._free_at, self._timed)

    @property
    def _anybody_waits(self) -> bool:
        return any(self._waiting.values())

    def _first(self) -> asyncio.Future[None]:
        legal = not self._last_was_legal
        if not self._waiting[legal]:
            legal = not legal
        self._last_was_legal = legal
        _, _, first = heappop(self._waiting[legal])
        return first

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
