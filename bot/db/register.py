"""The register: one line per act, each bound to the one before it by its digest. No act is judged here."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, insert, select
from sqlalchemy.engine import Row

from bot.db.schema import EPOCH, register
from bot.db.statement_cache import compiled_once
from bot.db.transaction import Transaction

BEFORE_ALL = "0" * 64
"""What the first line of a committee is bound to."""


@dataclass(frozen=True, slots=True)
class Head:
    """The last line of a register: its number and its digest, as printed on a report."""

    number: int
    digest: str


@dataclass(frozen=True, slots=True)
class Line:
    """One act as it was written: when, who, what, upon what, with which details."""

    committee: int
    number: int
    at: datetime
    actor: str
    act: str
    subject: str
    detail: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Verified:
    """Every line holds."""

    count: int
    head: str


@dataclass(frozen=True, slots=True)
class Broken:
    """The first line that is missing, changed or bound to another."""

    number: int


_LAST = compiled_once(
    select(register.c.number, register.c.digest)
    .where(register.c.committee_id == bindparam("of"))
    .order_by(register.c.number.desc())
    .limit(1)
)
_WRITE = compiled_once(insert(register))


async def head(tx: Transaction, committee_id: int) -> Head:
    """Where a committee's register stands; number 0 before its first line."""
    found = (await tx.execute(_LAST, {"of": committee_id})).first()
    return Head(0, BEFORE_ALL) if found is None else Head(found.number, found.digest)


async def write(  # noqa: PLR0917 - a line is written in the order in which it is read
    tx: Transaction,
    committee_id: int,
    at: datetime,
    actor: str,
    act: str,
    subject: str,
    detail: Mapping[str, Any],
) -> int:
    """Add a line and give its number. `detail` holds what JSON can hold, whole numbers only."""
    before = await head(tx, committee_id)
    line: dict[str, Any] = {
        "committee_id": committee_id,
        "number": before.number + 1,
        "at": at,
        "actor": actor,
        "act": act,
        "subject": subject,
        "detail": dict(detail),
        "previous": before.digest,
    }
    await tx.execute(_WRITE, line | {"digest": _digest(line)})
    return before.number + 1


async def after(tx: Transaction, committee_id: int, number: int) -> tuple[Line, ...]:
    """The lines that follow that number, in their order."""
    lines = select(register).where(
        register.c.committee_id == committee_id, register.c.number > number
    )
    return tuple(
        Line(committee_id, row.number, row.at, row.actor, row.act, row.subject, row.detail)
        for row in await tx.execute(lines.order_by(register.c.number))
    )


async def verify(
    tx: Transaction, committee_id: int, given: Head | None = None
) -> Verified | Broken:
    """Recompute every line; with `given`, also that a head handed out earlier still stands."""
    lines = select(register).where(register.c.committee_id == committee_id)
    digest, number = BEFORE_ALL, 0
    for row in await tx.execute(lines.order_by(register.c.number)):
        number += 1
        if row.number != number or row.previous != digest or row.digest != _recomputed(row):
            return Broken(number)
        digest = row.digest
        if given is not None and given.number == number and given.digest != digest:
            return Broken(number)
    if given is not None and given.number > number:
        return Broken(number + 1)
    return Verified(number, digest)


async def stands(tx: Transaction, committee_id: int, given: Head) -> bool:
    """Whether a head handed out earlier is still a line of this register."""
    line = select(register.c.digest).where(
        register.c.committee_id == committee_id, register.c.number == given.number
    )
    return bool((await tx.execute(line)).scalar() == given.digest)


def _recomputed(row: Row[Any]) -> str:
    return _digest({name: value for name, value in row._mapping.items() if name != "digest"})


def _digest(line: Mapping[str, Any]) -> str:
    at = (line["at"] - EPOCH) // timedelta(microseconds=1)
    canonical = json.dumps({**line, "at": at}, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
