"""Where live cards stand, so that each is edited in place. What a card shows is not known here."""

from __future__ import annotations

from collections.abc import Sequence
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
    or_,
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


def _shows(names: int) -> ColumnElement[bool]:
    """Whether a card has one of so many names, or is a page of one ("<live>:<page>")."""
    return or_(
        *(
            (cards.c.live == bindparam(f"of{n}"))
            | cards.c.live.between(bindparam(f"first{n}"), bindparam(f"last{n}"))
            for n in range(names)
        )
    )


def _named(names: Sequence[str]) -> dict[str, str]:
    return {
        key: name
        for n, live in enumerate(names)
        for key, name in (
            (f"of{n}", live),
            (f"first{n}", f"{live}:0"),
            (f"last{n}", f"{live}:9999"),
        )
    }


async def where(tx: Transaction, live: str) -> list[tuple[int, int]]:
    """The (chat, message) pairs where a live card stands, with whichever of its pages."""
    found = await tx.execute(_WHERE, _named([live]))
    return [(row.chat_id, row.message_id) for row in found]


_WHERE = compiled_once(select(cards.c.chat_id, cards.c.message_id).where(_shows(1)))


async def refresh(
    tx: Transaction,
    live: str | Sequence[str],
    now: datetime,
    *,
    consultation_id: int | None = None,
    about: str = "",
) -> None:
    """Have a live card, or several, drawn anew wherever they stand; asking twice before that is asking once."""
    names = (live,) if isinstance(live, str) else tuple(live)
    asked = {"by": now, "consultation": consultation_id, "subject": about}
    await tx.execute(_refresh(tx.dialect.name, len(names)), asked | _named(names))


async def refresh_since(tx: Transaction, since: datetime, now: datetime) -> None:
    """Have every card that was placed after a moment drawn anew, whatever its message shows by now."""
    placed = select(cards.c.live).where(cards.c.at >= since).distinct()
    for live in list((await tx.execute(placed)).scalars()):
        await refresh(tx, live, now)


@cache
def _refresh(dialect: str, names: int) -> Insert:
    """An edit for every message that shows one of so many cards, in one statement."""
    edit = {
        "key": _joined("live", cards.c.live, cards.c.chat_id, cards.c.message_id),
        "chat_id": cards.c.chat_id,
        "kind": literal("live"),
        "live": cards.c.live,
        "message_id": cards.c.message_id,
        "text": literal(""),
        "rows": literal([], JSON),
        "files": literal([], JSON),
        "priority": literal(NOTICE),
        "legal": false(),
        "consultation_id": bindparam("consultation", type_=Integer),
        "about": bindparam("subject", type_=String),
        "created_at": bindparam("by", type_=Moment),
        "not_before": bindparam("by", type_=Moment),
        "state": literal("pending"),
        "attempts": literal(0),
        "unknown": literal(0),
    }
    standing = select(*edit.values()).where(_shows(names))
    edits = insert_for(dialect, messages).from_select([*edit], standing, include_defaults=False)
    return compiled_once(outbox.waits_again(edits))


def _joined(*parts: str | ColumnElement[Any]) -> ColumnElement[str]:
    words = [literal(each) if isinstance(each, str) else cast(each, String) for each in parts]
    return reduce(lambda before, word: before + ":" + word, words)
