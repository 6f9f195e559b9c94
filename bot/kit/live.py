"""Cards drawn when they are sent, by name, and what becomes of messages. Which there are, each subject enters."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from bot.db.notice import Card
from bot.db.outbox import Outgoing
from bot.kit.event import Event
from bot.kit.unit import UnitOfWork

LiveCard = Callable[[UnitOfWork, Sequence[int], int], Awaitable[Card | None]]
"""Draws a live card for a chat from the numbers of its name; None, or `Refused`, when nobody there may see it."""
L = TypeVar("L", bound=LiveCard)
LIVE_CARDS: dict[str, LiveCard] = {}
"""By the first word of a live card's name. Filled while the subjects are imported."""


def live_card(name: str) -> Callable[[L], L]:
    """What draws the live cards of that first word."""

    def enter(draw: L) -> L:
        if name in LIVE_CARDS:
            raise ValueError(f"two live cards are named {name!r}")
        LIVE_CARDS[name] = draw
        return draw

    return enter


@dataclass(frozen=True, slots=True)
class Delivered:
    """A message that Telegram has taken, and the number it has in its chat."""

    row: Outgoing
    message_id: int


@dataclass(frozen=True, slots=True)
class Undelivered:
    """A message that will never arrive, and why ("blocked", ...)."""

    row: Outgoing
    reason: str


settled: Event[Outgoing] = Event()
"""A message is finished with, delivered or not: nothing more will be done about it."""
delivered: Event[Delivered] = Event()
undelivered: Event[Undelivered] = Event()
