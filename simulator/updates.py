"""The updates Telegram keeps for the bot: pending until confirmed, at most 24 hours.

No HTTP may live here; what an update says is composed by whoever adds it.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.clock import Clock
from simulator.json_types import Json
from simulator.refusals import polled_by_another

FIRST_ID = 710_000_001
KEPT = timedelta(hours=24)
LONGEST_POLL = 50
MOST_AT_ONCE = 100
_NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


@dataclass(frozen=True, slots=True)
class Update:
    """One update; `body` is what the Bot API writes, `again` that it will come once more."""

    update_id: int
    moment: datetime
    body: Json
    again: bool = False


class Updates:
    """The queue of one bot."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._pending: deque[Update] = deque()
        self._replays: list[Update] = []
        self._next_id = FIRST_ID
        self._forged: deque[bytes] = deque()
        self._poll: asyncio.Future[bool] | None = None
        self._polled = asyncio.Event()
        self.allowed: frozenset[str] = frozenset()
        self.on_arrival: Callable[[], None] | None = None

    @property
    def pending(self) -> tuple[Update, ...]:
        """Those not confirmed, oldest first."""
        return tuple(self._pending)

    @property
    def unconfirmed(self) -> int:
        """How many are not confirmed."""
        return len(self._pending)

    def allow(self, kinds: Collection[str] | None) -> None:
        """Remember which kinds the bot wants from now on; an empty list means the usual ones."""
        if kinds is not None:
            self.allowed = frozenset(kinds)

    def add(self, kind: str, content: Json, *, again: bool = False) -> int | None:
        """Queue an update and wake whoever polls; None when the bot does not want this kind."""
        if kind not in self.allowed if self.allowed else kind in _NOT_BY_DEFAULT:
            return None
        update_id, self._next_id = self._next_id, self._next_id + 1
        body = {"update_id": update_id, kind: content}
        self._pending.append(Update(update_id, self._clock.now(), body, again))
        self._wake()
        return update_id

    def forge(self, *answers: bytes) -> None:
        """Let the next polls be answered by these bodies, byte for byte, as Telegram never would."""
        self._forged.extend(answers)
        self._wake()

    def forged(self) -> bytes | None:
        """The body that a poll is to be answered with in place of Telegram's own, where there is one."""
        return self._forged.popleft() if self._forged else None

    @property
    def forgeries(self) -> int:
        """How many polls are still to be answered so."""
        return len(self._forged)

    def skip_ids(self, to: int) -> None:
        """Give the next update this id, as Telegram does after a quiet week; it may be a smaller one.

        Refuses while updates are pending: a quiet week leaves none.
        """
        if self._pending:
            raise ValueError("ids restart after a quiet week only, when nothing is pending")
        self._next_id = to

    def forget(self) -> None:
        """Drop everything pending."""
        self._pending.clear()
        self._replays.clear()

    async def take(self, offset: int, limit: int, seconds: int) -> list[Json]:
        """Answer getUpdates: confirm below `offset`, then the oldest pending, waited for by the clock.

        Refused with 409 when another poll begins meanwhile.
        """
        self._wake(taken_over=True)
        self._confirm(offset)
        ready = self._ready(limit)
        if ready or self._forged or seconds <= 0:
            return ready
        await self._arrival(timedelta(seconds=min(seconds, LONGEST_POLL)))
        return self._ready(limit)

    def to_deliver(self) -> Iterator[Update]:
        """Everything that a webhook has not answered, oldest first; what must come once more before it."""
        yield from self._replays
        yield from self._pending

    def confirm(self, update: Update) -> None:
        """Take one update as received: the webhook answered."""
        if update in self._replays:
            self._replays.remove(update)
        elif update in self._pending:
            self._pending.remove(update)
            self._replay(update)

    def drop_old(self) -> None:
        """Forget what has waited for more than 24 hours."""
        oldest_kept = self._clock.now() - KEPT
        while self._pending and self._pending[0].moment < oldest_kept:
            self._pending.popleft()

    def take_over(self) -> None:
        """Refuse whoever polls with 409 and tell the webhook what is pending."""
        self._wake(taken_over=True)
        self._wake()

    @property
    def polled(self) -> bool:
        """Whether a long poll waits right now: the bot has taken all there is."""
        return self._polled.is_set()

    async def until_polled(self) -> None:
        """Wait until a long poll waits."""
        await self._polled.wait()

    def nudge(self) -> None:
        """Let whoever waits look again: the server closes, or a fault was switched."""
        self._wake()

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            offset = self._pending[offset].update_id if len(self._pending) >= -offset else 0
        if offset > self._next_id:
            return  # an offset from before the ids restarted confirms nothing
        while self._pending and self._pending[0].update_id < offset:
            self._replay(self._pending.popleft())

    def _replay(self, update: Update) -> None:
        if update.again:
            self._replays.append(update)

    def _ready(self, limit: int) -> list[Json]:
        self.drop_old()
        at_most = limit if 0 < limit <= MOST_AT_ONCE else MOST_AT_ONCE
        replays, self._replays = self._replays[:at_most], self._replays[at_most:]
        room = at_most - len(replays)
        return [update.body for update in (*replays, *list(self._pending)[:room])]

    async def _arrival(self, at_most: timedelta) -> None:
        poll: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._poll = poll
        self._polled.set()
        end = asyncio.ensure_future(self._clock.wait_until(self._clock.now() + at_most))
        try:
            await asyncio.wait((poll, end), return_when=asyncio.FIRST_COMPLETED)
        finally:
            end.cancel()
            if self._poll is poll:
                self._poll = None
                self._polled.clear()
        if poll.done() and poll.result():
            raise polled_by_another()

    def _wake(self, taken_over: bool = False) -> None:
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(taken_over)
            self._polled.clear()
        if self.on_arrival is not None and not taken_over:
            self.on_arrival()
