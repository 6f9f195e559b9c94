"""Statements carried out again and again: compiled once, then given to SQLite as they are. No table lives here.

What SQLAlchemy does around each execution costs several times what SQLite does within it. A statement
marked `compiled_once` skips that on a file; on a server it is executed like any other.
"""

from __future__ import annotations

import sqlite3
from collections import namedtuple
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import BindParameter, ColumnClause, Executable, Table
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import DBAPIError, MultipleResultsFound, NoResultFound
from sqlalchemy.sql import visitors
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import TypeEngine

from bot.db.transaction import Values

Statement = TypeVar("Statement", bound=Executable)
Made = TypeVar("Made")
_Named = Mapping[str, Any]
_Convert = Callable[[Any], Any] | None

_dialect = sqlite.dialect()
_plans: dict[Executable, dict[frozenset[str], _Plan]] = {}
_tables: dict[Executable, frozenset[Table]] = {}
_lasting: set[Executable] = set()


def compiled_once(statement: Statement, *, lasting: bool = False) -> Statement:
    """The statement itself; its first execution on a file compiles it, and the others need not.

    It takes its values by name, and may hold no list of unknown length (ValueError at its first use).
    A `lasting` one reads tables that are hardly ever written: see `remembering`.
    """
    _plans[statement] = {}
    if lasting:
        _lasting.add(statement)
    return statement


def is_compiled_once(statement: Executable) -> bool:
    """Whether it was marked at all."""
    return statement in _plans


def is_lasting(statement: Executable) -> bool:
    """Whether it was marked so."""
    return statement in _lasting


def marked() -> Iterable[Executable]:
    """Every statement that is compiled once."""
    return _plans.keys()


def tables_read(statement: Executable) -> frozenset[Table] | None:
    """Every table that a marked SELECT looks into, also in its subqueries; None when it is not marked."""
    if statement not in _plans:
        return None
    found = _tables.get(statement)
    if found is None:
        found = _tables[statement] = frozenset(_named_in(statement))
    return found


def _named_in(statement: Any) -> Iterator[Table]:
    for part in visitors.iterate(statement):
        if isinstance(part, BindParameter) and part.expanding:
            raise ValueError(f"this cannot be compiled once: {statement}")
        if isinstance(part, Table):
            yield part
        elif isinstance(part, ColumnClause) and part.table is not None:
            yield from _named_in(part.table)


class FetchedRows:
    """What a statement gave, read to the end: an open cursor would meet what is written meanwhile."""

    __slots__ = ("_made", "_rows", "rowcount")

    def __init__(self, rows: Sequence[Any], rowcount: int) -> None:
        self._rows = rows
        self._made: dict[Any, Any] = {}
        self.rowcount = rowcount

    def __iter__(self) -> Iterator[Any]:
        return iter(self._rows)

    def all(self) -> Sequence[Any]:
        """Every row."""
        return self._rows

    def once(self, make: Callable[..., Made], *of: Hashable) -> Made:
        """What is made of every row and of these values; where the rows are remembered, so is it."""
        if (make, of) not in self._made:
            self._made[make, of] = make(self._rows, *of)
        made: Made = self._made[make, of]
        return made

    def first(self) -> Any:
        """The first row, or None."""
        return self._rows[0] if self._rows else None

    def one(self) -> Any:
        """The only row; refuses none and several."""
        if not self._rows:
            raise NoResultFound("no row where there must be one")
        if len(self._rows) > 1:
            raise MultipleResultsFound("several rows where there must be one")
        return self._rows[0]

    def scalars(self) -> list[Any]:
        """The first value of every row."""
        return [row[0] for row in self._rows]

    def scalar(self) -> Any:
        """The first value of the first row, or None."""
        return self._rows[0][0] if self._rows else None

    def scalar_one(self) -> Any:
        """The first value of the only row; refuses none and several."""
        return self.one()[0]


