"""Updates already kept, handed over one after the other for each chat, and chats side by side.

How they come in is in intake.py; what they mean is the handlers' affair. One of the two outermost loops.
"""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from itertools import count
from typing import Any

import structlog
from telegram import Bot, Update

from bot.clock import Clock
from bot.db import inbox
from bot.db.engine import Database
from bot.db.faults import StoreFault
from bot.db.inbox import Current, TakenOverError, current_update
from bot.logs import whereabouts
from scheduler.places import IsStranger, Places
from scheduler.shape import LARGEST, check

Handle = Callable[[Update, datetime, datetime], Awaitable[None]]
"""Called with the update, when it was received, and the earliest moment it may have been made."""
MustWait = Callable[[Update], Awaitable[bool]]
"""Asked when an update's turn in its chat has come: whether it waits for all that came in before it."""
IsMember = Callable[[int], Awaitable[bool]]
"""Asked of an account that finds no place free: whether it is a person of a committee."""

SIDE_BY_SIDE = 64
AT_HAND = 20
"""Updates of one chat that wait in memory; what comes beyond them is read again when its turn has come."""
HELD = 1500
"""Updates that wait in memory in all: beyond them, too, each is read again, and the intake need not wait for them."""
ATTEMPTS = 3
STORE_PAUSE = timedelta(seconds=1)
LAST_WORDS = 2.5
"""Seconds that handlers under way are given when the house closes: fewer than the house itself takes."""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Order:
    """What comes first: members before strangers, and before what must wait all that came before it."""

    must_wait: MustWait | None = None
    is_member: IsMember | None = None


NO_ORDER = Order()


