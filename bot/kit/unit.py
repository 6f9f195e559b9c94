"""What every act works with: the store, the clock, the words, and one transaction at a time."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from types import TracebackType
from typing import Any, Self, TypeVar

from bot.clock import Clock
from bot.db import register
from bot.db.engine import Database, Transaction
from bot.db.fact import Fact
from bot.db.telling import TOLD, Telling
from bot.kit.closed import refuse_closed
from bot.people.rules.people import Person
from bot.rendering import Rendering
from bot.values.refusal import require

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
    async def work(self, *, reads: bool = False) -> AsyncIterator[UnitOfWork]:
        """One writing transaction with the moment it began.

        One that only `reads` what a committee has, such as to make a file of it, is open when that has ended, too.
        """
        async with self.db.write() as tx:
            work = UnitOfWork(self, tx, self.clock.now(), acts=not reads)
            yield work
        for act in work.then:
            act()

    @asynccontextmanager
    async def beforehand(self) -> AsyncIterator[UnitOfWork]:
        """A writing transaction for what an act makes ready before its own, such as a large file to be held.

        No fact belongs here. After a crash the press comes again, and all of it is made ready anew.
        """
        async with self.db.write(marks=False) as tx:
            yield UnitOfWork(self, tx, self.clock.now())

    @asynccontextmanager
    async def look(self) -> AsyncIterator[UnitOfWork]:
        """One reading transaction with the moment it began."""
        async with self.db.read() as tx:
            yield UnitOfWork(self, tx, self.clock.now())


@dataclass(frozen=True, slots=True)
class Answering(Context):
    """A context whose last unit of work stays open for the screen that it ends in.

    An act and its answer are then on disk together: no crash leaves one without the other, and the disk is
    waited for once. A further unit of work commits the one before it first, and the press is gone with that: only
    what stands for itself, as each message of an album, may be done so. Leaving the block commits, an error that
    leaves it undoes what is open.
    """

    _left: list[tuple[UnitOfWork, AsyncExitStack]] = field(default_factory=list)
    """The unit that is open, with what ends it; none or one."""

    @classmethod
    def within(cls, context: Context) -> Self:
        """To be entered for each press or message."""
        return cls(context.db, context.clock, context.say, context.link, context.moments)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        while self._left:
            _, ends = self._left.pop()
            await ends.__aexit__(kind, error, trace)

    @asynccontextmanager
    async def work(self, *, reads: bool = False) -> AsyncIterator[UnitOfWork]:
        """One writing transaction with the moment it began; it stays open when its block is left."""
        await self.__aexit__(None, None, None)
        async with AsyncExitStack() as ends:
            work = await ends.enter_async_context(Context.work(self, reads=reads))
            yield work
            self._left.append((work, ends.pop_all()))

    @asynccontextmanager
    async def look(self) -> AsyncIterator[UnitOfWork]:
        """One reading transaction with the moment it began; what was done before is seen in it, and stays open."""
        if self._left:
            yield self._left[-1][0]
            return
        async with Context.look(self) as work:
            yield work

    @asynccontextmanager
    async def last_work(self) -> AsyncIterator[UnitOfWork]:
        """The unit that stands open, or a new one; committed with this block."""
        if not self._left:
            async with Context.work(self) as work:
                yield work
            return
        work, ends = self._left.pop()
        async with ends:
            yield work


@dataclass(frozen=True, slots=True)
class UnitOfWork:
    """One transaction in progress."""

    context: Context
    tx: Transaction
    now: datetime
    acts: bool = False
    """Whether a person asks for an act in it, which none may where the committee has ended."""
    tells_from: datetime | None = None
    """From when on people are told of what is done in it; None is at once."""
    then: list[Callable[[], object]] = field(default_factory=list)
    """What cannot be undone: done once this is on disk, and never where this is undone.

    A crash between the two leaves it undone: something else must try again then.
    """

    @property
    def say(self) -> Rendering:
        """The words it speaks in: those of the rule book, too, once it is about a committee (`speaking.py`)."""
        return self.context.say

    async def write(
        self, fact: Fact[T], line: Line | Callable[[T], Line | None], *more: Fact[Any]
    ) -> T:
        """Write a legal fact, and whatever belongs to it, with the one line of the register that tells it.

        A line may depend on what the fact gives back; none is written where nothing has changed. Beside what
        the act says, its details hold every row written, as it then stands, so that the tables can be derived
        from the register anew. No other call writes a fact, so that neither stands without the other.
        """
        telling = Telling(self.tx)
        given = await fact.into(telling)
        for each in more:
            await each.into(telling)
        told = line if isinstance(line, Line) else line(given)
        if told is not None:
            await self._tell(told, telling)
        elif telling.told:
            raise RuntimeError("a fact was written of which no line tells")
        return given

    async def require_open(self, committee: int) -> None:
        """Refuse what a person does in a committee that has ended: it is read, and no longer acted in."""
        require(await refuse_closed(self.tx, committee))

    async def _tell(self, line: Line, telling: Telling) -> None:
        facts = telling.told
        if facts and line.actor:
            await self.require_open(line.committee)
            facts["by"] = line.actor.id
        detail = {**line.detail, TOLD: facts} if facts else line.detail
        await self.record(line.committee, line.actor, line.act, line.subject, detail)

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
