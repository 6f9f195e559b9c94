from __future__ import annotations

import asyncio
import contextlib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from bot.db import people
from bot.db.engine import Database, store_refuses
from bot.db.faults import StoreFault
from bot.db.group_commit import GroupCommit
from bot.db.inline import InlineEngine
from bot.db.transaction import Transaction, TransactionLostError

NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)
ORPHAN = (
    "INSERT INTO invitations (token_hash, person_id, issued_at, expires_at) VALUES ('', 77, 0, 0)"
)
UNDONE_BY_ITSELF = "ROLLBACK"  # as SQLite does when the disk is full


async def joined(db: Database) -> list[int]:
    async with db.read() as tx:
        found = await tx.execute(text("SELECT id FROM accounts ORDER BY id"))
        return list(found.scalars())


async def add(db: Database, account: int) -> None:
    async with db.write() as tx:
        await people.add_account(tx, account, NOW)


async def fail(db: Database, account: int) -> None:
    async with db.write() as tx:
        await people.add_account(tx, account, NOW)
        raise LookupError(account)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "dongthuan.db"


async def test_those_who_write_at_once_are_all_on_disk_when_told(place: Path) -> None:
    db = await Database.open(place, create=True)
    await asyncio.gather(*(add(db, account) for account in range(20)))
    assert await joined(db) == list(range(20))
    await db.close()


async def test_nobody_is_told_before_the_commit(place: Path) -> None:
    db = await Database.open(place, create=True)
    seen: list[list[int]] = []

    async def one(account: int) -> None:
        await add(db, account)
        seen.append(await joined(db))

    await asyncio.gather(*(one(account) for account in range(5)))
    assert all(seen), "each sees what it wrote"
    assert [len(each) for each in seen] == [5, 5, 5, 5, 5], "those who waited were one commit"
    await db.close()


@pytest.mark.parametrize("place_of_failure", [0, 2, 4])
async def test_whoever_fails_among_them_leaves_nothing_and_harms_nobody(
    place: Path, place_of_failure: int
) -> None:
    db = await Database.open(place, create=True)
    works = [fail if n == place_of_failure else add for n in range(5)]
    ended = await asyncio.gather(*(w(db, n) for n, w in enumerate(works)), return_exceptions=True)
    assert [type(each) for each in ended if each is not None] == [LookupError]
    assert await joined(db) == [n for n in range(5) if n != place_of_failure]
    await db.close()


async def test_whoever_is_cut_off_among_them_leaves_nothing_and_harms_nobody(place: Path) -> None:
    db = await Database.open(place, create=True)
    inside = asyncio.Event()

    async def stay() -> None:
        async with db.write() as tx:
            await people.add_account(tx, 99, NOW)
            inside.set()
            await asyncio.Event().wait()

    others = [asyncio.create_task(add(db, 1))]
    await asyncio.sleep(0)
    cut = asyncio.create_task(stay())
    others += [asyncio.create_task(add(db, account)) for account in (2, 3)]
    await inside.wait()
    cut.cancel()
    await asyncio.gather(*others)
    assert await joined(db) == [1, 2, 3]
    await db.close()


async def test_a_commit_that_fails_is_told_to_each_and_the_next_writer_begins_anew(
    place: Path,
) -> None:
    db = await Database.open(place, create=True)

    async def orphan() -> None:
        async with db.write() as tx:
            await tx.execute(text("PRAGMA defer_foreign_keys=ON"))
            await tx.execute(text(ORPHAN))

    ended = await asyncio.gather(add(db, 1), orphan(), add(db, 2), return_exceptions=True)
    assert [type(each) for each in ended] == [IntegrityError] * 3
    await add(db, 3)
    assert await joined(db) == [3]
    await db.close()


async def test_when_the_database_undoes_everything_by_itself_nobody_is_told_otherwise(
    place: Path,
) -> None:
    db = await Database.open(place, create=True)

    async def undone() -> None:
        async with db.write() as tx:
            await people.add_account(tx, 7, NOW)
            await tx.execute(text(UNDONE_BY_ITSELF))

    ended = await asyncio.gather(add(db, 1), undone(), return_exceptions=True)
    assert [getattr(each, "kind", None) for each in ended] == ["unreachable"] * 2
    await add(db, 3)
    assert await joined(db) == [3]
    await db.close()


async def test_a_store_closes_in_good_order_while_somebody_waits_for_the_commit(
    place: Path,
) -> None:
    db = await Database.open(place, create=True)
    written = asyncio.Event()

    async def write() -> None:
        async with db.write() as tx:
            await people.add_account(tx, 1, NOW)
            written.set()

    writing = asyncio.create_task(write())
    await written.wait()
    writing.cancel()
    await asyncio.sleep(0)
    await db.close()
    db = await Database.open(place, create=False)
    assert await joined(db) in ([], [1])
    await add(db, 2)
    await db.close()