@dataclass(slots=True)
class Received:
    """An update that is not handled yet. Its content is None while it lies in the inbox alone."""

    update_id: int
    content: dict[str, Any] | None
    received_at: datetime
    earliest_at: datetime
    attempts: int = 0
    kept: bool = True
    """Whether it lies in the inbox; of what must not, Telegram is told only when it has ended."""
    ended: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when nothing is left to do about it."""
    place: int = 0
    """Among all that were handed over."""


class Handling:
    """Hands updates over and marks them handled; an update that fails three times is set aside.

    What `must_wait` waits for everything that came before it, in whatever chat: the close of a vote must
    not overtake an answer. Each waits only for earlier ones, and holds no place while it does: so the
    earliest of all always goes on, and nobody can wait for ever. However many one chat sends, it has one
    place, and no more than a few of them are held or counted.
    """

    def __init__(
        self,
        bot: Bot,
        bot_id: int,
        db: Database,
        clock: Clock,
        handle: Handle,
        order: Order = NO_ORDER,
    ) -> None:
        self._bot = bot
        self._bot_id = bot_id
        self._db = db
        self._clock = clock
        self._handle = handle
        self._must_wait = order.must_wait
        self._is_member = order.is_member
        self._handed_over = count()
        self._unfinished: dict[int, None] = {}
        self._chains: dict[int, deque[Received]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._places = Places(SIDE_BY_SIDE)
        self._unmarked: list[int] = []
        self._marking = False
        self._waiting = self._at_hand = 0
        self._changed = asyncio.Event()
        self._stopping = asyncio.Event()

    @property
    def waiting(self) -> int:
        """How many are not handled yet."""
        return self._waiting

    @property
    def is_idle(self) -> bool:
        """Whether everything handed over has been handled and marked."""
        return not (self._waiting or self._unmarked or self._marking)

    async def settled(self) -> None:
        """Return when everything handed over has been handled and marked."""
        await self._until(lambda: self.is_idle)

    def once_settled(self, callback: Callable[[], None]) -> None:
        """Call back when all that waits now has been handled; not at all when nothing waits."""
        if not self.is_idle:
            self._start(self._call_when_settled(callback))

    async def _call_when_settled(self, callback: Callable[[], None]) -> None:
        await self.settled()
        callback()

    async def room_for_more(self, at_most: int) -> None:
        """Return when no more than `at_most` wait in memory."""
        await self._until(lambda: self._at_hand <= at_most)

    async def _until(self, reached: Callable[[], bool]) -> None:
        while not reached():
            self._changed.clear()
            await self._changed.wait()

    def take(self, updates: Iterable[Received]) -> None:
        """Hand these over, in this order within each chat."""
        for update in updates:
            self._waiting += 1
            self._at_hand += 1
            update.place = next(self._handed_over)
            self._unfinished[update.place] = None
            chat = chat_of(update.content or {})
            if update.kept and self._at_hand > HELD:
                self._let_go(update)
            chain = self._chains.get(chat)
            if chain is not None:
                self._line_up(chain, update)
                continue
            self._chains[chat] = deque((update,))
            self._start(self._run_chain(chat))

    def _let_go(self, update: Received) -> None:
        """Keep its number alone: what it says lies in the inbox."""
        update.content = None
        self._at_hand -= 1

    def _line_up(self, chain: deque[Received], update: Received) -> None:
        """At the end of its chat; behind very many by its number alone.

        What the intake waits for comes before those: who floods disturbs the own order, and nobody's intake.
        """
        if len(chain) >= AT_HAND and update.kept and update.content is not None:
            self._let_go(update)
        by_number = (n for n, each in enumerate(chain) if each.content is None)
        place = len(chain) if update.kept else next(by_number, len(chain))
        chain.insert(place, update)

    async def stop(self) -> None:
        """Let what is under way end, or cut it off: what is not marked is handled at the next start."""
        self._stopping.set()
        self._changed.set()  # who waits for others waits no more
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=LAST_WORDS)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _start(self, work: Any) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _run_chain(self, chat: int) -> None:
        chain = self._chains[chat]
        is_stranger = partial(self._is_stranger, chat)
        while chain and await self._served(chain[0], is_stranger):
            ended = chain.popleft()
            ended.ended.set()
            del self._unfinished[ended.place]
            self._waiting -= 1
            self._at_hand -= 1
            self._changed.set()
        del self._chains[chat]

    async def _is_stranger(self, chat: int) -> bool:
        """Whether the chat is of nobody in a committee; a store that cannot tell makes no strangers."""
        if self._is_member is None:
            return False
        try:
            return not await self._is_member(chat)
        except StoreFault:
            return False

    async def _served(self, received: Received, is_stranger: IsStranger) -> bool:
        """Handle one update to its end; False when the house closes before its turn has come."""
        async with self._places.taken(is_stranger):
            if self._stopping.is_set():
                return False
            update = await self._read(received)
            if update is None:
                return True
            if not await self._waits(received, update):
                await self._finish(received, update)
                return True
        await self._until(lambda: self._stopping.is_set() or self._is_earliest(received))
        await self._others_are_done(received)
        async with self._places.taken(is_stranger):
            if self._stopping.is_set():
                return False
            await self._finish(received, update)
            return True

    async def _others_are_done(self, received: Received) -> None:
        """Return when no process of several has an earlier update in hand, or the house closes."""
        while self._db.instance is not None and not self._stopping.is_set():
            self._changed.clear()
            try:
                async with self._db.read() as tx:
                    if not await inbox.waits_before(tx, self._bot_id, received.update_id):
                        return
            except StoreFault as fault:
                _log.error("the store refuses", update=received.update_id, kind=fault.kind)
                await self._clock.wait_until(self._clock.now() + STORE_PAUSE)
            else:
                await self._changed.wait()

    def others_have_handled(self) -> None:
        """Another process has handled something: who waits for that looks again."""
        self._changed.set()

    def _is_earliest(self, received: Received) -> bool:
        return next(iter(self._unfinished)) == received.place

    async def _read(self, received: Received) -> Update | None:
        """The update as Telegram means it; None when it is malformed, and then it is set aside."""
        content = await self._at_hand_again(received)
        try:
            check(content)
            return Update.de_json(content, self._bot)
        except Exception as error:  # noqa: BLE001 - what is malformed may raise anything
            await self._set_aside(received, f"malformed: {type(error).__name__}")
            return None

    async def _at_hand_again(self, received: Received) -> dict[str, Any]:
        """What the update says, read out of the inbox where it lies there alone."""
        while received.content is None:
            try:
                async with self._db.read() as tx:
                    received.content = read(await inbox.raw(tx, self._bot_id, received.update_id))
                    self._at_hand += 1
            except StoreFault as fault:
                _log.error("the store refuses", update=received.update_id, kind=fault.kind)
                await self._clock.wait_until(self._clock.now() + STORE_PAUSE)
        return received.content

    async def _waits(self, received: Received, update: Update) -> bool:
        """Whether it waits for all before it; also when that cannot be told now: waiting harms nobody.

        What is not kept waits for nobody: the intake waits for it.
        """
        if self._must_wait is None or not received.kept:
            return False
        try:
            return await self._must_wait(update)
        except Exception as error:  # noqa: BLE001 - the outermost loop: the update is handled all the same
            _log.error("not told whether to wait", update=received.update_id, **whereabouts(error))
            return True

    async def _finish(self, received: Received, update: Update) -> None:
        """Handle one update until it is handled, or set aside with its fault."""
        pause = STORE_PAUSE
        while not await self._handled(received, update):
            await self._clock.wait_until(self._clock.now() + pause)
            pause = min(2 * pause, timedelta(seconds=30))

    async def _handled(self, received: Received, update: Update) -> bool:
        """Whether nothing is left to do; False when the store refuses and it is to be tried again."""
        while True:
            by = self._db.instance.number if self._db.instance and received.kept else None
            current = Current(self._bot_id, received.update_id, self._clock.now(), by)
            current_update.set(current)
            try:
                await self._handle(update, received.received_at, received.earliest_at)
            except TakenOverError:
                _log.warning("taken over by another process", update=received.update_id)
                return True
            except StoreFault as fault:
                _log.error("the store refuses", update=received.update_id, kind=fault.kind)
                return current.marked
            except Exception as error:  # noqa: BLE001 - the outermost loop: the next update must be handled
                _log.error("handler failed", update=received.update_id, **whereabouts(error))
                if current.marked or await self._given_up(received, error):
                    return True
            else:
                if not current.marked:
                    self._mark_soon(received.update_id)
                return True
            finally:
                current_update.set(None)

    async def _given_up(self, received: Received, error: Exception) -> bool:
        received.attempts += 1
        if received.attempts >= ATTEMPTS:
            await self._set_aside(received, type(error).__name__)
            return True
        current_update.set(None)
        try:
            async with self._db.write() as tx:
                await inbox.note_attempt(tx, self._bot_id, received.update_id)
        except StoreFault:
            _log.error("attempt not noted", update=received.update_id)
        return False

    async def _set_aside(self, received: Received, fault: str) -> None:
        """Keep the update with its fault; when even that cannot be written, it waits for a restart."""
        current_update.set(None)
        _log.error("update set aside", update=received.update_id, fault=fault)
        try:
            async with self._db.write() as tx:
                now = self._clock.now()
                await inbox.mark_fault(tx, self._bot_id, received.update_id, fault, now)
        except StoreFault:
            _log.error("fault not noted", update=received.update_id)

    # --- marks for what wrote nothing ---------------------------------------------------------

    def _mark_soon(self, update_id: int) -> None:
        self._unmarked.append(update_id)
        if not self._marking:
            self._marking = True
            self._start(self._mark())

    async def _mark(self) -> None:
        """Mark in one transaction whatever has gathered while the last one was written."""
        try:
            while self._unmarked:
                ids, self._unmarked = self._unmarked, []
                async with self._db.write() as tx:
                    await inbox.mark_all_handled(tx, self._bot_id, ids, self._clock.now())
        except (
            StoreFault
        ) as fault:  # these had no effect: handling them again at a restart has none
            _log.error("not marked", kind=fault.kind)
        finally:
            self._marking = False
            self._changed.set()


def read(raw: str) -> dict[str, Any]:
    """An update as it was kept."""
    content = json.loads(raw)
    return content if isinstance(content, dict) else {}


def button_of(content: dict[str, Any]) -> str:
    """The data of the button that an update pressed; empty for anything else."""
    query = content.get("callback_query")
    data = query.get("data") if isinstance(query, dict) else None
    return data if isinstance(data, str) else ""


def chat_of(content: dict[str, Any]) -> int:
    """The chat whose order an update belongs to; 0 when it names none that can be."""
    for name in ("callback_query", "message", "edited_message", "my_chat_member"):
        part = content.get(name)
        if isinstance(part, dict):
            holder = part.get("message") if name == "callback_query" else part
            for owner in (holder, part):
                chat = owner.get("chat") or owner.get("from") if isinstance(owner, dict) else None
                if isinstance(chat, dict) and _is_id(chat.get("id")):
                    return int(chat["id"])
    return 0


def _is_id(value: object) -> bool:
    """Whether a store can hold it as the number of a chat."""
    return type(value) is int and -LARGEST <= value <= LARGEST
