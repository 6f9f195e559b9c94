"""Updates that Telegram sends by itself: kept before they are confirmed, covered only when all of them have come."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import Any

import aiohttp
import pytest
from telegram import Bot

from bot.clock import MovableClock
from bot.db import dues, inbox, liveness
from bot.db.engine import Database
from bot.db.inbox import Counts
from bot.db.liveness import Outage
from bot.values.moments import INSTANT
from scheduler.line import Address
from scheduler.listener import SECRET_HEADER
from scheduler.polling import Polling
from scheduler.webhook import Webhook
from simulator.sandbox import address_here
from simulator.world import World
from tests.scheduler.conftest import (
    LAN,
    MINH,
    NOON,
    Ears,
    Start,
    counts,
    outages,
    time_passes_until,
    until,
)

SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture
def address() -> Address:
    return address_here()


@pytest.fixture
async def intake(
    address: Address, bot: Bot, db: Database, clock: MovableClock, ears: Ears
) -> Webhook:
    return await listening(address, bot, db, clock, ears)


async def listening(
    address: Address, bot: Bot, db: Database, clock: MovableClock, ears: Ears, **more: Any
) -> Webhook:
    """A webhook that holds its address, as the house does before it runs."""
    made = Webhook(address, bot, db, clock, ears.handle, **more)
    await made.prepare()
    return made


async def quiet(world: World, intake: Webhook) -> None:
    """Nothing is left at Telegram, and nothing here."""
    await until(lambda: world.unconfirmed == 0 and intake.is_idle)


async def test_what_is_said_is_kept_handled_and_marked(
    world: World, db: Database, bot: Bot, intake: Webhook, ears: Ears, start: Start
) -> None:
    world.say(LAN, "một")
    start(intake.run())
    await quiet(world, intake)
    world.say(LAN, "hai")
    await quiet(world, intake)
    assert ears.heard == ["một", "hai"]
    assert ears.moments == [(NOON, NOON)] * 2
    assert await counts(db, bot) == Counts(waiting=0, handled=2, faulty=0)


async def test_telegram_is_told_where_to_send_what_with_which_secret_and_drops_nothing(
    world: World, address: Address, intake: Webhook, ears: Ears, start: Start
) -> None:
    world.say(LAN, "trước khi có địa chỉ")
    start(intake.run())
    await quiet(world, intake)
    assert (world.webhook.url, world.webhook.secret) == (address.url, address.secret)
    assert world.updates.allowed == {
        "message",
        "edited_message",
        "callback_query",
        "my_chat_member",
    }
    assert ears.heard == ["trước khi có địa chỉ"]


async def test_an_update_is_in_the_inbox_when_it_is_confirmed(
    db: Database, address: Address, intake: Webhook, ears: Ears, start: Start
) -> None:
    async def hang(words: str) -> None:
        await asyncio.Event().wait()

    ears.also = hang
    start(intake.run())
    await until(lambda: intake.reaches_telegram)
    assert await called(address, said(7, "một")) == 200
    async with db.read() as tx:
        assert await inbox.counts(tx) == Counts(waiting=1, handled=0, faulty=0)


async def test_an_update_that_comes_twice_is_handled_once(
    db: Database, bot: Bot, address: Address, intake: Webhook, ears: Ears, start: Start
) -> None:
    start(intake.run())
    await until(lambda: intake.reaches_telegram)
    for _ in range(3):
        assert await called(address, said(7, "một")) == 200
    await intake.settled()
    assert ears.heard == ["một"]
    assert await counts(db, bot) == Counts(waiting=0, handled=1, faulty=0)


async def test_a_secret_choice_is_handled_before_it_is_confirmed_and_never_kept(
    db: Database, bot: Bot, address: Address, crowded: Webhook, ears: Ears, start: Start
) -> None:
    may_go_on = asyncio.Event()

    async def wait(words: str) -> None:
        await may_go_on.wait()

    ears.also = wait
    start(crowded.run())
    await until(lambda: crowded.reaches_telegram)
    query = {"id": "1", "from": person(LAN), "chat_instance": "1", "data": "secret:yes"}
    calling = asyncio.create_task(called(address, {"update_id": 7, "callback_query": query}))
    await until(lambda: not crowded.is_idle)
    assert not calling.done()
    may_go_on.set()
    assert await calling == 200
    assert ears.heard == ["secret:yes"]
    assert await counts(db, bot) == Counts(waiting=0, handled=0, faulty=0)


async def test_who_is_told_to_send_elsewhere_is_told_again(
    world: World, bot: Bot, address: Address, clock: MovableClock, intake: Webhook, start: Start
) -> None:
    start(intake.run())
    await until(lambda: intake.reaches_telegram)
    await bot.delete_webhook()
    intake.look_soon()
    await until(lambda: intake.rests)
    clock.advance(SECOND)
    await until(lambda: intake.reaches_telegram)
    assert world.webhook.url == address.url


async def test_moving_between_both_ways_loses_nothing_and_repeats_nothing(
    world: World,
    db: Database,
    bot: Bot,
    clock: MovableClock,
    address: Address,
    ears: Ears,
) -> None:
    for number in range(4):
        world.say(LAN, f"{number}")
        intake = (
            await listening(address, bot, db, clock, ears)
            if number % 2
            else Polling(bot, db, clock, ears.handle)
        )
        running = asyncio.create_task(intake.run())
        await time_passes_until(lambda n=number: len(ears.heard) == n + 1, clock)  # type: ignore[misc]
        await until(lambda: world.unconfirmed == 0)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
    assert ears.heard == ["0", "1", "2", "3"]


# --- what is covered -----------------------------------------------------------------------------


class House:
    """A house with one due moment, which notes what it is told to be covered."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self.covered: list[datetime | None] = []

    async def falls_due(self, at: datetime) -> None:
        async with self._db.write() as tx:
            await dues.put(tx, "close:1", "close", at)

    async def next_due(self) -> datetime | None:
        async with self._db.read() as tx:
            return await dues.next_moment(tx)


