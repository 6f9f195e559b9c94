"""What was read once is not read again until one of its tables is written. No table is named here.

Only statements marked `compiled_once` are remembered, by their values; others are read each time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Callable, Hashable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

from sqlalchemy import Dialect, Executable, Table

from bot.db.statement_cache import FetchedRows, is_lasting, tables_read
from bot.db.transaction import Reading, Rows, Transaction, Values

MOST = 10_000
"""Statements, each with its values, that are remembered beyond a transaction: any stranger may ask one more."""


def key_of(statement: Executable, given: Values | None) -> Hashable:
    """What rows are remembered by."""
    if given is None or isinstance(given, Mapping):
        return statement, frozenset(given.items()) if given is not None else None
    return statement, tuple(frozenset(each.items()) for each in given)


async def _fetched(tx: Reading, statement: Executable, given: Values | None) -> FetchedRows:
    found = await tx.execute(statement, given)
    return FetchedRows(found.all(), found.rowcount)


class Memory:
    """Rows by the statements that gave them."""

    def __init__(self) -> None:
        self._kept: dict[Hashable, tuple[frozenset[Table], FetchedRows]] = {}
        self._of: dict[Table, set[Hashable]] = {}

    @property
    def count(self) -> int:
        """Of how many statements, each with its values."""
        return len(self._kept)

    def recall(self, key: Hashable) -> FetchedRows | None:
        """The rows; None where they are not remembered."""
        kept = self._kept.get(key)
        return kept and kept[1]

    def keep(self, key: Hashable, tables: frozenset[Table], rows: FetchedRows) -> None:
        """Remember rows read from these tables."""
        self._kept[key] = tables, rows
        for table in tables:
            self._of.setdefault(table, set()).add(key)

    def forget(self, table: Table | None) -> None:
        """That table was written; with None any may have been."""
        if table is None:
            self._kept.clear()
            self._of.clear()
            return
        for key in self._of.pop(table, ()):
            tables, _ = self._kept.pop(key)
            for other in tables - {table}:
                self._of[other].discard(key)


class Committed:
    """Rows of tables that nobody is writing: what is committed, whoever asks.

    Only this process writes the tables, one writer at a time, and each says what it writes. While a table
    is being written nothing of it is remembered.
    """

    def __init__(self, most: int = MOST) -> None:
        self._memory = Memory()
        self._most = most
        self._being_written: Counter[Table | None] = Counter()
        self.writes = 0
        """How often a writer has begun to write a table."""

    def recall(self, key: Hashable) -> FetchedRows | None:
        """The rows; None where they are not remembered."""
        return self._memory.recall(key)

    def keep(self, key: Hashable, tables: frozenset[Table], rows: FetchedRows) -> None:
        """Remember rows read from these tables, unless one of them is being written."""
        if not any(self._being_written[table] for table in (None, *tables)):
            if self.count >= self._most:
                self._memory.forget(None)
            self._memory.keep(key, tables, rows)

    @property
    def count(self) -> int:
        """Of how many statements, each with its values."""
        return self._memory.count

    def is_written(self, table: Table | None) -> None:
        """Somebody writes that table, or any; when it is committed or undone, `settled` tells."""
        self.writes += 1
        self._being_written[table] += 1
        self._memory.forget(table)

    def settled(self, tables: set[Table | None]) -> None:
        """What was written to these tables is committed, or undone."""
        self._being_written.subtract(tables)


class Remembering:
    """A transaction in which nothing is read twice that was not written in between.

    That of a writer is given what is `committed`, and says there what it writes: nobody else writes
    meanwhile, so what it reads by lasting statements is remembered beyond it, and may be known already.
    """

    def __init__(self, tx: Transaction, committed: Committed | None = None) -> None:
        self._tx = tx
        self._committed = committed
        self._memory = Memory()
        self.written: set[Table | None] = set()
        self.filled: set[Table | None] = set()
        """The tables into which rows were put."""

    @property
    def dialect(self) -> Dialect:
        """Of the database."""
        return self._tx.dialect

    async def execute(self, statement: Executable, parameters: Values | None = None) -> Rows:
        """Carry a statement out, or give what it gave before."""
        if not statement.is_select:
            return await self._wrote(statement, parameters)
        tables = tables_read(statement)
        if tables is None:
            return await self._tx.execute(statement, parameters)
        key, memory = key_of(statement, parameters), self._memory_of(statement)
        rows = memory.recall(key)
        if rows is None:
            rows = await _fetched(self._tx, statement, parameters)
            memory.keep(key, tables, rows)
        return rows

    def _memory_of(self, statement: Executable) -> Memory | Committed:
        if self._committed is not None and is_lasting(statement):
            return self._committed
        return self._memory

    async def _wrote(self, statement: Any, parameters: Values | None) -> Rows:
        table: Table | None = statement.table if statement.is_dml else None
        self._memory.forget(table)
        if table is not None and statement.is_insert:
            self.filled.add(table)
        if table not in self.written:
            self.written.add(table)
            if self._committed is not None:
                self._committed.is_written(table)
        return await self._tx.execute(statement, parameters)

    @asynccontextmanager
    async def begin_nested(self) -> AsyncIterator[None]:
        """A savepoint; what was read since is forgotten with it when it is undone."""
        try:
            async with self._tx.begin_nested():
                yield
        except BaseException:
            self._memory.forget(None)
            raise


Look = Callable[[], AbstractAsyncContextManager[Reading]]


class Glances:
    """Single looks at what is committed, for what is asked far more often than it changes.

    Each is a statement of its own, and remembered until somebody writes one of its tables.
    """

    def __init__(self, look: Look, committed: Committed) -> None:
        self._look = look
        self._committed = committed

    async def execute(self, statement: Executable, parameters: Values | None = None) -> Rows:
        """What a statement gives; one not marked `compiled_once` is carried out each time."""
        key, tables = key_of(statement, parameters), tables_read(statement)
        rows = self._committed.recall(key)
        if rows is None:
            writes = self._committed.writes
            async with self._look() as looks:
                rows = await _fetched(looks, statement, parameters)
            if tables is not None and writes == self._committed.writes:
                self._committed.keep(key, tables, rows)
        return rows
