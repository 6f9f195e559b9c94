"""Recording an urgent decision, on the phone of clerk or head. No rule lives here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.consultations import urgent
from bot.kit.screen import Screen
from bot.kit.taps import MalformedPressError, Pressed, Sent, Tap, Typed
from bot.kit.unit import Context
from bot.regulations.rules.regulation import Matter
from bot.values.refusal import Refusal


async def begin(context: Context, tap: Tap) -> Screen | Refusal:
    """For which body."""
    return await urgent.ask_body(context, tap.account, tap.number(0))


async def body(context: Context, tap: Tap) -> Screen | Refusal:
    """Which kind of matter."""
    return await urgent.ask_matter(context, tap.account, tap.number(0), tap.word(1))


async def matter(context: Context, tap: Tap) -> Screen | Refusal:
    """The words are asked for."""
    kind = tap.word(2)
    if kind not in set(Matter):
        raise MalformedPressError
    return await urgent.ask_words(context, tap.account, tap.number(0), tap.word(1), Matter(kind))


async def words(context: Context, sent: Sent, ref: Mapping[str, Any]) -> Screen | Refusal:
    """The decision: now it is recorded."""
    return await urgent.record(
        context, sent.account, ref["committee"], ref["of"], Matter(ref["matter"]), sent.text
    )


PRESSES: dict[str, Pressed] = {"urgent": begin, "urgent_for": body, "urgent_on": matter}
WORDS: dict[str, Typed] = {"urgent": words}
