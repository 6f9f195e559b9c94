"""What befalls the bot in a story: its machine goes down, Telegram fails. Nobody acts here."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from simulator.stage import Stage
from simulator.story import Step


async def bot_stops(stage: Stage, _step: Step) -> None:
    """The bot's machine goes down."""
    await stage.stop_bot()


async def bot_starts(stage: Stage, _step: Step) -> None:
    """It comes up again."""
    await stage.start_bot()
    await stage.settle()


async def telegram_fails(stage: Stage, step: Step) -> None:
    """Telegram answers with errors, or not at all."""
    await stage.breathe()
    stage.world.faults.fail(step.with_)
    await stage.settle()


async def telegram_recovers(stage: Stage, _step: Step) -> None:
    """Telegram works again."""
    stage.world.faults.clear()
    await stage.settle()


TROUBLES: dict[str, Callable[[Stage, Step], Awaitable[None]]] = {
    "bot_stops": bot_stops,
    "bot_starts": bot_starts,
    "telegram_fails": telegram_fails,
    "telegram_recovers": telegram_recovers,
}
