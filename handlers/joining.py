"""Somebody opens the bot by an invitation. No rule lives here."""

from __future__ import annotations

from bot.kit.screen import Screen
from bot.kit.taps import Sent
from bot.kit.unit import Context
from bot.people import joining
from bot.values.refusal import Refusal


async def joined(context: Context, sent: Sent, token: str) -> Screen | Refusal:
    """The account of this message takes the invitation."""
    taken = await joining.join(context, sent.account, token, sent.at)
    return taken if isinstance(taken, Refusal) else await joining.answer(context, taken)
