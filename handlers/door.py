"""Door 1: an update from Telegram becomes a tap or a message, is looked up in the table of acts, and answered.

No rule, no SQL and no prose live here.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime

from telegram import (
    CallbackQuery,
    ChatMemberUpdated,
    MaybeInaccessibleMessage,
    Message,
    Update,
)
from telegram.constants import ChatType

from bot import home, live
from bot.db.notice import Card
from bot.kit import card, navigation
from bot.kit.act import Table
from bot.kit.screen import Screen
from bot.kit.taps import Fetch, MalformedPressError, NotAwaitedError, Sent, SentFile, Tap
from bot.kit.unit import Answering, Context
from bot.people.face import joined
from bot.values.action import Action, parse
from bot.values.refusal import Refusal, Refused, refuse

TOAST_LIMIT = 200
"""Characters Telegram shows in the answer to a button."""


AnswerQuery = Callable[[str, str], Awaitable[None]]
"""Answers a pressed button (its query's id) with a short word."""
ShowAtOnce = Callable[[int, int, Card], Awaitable[None]]
"""Lets a message (chat and id) show a card without writing it down first."""


class Door:
    """Takes updates one by one; the order per chat is kept by the intake."""

    def __init__(
        self,
        context: Context,
        table: Table,
        answer_query: AnswerQuery,
        show_at_once: ShowAtOnce,
        fetch: Fetch,
    ) -> None:
        self._context = context
        self._table = table
        self._answer_query = answer_query
        self._show_at_once = show_at_once
        self._fetch = fetch

    async def handle(self, update: Update, received_at: datetime, earliest_at: datetime) -> None:
        """Serve one update; what it changes is committed before anything is said."""
        if update.callback_query is not None:
            latest = received_at if earliest_at < received_at else None
            await self._pressed(update.update_id, update.callback_query, earliest_at, latest)
        elif update.message is not None:
            await self._said(update.update_id, update.message, received_at)
        elif update.my_chat_member is not None:
            await self._membership(update.my_chat_member, received_at)

    async def must_wait(self, update: Update) -> bool:
        """Whether it is a press that waits for all before it, by somebody who has the right to it now.

        Who has none waits for nobody: the press is refused at once. The transaction asks for the right anew.
        """
        query = update.callback_query
        wanted = parse(query.data or "") if query is not None else None
        has_right = self._table.after_all.get(wanted.action) if wanted is not None else None
        if query is None or query.message is None or wanted is None or has_right is None:
            return False
        tap = _tap(query, query.message, wanted, self._context.clock.now())
        try:
            return await has_right(self._context, tap)
        except MalformedPressError:
            return False

    async def _pressed(
        self, update_id: int, query: CallbackQuery, at: datetime, latest: datetime | None
    ) -> None:
        message, is_private = query.message, self._table.is_private(query.data or "")
        async with Answering.within(self._context) as context:
            answer = await self._answered(self._answer_to(context, query, at, latest))
            target = None if message is None or answer.as_new_message else message.message_id
            at_once = answer.card if is_private and target else None
            if message is not None and at_once is None:
                await navigation.show(context, message.chat.id, update_id, target, answer)
        if message is not None and target and at_once is not None:
            await self._show_at_once(message.chat.id, target, at_once)
        await self._answer_query(query.id, answer.toast[:TOAST_LIMIT])

    async def _answered(self, asked: Awaitable[Screen]) -> Screen:
        """What an act shows; where it is refused, or the press fits nothing that is known, why."""
        try:
            return await asked
        except Refused as no:
            return card.answer(self._context.say, no.refusal)
        except MalformedPressError:
            return card.answer(self._context.say, Refusal("old_button"))

    async def _answer_to(
        self, context: Context, query: CallbackQuery, at: datetime, latest: datetime | None
    ) -> Screen:
        wanted, message = parse(query.data or ""), query.message
        act = self._table.presses.get(wanted.action) if wanted else None
        if wanted is None or act is None or message is None:
            raise MalformedPressError
        if message.chat.type != ChatType.PRIVATE:
            refuse("not_here")
        return await act(context, replace(_tap(query, message, wanted, at), latest=latest))

    async def _said(self, update_id: int, message: Message, at: datetime) -> None:
        if message.from_user is None or message.from_user.is_bot:
            return
        if message.chat.type != ChatType.PRIVATE:
            await self._in_group(update_id, message)
            return
        sent = _sent(message, at, self._fetch)
        async with Answering.within(self._context) as context:
            answer = await self._answered(self._answer_to_message(context, sent))
            await navigation.show(context, message.chat.id, update_id, None, answer)

    async def _answer_to_message(self, context: Context, sent: Sent) -> Screen:
        command, _, payload = sent.text.partition(" ")
        if command == "/start" and payload.strip():
            return await joined(context, sent, payload.strip())
        if command in ("/start", "/menu"):
            return Screen(await home.card(context, sent.account))
        if command == "/help":
            return Screen(home.help_card(context))
        awaited = await navigation.awaited(context, sent.account)
        act = self._table.words.get(awaited.kind) if awaited else None
        if awaited is None or act is None:
            return Screen(await home.stray(context, sent.account))
        try:
            return await act(context, sent, awaited.ref)
        except NotAwaitedError:
            return Screen(await home.stray(context, sent.account))

    async def _in_group(self, update_id: int, message: Message) -> None:
        """In a group nothing of content is said: only the way to the private chat."""
        if (message.text or "").startswith("/"):
            answer = Screen(navigation.only_in_private(self._context))
            async with Answering.within(self._context) as context:
                await navigation.show(context, message.chat.id, update_id, None, answer)

    async def _membership(self, changed: ChatMemberUpdated, at: datetime) -> None:
        if changed.chat.type == ChatType.PRIVATE:
            blocked = changed.new_chat_member.status in ("kicked", "left")
            await live.reachable(self._context, changed.from_user.id, at, blocked=blocked)


def _tap(
    query: CallbackQuery, message: MaybeInaccessibleMessage, wanted: Action, at: datetime
) -> Tap:
    return Tap(query.from_user.id, message.chat.id, message.message_id, wanted.args, at)


def _sent(message: Message, received_at: datetime, fetch: Fetch) -> Sent:
    user = message.from_user
    account = user.id if user else 0
    words = message.text or message.caption or ""
    at = min(message.date, received_at)
    return Sent(account, message.chat.id, words, at, _file(message, fetch))


def _file(message: Message, fetch: Fetch) -> SentFile | None:
    document = message.document
    if document is not None:
        name = document.file_name or document.file_unique_id
        return _announced(document.file_id, name, document.file_size, fetch)
    if message.photo:
        largest = message.photo[-1]
        name = f"{largest.file_unique_id}.jpg"
        return replace(_announced(largest.file_id, name, largest.file_size, fetch), photo=True)
    return None


def _announced(file_id: str, name: str, size: int | None, fetch: Fetch) -> SentFile:
    async def bring() -> bytes:
        return await fetch(file_id)

    return SentFile(file_id, name, size or 0, bring)
