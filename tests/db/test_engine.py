from __future__ import annotations

import asyncio
import os
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.exc import DBAPIError

from bot.db.engine import Database
from bot.db.faults import StoreFault
from bot.db.schema import inbox, liveness

NOON = datetime(2025, 3, 3, 5, tzinfo=UTC)


async def kind_of_refusal(path: Path | str, *, create: bool = False) -> str:
    with pytest.raises(StoreFault) as refused:
        await Database.open(path, create=create)
    assert str(path) in refused.value.where
    return refused.value.kind


async def test_a_missing_database_is_refused_and_not_made(tmp_path: Path) -> None:
    assert await kind_of_refusal(tmp_path / "a.db") == "missing"
    assert not (tmp_path / "a.db").exists()


async def test_a_database_is_made_when_asked_for_and_opened_again(tmp_path: Path) -> None:
    made = await Database.open(tmp_path / "a.db", create=True)
    async with made.write() as tx:
        await tx.execute(insert(liveness), {"id": 1, "covered_until": NOON})
    await made.close()
    again = await Database.open(str(tmp_path / "a.db"), create=False)
    async with again.read() as tx:
        assert (await tx.execute(select(liveness.c.covered_until))).scalar() == NOON
    await again.close()


async def test_only_its_owner_reads_a_database_and_what_lies_beside_it(tmp_path: Path) -> None:
    before = os.umask(0o000)
    try:
        made = await Database.open(tmp_path / "a.db", create=True)
        async with made.write() as tx:
            await tx.execute(insert(liveness), {"id": 1, "covered_until": NOON})
    finally:
        os.umask(before)
    rights = {path.name: oct(path.stat().st_mode & 0o777) for path in tmp_path.iterdir()}
    await made.close()
    assert rights == dict.fromkeys(("a.db", "a.db-wal", "a.db-shm"), "0o600")


async def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    path.write_bytes(b"Kinh gui cac dong chi" * 500)
    assert await kind_of_refusal(path) == "corrupt"
    assert await kind_of_refusal(path, create=True) == "corrupt"
    assert path.read_bytes() == b"Kinh gui cac dong chi" * 500


async def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.db").touch()
    assert await kind_of_refusal(tmp_path / "a.db", create=True) == "corrupt"


async def test_a_damaged_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    await (await Database.open(path, create=True)).close()
    content = bytearray(path.read_bytes())
    content[4096:12288] = b"\xff" * 8192
    path.write_bytes(content)
    assert await kind_of_refusal(path) == "corrupt"


async def test_a_database_of_a_later_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    await (await Database.open(path, create=True)).close()
    with sqlite3.connect(path) as file:
        file.execute("UPDATE alembic_version SET version_num = '9999'")
    file.close()
    assert await kind_of_refusal(path) == "newer"


async def test_somebody_elses_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with sqlite3.connect(path) as file:
        file.execute("CREATE TABLE recipes (id INTEGER)")
    file.close()
    assert await kind_of_refusal(path) == "foreign"


