from __future__ import annotations

import random
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from telegram import Update

from bot.db import drafts
from bot.db.notice import Card
from bot.db.schema import outbox
from bot.kit.act import TABLE
from bot.kit.unit import Context
from handlers.door import Door
from tests.faults.committee import CLERK, STRANGER, Committee, committee
from tests.faults.facts import facts

BAD = (
    "", "0", "77", "x", "-1", "7.5", "NaN", "999999", "approve", "202647", str(2**31), str(2**63 - 1),
    str(2**63), "9" * 40,
)  # fmt: skip
"""None of them is the number of the matter, also when it is cut."""
SMALL = ("1", "2", "3", "4", "5")
SIGNS = (
    "a", "Ệ", " ", "\n", "\x00", "\u202e", "\u0301", "<b>", "&", "{{7*7}}", "/", "=cmd()", "😀", "𝔘",
    "%s", "1:", ":", "'", '"', "\\", "17:00", "31/12", "2026", "thứ Sáu", "sau 3 ngày", "-" * 50,
    "9" * 30, "²", "٣", "\ud800",
)  # fmt: skip


class Fuzz:
    """The real door of a running bot, knocked on without Telegram between."""

    def __init__(self, house: Committee) -> None:
        self.app = house.stage.bot
        self.door = Door(self.app.context, TABLE, self, self._fetch)
        self.answers: list[str] = []
        self._number = 5_000_000

    async def _fetch(self, file_id: str) -> bytes:
        return b"noi dung"

    async def answer(self, query_id: str, text: str) -> None:
        self.answers.append(text)

    def answer_soon(self, query_id: str, text: str) -> None:
        self.answers.append(text)

    def show(self, chat_id: int, message_id: int, card: Card) -> None:
        self.answers.append(card.text)

    async def presses(self, account: int, data: str) -> None:
        self._number += 1
        query = {
            "id": str(self._number),
            "from": {"id": account, "is_bot": False, "first_name": "A"},
            "chat_instance": "1",
            "data": data,
            "message": self._message(account, None, is_bot=True),
        }
        await self._handle({"update_id": self._number, "callback_query": query})

    async def says(self, account: int, text: str) -> None:
        self._number += 1
        message = self._message(account, text, is_bot=False)
        await self._handle({"update_id": self._number, "message": message})

    def _message(self, account: int, text: str | None, *, is_bot: bool) -> dict[str, Any]:
        message: dict[str, Any] = {
            "message_id": self._number,
            "date": int(self.app.clock.now().timestamp()),
            "chat": {"id": account, "type": "private", "first_name": "A"},
            "from": {"id": 1 if is_bot else account, "is_bot": is_bot, "first_name": "A"},
        }
        return message if text is None else {**message, "text": text}

    async def _handle(self, content: dict[str, Any]) -> None:
        now = self.app.clock.now()
        await self.door.handle(Update.de_json(content, self.app.bot), now, now)


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[Committee]:
    async with committee(tmp_path, 3) as made:
        await made.opens("Nội dung kín đáo", "Văn bản kín đáo")
        yield made


@pytest.fixture
def fuzz(house: Committee) -> Fuzz:
    return Fuzz(house)


def codes(
    chance: random.Random, actions: list[str], args: tuple[str, ...], count: int
) -> Iterator[str]:
    """Codes of every action with arguments of every number, some cut, some of another version."""
    for number in range(count):
        action = actions[number % len(actions)]
        given = [chance.choice(args) for _ in range(chance.randint(0, 4))]
        code = ":".join(("1", action, *given))[:64]
        yield chance.choice(
            (code, code, code, code, code[: chance.randint(0, len(code))], "2" + code[1:])
        )


def texts(chance: random.Random, count: int) -> Iterator[str]:
    for _ in range(count):
        yield "".join(chance.choice(SIGNS) for _ in range(chance.randint(1, 12)))


async def test_no_forged_press_of_anybody_raises_or_changes_a_fact(
    house: Committee, fuzz: Fuzz
) -> None:
    chance, before = random.Random(1), facts(house.stage.path)  # noqa: S311 - the same every time
    actions = [*sorted(TABLE.presses), "khong_co"]
    for code in codes(chance, actions, BAD, 1000):
        await fuzz.presses(chance.choice((CLERK, house.head, house.accounts[1])), code)
    assert facts(house.stage.path) == before


async def test_a_stranger_with_true_codes_changes_and_learns_nothing(
    house: Committee, fuzz: Fuzz
) -> None:
    chance, before = random.Random(2), facts(house.stage.path)  # noqa: S311 - the same every time
    actions = sorted(TABLE.presses)
    for code in codes(chance, actions, (*SMALL, "approve", "yes", "body", "text"), 600):
        await fuzz.presses(STRANGER, code)
    house.stage.bot.delivery.wake()
    await house.stage.settle()
    assert facts(house.stage.path) == before
    said = [answer for answer in fuzz.answers if answer] + await shown_to(fuzz, STRANGER)
    assert said
    hidden = ("kín đáo", "Tập thể", "Đảng đoàn", *house.names)
    assert [text for text in said if any(word in text for word in hidden)] == []


async def shown_to(fuzz: Fuzz, account: int) -> list[str]:
    async with fuzz.app.db.read() as tx:
        rows = select(outbox.c.text).where(outbox.c.chat_id == account)
        return list((await tx.execute(rows)).scalars())


async def test_no_text_of_anybody_raises_or_changes_a_fact(house: Committee, fuzz: Fuzz) -> None:
    chance, before = random.Random(3), facts(house.stage.path)  # noqa: S311 - the same every time
    kinds = ["", *sorted(TABLE.words)]
    accounts = (CLERK, house.head, house.accounts[1], STRANGER)
    for number, text in enumerate(texts(chance, 600)):
        account = chance.choice(accounts)
        await asked(fuzz.app.context, account, kinds[number % len(kinds)])
        await fuzz.says(account, text)
    assert facts(house.stage.path) == before


async def asked(context: Context, account: int, kind: str) -> None:
    """As if these words had been asked for, about things that do not exist."""
    ids = (
        *("consultation", "draft", "committee", "person", "of", "rebinding", "year"),
        *("meeting", "item", "vote", "to", "report", "duty"),
    )
    ref: dict[str, object] = dict.fromkeys(ids, 999)
    ref |= {"choice": "approve", "body": "khong_co", "kind": "off", "matter": "general"}
    ref |= {"in": "guests:-", "as": "noted", "how": "deliver", "wish": "item", "code": "QN-M1.1"}
    ref |= {"answers": [], "from": "2026-03-03T10:00:00+07:00", "period": "2026-Q1"}
    ref |= {"until": "2026-03-09T10:00:00+07:00", "day": "2026-03-09"}
    ref |= {"answers": []}
    ref |= {"cut": {"at": "2026-03-02T01:00:00+00:00", "gap": ""}}
    async with context.work() as work:
        await drafts.answered(work.tx, account)
        if kind:
            await drafts.await_words(work.tx, account, kind, ref, work.now)
