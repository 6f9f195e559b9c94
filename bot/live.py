"""What the delivery asks: cards as they are when sent, and who follows a message that was. No subject is known here."""

from __future__ import annotations

from datetime import datetime

from bot.db import live_cards, people
from bot.db.engine import Transaction
from bot.db.notice import Card
from bot.db.outbox import Outgoing
from bot.kit import live, speaking, whole
from bot.kit.live import Delivered, Undelivered
from bot.kit.unit import Context, UnitOfWork
from bot.people.face import within_reach


class Post:
    """What the delivery asks of the subjects while it sends."""

    def __init__(self, context: Context) -> None:
        self._context = context

    async def live_card(self, tx: Transaction, name: str, chat_id: int) -> Card | None:
        """The card of that name as it is now, for that chat; None when nobody there may see it."""
        work = UnitOfWork(self._context, tx, self._context.clock.now())
        return await whole.drawn(await speaking.to_reader(work, chat_id), name, chat_id)

    def beginning(self, card: Card) -> Card:
        """As much of a card as one message holds, with the way to the rest."""
        return whole.beginning(self._context.say, card)

    async def settled(
        self, tx: Transaction, row: Outgoing, message_id: int | None, now: datetime
    ) -> None:
        """A message was sent: a live card has its place, and whoever follows learns of it."""
        work = await speaking.to_reader(UnitOfWork(self._context, tx, now), row.chat_id)
        await live.settled.happened(work, row)
        if message_id is None:
            return
        await live.delivered.happened(work, Delivered(row, message_id))
        if row.live and row.live.partition(":")[0] in live.ALONE:
            await live.stands_alone(work, row.chat_id, message_id, row.live)
        elif row.live and row.message_id is None:
            await live_cards.place(tx, row.chat_id, message_id, row.live, now)
            # what happened since it was drawn missed it
            await live_cards.refresh(tx, row.live, now)

    async def unreachable(self, tx: Transaction, row: Outgoing, reason: str, now: datetime) -> None:
        """A message will not arrive, and whoever follows learns of it."""
        work = await speaking.to_reader(UnitOfWork(self._context, tx, now), row.chat_id)
        await live.settled.happened(work, row)
        await live.undelivered.happened(work, Undelivered(row, reason))


async def reachable(context: Context, account: int, at: datetime, *, blocked: bool) -> None:
    """An account blocked the bot, or let it in again; what waits for it is then sent."""
    async with context.work() as work:
        await people.set_blocked(work.tx, account, at if blocked else None)
        if not blocked:
            await within_reach.happened(work, account)
