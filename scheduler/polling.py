"""Updates asked for, one poll after the other, each kept before the next one confirms it.

What is kept, and what a gap means, is in intake.py.
"""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from math import ceil
from typing import Any, ClassVar

from telegram.error import Conflict, NetworkError

from bot.clock import MovableClock
from scheduler import transport
from scheduler.intake import BACKLOG, Intake, Kind, number_of

LONGEST_POLL = 30
SLACK = 15.0
"""Seconds that an answer may be late before a poll is given up."""
FULL_BATCH = 100
STANDS_BY = timedelta(seconds=2)
"""After which a process that does not poll asks whether it is to."""


class Polling(Intake):
    """Asks Telegram, which holds a poll open until something comes. Ends a webhook that stands in its way."""

    kind: ClassVar[Kind] = "polling"
    failure: ClassVar[str] = "poll failed"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._changed = asyncio.Event()
        self._offset: int | None = None
        self._late_since: datetime | None = None
        self._polls = False

    async def _listen(self) -> None:
        while True:
            await self._handling.room_for_more(BACKLOG)
            await self._tried(self._poll_or_stand_by())

    async def _poll_or_stand_by(self) -> None:
        """Of several processes one polls, as long as it lives, since Telegram refuses a second; it may be this one.

        The others know what is covered from what it writes. Who has just taken over knows no more of the time before.
        """
        instance = self._db.instance
        if instance is None:
            await self._poll()
            return
        before, self._polls = self._polls, await instance.holds("polling")
        if not (self._polls and before):
            await self._know_coverage()
            self._failures = 1 if self._polls else 0
        if self._polls:
            await self._poll()
        else:
            await self._clock.wait_until(self._clock.now() + STANDS_BY)

    async def _poll(self) -> None:
        """One poll, kept before the next one confirms it."""
        due = await self._uncovered_due()
        started = self._clock.now()
        # After a failure the first question is whether Telegram answers at all.
        wait = 0 if self._failures else _seconds_until(due, started)
        try:
            batch = await self._asked(wait)
        except Conflict:
            await self._end_webhook()
            raise
        if batch is not None:
            await self._keep(batch, started, wait)

    async def _end_webhook(self) -> None:
        """A webhook of before would keep every update to itself; what waits for it comes with the next polls.

        Where another one polls there is no webhook, and ending it changes nothing.
        """
        await transport.delete_webhook(self._bot)

    def reconsider(self) -> None:
        """Something may fall due earlier than the poll under way would end: it is then cut off."""
        self._changed.set()

    async def _asked(self, wait: int) -> list[dict[str, Any]] | None:
        """What Telegram answers; None when the poll was cut off because something has fallen due.

        What a cut-off poll may have brought is not confirmed, so the next one brings it again.
        """
        poll = asyncio.ensure_future(
            transport.get_updates(self._bot, self._offset, wait, self._patience(wait))
        )
        try:
            while wait and not poll.done() and not await self._falls_due(poll):
                pass
            return await poll if poll.done() or not wait else None
        finally:
            poll.cancel()
            await asyncio.gather(poll, return_exceptions=True)

    async def _falls_due(self, poll: asyncio.Future[list[dict[str, Any]]]) -> bool:
        """Wait beside a poll for a due moment; False when the poll ended, or other moments count now."""
        self._changed.clear()
        due = await self._uncovered_due()
        changed = asyncio.ensure_future(self._changed.wait())
        alarm = asyncio.ensure_future(self._clock.wait_until(due)) if due else None
        waits = [each for each in (poll, changed, alarm) if each is not None]
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
            return alarm is not None and alarm.done() and not poll.done()
        finally:
            changed.cancel()
            if alarm is not None:
                alarm.cancel()

    async def _keep(self, batch: list[dict[str, Any]], started: datetime, wait: int) -> None:
        numbers = [number for each in batch if (number := number_of(each)) is not None]
        if batch and not numbers:
            raise NetworkError("getUpdates gave no update")
        now = self._clock.now()
        complete = len(batch) < FULL_BATCH
        gap = self._gap(started, now)
        covered = _covered_by(batch, started, wait, now) if complete else None
        since = self._late_since or (gap.start if gap else None)
        await self.take_in(batch, since=since, covered=covered, gap=gap)
        # A confirmed offset is not repeated: numbers start anew, perhaps lower, after a quiet week.
        self._offset = max(numbers) + 1 if numbers else None
        self._late_since = None if complete else since
        self._last_good, self._failures = now, 0
        if covered is not None:
            await self._tell_cover(covered)

    def _patience(self, wait: int) -> float | None:
        """A frozen clock holds a poll open until it is moved, however long that takes."""
        frozen = isinstance(self._clock, MovableClock) and not self._clock.running
        return None if frozen else wait + SLACK


def _seconds_until(due: datetime | None, now: datetime) -> int:
    """How long a poll is held open: whole seconds, up to the moment that must be covered."""
    if due is None:
        return LONGEST_POLL
    return max(0, min(LONGEST_POLL, ceil((due - now).total_seconds())))


def _covered_by(batch: list[Any], started: datetime, wait: int, now: datetime) -> datetime:
    """Up to when a poll proves that nothing is missing.

    An answer tells what had come when Telegram gave it, not when it arrived here: a poll that
    brought something proves it for its start, one held open in vain for the time it was to be held.
    """
    return min(now, started if batch else started + timedelta(seconds=wait))
