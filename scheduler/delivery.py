"""The outbox on its way to Telegram: rows claimed, sent several at a time, settled together.

What Telegram's answers mean is in sending.py; no notice is made here.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Protocol

import structlog
from telegram import Bot

from bot.clock import Clock
from bot.db import drafts, live_cards, outbox
from bot.db.engine import Database, Transaction
from bot.db.faults import StoreFault
from bot.db.outbox import Outgoing
from bot.logs import whereabouts
from scheduler import transport
from scheduler.done import Done
from scheduler.pacing import Gate, Pace
from scheduler.sending import (
    UNKNOWN,
    Dropped,
    Elsewhere,
    Fate,
    Later,
    LiveCards,
    Sender,
    Sent,
    Undeliverable,
    unquoted,
)

AT_ONCE = 60
"""Places for messages under way; half of them are for what has legal effect, and are left free otherwise."""
STORE_PAUSE = timedelta(seconds=1)
PURGE_EVERY = timedelta(days=1)
_log = structlog.get_logger(__name__)
_Settled = tuple[Outgoing, Fate]


class Post(LiveCards, Protocol):
    """What the services do when a row is settled, in the same transaction."""

    async def settled(self, tx: Transaction, row: Outgoing, message_id: int, now: datetime) -> None:
        """Telegram has taken this row as this message."""
        ...

    async def unreachable(self, tx: Transaction, row: Outgoing, reason: str, now: datetime) -> None:
        """This row will never arrive: "blocked", "no_chat", "unknown", or "refused: ..."."""
        ...


class Delivery:
    """One loop, started with `run` and ended with `stop`.

    `pace=None` sends as fast as Telegram answers: for rehearsal and measurement only. `on_settled` is
    called whenever rows have been settled, for what follows from a delivery.
    """

    def __init__(
        self,
        bot: Bot,
        db: Database,
        clock: Clock,
        post: Post,
        *,
        pace: Pace | None,
        at_once: int = AT_ONCE,
        on_settled: Callable[[], None] | None = None,
        done: Done | None = None,
    ) -> None:
        self._on_settled = on_settled
        self._count = done or Done()
        self._purged_at: datetime | None = None
        self._db = db
        self._clock = clock
        self._post = post
        self._at_once = at_once
        self._gate = Gate(clock, lambda: transport.get_me(bot), self.wake, self._told_to_wait)
        self._sender = Sender(bot, db, clock, post, self._gate, pace)
        self._number = db.instance.number if db.instance else None
        self._tasks: set[asyncio.Task[None]] = set()
        self._in_flight: dict[int, Outgoing] = {}
        self._done: list[_Settled] = []
        self._woken = asyncio.Event()
        self._alarm: asyncio.Task[None] | None = None
        self._stopping = False
        self.next_wake: datetime | None = None

    def wake(self) -> None:
        """Look at the outbox now: something was put there."""
        self._woken.set()

    async def run(self) -> None:
        """Settle what a crash left, then deliver until `stop`, or until cancelled."""
        try:
            await self._recover()
            self.wake()
            while not self._has_stopped():
                await self._woken.wait()
                self._woken.clear()
                await self._round()
                self._set_alarm()
        finally:
            await self._end()

    def forget(self, chat_id: int, message_id: int) -> None:
        """A message was edited past the outbox: its next edit is sent, whatever it shows."""
        self._sender.forget(chat_id, message_id)

    def _told_to_wait(self) -> None:
        self._count.waits += 1

    def stop(self) -> None:
        """Claim nothing more; `run` returns when what is under way has been answered and settled."""
        self._stopping = True
        self.wake()

    @property
    def is_open(self) -> bool:
        """Whether messages go out: False while Telegram asks to wait or does not answer."""
        return self._gate.is_open

    @property
    def probes(self) -> bool:
        """Whether Telegram is being asked at this moment if messages may go out again."""
        return self._gate.probes

    async def settled(self) -> None:
        """Return when nothing is being sent and nothing waits that could be sent now."""
        while True:
            async with self._db.read() as tx:
                if not await outbox.unsettled(tx, self._clock.now()):
                    return
            await asyncio.sleep(0.005)

    # --- one round: one transaction -----------------------------------------------------------

    async def _round(self) -> None:
        """Settle what was answered and claim what fits, in one transaction; then send it."""
        done, self._done = self._done, []
        room = self._room()
        if not done and not room:
            return
        try:
            claimed = await self._settle_and_claim(done, room)
        except StoreFault as fault:
            self._done = done + self._done
            self._pause_for_store(fault)
            return
        except Exception as error:  # noqa: BLE001 - one row's trouble must not hold up the others
            _log.error("rows not settled together", rows=len(done), **whereabouts(error))
            if not done:
                # What failed is the claim: at once it would only fail again.
                self.next_wake = self._clock.now() + STORE_PAUSE
                return
            await self._settle_each(done)
            self.wake()
            self._tell_settled(done)
            return
        self._launch(claimed)
        self._tell_settled(done)

    def _tell_settled(self, done: list[_Settled]) -> None:
        if done and self._on_settled is not None:
            self._on_settled()

    async def _settle_and_claim(self, done: list[_Settled], room: int) -> list[Outgoing]:
        async with self._db.write() as tx:
            now = self._clock.now()
            for row, fate in await self._own(tx, done):
                await self._settle(tx, row, fate, now)
            others, by = self._room_for_others(), self._number
            claimed = await outbox.claim(tx, now, room, others=others, by=by) if room else []
            await self._purge(tx, now)
            if room and not claimed:  # otherwise the end of what is sent now brings the next round
                self.next_wake = await outbox.next_moment(tx, now)
        return claimed

    async def _own(self, tx: Transaction, done: list[_Settled]) -> list[_Settled]:
        """Without rows that another process has taken over: it says what became of them."""
        if self._number is None or not done:
            return done
        own = await outbox.still_claimed(tx, [row.id for row, _ in done], self._number)
        return [(row, fate) for row, fate in done if row.id in own]

    async def _purge(self, tx: Transaction, now: datetime) -> None:
        if self._purged_at is None or now - self._purged_at >= PURGE_EVERY:
            await outbox.purge(tx, now - outbox.KEPT)
            await drafts.forget_made(tx, now - outbox.KEPT)
            await drafts.purge(tx, now - drafts.KEPT)
            self._purged_at = now

    async def _settle_each(self, done: Iterable[_Settled]) -> None:
        """Settle one by one; a row whose consequences cannot be written is settled without them."""
        for row, fate in done:
            try:
                async with self._db.write() as tx:
                    for own, its_fate in await self._own(tx, [(row, fate)]):
                        await self._settle(tx, own, its_fate, self._clock.now())
            except StoreFault as fault:
                self._done.append((row, fate))
                self._pause_for_store(fault)
            except Exception as error:  # noqa: BLE001 - it was sent: it must not be sent again
                _log.error("settled without consequences", row=row.id, **whereabouts(error))
                async with self._db.write() as tx:
                    await _settle_alone(tx, row, fate, self._clock.now())

    async def _settle(self, tx: Transaction, row: Outgoing, fate: Fate, now: datetime) -> None:
        await _settle_alone(tx, row, fate, now)
        if isinstance(fate, Sent):
            self._count.sent += 1
            await self._post.settled(tx, row, fate.message_id, now)
        elif isinstance(fate, Undeliverable):
            self._count.undeliverable += 1
            _log.info("undeliverable", row=row.id, kind=row.kind, reason=unquoted(fate.reason))
            await self._post.unreachable(tx, row, fate.reason, now)

    def _has_stopped(self) -> bool:
        return self._stopping and not self._in_flight and not self._done

    def _room(self) -> int:
        if self._stopping or not self._gate.is_open:
            return 0
        return max(0, (1 if self._gate.on_trial else self._at_once) - len(self._in_flight))

    def _room_for_others(self) -> int:
        """For what has no legal effect."""
        others = sum(not row.has_legal_effect for row in self._in_flight.values())
        return max(0, self._at_once // 2 - others)

    # --- sending ------------------------------------------------------------------------------

    def _launch(self, rows: list[Outgoing]) -> None:
        """Send rows side by side: no two are of one chat."""
        for row in rows:
            self._in_flight[row.id] = row
            task = asyncio.create_task(self._send(row))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _send(self, row: Outgoing) -> None:
        fate = await self._sender.send(row)
        self._done.append((row, fate))
        del self._in_flight[row.id]
        self.wake()

    # --- waiting ------------------------------------------------------------------------------

    def _set_alarm(self) -> None:
        """Wake at the next row's moment, when there is room for it then."""
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None
        if self.next_wake is not None and self._room():
            self._alarm = asyncio.create_task(self._wake_at(self.next_wake))

    async def _wake_at(self, moment: datetime) -> None:
        await self._clock.wait_until(moment)
        self.wake()

    def _pause_for_store(self, fault: StoreFault) -> None:
        _log.error("the store refuses", kind=fault.kind)
        self.next_wake = self._clock.now() + STORE_PAUSE

    async def take_over(self) -> None:
        """Where several processes send: have what one left that lives no more wait again."""
        async with self._db.read() as tx:
            left = await outbox.is_left(tx)
        if left:
            await self._recover()
            self.wake()

    async def _recover(self) -> None:
        async with self._db.write() as tx:
            now = self._clock.now()
            among_several = self._number is not None
            for row in await outbox.recover(tx, now, among_several=among_several):
                await self._post.unreachable(tx, row, UNKNOWN, now)

    async def _end(self) -> None:
        self._gate.close()
        waiting = [*self._tasks, *([self._alarm] if self._alarm else [])]
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)


async def _settle_alone(tx: Transaction, row: Outgoing, fate: Fate, now: datetime) -> None:
    """Write a row's fate, and where its live card stands now."""
    match fate:
        case Sent(message_id, left):
            await outbox.settle_sent(tx, row.id, message_id, now)
            if left is not None:
                await live_cards.remove(tx, row.chat_id, left)
            if row.live is not None and message_id != row.message_id:
                await live_cards.place(tx, row.chat_id, message_id, row.live, now)
        case Undeliverable(reason):
            await outbox.settle_undeliverable(tx, row.id, reason, now)
        case Dropped(reason):
            await outbox.settle_dropped(tx, row.id, reason, now)
        case Later(until, unknown):
            await outbox.retry(tx, row.id, until, unknown=unknown)
        case Elsewhere(chat_id):
            await outbox.move_chat(tx, row.chat_id, chat_id)
            await live_cards.move_chat(tx, row.chat_id, chat_id)
            await outbox.retry(tx, row.id, now, unknown=False)
