"""Messages held since a database was brought back: shown to whoever runs the machine, sent after all or given up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.db import held, people
from bot.db.held import Held
from bot.db.notice import Card
from bot.kit import questions, speaking, whole
from bot.kit.unit import UnitOfWork
from bot.values.unknown_ids import require_known


@dataclass(frozen=True, slots=True)
class Unsent:
    """One message: what it is headed with, to whom, since when; `legal` where something follows from its arrival."""

    id: int
    heading: str
    to: str
    at: datetime
    legal: bool


async def listed(work: UnitOfWork) -> tuple[Unsent, ...]:
    """Everything that is held, in the order in which it was to be sent."""
    return tuple([await _shown(work, each) for each in await held.messages(work.tx)])


async def send(work: UnitOfWork, ids: Sequence[int]) -> None:
    """Send these when the bot runs; refuses (UnknownIdsError) all when one is not held."""
    await held.release(work.tx, await _known(work, ids), work.now)


async def discard(work: UnitOfWork, ids: Sequence[int]) -> None:
    """Never send these; refuses as `send` does."""
    await held.give_up(work.tx, await _known(work, ids), work.now)


async def _known(work: UnitOfWork, ids: Sequence[int]) -> Sequence[int]:
    require_known(ids, {each.id for each in await held.messages(work.tx)})
    return ids


async def _shown(work: UnitOfWork, message: Held) -> Unsent:
    card: Card | None = Card(message.text)
    if message.live and not message.text:
        spoken = await speaking.to_reader(work, message.chat_id)
        card = await whole.drawn(spoken, message.live, message.chat_id)
    person = await people.person(work.tx, message.person_id) if message.person_id else None
    heading = questions.named(card) if card is not None else ""
    return Unsent(
        message.id, heading, person.name if person else "", message.created_at, message.legal
    )