async def test_a_second_instance_is_refused_until_the_first_has_ended(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    first = await Database.open(path, create=True)
    assert await kind_of_refusal(path) == "locked"
    beside = await Database.open(path, create=False, alone=False)
    await beside.close()
    await first.close()
    await (await Database.open(path, create=False)).close()


@pytest.mark.parametrize("other", ["symlink", "hard link", "another folder"])
async def test_a_second_instance_under_another_name_of_the_file_is_refused(
    tmp_path: Path, other: str
) -> None:
    path, name = tmp_path / "a.db", tmp_path / "b.db"
    first = await Database.open(path, create=True)
    if other == "symlink":
        name.symlink_to(path)
    elif other == "hard link":
        name.hardlink_to(path)
    else:
        (tmp_path / "folder").symlink_to(tmp_path, target_is_directory=True)
        name = tmp_path / "folder" / "a.db"
    assert await kind_of_refusal(name) == "locked"
    await first.close()
    await (await Database.open(path, create=False)).close()


async def test_no_file_beside_the_database_takes_its_lock_away(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    first = await Database.open(path, create=True)
    for beside in tmp_path.iterdir():
        if beside != path and not beside.name.endswith(("-wal", "-shm")):
            beside.unlink()
    assert await kind_of_refusal(path) == "locked"
    await first.close()


@pytest.mark.parametrize("how", ["removed", "replaced"])
async def test_what_is_written_to_a_file_that_stands_there_no_more_is_not_kept(
    tmp_path: Path, how: str
) -> None:
    path = tmp_path / "a.db"
    db = await Database.open(path, create=True)
    (tmp_path / "moved").mkdir()
    path.rename(tmp_path / "moved" / "a.db")
    if how == "replaced":
        await (await Database.open(path, create=True)).close()
    with pytest.raises(StoreFault, match="replaced"):
        async with db.write() as tx:
            await tx.execute(insert(liveness), {"id": 1, "covered_until": NOON})
    await db.close()


async def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert await kind_of_refusal(tmp_path / "no", create=False) == "missing"
    assert await kind_of_refusal(tmp_path / "no" / "a.db", create=False) == "missing"
    with pytest.raises(StoreFault, match="missing"):
        await Database.open(tmp_path / "no" / "a.db", create=True)


async def test_the_promised_pragmas_hold(file_db: Database) -> None:
    asked = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
    for opened, waits in ((file_db.read, 30000), (file_db.write, 0)):  # a writer waits elsewhere
        async with opened() as tx:
            values = [(await tx.execute(text(f"PRAGMA {name}"))).scalar() for name in asked]
        assert values == ["wal", 2, 1, waits]


async def test_what_a_writer_may_undo_is_put_into_no_other_file(file_db: Database) -> None:
    came = {"bot_id": 1, "received_at": NOON, "earliest_at": NOON, "raw": "x" * 4000}
    async with file_db.write() as tx:
        await tx.execute(insert(inbox), [came | {"update_id": n} for n in range(200)])
    async with file_db.write() as tx, tx.begin_nested():
        await tx.execute(update(inbox).values(raw="y" * 4000))
        opened = {
            str(each.readlink()) for each in Path("/proc/self/fd").iterdir() if each.is_symlink()
        }
    assert {path for path in opened if "etilqs" in path} == set()  # as SQLite names such files


async def test_a_writer_waits_for_another_program_and_holds_up_nobody_here(
    file_db: Database, tmp_path: Path
) -> None:
    other = sqlite3.connect(tmp_path / "dongthuan.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    async def write() -> None:
        async with file_db.write() as tx:
            await tx.execute(insert(liveness), {"id": 1, "covered_until": NOON})

    for _ in range(2):  # and then so again
        writing = asyncio.create_task(write())
        for _ in range(20):
            async with file_db.read() as tx:
                assert (await tx.execute(select(liveness))).first() is None
        assert not writing.done()
        other.execute("ROLLBACK")
        await writing
        async with file_db.write() as tx:
            await tx.execute(delete(liveness))
        other.execute("BEGIN IMMEDIATE")
    other.close()


async def test_a_writing_transaction_holds_the_lock_before_its_first_statement(
    file_db: Database, tmp_path: Path
) -> None:
    other = sqlite3.connect(tmp_path / "dongthuan.db", timeout=0)
    async with file_db.write():
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
    other.close()


async def test_an_error_undoes_the_whole_transaction(db: Database) -> None:
    async def fails() -> None:
        async with db.write() as tx:
            await tx.execute(insert(liveness), {"id": 1, "covered_until": NOON})
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fails()
    async with db.read() as tx:
        assert (await tx.execute(select(liveness))).first() is None


async def test_a_task_cancelled_midway_undoes_its_transaction_and_frees_the_writer(
    db: Database,
) -> None:
    inside = asyncio.Event()

    async def never_ends() -> None:
        async with db.write() as tx:
            await tx.execute(insert(liveness), {"id": 1, "covered_until": NOON})
            inside.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(never_ends())
    await inside.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with db.write() as tx:
        assert (await tx.execute(select(liveness))).first() is None


async def test_tasks_cancelled_at_any_point_leave_the_writer_whole(db: Database) -> None:
    async def write(number: int) -> None:
        async with db.write() as tx:
            await tx.execute(select(liveness))
            await tx.execute(insert(liveness), {"id": number, "covered_until": NOON})

    for number in range(
        400 if db.instance is None else 60
    ):  # a server makes a connection anew for each
        task = asyncio.create_task(write(number))
        for _ in range(number % 29):
            await asyncio.sleep(0)
        if number % 5 == 0:
            await asyncio.sleep(0.0005)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    async with db.write() as tx:
        await tx.execute(insert(liveness), {"id": 1000, "covered_until": NOON})
        if db.instance is None:
            assert (await tx.execute(text("PRAGMA quick_check"))).scalar() == "ok"


async def test_writers_take_turns_and_readers_do_not_wait(db: Database) -> None:
    seen: list[str] = []

    async def write(name: str) -> None:
        async with db.write() as tx:
            seen.append(f"{name} in")
            await tx.execute(text("SELECT 1"))
            seen.append(f"{name} out")

    async with db.write() as tx:
        await tx.execute(insert(liveness), {"id": 1, "covered_until": NOON})
        async with db.read() as view:
            assert (await view.execute(select(liveness))).first() is None
    await asyncio.gather(write("Lan"), write("Minh"))
    assert seen == ["Lan in", "Lan out", "Minh in", "Minh out"]


async def test_a_transaction_inside_a_transaction_is_refused(db: Database) -> None:
    async with db.write():
        with pytest.raises(RuntimeError, match="inside"):
            async with db.write():
                pass


async def test_a_reader_cannot_write(db: Database) -> None:
    with pytest.raises((StoreFault, DBAPIError), match=r"read-?only"):
        async with db.read() as tx:
            await tx.execute(insert(liveness), {"id": 1, "covered_until": NOON})


async def test_a_close_waits_for_whoever_writes(tmp_path: Path) -> None:
    """A connection that is closed beneath a statement takes the whole process with it."""
    db = await Database.open(tmp_path / "dongthuan.db", create=True)
    inside, goes_on, written = asyncio.Event(), asyncio.Event(), list[int]()

    async def writes() -> None:
        async with db.write() as tx:
            inside.set()
            await goes_on.wait()
            await tx.execute(select(liveness.c.id))
            written.append(1)

    async def closes() -> None:
        await db.close()
        assert written == [1]

    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(writes())
        await inside.wait()
        tasks.create_task(closes())
        for _ in range(20):
            await asyncio.sleep(0)
        goes_on.set()


async def test_a_file_damaged_while_it_is_open_is_told_as_any_fault_of_it(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    db = await Database.open(path, create=True)
    with sqlite3.connect(path) as other:
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    other.close()
    with path.open("r+b") as file:
        file.write(b"no database" * 100)
    with pytest.raises(DBAPIError, match="not a database"):
        async with db.write():
            pass
    await db.close()
