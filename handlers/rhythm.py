"""Rhythms on the phones of clerk and head: how they stand, a meeting entered afterwards. No rule lives here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.domain.card import Answer
from bot.domain.refusal import Refusal
from bot.services.desk import Desk
from bot.services.meetings import recorded
from handlers.taps import Pressed, Sent, Tap, Typed


async def overview(desk: Desk, tap: Tap) -> Answer | Refusal:
    """How the rhythms stand."""
    return await recorded.overview(desk, tap.account, tap.number(0))


async def ask_day(desk: Desk, tap: Tap) -> Answer | Refusal:
    """The press "Đã họp rồi"."""
    return await recorded.ask_day(desk, tap.account, tap.number(0), tap.word(1))


async def record(desk: Desk, sent: Sent, ref: Mapping[str, Any]) -> Answer | Refusal:
    """The day, typed."""
    return await recorded.record(desk, sent.account, ref["committee"], ref["code"], sent.text)


async def take_back(desk: Desk, tap: Tap) -> Answer | Refusal:
    """The press "Bỏ ghi nhận"."""
    return await recorded.take_back(desk, tap.account, tap.number(0))


PRESSES: dict[str, Pressed] = {
    "rhythm": overview,
    "held": ask_day,
    "unheld": take_back,
}
WORDS: dict[str, Typed] = {"held": record}
