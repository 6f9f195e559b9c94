"""What every use case works with: the store, the clock, the words, and one transaction at a time."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime

from bot.clock import Clock
from bot.db import register
from bot.db.engine import Database, Transaction
from bot.people.rules.people import Person
from bot.rendering import Rendering


@dataclass(slots=True)
class Wake:
    """Whether something was made to fall due since it was last asked; the heartbeat then looks again."""

    _wanted: bool = False

    def wake(self) -> None:
        """Something falls due at another moment than before."""
        self._wanted = True

    def taken(self) -> bool:
        """Whether it was woken; asking settles it."""
        wanted, self._wanted = self._wanted, False
        return wanted


@dataclass(frozen=True, slots=True)
class Context:
    """Where use cases are carried out. `link` is the bot's own address, "https://t.me/<name>"."""

    db: Database
    clock: Clock
    say: Rendering
    link: str
    moments: Wake = field(default_factory=Wake)

    @asynccontextmanager
    async def work(self) -> AsyncIterator[UnitOfWork]:
        """One writing transaction with the moment it began."""
        async with self.db.write() as tx:
            yield UnitOfWork(self, tx, self.clock.now())

    @asynccontextmanager
    async def look(self) -> AsyncIterator[UnitOfWork]:
        """One reading transaction with the moment it began."""
        async with self.db.read() as tx:
            yield UnitOfWork(self, tx, self.clock.now())


@dataclass(frozen=True, slots=True)
class UnitOfWork:
    """One transaction in progress."""

    context: Context
    tx: Transaction
    now: datetime

    @property
    def say(self) -> Rendering:
        """The words."""
        return self.context.say

    async def record(
        self,
        committee: int,
        actor: Person | None,
        act: str,
        subject: str,
        detail: Mapping[str, object],
    ) -> None:
        """One line of the register in this transaction; no actor is the clock."""
        name = actor.name if actor else self.say.label("register.clock")
        await register.write(self.tx, committee, self.now, name, act, subject, detail)
