"""Where live cards stand, so that each is edited in place. What a card shows is not known here."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, delete, select, update

from bot.db import outbox
from bot.db.notice import NOTICE, Notice
from bot.db.schema import cards
from bot.db.statement_cache import compiled_once
from bot.db.transaction import Transaction
from bot.db.upsert import insert_into

_STANDING = compiled_once(
    select(cards.c.live).where(
        cards.c.chat_id == bindparam("chat"), cards.c.message_id == bindparam("message")
    )
)
_WHERE = compiled_once(
    select(cards.c.chat_id, cards.c.message_id, cards.c.live).where(
        (cards.c.live == bindparam("of"))
        | cards.c.live.between(bindparam("first"), bindparam("last"))
    )
)


async def place(tx: Transaction, chat_id: int, message_id: int, live: str, now: datetime) -> None:
    """Say which live card a message shows from now on."""
    table = insert_into(tx, cards)
    fields = ("live", "at")
    shown = table.on_conflict_do_update(
        index_elements=[cards.c.chat_id, cards.c.message_id],
        set_={field: table.excluded[field] for field in fields},
    )
    row = {"chat_id": chat_id, "message_id": message_id, "live": live, "at": now}
    await tx.execute(shown, row)


async def remove(tx: Transaction, chat_id: int, message_id: int) -> None:
    """Say that a message shows no live card any more."""
    await tx.execute(
        delete(cards).where(cards.c.chat_id == chat_id, cards.c.message_id == message_id)
    )


async def move_chat(tx: Transaction, old: int, new: int) -> None:
    """A group has got a new id: its cards stand there now."""
    await tx.execute(update(cards).where(cards.c.chat_id == old).values(chat_id=new))


async def standing(tx: Transaction, chat_id: int, message_id: int) -> str | None:
    """Which live card a message shows; None when it shows none."""
    message = {"chat": chat_id, "message": message_id}
    found: str | None = (await tx.execute(_STANDING, message)).scalar()
    return found


async def where(tx: Transaction, live: str) -> list[tuple[int, int]]:
    """The (chat, message) pairs where a live card stands, with whichever of its pages."""
    return [(chat, message) for chat, message, _ in await _places(tx, live)]


async def _places(tx: Transaction, live: str) -> list[tuple[int, int, str]]:
    """Further pages are named "<live>:<page>"."""
    pages = {"of": live, "first": f"{live}:0", "last": f"{live}:9999"}
    found = await tx.execute(_WHERE, pages)
    return [(row.chat_id, row.message_id, row.live) for row in found]


async def refresh(
    tx: Transaction,
    live: str,
    now: datetime,
    *,
    priority: int = NOTICE,
    consultation_id: int | None = None,
    about: str = "",
) -> None:
    """Have a live card rendered anew wherever it stands; asking twice before that is asking once."""
    edits = [
        Notice(
            key=f"live:{page}:{chat_id}:{message_id}",
            chat_id=chat_id,
            kind="live",
            live=page,
            message_id=message_id,
            priority=priority,
            legal=False,
            consultation_id=consultation_id,
            about=about,
        )
        for chat_id, message_id, page in await _places(tx, live)
    ]
    await outbox.put_many(tx, edits, now)
