from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import bindparam, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from bot.db import statement_cache
from bot.db.engine import Database
from bot.db.faults import StoreFault
from bot.db.schema import accounts, outbox, receipts
from bot.db.statement_cache import compiled_once
from bot.db.transaction import Transaction
from bot.db.upsert import insert_for

NOON = datetime(2026, 3, 2, 12, tzinfo=timezone(timedelta(hours=7)))
ROW: dict[str, Any] = {
    "key": "k",
    "chat_id": 1,
    "kind": "notice",
    "text": "Kính gửi",
    "rows": [[{"label": "Đã nhận", "data": "1:ack:1"}]],
    "files": [],
    "priority": 1,
    "legal": True,
    "about": "",
    "created_at": NOON,
    "not_before": NOON,
    "state": "pending",
    "attempts": 0,
    "unknown": 0,
}
ADD = compiled_once(insert(outbox))
BY_KEY = select(outbox).where(outbox.c.key == bindparam("of"))
COMPILED_BY_KEY = compiled_once(select(outbox).where(outbox.c.key == bindparam("of")))
LAST = compiled_once(select(func.max(outbox.c.not_before)))
TAKE = compiled_once(
    update(outbox)
    .where(outbox.c.key == bindparam("of"))
    .values(state="sending", attempts=outbox.c.attempts + 1)
    .returning(outbox.c.state, outbox.c.attempts, outbox.c.legal)
)
ONCE = compiled_once(insert_for("sqlite", accounts).on_conflict_do_nothing())


@pytest.fixture
async def db(tmp_path: Path) -> AsyncIterator[Database]:
    database = await Database.open(tmp_path / "dongthuan.db", create=True)
    yield database
    await database.close()


async def test_a_compiled_statement_reads_and_writes_what_any_other_does(db: Database) -> None:
    async with db.write() as tx:
        await tx.execute(ADD, ROW)
        await tx.execute(insert(outbox), ROW | {"key": "m", "live": "form:1:2"})
        await tx.execute(ADD, ROW | {"key": "n", "live": "form:1:2"})
    async with db.read() as tx:
        for key in ("k", "m", "n"):
            plain: Any = (await tx.execute(BY_KEY, {"of": key})).one()
            ours: Any = (await tx.execute(COMPILED_BY_KEY, {"of": key})).first()
            assert ours._asdict() == plain._asdict()
            assert (ours.created_at, ours.legal) == (NOON, True)
            assert ours.created_at.tzinfo is UTC
        assert (await tx.execute(LAST)).scalar() == NOON
        assert (await tx.execute(COMPILED_BY_KEY, {"of": "x"})).first() is None


async def test_what_is_changed_can_be_given_back(db: Database) -> None:
    async with db.write() as tx:
        await tx.execute(ADD, [ROW, ROW | {"key": "m"}])
        (taken,) = await tx.execute(TAKE, {"of": "m"})
        assert tuple(taken) == ("sending", 1, True)
        assert (await tx.execute(TAKE, {"of": "x"})).all() == []


async def test_rows_of_one_statement_keep_what_is_their_own(db: Database) -> None:
    same = [[{"label": "Kết quả"}]]
    told = [
        ROW | {"key": f"{n}", "rows": same if n % 2 else [[{"label": f"Số {n}"}]], "attempts": n}
        for n in range(40)
    ]
    async with db.write() as tx:
        await tx.execute(ADD, told)
    async with db.read() as tx:
        for n in range(40):
            row: Any = (await tx.execute(BY_KEY, {"of": f"{n}"})).one()
            assert (row.rows, row.attempts) == (told[n]["rows"], n)


class MadeWhenAsked(Mapping[str, Any]):
    """A row that makes its values anew each time: nobody else holds them."""

    def __init__(self, number: int) -> None:
        self._number = number

    def __getitem__(self, name: str) -> Any:
        mine = {"key": f"{self._number}", "rows": [[self._number]], "attempts": self._number}
        return (ROW | mine)[name]

    def __iter__(self) -> Iterator[str]:
        return iter(ROW)

    def __len__(self) -> int:
        return len(ROW)


async def test_rows_that_nobody_holds_keep_what_is_their_own(db: Database) -> None:
    async with db.write() as tx:
        await tx.execute(ADD, [MadeWhenAsked(n) for n in range(5)])
        found = await tx.execute(select(outbox.c.rows).order_by(outbox.c.attempts))
        assert list(found.scalars()) == [[[0]], [[1]], [[2]], [[3]], [[4]]]


async def test_what_is_made_of_remembered_rows_is_made_once_for_each_wish(db: Database) -> None:
    made: list[tuple[int, str]] = []

    def numbered(rows: Sequence[Any], word: str) -> str:
        made.append((len(rows), word))
        return f"{word} {len(rows)}"

    async def told(tx: Transaction, word: str) -> str:
        return (await tx.execute(COMPILED_BY_KEY, {"of": "k"})).once(numbered, word)

    async with db.write() as tx:
        assert [await told(tx, "a"), await told(tx, "a"), await told(tx, "b")] == [
            "a 0",
            "a 0",
            "b 0",
        ]
        await tx.execute(ADD, ROW)
        assert [await told(tx, "a"), await told(tx, "a")] == ["a 1", "a 1"]
    assert made == [(0, "a"), (0, "b"), (1, "a")]


async def test_it_tells_whether_anything_was_written(db: Database) -> None:
    account = {"id": 5, "joined_at": NOON}
    async with db.write() as tx:
        assert (await tx.execute(ONCE, account)).rowcount == 1
        assert (await tx.execute(ONCE, account)).rowcount == 0


async def test_it_is_undone_with_its_transaction(db: Database) -> None:
    async def written_and_undone() -> None:
        async with db.write() as tx:
            await tx.execute(ADD, ROW)
            raise LookupError

    with pytest.raises(LookupError):
        await written_and_undone()
    async with db.read() as tx:
        assert (await tx.execute(COMPILED_BY_KEY, {"of": "k"})).all() == []


async def test_what_the_database_refuses_is_refused_as_ever_and_quotes_nobody(db: Database) -> None:
    secret = ROW | {"text": "Ý kiến riêng"}
    with pytest.raises(IntegrityError) as refused:
        async with db.write() as tx:
            await tx.execute(ADD, [secret, secret])
    assert "Ý kiến riêng" not in str(refused.value)
    with pytest.raises(StoreFault):
        async with db.read() as tx:  # it may not write
            await tx.execute(ADD, secret)


async def test_a_value_left_out_is_a_fault_of_the_program(db: Database) -> None:
    async with db.read() as tx:
        with pytest.raises(KeyError):
            await tx.execute(COMPILED_BY_KEY, {})


async def test_a_naive_moment_has_no_meaning_here_either(db: Database) -> None:
    with pytest.raises(ValueError, match="time zone"):
        async with db.write() as tx:
            await tx.execute(ADD, ROW | {"created_at": NOON.replace(tzinfo=None)})


async def test_a_list_of_unknown_length_cannot_be_compiled_once(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(statement_cache, "_plans", {})  # the mark is gone with the test
    some: Any = bindparam("some", expanding=True)
    among = compiled_once(select(receipts).where(receipts.c.person_id.in_(some)))
    async with db.read() as tx:
        with pytest.raises(ValueError, match="cannot be compiled once"):
            await tx.execute(among, {"some": [1, 2]})