async def test_whoever_is_cut_off_while_committing_for_others_leaves_nobody_waiting(
    place: Path,
) -> None:
    await (await Database.open(place, create=True)).close()
    engine = InlineEngine(place, 1, writes=True)
    commits = GroupCommit(engine)

    async def write(account: int) -> None:
        async with commits.turn() as tx:
            await people.add_account(tx, account, NOW)

    async def pause() -> None:
        async with commits.pause():
            pass

    for steps in range(40):
        writing, pausing = asyncio.create_task(write(steps)), asyncio.create_task(pause())
        for _ in range(steps):
            await asyncio.sleep(0)
        pausing.cancel()
        told, _ = await asyncio.gather(writing, pausing, return_exceptions=True)
        assert told is None or type(told) is TransactionLostError
    await write(99)
    await commits.close()
    await engine.dispose()
    db = await Database.open(place, create=False)
    assert 99 in await joined(db)
    await db.close()


async def test_a_savepoint_undoes_its_block_alone(place: Path) -> None:
    db = await Database.open(place, create=True)

    async def fails_within(tx: Transaction) -> None:
        async with tx.begin_nested():
            await people.add_account(tx, 2, NOW)
            raise LookupError

    async with db.write() as tx:
        await people.add_account(tx, 1, NOW)
        with pytest.raises(LookupError):
            await fails_within(tx)
        async with tx.begin_nested():
            await people.add_account(tx, 3, NOW)
        await people.add_account(tx, 4, NOW)
    assert await joined(db) == [1, 3, 4]
    await db.close()


async def test_a_savepoint_within_another_is_undone_alone_and_with_it(place: Path) -> None:
    db = await Database.open(place, create=True)

    async def adds(tx: Transaction, number: int, *, fails: bool) -> None:
        async with tx.begin_nested():
            await people.add_account(tx, number, NOW)
            with contextlib.suppress(LookupError):
                async with tx.begin_nested():
                    await people.add_account(tx, number + 1, NOW)
                    raise LookupError
            async with tx.begin_nested():
                await people.add_account(tx, number + 2, NOW)
            if fails:
                raise KeyError

    async with db.write() as tx:
        await adds(tx, 1, fails=False)
        with pytest.raises(KeyError):
            await adds(tx, 11, fails=True)
        await people.add_account(tx, 21, NOW)
    assert await joined(db) == [1, 3, 21]
    await db.close()


async def test_a_commit_is_not_told_when_the_database_has_undone_the_first_writer_too(
    place: Path,
) -> None:
    db = await Database.open(place, create=True)

    async def undone() -> None:
        async with db.write() as tx:
            await people.add_account(tx, 7, NOW)
            await tx.execute(text(UNDONE_BY_ITSELF))

    with pytest.raises(StoreFault, match="unreachable"):
        await undone()
    await add(db, 3)
    assert await joined(db) == [3]
    await db.close()


@pytest.mark.parametrize("others_before", [False, True])
async def test_nothing_more_is_written_once_a_full_disk_has_undone_everything(
    place: Path, *, others_before: bool
) -> None:
    """As where one due moment after another is acted on, each in a savepoint of its own."""
    db = await Database.open(place, create=True)
    told: list[BaseException | None] = []

    async def fills(tx: Transaction) -> None:
        pages = (await tx.execute(text("PRAGMA page_count"))).scalar()
        await tx.execute(text(f"PRAGMA max_page_count={pages}"))
        async with tx.begin_nested():
            for account in range(100, 10_000):
                await people.add_account(tx, account, NOW)

    async def goes_on() -> None:
        async with db.write() as tx:
            await people.add_account(tx, 7, NOW)
            for step in (fills(tx), people.add_account(tx, 8, NOW), within_savepoint(tx, 9)):
                told.extend(await asyncio.gather(step, return_exceptions=True))

    before = [add(db, 1)] if others_before else []
    ended = await asyncio.gather(*before, goes_on(), return_exceptions=True)
    assert [getattr(each, "kind", None) for each in ended] == ["unreachable"] * len(ended)
    assert [each is not None and store_refuses(each) for each in told] == [True] * 3
    assert "full" in str(told[0])
    await db.close()
    db = await Database.open(place, create=False)
    assert await joined(db) == []
    await add(db, 3)
    assert await joined(db) == [3]
    await db.close()


async def within_savepoint(tx: Transaction, account: int) -> None:
    async with tx.begin_nested():
        await people.add_account(tx, account, NOW)
