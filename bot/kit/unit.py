"""What every act works with: the store, the clock, the words, and one transaction at a time."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from bot.clock import Clock
from bot.db import register
from bot.db.engine import Database, Transaction
from bot.db.fact import Fact
from bot.people.rules.people import Person
from bot.rendering import Rendering

T = TypeVar("T")


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
    """Where acts are carried out. `link` is the bot's own address, "https://t.me/<name>"."""

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

    async def write(
        self, fact: Fact[T], line: Line | Callable[[T], Line | None], *more: Fact[Any]
    ) -> T:
        """Write a legal fact, and whatever belongs to it, with the one line of the register that tells it.

        A line may depend on what the fact gives back; none is written where nothing has changed. No other
        call writes a fact, so that neither stands without the other.
        """
        given = await fact.into(self.tx)
        for each in more:
            await each.into(self.tx)
        told = line if isinstance(line, Line) else line(given)
        if told is not None:
            await self.record(told.committee, told.actor, told.act, told.subject, told.detail)
        return given

    async def record(
        self,
        committee: int,
        actor: Person | None,
        act: str,
        subject: str,
        detail: Mapping[str, object],
    ) -> None:
        """One line of the register that tells no new fact, such as a reminder; no actor is the clock."""
        name = actor.name if actor else self.say.label("register.clock")
        await register.write(self.tx, committee, self.now, name, act, subject, detail)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the register to be: whose act upon what, with which details; no actor is the clock."""

    committee: int
    actor: Person | None
    act: str
    subject: str
    detail: Mapping[str, object]
