"""Delivery of updates to a webhook on this machine: side by side, each person's in order, until it answers 2xx.

Polling is in updates.py; who may set a webhook where is decided in methods/profile.py.
"""

import asyncio
from collections import deque
from collections.abc import Hashable
from dataclasses import dataclass
from datetime import timedelta

import aiohttp

from simulator.records import Webhook
from simulator.updates import KEPT, Update
from simulator.world import World

_FIRST_PAUSE, _LONGEST_PAUSE = timedelta(seconds=2), timedelta(seconds=60)
_LONGEST_ASKED = timedelta(hours=1)
_ANSWER_WITHIN = aiohttp.ClientTimeout(total=60)
_SUCCESS = range(200, 300)


@dataclass(frozen=True, slots=True)
class _Failed:
    """What Telegram says of a delivery that failed, and how long the webhook asks it to wait."""

    words: str
    asked: timedelta = timedelta(0)


class Postman:
    """Carries the pending updates of one world to its webhook; a failure is tried again by the clock.

    As at Telegram one of each queue is under way, a person's presses are another queue than the messages,
    the second try follows at once, then after 2, 4, 8, up to 60 seconds; `Retry-After` is obeyed.
    """

    def __init__(self, world: World) -> None:
        self._world = world
        self._hook = world.webhook
        self._news = asyncio.Event()
        self._round: asyncio.Task[None] | None = None
        self._queues: dict[Hashable, deque[Update]] = {}
        self._known: set[int] = set()
        self._carriers: dict[Hashable, asyncio.Task[None]] = {}
        self._connections = asyncio.Semaphore(self._hook.max_connections)

    def start(self) -> None:
        """Begin to carry whatever is pending and whatever comes."""
        self._world.updates.on_arrival = self._news.set
        self._round = asyncio.create_task(self._go_round())

    async def close(self) -> None:
        """Stop carrying."""
        self._world.updates.on_arrival = None
        if self._round is not None:
            self._round.cancel()
            await asyncio.wait((self._round,))

    async def _go_round(self) -> None:
        async with aiohttp.ClientSession(timeout=_ANSWER_WITHIN) as session:
            try:
                while True:
                    await self._news.wait()
                    self._news.clear()
                    if self._world.webhook is not self._hook:
                        await self._begin_anew(self._world.webhook)
                    if self._hook.url:
                        self._load(session)
            finally:
                await self._stop_carriers()

    async def _begin_anew(self, hook: Webhook) -> None:
        await self._stop_carriers()
        self._hook, self._known, self._queues = hook, set(), {}
        self._connections = asyncio.Semaphore(hook.max_connections)

    async def _stop_carriers(self) -> None:
        carriers, self._carriers = list(self._carriers.values()), {}
        for carrier in carriers:
            carrier.cancel()
        await asyncio.gather(*carriers, return_exceptions=True)

    def _load(self, session: aiohttp.ClientSession) -> None:
        """Put what is new at the end of its queue."""
        for update in self._world.updates.to_deliver():
            if update.update_id not in self._known:
                self._known.add(update.update_id)
                self._queues.setdefault(_queue_of(update), deque()).append(update)
        for name in self._queues:
            if name not in self._carriers:
                self._carriers[name] = asyncio.create_task(self._carry(session, name))

    async def _carry(self, session: aiohttp.ClientSession, name: Hashable) -> None:
        """One queue, until it is empty."""
        queue = self._queues[name]
        while queue:
            update = queue[0]
            if await self._delivered(session, update):
                self._world.updates.confirm(update)
                self._news.set()  # it may have to come once more
            self._known.discard(update.update_id)
            queue.popleft()
        del self._queues[name], self._carriers[name]

    async def _delivered(self, session: aiohttp.ClientSession, update: Update) -> bool:
        """Try until it is; False when it is too old by then, and forgotten."""
        pause, clock = _FIRST_PAUSE / 2, self._world.clock
        fails = 0
        while clock.now() - update.moment <= KEPT:
            async with self._connections:
                failed = await self._try(session, update)
            if failed is None:
                return True
            self._hook.fails(failed.words, clock.now())
            if fails and not failed.asked:
                pause = min(2 * pause, _LONGEST_PAUSE)
            wait = failed.asked or (pause if fails else timedelta(0))
            await clock.wait_until(clock.now() + min(wait, _LONGEST_ASKED))
            fails += 1
        self._world.updates.drop_old()
        return False

    async def _try(self, session: aiohttp.ClientSession, update: Update) -> _Failed | None:
        if self._world.faults.unreached:
            return _Failed("Wrong response from the webhook: 502 Bad Gateway")
        if self._world.faults.gone:
            return _Failed("Connection timed out")
        hook = self._hook
        headers = {"X-Telegram-Bot-Api-Secret-Token": hook.secret} if hook.secret else {}
        try:
            async with session.post(hook.url, json=update.body, headers=headers) as answer:
                if answer.status in _SUCCESS:
                    return None
                words = f"Wrong response from the webhook: {answer.status} {answer.reason}"
                asked = answer.headers.get("Retry-After", "")
                return _Failed(words, timedelta(seconds=int(asked) if asked.isdigit() else 0))
        except (aiohttp.ClientError, TimeoutError) as error:
            return _Failed(str(error) or type(error).__name__)


def _queue_of(update: Update) -> Hashable:
    """A person's presses, or what is written in a chat; what has neither waits for nothing."""
    kind, content = next((k, v) for k, v in update.body.items() if k != "update_id")
    owner = content.get("from" if kind == "callback_query" else "chat")
    number = owner.get("id") if isinstance(owner, dict) else None
    return (kind == "callback_query", number) if isinstance(number, int) else update.update_id
