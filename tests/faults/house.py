"""A whole house in a process of its own, for tests that kill it: intake, a small post, delivery.

`run` is given the database, where Telegram answers, and the token. No committee lives here.
"""

from __future__ import annotations

import asyncio
from datetime import datetime

from sqlalchemy import insert
from telegram import Bot, Update

from bot.clock import SystemClock
from bot.db import outbox
from bot.db.engine import Database, Transaction
from bot.db.notice import ANSWER, Card, Notice
from bot.db.outbox import Outgoing
from bot.db.schema import outages
from scheduler.delivery import Delivery
from scheduler.polling import Polling
from scheduler.transport import Transport


class Post:
    """Nothing follows from a message sent, and no card is live."""

    async def settled(self, tx: Transaction, row: Outgoing, message_id: int, now: datetime) -> None:
        return

    async def unreachable(self, tx: Transaction, row: Outgoing, reason: str, now: datetime) -> None:
        return

    async def live_card(self, tx: Transaction, live: str, chat_id: int) -> Card | None:
        return None

    def beginning(self, card: Card) -> Card:
        return card


async def _run(path: str, base_url: str, token: str) -> None:
    """Count each press once, as a row, and answer it with a notice in the same transaction."""
    clock, db = SystemClock(), await Database.open(path, create=True)
    out, polls = Transport(), Transport()
    async with Bot(token, base_url=base_url, request=out, get_updates_request=polls) as bot:
        delivery = Delivery(bot, db, clock, Post(), pace=None)

        async def handle(update: Update, received_at: datetime, earliest_at: datetime) -> None:
            query = update.callback_query
            if query is None or query.data is None:
                return
            moment = clock.now()
            async with db.write() as tx:
                row = {"start": datetime.fromtimestamp(int(query.data), tz=moment.tzinfo)}
                await tx.execute(insert(outages), row | {"end": moment})
                card = Card(f"Đã ghi nhận {query.data}")
                key = f"answer:{update.update_id}"
                notice = Notice(key, query.from_user.id, "answer", card, priority=ANSWER)
                await outbox.put(tx, notice, moment)
            delivery.wake()

        await asyncio.gather(delivery.run(), Polling(bot, db, clock, handle).run())


def run(path: str, base_url: str, token: str) -> None:
    """Until it is killed."""
    asyncio.run(_run(path, base_url, token))
