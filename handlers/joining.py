"""Somebody opens the bot by an invitation. No rule lives here."""

from __future__ import annotations

from bot.domain.card import Answer
from bot.domain.refusal import Refusal
from bot.services import joining
from bot.services.desk import Desk
from handlers.taps import Sent


async def joined(desk: Desk, sent: Sent, token: str) -> Answer | Refusal:
    """The account of this message takes the invitation."""
    taken = await joining.join(desk, sent.account, token, sent.at)
    return taken if isinstance(taken, Refusal) else await joining.answer(desk, taken)
