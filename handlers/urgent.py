"""Recording an urgent decision, on the phone of clerk or head. No rule lives here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.domain.card import Answer
from bot.domain.refusal import Refusal
from bot.domain.regulation import Matter
from bot.services import urgent
from bot.services.desk import Desk
from handlers.taps import MalformedPressError, Pressed, Sent, Tap, Typed


async def begin(desk: Desk, tap: Tap) -> Answer | Refusal:
    """For which body."""
    return await urgent.ask_body(desk, tap.account, tap.number(0))


async def body(desk: Desk, tap: Tap) -> Answer | Refusal:
    """Which kind of matter."""
    return await urgent.ask_matter(desk, tap.account, tap.number(0), tap.word(1))


async def matter(desk: Desk, tap: Tap) -> Answer | Refusal:
    """The words are asked for."""
    kind = tap.word(2)
    if kind not in set(Matter):
        raise MalformedPressError
    return await urgent.ask_words(desk, tap.account, tap.number(0), tap.word(1), Matter(kind))


async def words(desk: Desk, sent: Sent, ref: Mapping[str, Any]) -> Answer | Refusal:
    """The decision: now it is recorded."""
    return await urgent.record(
        desk, sent.account, ref["committee"], ref["of"], Matter(ref["matter"]), sent.text
    )


PRESSES: dict[str, Pressed] = {"urgent": begin, "urgent_for": body, "urgent_on": matter}
WORDS: dict[str, Typed] = {"urgent": words}
