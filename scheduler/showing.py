"""What is shown past the outbox, because nothing of it may be kept: beside the intake, which never waits for it.

What it tells was committed before, or is nothing yet: whoever sees no change presses again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import structlog
from telegram import Bot
from telegram.error import BadRequest, TelegramError

from bot.db.notice import ANSWER, Card, controls
from bot.values.texts import split_for_telegram
from scheduler import transport
from scheduler.pacing import Pace

_log = structlog.get_logger(__name__)


class Showing:
    """Shows cards in the places of messages, one after the other in each chat, each tried once.

    `on_edit` is told which message is about to be changed.
    """

    def __init__(self, bot: Bot, pace: Pace | None, on_edit: Callable[[int, int], None]) -> None:
        self._bot = bot
        self._pace = pace
        self._on_edit = on_edit
        self._waiting: dict[int, dict[int, Card]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def is_idle(self) -> bool:
        """Whether all of it has been shown."""
        return not self._tasks

    def show(self, chat_id: int, message_id: int, card: Card) -> None:
        """Let a message show a card as soon as its chat may be written to; of several cards only the last."""
        waiting = self._waiting.get(chat_id)
        if waiting is not None:
            waiting.pop(message_id, None)
            waiting[message_id] = card
            return
        self._waiting[chat_id] = {message_id: card}
        self._start(self._show_all(chat_id))

    def answer_soon(self, query_id: str, text: str) -> None:
        """A short word on the pressed button, for which nobody waits."""
        self._start(self.answer(query_id, text))

    async def answer(self, query_id: str, text: str) -> None:
        """A short word on the pressed button; too late is no harm, what was pressed counts."""
        try:
            await self._bot.answer_callback_query(query_id, text=text or None)
        except BadRequest:
            _log.info("answer came too late for its button")
        except TelegramError as error:
            _log.warning("button not answered", error=type(error).__name__)

    async def stop(self, patience: float) -> None:
        """Give what is under way so many seconds, then cut it off."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=patience)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _show_all(self, chat_id: int) -> None:
        waiting = self._waiting[chat_id]
        try:
            while waiting:
                if self._pace is not None:
                    await self._pace.turn(chat_id, ANSWER)
                message_id = next(iter(waiting))
                await self._shown(chat_id, message_id, waiting.pop(message_id))
        finally:
            del self._waiting[chat_id]

    async def _shown(self, chat_id: int, message_id: int, card: Card) -> None:
        """What the message does not hold follows in new ones, the buttons under the last."""
        (first, *more), rows = split_for_telegram(card.text), controls(card.rows)
        self._on_edit(chat_id, message_id)
        try:
            await transport.edit_text(self._bot, chat_id, message_id, first, () if more else rows)
            for place, text in enumerate(more, 1):
                shown = rows if place == len(more) else ()
                await transport.send_text(self._bot, chat_id, text, shown, protect=True)
        except TelegramError as error:
            _log.warning("not shown at once", error=type(error).__name__)
