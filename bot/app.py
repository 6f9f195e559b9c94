"""The composition root: the only module that knows every layer. Nothing is decided here."""

from __future__ import annotations

import asyncio
import contextlib
import gc
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any

import structlog
from telegram import BotCommand, MenuButtonCommands, Update
from telegram.error import InvalidToken, RetryAfter, TelegramError

from bot import (
    run_due,
    subjects,  # noqa: F401 - every subject enters its acts
)
from bot.clock import Clock
from bot.db import dues, inbox, outbox, people
from bot.db.engine import Database
from bot.db.faults import StoreFault
from bot.kit.act import TABLE
from bot.kit.unit import Context, Wake
from bot.live import Post
from bot.logs import whereabouts
from bot.rendering import Rendering
from handlers.door import Door
from scheduler.delivery import Delivery
from scheduler.done import Done
from scheduler.handling import Handle, Order
from scheduler.heartbeat import Heartbeat
from scheduler.intake import Intake
from scheduler.line import Line, TokenRefusedError
from scheduler.pacing import Pace, seconds_of
from scheduler.polling import Polling
from scheduler.shared_pace import SharedPace
from scheduler.sharing import Sharing
from scheduler.showing import Showing

LAST_SENDS, LAST_SIGNS = 3.0, 1.0
"""Seconds that acts and messages under way are given when the house closes, and then what is shown past the outbox.

Together under five: whoever stops the machine waits no longer. A message cut off is of unknown fate.
"""
ENDING = "intake", "delivery"
"""Loops that end what is under way; others are cut off at once."""

ALIVE_EVERY = timedelta(hours=1)
SILENCE = timedelta(minutes=5)
"""Without a good poll for so long, every run says so in the log."""
LONGEST_PAUSE = 30
"""Seconds between two attempts to find Telegram at the start."""

_log = structlog.get_logger(__name__)


def keep_what_is_loaded() -> None:
    """Have the collector of garbage pass over all that is there by now: modules and tables stay until the process ends.

    Called once by a process that runs the bot, when it has loaded it: each look through so much would hold up
    whoever has pressed for a tenth of a second.
    """
    gc.freeze()


