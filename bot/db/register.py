"""The register: one line per act, each bound to the one before it by its digest. No act is judged here."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, func, insert, select

from bot.db.schema import EPOCH, register
from bot.db.statement_cache import compiled_once
from bot.db.telling import TOLD
from bot.db.transaction import Transaction

BEFORE_ALL = "0" * 64
"""What the first line of a committee is bound to."""
GIVEN_OUT = 20
"""So many digits of a digest are given out: few enough to be copied by hand, too many to be hit by trying."""


@dataclass(frozen=True, slots=True)
class Head:
    """The last line of a register: its number and its digest, as printed on a report."""

    number: int
    digest: str

    def given_out(self, committee: int) -> str:
        """As it is printed below what is told to people: "2:57:3fa2 9c10 77de 0b1c 55aa"."""
        start = self.digest[:GIVEN_OUT]
        fours = " ".join(start[place : place + 4] for place in range(0, GIVEN_OUT, 4))
        return f"{committee}:{self.number}:{fours}"


@dataclass(frozen=True, slots=True)
class HeadGiven:
    """A head that was given out earlier; without `committee` it may be that of any."""

    committee: int | None
    number: int
    start: str
    """The first digits of its digest, or all of them."""

    def is_of(self, committee: int, head: Head) -> bool:
        """Whether it is this line of this committee."""
        same = self.committee in (None, committee) and self.number == head.number
        return same and head.digest.startswith(self.start)


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
    """What the act says of itself, without the rows that it wrote."""


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
    line = bound(before, committee_id, at, actor, act, subject, detail)
    await tx.execute(_WRITE, line)
    return before.number + 1


def bound(  # noqa: PLR0917 - a line is written in the order in which it is read
    before: Head,
    committee_id: int,
    at: datetime,
    actor: str,
    act: str,
    subject: str,
    detail: Mapping[str, Any],
) -> dict[str, Any]:
    """The line after the one before it, by its columns, with the digest that binds it."""
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
    in_microseconds = {**line, "at": (at - EPOCH) // timedelta(microseconds=1)}
    return line | {"digest": digest_of(in_microseconds)}


async def last_moment(tx: Transaction) -> datetime | None:
    """When the last line of all was written; None where there is none."""
    found: datetime | None = (await tx.execute(select(func.max(register.c.at)))).scalar()
    return found


async def after(tx: Transaction, committee_id: int, number: int) -> tuple[Line, ...]:
    """The lines that follow that number, in their order."""
    lines = select(register).where(
        register.c.committee_id == committee_id, register.c.number > number
    )
    return tuple(
        Line(committee_id, row.number, row.at, row.actor, row.act, row.subject, said(row.detail))
        for row in await tx.execute(lines.order_by(register.c.number))
    )


def said(detail: Mapping[str, Any]) -> dict[str, Any]:
    """The details of a line without the rows that it tells."""
    return {name: value for name, value in detail.items() if name != TOLD}


def digest_of(line: Mapping[str, Any]) -> str:
    """What binds the next line to this one: the digest of all that it says, its moment in microseconds."""
    return hashlib.sha256(_CANONICAL.encode(line).encode()).hexdigest()


_CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"))
