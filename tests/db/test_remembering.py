from __future__ import annotations

import contextlib
import re
import sqlite3
import weakref
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Dialect, Executable, bindparam, func, select, text
from sqlalchemy.dialects import sqlite

from bot import subjects  # noqa: F401 - every marked statement of the house is there to be looked at
from bot.db import dues, outbox, people
from bot.db.engine import Database, Transaction
from bot.db.remembering import Committed, Glances, Memory, Remembering
from bot.db.schema import accounts as account_rows
from bot.db.schema import dues as due_rows
from bot.db.schema import metadata
from bot.db.schema import people as people_rows
from bot.db.statement_cache import FetchedRows, compiled_once, marked, tables_read
from bot.db.transaction import Rows, Values
from bot.values.moments import INSTANT

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
OF_KIND = compiled_once(
    select(func.count()).select_from(due_rows).where(due_rows.c.kind == bindparam("kind"))
)
LASTING = compiled_once(
    select(func.count()).select_from(due_rows).where(due_rows.c.kind == bindparam("kind")),
    lasting=True,
)


class Counting:
    """A transaction that counts what it is asked."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx
        self.asked = 0

    @property
    def dialect(self) -> Dialect:
        return self._tx.dialect

    async def execute(self, statement: Executable, parameters: Values | None = None) -> Rows:
        self.asked += 1
        return await self._tx.execute(statement, parameters)

    def begin_nested(self) -> AbstractAsyncContextManager[Any]:
        return self._tx.begin_nested()


async def closes(tx: Transaction, kind: str = "close", *, of: Executable = OF_KIND) -> int:
    return int((await tx.execute(of, {"kind": kind})).scalar_one())


async def put(tx: Transaction, key: str) -> None:
    await dues.put(tx, key, key.partition(":")[0], NOON)


# --- within a transaction --------------------------------------------------------------------


async def test_what_was_read_is_read_anew_only_once_its_table_was_written(db: Database) -> None:
    async with db.write() as own:
        counting = Counting(own)
        tx = Remembering(counting)
        assert [await closes(tx), await closes(tx)] == [0, 0]
        assert counting.asked == 1
        await put(tx, "close:1")
        assert [await closes(tx), await closes(tx)] == [1, 1]
        assert counting.asked == 3
        assert await outbox.next_moment(tx, NOON) is None
        await put(tx, "close:2")
        assert await outbox.next_moment(tx, NOON) is None
        assert counting.asked == 5


async def test_other_values_are_another_question(db: Database) -> None:
    async with db.write() as own:
        tx = Remembering(own)
        await put(tx, "close:1")
        assert [await closes(tx), await closes(tx, "remind"), await closes(tx)] == [1, 0, 1]


async def test_values_of_several_rows_are_another_question_too(db: Database) -> None:
    async with db.write() as tx:
        await put(tx, "close:1")
        both = await tx.execute(OF_KIND, [{"kind": "close"}, {"kind": "remind"}])
        assert list(both.scalars()) == [1, 0]
        one = await tx.execute(OF_KIND, [{"kind": "remind"}])
        assert list(one.scalars()) == [0]


async def test_what_names_no_table_may_have_written_any(db: Database) -> None:
    async with db.write() as own:
        tx = Remembering(own)
        await put(tx, "close:1")
        assert await closes(tx) == 1
        await tx.execute(text("DELETE FROM dues"))
        assert await closes(tx) == 0


async def test_what_was_read_within_a_savepoint_is_undone_with_it(db: Database) -> None:
    async with db.write() as own:
        tx = Remembering(own)
        assert await closes(tx) == 0
        with contextlib.suppress(ZeroDivisionError):
            async with tx.begin_nested():
                await put(tx, "close:1")
                assert await closes(tx) == 1
                raise ZeroDivisionError
        assert await closes(tx) == 0


# --- from one transaction to the next ----------------------------------------------------------


async def test_what_lasts_is_read_once_by_all_writers_until_it_is_written(db: Database) -> None:
    committed, asked = Committed(), 0

    async def look(*, puts: str = "") -> int:
        nonlocal asked
        async with db.write() as own:
            counting = Counting(own)
            tx = Remembering(counting, committed)
            found = await closes(tx, of=LASTING)
            asked += counting.asked
            if puts:
                await put(tx, puts)
                assert await closes(tx, of=LASTING) == found + 1
        committed.settled(tx.written)
        return found

    assert [await look(), await look()] == [0, 0]
    assert asked == 1
    assert [await look(puts="close:1"), await look(), await look()] == [0, 1, 1]
    assert asked == 2


async def test_what_is_undone_is_not_remembered_beyond_it(db: Database) -> None:
    committed = Committed()
    async with db.write() as own:
        tx = Remembering(own, committed)
        with contextlib.suppress(ZeroDivisionError):
            async with tx.begin_nested():
                await put(tx, "close:1")
                assert await closes(tx, of=LASTING) == 1
                raise ZeroDivisionError
        assert await closes(tx, of=LASTING) == 0
    committed.settled(tx.written)
    async with db.write() as own:
        assert await closes(Remembering(own, committed), of=LASTING) == 0


# --- glances ---------------------------------------------------------------------------------


class Looks:
    """Glances at a database, and how many of them it was really asked for."""

    def __init__(self, db: Database, most: int = 100) -> None:
        self._db = db
        self.taken = 0
        self.committed = Committed(most)
        self.glances = Glances(self._read, self.committed)

    @asynccontextmanager
    async def _read(self) -> AsyncIterator[Transaction]:
        self.taken += 1
        async with self._db.read() as tx:
            yield tx


async def test_a_glance_is_taken_once_until_its_table_is_written(db: Database) -> None:
    looks = Looks(db)
    assert await dues.next_moment(looks.glances) is None
    assert await dues.next_moment(looks.glances) is None
    assert looks.taken == 1
    looks.committed.is_written(due_rows)
    looks.committed.settled({due_rows})
    assert await dues.next_moment(looks.glances) is None
    assert looks.taken == 2


async def test_strangers_cannot_make_it_remember_without_end(db: Database) -> None:
    looks = Looks(db, most=3)
    for account, remembered in enumerate([1, 2, 3, 1]):
        assert await people.of_account(looks.glances, account) == []
        assert looks.committed.count == remembered
    assert await people.of_account(looks.glances, 3) == []
    assert looks.taken == 4


class Asked:
    """Rows by which something is known, as a stranger's number is."""


