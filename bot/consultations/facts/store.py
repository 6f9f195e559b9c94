"""The facts of a consultation as its tables hold them: roll, receipts, answers, acts, outages. Nothing is written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, Table, bindparam, exists, func, select

from bot.consultations.rules.consultation import (
    INVALID,
    Act,
    ActKind,
    Choice,
    FirstRound,
    InvalidSlip,
    Outage,
    Receipt,
    Reply,
    Seat,
)
from bot.db import liveness
from bot.db.schema import acts, receipts, replies, reservations, roll, slip_pages
from bot.db.statement_cache import compiled_once
from bot.db.transaction import Transaction
from bot.regulations.rules.regulation import Strength

# Statements of every press are written once: putting one together costs more than carrying it out.
_RESERVED = (
    select(reservations.c.reserved)
    .where(
        reservations.c.consultation_id == replies.c.consultation_id,
        reservations.c.person_id == replies.c.person_id,
        func.coalesce(reservations.c.content, 1) == func.coalesce(replies.c.content, 1),
    )
    .order_by(reservations.c.id.desc())
    .limit(1)
    .scalar_subquery()
    .label("reserved")
)


_PAGED = (
    exists()
    .where(
        slip_pages.c.consultation_id == replies.c.consultation_id,
        slip_pages.c.person_id == replies.c.person_id,
    )
    .label("paged")
)


def _whole(table: Table) -> Select[Any]:
    order = table.c.place if table is roll else table.c.id
    columns = (table, _RESERVED, _PAGED) if table is replies else (table,)
    return select(*columns).where(table.c.consultation_id == bindparam("of")).order_by(order)


_WHOLE = {table: compiled_once(_whole(table)) for table in (roll, receipts, replies, acts)}
_OF_ONE = {
    table: compiled_once(
        _whole(table).where(
            table.c.person_id.in_([bindparam(each) for each in ("one", "other", "third")])
        ),
        lasting=table is roll,  # fixed at the opening
    )
    for table in (roll, receipts, replies)
}


@dataclass(frozen=True, slots=True)
class Facts:
    """What a consultation has behind it; `late` is what came after the close."""

    roll: tuple[Seat, ...]
    receipts: tuple[Receipt, ...]
    replies: tuple[Reply, ...]
    late: tuple[Reply, ...]
    acts: tuple[Act, ...]
    outages: tuple[Outage, ...]
    invalid: tuple[InvalidSlip, ...] = ()
    first: FirstRound | None = None


async def of_everybody(tx: Transaction, consultation_id: int, opened: datetime | None) -> Facts:
    """Every fact of a consultation, and every outage since its opening."""
    of = {"of": consultation_id}
    seats, proofs, answers = [await tx.execute(_WHOLE[t], of) for t in (roll, receipts, replies)]
    return await _facts(tx, consultation_id, opened, seats, proofs, answers)


async def of_one(
    tx: Transaction,
    consultation_id: int,
    opened: datetime | None,
    person: int,
    approvers: tuple[int | None, int | None],
) -> Facts:
    """The facts of one member, with the seats of who approved and for whom; acts and outages are those of everybody."""
    own = {"of": consultation_id, "one": person, "other": person, "third": person}
    by, acting_for = approvers
    others = {"other": by or person, "third": acting_for or person}
    seats = await tx.execute(_OF_ONE[roll], own | others)
    proofs, answers = [await tx.execute(_OF_ONE[t], own) for t in (receipts, replies)]
    return await _facts(tx, consultation_id, opened, seats, proofs, answers)


async def _facts(
    tx: Transaction,
    consultation_id: int,
    opened: datetime | None,
    seats: Iterable[Row[Any]],
    proofs: Iterable[Row[Any]],
    answers: Iterable[Row[Any]],
) -> Facts:
    slips = list(answers)
    answers = [row for row in slips if row.choice != INVALID]
    return Facts(
        roll=tuple(_seat(row) for row in seats),
        receipts=tuple(Receipt(row.person_id, Strength(row.strength), row.at) for row in proofs),
        replies=tuple(_reply(row) for row in answers if not row.late),
        late=tuple(_reply(row) for row in answers if row.late),
        acts=tuple(_act(row) for row in await tx.execute(_WHOLE[acts], {"of": consultation_id})),
        outages=await _outages(tx, opened),
        invalid=tuple(
            InvalidSlip(row.person_id, row.words, row.at) for row in slips if row.choice == INVALID
        ),
    )


async def _outages(tx: Transaction, since: datetime | None) -> tuple[Outage, ...]:
    if since is None:
        return ()
    return tuple(
        Outage(gap.start, gap.end, gap.lost) for gap in await liveness.outages_since(tx, since)
    )


def _seat(row: Row[Any]) -> Seat:
    return Seat(row.person_id, row.name, row.office, row.full_time)


def _reply(row: Row[Any]) -> Reply:
    return Reply(
        row.person_id,
        Choice(row.choice),
        row.at,
        words=row.words,
        reserved=bool(row.reserved) and not row.late,
        on_paper=row.entered_by is not None,
        photo=row.photo_sha256 is not None,
        paged=row.entered_by is not None and bool(row.paged),
        latest=row.latest_at,
        content=row.content or 1,
    )


def _act(row: Row[Any]) -> Act:
    return Act(
        ActKind(row.kind),
        row.at,
        row.by,
        row.of,
        row.until,
        row.reason,
        row.acting_for,
        row.content,
    )
