"""A world in which something happens between two transactions of one act."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from bot.kit.unit import Context, UnitOfWork


@dataclass(frozen=True, slots=True)
class Meanwhile(Context):
    """Before the writing transaction of that number, counted from 1, somebody else's is carried out."""

    happens: dict[int, Callable[[UnitOfWork], Awaitable[None]]] = field(default_factory=dict)
    begun: list[int] = field(default_factory=list)

    @asynccontextmanager
    async def work(self, *, reads: bool = False) -> AsyncIterator[UnitOfWork]:
        await self._meanwhile()
        async with Context.work(self, reads=reads) as work:
            yield work

    @asynccontextmanager
    async def beforehand(self) -> AsyncIterator[UnitOfWork]:
        await self._meanwhile()
        async with Context.beforehand(self) as work:
            yield work

    async def _meanwhile(self) -> None:
        self.begun.append(len(self.begun) + 1)
        other = self.happens.get(self.begun[-1])
        if other is not None:
            async with Context.work(self) as work:
                await other(work)


def meanwhile(
    context: Context, before: int, happens: Callable[[UnitOfWork], Awaitable[None]]
) -> Meanwhile:
    return Meanwhile(
        context.db, context.clock, context.say, context.link, happens={before: happens}
    )
