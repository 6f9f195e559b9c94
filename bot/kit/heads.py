"""The head of a register given out with what people are told: who keeps it can tell whether the past was rewritten."""

from __future__ import annotations

from dataclasses import replace

from bot.db import register
from bot.db.notice import Card
from bot.kit.unit import UnitOfWork
from bot.rendering import Rendering


async def with_head(work: UnitOfWork, committee: int, card: Card) -> Card:
    """The card with the committee's head of this moment at its foot, as `dongthuan verify --head` takes it."""
    head = await register.head(work.tx, committee)
    return printed(work.say, card, head.given_out(committee))


def printed(say: Rendering, card: Card, head: str) -> Card:
    """The card with a head at its foot."""
    return replace(card, text=f"{card.text}\n{say.label('register.head', head=head)}")