def test_what_is_forgotten_is_forgotten_under_every_table_it_was_read_from() -> None:
    asked, memory = Asked(), Memory()
    still_there = weakref.ref(asked)
    memory.keep(asked, frozenset({people_rows, account_rows}), FetchedRows([], 0))
    memory.forget(account_rows)
    del asked
    assert still_there() is None


async def next_moment(db: Database) -> datetime | None:
    async with db.glance() as looks:
        return await dues.next_moment(looks)


async def test_a_glance_shows_what_is_committed_and_nothing_before(db: Database) -> None:
    assert await next_moment(db) is None
    async with db.write() as tx:
        await put(tx, "close:1")
        assert await next_moment(db) is None
    assert await next_moment(db) == NOON + INSTANT
    async with db.write() as tx:
        await tx.execute(text("DELETE FROM dues"))
        assert await next_moment(db) == NOON + INSTANT
    assert await next_moment(db) is None


async def test_what_is_undone_leaves_a_glance_as_it_was(db: Database) -> None:
    with contextlib.suppress(ZeroDivisionError):
        async with db.write() as tx:
            await put(tx, "close:1")
            raise ZeroDivisionError
    assert await next_moment(db) is None
    async with db.write() as tx:
        await put(tx, "close:1")
    assert await next_moment(db) == NOON + INSTANT


# --- which tables a statement reads ----------------------------------------------------------


def test_every_table_that_a_marked_statement_looks_into_is_known() -> None:
    looked_into = {str(each): tables_read(each) for each in marked() if each.is_select}
    assert len(looked_into) > 20
    for words, tables in looked_into.items():
        named = {name for name in metadata.tables if re.search(rf"(FROM|JOIN|,) {name}\b", words)}
        assert {table.name for table in tables or ()} == named, words


async def test_what_the_clock_asks_for_is_found_without_a_look_at_all_that_is_open(
    tmp_path: Path,
) -> None:
    path = tmp_path / "of_a_file.db"
    await (await Database.open(path, create=True)).close()
    asked: list[Any] = [
        each for each in marked() if each.is_select and "dues.done_at IS" in str(each)
    ]
    assert len(asked) >= 3
    with closing(sqlite3.connect(path)) as file:
        for each in asked:
            compiled: Any = each.compile(dialect=sqlite.dialect())
            nothing = [None] * len(compiled.positiontup)
            plan = file.execute(f"EXPLAIN QUERY PLAN {compiled}", nothing).fetchall()
            told = "; ".join(step[3] for step in plan)
            assert not re.search(r"SCAN dues|ix_dues_at \(done_at=\?\)", told), told
