"""Door 1: an update from Telegram becomes a tap or a message, is looked up in the table of acts, and answered.

No rule, no SQL and no prose live here.
"""

from __future__ import annotations

from collections.abc import Awaitable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol

from telegram import (
    CallbackQuery,
    ChatMemberUpdated,
    MaybeInaccessibleMessage,
    Message,
    Update,
)
from telegram.constants import ChatType

from bot import home, live
from bot.db import drafts, inbox, liveness, messages
from bot.db.drafts import LastWords, Prompt
from bot.db.notice import Card
from bot.kit import card, navigation, questions, speaking
from bot.kit.act import Table
from bot.kit.screen import Screen
from bot.kit.taps import Fetch, MalformedPressError, NotAwaitedError, Sent, Tap
from bot.kit.unit import Answering, Context
from bot.people.face import joined
from bot.values.action import Action, parse
from bot.values.refusal import Refusal, Refused, refuse
from handlers import reading

TOAST_LIMIT = 200
"""Characters Telegram shows in the answer to a button."""


SECONDS_APART = timedelta(seconds=5)
"""By so much Telegram may date a message later than the moment at which we knew it sent."""
COMMANDS = ("start", "menu", "help")
"""What can be typed with a stroke before it; buttons do everything else."""


class PastTheOutbox(Protocol):
    """How people are told what is never written down first."""

    async def answer(self, query_id: str, text: str) -> None:
        """Answer a pressed button with a short word."""
        ...

    def answer_soon(self, query_id: str, text: str) -> None:
        """The same, and nobody waits for it."""
        ...

    def show(self, chat_id: int, message_id: int, card: Card) -> None:
        """Let a message show a card soon."""
        ...


