"""One process among those that serve one bot on one server: its number, what it tells the others, its duties.

All of it hangs on a connection of its own: whatever ends the process ends that, and the server then lets go of
its number and its duties by itself. Nobody's clock is asked. No table and no rule lives here.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Collection, Iterable
from typing import TYPE_CHECKING, Any
from zlib import crc32

from sqlalchemy import URL, BigInteger, ColumnElement, NullPool, cast, column, select, table, text
from sqlalchemy.exc import DBAPIError

from bot.db.faults import StoreFault
from bot.db.transaction import Transaction

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

NUMBERS, DUTIES, SERVING = 0x64740002, 0x64740003, 0x64740004
"""Kinds of advisory locks of the database: of a process's number, of a duty, of the version of the tables."""
CHANNEL = "dongthuan"
"""Where what was written is told."""
EVERYTHING = frozenset({"inbox", "outbox", "dues"})
"""The tables of which is told that something was put there, or, of the inbox, handled."""

_TAKE = text("SELECT pg_try_advisory_lock(:kind, :number)")
_LEAVE = text("SELECT pg_advisory_unlock(:kind, :number)")
_SERVE = text("SELECT pg_try_advisory_lock_shared(:kind, 0)")
_TELL = text(f"SELECT pg_notify('{CHANNEL}', :words)")
_ALONE = text("SELECT pg_try_advisory_xact_lock(:kind, 0)")
_locks = table("pg_locks", *map(column, ("locktype", "database", "classid", "objid", "granted")))
_databases = table("pg_database", column("oid"), column("datname"))

News = Callable[[frozenset[str]], None]
"""Called with the tables to which another process has put something."""


def reach(url: URL, **options: Any) -> AsyncEngine:
    """Connections to a server that are asked without waiting; what a statement was given never stands in a fault.

    Only of a server is SQLAlchemy's part for them loaded: it brings its mapper, of which nothing here is used.
    """
    from sqlalchemy.ext.asyncio import create_async_engine  # noqa: PLC0415 - of a server alone, and heavy

    return create_async_engine(url, hide_parameters=True, **options)


class Instance:
    """This process. Made by `begin`, ended by `close` or with the process.

    A connection that was lost is made anew when it is next needed. Meanwhile others may have taken over what
    this process had claimed: whoever writes what became of a claim asks whether it is still its own.
    """

    def __init__(self, url: URL) -> None:
        self._engine = reach(url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
        self._where = url.render_as_string(hide_password=True)
        self._connection: AsyncConnection | None = None
        self._alive = False
        self._duties: set[str] = set()
        self._turn = asyncio.Lock()
        self.number = 0
        """Of this process, as its claims bear it; no two that live have the same."""
        self.on_news: News | None = None

    async def begin(self) -> None:
        """Be one of the processes; StoreFault where the server is not found."""
        async with self._turn:
            _ = await self._connected()

    async def holds(self, duty: str) -> bool:
        """Whether this process has that duty, such as "polling": of those that ask, one has it while it lives."""
        async with self._turn:
            connection = await self._connected()
            if duty not in self._duties and await _got(connection, DUTIES, _number_of(duty)):
                self._duties.add(duty)
            return duty in self._duties

    async def is_held_by_another(self, duty: str) -> bool:
        """Whether another process that lives has that duty; this one does not take it."""
        async with self._turn:
            connection = await self._connected()
            number = _number_of(duty)
            if duty in self._duties or not await _got(connection, DUTIES, number):
                return duty not in self._duties
            await connection.execute(_LEAVE, {"kind": DUTIES, "number": number})
            return False

    async def tell(self, tx: Transaction, tables: Collection[str]) -> None:
        """Have the other processes look at these tables, once what was put there is committed."""
        if tables:
            await tx.execute(_TELL, {"words": " ".join((str(self.number), *sorted(tables)))})

    async def close(self) -> None:
        """Be none of them any more."""
        async with self._turn:
            self._alive = False
            if self._connection is not None:
                await self._connection.close()
            await self._engine.dispose()

    async def _connected(self) -> AsyncConnection:
        if self._connection is not None and self._alive:
            return self._connection
        try:
            await self._connect()
        except (DBAPIError, OSError) as error:
            raise StoreFault("unreachable", self._where, type(error).__name__) from error
        assert self._connection is not None  # noqa: S101 - just made
        return self._connection

    async def _connect(self) -> None:
        if self._connection is not None:
            await self._connection.invalidate()
            await self._connection.close()
        self._duties.clear()
        connection = self._connection = await self._engine.connect()
        await connection.execute(_SERVE, {"kind": SERVING})
        while not self.number or not await _got(connection, NUMBERS, self.number):
            self.number = 1 + secrets.randbelow(2**31 - 1)
        driver: Any = (await connection.get_raw_connection()).driver_connection
        driver.add_termination_listener(self._lost)
        await driver.add_listener(CHANNEL, self._heard)
        self._alive = True
        self._news(EVERYTHING)  # what was told meanwhile was not heard

    def _lost(self, _driver: Any) -> None:
        self._alive = False

    def _heard(self, _driver: Any, _process: int, _channel: str, words: object) -> None:
        number, *tables = str(words).split()
        if number != str(self.number):
            self._news(tables)

    def _news(self, tables: Iterable[str]) -> None:
        if self.on_news is not None:
            self.on_news(frozenset(tables))


def _number_of(duty: str) -> int:
    return crc32(duty.encode()) >> 1  # as many digits as a lock's number has


async def _got(connection: AsyncConnection, kind: int, number: int) -> bool:
    return bool((await connection.execute(_TAKE, {"kind": kind, "number": number})).scalar())


async def require_alone(tx: Transaction, where: str) -> None:
    """Refuse (StoreFault) to go on while another process serves here: it knows other tables than will then stand."""
    if not (await tx.execute(_ALONE, {"kind": SERVING})).scalar():
        raise StoreFault("locked", where)


def lives(number: ColumnElement[int | None]) -> ColumnElement[bool]:
    """Whether the process of that number still lives; nobody bears the number NULL."""
    here = select(_databases.c.oid).where(_databases.c.datname == text("current_database()"))
    living = select(cast(_locks.c.objid, BigInteger)).where(
        _locks.c.locktype == text("'advisory'"),
        _locks.c.classid == text(str(NUMBERS)),
        _locks.c.database == here.scalar_subquery(),
        _locks.c.granted,
    )
    return number.in_(living.scalar_subquery())
