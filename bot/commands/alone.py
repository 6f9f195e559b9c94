"""What a command does in the store while no bot runs on it: in one transaction, in the words of its committees."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from markupsafe import Markup

from bot.clock import SystemClock
from bot.commands.opening import store
from bot.kit import card, speaking
from bot.kit.unit import Context, UnitOfWork
from bot.rendering import Rendering, shared_rendering
from bot.settings import Settings
from bot.values.refusal import Refused

Answer = TypeVar("Answer")


class RefusedAloneError(Exception):
    """An expected "no", with the words in which it is told at the machine."""

    def __init__(self, say: Rendering, no: Refused) -> None:
        super().__init__(no.refusal.kind)
        self.no, self.text = no, lines_of(say, no)


def lines_of(say: Rendering, no: Refused) -> str:
    """A refusal as the phone tells it, its marks taken off: what it is, why and what may be done, a line each."""
    told = card.card(say, no.refusal).text
    lines = (Markup(line).striptags() for line in told.splitlines())  # noqa: S704 - taken off, not trusted
    return "\n".join(line for line in lines if line)


def alone(
    settings: Settings, do: Callable[[UnitOfWork], Awaitable[Answer]], link: str = ""
) -> Answer:
    """What comes of it; raises `RefusedAloneError` and faults of the store. What is told is sent once a bot runs."""

    async def carry_out() -> Answer:
        db = await store(settings)
        try:
            async with Context(db, SystemClock(), shared_rendering(), link).work() as work:
                return await spoken(await speaking.of_machine(work), do)
        finally:
            await db.close()

    return asyncio.run(carry_out())


async def spoken(work: UnitOfWork, do: Callable[[UnitOfWork], Awaitable[Answer]]) -> Answer:
    """Do it; what is refused is told in the words of this unit of work."""
    try:
        return await do(work)
    except Refused as no:
        raise RefusedAloneError(work.say, no) from no
