"""SQLite, asked in the event loop's own thread. No table and no rule lives here.

A statement on this database takes microseconds, the way to another thread and back several times as
long. So statements run through SQLAlchemy where they are asked for; what can really wait, for
another program or for the disk, is done by aiosqlite in its thread.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any, TypeVar

import aiosqlite
from sqlalchemy import URL, Connection, Dialect, Executable, NullPool, create_engine
from sqlalchemy.exc import DBAPIError

from bot.db import statement_cache
from bot.db.statement_cache import FetchedRows
from bot.db.transaction import TransactionLostError, Values

T = TypeVar("T")

BUSY_MS = 30_000
"""How long another program that writes is waited for."""

_BEGIN = "BEGIN IMMEDIATE"
_IN_MEMORY = "PRAGMA temp_store=MEMORY"
"""What a writer may have to undo to a savepoint stays in memory; else SQLite puts it into files in /tmp."""
_IMPATIENT = "PRAGMA busy_timeout=0"
"""How a writer stands, since it must not hold up the loop; what it does once it has begun waits for nobody."""
_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",
)
_ROWS_AT_ONCE = 64
_STATEMENTS_KEPT = 2000

_opening: ContextVar[tuple[Path, bool]] = ContextVar("the file, and whether it will be written")


def _patient() -> str:
    return f"PRAGMA busy_timeout={BUSY_MS}"


def _open() -> sqlite3.Connection:
    """Open what is being opened; transactions on it are begun aloud."""
    path, writes = _opening.get()
    file = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    try:
        own = (_IN_MEMORY, _IMPATIENT) if writes else ("PRAGMA query_only=ON",)
        for pragma in (_patient(), *_PRAGMAS, *own):
            file.execute(pragma)
    except BaseException:
        file.close()
        raise
    return file


_STATEMENTS = create_engine(
    "sqlite://",
    creator=_open,
    poolclass=NullPool,
    pool_reset_on_return=None,
    query_cache_size=_STATEMENTS_KEPT,
    hide_parameters=True,  # an error must not quote what a person wrote
)
"""One for every file: what it has compiled for one serves the others."""


class InlineConnection:
    """A connection to SQLite that this thread and aiosqlite's use in turn, never at once.

    SQLAlchemy opens it and carries statements out on it, compiled ones run on it directly, and
    aiosqlite begins and commits what a writer writes, and closes it.
    """

    def __init__(
        self,
        statements: Connection,
        file: sqlite3.Connection,
        waiting: aiosqlite.Connection,
        *,
        writes: bool,
        give_back: Callable[[InlineConnection], None],
    ) -> None:
        self._statements = statements
        self._file = file
        self._waiting = waiting
        self._writes = writes
        self._give_back = give_back

    @property
    def dialect(self) -> Dialect:
        """SQLite's."""
        return self._statements.dialect

    async def begin(self) -> None:
        """Begin; a writer waits until no other program writes, and in the other thread only if one does."""
        if not self._writes:
            self._at_once("BEGIN")
        elif not self._begun_at_once():
            await self._begin_after_others()

    def _begun_at_once(self) -> bool:
        """Begin if no other program writes."""
        try:
            self._file.execute(_BEGIN)
        except sqlite3.Error:  # what else it may be, the second attempt tells
            return False
        return True

    async def _begin_after_others(self) -> None:
        self._at_once(_patient())
        try:
            await self._waited(_BEGIN)
        finally:
            self._at_once(_IMPATIENT)

    async def execute(self, statement: Executable, parameters: Values | None = None) -> FetchedRows:
        """Carry a statement out here and now; refuses (TransactionLostError) a writer's that would stand alone."""
        self._require_begun()
        fetched = statement_cache.execute(self._file, statement, parameters)
        if fetched is not None:
            return fetched
        result = self._statements.execute(statement, parameters)
        return FetchedRows(result.all() if result.returns_rows else [], result.rowcount)

    @asynccontextmanager
    async def begin_nested(self) -> AsyncIterator[None]:
        """A savepoint around the block, by one name for all: SQLite means the innermost.

        TransactionLostError instead of the block's own error where there is nothing left to go back to.
        """
        self._require_begun()
        self._at_once("SAVEPOINT apart")
        try:
            yield
        except TransactionLostError:
            raise
        except BaseException as error:
            with self._lost_if_refused(error):
                self._at_once("ROLLBACK TO apart")
                self._at_once("RELEASE apart")
            raise
        with self._lost_if_refused(None):
            self._at_once("RELEASE apart")

    async def run_sync(self, fn: Callable[[Connection], T]) -> T:
        """Do work on SQLAlchemy's connection here and now, which is told that it is in a transaction."""
        if not self._statements.in_transaction():
            self._statements.begin()
        return fn(self._statements)

    async def commit(self) -> None:
        """Commit; a writer waits for the disk."""
        if self._writes:
            self._require_begun()
            await self._waited("COMMIT")
        else:
            self._at_once("COMMIT")
        self._statements.commit()  # its own count of it, where a statement went through it

    async def close(self) -> None:
        """Undo what is not committed and give the connection back."""
        try:
            self._statements.rollback()
            if self._file.in_transaction:
                self._at_once("ROLLBACK")
        finally:
            self._give_back(self)

    async def end(self) -> None:
        """Close the file, for which the disk may be waited for."""
        self._statements.rollback()
        await _to_its_end(self._waiting.close())
        self._statements.close()

    def _require_begun(self) -> None:
        """After SQLite has undone everything by itself each statement would stand alone, and at once."""
        if self._writes and not self._file.in_transaction:
            raise TransactionLostError("undone by the database itself")

    @contextmanager
    def _lost_if_refused(self, own: BaseException | None) -> Iterator[None]:
        """A savepoint that is gone went with its transaction, of the block's own error."""
        try:
            yield
        except DBAPIError as error:
            told = own if isinstance(own, DBAPIError) else error
            raise TransactionLostError(str(told.orig)) from own

    async def _waited(self, statement: str) -> None:
        with self._told(statement):
            await _to_its_end(self._waiting.execute(statement))

    def _at_once(self, statement: str) -> None:
        with self._told(statement):
            self._file.execute(statement)

    @contextmanager
    def _told(self, statement: str) -> Iterator[None]:
        """Errors come as SQLAlchemy's, as they do of every other statement."""
        try:
            yield
        except sqlite3.Error as error:
            raise DBAPIError.instance(
                statement, None, error, sqlite3.Error, hide_parameters=True, dialect=self.dialect
            ) from error