class App:
    """One running bot: intake, door, heartbeat and delivery on one database."""

    def __init__(
        self, line: Line, db: Database, clock: Clock, say: Rendering, *, pace: Pace | None
    ) -> None:
        self._say = say
        self._webhook = line.webhook
        self.db, self.clock = db, clock
        self.bot = line.bot()
        self._moments = Wake()
        self._pace = (
            SharedPace(db.sending_turns)
            if pace is not None and db.sending_turns is not None
            else pace
        )
        self._tasks: list[asyncio.Task[None]] = []
        self._alive_at: datetime | None = None
        self.done = Done()
        self._sharing: Sharing | None = None

    async def start(self, on_silence: Callable[[], None] | None = None) -> None:
        """Begin to take in, to act on time and to deliver; returns once Telegram knows the bot.

        While Telegram does not answer it is asked again and again; `on_silence` is called once then.
        Refuses a token that Telegram does not know (TokenRefusedError), and an address of its own for the
        webhook that is taken (AddressTakenError).
        """
        await self._find_telegram(on_silence)
        self.context = Context(self.db, self.clock, self._say, self.bot.link, self._moments)
        await run_due.make_ready(self.context)
        self.heartbeat = Heartbeat(self.clock, self.db, self._run_due)
        self.delivery = Delivery(
            self.bot,
            self.db,
            self.clock,
            Post(self.context),
            pace=self._pace,
            on_settled=self._look_again,
            done=self.done,
        )
        self.showing = Showing(self.bot, self._pace, self.delivery.forget)
        door = Door(self.context, TABLE, self.showing, self._fetch)
        self.intake = await self._intake(door)
        self.heartbeat.start()
        self._tasks = [
            *self._shares(),
            asyncio.create_task(self.intake.run(), name="intake"),
            asyncio.create_task(self.delivery.run(), name="delivery"),
        ]
        await self._introduce()

    async def _find_telegram(self, on_silence: Callable[[], None] | None) -> None:
        failures = 0
        while True:
            try:
                await self.bot.initialize()
            except InvalidToken:
                raise TokenRefusedError from None
            except TelegramError as error:
                _log.warning("telegram not found", error=type(error).__name__, failures=failures)
                flood = seconds_of(error) if isinstance(error, RetryAfter) else timedelta(0)
            else:
                return
            if failures == 0 and on_silence is not None:
                on_silence()
            pause = max(flood, timedelta(seconds=min(2**failures, LONGEST_PAUSE)))
            failures = min(failures + 1, LONGEST_PAUSE)
            await self.clock.wait_until(self.clock.now() + pause)

    async def _intake(self, door: Door) -> Intake:
        """Called by Telegram where there is an address for it, else asking it."""
        parts = (self.bot, self.db, self.clock, self._handler(door))
        more: dict[str, Any] = {
            "next_due": self._next_due,
            "on_cover": self.heartbeat.wake,
            "is_private": TABLE.is_private,
            "order": Order(door.must_wait, self._is_member),
            "name": self.context.say.label("register.clock"),
        }
        if self._webhook is None:
            return Polling(*parts, **more)
        from scheduler.webhook import Webhook  # noqa: PLC0415 - most bots ask, and it brings a web server

        intake = Webhook(self._webhook, *parts, **more)
        await intake.prepare()
        return intake

    def _shares(self) -> Iterator[asyncio.Task[None]]:
        """Where several processes may serve one bot, what this one does about the others."""
        if self.db.instance is not None:
            parts = self.intake, self.delivery, self.heartbeat
            self._sharing = Sharing(self.db.instance, self.clock, *parts)
            yield asyncio.create_task(self._sharing.run(), name="sharing")

    def _handler(self, door: Door) -> Handle:
        async def handle(update: Update, received_at: datetime, earliest_at: datetime) -> None:
            await door.handle(update, received_at, earliest_at)
            self.done.updates += 1
            self.delivery.wake()
            self._look_again()
            if self._sharing is not None:
                self._sharing.handled()

        return handle

    def _look_again(self) -> None:
        """After an act or a delivery: something may fall due earlier than polls and runs expect."""
        if self._moments.taken():
            self.intake.reconsider()
            self.heartbeat.wake()

    async def _run_due(self, now: datetime) -> None:
        self._say_alive(now)
        await run_due.run_due(self.context, now)
        self.intake.reconsider()
        self.delivery.wake()

    def _say_alive(self, now: datetime) -> None:
        """A line an hour; one at every run while nothing is heard from Telegram."""
        last = self.intake.last_good_poll
        silent = now - last if last else timedelta(0)
        told = {"seconds_since_last_poll": round(silent.total_seconds())}
        if silent > SILENCE and not self.intake.reaches_telegram:
            _log.warning("nothing heard from telegram", **told)
        elif self._alive_at is None or now - self._alive_at >= ALIVE_EVERY:
            _log.info("alive", **told)
            self._alive_at = now

    async def _is_member(self, account: int) -> bool:
        async with self.db.read() as tx:
            return await people.is_bound(tx, account)

    async def _next_due(self) -> datetime | None:
        async with self.db.glance() as looks:
            return await dues.next_moment(looks)

    async def next_moment(self) -> datetime | None:
        """When the house will next do something by itself: a due moment, or a message that waits."""
        now = self.clock.now()
        async with self.db.read() as tx:
            moments = [await dues.next_moment(tx), await outbox.next_moment(tx, now)]
        moments.append(self.delivery.next_wake)
        ahead = [moment for moment in moments if moment and moment > now]
        return min(ahead, default=None)

    async def _fetch(self, file_id: str) -> bytes:
        file = await self.bot.get_file(file_id)
        return bytes(await file.download_as_bytearray())

    async def _introduce(self) -> None:
        """Commands and the menu button; may be said again at every start."""
        commands = [
            BotCommand(name, self._say.label(f"command.{name}")) for name in ("start", "help")
        ]
        try:
            await self.bot.set_my_commands(commands)
            await self.bot.set_chat_menu_button(menu_button=MenuButtonCommands())
        except TelegramError as error:
            _log.warning("commands not set", error=type(error).__name__)

    async def is_quiet(self) -> bool:
        """Whether nothing is under way and nothing that could be done now waits."""
        now = self.clock.now()
        if not (self.intake.is_idle and self.showing.is_idle):
            return False
        if self._sharing is not None and not await self._is_shared_out(now):
            return False
        async with self.db.glance() as looks:
            unsent = await outbox.unsettled(looks, now)
            due = await dues.next_moment(looks)
        if unsent and self.delivery.is_open:
            return False
        return due is None or due > now or not self.intake.reaches_telegram

    async def _is_shared_out(self, now: datetime) -> bool:
        """Whether no process of several has an update to handle."""
        async with self.db.read() as tx:
            waits = await inbox.waits_since(tx, now)
        return not waits and self._sharing is not None and self._sharing.is_idle

    async def broken(self) -> None:
        """Return only when a loop has ended by itself: the house must then be started anew.

        Raises the StoreFault after which nothing can be kept any more.
        """
        ended, _ = await asyncio.wait(self._tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in ended:
            error = None if task.cancelled() else task.exception()
            told = whereabouts(error) if error else {}
            _log.error("a loop has ended", loop=task.get_name(), **told)
            if isinstance(error, StoreFault):
                raise error

    async def stop(self) -> None:
        """End every loop; what is under way is finished or left to the next start."""
        if self._tasks:
            await self.heartbeat.stop()
            self.delivery.stop()
            ending = [each for each in self._tasks if each.get_name() in ENDING]
            for task in self._tasks:
                if task.get_name() != "delivery":
                    task.cancel()  # the intake lets its handlers end by themselves
            await asyncio.wait(ending, timeout=LAST_SENDS)
            await self.showing.stop(LAST_SIGNS)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._pace is not None:
            await self._pace.close()
        await self.bot.shutdown()


@asynccontextmanager
async def running(
    line: Line, db: Database, clock: Clock, say: Rendering, *, pace: Pace | None
) -> AsyncIterator[App]:
    """A bot that runs within the block."""
    app = App(line, db, clock, say, pace=pace)
    try:
        await app.start()
        yield app
    finally:
        with contextlib.suppress(asyncio.CancelledError):
            await app.stop()
