"""Rule books as they were read, kept for ever by digest. What they mean is read by `bot.regulations`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import bindparam, insert, select

from bot.db.fact import fact
from bot.db.schema import rulebook_turns, rulebooks
from bot.db.statement_cache import compiled_once
from bot.db.transaction import Reading, Transaction
from bot.regulations.loader import parse
from bot.regulations.rules.regulation import Body, Regulation
from bot.regulations.rules.standing import Stood

_read: dict[str, Regulation] = {}
"""Rule books by digest; a digest never changes its meaning."""


async def regulation(tx: Reading, digest: str) -> Regulation:
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


@dataclass(frozen=True, slots=True)
class Turn:
    """A committee took one rule book after another: `since` is the first day that goes by it, `at` when it was done.

    `approval` is the request that was confirmed; None where it follows the editions of the program.
    """

    committee: int
    before: str
    rulebook: str
    since: date
    at: datetime
    approval: int | None = None


async def turn(tx: Transaction, one: Turn) -> None:
    """Enter that a committee took another rule book."""
    await tx.execute(
        insert(rulebook_turns).values(
            committee_id=one.committee,
            before=one.before,
            rulebook=one.rulebook,
            since=one.since,
            approval_id=one.approval,
            at=one.at,
        )
    )


async def turns(tx: Reading, committee: int) -> tuple[Turn, ...]:
    """Every rule book that a committee took after the one of its founding, the earliest first."""
    found = await tx.execute(_TURNS, {"of": committee})
    return tuple(
        Turn(row.committee_id, row.before, row.rulebook, row.since, row.at, row.approval_id)
        for row in found
    )


_TURNS = compiled_once(
    select(rulebook_turns)
    .where(rulebook_turns.c.committee_id == bindparam("of"))
    .order_by(rulebook_turns.c.id),
    lasting=True,
)


@dataclass(frozen=True, slots=True)
class InForce:
    """A rule book that a committee went by, and from which day on; None for the one of its founding."""

    since: date | None
    regulation: Regulation


async def over_time(tx: Reading, committee: int, now: str) -> tuple[InForce, ...]:
    """Every rule book that the committee went by, up to that of `now`.

    An edition of the program reads the same text anew: it stands from the day on which the one before it did.
    """
    found = await turns(tx, committee)
    stood: list[tuple[date | None, str]] = [(None, found[0].before if found else now)]
    for each in found:
        if each.approval is None:
            stood[-1] = (stood[-1][0], each.rulebook)
        else:
            stood.append((each.since, each.rulebook))
    return tuple([InForce(since, await regulation(tx, digest)) for since, digest in stood])


async def stood(tx: Transaction, committee: int, digest: str) -> Stood | None:
    """From when to when the committee went by that rule book; None where none was amended in its place."""
    since: date | None = None
    for each in await turns(tx, committee):
        if each.before == digest and each.approval is None:
            digest = each.rulebook
        elif each.before == digest:
            return Stood(since, each.since)
        elif each.approval is not None:
            since = each.since
    return None


async def body(tx: Transaction, committee: int, now: str, body_id: str) -> Body:
    """A body as the newest rule book has it that has it at all: what began under one that had it stays readable."""
    books = await over_time(tx, committee, now)
    every = (each for book in reversed(books) for each in book.regulation.bodies)
    return next(each for each in every if each.id == body_id)


def on(books: Sequence[InForce], day: date) -> Regulation:
    """The rule book that stood on a day: what begins on it goes by this one."""
    return next(
        each.regulation for each in reversed(books) if each.since is None or each.since <= day
    )


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


pin = fact(keep)
"""As `keep`, by an act."""
