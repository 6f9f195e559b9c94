"""Opening, concluding and closing a meeting, and giving the chair to another: buttons and words. No rule lives here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.kit.screen import Screen
from bot.kit.taps import Pressed, Sent, Tap, Typed
from bot.kit.unit import Context
from bot.people import delegation
from bot.people.rules.delegating import Span
from bot.values.refusal import Refusal

# --- the chair -------------------------------------------------------------------------------


async def delegations(context: Context, tap: Tap) -> Screen | Refusal:
    """Who stands in for whom."""
    return await delegation.screen(context, tap.account, tap.number(0))


async def delegate_anew(context: Context, tap: Tap) -> Screen | Refusal:
    """To whom."""
    return await delegation.pick(context, tap.account, tap.number(0), tap.word(1))


async def delegate_to(context: Context, tap: Tap) -> Screen | Refusal:
    """From when."""
    return await delegation.ask_start(
        context, tap.account, tap.number(0), tap.word(1), tap.number(2)
    )


async def from_now(context: Context, tap: Tap) -> Screen | Refusal:
    """From now on; until when comes next."""
    return await delegation.ask_end(
        context, tap.account, tap.number(0), tap.word(1), tap.number(2), tap.at
    )


async def from_typed(context: Context, sent: Sent, ref: Mapping[str, Any]) -> Screen | Refusal:
    """From when, as typed; until when comes next."""
    starts = await delegation.typed(context, ref["committee"], sent.text, ends=False)
    if isinstance(starts, Refusal):
        return starts
    return await delegation.ask_end(
        context, sent.account, ref["committee"], ref["body"], ref["to"], starts
    )


async def until_typed(context: Context, sent: Sent, ref: Mapping[str, Any]) -> Screen | Refusal:
    """Until when, as typed: now it is entered."""
    ends = await delegation.typed(context, ref["committee"], sent.text, ends=True)
    if isinstance(ends, Refusal):
        return ends
    span = Span(datetime.fromisoformat(ref["from"]), ends)
    return await delegation.give(
        context, sent.account, ref["committee"], ref["body"], ref["to"], span
    )


async def end_delegation(context: Context, tap: Tap) -> Screen | Refusal:
    """The chair is taken back."""
    return await delegation.withdraw(
        context, tap.account, tap.number(0), tap.word(1), tap.number(2)
    )


PRESSES: dict[str, Pressed] = {
    "deleg": delegations,
    "deleg_new": delegate_anew,
    "deleg_to": delegate_to,
    "deleg_now": from_now,
    "deleg_end": end_delegation,
}
WORDS: dict[str, Typed] = {
    "deleg_from": from_typed,
    "deleg_until": until_typed,
}
