"""What several processes on one server owe each other: one writer, own claims, news, duties."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, insert, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import create_async_engine

from bot.db import inbox, outbox, register
from bot.db import server as on_server
from bot.db.engine import Database
from bot.db.faults import StoreFault
from bot.db.inbox import Arrival, Current, TakenOverError, current_update
from bot.db.notice import Card, Notice
from bot.db.schema import committees, metadata, people, rulebooks
from bot.db.schema import outbox as messages
from tests.postgres import Server, name_of

NOON = datetime(2026, 3, 2, 5, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
BOT, LAN, MINH = 7, 11, 12


@asynccontextmanager
async def opened(address: str) -> AsyncIterator[Database]:
    db = await Database.open(address, create=False)
    try:
        yield db
    finally:
        await db.close()


@pytest.fixture
async def first(server_database: str) -> AsyncIterator[Database]:
    async with opened(server_database) as db:
        yield db


@pytest.fixture
async def second(server_database: str) -> AsyncIterator[Database]:
    async with opened(server_database) as db:
        yield db


def number(db: Database) -> int:
    assert db.instance is not None
    return db.instance.number


# --- what a server promises ------------------------------------------------------------------


async def test_the_tables_are_exactly_those_of_the_schema(server_database: str) -> None:
    def differences(connection: Connection) -> list[object]:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, metadata))

    engine = create_async_engine(server_database)
    async with engine.connect() as connection:
        assert await connection.run_sync(differences) == []
    await engine.dispose()


async def test_what_is_acknowledged_is_on_disk_though_the_server_was_told_otherwise(
    first: Database,
) -> None:
    async with first.write() as tx:
        assert (await tx.execute(text("SHOW synchronous_commit"))).scalar() == "on"
        assert (await tx.execute(text("SHOW transaction_isolation"))).scalar() == "read committed"
    async with first.read() as tx:
        assert (await tx.execute(text("SHOW transaction_isolation"))).scalar() == "repeatable read"
        assert (await tx.execute(text("SHOW transaction_read_only"))).scalar() == "on"


async def test_a_database_that_orders_texts_otherwise_is_refused(server: Server) -> None:
    address = server.fresh(migrated=False, encoding="SQL_ASCII")
    with pytest.raises(StoreFault) as refused:
        await Database.open(address, create=True)
    assert refused.value.kind == "ordering"
    assert refused.value.detail == "SQL_ASCII, C"


async def test_a_server_that_is_not_there_is_told_and_no_password_with_it() -> None:
    with pytest.raises(StoreFault) as refused:
        await Database.open("postgresql+asyncpg://an:bi-mat@127.0.0.1:1/bot", create=False)
    assert refused.value.kind == "unreachable"
    assert "bi-mat" not in str(refused.value)


async def test_tables_are_not_brought_to_another_version_while_somebody_uses_them(
    server: Server, server_database: str, first: Database
) -> None:
    server.ask(name_of(server_database), "UPDATE alembic_version SET version_num = '0021'")
    with pytest.raises(StoreFault) as refused:
        await Database.open(server_database, create=False)
    assert refused.value.kind == "locked"


async def test_a_text_that_no_text_can_be_is_the_fault_of_its_statement(first: Database) -> None:
    with pytest.raises(DBAPIError):
        async with first.write() as tx:
            await tx.execute(insert(people), PERSON | {"name": "Lan\0"})
    async with first.write() as tx:
        assert (await tx.execute(select(people))).first() is None


NAMES = ("Đỗ Thị Ý", "Ân", "An", "an", "Đinh", "Dũng", "Ứng", "Ăn")
PERSON = {"committee_id": 1, "role": "member", "created_at": NOON, "joined_at": NOON}


async def test_names_are_ordered_as_in_a_file(first: Database) -> None:
    by_letters = sorted(NAMES, key=str.encode)
    async with first.write() as tx:
        rows = [{"digest": name, "name": "", "text": "", "settings": {}} for name in NAMES]
        await tx.execute(insert(rulebooks), rows)
        ordered = select(rulebooks.c.digest).order_by(rulebooks.c.digest)
        assert list((await tx.execute(ordered)).scalars()) == by_letters


# --- one writer ------------------------------------------------------------------------------


async def _committee(db: Database) -> None:
    async with db.write() as tx:
        book = {"digest": "0" * 64, "name": "quang_ngai", "text": "", "settings": {}}
        await tx.execute(insert(rulebooks), book)
        row = {"id": 1, "name": "Tỉnh ủy A", "rulebook": "0" * 64, "created_at": NOON}
        await tx.execute(insert(committees), row)


async def test_two_processes_write_one_register_without_a_gap(
    first: Database, second: Database
) -> None:
    await _committee(first)

    async def write(db: Database, act: str) -> int:
        async with db.write() as tx:
            await asyncio.sleep(0)
            return await register.write(tx, 1, NOON, "đồng hồ", act, "", {})

    writes = [write(db, act) for act in ("reply", "close") * 20 for db in (first, second)]
    numbers = await asyncio.gather(*writes)
    assert sorted(numbers) == list(range(1, 81))
    async with first.read() as tx:
        assert [line.number for line in await register.after(tx, 1, 0)] == list(range(1, 81))


async def test_what_another_process_wrote_before_is_seen_from_the_first_statement_on(
    server: Server, server_database: str, first: Database, second: Database
) -> None:
    await _committee(first)
    inside, goes_on = asyncio.Event(), asyncio.Event()

    async def write() -> None:
        async with first.write() as tx:
            await register.write(tx, 1, NOON, "đồng hồ", "reply", "", {})
            inside.set()
            await goes_on.wait()

    async def look() -> int:
        async with second.write() as tx:
            return (await register.head(tx, 1)).number

    writing = asyncio.create_task(write())
    await inside.wait()
    looking = asyncio.create_task(look())
    waits = "SELECT count(*) FROM pg_locks WHERE NOT granted"
    while server.ask(name_of(server_database), waits) == "0":  # noqa: ASYNC110 - only the server knows
        await asyncio.sleep(0)
    goes_on.set()
    await writing
    assert await looking == 1


@pytest.mark.parametrize("code", ["40001", "40P01", "57P01", "08006", "25P03"])
def test_what_the_server_could_not_do_now_is_no_fault_of_the_statement(code: str) -> None:
    assert on_server.refuses(_failed(code))


@pytest.mark.parametrize("code", ["23505", "22021", "42P01", ""])
def test_what_is_wrong_with_a_statement_is_no_fault_of_the_server(code: str) -> None:
    assert not on_server.refuses(_failed(code))


def _failed(code: str) -> DBAPIError:
    class Failure(Exception):  # noqa: N818 - as the driver names its own
        sqlstate = code

    return DBAPIError("SELECT", {}, Failure())


# --- claims ----------------------------------------------------------------------------------


async def _comes_in(db: Database, *chats: int) -> None:
    async with db.write() as tx:
        for at, chat in enumerate(chats, 1):
            moment = NOON + at * MINUTE
            await inbox.add(tx, BOT, [(at, "{}")], moment, moment, {at: chat})


async def _claim(db: Database, most: int = 9) -> list[int]:
    async with db.write() as tx:
        return [each.update_id for each in await inbox.claim(tx, BOT, most, number(db))]


async def test_updates_go_to_whoever_asks_and_those_of_a_chat_to_one(
    first: Database, second: Database
) -> None:
    await _comes_in(first, LAN, MINH, LAN, MINH)
    assert await _claim(first, 1) == [1]
    assert await _claim(second, 9) == [2, 4]  # 3 waits behind 1, which is in other hands
    assert await _claim(second, 9) == []
    assert await _claim(first, 9) == [3]


async def test_what_a_process_had_in_hand_that_lives_no_more_is_taken_up_in_its_order(
    server_database: str, first: Database
) -> None:
    await _comes_in(first, LAN, LAN, MINH)
    async with opened(server_database) as dead:
        assert await _claim(dead, 2) == [1, 2]
        assert await _claim(first) == [3]
    assert await _claim(first) == [1, 2]


async def test_an_update_taken_over_has_no_effect_of_who_had_it_before(
    first: Database, second: Database
) -> None:
    await _committee(first)
    await _comes_in(first, LAN)
    await _claim(first)
    async with second.write() as tx:
        await tx.execute(text("UPDATE inbox SET claimed_by = :by"), {"by": number(second)})
    current_update.set(Current(BOT, 1, NOON, number(first)))
    with pytest.raises(TakenOverError):
        async with first.write() as tx:
            await register.write(tx, 1, NOON, "đồng hồ", "reply", "", {})
    current_update.set(None)
    async with first.read() as tx:
        assert (await register.head(tx, 1)).number == 0
        assert await inbox.unhandled(tx, BOT) == [Arrival(1, "{}", NOON + MINUTE, NOON + MINUTE)]


async def test_who_must_wait_for_all_waits_for_what_others_have_in_hand(
    first: Database, second: Database
) -> None:
    await _comes_in(first, LAN, MINH)
    assert (await _claim(first, 1), await _claim(second, 1)) == ([1], [2])
    async with second.read() as tx:
        assert await inbox.waits_before(tx, BOT, 2)
        assert not await inbox.waits_before(tx, BOT, 1)
    async with first.write() as tx:
        await inbox.mark_handled(tx, BOT, 1, NOON)
    async with second.read() as tx:
        assert not await inbox.waits_before(tx, BOT, 2)


async def test_what_is_being_sent_is_taken_over_only_from_the_dead(
    server_database: str, first: Database
) -> None:
    async with first.write() as tx:
        for chat in (LAN, MINH):
            await outbox.put(tx, Notice(f"form:{chat}", chat, "form", Card("Kính gửi")), NOON)
    async with opened(server_database) as other:
        async with first.write() as tx:
            [mine] = await outbox.claim(tx, NOON, 1, by=number(first))
        async with other.write() as tx:
            [its] = await outbox.claim(tx, NOON, 9, by=number(other))
        async with first.read() as tx:
            assert not await outbox.is_left(tx)
    async with first.write() as tx:
        assert await outbox.is_left(tx)
        await outbox.recover(tx, NOON, among_several=True)
        assert await outbox.still_claimed(tx, [mine.id, its.id], number(first)) == {mine.id}
        waiting = select(messages.c.id).where(messages.c.state == "pending")
        assert list((await tx.execute(waiting)).scalars()) == [its.id]


# --- news and duties -------------------------------------------------------------------------


async def test_others_are_told_where_something_was_put_once_it_is_committed(
    first: Database, second: Database
) -> None:
    heard: asyncio.Queue[frozenset[str]] = asyncio.Queue()
    assert first.instance is not None
    assert second.instance is not None
    second.instance.on_news = heard.put_nowait
    first.instance.on_news = lambda _: pytest.fail("who writes is not told of it")
    async with first.write() as tx:
        await outbox.put(tx, Notice("form:1", LAN, "form", Card("Kính gửi")), NOON)
        assert heard.empty()
    assert await heard.get() == {"outbox"}
    async with first.write() as tx:
        await outbox.claim(tx, NOON, 9, by=number(first))  # puts nothing there
    await _comes_in(first, LAN)
    assert await heard.get() == {"inbox"}


async def test_a_duty_is_one_process_s_while_it_lives(
    server_database: str, first: Database
) -> None:
    assert first.instance is not None
    async with opened(server_database) as other:
        assert other.instance is not None
        assert await other.instance.holds("polling")
        assert await other.instance.holds("polling")
        assert not await first.instance.holds("polling")
        assert await first.instance.is_held_by_another("polling")
        assert not await other.instance.is_held_by_another("polling")
        assert not await first.instance.is_held_by_another("pacing")
        assert await other.instance.holds("pacing")
    assert await first.instance.holds("polling")


async def test_a_process_that_lost_its_connection_is_itself_again(
    server: Server, server_database: str, first: Database, second: Database
) -> None:
    assert first.instance is not None
    assert second.instance is not None
    before = number(first)
    assert await first.instance.holds("polling")
    cut = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
    server.ask(name_of(server_database), cut)
    with pytest.raises(StoreFault, match="unreachable"):
        await _comes_in(first, LAN)  # the next statement finds that it was cut
    await _comes_in(first, LAN)
    assert await first.instance.holds("polling")
    assert number(first) == before
    assert await _claim(first) == [1]
    assert await second.instance.is_held_by_another("polling")
