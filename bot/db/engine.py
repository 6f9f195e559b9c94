"""The database: one writer at a time, several readers. No table and no rule lives here.

Of a file one process is the only user, and knows what it wrote. A server several processes may share; what
only one of them may do, and how they learn of each other, is `Database.instance` (bot/db/instance.py).
"""

from __future__ import annotations

import asyncio
import os
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Self

from sqlalchemy import URL, Connection, Table, make_url
from sqlalchemy.exc import DBAPIError, OperationalError

from bot.db import backup, inbox, origin, server, versions, wiping
from bot.db.ballot_keys import BallotKeys
from bot.db.faults import StoreFault
from bot.db.group_commit import GroupCommit
from bot.db.inline import BUSY_MS, InlineEngine
from bot.db.instance import EVERYTHING, Instance, require_alone
from bot.db.lock import InstanceLock
from bot.db.remembering import Committed, Glances, Remembering
from bot.db.sending_turns import SendingTurns
from bot.db.server import ServerConnection, ServerEngine
from bot.db.transaction import Engine, Reading, Transaction, TransactionLostError

__all__ = ["Database", "Transaction"]

READERS = 4


class Database:
    """An open store. Made by `open`, ended by `close`."""

    def __init__(
        self,
        writer: Engine,
        reader: Engine,
        lock: InstanceLock | None,
        instance: Instance | None,
        keys: BallotKeys,
    ) -> None:
        self._writer = writer
        self._reader = reader
        self._lock = lock
        self.instance = instance
        self.sending_turns = SendingTurns(writer.url) if instance is not None else None
        """Of the processes of a server, who sends when."""
        """This process among those that share the database; None where it is alone, as on a file."""
        self._turns = (
            server.Turns(writer) if isinstance(writer, ServerEngine) else GroupCommit(writer)
        )
        self._holder: asyncio.Task[Any] | None = None
        self._committed = None if isinstance(writer, ServerEngine) else Committed()
        self._where = writer.url.render_as_string(hide_password=True)
        url = writer.url
        self.file = _path(url) if url.drivername.startswith("sqlite") else None
        """Where it lies; None of one that a server keeps."""
        self.keys = keys
        """Of the boxes of secret votes: never in the database."""

    @classmethod
    async def open(
        cls, place: str | Path, *, create: bool, alone: bool = True, keys: Path | None = None
    ) -> Self:
        """Open the store at a path or URL, with its tables at our version.

        Refuses (StoreFault) what is missing without `create`, damaged, foreign, of a later version,
        or in use by another instance; never makes an empty one silently. With `alone=False` it is
        opened beside a running instance, and nothing is created or migrated. `keys` is the folder in which
        each database has one for the keys of its secret votes; without it they stand beside the database.
        A server's database may be in use by several instances, save while its tables are brought to our version.
        """
        url = _url(place)
        if not url.drivername.startswith("sqlite"):
            return await cls._opened(server.engines(url), None, keys, create=create, alone=alone)
        path = _path(url)
        is_new = create and not path.exists()
        if is_new:
            _make(path)
        lock = _take(path) if alone else None
        try:
            if not is_new:
                await asyncio.to_thread(versions.examine, path)
            if alone:
                backup.sweep(path)
            return await cls._opened(_file_engines(path), lock, keys, create=create, alone=alone)
        except BaseException:
            if lock is not None:
                lock.release()
            raise

    @classmethod
    async def _opened(
        cls,
        engines: tuple[Engine, Engine],
        lock: InstanceLock | None,
        keys: Path | None,
        *,
        create: bool,
        alone: bool,
    ) -> Self:
        writer, reader = engines
        of_server = isinstance(writer, ServerEngine)
        instance = Instance(writer.url) if of_server and alone else None
        try:
            async with writer.begin() as tx:
                if isinstance(tx, ServerConnection):
                    await server.make_ready(tx, create=create, migrate=alone)
                named = writer.url.database or ""
                mark = await tx.run_sync(lambda sync: _brought_up(sync, named, migrate=alone))
            kept = await asyncio.to_thread(_keys_of, writer.url, keys, mark, settle=alone)
            if instance is not None:
                await instance.begin()
        except BaseException as error:
            await writer.dispose()
            await reader.dispose()
            if instance is not None:
                await instance.close()
            if isinstance(error, DBAPIError | OSError | TransactionLostError):
                where = writer.url.render_as_string(hide_password=True)
                raise StoreFault("unreachable", where, type(error).__name__) from error
            raise
        return cls(writer, reader, lock, instance, kept)

    @asynccontextmanager
    async def write(self, *, marks: bool = True) -> AsyncIterator[Transaction]:
        """The one writing transaction: committed on leaving, undone on any error.

        Under a handler it also marks the update being handled, so that fact and mark stand or fall
        together; not with `marks=False`, for what is done again when the update is. Refuses (RuntimeError) a
        second one inside the first: it would wait for itself.
        When the disk or the server refuses, StoreFault "unreachable"; "replaced" when the file that was written
        does not stand in its place any more: then nobody may be told that it was kept.
        """
        task = asyncio.current_task()
        if self._holder is task:
            raise RuntimeError("a writing transaction inside a writing transaction")
        self._require_in_place()
        written: set[Table | None] = set()
        try:
            async with self._turns.turn() as turn:
                self._holder = task
                tx = Remembering(turn, self._committed)
                try:
                    current = await inbox.mark_current(tx) if marks else None
                    yield tx
                    if self.instance is not None:
                        await self.instance.tell(turn, _news(tx))
                finally:
                    self._holder = None
                    written = tx.written
        except DBAPIError as error:
            raise self._told(error) from error
        except TransactionLostError as error:
            raise StoreFault("unreachable", self._where, str(error)) from error
        finally:
            if self._committed is not None:
                self._committed.settled(written)
        self._require_in_place()
        if current is not None:
            current.marked = True

    def _require_in_place(self) -> None:
        if self._lock is not None and not self._lock.is_in_place():
            raise StoreFault("replaced", self._where)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Transaction]:
        """A reading transaction: one consistent view, which waits for no writer."""
        try:
            async with self._reader.begin() as tx:
                yield Remembering(tx)
        except DBAPIError as error:
            raise self._told(error) from error

    @asynccontextmanager
    async def glance(self) -> AsyncIterator[Reading]:
        """Single looks at what is committed, for what is asked far more often than it changes.

        On a file a statement marked `compiled_once` is carried out once until one of its tables is written. On a
        server, where nobody can know who writes, all of them are one reading transaction.
        """
        if self._committed is None:
            async with self.read() as tx:
                yield tx
        else:
            yield Glances(self._look, self._committed)

    @asynccontextmanager
    async def _look(self) -> AsyncIterator[Reading]:
        """A reader without a transaction: one statement sees one state by itself."""
        try:
            reader = await self._reader.connect()
            try:
                yield reader
            finally:
                await reader.close()
        except DBAPIError as error:
            raise self._told(error) from error

    async def wipe(self) -> bool:
        """Leave no older page in the file and none in the journal beside it; writers wait meanwhile.

        False when a reader held the journal: ask again later. A server keeps its own files.
        """
        if self.file is None:
            return True
        async with self._turns.pause():
            try:
                return await asyncio.to_thread(wiping.wipe, self.file, BUSY_MS / 1000)
            except sqlite3.Error as error:
                raise StoreFault("unreachable", self._where, str(error)) from error

    def _told(self, error: DBAPIError) -> Exception:
        """A full disk or a lost server as a fault of the store; a wrong statement as what it is."""
        if not store_refuses(error):
            return error
        return StoreFault("unreachable", self._where, str(error.orig))

    async def require_alone(self) -> None:
        """Refuse (StoreFault) while any process serves here; for a server, where several may."""
        async with self.write() as tx:
            await require_alone(tx, self._where)

    async def close(self) -> None:
        """Close every connection and let the next instance in."""
        await self._turns.close()
        if self.sending_turns is not None:
            await self.sending_turns.close()
        await self._reader.dispose()
        await self._writer.dispose()
        if self.instance is not None:
            await self.instance.close()
        if self._lock is not None:
            self._lock.release()


