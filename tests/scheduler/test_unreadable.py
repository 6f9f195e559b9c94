"""Answers and updates that Telegram would not give: none of them may hold up what comes beside or after it."""

from __future__ import annotations

import json
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


@pytest.fixture
def intake(bot: Bot, db: Database, clock: MovableClock, ears: Ears) -> Polling:
    async def is_member(account: int) -> bool:
        async with db.read() as tx:
            return bool(await inbox.raw_around(tx, account))

    return Polling(bot, db, clock, ears.handle, order=Order(is_member=is_member))


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
    world: World, clock: MovableClock, intake: Polling, ears: Ears, start: Start, number: object
) -> None:
    nameless = {"update_id": number, "message": said(1, "không số")["message"]}
    world.updates.forge(answered(said(1, "trước"), nameless, said(2, "sau")))
    start(intake.run())
    await until(lambda: ears.heard == ["trước", "sau"] and intake.reaches_telegram)
    world.updates.forge(answered(nameless))
    await until(lambda: intake.rests)
    world.say(LAN, "về sau")
    await time_passes_until(lambda: "về sau" in ears.heard, clock)
    assert ears.heard == ["trước", "sau", "về sau"]


@pytest.mark.parametrize("part", [None, 7, "x", [], [[]]])
async def test_what_is_no_update_holds_up_none_beside_it(
    world: World, clock: MovableClock, intake: Polling, ears: Ears, start: Start, part: object
) -> None:
    world.updates.forge(answered(part, said(1, "một")))
    start(intake.run())
    await time_passes_until(lambda: ears.heard == ["một"], clock)


@pytest.mark.parametrize("levels", [100, 900])
async def test_an_update_of_great_depth_is_set_aside_alone(
    world: World,
    db: Database,
    bot: Bot,
    clock: MovableClock,
    intake: Polling,
    ears: Ears,
    start: Start,
    levels: int,
) -> None:
    nested = {**said(1, ""), "message": {"message_id": 1, "date": 0, "chat": deep(levels)}}
    world.updates.forge(answered(nested, said(2, "hai")))
    start(intake.run())
    await time_passes_until(lambda: ears.heard == ["hai"], clock)
    await intake.settled()
    async with db.read() as tx:
        assert (await inbox.counts(tx, bot.id)).faulty == 1


@pytest.mark.parametrize("chat", [2**63, -(2**70), 10**300, True, 1.5, "x", [], {}])
async def test_a_chat_that_cannot_be_stored_holds_up_no_other(
    world: World, clock: MovableClock, intake: Polling, ears: Ears, start: Start, chat: object
) -> None:
    floods = [said(number, "lũ", chat) for number in range(1, 100)]
    world.updates.forge(answered(*floods), answered(said(100, "một")))
    start(intake.run())
    await time_passes_until(lambda: "một" in ears.heard, clock)
    await intake.settled()


@pytest.mark.parametrize("answer", [b"", b"{", b"null", b"[]", b'{"ok":true}', b'{"ok":true,"result":7}', b"\xff\xfe",
                                    b'{"ok":true,"result":{"update_id":1}}', b'{"ok":false}', b"<html>", b"[" * 5000])  # fmt: skip
async def test_an_answer_that_cannot_be_read_is_asked_for_again(
    world: World, clock: MovableClock, intake: Polling, ears: Ears, start: Start, answer: bytes
) -> None:
    world.updates.forge(answer)
    world.say(LAN, "một")
    start(intake.run())
    await time_passes_until(lambda: ears.heard == ["một"], clock)
