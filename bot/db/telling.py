"""A transaction that notes which rows are written in it, for the line of the register that tells them.

Every statement gives back the rows it has written, as they then stand; so the database itself says what a
fact is, and no store has to say it a second time.
"""

from __future__ import annotations

import json
from contextlib import AbstractAsyncContextManager
from typing import Any

from sqlalchemy import ColumnElement, Dialect, Executable, Table, select, true

from bot.db.schema import proven
from bot.db.statement_cache import FetchedRows, compiled_once, is_compiled_once
from bot.db.transaction import Rows, Transaction, Values

VERSION = 1
"""Of the form in which a line tells rows."""
TOLD = "facts"
"""Under what a line's details tell them."""

_giving_back: dict[Any, Any] = {}


class Telling:
    """Writes as the transaction within it does, and can tell afterwards what became of each row."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx
        self._rows: dict[tuple[str, str], dict[str, Any] | None] = {}

    @property
    def dialect(self) -> Dialect:
        """Of the database."""
        return self._tx.dialect

    def begin_nested(self) -> AbstractAsyncContextManager[Any]:
        """A savepoint. What it undoes must not be told: a fact is written whole or not at all."""
        return self._tx.begin_nested()

    async def execute(self, statement: Executable, parameters: Values | None = None) -> Rows:
        """Carry a statement out; what it writes of a proven table is noted."""
        written: Any = statement
        if not written.is_dml or written.table.name in proven.UNPROVEN_TABLES:
            return await self._tx.execute(statement, parameters)
        rows = (await self._tx.execute(_telling(written), parameters)).all()
        for row in rows:
            self._note(written.table, proven.read(written.table, row), gone=written.is_delete)
        return FetchedRows(rows, len(rows))

    def _note(self, table: Table, row: dict[str, Any], *, gone: bool) -> None:
        self._rows[table.name, proven.key_of(table, row)] = None if gone else row

    @property
    def told(self) -> dict[str, Any] | None:
        """The rows as a line tells them: those that stand, and by what those are known that are gone."""
        put: dict[str, list[Any]] = {}
        gone: dict[str, list[Any]] = {}
        for (table, key), row in self._rows.items():
            (gone if row is None else put).setdefault(table, []).append(row or json.loads(key))
        parts = {name: rows for name, rows in (("put", put), ("gone", gone)) if rows}
        return {"v": VERSION, **parts} if parts else None

    async def tell(self, table: Table, which: ColumnElement[bool]) -> None:
        """Note rows that were written before, as they stand now."""
        for row in (await self._tx.execute(select(*proven.raw(table)).where(which))).all():
            self._note(table, proven.read(table, row), gone=False)


async def tell(tx: Transaction, table: Table, which: ColumnElement[bool] | None = None) -> None:
    """Let the line of this fact also tell rows that were written before it without one; all, or some."""
    if not isinstance(tx, Telling):
        raise TypeError("a fact is written by the unit of work")
    await tx.tell(table, true() if which is None else which)


def _telling(statement: Any) -> Any:
    """The statement that also gives back what it has written, after whatever it gives by itself."""
    if statement in _giving_back:
        return _giving_back[statement]
    telling = statement.returning(*proven.raw(statement.table))
    for remembered in ("exported_columns", "_all_selected_columns"):
        telling.__dict__.pop(
            remembered, None
        )  # SQLAlchemy copies what it knew of the statement before
    if is_compiled_once(statement):
        telling = _giving_back[statement] = compiled_once(telling)
    return telling
