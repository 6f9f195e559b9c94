"""Which database this is: a mark drawn by chance. What the mark names is not known here."""

from __future__ import annotations

import secrets

from sqlalchemy import Connection, delete, insert, select

from bot.db.schema import origin
from bot.db.transaction import Transaction

MARK_BYTES = 16


def mark_once(connection: Connection) -> str:
    """The mark of a database; one is drawn where it has none yet."""
    found: str | None = connection.execute(select(origin.c.mark)).scalar()
    if found is None:
        found = _drawn()
        connection.execute(insert(origin), {"id": 1, "mark": found})
    return found


async def mark_anew(tx: Transaction) -> None:
    """From now on it is another database than the one that it was copied from."""
    await tx.execute(delete(origin))
    await tx.execute(insert(origin), {"id": 1, "mark": _drawn()})


def _drawn() -> str:
    return secrets.token_hex(MARK_BYTES)
