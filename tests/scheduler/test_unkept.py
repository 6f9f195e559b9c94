"""What is never kept: presses with a secret choice, and the words of the bot that people quote."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from telegram import Bot, Update

from bot.clock import MovableClock
from bot.db import inbox
from bot.db.engine import Database
from bot.db.schema import inbox as inbox_table
from scheduler.handling import Order, chat_of
from scheduler.intake import bare
from scheduler.polling import Polling
from simulator.world import World
from tests.scheduler.conftest import LAN, MINH, THU, Start, until


class Hands:
    """Notes which buttons were handled, in order; `also` is what a test asks of it before."""

    def __init__(self) -> None:
        self.pressed: list[str] = []
        self.also: Callable[[str], Awaitable[None]] | None = None

    async def handle(self, update: Update, received_at: datetime, earliest_at: datetime) -> None:
        query = update.callback_query
        data = (query.data if query else None) or "?"
        if self.also is not None:
            await self.also(data)
        self.pressed.append(data)


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def intake(bot: Bot, db: Database, clock: MovableClock, hands: Hands) -> Polling:
    return listening(bot, db, clock, hands)


def listening(bot: Bot, db: Database, clock: MovableClock, hands: Hands) -> Polling:
    return Polling(
        bot,
        db,
        clock,
        hands.handle,
        is_private=lambda data: data.startswith("secret"),
        order=Order(is_close),
    )


async def is_close(update: Update) -> bool:
    return update.callback_query is not None and update.callback_query.data == "close"


def presses(world: World, who: int, data: str) -> None:
    """A press on the newest message of a chat, which there must be."""
    messages = world.chat(who).messages
    world.press(who, messages[-1].message_id, data)


async def kept(db: Database) -> list[str]:
    async with db.read() as tx:
        return list((await tx.execute(select(inbox_table.c.raw))).scalars())


@pytest.fixture(autouse=True)
async def people(world: World) -> None:
    for who in (LAN, MINH, THU):
        world.say(who, "/start")


async def test_telegram_is_told_only_after_a_secret_press_has_been_handled(
    world: World, db: Database, intake: Polling, hands: Hands, start: Start
) -> None:
    start(intake.run())
    await until(lambda: world.unconfirmed == 0)
    held = asyncio.Event()

    async def hold(data: str) -> None:
        if data == "secret:a":
            await held.wait()

    hands.also = hold
    presses(world, LAN, "secret:a")
    presses(world, LAN, "plain")
    await until(lambda: not intake.is_idle)
    for _ in range(50):
        await asyncio.sleep(0)
    assert world.unconfirmed == 2
    held.set()
    await until(lambda: world.unconfirmed == 0)
    await intake.settled()
    assert hands.pressed[-2:] == ["secret:a", "plain"]
    raw = await kept(db)
    assert sum("plain" in each for each in raw) == 1
    assert not any("secret" in each for each in raw)


async def test_a_secret_press_cut_off_by_a_crash_comes_again(
    world: World,
    db: Database,
    bot: Bot,
    clock: MovableClock,
    intake: Polling,
    hands: Hands,
) -> None:
    async def never(data: str) -> None:
        if data == "secret:a":
            raise asyncio.CancelledError

    first = asyncio.create_task(intake.run())
    await until(lambda: world.unconfirmed == 0)
    hands.also = never
    presses(world, LAN, "secret:a")
    for _ in range(20):
        await asyncio.sleep(0.005)
    first.cancel()
    with suppress(asyncio.CancelledError):
        await first
    assert world.unconfirmed == 1
    hands.also = None
    again = listening(bot, db, clock, hands)
    second = asyncio.create_task(again.run())
    await until(lambda: world.unconfirmed == 0)
    second.cancel()
    with suppress(asyncio.CancelledError):
        await second
    assert hands.pressed[-1] == "secret:a"
    assert not any("secret" in each for each in await kept(db))


async def test_a_secret_press_that_fails_three_times_is_given_up_and_leaves_nothing(
    world: World,
    db: Database,
    clock: MovableClock,
    intake: Polling,
    hands: Hands,
    start: Start,
) -> None:
    async def fail(data: str) -> None:
        if data == "secret:a":
            raise LookupError("secret:a")

    hands.also = fail
    start(intake.run())
    await until(lambda: world.unconfirmed == 0)
    presses(world, LAN, "secret:a")
    for _ in range(200):
        if not world.unconfirmed:
            break
        clock.advance(timedelta(seconds=1))
        await asyncio.sleep(0.005)
    assert world.unconfirmed == 0
    async with db.read() as tx:
        assert (await inbox.counts(tx)).faulty == 0
    assert not any("secret" in each for each in await kept(db))


async def test_a_close_waits_for_everything_that_was_pressed_before_it(
    world: World, intake: Polling, hands: Hands, start: Start
) -> None:
    start(intake.run())
    await until(lambda: world.unconfirmed == 0)
    held = asyncio.Event()

    async def hold(data: str) -> None:
        if data == "slow":
            await held.wait()

    hands.also = hold
    presses(world, LAN, "slow")
    presses(world, MINH, "close")
    presses(world, THU, "later")
    await until(lambda: "later" in hands.pressed)
    assert "close" not in hands.pressed
    held.set()
    await intake.settled()
    assert hands.pressed[-3:] == ["later", "slow", "close"]


def test_of_a_press_the_message_is_kept_without_its_words_and_buttons() -> None:
    message = {
        "message_id": 7,
        "date": 1,
        "chat": {"id": 5, "type": "private"},
        "text": "Phiếu của đồng chí: Tán thành",
        "entities": [],
        "reply_markup": {"inline_keyboard": [[{"text": "x", "callback_data": "1:cast:5:a"}]]},
    }
    update = {"update_id": 1, "callback_query": {"id": "9", "data": "home", "message": message}}
    found = bare(update)
    assert found["callback_query"]["message"] == {
        "message_id": 7,
        "date": 1,
        "chat": {"id": 5, "type": "private"},
    }
    assert found["callback_query"]["data"] == "home"
    assert chat_of(found) == 5


@pytest.mark.parametrize("kind", ["message", "edited_message"])
def test_what_a_message_quotes_is_not_kept(kind: str) -> None:
    said = {"message_id": 8, "text": "Đã rõ", "chat": {"id": 5}}
    quoting = {**said, "reply_to_message": {"text": "Tán thành"}, "quote": {"text": "Tán"}}
    assert bare({"update_id": 2, kind: quoting}) == {"update_id": 2, kind: said}


def test_what_is_malformed_stays_as_it_is() -> None:
    for update in ({"update_id": 1, "message": "x"}, {"callback_query": {"message": None}}, {}):
        assert bare(update) == update
