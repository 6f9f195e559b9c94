"""The clock's door: APScheduler wakes the house at the next due moment and at least once a minute.

What is then done is an act. One of the two outermost loops.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.clock import Clock, MovableClock, SystemClock
from bot.db import dues
from bot.db.engine import Database
from bot.db.faults import StoreFault
from bot.logs import whereabouts

AT_LEAST_EVERY = 60
"""Seconds between two runs when nothing falls due."""

RunDue = Callable[[datetime], Awaitable[None]]
_log = structlog.get_logger(__name__)


class Heartbeat:
    """Asks "what is due now?" again and again; a run may come too often, never too seldom."""

    def __init__(self, clock: Clock, db: Database, run_due: RunDue) -> None:
        self._clock = clock
        self._db = db
        self._run_due = run_due
        self._host = SystemClock()
        self._wanted = asyncio.Event()
        self._resting = asyncio.Event()
        self._loop: asyncio.Task[None] | None = None
        self._forget_clock: Callable[[], None] | None = None
        self.next_wake: datetime | None = None
        self._scheduler = AsyncIOScheduler(
            timezone="UTC",
            job_defaults={
                "misfire_grace_time": None,  # however late: a run that was missed is still due
                "coalesce": True,  # and several that were missed are one
                "max_instances": 1,
            },
        )

    def start(self) -> None:
        """Run at once, and from then on; under a movable clock also whenever it is moved."""
        self._scheduler.add_job(self.wake, "interval", seconds=AT_LEAST_EVERY, id="at least")
        self._scheduler.start()
        if isinstance(self._clock, MovableClock):
            self._forget_clock = self._clock.on_move(lambda _: self.wake())
        self._loop = asyncio.create_task(self._run())
        self.wake()

    async def stop(self) -> None:
        """Stop; a run under way is cut off, which undoes its open transaction."""
        if self._forget_clock is not None:
            self._forget_clock()
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
        if self._loop is not None:
            self._loop.cancel()
            await asyncio.gather(self._loop, return_exceptions=True)

    def wake(self) -> None:
        """Run as soon as may be: something has become due, or falls due at another moment."""
        self._resting.clear()
        self._wanted.set()

    async def settled(self) -> None:
        """Return when no run is under way or asked for."""
        await self._resting.wait()

    async def _run(self) -> None:
        while True:
            await self._wanted.wait()
            self._wanted.clear()
            await self._run_once()
            await self._wake_at_next()
            if not self._wanted.is_set():
                self._resting.set()

    async def _run_once(self) -> None:
        try:
            await self._run_due(self._clock.now())
        except Exception as error:  # noqa: BLE001 - the outermost loop: the next run must come
            _log.error("run failed", **whereabouts(error))

    async def _wake_at_next(self) -> None:
        """Have the scheduler wake us at the next due moment; one already past waits to be woken."""
        try:
            async with self._db.glance() as looks:
                self.next_wake = await dues.next_moment(looks)
        except StoreFault as fault:
            _log.error("the store refuses", kind=fault.kind)
            return
        left = self.next_wake - self._clock.now() if self.next_wake else None
        if left is None or left <= timedelta(0) or self._is_frozen():
            return
        self._scheduler.add_job(
            self.wake,
            "date",
            run_date=self._host.now() + left,
            id="next due",
            replace_existing=True,
        )

    def _is_frozen(self) -> bool:
        return isinstance(self._clock, MovableClock) and not self._clock.running