class Door:
    """Takes updates one by one; the order per chat is kept by the intake."""

    def __init__(
        self,
        context: Context,
        table: Table,
        past_the_outbox: PastTheOutbox,
        fetch: Fetch,
    ) -> None:
        self._context = context
        self._table = table
        self._past_the_outbox = past_the_outbox
        self._fetch = fetch

    async def handle(self, update: Update, received_at: datetime, earliest_at: datetime) -> None:
        """Serve one update; what it changes is committed before anything is said."""
        drafts.at_hand.set(update.update_id)
        if update.callback_query is not None:
            latest = received_at if earliest_at < received_at else None
            await self._pressed(update.update_id, update.callback_query, earliest_at, latest)
        elif update.message is not None:
            await self._said(update.update_id, update.message, received_at)
        elif update.edited_message is not None:
            await self._edited(update.update_id, update.edited_message, received_at)
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
        spoken_to = await speaking.to_account(self._context, query.from_user.id)
        async with Answering.within(spoken_to) as context:
            answer = await self._answered(context, self._answer_to(context, query, at, latest))
            target = None if message is None or answer.as_new_message else message.message_id
            at_once = answer.card if is_private and target else None
            if message is not None:
                shown = Screen() if at_once else answer
                away = await questions.turns_away(
                    context, message.chat.id, query.data or "", answer
                )
                await navigation.show(
                    context, message.chat.id, update_id, target, shown, turns_away=away
                )
        tells, toast = self._past_the_outbox, answer.toast[:TOAST_LIMIT]
        if not is_private:
            await tells.answer(query.id, toast)
            return
        # The intake confirms such a press only now that it is handled: nobody else waits for Telegram's pace.
        if message is not None and target and at_once is not None:
            tells.show(message.chat.id, target, at_once)
        tells.answer_soon(query.id, toast)

    async def _answered(self, context: Context, asked: Awaitable[Screen]) -> Screen:
        """What an act shows; where it is refused, or the press fits nothing that is known, why."""
        try:
            return await asked
        except Refused as no:
            return card.answer(context.say, no.refusal)
        except MalformedPressError:
            return card.answer(context.say, Refusal("old_button"))

    async def _answer_to(
        self, context: Context, query: CallbackQuery, at: datetime, latest: datetime | None
    ) -> Screen:
        wanted, message = parse(query.data or ""), query.message
        decides = wanted is not None and wanted.action in (questions.TAKE, questions.LEAVE)
        act = self._table.presses.get(wanted.action) if wanted else None
        if wanted is None or message is None or (act is None and not decides):
            raise MalformedPressError
        if message.chat.type != ChatType.PRIVATE:
            refuse("not_here")
        if wanted.args and await self._shows_what_is_lost(message):
            refuse("shows_what_is_lost")
        if act is None:  # words count from when their person said what they answer, and not before
            tap = _tap(query, message, wanted, latest or at)
            return await self._decided(context, tap, takes=wanted.action == questions.TAKE)
        return await act(context, replace(_tap(query, message, wanted, at), latest=latest))

    async def _shows_what_is_lost(self, message: MaybeInaccessibleMessage) -> bool:
        """Whether a message was written in a time of which nothing is kept: its numbers may mean something else now."""
        edited = message.edit_date if isinstance(message, Message) else None
        written = edited or message.date
        async with self._context.db.glance() as looks:
            if not await liveness.was_lost(looks, written):
                return False
        async with self._context.look() as work:
            known = await messages.last_written(work.tx, message.chat.id, message.message_id)
        return known is None or known + SECONDS_APART < written

    # --- what is said --------------------------------------------------------------------------

    async def _said(self, update_id: int, message: Message, at: datetime) -> None:
        if not _by_somebody(message) or not reading.says_something(message):
            return
        if message.chat.type != ChatType.PRIVATE:
            await self._in_group(update_id, message)
            return
        sent = reading.sent_of(message, at, self._fetch)
        command = reading.command_of(message.text or "")
        spoken_to = await speaking.to_account(self._context, sent.account)
        async with Answering.within(spoken_to) as context:
            saying = self._answer_to_message(context, update_id, message, sent)
            answer = await self._answered(context, saying)
            turns_away = command is not None and command.name in COMMANDS
            await navigation.show(
                context,
                sent.chat_id,
                update_id,
                None,
                answer,
                turns_away=turns_away,
                album=sent.album,
            )

    async def _answer_to_message(
        self, context: Context, update_id: int, message: Message, sent: Sent
    ) -> Screen:
        command = reading.command_of(message.text or "")
        if command is not None:
            return await self._commanded(context, sent, command)
        async with context.look() as work:
            belongs = await questions.belonging(work, sent)
            other = reading.not_taken(message)
            if other is not None:
                standing = belongs.asked if belongs.taken else None
                return Screen(questions.not_taken(work.say, other, standing))
            if belongs.card is not None:
                shown = questions.to_other_card(work, update_id, sent, belongs.card, belongs.asked)
                return Screen(await shown)
        if belongs.asked is None:
            return Screen(await home.stray(context, sent.account, _named(sent)))
        if not belongs.taken:
            return Screen(questions.asks_whether(context.say, update_id, belongs.asked, sent))
        return await self._taken(context, sent, belongs.asked)

    async def _taken(self, context: Context, sent: Sent, asked: Prompt) -> Screen:
        """The message is the answer to this question."""
        try:
            screen = await self._table.words[asked.kind](context, sent, asked.ref)
        except NotAwaitedError:
            return Screen(await home.stray(context, sent.account, _named(sent)))
        if asked.kind in self._table.goes_on:
            return screen
        put_by = 0 if asked.kind in self._table.keeps else asked.asked_by
        took = LastWords(asked.kind, asked.ref, asked.title, sent.message_id)
        return replace(screen, took=took, took_from=put_by)

    async def _commanded(self, context: Context, sent: Sent, command: reading.Command) -> Screen:
        """The three commands there are; buttons do everything else."""
        if command.name == "start" and command.rest:
            return await joined(context, sent, command.rest)
        if command.name == "help":
            return Screen(home.help_card(context))
        if command.name in COMMANDS:
            return Screen(await home.card(context, sent.account))
        return Screen(await home.stray(context, sent.account, "command"))

    async def _decided(self, context: Context, tap: Tap, *, takes: bool) -> Screen:
        """Whether a message kept before answers the question named, as its person has now said."""
        update_id, asked_by = tap.number(0), tap.number(1)
        # Where words are taken the act alone may write: with that the press is gone.
        async with context.look() if takes else context.work() as work:
            asked = await drafts.awaited(work.tx, tap.account)
            if asked is None or asked.asked_by != asked_by or asked.kind not in self._table.words:
                refuse("stale_question")
            if not takes:
                await drafts.answered(work.tx, tap.account)
            kept = await inbox.raw_around(work.tx, update_id) if takes else {}
        if not takes:
            return Screen(await home.stray(context, tap.account, "left"))
        said = reading.said_in(kept, update_id, tap, self._fetch)
        if not said:
            refuse("words_gone")
        return await self._taken_together(context, said, asked)

    async def _taken_together(
        self, context: Context, said: Sequence[Sent], asked: Prompt
    ) -> Screen:
        """The messages of an album one after the other; what is refused of it is shown beside the rest."""
        shown: Screen | None = None
        refused: list[Screen] = []
        for sent in said:
            screen = await self._answered(context, self._taken(context, sent, asked))
            if screen.refused:
                refused.append(screen)
            else:
                shown = screen
            async with context.look() as work:
                asked = await drafts.awaited(work.tx, sent.account) or asked
        if shown is None:
            return refused[-1]
        beside = tuple(each.card for each in refused if each.card is not None)
        return replace(shown, extra=(*shown.extra, *beside))

    async def _edited(self, update_id: int, message: Message, at: datetime) -> None:
        """A message edited changes nothing that was taken; its person is told so, with the way to change it."""
        words = message.text or message.caption
        if not _by_somebody(message) or not words or message.chat.type != ChatType.PRIVATE:
            return
        sent = reading.sent_of(message, at, self._fetch)
        spoken_to = await speaking.to_account(self._context, sent.account)
        async with Answering.within(spoken_to) as context:
            async with context.look() as work:
                belongs = await questions.belonging(work, sent)
                last = await drafts.words_of(work.tx, sent.account)
                standing = belongs.asked if belongs.taken else None
                shown = Screen(questions.edited(work.say, last, standing))
            await navigation.show(context, sent.chat_id, update_id, None, shown)

    async def _in_group(self, update_id: int, message: Message) -> None:
        """In a group nothing of content is said, and nothing to whom does not mean this bot."""
        if reading.is_addressed(message, self._context.link.rpartition("/")[2]):
            answer = Screen(navigation.only_in_private(self._context))
            async with Answering.within(self._context) as context:
                await navigation.show(context, message.chat.id, update_id, None, answer)

    async def _membership(self, changed: ChatMemberUpdated, at: datetime) -> None:
        if changed.chat.type == ChatType.PRIVATE:
            blocked = changed.new_chat_member.status in ("kicked", "left")
            await live.reachable(self._context, changed.from_user.id, at, blocked=blocked)


def _by_somebody(message: Message) -> bool:
    return message.from_user is not None and not message.from_user.is_bot


def _named(sent: Sent) -> str:
    return "words" if sent.file is None else "file"


def _tap(
    query: CallbackQuery, message: MaybeInaccessibleMessage, wanted: Action, at: datetime
) -> Tap:
    return Tap(query.from_user.id, message.chat.id, message.message_id, wanted.args, at)
