"""The bot's heart, for tests that move its clock. When it beats on its own is the scheduler's."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.clock import MovableClock
from bot.db import liveness
from bot.kit.unit import Context
from bot.run_due import run_due


async def beat(context: Context, times: int = 1) -> None:
    """Everything sent until now has been heard, and what has fallen due is acted on, so many times."""
    now = context.clock.now()
    async with context.work() as work:
        await liveness.cover(work.tx, now)
    for _ in range(times):
        await run_due(context, now)


async def comes(context: Context, clock: MovableClock, moment: datetime) -> None:
    """The clock comes to a moment, and the heart beats twice: what an act puts for the same moment is done, too."""
    clock.move_to(moment + timedelta(seconds=1))
    await beat(context, times=2)
