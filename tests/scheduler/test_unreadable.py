"""Answers and updates that Telegram would not give: none of them may hold up what comes beside or after it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest
from telegram import Bot, Update

from bot.clock import MovableClock
from bot.db import inbox
from bot.db.engine import Database
from scheduler.handling import Order
from scheduler.polling import Polling
from simulator.world import World
from tests.scheduler.conftest import LAN, Start, time_passes_until, until

FIRST = 1_500_000_000
UNREADABLE = (
    b"", b"{", b"null", b"[]", b'{"ok":true}', b'{"ok":true,"result":7}', b'{"ok":true,"result":{"update_id":1}}',
    b'{"ok":false}', b"<html>", b"\xff\xfe", b"[" * 5000,
)  # fmt: skip
NO_NUMBERS = (None, "x", "7", 1.5, True, -1, 2**63, 10**40)


class Ears:
    def __init__(self) -> None:
        self.heard: list[str] = []

    async def handle(self, update: Update, received_at: datetime, earliest_at: datetime) -> None:
        if update.message is not None and update.message.text is not None:
            self.heard.append(update.message.text)


@pytest.fixture
def ears() -> Ears:
    return Ears()


@dataclass
class Running:
    """An intake that polls."""

    intake: Polling
    clock: MovableClock
    db: Database

    async def until(self, reached: Callable[[], object]) -> None:
        """Let time pass until then."""
        await time_passes_until(reached, self.clock)

    async def faulty(self) -> int:
        """How many updates were set aside, when all have been handled."""
        await self.intake.settled()
        async with self.db.read() as tx:
            return (await inbox.counts(tx)).faulty


@pytest.fixture
async def running(bot: Bot, db: Database, clock: MovableClock, ears: Ears, start: Start) -> Running:
    async def is_member(account: int) -> bool:
        async with db.read() as tx:
            return bool(await inbox.raw_around(tx, account))

    intake = Polling(bot, db, clock, ears.handle, order=Order(is_member=is_member))
    start(intake.run())
    return Running(intake, clock, db)


def said(number: int, text: str, chat: Any = LAN) -> dict[str, Any]:
    private = {"id": chat, "type": "private", "first_name": "A"}
    return {
        "update_id": FIRST + number,
        "message": {"message_id": number, "date": 0, "chat": private, "text": text},
    }


def deep(levels: int) -> Any:
    value: Any = "x"
    for _ in range(levels):
        value = [value]
    return value


def answered(*updates: Any) -> bytes:
    return json.dumps({"ok": True, "result": updates}).encode()


@pytest.mark.parametrize("number", NO_NUMBERS)
async def test_an_update_without_a_number_holds_up_none_beside_it(
    world: World, running: Running, ears: Ears, number: object
) -> None:
    nameless = {"update_id": number, "message": said(1, "không số")["message"]}
    world.updates.forge(answered(said(1, "trước"), nameless, said(2, "sau")))
    await until(lambda: ears.heard == ["trước", "sau"] and running.intake.reaches_telegram)
    world.updates.forge(answered(nameless))
    await until(lambda: running.intake.rests)
    world.say(LAN, "về sau")
    await running.until(lambda: "về sau" in ears.heard)
    assert ears.heard == ["trước", "sau", "về sau"]


@pytest.mark.parametrize("part", [None, 7, "x", [], [[]]])
async def test_what_is_no_update_holds_up_none_beside_it(
    world: World, running: Running, ears: Ears, part: object
) -> None:
    world.updates.forge(answered(part, said(1, "một")))
    await running.until(lambda: ears.heard == ["một"])


@pytest.mark.parametrize("levels", [100, 900])
async def test_an_update_of_great_depth_is_set_aside_alone(
    world: World, running: Running, ears: Ears, levels: int
) -> None:
    world.updates.forge(answered(said(1, "", deep(levels)), said(2, "hai")))
    await running.until(lambda: ears.heard == ["hai"])
    assert await running.faulty() == 1


@pytest.mark.parametrize("chat", [2**63, -(2**70), 10**300, True, 1.5, "x", [], {}])
async def test_a_chat_that_is_none_holds_up_no_other_and_is_set_aside(
    world: World, running: Running, ears: Ears, chat: object
) -> None:
    floods = [said(number, "lũ", chat) for number in range(1, 100)]
    world.updates.forge(answered(*floods), answered(said(100, "một")))
    await running.until(lambda: ears.heard == ["một"])
    assert await running.faulty() == 99


@pytest.mark.parametrize("text", [7, True, [], {}, ["x"]])
async def test_words_that_are_none_are_set_aside_before_anybody_acts_on_them(
    world: World, running: Running, ears: Ears, text: Any
) -> None:
    world.updates.forge(answered(said(1, text), said(2, "hai")))
    await running.until(lambda: ears.heard == ["hai"])
    assert await running.faulty() == 1


async def test_an_album_that_no_store_can_name_is_set_aside(
    world: World, running: Running, ears: Ears
) -> None:
    odd = said(1, "một")
    odd["message"]["media_group_id"] = "\ud800"
    world.updates.forge(answered(odd, said(2, "hai")))
    await running.until(lambda: ears.heard == ["hai"])
    assert await running.faulty() == 1


@pytest.mark.parametrize("answer", UNREADABLE)
async def test_an_answer_that_cannot_be_read_is_asked_for_again(
    world: World, running: Running, ears: Ears, answer: bytes
) -> None:
    world.updates.forge(answer)
    world.say(LAN, "một")
    await running.until(lambda: ears.heard == ["một"])