def execute(
    file: sqlite3.Connection, statement: Executable, given: Values | None
) -> FetchedRows | None:
    """Carry a statement out within the transaction that is open on a file; None when it is not marked.

    Errors come as SQLAlchemy's, so that nobody above tells the two ways apart.
    """
    plans = _plans.get(statement)
    if plans is None:
        return None
    plan = _plan(statement, plans, given)
    try:
        if isinstance(given, Sequence) and plan.gives_rows:
            return _one_by_one(file, plan, given)
        if isinstance(given, Sequence):
            cursor = file.executemany(plan.sql, plan.bound_each(given))
            return FetchedRows([], cursor.rowcount)
        cursor = file.execute(plan.sql, plan.bound(given or {}))
        return FetchedRows([plan.read(row) for row in cursor.fetchall()], cursor.rowcount)
    except sqlite3.Error as error:
        raise DBAPIError.instance(
            plan.sql, None, error, sqlite3.Error, hide_parameters=True, dialect=_dialect
        ) from error


def _one_by_one(file: sqlite3.Connection, plan: _Plan, given: Sequence[_Named]) -> FetchedRows:
    """What `executemany` does, which gives no rows."""
    done = [file.execute(plan.sql, plan.bound(each)).fetchall() for each in given]
    rows = [plan.read(row) for found in done for row in found]
    return FetchedRows(rows, len(rows))


@dataclass(frozen=True, slots=True)
class _Plan:
    sql: str
    values: tuple[tuple[str | None, Any], ...]
    """In their places: a name with its conversion, or no name and the value itself."""
    row: Callable[[Any], Any]
    gives_rows: bool
    converts: tuple[tuple[int, Callable[[Any], Any]], ...]

    def bound(self, given: _Named) -> list[Any]:
        """The values in their places, as SQLite takes them."""
        return [
            fixed if name is None else fixed(given[name]) if fixed else given[name]
            for name, fixed in self.values
        ]

    def bound_each(self, given: Sequence[_Named]) -> list[tuple[Any, ...]]:
        """The same of many rows; what several of them hold, such as one card for all, is converted once."""
        return list(zip(*(_column(name, fixed, given) for name, fixed in self.values), strict=True))

    def read(self, found: Sequence[Any]) -> Any:
        """A row as the columns mean it."""
        if self.converts:
            found = list(found)
            for place, convert in self.converts:
                found[place] = convert(found[place])
        return self.row(found)


def _column(name: str | None, fixed: Any, given: Sequence[_Named]) -> list[Any]:
    """One value of every row, as SQLite takes it."""
    if name is None:
        return [fixed] * len(given)
    values = [row[name] for row in given]  # all of them stay, and with them what they are known by
    if fixed is None:
        return values
    once: dict[int, Any] = {}
    for value in values:
        if id(value) not in once:
            once[id(value)] = fixed(value)
    return [once[id(value)] for value in values]


def _plan(statement: Executable, plans: dict[frozenset[str], _Plan], given: Any) -> _Plan:
    """An insert is worded by the columns it is given; others by themselves alone."""
    first: _Named = given[0] if isinstance(given, Sequence) else given or {}
    names = frozenset(first)
    plan = plans.get(names)
    if plan is None:
        plan = plans[names] = _planned(statement, names)
    return plan


def _planned(statement: Any, names: frozenset[str]) -> _Plan:
    keys = sorted(names) if statement.is_insert and statement.select is None else None
    compiled: SQLCompiler = statement.compile(dialect=_dialect, column_keys=keys)
    if compiled.post_compile_params or compiled.insert_prefetch or compiled.update_prefetch:
        raise ValueError(f"this cannot be compiled once: {compiled}")
    columns = list(statement.exported_columns)
    reads = [_reads(column.type) for column in columns]
    named = " ".join(column.key or f"column{n}" for n, column in enumerate(columns))
    row: Any = namedtuple("Row", named)  # type: ignore[misc]
    return _Plan(
        sql=str(compiled),
        values=tuple(_value(compiled.binds[name]) for name in compiled.positiontup or ()),
        row=row._make,
        gives_rows=bool(columns),
        converts=tuple((place, read) for place, read in enumerate(reads) if read),
    )


def _value(bind: BindParameter[Any]) -> tuple[str | None, Any]:
    convert = bind.type.dialect_impl(_dialect).bind_processor(_dialect)
    if bind.required:
        return bind.key, convert
    return None, convert(bind.value) if convert else bind.value


def _reads(kind: TypeEngine[Any]) -> _Convert:
    return kind.dialect_impl(_dialect).result_processor(_dialect, None)
