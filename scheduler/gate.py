"""Whether anything may be sent at all: shut by Telegram's "wait", and when Telegram does not answer.

Which message failed, and what becomes of it, is not known here.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import structlog
from telegram.error import RetryAfter, TelegramError

from bot.clock import Clock

LONGEST_PAUSE = timedelta(minutes=5)
_log = structlog.get_logger(__name__)


class Gate:
    """Open at first. `probe` asks Telegram whether it answers; `opened` is called on each opening."""

    def __init__(
        self, clock: Clock, probe: Callable[[], Awaitable[None]], opened: Callable[[], None]
    ) -> None:
        self._clock = clock
        self._probe = probe
        self._opened = opened
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
