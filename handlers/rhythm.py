"""Rhythms on the phones of clerk and head: how they stand, a meeting entered afterwards. No rule lives here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.kit.screen import Screen
from bot.kit.taps import Pressed, Sent, Tap, Typed
from bot.kit.unit import Context
from bot.meetings.rhythm import rhythm
from bot.values.refusal import Refusal


async def overview(desk: Context, tap: Tap) -> Screen | Refusal:
    """How the rhythms stand."""
    return await rhythm.overview(desk, tap.account, tap.number(0))


async def ask_day(desk: Context, tap: Tap) -> Screen | Refusal:
    """The press "Đã họp rồi"."""
    return await rhythm.ask_day(desk, tap.account, tap.number(0), tap.word(1))


async def record(desk: Context, sent: Sent, ref: Mapping[str, Any]) -> Screen | Refusal:
    """The day, typed."""
    return await rhythm.record(desk, sent.account, ref["committee"], ref["code"], sent.text)


async def take_back(desk: Context, tap: Tap) -> Screen | Refusal:
    """The press "Bỏ ghi nhận"."""
    return await rhythm.take_back(desk, tap.account, tap.number(0))


PRESSES: dict[str, Pressed] = {
    "rhythm": overview,
    "held": ask_day,
    "unheld": take_back,
}
WORDS: dict[str, Typed] = {"held": record}
