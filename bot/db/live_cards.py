"""Where live cards stand, so that each is edited in place. What a card shows is not known here."""

from __future__ import annotations

from datetime import datetime
from functools import cache, reduce
from typing import Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    Integer,
    String,
    bindparam,
    cast,
    delete,
    false,
    literal,
    select,
    update,
)
from sqlalchemy.dialects.sqlite import Insert

from bot.db import outbox
from bot.db.notice import NOTICE
from bot.db.schema import cards
from bot.db.schema import outbox as messages
from bot.db.schema.base import Moment
from bot.db.statement_cache import compiled_once
from bot.db.transaction import Transaction
from bot.db.upsert import insert_for

_STANDING = compiled_once(
    select(cards.c.live).where(
        cards.c.chat_id == bindparam("chat"), cards.c.message_id == bindparam("message")
    )
)


async def place(tx: Transaction, chat_id: int, message_id: int, live: str, now: datetime) -> None:
    """Say which live card a message shows from now on."""
    row = {"chat_id": chat_id, "message_id": message_id, "live": live, "at": now}
    await tx.execute(_place(tx.dialect.name), row)


@cache
def _place(dialect: str) -> Insert:
    table = insert_for(dialect, cards)
    return compiled_once(
        table.on_conflict_do_update(
            index_elements=[cards.c.chat_id, cards.c.message_id],
            set_={"live": table.excluded.live, "at": table.excluded.at},
        )
    )


async def remove(tx: Transaction, chat_id: int, message_id: int) -> None:
    """Say that a message shows no live card any more."""
    await tx.execute(_REMOVE, {"chat": chat_id, "message": message_id})


_REMOVE = compiled_once(
    delete(cards).where(
        cards.c.chat_id == bindparam("chat"), cards.c.message_id == bindparam("message")
    )
)


async def move_chat(tx: Transaction, old: int, new: int) -> None:
    """A group has got a new id: its cards stand there now."""
    await tx.execute(update(cards).where(cards.c.chat_id == old).values(chat_id=new))


async def standing(tx: Transaction, chat_id: int, message_id: int) -> str | None:
    """Which live card a message shows; None when it shows none."""
    message = {"chat": chat_id, "message": message_id}
    found: str | None = (await tx.execute(_STANDING, message)).scalar()
    return found


def _shows_it() -> ColumnElement[bool]:
    """Whether a card is the one named `of`, or a page of it ("<live>:<page>")."""
    pages = cards.c.live.between(bindparam("first"), bindparam("last"))
    return (cards.c.live == bindparam("of")) | pages


def _named(live: str) -> dict[str, str]:
    return {"of": live, "first": f"{live}:0", "last": f"{live}:9999"}


async def where(tx: Transaction, live: str) -> list[tuple[int, int]]:
    """The (chat, message) pairs where a live card stands, with whichever of its pages."""
    found = await tx.execute(_WHERE, _named(live))
    return [(row.chat_id, row.message_id) for row in found]


_WHERE = compiled_once(select(cards.c.chat_id, cards.c.message_id).where(_shows_it()))


async def refresh(
    tx: Transaction,
    live: str,
    now: datetime,
    *,
    priority: int = NOTICE,
    consultation_id: int | None = None,
    about: str = "",
) -> None:
    """Have a live card drawn anew wherever it stands; asking twice before that is asking once."""
    asked = {
        **_named(live),
        "by": now,
        "rank": priority,
        "consultation": consultation_id,
        "subject": about,
    }
    await tx.execute(_refresh(tx.dialect.name), asked)


@cache
def _refresh(dialect: str) -> Insert:
    """An edit for every message that shows the card, in one statement."""
    edit = {
        "key": _joined("live", cards.c.live, cards.c.chat_id, cards.c.message_id),
        "chat_id": cards.c.chat_id,
        "kind": literal("live"),
        "live": cards.c.live,
        "message_id": cards.c.message_id,
        "text": literal(""),
        "rows": literal([], JSON),
        "files": literal([], JSON),
        "priority": bindparam("rank", type_=Integer),
        "legal": false(),
        "consultation_id": bindparam("consultation", type_=Integer),
        "about": bindparam("subject", type_=String),
        "created_at": bindparam("by", type_=Moment),
        "not_before": bindparam("by", type_=Moment),
        "state": literal("pending"),
        "attempts": literal(0),
        "unknown": literal(0),
    }
    standing = select(*edit.values()).where(_shows_it())
    edits = insert_for(dialect, messages).from_select([*edit], standing, include_defaults=False)
    return compiled_once(outbox.waits_again(edits))


def _joined(*parts: str | ColumnElement[Any]) -> ColumnElement[str]:
    words = [literal(each) if isinstance(each, str) else cast(each, String) for each in parts]
    return reduce(lambda before, word: before + ":" + word, words)
