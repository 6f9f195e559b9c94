"""What both ways in share: updates kept without what they only quote; until when nothing is missing.

Asking Telegram for updates is in polling.py, being called by it in webhook.py.
"""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime, timedelta
from typing import Any, ClassVar, Literal

import structlog
from telegram import Bot
from telegram.error import RetryAfter, TelegramError

from bot.clock import Clock
from bot.db import inbox, liveness, set_aside
from bot.db.engine import Database, Transaction
from bot.db.faults import StoreFault
from bot.db.inbox import Arrival
from bot.db.liveness import Outage
from bot.logs import whereabouts
from scheduler.handling import (
    NO_ORDER,
    Handle,
    Handling,
    Order,
    Received,
    button_of,
    chat_of,
    read,
)
from scheduler.pacing import seconds_of
from scheduler.shape import LARGEST

Kind = Literal["polling", "webhook"]
IsPrivate = Callable[[str], bool]
"""Whether the data of a button carry what must never be kept."""

_QUOTES = ("external_reply", "quote", "pinned_message")
_PLACE = ("message_id", "date", "edit_date", "chat", "from", "sender_chat", "inline_message_id")
_WHERE = ("message_id", "date", "chat")


def carries_secret(update: dict[str, Any], is_private: IsPrivate) -> bool:
    """Whether the update is a press that must be handled without being kept."""
    return is_private(button_of(update))


def numbered(batch: Iterable[dict[str, Any]]) -> dict[int, dict[str, Any]]:
    """Updates by their numbers, each bare; what has no number is no update."""
    by_number = ((number_of(each), each) for each in batch)
    return {number: bare(each) for number, each in by_number if number is not None}


def number_of(update: dict[str, Any]) -> int | None:
    """The number that Telegram gave an update; None where it is none that can be kept."""
    number = update.get("update_id")
    return number if type(number) is int and 0 <= number <= LARGEST else None


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


SHARE = 64
"""Updates that a process of several takes in hand before it leaves more to the others."""
BACKLOG = 2000
AT_ONCE = 500
"""Waiting updates that are read together at a start."""
"""Updates that may wait in memory before more are taken in."""
OUTAGE = timedelta(minutes=5)
"""A gap is recorded when it is longer."""
PURGE_EVERY = timedelta(days=1)

_log = structlog.get_logger(__name__)


