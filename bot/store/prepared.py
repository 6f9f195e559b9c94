"""Statements carried out again and again: put into words once, then given to SQLite as they are.

What SQLAlchemy does around each execution costs ten times what SQLite does within it. A statement marked
`prepared` skips that on a near connection; elsewhere it is executed like any other. No table lives here.
"""

from __future__ import annotations

import sqlite3
from collections import namedtuple
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import BindParameter, Executable
from sqlalchemy.dialects.sqlite.aiosqlite import SQLiteDialect_aiosqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import TypeEngine

from bot.store.near import NearConnection

Statement = TypeVar("Statement", bound=Executable)
Values = Mapping[str, Any]
_Convert = Callable[[Any], Any] | None

_dialect = SQLiteDialect_aiosqlite()
_plans: dict[Executable, dict[frozenset[str], _Plan]] = {}


def prepared(statement: Statement) -> Statement:
    """The statement itself, from now on carried out directly where that is possible.

    It takes its values by name; what it may not contain is a list of unknown length.
    """
    _plans[statement] = {}
    return statement


class Rows:
    """What a prepared statement gave: as much of SQLAlchemy's result as the store asks for."""

    __slots__ = ("_rows", "rowcount")

    def __init__(self, rows: list[Any], rowcount: int) -> None:
        self._rows = rows
        self.rowcount = rowcount

    def __iter__(self) -> Iterator[Any]:
        return iter(self._rows)

    def all(self) -> list[Any]:
        """Every row."""
        return self._rows

    def first(self) -> Any:
        """The first row, or None."""
        return self._rows[0] if self._rows else None

    def scalar(self) -> Any:
        """The first value of the first row, or None."""
        return self._rows[0][0] if self._rows else None

    def scalars(self) -> list[Any]:
        """The first value of every row."""
        return [row[0] for row in self._rows]


class NearTransaction(AsyncConnection):
    """A connection that gives prepared statements to SQLite itself, within the same transaction."""

    async def execute(self, statement: Any, parameters: Any = None, **more: Any) -> Any:
        """As every connection does; a prepared statement gives `Rows`."""
        plans = _plans.get(statement)
        if plans is not None and not more:
            near = self._near()
            if near is not None:
                return _carry_out(near, _plan(statement, plans, parameters), parameters)
        return await super().execute(statement, parameters, **more)

    def _near(self) -> sqlite3.Connection | None:
        sync = self.sync_connection
        if sync is None or not sync.in_transaction():
            return None
        driver = sync.connection.driver_connection
        return driver.at_hand if isinstance(driver, NearConnection) else None


class NearEngine(AsyncEngine):
    """An engine whose connections are near."""

    _connection_cls = NearTransaction


@dataclass(frozen=True, slots=True)
class _Plan:
    sql: str
    values: tuple[tuple[str | None, Any], ...]
    """In their places: a name with its conversion, or no name and the value itself."""
    row: Callable[[Any], Any]
    converts: tuple[tuple[int, Callable[[Any], Any]], ...]

    def bound(self, given: Values) -> list[Any]:
        """The values in their places, as SQLite takes them."""
        return [
            fixed if name is None else fixed(given[name]) if fixed else given[name]
            for name, fixed in self.values
        ]

    def read(self, found: Sequence[Any]) -> Any:
        """A row as the columns mean it."""
        if self.converts:
            found = list(found)
            for place, convert in self.converts:
                found[place] = convert(found[place])
        return self.row(found)


def _plan(statement: Executable, plans: dict[frozenset[str], _Plan], given: Any) -> _Plan:
    """An insert is worded by the columns it is given; others by themselves alone."""
    first: Values = given[0] if isinstance(given, Sequence) else given or {}
    names = frozenset(first)
    plan = plans.get(names)
    if plan is None:
        plan = plans[names] = _planned(statement, names)
    return plan


def _planned(statement: Any, names: frozenset[str]) -> _Plan:
    keys = sorted(names) if statement.is_insert else None
    compiled: SQLCompiler = statement.compile(dialect=_dialect, column_keys=keys)
    if compiled.post_compile_params or compiled.insert_prefetch or compiled.update_prefetch:
        raise ValueError(f"this cannot be prepared: {compiled}")
    columns = list(statement.exported_columns)
    reads = [_reads(column.type) for column in columns]
    named = " ".join(column.key or f"column{n}" for n, column in enumerate(columns))
    row: Any = namedtuple("Row", named)  # type: ignore[misc]
    return _Plan(
        sql=str(compiled),
        values=tuple(_value(compiled.binds[name]) for name in compiled.positiontup or ()),
        row=row._make,
        converts=tuple((place, read) for place, read in enumerate(reads) if read),
    )


def _value(bind: BindParameter[Any]) -> tuple[str | None, Any]:
    convert = bind.type.dialect_impl(_dialect).bind_processor(_dialect)
    if bind.required:
        return bind.key, convert
    return None, convert(bind.value) if convert else bind.value


def _reads(kind: TypeEngine[Any]) -> _Convert:
    return kind.dialect_impl(_dialect).result_processor(_dialect, None)


def _carry_out(near: sqlite3.Connection, plan: _Plan, given: Any) -> Rows:
    try:
        if isinstance(given, Sequence):
            cursor = near.executemany(plan.sql, [plan.bound(each) for each in given])
            return Rows([], cursor.rowcount)
        cursor = near.execute(plan.sql, plan.bound(given or {}))
        return Rows([plan.read(row) for row in cursor.fetchall()], cursor.rowcount)
    except sqlite3.Error as error:
        raise DBAPIError.instance(
            plan.sql, None, error, sqlite3.Error, hide_parameters=True, dialect=_dialect
        ) from error
