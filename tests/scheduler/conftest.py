"""A small Telegram, a real database and the two doors between them; no committee lives here."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from telegram import Bot, Update

from bot.clock import MovableClock
from bot.db import inbox, liveness, outbox
from bot.db.engine import Database, Transaction
from bot.db.inbox import Counts
from bot.db.liveness import Outage
from bot.db.notice import Button, Card, Notice
from bot.db.outbox import Outgoing
from bot.db.schema import outbox as outbox_table
from bot.values.action import action
from bot.values.texts import TELEGRAM_LIMIT
from scheduler.delivery import Delivery
from scheduler.transport import Transport
from simulator.server import BotApiServer, serve
from simulator.world import World

NOON = datetime(2025, 3, 3, 5, tzinfo=UTC)
LAN, MINH, THU = 501, 502, 503


@dataclass
class SmallDesk:
    """The services as delivery sees them: they note what they are told, and know some live cards."""

    cards: dict[str, Card] = field(default_factory=dict)
    sent: list[tuple[str, int]] = field(default_factory=list)
    lost: list[tuple[str, str]] = field(default_factory=list)
    fails_for: str | None = None

    async def settled(self, tx: Transaction, row: Outgoing, message_id: int, now: datetime) -> None:
        if row.key == self.fails_for:
            raise LookupError(row.key)
        self.sent.append((row.key, message_id))

    async def unreachable(self, tx: Transaction, row: Outgoing, reason: str, now: datetime) -> None:
        self.lost.append((row.key, reason))

    async def live_card(self, tx: Transaction, live: str, chat_id: int) -> Card | None:
        return self.cards.get(live)

    def beginning(self, card: Card) -> Card:
        return Card(f"{card.text[:100]} …") if len(card.text) > TELEGRAM_LIMIT else card


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
def clock() -> MovableClock:
    return MovableClock(NOON)


@pytest.fixture
def world(clock: MovableClock) -> World:
    world = World(clock)
    for user_id, name in ((LAN, "Lan"), (MINH, "Minh"), (THU, "Thu")):
        world.add_person(user_id, name)
        world.people[user_id].started = True
    return world


@pytest.fixture
async def server(world: World) -> AsyncIterator[BotApiServer]:
    async with serve(world) as running:
        yield running


@pytest.fixture
async def bot(world: World, server: BotApiServer) -> AsyncIterator[Bot]:
    made = Bot(
        world.token,
        base_url=server.base_url,
        base_file_url=server.base_file_url,
        request=Transport(),
        get_updates_request=Transport(),
    )
    async with made:
        yield made


@pytest.fixture
async def db(tmp_path: Path) -> AsyncIterator[Database]:
    database = await Database.open(tmp_path / "dongthuan.db", create=True)
    yield database
    await database.close()


@pytest.fixture
def context() -> SmallDesk:
    return SmallDesk()


Start = Callable[[Coroutine[Any, Any, None]], None]


@pytest.fixture
async def start() -> AsyncIterator[Start]:
    """Start a loop that ends with the test."""
    tasks: list[asyncio.Task[None]] = []

    def begin(loop: Coroutine[Any, Any, None]) -> None:
        tasks.append(asyncio.create_task(loop))

    yield begin
    for task in tasks:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


@pytest.fixture
def delivery(bot: Bot, db: Database, clock: MovableClock, context: SmallDesk) -> Delivery:
    return Delivery(bot, db, clock, context, pace=None)


async def until(reached: Callable[[], object]) -> None:
    """Wait for the loops to get there; the test's own time limit is the only other end."""
    while True:
        if reached():
            return
        await asyncio.sleep(0.002)


async def time_passes_until(reached: Callable[[], object], clock: MovableClock) -> None:
    """Move the clock by seconds until the loops get there."""
    while not reached():
        clock.advance(timedelta(seconds=1))
        await asyncio.sleep(0.002)


def notice(key: str, chat_id: int = LAN, text: str = "", **more: Any) -> Notice:
    card = Card(text or f"Phiếu {key}", ((Button("Đã nhận", action("got", 1)),),))
    shown: dict[str, Any] = {} if "live" in more else {"card": card}
    return Notice(key, chat_id, "matter", **shown, **more)


async def put(db: Database, clock: MovableClock, *notices: Notice) -> None:
    async with db.write() as tx:
        await outbox.put_many(tx, notices, clock.now())


async def row_states(db: Database) -> dict[str, str]:
    """What has become of each row, once whoever is writing has written.

    The desk is told within the transaction that settles the row, so that a test which waits for the desk comes
    here before the commit. A reader waits for no writer and would see the row as it was; a writer waits its turn.
    """
    async with db.write(marks=False) as tx:
        rows = await tx.execute(select(outbox_table.c.key, outbox_table.c.state))
        return {row.key: row.state for row in rows}


async def outages(db: Database) -> tuple[Outage, ...]:
    async with db.read() as tx:
        return await liveness.outages_since(tx, NOON - timedelta(days=42))


async def counts(db: Database, bot: Bot) -> Counts:
    async with db.read() as tx:
        return await inbox.counts(tx, bot.id)
