"""The lines of a register as they are stored, each looked at alone. What they tell is not judged here."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from bot.db.register import BEFORE_ALL, digest_of
from bot.db.schema import register
from bot.db.schema.stored import stored
from bot.db.transaction import Transaction

AT_ONCE = 1_000
"""So many lines are held in memory."""

_STORED = tuple(stored(each).label(each.name) for each in register.columns)


@dataclass(frozen=True, slots=True)
class Stored:
    """One line; `holds` is whether it follows the one before it, and says what its digest says.

    The details of one that cannot be read are empty, and it does not hold.
    """

    number: int
    digest: str
    act: str
    subject: str
    detail: dict[str, Any]
    holds: bool


async def whole_lines(tx: Transaction, committee: int) -> AsyncIterator[dict[str, Any]]:
    """Every line of a committee in order, with all its columns as its digest was made of them."""
    last = 0
    while True:
        page = select(*_STORED).where(
            register.c.committee_id == committee, register.c.number > last
        )
        rows = (await tx.execute(page.order_by(register.c.number).limit(AT_ONCE))).all()
        for row in rows:
            last = row.number
            yield {**row._mapping, "detail": json.loads(row.detail)}
        if len(rows) < AT_ONCE:
            return


async def lines(tx: Transaction, committee: int) -> AsyncIterator[Stored]:
    """Every line of a committee in order, the missing ones not counted in."""
    before, last = BEFORE_ALL, 0
    while True:
        page = select(*_STORED).where(
            register.c.committee_id == committee, register.c.number > last
        )
        rows = (await tx.execute(page.order_by(register.c.number).limit(AT_ONCE))).all()
        for row in rows:
            stored = _stored(row._mapping, before, last)
            before, last = stored.digest, stored.number
            yield stored
        if len(rows) < AT_ONCE:
            return


def _stored(row: Any, before: str, last: int) -> Stored:
    line = {name: row[name] for name in row if name != "digest"}
    try:
        line["detail"] = json.loads(row["detail"])
        whole = isinstance(line["detail"], dict) and digest_of(line) == row["digest"]
    except (TypeError, ValueError):
        line["detail"], whole = {}, False
    follows = row["number"] == last + 1 and row["previous"] == before
    detail = line["detail"] if isinstance(line["detail"], dict) else {}
    return Stored(
        row["number"],
        str(row["digest"]),
        str(row["act"]),
        str(row["subject"]),
        detail,
        whole and follows,
    )
