"""Updates from Telegram: asked for, kept without what they only quote, confirmed; until when nothing is missing."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime, timedelta
from math import ceil
from typing import Any

import structlog
from telegram import Bot
from telegram.error import RetryAfter, TelegramError

from bot.clock import Clock, MovableClock
from bot.db import inbox, liveness, set_aside
from bot.db.engine import Database, Transaction
from bot.db.faults import StoreFault
from bot.db.liveness import Outage
from bot.logs import whereabouts
from scheduler import transport
from scheduler.handling import (
    NO_ORDER,
    Handle,
    Handling,
    Order,
    Received,
    button_of,
    read,
)
from scheduler.pacing import seconds_of

IsPrivate = Callable[[str], bool]
"""Whether the data of a button carry what must never be kept."""

_QUOTES = ("external_reply", "quote", "pinned_message")
_PLACE = ("message_id", "date", "chat", "from", "sender_chat", "inline_message_id")
_WHERE = ("message_id", "date", "chat")


def carries_secret(update: dict[str, Any], is_private: IsPrivate) -> bool:
    """Whether the update is a press that must be handled without being kept."""
    return is_private(button_of(update))


def numbered(batch: Iterable[dict[str, Any]]) -> dict[int, dict[str, Any]]:
    """Updates by their numbers, each bare; what has no number is no update."""
    return {
        each["update_id"]: bare(each) for each in batch if isinstance(each.get("update_id"), int)
    }


def bare(update: dict[str, Any]) -> dict[str, Any]:
    """The update without the words and buttons of the bot's own messages that it quotes."""
    return {name: _bare(name, part) for name, part in update.items()}


def _bare(name: str, part: Any) -> Any:
    if not isinstance(part, dict):
        return part
    if name == "callback_query" and isinstance(part.get("message"), dict):
        place = {key: value for key, value in part["message"].items() if key in _PLACE}
        return {**part, "message": place}
    if name in ("message", "edited_message"):
        said = {key: value for key, value in part.items() if key not in _QUOTES}
        return _without_the_words_replied_to(said)
    return part


def _without_the_words_replied_to(said: dict[str, Any]) -> dict[str, Any]:
    """Of the message that it is a reply to only the place is kept: which one it was, and whose."""
    replied = said.pop("reply_to_message", None)
    if not isinstance(replied, dict) or not all(key in replied for key in _WHERE):
        return said
    return {**said, "reply_to_message": {key: replied[key] for key in _PLACE if key in replied}}


LONGEST_POLL = 30
SLACK = 15.0
"""Seconds that an answer may be late before a poll is given up."""
FULL_BATCH = 100
BACKLOG = 2000
OUTAGE = timedelta(minutes=5)
"""A gap is recorded when it is longer."""
PURGE_EVERY = timedelta(days=1)

_log = structlog.get_logger(__name__)


