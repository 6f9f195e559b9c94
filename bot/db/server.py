"""PostgreSQL, asked by one machine or by several: one writer at a time over all of them. No table lives here.

Whoever writes first takes the one lock of the store, and with it every committee: so all that is said of one
writer holds of several processes, too, and no two of them can wait for each other.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import URL, Connection, Dialect, Executable, text
from sqlalchemy.exc import DBAPIError

from bot.db import versions
from bot.db.faults import StoreFault
from bot.db.instance import reach, require_alone
from bot.db.statement_cache import FetchedRows
from bot.db.transaction import Values

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

T = TypeVar("T")

STORE = 0x64740001
"""The lock of whoever writes, among the advisory locks of the database."""
PATIENCE = "30s"
"""How long another writer is waited for, and how long one may think within its transaction before the server
ends it: a machine that stops in the middle holds up the others for so long."""
READERS = 4
_SETTINGS = {
    "application_name": "dongthuan",
    "idle_in_transaction_session_timeout": PATIENCE,
    "jit": "off",  # of statements this small it takes longer than they do
    "lock_timeout": PATIENCE,
    "synchronous_commit": "on",  # what was acknowledged is on disk, whatever the server is told else
}
_LOCK = text("SELECT pg_advisory_xact_lock(:store)")
_ORDER = text(
    "SELECT datcollate, pg_encoding_to_char(encoding) FROM pg_database"
    " WHERE datname = current_database()"
)
BY_BYTES = ("C", "POSIX", "C.UTF-8", "C.utf8")
"""Collations that order texts as a file does: by their letters' numbers, and so the same everywhere."""
REFUSES = ("08", "25P03", "25P04", "40", "53", "55P03", "57", "58")
"""Beginnings of PostgreSQL's codes that say it cannot serve now; of others the statement is to blame."""


class ServerConnection:
    """A connection in a transaction, whose rows are read to their end as those of a file are."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    @property
    def dialect(self) -> Dialect:
        """PostgreSQL's."""
        return self._connection.dialect

    @property
    def where(self) -> str:
        """The database, without a password."""
        return self._connection.engine.url.render_as_string(hide_password=True)

    async def begin(self) -> None:
        """Begin a transaction."""
        _ = await self._connection.begin()

    async def execute(self, statement: Executable, parameters: Values | None = None) -> FetchedRows:
        """Carry a statement out; one that gives rows for each of several rows of values, one by one."""
        if parameters is None or not isinstance(parameters, list | tuple):
            return await self._execute(statement, parameters)
        if not _gives_rows(statement):
            return await self._execute(statement, parameters)
        done = [await self._execute(statement, each) for each in parameters]
        rows = [row for fetched in done for row in fetched]
        return FetchedRows(rows, len(rows))

    async def _execute(self, statement: Executable, parameters: Any) -> FetchedRows:
        result = await self._connection.execute(statement, parameters)
        return FetchedRows(result.all() if result.returns_rows else [], result.rowcount)

    def begin_nested(self) -> AbstractAsyncContextManager[Any]:
        """A savepoint around the block."""
        return self._connection.begin_nested()

    async def run_sync(self, fn: Callable[[Connection], T]) -> T:
        """Do work on SQLAlchemy's plain connection."""
        return await self._connection.run_sync(fn)

    async def commit(self) -> None:
        """Return when what was written is on the server's disk."""
        await self._connection.commit()

    async def close(self) -> None:
        """Undo what is not committed, and give the connection back."""
        await self._connection.close()


def _gives_rows(statement: Any) -> bool:
    return bool(statement.is_select or (statement.is_dml and len(statement.exported_columns)))


class ServerEngine:
    """A few connections to one database of a server."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self.url = engine.url

    async def connect(self) -> ServerConnection:
        """A connection that is free; waits for one. StoreFault where the server is not found."""
        try:
            return ServerConnection(await self._engine.connect())
        except OSError as error:
            where = self.url.render_as_string(hide_password=True)
            raise StoreFault("unreachable", where, type(error).__name__) from error

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[ServerConnection]:
        """A transaction: committed on leaving, undone on any error."""
        connection = await self.connect()
        try:
            await connection.begin()
            yield connection
            await connection.commit()
        finally:
            await connection.close()

    async def dispose(self) -> None:
        """Close every connection."""
        await self._engine.dispose()


def engines(url: URL) -> tuple[ServerEngine, ServerEngine]:
    """Of the writer and of the readers.

    The writer sees in each statement what is committed by then: its first one waits for the lock, and what
    follows must not look at the time before it. A reader sees one moment throughout, and may not write.
    """
    settings = {"connect_args": {"server_settings": _SETTINGS}}
    writer = reach(url, pool_size=1, max_overflow=0, **settings)
    reader = reach(
        url, pool_size=READERS, max_overflow=0, isolation_level="REPEATABLE READ", **settings
    )
    looking = reader.execution_options(postgresql_readonly=True)
    return ServerEngine(writer), ServerEngine(looking)


class Turns:
    """Gives the writing connection to one writer after the other, in this process and in all others."""

    def __init__(self, engine: ServerEngine) -> None:
        self._engine = engine
        self._turn = asyncio.Lock()

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[ServerConnection]:
        """A transaction for one writer: it is on disk when the block has been left without an error."""
        async with self._turn, self._engine.begin() as tx:
            await take_store(tx)
            yield tx

    @asynccontextmanager
    async def pause(self) -> AsyncIterator[None]:
        """Nobody of this process writes within the block."""
        async with self._turn:
            yield

    async def close(self) -> None:
        """Return when nothing is left to commit."""
        async with self._turn:
            pass


async def take_store(tx: ServerConnection) -> None:
    """Wait until nobody else writes; nobody does until the end of the transaction."""
    await tx.execute(_LOCK, {"store": STORE})


async def make_ready(tx: ServerConnection, *, create: bool, migrate: bool) -> None:
    """Before the tables are looked at: nobody else writes or brings them to another version until it is done.

    Refuses (StoreFault) a database that would order or keep texts otherwise than a file does, one without tables
    unless they are to be made, and to migrate one that other processes use.
    """
    await take_store(tx)
    collation, encoding = (await tx.execute(_ORDER)).one()
    if collation not in BY_BYTES or encoding != "UTF8":
        raise StoreFault("ordering", tx.where, f"{encoding}, {collation}")
    standing = await tx.run_sync(lambda sync: versions.standing(sync, tx.where))
    if standing is None and not create:
        raise StoreFault("missing", tx.where)
    if migrate and standing in versions.KNOWN[:-1]:
        await require_alone(tx, tx.where)


def refuses(error: BaseException) -> bool:
    """Whether it is the server that cannot serve now, and not the statement that is wrong."""
    if not isinstance(error, DBAPIError):
        return False
    is_gone = error.connection_invalidated or isinstance(error.orig, OSError)
    return is_gone or code_of(error).startswith(REFUSES)


def code_of(error: DBAPIError) -> str:
    """PostgreSQL's code of what went wrong; empty where it gave none."""
    return str(getattr(error.orig, "sqlstate", None) or "")