class Intake(ABC):
    """One loop, started with `run`, ended by cancelling it.

    `next_due` gives the next moment at which something is decided: Telegram is asked by then, so that what
    was pressed before it is known to have come in. `on_cover` is called when such a moment has been
    covered. A press whose button `is_private` is never kept: it is handled before Telegram is told that
    it came. `name` stands in the register for whoever records that Telegram was out of reach.
    """

    kind: ClassVar[Kind]
    failure: ClassVar[str]
    """How the log calls it when Telegram does not answer."""

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
        self._covered: datetime | None = None
        self._last_good: datetime | None = None
        self._failures = 1  # nothing is known of the time before the start
        self._resting = False
        self._purged_at: datetime | None = None
        self.has_left_some = False
        """Whether more may wait in the inbox than was last taken in hand."""

    @property
    def covered_until(self) -> datetime | None:
        """Everything pressed before this moment has been kept; None before the first good sign.

        None, too, where that was by a clock that has been set back since, until the next good sign.
        """
        return None if self._was_set_back() else self._covered

    def _was_set_back(self) -> bool:
        return self._covered is not None and self._covered > self._clock.now()

    @property
    def last_good_poll(self) -> datetime | None:
        """When Telegram last gave what it had, or had nothing, as far as this run knows."""
        return self._last_good

    @property
    def reaches_telegram(self) -> bool:
        """Whether updates come in, by the last answer."""
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

        More may be under way: Telegram has nothing more to bring when it says so.
        """
        await self._handling.settled()

    async def run(self) -> None:
        """Handle what waited, then take in for ever; cancel to end.

        Raises a StoreFault after which nothing can be kept any more.
        """
        try:
            await self._resume()
            await self._listen()
        finally:
            await self._handling.stop()

    @abstractmethod
    async def _listen(self) -> None:
        """Take in for ever."""

    @abstractmethod
    def reconsider(self) -> None:
        """Something may fall due earlier than Telegram would be asked next."""

    async def take_in(
        self,
        batch: list[dict[str, Any]],
        *,
        since: datetime | None = None,
        covered: datetime | None = None,
        gap: Outage | None = None,
    ) -> None:
        """Keep updates and hand over those that are new; StoreFault when they could not be kept.

        After a gap a press may be as old as its start: it is dated from `since`. Only then may Telegram be
        told that the updates have come: by the next poll, or by the answer to a webhook call.
        """
        now = self._clock.now()
        updates = numbered(batch)
        unkept = {n for n, each in updates.items() if carries_secret(each, self._is_private)}
        rows = [(n, json.dumps(each)) for n, each in updates.items() if n not in unkept]
        chats = {number: chat_of(each) for number, each in updates.items()}
        async with self._db.write() as tx:
            earliest = await _uncovered_since(tx, since, now) or now
            start = await _uncovered_since(tx, gap.start if gap else None, now)
            gap = Outage(start, gap.end) if gap and start else None
            new = await inbox.add(tx, self._bot_id, rows, now, earliest, chats)
            share = await self._claimed(tx)
            if gap is not None:
                await liveness.add_outage(tx, gap, now, self._name)
            if self._was_set_back():
                await liveness.set_back(tx, now)
            if covered is not None:
                await liveness.cover(tx, covered)
            await self._purge(tx, now)
        wanted = [
            Received(number, update, now, earliest, kept=number not in unkept)
            for number, update in updates.items()
            if number in unkept or (share is None and number in new)
        ]
        if gap is not None:
            _log.warning("gap recorded", start=gap.start.isoformat(), end=gap.end.isoformat())
        self._hand_over([*(share or ()), *wanted])
        for each in wanted:
            if each.update_id in unkept:
                await each.ended.wait()

    def _hand_over(self, wanted: list[Received]) -> None:
        self._handling.take(wanted)

    async def _resume(self) -> None:
        """Hand over what an earlier run had kept and not handled, and take up its coverage."""
        await self._know_coverage()
        if self._db.instance is None:
            await self._take_up()
        await self.take_share()

    async def _take_up(self) -> None:
        """What waits in the inbox, a page at a time: however much it is, few are in memory at once."""
        async with self._db.read() as tx:
            page = await inbox.unhandled(tx, self._bot_id, AT_ONCE)
            while page:
                self._hand_over([_waiting(each) for each in page])
                page = await inbox.unhandled(tx, self._bot_id, AT_ONCE, page[-1])

    async def _know_coverage(self) -> None:
        """Until when everything is known to have come, by what is written: by an earlier run, or another process."""
        async with self._db.read() as tx:
            self._covered = await liveness.covered_until(tx)
        self._last_good = self.covered_until or self._clock.now()

    # --- among several processes --------------------------------------------------------------

    async def take_share(self) -> None:
        """Where several processes share the inbox: take up what none of them handles, as far as there is room.

        What came in here is taken up here first, so that what belongs together stays together; beyond that
        whoever has room takes it.
        """
        instance = self._db.instance
        if instance is None:
            return
        async with self._db.read() as tx:
            free = await inbox.is_free(tx, self._bot_id, instance.number)
        if free:
            async with self._db.write() as tx:
                share = await self._claimed(tx)
            self._hand_over(share or [])

    async def _claimed(self, tx: Transaction) -> list[Received] | None:
        """What this process is to handle from now on; None where all is its own."""
        instance = self._db.instance
        if instance is None:
            return None
        room = max(
            1, SHARE - self._handling.waiting
        )  # the longest waiting one goes on, whatever waits for it
        claimed = await inbox.claim(tx, self._bot_id, room, instance.number)
        self.has_left_some = len(claimed) == room
        return [_waiting(each) for each in claimed]

    def others_have_handled(self) -> None:
        """Another process has handled something that may have been waited for here."""
        self._handling.others_have_handled()

    # --- what is known to have come -----------------------------------------------------------

    async def _tried(self, step: Awaitable[None]) -> None:
        """Take a step; a pause after a failure.

        Raises a StoreFault after which nothing can be kept any more.
        """
        try:
            await step
        except RetryAfter as flood:
            self._failures += 1
            await self._rest(seconds_of(flood))
        except StoreFault as fault:
            if fault.kind == "replaced":
                raise
            await self._pause(type(fault).__name__)
        except TelegramError as error:
            await self._pause(type(error).__name__)
        except Exception as error:  # noqa: BLE001 - the outermost loop: the next step must come
            _log.error("not taken in", **whereabouts(error))
            await self._pause(type(error).__name__)

    def _gap(self, started: datetime, now: datetime) -> Outage | None:
        """The time without a good sign, when it is long; without a failure in it, it is no gap."""
        if not self._failures or self._last_good is None or started - self._last_good <= OUTAGE:
            return None
        return Outage(self._last_good, now)

    async def _uncovered_due(self) -> datetime | None:
        """The next moment to be decided that is not covered yet."""
        due = await self._next_due() if self._next_due else None
        covered = self.covered_until
        if due is None or (covered is not None and due <= covered):
            return None
        return due

    async def _tell_cover(self, covered: datetime) -> None:
        before = self.covered_until
        self._covered = max(covered, before or covered)
        if self._on_cover is None or self._next_due is None:
            return
        due = await self._next_due()
        if due is not None and due <= self._covered and (before is None or before < due):
            self._on_cover()
            self._handling.once_settled(self._on_cover)  # what came in by then decides too

    async def _pause(self, error: str) -> None:
        self._failures += 1
        seconds = min(2 ** min(self._failures - 2, 5), 30) if self._failures > 1 else 1
        _log.warning(self.failure, error=error, failures=self._failures)
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


def _waiting(each: Arrival) -> Received:
    return Received(
        each.update_id, read(each.raw), each.received_at, each.earliest_at, each.attempts
    )


async def _uncovered_since(
    tx: Transaction, since: datetime | None, now: datetime
) -> datetime | None:
    """Where another process has covered some of the time since a moment, its end; None where little is left."""
    if since is None:
        return None
    start = max(since, await liveness.covered_until(tx) or since)
    return start if start == since or now - start > OUTAGE else None