@pytest.fixture
async def house(db: Database) -> House:
    made = House(db)
    await made.falls_due(DUE)
    return made


@pytest.fixture
async def watched(
    address: Address, bot: Bot, db: Database, clock: MovableClock, ears: Ears, house: House
) -> Webhook:
    """A webhook of that house."""

    def note() -> None:
        house.covered.append(made.covered_until)

    made = await listening(address, bot, db, clock, ears, next_due=house.next_due, on_cover=note)
    return made


DUE = NOON + 10 * SECOND
PAST = DUE + INSTANT


async def test_a_due_moment_is_covered_by_a_look_asked_after_it(
    world: World, db: Database, clock: MovableClock, watched: Webhook, house: House, start: Start
) -> None:
    start(watched.run())
    await until(lambda: watched.reaches_telegram)
    clock.advance(9 * SECOND)
    watched.look_soon()
    await until(lambda: watched.covered_until == NOON + 9 * SECOND)
    assert house.covered == []
    clock.move_to(PAST)
    await until(lambda: house.covered)
    assert house.covered == [PAST]
    async with db.read() as tx:
        assert await liveness.covered_until(tx) == PAST


async def test_a_due_moment_is_not_covered_while_something_waits_at_telegram(
    world: World, clock: MovableClock, watched: Webhook, house: House, ears: Ears, start: Start
) -> None:
    start(watched.run())
    await until(lambda: watched.reaches_telegram)
    world.faults.fail("webhook")
    world.say(LAN, "trong hạn")
    await until(lambda: world.webhook.last_error_at)
    clock.move_to(PAST)
    for _ in range(20):
        await until(lambda: watched.rests)
        clock.advance(SECOND)
    assert (house.covered, ears.heard) == ([], [])
    world.faults.clear()
    await time_passes_until(lambda: house.covered, clock)
    assert ears.heard == ["trong hạn"]


async def test_an_error_newer_than_the_look_before_covers_nothing_though_nothing_waits(
    world: World, clock: MovableClock, watched: Webhook, house: House, start: Start
) -> None:
    start(watched.run())
    await until(lambda: watched.reaches_telegram)
    clock.move_to(DUE)
    world.webhook.fails("Connection refused", clock.now())
    clock.move_to(PAST)
    await until(lambda: watched.rests)
    assert house.covered == []
    clock.advance(SECOND)
    await until(lambda: house.covered)
    assert house.covered == [PAST + SECOND]


async def test_while_telegram_has_not_all_updates_itself_nothing_is_covered(
    world: World, clock: MovableClock, watched: Webhook, house: House, start: Start
) -> None:
    start(watched.run())
    await until(lambda: watched.reaches_telegram)
    clock.move_to(DUE)
    for _ in range(5):
        world.webhook.last_synchronization_error_at = clock.now()
        clock.advance(SECOND)
        watched.look_soon()
        await until(lambda: watched.rests)
    assert house.covered == []
    await time_passes_until(lambda: house.covered, clock)
    assert house.covered[0] is not None
    assert house.covered[0] > PAST


# --- gaps ----------------------------------------------------------------------------------------


async def test_the_time_the_house_was_down_is_a_gap_and_dates_what_waited(
    world: World, db: Database, clock: MovableClock, intake: Webhook, ears: Ears, start: Start
) -> None:
    async with db.write() as tx:
        await liveness.cover(tx, NOON - HOUR)
    for number in range(120):
        world.say(LAN, f"{number}")
    start(intake.run())
    await quiet(world, intake)
    await until(lambda: len(ears.heard) == 120)
    assert await outages(db) == (Outage(NOON - HOUR, NOON),)
    assert set(ears.moments) == {(NOON, NOON - HOUR)}
    world.say(LAN, "sau")
    await until(lambda: len(ears.heard) == 121)
    assert ears.moments[-1] == (NOON, NOON)


