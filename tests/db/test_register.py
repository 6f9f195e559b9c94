from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import delete, insert, text, update

from bot.db import register as db_register
from bot.db.engine import Database
from bot.db.register import Head, HeadGiven
from bot.db.schema import committees, rulebooks
from bot.db.schema import register as lines
from bot.db.transaction import Transaction
from tests.registers import broken_lines

NOON = datetime(2025, 3, 3, 5, tzinfo=UTC)
COMMITTEE = 1


@pytest.fixture
async def tx(db: Database) -> AsyncIterator[Transaction]:
    async with db.write() as open_tx:
        book = {"digest": "0" * 64, "name": "quang_ngai", "text": "", "settings": {}}
        await open_tx.execute(insert(rulebooks), book)
        for number, name in ((1, "Tỉnh ủy A"), (2, "Tỉnh ủy B")):
            row = {"id": number, "name": name, "rulebook": "0" * 64, "created_at": NOON}
            await open_tx.execute(insert(committees), row)
        yield open_tx


async def written(tx: Transaction, count: int) -> Head:
    for number in range(1, count + 1):
        detail = {"số": number, "ai": ["Lê Thị Lan"], "khi": None}
        await db_register.write(tx, COMMITTEE, NOON, "đồng hồ", "close", f"phiếu {number}", detail)
    return await db_register.head(tx, COMMITTEE)


async def test_an_empty_register_holds(tx: Transaction) -> None:
    assert await broken_lines(tx, COMMITTEE) == []


async def test_lines_are_numbered_per_committee_and_hold(tx: Transaction) -> None:
    assert (await written(tx, 3)).number == 3
    assert await db_register.write(tx, 2, NOON, "đồng hồ", "close", "phiếu 1", {}) == 1
    assert await broken_lines(tx, COMMITTEE) == []


@pytest.mark.parametrize(
    "change",
    [
        {"detail": {"số": 20}},
        {"actor": "Trần Văn Minh"},
        {"at": NOON.replace(microsecond=1)},
        {"subject": "phiếu 9"},
        {"previous": "1" * 64},
    ],
)
async def test_a_line_changed_afterwards_is_found(
    tx: Transaction, change: dict[str, object]
) -> None:
    await written(tx, 3)
    await tx.execute(update(lines).where(lines.c.number == 2).values(change))
    assert await broken_lines(tx, COMMITTEE) == [2]


async def test_a_line_taken_out_is_found_by_the_one_after_it(tx: Transaction) -> None:
    await written(tx, 3)
    await tx.execute(delete(lines).where(lines.c.number == 2))
    assert await broken_lines(tx, COMMITTEE) == [3]


async def test_a_digest_changed_is_found_by_its_line_and_by_the_one_after_it(
    tx: Transaction,
) -> None:
    await written(tx, 4)
    await tx.execute(update(lines).where(lines.c.number == 2).values(digest="1" * 64))
    assert await broken_lines(tx, COMMITTEE) == [2, 3]


async def test_a_line_that_nobody_can_read_is_found(tx: Transaction) -> None:
    await written(tx, 3)
    is_server = tx.dialect.name == "postgresql"
    unreadable = '"{"' if is_server else "{"  # a server takes nothing that is no JSON
    await tx.execute(text(f"UPDATE register SET detail = '{unreadable}' WHERE number = 2"))  # noqa: S608
    assert await broken_lines(tx, COMMITTEE) == [2]


def test_a_head_is_given_out_as_twenty_digits_in_fours_and_known_by_them() -> None:
    head = Head(57, "3fa29c1077de0b1c55aa" + "0" * 44)
    assert head.given_out(2) == "2:57:3fa2 9c10 77de 0b1c 55aa"
    assert HeadGiven(2, 57, "3fa29c1077de0b1c55aa").is_of(2, head)
    assert HeadGiven(None, 57, head.digest).is_of(2, head)
    for other in (
        HeadGiven(1, 57, "3fa29c1077de0b1c55aa"),
        HeadGiven(2, 58, "3fa29c1077de0b1c55aa"),
        HeadGiven(2, 57, "3fa29c1077de0b1c55ab"),
    ):
        assert not other.is_of(2, head)
