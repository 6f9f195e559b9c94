"""What was read once is not read again until one of its tables is written. No table is named here.

Only statements marked `compiled_once` are remembered, by their values; others are read each time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Callable, Hashable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

from sqlalchemy import Dialect, Executable, Table

from bot.db.statement_cache import FetchedRows, tables_read
from bot.db.transaction import Rows, Transaction, Values


def _key(statement: Executable, given: Values | None) -> Hashable:
    return statement, frozenset(given.items()) if isinstance(given, Mapping) else None


async def _fetched(tx: Transaction, statement: Executable, given: Values | None) -> FetchedRows:
    found = await tx.execute(statement, given)
    return FetchedRows(found.all(), found.rowcount)


class Memory:
    """Rows by the statements that gave them."""

    def __init__(self) -> None:
        self._kept: dict[Hashable, FetchedRows] = {}
        self._of: dict[Table, set[Hashable]] = {}

    def recall(self, key: Hashable) -> FetchedRows | None:
        """The rows; None where they are not remembered."""
        return self._kept.get(key)

    def keep(self, key: Hashable, tables: frozenset[Table], rows: FetchedRows) -> None:
        """Remember rows read from these tables."""
        self._kept[key] = rows
        for table in tables:
            self._of.setdefault(table, set()).add(key)

    def forget(self, table: Table | None) -> None:
        """That table was written; with None any may have been."""
        if table is None:
            self._kept.clear()
            self._of.clear()
            return
        for key in self._of.pop(table, ()):
            self._kept.pop(key, None)


class Remembering:
    """A transaction in which nothing is read twice that was not written in between.

    `on_write` hears of each table when it is first written, and of None where a statement tells none.
    """

    def __init__(
        self, tx: Transaction, on_write: Callable[[Table | None], None] = lambda _: None
    ) -> None:
        self._tx = tx
        self._on_write = on_write
        self._memory = Memory()
        self.written: set[Table | None] = set()

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
        key = _key(statement, parameters)
        rows = self._memory.recall(key)
        if rows is None:
            rows = await _fetched(self._tx, statement, parameters)
            self._memory.keep(key, tables, rows)
        return rows

    async def _wrote(self, statement: Any, parameters: Values | None) -> Rows:
        table: Table | None = statement.table if statement.is_dml else None
        self._memory.forget(table)
        if table not in self.written:
            self.written.add(table)
            self._on_write(table)
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


Read = Callable[[], AbstractAsyncContextManager[Transaction]]


class Glances:
    """Single looks at what is committed, for what is asked far more often than it changes.

    Each is a reading transaction of its own, and remembered until somebody writes one of its tables;
    while one is being written nothing is remembered of it.
    """

    def __init__(self, read: Read) -> None:
        self._read = read
        self._memory = Memory()
        self._being_written: Counter[Table | None] = Counter()
        self._writes = 0

    async def execute(self, statement: Executable, parameters: Values | None = None) -> Rows:
        """What a statement gives; one not marked `compiled_once` is carried out each time."""
        key, tables = _key(statement, parameters), tables_read(statement)
        rows = self._memory.recall(key)
        if rows is None:
            writes = self._writes
            async with self._read() as tx:
                rows = await _fetched(tx, statement, parameters)
            if tables is not None and writes == self._writes and not self._is_unsettled(tables):
                self._memory.keep(key, tables, rows)
        return rows

    def _is_unsettled(self, tables: frozenset[Table]) -> bool:
        return any(self._being_written[table] for table in (None, *tables))

    def is_written(self, table: Table | None) -> None:
        """Somebody writes that table, or any; when it is committed or undone, `settled` tells."""
        self._writes += 1
        self._being_written[table] += 1
        self._memory.forget(table)

    def settled(self, tables: set[Table | None]) -> None:
        """What was written to these tables is committed, or undone."""
        self._being_written.subtract(tables)
