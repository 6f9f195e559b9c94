"""Updates that Telegram sends by itself: kept before they are confirmed, covered only when all of them have come."""

from __future__ import annotations

import socket
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from telegram import Bot, Update

from bot.clock import MovableClock
from bot.db import inbox, liveness
from bot.db.engine import Database
from bot.db.inbox import Counts
from bot.db.liveness import Outage
from scheduler.listener import Address
from scheduler.webhook import Webhook
from simulator.world import World
from tests.scheduler.conftest import LAN, NOON, Start, until

SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)
SECRET = "bi-mat_1"


class Ears:
    """A handler that notes what it hears, and does what a test asks of it before."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.moments: list[tuple[datetime, datetime]] = []
        self.also: Callable[[str], Awaitable[None]] | None = None

    async def handle(self, update: Update, received_at: datetime, earliest_at: datetime) -> None:
        query, message = update.callback_query, update.effective_message
        words = (query.data if query else message.text if message else None) or "?"
        if self.also is not None:
            await self.also(words)
        self.heard.append(words)
        self.moments.append((received_at, earliest_at))


@pytest.fixture
def ears() -> Ears:
    return Ears()


@pytest.fixture
def address() -> Address:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    return Address(f"http://127.0.0.1:{port}/tin-den", "127.0.0.1", port, SECRET)


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


async def outages(db: Database) -> tuple[Outage, ...]:
    async with db.read() as tx:
        return await liveness.outages_since(tx, NOON - 999 * HOUR)


async def counts(db: Database, bot: Bot) -> Counts:
    async with db.read() as tx:
        return await inbox.counts(tx, bot.id)


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
