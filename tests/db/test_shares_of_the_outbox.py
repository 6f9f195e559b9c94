"""Whose rows are taken next, and which are never sent because a newer one of the same chat shows it all."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Dialect, Executable, insert, select

from bot.db import outbox
from bot.db.engine import Database
from bot.db.notice import ANSWER, NOTICE, REMINDER, Button, Card, Notice
from bot.db.schema import accounts, committees, people, rulebooks
from bot.db.schema import outbox as outbox_table
from bot.db.transaction import Rows, Transaction, Values
from bot.values.action import Action
from bot.values.files import FileRef

NOON = datetime(2025, 3, 3, 5, tzinfo=UTC)
LAN, STRANGER = 501, 999


@pytest.fixture
async def tx(db: Database) -> AsyncIterator[Transaction]:
    """Lan is a person of a committee."""
    async with db.write() as open_tx:
        book = {"digest": "0" * 64, "name": "a.toml", "text": "", "settings": {}}
        await open_tx.execute(insert(rulebooks), book)
        committee = {"id": 1, "name": "Một", "rulebook": "0" * 64, "created_at": NOON}
        await open_tx.execute(insert(committees), committee)
        await open_tx.execute(insert(accounts), {"id": LAN, "joined_at": NOON})
        lan = {"id": 1, "committee_id": 1, "name": "Trần Thị Lan", "account_id": LAN}
        await open_tx.execute(insert(people), lan)
        yield open_tx


def screen(key: str, chat: int, text: str = "", **more: object) -> Notice:
    """An answer to a press or to words."""
    shown: dict[str, object] = {"card": Card(text or key), "priority": ANSWER, "legal": False}
    return Notice(key, chat, "answer", **{**shown, **more})  # type: ignore[arg-type]


def legal(key: str, chat: int) -> Notice:
    return Notice(key, chat, "opinion_form", card=Card(key), priority=NOTICE)


async def taken(tx: Transaction, most: int = 9, others: int | None = None) -> list[str]:
    return [row.key for row in await outbox.claim(tx, NOON, most, others=others)]


async def settle_all(tx: Transaction) -> None:
    sending = select(outbox_table.c.id).where(outbox_table.c.state == "sending")
    for row in (await tx.execute(sending)).scalars():
        await outbox.settle_sent(tx, row, 7, NOON)


async def sent_in_turn(tx: Transaction) -> list[str]:
    """Everything that goes out, round by round."""
    keys: list[str] = []
    while found := await taken(tx):
        keys += found
        await settle_all(tx)
    return keys


async def superseded(tx: Transaction) -> list[str]:
    wanted = select(outbox_table.c.key).where(outbox_table.c.reason == outbox.SUPERSEDED)
    return list((await tx.execute(wanted.order_by(outbox_table.c.id))).scalars())


async def test_of_one_chat_one_row_is_under_way_at_a_time(tx: Transaction) -> None:
    await outbox.put_many(tx, [legal(f"a{n}", LAN) for n in range(3)], NOON)
    await outbox.put(tx, legal("b", 502), NOON)
    assert await taken(tx) == ["a0", "b"]
    assert await taken(tx) == []
    await settle_all(tx)
    assert await taken(tx) == ["a1"]


class Listing:
    """A transaction that keeps which rows it was asked to look behind."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx
        self.behind: list[int] = []

    @property
    def dialect(self) -> Dialect:
        return self._tx.dialect

    def begin_nested(self) -> AbstractAsyncContextManager[Any]:
        return self._tx.begin_nested()

    async def execute(self, statement: Executable, parameters: Values | None = None) -> Rows:
        if isinstance(parameters, list):
            self.behind += [row["chat"] for row in parameters]
        return await self._tx.execute(statement, parameters)


async def test_only_a_chat_in_which_screens_wait_behind_is_looked_through(tx: Transaction) -> None:
    for chat, waiting in ((601, 1), (602, 3), (603, 1)):
        for n in range(waiting):
            await outbox.put(tx, screen(f"{chat}: {n}", chat), NOON)
    listing = Listing(tx)
    taken_now = await outbox.claim(listing, NOON, 9)
    assert [row.key for row in taken_now] == ["601: 0", "602: 0", "603: 0"]
    assert listing.behind == [602]


