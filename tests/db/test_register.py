from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import delete, insert, update

from bot.db import register as db_register
from bot.db.engine import Database
from bot.db.register import Broken, Head, Verified
from bot.db.schema import committees, rulebooks
from bot.db.schema import register as lines
from bot.db.transaction import Transaction

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
    assert await db_register.verify(tx, COMMITTEE) == Verified(0, db_register.BEFORE_ALL)


async def test_lines_are_numbered_per_committee_and_hold(tx: Transaction) -> None:
    head = await written(tx, 3)
    assert await db_register.write(tx, 2, NOON, "đồng hồ", "close", "phiếu 1", {}) == 1
    assert await db_register.verify(tx, COMMITTEE) == Verified(3, head.digest)
    assert await db_register.verify(tx, COMMITTEE, given=head) == Verified(3, head.digest)


@pytest.mark.parametrize(
    "change",
    [
        {"detail": {"số": 20}},
        {"actor": "Trần Văn Minh"},
        {"at": NOON.replace(microsecond=1)},
        {"subject": "phiếu 9"},
        {"previous": "1" * 64},
        {"digest": "1" * 64},
    ],
)
async def test_a_line_changed_afterwards_is_found(
    tx: Transaction, change: dict[str, object]
) -> None:
    await written(tx, 3)
    await tx.execute(update(lines).where(lines.c.number == 2).values(change))
    assert await db_register.verify(tx, COMMITTEE) == Broken(2)


async def test_a_line_taken_out_is_found(tx: Transaction) -> None:
    await written(tx, 3)
    await tx.execute(delete(lines).where(lines.c.number == 2))
    assert await db_register.verify(tx, COMMITTEE) == Broken(2)


async def test_a_register_cut_short_or_written_anew_does_not_match_a_head_given_out(
    tx: Transaction,
) -> None:
    given = await written(tx, 3)
    await tx.execute(delete(lines).where(lines.c.number == 3))
    assert await db_register.verify(tx, COMMITTEE, given=given) == Broken(3)
    await db_register.write(tx, COMMITTEE, NOON, "đồng hồ", "close", "phiếu khác", {})
    assert await db_register.verify(tx, COMMITTEE, given=given) == Broken(3)
