"""The tables derived anew from the registers, and compared with those that stand. Nothing is changed here.

What the lines tell is played into a temporary file, row by row in their order. Each row that stands is then
compared with what was told of it, column by column; what is left over was told, and does not stand.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BindParameter, Executable, Table, bindparam, select, tuple_, type_coerce
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlalchemy.types import NullType

from bot.db.chain import Stored
from bot.db.engine import store_refuses
from bot.db.schema import metadata, proven
from bot.db.telling import TOLD
from bot.db.transaction import Transaction

Seen = Callable[[str, int, int], None]
"""Told now and then how far it is: of what ("lines", "tables"), how many are behind it, how many there are."""
AT_ONCE = 1_000
"""So many rows are held in memory."""
UNREADABLE = (
    ArithmeticError,
    AttributeError,
    LookupError,
    SQLAlchemyError,
    TypeError,
    ValueError,
)
"""What reading a row as a value raises where it holds what none of ours can hold."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A row that is not as the register tells it.

    `kind` is "changed" (in those columns), "untold" (it stands, and no line tells of it), "gone" (a line tells
    of it, and it does not stand) or "unreadable". `line` is the last that tells of it, of `committee`.
    """

    kind: str
    table: str
    key: tuple[Any, ...]
    columns: tuple[str, ...] = ()
    committee: int | None = None
    line: int | None = None


@contextmanager
def replay() -> Iterator[Replay]:
    """One with its own file, which goes with the block."""
    with closing(sqlite3.connect("", isolation_level=None)) as file:
        file.execute("PRAGMA journal_mode=OFF")
        yield Replay(file)


class Replay:
    """What the lines played so far tell of every proven row."""

    def __init__(self, file: sqlite3.Connection) -> None:
        self._file = file
        file.execute(
            'CREATE TABLE told ("table", "key", row, committee, line, stands DEFAULT 0,'
            ' PRIMARY KEY ("table", "key")) WITHOUT ROWID'
        )

    def play(self, committee: int, line: Stored) -> bool:
        """Take in what a line tells; False when it tells no row."""
        facts = line.detail.get(TOLD)
        if not isinstance(facts, dict):
            return False
        for table, rows in _parts(facts, "put"):
            self._file.executemany(
                'INSERT OR REPLACE INTO told ("table", "key", row, committee, line)'
                " VALUES (?, ?, ?, ?, ?)",
                [
                    (table.name, proven.key_of(table, row), json.dumps(row), committee, line.number)
                    for row in rows
                    if isinstance(row, dict)
                ],
            )
        for table, keys in _parts(facts, "gone"):
            self._file.executemany(
                'DELETE FROM told WHERE "table" = ? AND "key" = ?',
                [(table.name, json.dumps(key)) for key in keys],
            )
        return True

    def find(self, table: str, *key: object) -> Mapping[str, Any]:
        """What is told of a row; empty where nothing is."""
        told = self._told(table, json.dumps(key))
        return told[0] if told else {}

    def _told(self, table: str, key: str) -> tuple[dict[str, Any], int, int] | None:
        query = 'SELECT row, committee, line FROM told WHERE "table" = ? AND "key" = ?'
        found = self._file.execute(query, (table, key)).fetchone()
        return (json.loads(found[0]), found[1], found[2]) if found else None

    async def compare(
        self, tx: Transaction, seen: Seen = lambda _kind, _done, _total: None
    ) -> AsyncIterator[Difference]:
        """Every difference between what is told and what stands, table after table."""
        self._file.execute("UPDATE told SET stands = 0 WHERE stands")
        tables = proven.proven()
        for number, table in enumerate(tables):
            seen("tables", number, len(tables))
            async for row in _standing(tx, table):
                difference = (
                    self._unread(row) if isinstance(row, Difference) else self.compared(table, row)
                )
                if difference is not None:
                    yield difference
        for difference in self.left():
            yield difference

    def left(self) -> Iterator[Difference]:
        """What is told and was not found standing."""
        query = 'SELECT "table", "key", committee, line FROM told WHERE NOT stands'
        for name, key, committee, line in self._file.execute(query):
            yield Difference("gone", name, tuple(json.loads(key)), (), committee, line)

    def _unread(self, row: Difference) -> Difference:
        """That it cannot be read says enough: it stands, whatever was told of it."""
        self._stands(row.table, json.dumps(row.key))
        return row

    def _stands(self, table: str, key: str) -> None:
        stands = 'UPDATE told SET stands = 1 WHERE "table" = ? AND "key" = ?'
        self._file.execute(stands, (table, key))

    def told_keys(self) -> Iterator[tuple[str, tuple[Any, ...]]]:
        """The table and the key of every row that is told, table after table."""
        query = 'SELECT "table", "key" FROM told ORDER BY "table", "key"'
        for name, key in self._file.execute(query):
            yield name, tuple(json.loads(key))

    def compared(self, table: Table, row: dict[str, Any]) -> Difference | None:
        """In what a row, as a line would tell it, is not as it is told; None where nothing differs."""
        key = proven.key_of(table, row)
        told = self._told(table.name, key)
        if told is None:
            if proven.may_stand_untold(table, row, self.find):
                return None
            return Difference("untold", table.name, tuple(json.loads(key)))
        self._stands(table.name, key)
        was, committee, line = told
        differing = tuple(
            each.name
            for each in proven.columns(table)
            if (each.name in was) != (each.name in row) or was.get(each.name) != row.get(each.name)
        )
        if not differing:
            return None
        return Difference("changed", table.name, tuple(json.loads(key)), differing, committee, line)


def _parts(facts: Mapping[str, Any], part: str) -> Iterator[tuple[Table, list[Any]]]:
    """The rows told of each table that we know; of others nobody can say anything."""
    of = facts.get(part, {})
    for name, rows in of.items() if isinstance(of, dict) else ():
        if name in metadata.tables and isinstance(rows, list):
            yield metadata.tables[name], rows


async def whole_row(tx: Transaction, table: Table, key: Sequence[Any]) -> dict[str, Any] | None:
    """The row of that key with all that it holds, as the database gives it; None where none stands."""
    of = [type_coerce(table.c[name], NullType()) for name in proven.key(table)]
    wanted = select(*proven.raw(table)).where(tuple_(*of) == tuple_(*_bound(key)))
    row = (await tx.execute(wanted)).first()
    names = [each.name for each in proven.columns(table)]
    return dict(zip(names, row, strict=True)) if row else None


async def _standing(tx: Transaction, table: Table) -> AsyncIterator[dict[str, Any] | Difference]:
    """Every row that stands, in the order of its key, as a line would tell it."""
    order = [type_coerce(table.c[name], NullType()) for name in proven.key(table)]
    last: tuple[Any, ...] | None = None
    while True:
        page = select(*order, *proven.raw(table)).order_by(*order).limit(AT_ONCE)
        if last is not None:
            page = page.where(tuple_(*order) > tuple_(*_bound(last)))
        rows = await _readable(tx, page)
        if rows is None:
            async for each in _one_by_one(tx, table, last):
                yield each
            return
        for row in rows:
            yield proven.read(table, row)
        if len(rows) < AT_ONCE:
            return
        last = tuple(rows[-1][: len(order)])


async def _one_by_one(
    tx: Transaction, table: Table, last: tuple[Any, ...] | None
) -> AsyncIterator[dict[str, Any] | Difference]:
    """The rows of a page that cannot be read at once, and all after it; those that cannot be read are named."""
    order = [type_coerce(table.c[name], NullType()) for name in proven.key(table)]
    keys = select(*order).order_by(*order)
    if last is not None:
        keys = keys.where(tuple_(*order) > tuple_(*_bound(last)))
    rows = await _readable(tx, keys)
    if rows is None:
        yield Difference("unreadable", table.name, ())
        return
    for key in rows:
        whole = select(*proven.raw(table)).where(tuple_(*order) == tuple_(*_bound(key)))
        found = await _readable(tx, whole)
        if found is None:
            yield Difference("unreadable", table.name, tuple(key))
        else:
            yield proven.read(table, found[0])


def _bound(key: Iterable[Any]) -> list[BindParameter[Any]]:
    return [bindparam(None, each, NullType()) for each in key]


async def _readable(tx: Transaction, query: Executable) -> Sequence[Any] | None:
    """The rows; None where one of them holds what no text can be made of."""
    try:
        return (await tx.execute(query)).all()
    except OperationalError as error:
        if store_refuses(error):
            raise
        return None