async def test_what_is_without_legal_effect_takes_no_more_than_its_places(tx: Transaction) -> None:
    await outbox.put_many(tx, [screen(f"answer {n}", 600 + n) for n in range(6)], NOON)
    await outbox.put_many(tx, [legal(f"notice {n}", 700 + n) for n in range(6)], NOON)
    assert await taken(tx, 6, others=2) == [
        "answer 0", "answer 1", "notice 0", "notice 1", "notice 2", "notice 3",
    ]  # fmt: skip
    assert await taken(tx, 6, others=0) == ["notice 4", "notice 5"]
    assert len(await taken(tx, 6, others=6)) == 4


async def test_a_person_of_a_committee_comes_before_strangers(tx: Transaction) -> None:
    await outbox.put_many(tx, [screen(f"s{n}", STRANGER + n) for n in range(5)], NOON)
    await outbox.put(
        tx, Notice("reminder", LAN, "reminder", card=Card("a"), priority=REMINDER), NOON
    )
    assert await taken(tx, 1) == ["reminder"]
    assert await taken(tx, 1) == ["s0"]


async def test_a_message_that_was_to_show_several_things_in_turn_shows_the_last(
    tx: Transaction,
) -> None:
    await outbox.put_many(tx, [screen(f"edit {n}", LAN, message_id=4) for n in range(5)], NOON)
    await outbox.put(tx, screen("another", LAN, message_id=5), NOON)
    assert await sent_in_turn(tx) == ["edit 0", "edit 4", "another"]
    assert await superseded(tx) == ["edit 1", "edit 2", "edit 3"]


async def test_to_a_member_screens_that_say_different_things_all_come_and_the_same_card_once(
    tx: Transaction,
) -> None:
    same = Card("Không hiểu", ((Button("Trang đầu", Action("home")),),))
    other = Card("Không hiểu", ((Button("Trang đầu", Action("home", ("2",))),),))
    named = {"live": "draft:7"}
    await outbox.put_many(
        tx,
        [
            screen("first", LAN),
            screen("recorded 1", LAN, "Đã ghi nhận ý kiến thứ nhất"),
            screen("same 1", LAN, card=same),
            screen("other", LAN, card=other),
            screen("question 1", LAN, "Nội dung?", **named),
            screen("recorded 2", LAN, "Đã ghi nhận ý kiến thứ hai"),
            screen("same 2", LAN, card=same),
            screen("question 2", LAN, "Thời hạn?", **named),
        ],
        NOON,
    )
    assert await sent_in_turn(tx) == [
        "first", "recorded 1", "other", "recorded 2", "same 2", "question 2",
    ]  # fmt: skip
    assert await superseded(tx) == ["same 1", "question 1"]


async def test_a_stranger_is_sent_the_first_screen_and_the_last(tx: Transaction) -> None:
    await outbox.put_many(tx, [screen(f"s{n:03}", STRANGER) for n in range(600)], NOON)
    assert await sent_in_turn(tx) == ["s000", "s599"]
    assert len(await superseded(tx)) == 598


async def test_no_notice_with_legal_effect_and_no_file_ever_gives_way(tx: Transaction) -> None:
    file = FileRef("tờ trình.pdf", "F1", "0" * 64)
    await outbox.put_many(tx, [legal(f"notice {n}", STRANGER) for n in range(3)], NOON)
    await outbox.put_many(
        tx, [screen(f"file {n}", STRANGER, files=(file,)) for n in range(2)], NOON
    )
    await outbox.put_many(tx, [screen(f"must {n}", STRANGER, legal=True) for n in range(2)], NOON)
    await outbox.put_many(tx, [screen(f"screen {n}", STRANGER) for n in range(4)], NOON)
    assert await sent_in_turn(tx) == [
        "file 0", "file 1", "must 0", "must 1", "screen 3", "notice 0", "notice 1", "notice 2",
    ]  # fmt: skip