def _news(tx: Remembering) -> frozenset[str]:
    """Where other processes may find something to do: rows put there, and updates that are handled now."""
    filled = {table.name for table in tx.filled if table is not None}
    handled = {table.name for table in tx.written if table is not None} & {"inbox"}
    return EVERYTHING & (filled | handled)


def store_refuses(error: BaseException) -> bool:
    """Whether the disk or the server refuses, which concerns whoever asks, and not one row or statement.

    What SQLite gave and Python could not read carries no code of SQLite's.
    """
    if isinstance(error, StoreFault | TransactionLostError):
        return True
    if not isinstance(error, DBAPIError) or not isinstance(error.orig, sqlite3.Error):
        return server.refuses(error)
    code = getattr(error.orig, "sqlite_errorcode", None)
    return isinstance(error, OperationalError) and code not in (None, sqlite3.SQLITE_ERROR)


def _url(place: str | Path) -> URL:
    if isinstance(place, str) and "://" in place:
        return make_url(place)
    return URL.create("sqlite+aiosqlite", database=str(place))


def _path(url: URL) -> Path:
    return Path(url.database or "").absolute()


def _brought_up(connection: Connection, where: str, *, migrate: bool) -> str:
    """The mark of the database `where`, once its tables are at our version."""
    versions.bring_up(connection, where, migrate=migrate)
    return origin.mark_once(connection)


def _keys_of(url: URL, folder: Path | None, mark: str, *, settle: bool) -> BallotKeys:
    """Where the keys of a database lie; whoever runs on it alone has them there, and can add to them."""
    beside = _keys_beside(url)
    if folder is None:
        return BallotKeys(beside)
    keys = BallotKeys(folder / mark)
    if settle:
        try:
            keys.require_room()
            keys.take_over(beside)
        except OSError as error:
            raise StoreFault("keys", str(folder), error.strerror or type(error).__name__) from error
    return keys


def _keys_beside(url: URL) -> Path:
    """Beside the database, as all keys were once; for a server's in the folder where the bot runs."""
    of_file = url.drivername.startswith("sqlite")
    beside = _path(url) if of_file else Path(f"{url.database}.db").absolute()
    return beside.with_name(f"{beside.name}.keys")


def _take(path: Path) -> InstanceLock:
    lock = InstanceLock(path)
    lock.take()
    return lock


def _make(path: Path) -> None:
    """An empty file that only its owner reads; SQLite gives the files beside it the same rights."""
    if not path.parent.is_dir():
        raise StoreFault("missing", str(path.parent))
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except OSError as error:
        raise StoreFault("unreachable", str(path), type(error).__name__) from error


def _file_engines(path: Path) -> tuple[Engine, Engine]:
    return InlineEngine(path, 1, writes=True), InlineEngine(path, READERS, writes=False)