async def test_a_gap_lasts_while_telegram_does_not_reach_us_though_we_reach_it(
    world: World, db: Database, clock: MovableClock, intake: Webhook, ears: Ears, start: Start
) -> None:
    start(intake.run())
    await until(lambda: intake.reaches_telegram)
    world.faults.fail("webhook")
    world.say(LAN, "một")
    await until(lambda: world.webhook.last_error_at)
    clock.advance(MINUTE)
    await until(lambda: intake.rests)
    clock.advance(2 * HOUR)
    await until(lambda: world.webhook.last_error_at == clock.now())
    world.faults.clear()
    await time_passes_until(lambda: ears.heard, clock)
    [gap] = await outages(db)
    assert gap.start == NOON
    assert NOON + 2 * HOUR + MINUTE <= gap.end <= NOON + 2 * HOUR + 4 * MINUTE
    [(received, earliest)] = ears.moments
    assert earliest == NOON
    assert NOON + 2 * HOUR <= received <= gap.end


async def test_a_short_gap_is_not_recorded(
    world: World, db: Database, clock: MovableClock, intake: Webhook, ears: Ears, start: Start
) -> None:
    start(intake.run())
    await until(lambda: intake.reaches_telegram)
    world.faults.fail("webhook")
    world.say(LAN, "một")
    await until(lambda: world.webhook.last_error_at)
    clock.advance(MINUTE)
    await until(lambda: intake.rests)
    world.faults.clear()
    await time_passes_until(lambda: ears.heard, clock)
    assert await outages(db) == ()
    [(received, earliest)] = ears.moments
    assert received == earliest


async def test_a_clock_moved_by_days_while_nothing_fails_is_no_gap(
    world: World, db: Database, clock: MovableClock, intake: Webhook, start: Start
) -> None:
    start(intake.run())
    await until(lambda: intake.reaches_telegram)
    for _ in range(3):
        clock.advance(24 * HOUR)
        await until(lambda: intake.covered_until == clock.now())
    assert await outages(db) == ()


async def test_a_crowd_that_never_ends_is_no_gap(
    world: World, db: Database, clock: MovableClock, crowded: Webhook, ears: Ears, start: Start
) -> None:
    """At every look something waits, but something has come since the look before."""
    may_end = asyncio.Event()

    async def hang(words: str) -> None:
        if words == "secret":
            await may_end.wait()

    ears.also = hang
    start(crowded.run())
    await until(lambda: crowded.reaches_telegram)
    world.say(MINH, "/start")
    await until(lambda: ears.heard == ["/start"])
    world.press(MINH, world.chat(MINH).messages[-1].message_id, "secret")
    for number in range(10):
        clock.advance(MINUTE)
        world.say(LAN, f"{number}")
        await until(lambda n=number: len(ears.heard) == n + 2)  # type: ignore[misc]
        crowded.look_soon()
        await until(lambda: crowded.last_good_poll == clock.now())
    assert crowded.covered_until == NOON
    may_end.set()
    await time_passes_until(lambda: crowded.covered_until == clock.now(), clock)
    assert await outages(db) == ()
    assert all(received == earliest for received, earliest in ears.moments)


@pytest.fixture
async def crowded(
    address: Address, bot: Bot, db: Database, clock: MovableClock, ears: Ears
) -> Webhook:
    """A webhook at which the presses "secret" are never kept."""
    return await listening(
        address, bot, db, clock, ears, is_private=lambda data: data.startswith("secret")
    )


async def test_after_a_gap_a_persons_presses_and_messages_are_handled_in_their_order(
    world: World, db: Database, clock: MovableClock, intake: Webhook, ears: Ears, start: Start
) -> None:
    async with db.write() as tx:
        await liveness.cover(tx, NOON - HOUR)
    world.say(LAN, "/start")
    world.press(LAN, world.chat(LAN).messages[-1].message_id, "reject")
    world.say(LAN, "vì chưa rõ kinh phí")
    world.press(LAN, world.chat(LAN).messages[0].message_id, "approve")
    start(intake.run())
    await quiet(world, intake)
    await until(lambda: len(ears.heard) == 4)
    assert ears.heard == ["/start", "reject", "vì chưa rõ kinh phí", "approve"]


def person(number: int) -> dict[str, Any]:
    return {"id": number, "is_bot": False, "first_name": "Lan"}


def said(update_id: int, words: str) -> dict[str, Any]:
    """An update as Telegram sends it."""
    message = {
        "message_id": 1,
        "date": int(NOON.timestamp()),
        "chat": {"id": LAN, "type": "private"},
        "from": person(LAN),
        "text": words,
    }
    return {"update_id": update_id, "message": message}


async def called(address: Address, update: dict[str, Any]) -> int:
    """What is answered to a call of Telegram's."""
    headers = {SECRET_HEADER: address.secret}
    async with (
        aiohttp.ClientSession() as session,
        session.post(address.url, json=update, headers=headers) as answer,
    ):
        return answer.status