class InlineEngine:
    """As many connections to one file as are asked for at once, up to a size, and kept."""

    def __init__(self, path: Path, size: int, *, writes: bool) -> None:
        self.url = URL.create("sqlite+aiosqlite", database=str(path))
        self._path = path
        self._writes = writes
        self._size = size
        self._free = asyncio.Semaphore(size)
        self._disposed = False
        self._idle: list[InlineConnection] = []
        self._open: list[InlineConnection] = []

    async def connect(self) -> InlineConnection:
        """A connection that is free; waits for one."""
        await self._free.acquire()
        try:
            return self._idle.pop() if self._idle else await self._opened()
        except BaseException:
            self._free.release()
            raise

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[InlineConnection]:
        """A transaction: committed on leaving, undone on any error."""
        connection = await self.connect()
        try:
            await connection.begin()
            yield connection
            await connection.commit()
        finally:
            await connection.close()

    async def dispose(self) -> None:
        """Close every connection once whoever has one has given it back; nobody gets one any more.

        SQLite does not survive it when a connection is closed beneath a statement of another thread.
        """
        if self._disposed:
            return
        self._disposed = True
        for _ in range(self._size):
            await self._free.acquire()
        while self._open:
            await self._open.pop().end()
        self._idle.clear()

    async def _opened(self) -> InlineConnection:
        token = _opening.set((self._path, self._writes))
        try:
            statements = _STATEMENTS.connect()
        finally:
            _opening.reset(token)
        file: Any = statements.connection.driver_connection
        try:
            waiting = await aiosqlite.Connection(lambda: file, _ROWS_AT_ONCE)
        except BaseException:
            statements.close()
            raise
        made = InlineConnection(
            statements, file, waiting, writes=self._writes, give_back=self._give_back
        )
        self._open.append(made)
        return made

    def _give_back(self, connection: InlineConnection) -> None:
        self._idle.append(connection)
        self._free.release()


async def _to_its_end(step: Awaitable[Any]) -> None:
    """Wait for a step in the other thread; whoever is cancelled meanwhile still waits for its end."""
    running = asyncio.ensure_future(step)
    cancelled: asyncio.CancelledError | None = None
    while not running.done():
        try:
            await asyncio.wait([running])
        except asyncio.CancelledError as error:
            cancelled = error
    if cancelled is not None:
        raise cancelled
    running.result()
