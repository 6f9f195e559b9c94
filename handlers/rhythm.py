"""Rhythms on the phones of clerk and head: how they stand, a meeting entered afterwards. No rule lives here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.kit.screen import Screen
from bot.kit.taps import Pressed, Sent, Tap, Typed
from bot.kit.unit import Context
from bot.meetings.rhythm import rhythm
from bot.values.refusal import Refusal


async def overview(context: Context, tap: Tap) -> Screen | Refusal:
    """How the rhythms stand."""
    return await rhythm.overview(context, tap.account, tap.number(0))


async def ask_day(context: Context, tap: Tap) -> Screen | Refusal:
    """The press "Đã họp rồi"."""
    return await rhythm.ask_day(context, tap.account, tap.number(0), tap.word(1))


async def record(context: Context, sent: Sent, ref: Mapping[str, Any]) -> Screen | Refusal:
    """The day, typed."""
    return await rhythm.record(context, sent.account, ref["committee"], ref["code"], sent.text)


async def take_back(context: Context, tap: Tap) -> Screen | Refusal:
    """The press "Bỏ ghi nhận"."""
    return await rhythm.take_back(context, tap.account, tap.number(0))


PRESSES: dict[str, Pressed] = {
    "rhythm": overview,
    "held": ask_day,
    "unheld": take_back,
}
WORDS: dict[str, Typed] = {"held": record}
