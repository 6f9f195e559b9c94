"""What messages that were sent show, as far as that is kept. How they are sent stands in `outbox`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, exists, func, or_, select

from bot.db.schema import cards, outbox
from bot.db.statement_cache import compiled_once
from bot.db.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Shown:
    """A message of the bot: what it is about, the text it was sent with, the live card it shows."""

    text: str
    live: str | None
    consultation_id: int | None
    about: str

    @property
    def subject(self) -> tuple[int | None, str] | None:
        """What it is about; None where it is about nothing in particular."""
        return (self.consultation_id, self.about) if self.consultation_id or self.about else None


_SHOWN = select(outbox.c.text, outbox.c.live, outbox.c.consultation_id, outbox.c.about)


async def shown_as(tx: Transaction, chat_id: int, message_id: int) -> Shown | None:
    """What a message of a chat shows; None where that is not kept any more."""
    is_it = or_(outbox.c.sent_message_id == message_id, outbox.c.message_id == message_id)
    newest = _SHOWN.where(outbox.c.chat_id == chat_id, is_it).order_by(outbox.c.id.desc()).limit(1)
    row = (await tx.execute(newest)).first()
    return Shown(*row) if row else None


async def last_written(tx: Transaction, chat_id: int, message_id: int) -> datetime | None:
    """When a message of a chat was last sent or edited, as far as that is kept."""
    is_it = or_(outbox.c.sent_message_id == message_id, outbox.c.message_id == message_id)
    last = select(func.max(outbox.c.settled_at)).where(outbox.c.chat_id == chat_id, is_it)
    found: datetime | None = (await tx.execute(last)).scalar()
    return found


async def last_ending(tx: Transaction, begins: str, ends: str) -> int:
    """The number of the last message put under a key that begins and ends so; 0 where there is none."""
    keys = {"begins": begins, "beyond": f"{begins}\uffff", "ends": f"%{ends}"}
    return (await tx.execute(_LAST_ENDING, keys)).scalar() or 0


_LAST_ENDING = compiled_once(
    select(func.max(outbox.c.id)).where(
        outbox.c.key.between(bindparam("begins"), bindparam("beyond")),
        outbox.c.key.like(bindparam("ends")),
    )
)


@dataclass(frozen=True, slots=True)
class Standing:
    """A message that shows what was put there, and what that is about, as `Shown`."""

    message_id: int
    consultation_id: int | None
    about: str


async def still_shown(tx: Transaction, key: str) -> Standing | None:
    """Where what was put under this key is to be seen; None where something else is there since, or a live card."""
    row = (await tx.execute(_STILL_SHOWN, {"key": key})).first()
    return Standing(*row) if row and row[0] is not None else None


_LATER = outbox.alias()
_PLACE = func.coalesce(outbox.c.sent_message_id, outbox.c.message_id)
_STILL_SHOWN = compiled_once(
    select(_PLACE, outbox.c.consultation_id, outbox.c.about).where(
        outbox.c.key == bindparam("key"),
        ~exists().where(
            _LATER.c.chat_id == outbox.c.chat_id,
            _LATER.c.message_id == _PLACE,
            _LATER.c.id > outbox.c.id,
        ),
        ~exists().where(cards.c.chat_id == outbox.c.chat_id, cards.c.message_id == _PLACE),
    )
)


async def put_under(tx: Transaction, key: str) -> Shown | None:
    """What was put under this key."""
    row = (await tx.execute(_SHOWN.where(outbox.c.key == key))).first()
    return Shown(*row) if row else None
