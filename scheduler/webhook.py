"""Updates that Telegram sends by itself, each kept before the 200; and Telegram asked whether that is all.

Who may call is in listener.py; what is kept, and what a gap means, in intake.py.
"""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import Any, ClassVar

import structlog
from telegram import WebhookInfo
from telegram.error import BadRequest

from scheduler import transport
from scheduler.handling import Received
from scheduler.intake import BACKLOG, OUTAGE, Intake, Kind
from scheduler.line import Address
from scheduler.listener import Listener

LOOK_EVERY = timedelta(seconds=30)
FIRST_GLANCE, LAST_GLANCE = 0.05, 1.0
"""Seconds of the host between two looks while something is under way; each time twice as long."""
GLANCES = 6
"""So many in a row at which nothing has come are no coincidence any more."""
HELD_AT_MOST = timedelta(minutes=2)
"""The longest pause of Telegram's between two tries to deliver an update."""

_log = structlog.get_logger(__name__)


class Webhook(Intake):
    """Is called by Telegram, and asks it at every due moment, and twice a minute, how it stands.

    A look is clear when nothing is pending and no delivery has failed since the look before; then everything
    pressed before it has been kept. Errors are told apart by Telegram's own dates: no two clocks are compared.

    Telegram sends a person's messages and presses side by side. While it is not known that all of it has come,
    as after a start, what comes is kept at once, but handled in the order of its numbers when the rest has come:
    for as long as nothing was clear before, and two minutes at most.
    """

    kind: ClassVar[Kind] = "webhook"
    failure: ClassVar[str] = "webhook not clear"

    def __init__(self, address: Address, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._address = address
        self._listener = Listener(address, self._received)
        self._is_set = False
        self._errors: tuple[datetime | None, ...] | None = None
        self._taken = self._taken_before = 0
        self._glances = 0
        self._held: list[Received] = []
        self._releasing: asyncio.Task[None] | None = None
        self._changed = asyncio.Event()
        self._look_wanted = False

    async def prepare(self) -> None:
        """Hold the address that Telegram will call. Refuses (AddressTakenError)."""
        await self._listener.bind()

    def reconsider(self) -> None:
        """Something may fall due earlier than the next look."""
        self._changed.set()

    def look_soon(self) -> None:
        """Ask Telegram at once."""
        self._look_wanted = True
        self._changed.set()

    async def _listen(self) -> None:
        self._listener.open()
        try:
            while True:
                await self._tried(self._look())
                await self._until_next_look()
        finally:
            if self._releasing is not None:
                self._releasing.cancel()
            await self._listener.close()

    # --- what comes in ------------------------------------------------------------------------

    async def _received(self, update: dict[str, Any]) -> None:
        await self._handling.room_for_more(BACKLOG)
        await self.take_in([update], since=self._late_since())
        self._taken += 1

    def _late_since(self) -> datetime | None:
        """Since when what comes now may have waited at Telegram; None when it has just been made."""
        if not self._failures or self._last_good is None:
            return None
        return self._last_good if self._clock.now() - self._last_good > OUTAGE else None

    def _hand_over(self, wanted: list[Received]) -> None:
        """At once what must not wait, or what has just been made; else when all of it has come."""
        held = [each for each in wanted if each.kept and self._failures]
        self._handling.take(each for each in wanted if each not in held)
        self._held += held
        if self._held and self._releasing is None:
            self._releasing = asyncio.create_task(self._release_later())

    async def _release_later(self) -> None:
        now = self._clock.now()
        await self._clock.wait_until(now + min(now - (self._last_good or now), HELD_AT_MOST))
        self._releasing = None
        self._release()

    def _release(self) -> None:
        if self._releasing is not None:
            self._releasing.cancel()
            self._releasing = None
        held, self._held = self._held, []
        self._handling.take(sorted(held, key=lambda each: each.update_id))

    # --- whether that is all ------------------------------------------------------------------

    async def _look(self) -> None:
        """Ask Telegram once, after having told it where to send."""
        self._look_wanted = False
        if not self._is_set:
            await self._set()
        asked = self._clock.now()
        info = await self._bot.get_webhook_info()
        if info.url != self._address.url:
            self._is_set = False
            await self._pause("sent elsewhere")
        elif self._fails_anew(info):
            _log.warning("telegram does not reach the webhook", told=info.last_error_message)
            await self._pause("delivery failed")
        elif info.pending_update_count:
            await self._under_way(asked)
        else:
            await self._clear(asked)

    async def _set(self) -> None:
        try:
            await transport.set_webhook(self._bot, self._address.url, self._address.secret)
        except BadRequest as refused:
            _log.error("telegram refuses the webhook", told=refused.message)
            raise
        self._is_set = True

    def _fails_anew(self, info: WebhookInfo) -> bool:
        """Whether a delivery, or Telegram within itself, has failed since the look before."""
        errors = (info.last_error_date, info.last_synchronization_error_date)
        before, self._errors = self._errors or errors, errors
        return any(new and new != old for new, old in zip(errors, before, strict=True))

    async def _under_way(self, asked: datetime) -> None:
        """Something waits at Telegram: a good sign as long as something comes, unless there was a gap before."""
        progress, self._taken_before = self._taken > self._taken_before, self._taken
        if progress:
            self._glances = 1
            if self._late_since() is None:
                self._last_good = asked
            return
        self._glances += 1
        if self._glances > GLANCES:
            self._glances = 0
            await self._pause("updates pending")

    async def _clear(self, asked: datetime) -> None:
        gap = self._gap(asked, self._clock.now())
        await self.take_in([], covered=asked, gap=gap)
        self._last_good, self._failures, self._glances = asked, 0, 0
        self._taken_before = self._taken
        self._release()
        await self._tell_cover(asked)

    async def _until_next_look(self) -> None:
        """At once after a rest; soon while something is under way; else at the next due moment, or in half a minute."""
        if self._failures and not self._glances:
            return
        if self._glances:
            await asyncio.sleep(min(FIRST_GLANCE * 2 ** (self._glances - 1), LAST_GLANCE))
            return
        end = self._clock.now() + LOOK_EVERY
        while not self._look_wanted and self._clock.now() < end:
            self._changed.clear()
            due = await self._uncovered_due()
            if due is not None and due <= self._clock.now():
                return
            alarm = asyncio.ensure_future(self._clock.wait_until(min(end, due or end)))
            changed = asyncio.ensure_future(self._changed.wait())
            try:
                await asyncio.wait((alarm, changed), return_when=asyncio.FIRST_COMPLETED)
            finally:
                alarm.cancel()
                changed.cancel()
