"""What one process of several does about the others: it looks where they put something, and takes over from the dead.

Where there can be but one process none of this runs. What is claimed, and for how long, is in bot/db.
"""

from __future__ import annotations

import asyncio
from datetime import timedelta

import structlog

from bot.clock import Clock
from bot.db.faults import StoreFault
from bot.db.instance import EVERYTHING, Instance
from scheduler.delivery import Delivery
from scheduler.heartbeat import Heartbeat
from scheduler.intake import Intake

LOOKS_EVERY = timedelta(seconds=3)
"""After which what a dead process left is found, though nobody tells of it."""

_log = structlog.get_logger(__name__)


class Sharing:
    """One loop, started with `run`, ended by cancelling it."""

    def __init__(
        self,
        instance: Instance,
        clock: Clock,
        intake: Intake,
        delivery: Delivery,
        heartbeat: Heartbeat,
    ) -> None:
        self._clock = clock
        self._intake = intake
        self._delivery = delivery
        self._heartbeat = heartbeat
        self._news: set[str] = set(EVERYTHING)
        self._told = asyncio.Event()
        self._is_idle = False
        instance.on_news = self._hear

    @property
    def is_idle(self) -> bool:
        """Whether everything that was told has been looked at."""
        return self._is_idle and not self._told.is_set()

    def _hear(self, tables: frozenset[str]) -> None:
        self._news |= tables
        self._told.set()

    def handled(self) -> None:
        """Something was handled here: there may be room for more."""
        if self._intake.has_left_some:
            self._told.set()

    async def run(self) -> None:
        """Look whenever something is told, and every few seconds."""
        while True:
            self._is_idle = False
            self._told.clear()
            try:
                await self._look()
            except StoreFault as fault:
                _log.error("the store refuses", kind=fault.kind)
            self._is_idle = True
            await self._something_or_a_while()

    async def _look(self) -> None:
        """All that others wrote, and what nobody has in hand."""
        news, self._news = self._news, set()
        if "dues" in news:
            self._intake.reconsider()
        if "inbox" in news:
            self._intake.others_have_handled()
        if news & {"dues", "inbox"}:  # what was waited for before something falls due may be done
            self._heartbeat.wake()
        if "outbox" in news:
            self._delivery.wake()
        await self._delivery.take_over()
        await self._intake.take_share()

    async def _something_or_a_while(self) -> None:
        told = asyncio.ensure_future(self._told.wait())
        a_while = asyncio.ensure_future(self._clock.wait_until(self._clock.now() + LOOKS_EVERY))
        try:
            await asyncio.wait((told, a_while), return_when=asyncio.FIRST_COMPLETED)
        finally:
            told.cancel()
            a_while.cancel()