class Intake:
    """One loop, started with `run`, ended by cancelling it.

    `next_due` gives the next moment at which something is decided: polls end by then, so that what
    was pressed before it is known to have come in. `on_cover` is called when such a moment has been
    covered. A press whose button `is_private` is never kept: it is handled before Telegram is told that
    it came. `name` stands in the register for whoever records that Telegram was out of reach.
    """

    def __init__(
        self,
        bot: Bot,
        db: Database,
        clock: Clock,
        handle: Handle,
        *,
        next_due: Callable[[], Awaitable[datetime | None]] | None = None,
        on_cover: Callable[[], None] | None = None,
        is_private: IsPrivate = lambda _: False,
        order: Order = NO_ORDER,
        name: str = "",
    ) -> None:
        self._bot = bot
        self._name = name
        self._bot_id = int(bot.token.split(":")[0])
        self._db = db
        self._clock = clock
        self._next_due = next_due
        self._on_cover = on_cover
        self._is_private = is_private
        self._handling = Handling(bot, self._bot_id, db, clock, handle, order)
        self._changed = asyncio.Event()
        self._offset: int | None = None
        self._covered: datetime | None = None
        self._last_good: datetime | None = None
        self._failures = 1  # nothing is known of the time before the start
        self._late_since: datetime | None = None
        self._resting = False
        self._purged_at: datetime | None = None

    @property
    def covered_until(self) -> datetime | None:
        """Everything pressed before this moment has been kept; None before the first good poll."""
        return self._covered

    @property
    def last_good_poll(self) -> datetime | None:
        """When Telegram last answered a poll, as far as this run knows."""
        return self._last_good

    @property
    def reaches_telegram(self) -> bool:
        """Whether the last poll was answered."""
        return self._failures == 0

    @property
    def rests(self) -> bool:
        """Whether it waits after a failure before it asks again."""
        return self._resting

    @property
    def is_idle(self) -> bool:
        """Whether everything received has been handled."""
        return self._handling.is_idle

    async def settled(self) -> None:
        """Return when everything received has been handled.

        A poll that is under way may bring more: Telegram has nothing more to bring when it says so.
        """
        await self._handling.settled()

    async def run(self) -> None:
        """Handle what waited, then poll for ever; cancel to end."""
        try:
            await self._resume()
            while True:
                await self._handling.room_for_more(BACKLOG)
                await self._poll()
        finally:
            await self._handling.stop()

    async def take_in(
        self,
        batch: list[dict[str, Any]],
        *,
        covered: datetime | None = None,
        gap: Outage | None = None,
    ) -> None:
        """Keep updates and hand over those that are new; StoreFault when they could not be kept.

        After a gap a press may be as old as its start. Only then may Telegram be told that the
        updates have come: by the next poll, or by the answer to a webhook call.
        """
        now = self._clock.now()
        earliest = self._late_since or (gap.start if gap else now)
        updates = numbered(batch)
        unkept = {n for n, each in updates.items() if carries_secret(each, self._is_private)}
        rows = [(n, json.dumps(each)) for n, each in updates.items() if n not in unkept]
        async with self._db.write() as tx:
            new = await inbox.add(tx, self._bot_id, rows, now, earliest)
            if gap is not None:
                await liveness.add_outage(tx, gap, now, self._name)
            if covered is not None:
                await liveness.cover(tx, covered)
            await self._purge(tx, now)
        wanted = [
            Received(number, update, now, earliest, kept=number not in unkept)
            for number, update in updates.items()
            if number in new or number in unkept
        ]
        self._handling.take(wanted)
        for each in wanted:
            if each.update_id in unkept:
                await each.ended.wait()

    async def _resume(self) -> None:
        """Hand over what an earlier run had kept and not handled, and take up its coverage."""
        async with self._db.read() as tx:
            self._covered = await liveness.covered_until(tx)
            lost = await liveness.lost_since(tx, self._covered)
            waiting = await inbox.unhandled(tx, self._bot_id)
        self._last_good = self._covered or self._clock.now()
        if (
            lost is not None
        ):  # recorded when the database was brought back: what now comes may be as old
            self._late_since, self._last_good = self._last_good, lost.end
        self._handling.take(
            Received(
                each.update_id, read(each.raw), each.received_at, each.earliest_at, each.attempts
            )
            for each in waiting
        )

    # --- polling ------------------------------------------------------------------------------

    async def _poll(self) -> None:
        """One poll, kept before the next one confirms it; a pause after a failure.

        Raises a StoreFault after which nothing can be kept any more.
        """
        try:
            due = await self._uncovered_due()
            started = self._clock.now()
            # After a failure the first question is whether Telegram answers at all.
            wait = 0 if self._failures else _seconds_until(due, started)
            batch = await self._asked(wait)
            if batch is not None:
                await self._keep(batch, started, wait)
        except RetryAfter as flood:
            self._failures += 1
            await self._rest(seconds_of(flood))
        except StoreFault as fault:
            if fault.kind == "replaced":
                raise
            await self._pause(fault)
        except TelegramError as error:
            await self._pause(error)
        except Exception as error:  # noqa: BLE001 - the outermost loop: the next poll must come
            _log.error("poll not kept", **whereabouts(error))
            await self._pause(error)

    def reconsider(self) -> None:
        """Something may fall due earlier than the poll under way would end: it is then cut off."""
        self._changed.set()

    async def _asked(self, wait: int) -> list[dict[str, Any]] | None:
        """What Telegram answers; None when the poll was cut off because something has fallen due.

        What a cut-off poll may have brought is not confirmed, so the next one brings it again.
        """
        poll = asyncio.ensure_future(
            transport.get_updates(self._bot, self._offset, wait, self._patience(wait))
        )
        try:
            while wait and not poll.done() and not await self._falls_due(poll):
                pass
            return await poll if poll.done() or not wait else None
        finally:
            poll.cancel()
            await asyncio.gather(poll, return_exceptions=True)

    async def _falls_due(self, poll: asyncio.Future[list[dict[str, Any]]]) -> bool:
        """Wait beside a poll for a due moment; False when the poll ended, or other moments count now."""
        self._changed.clear()
        due = await self._uncovered_due()
        changed = asyncio.ensure_future(self._changed.wait())
        alarm = asyncio.ensure_future(self._clock.wait_until(due)) if due else None
        waits = [each for each in (poll, changed, alarm) if each is not None]
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
            return alarm is not None and alarm.done() and not poll.done()
        finally:
            changed.cancel()
            if alarm is not None:
                alarm.cancel()

    async def _keep(self, batch: list[dict[str, Any]], started: datetime, wait: int) -> None:
        now = self._clock.now()
        complete = len(batch) < FULL_BATCH
        gap = self._gap(started, now)
        covered = _covered_by(batch, started, wait, now) if complete else None
        await self.take_in(batch, covered=covered, gap=gap)
        if gap is not None:
            _log.warning("gap recorded", start=gap.start.isoformat(), end=gap.end.isoformat())
        # A confirmed offset is not repeated: numbers start anew, perhaps lower, after a quiet week.
        self._offset = max((each.get("update_id", 0) for each in batch), default=-1) + 1 or None
        self._late_since = None if complete else self._late_since or (gap.start if gap else None)
        self._last_good, self._failures = now, 0
        if covered is not None:
            await self._tell_cover(covered)

    def _gap(self, started: datetime, now: datetime) -> Outage | None:
        """The time without a good poll, when it is long; a poll held open is no gap."""
        if not self._failures or self._last_good is None or started - self._last_good <= OUTAGE:
            return None
        return Outage(self._last_good, now)

    async def _uncovered_due(self) -> datetime | None:
        """The next moment to be decided that is not covered yet."""
        due = await self._next_due() if self._next_due else None
        if due is None or (self._covered is not None and due <= self._covered):
            return None
        return due

    async def _tell_cover(self, covered: datetime) -> None:
        before, self._covered = self._covered, max(covered, self._covered or covered)
        if self._on_cover is None or self._next_due is None:
            return
        due = await self._next_due()
        if due is not None and due <= self._covered and (before is None or before < due):
            self._on_cover()
            self._handling.once_settled(self._on_cover)  # what came in by then decides too

    def _patience(self, wait: int) -> float | None:
        """A frozen clock holds a poll open until it is moved, however long that takes."""
        frozen = isinstance(self._clock, MovableClock) and not self._clock.running
        return None if frozen else wait + SLACK

    async def _pause(self, error: Exception) -> None:
        self._failures += 1
        seconds = min(2 ** min(self._failures - 2, 5), 30) if self._failures > 1 else 1
        _log.warning("poll failed", error=type(error).__name__, failures=self._failures)
        await self._rest(timedelta(seconds=seconds))

    async def _rest(self, pause: timedelta) -> None:
        self._resting = True
        try:
            await self._clock.wait_until(self._clock.now() + pause)
        finally:
            self._resting = False

    async def _purge(self, tx: Transaction, now: datetime) -> None:
        if self._purged_at is None or now - self._purged_at >= PURGE_EVERY:
            await inbox.purge(tx, now - inbox.KEPT)
            gone = await set_aside.purge(tx, now - set_aside.KEPT)
            if gone:
                _log.warning("what was set aside long ago is gone", count=gone)
            self._purged_at = now


def _seconds_until(due: datetime | None, now: datetime) -> int:
    """How long a poll is held open: whole seconds, up to the moment that must be covered."""
    if due is None:
        return LONGEST_POLL
    return max(0, min(LONGEST_POLL, ceil((due - now).total_seconds())))


def _covered_by(batch: list[Any], started: datetime, wait: int, now: datetime) -> datetime:
    """Up to when a poll proves that nothing is missing.

    An answer tells what had come when Telegram gave it, not when it arrived here: a poll that
    brought something proves it for its start, one held open in vain for the time it was to be held.
    """
    return started if batch else min(now, started + timedelta(seconds=wait))
