"""Rule books as they were read, kept for ever by digest. What they mean is read by `bot.regulations`."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import insert, select

from bot.db.schema import rulebooks
from bot.db.transaction import Transaction
from bot.regulations.loader import parse
from bot.regulations.rules.regulation import Regulation

_read: dict[str, Regulation] = {}
"""Rule books by digest; a digest never changes its meaning."""


async def regulation(tx: Transaction, digest: str) -> Regulation:
    """The regulation pinned under that digest."""
    if digest not in _read:
        found = await tx.execute(select(rulebooks).where(rulebooks.c.digest == digest))
        row = found.one()
        _read[digest] = parse(row.text, row.name, row.settings)
    return _read[digest]


@dataclass(frozen=True, slots=True)
class Kept:
    """A rule book as it was pinned: the name of its file, its text, the values chosen."""

    name: str
    text: str
    settings: dict[str, object]


async def kept(tx: Transaction, digest: str) -> Kept:
    """What is pinned under that digest."""
    row = (await tx.execute(select(rulebooks).where(rulebooks.c.digest == digest))).one()
    return Kept(row.name, row.text, dict(row.settings))


async def keep(
    tx: Transaction, regulation_: Regulation, name: str, text: str, settings: dict[str, object]
) -> str:
    """Pin a rule book; the same text with the same settings is kept once."""
    known = await tx.execute(
        select(rulebooks.c.digest).where(rulebooks.c.digest == regulation_.digest)
    )
    if known.first() is None:
        await tx.execute(
            insert(rulebooks).values(
                digest=regulation_.digest, name=name, text=text, settings=settings
            )
        )
    return regulation_.digest
