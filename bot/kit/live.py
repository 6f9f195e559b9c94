"""Cards drawn when they are sent, by name, and what becomes of messages. Which there are, each subject enters."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from bot.db import live_cards, outbox
from bot.db.notice import Card, Notice
from bot.db.outbox import Outgoing
from bot.kit.event import Event
from bot.kit.unit import UnitOfWork
from bot.rendering import Rendering

LiveCard = Callable[[UnitOfWork, Sequence[int], int], Awaitable[Card | None]]
"""Draws a live card for a chat from the numbers of its name; None, or `Refused`, when nobody there may see it."""
L = TypeVar("L", bound=LiveCard)
LIVE_CARDS: dict[str, LiveCard] = {}
"""By the first word of a live card's name. Filled while the subjects are imported."""
ALONE: set[str] = set()
"""First words of the cards of which only the newest has buttons."""


def live_card(name: str, *, alone: bool = False) -> Callable[[L], L]:
    """What draws the live cards of that first word; `alone`: older copies in a chat lose their buttons."""

    def enter(draw: L) -> L:
        if alone:
            ALONE.add(name)
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


async def stands_alone(work: UnitOfWork, chat_id: int, message_id: int, only: str) -> None:
    """A message shows the card of that name; every other one in its chat loses its buttons.

    Should a newer one have got there first, this one does.
    """
    others = [
        message
        for chat, message in await live_cards.where(work.tx, only)
        if chat == chat_id and message != message_id
    ]
    await live_cards.place(work.tx, chat_id, message_id, only, work.now)
    for message in others:
        await _retire(work, chat_id, message, only)


async def _retire(work: UnitOfWork, chat_id: int, message_id: int, only: str) -> None:
    await live_cards.remove(work.tx, chat_id, message_id)
    notice = Notice(
        key=f"retired:{only}:{chat_id}:{message_id}:{work.now.timestamp()}",
        chat_id=chat_id,
        kind="answer",
        card=retired(work.say),
        message_id=message_id,
        legal=False,
    )
    await outbox.put(work.tx, notice, work.now)


def retired(say: Rendering) -> Card:
    """What an older copy says."""
    return Card(say.text("card_retired"))


settled: Event[Outgoing] = Event()
"""A message is finished with, delivered or not: nothing more will be done about it."""
delivered: Event[Delivered] = Event()
undelivered: Event[Undelivered] = Event()
