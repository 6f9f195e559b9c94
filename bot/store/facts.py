"""What has happened in a consultation: roll, receipts, replies, acts, outages. What follows is judged in the domain."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, Table, bindparam, select

from bot.domain.consultation import Act, ActKind, Choice, Outage, Receipt, Reply, Seat
from bot.domain.regulation import Strength
from bot.store.schema import acts, outages, receipts, replies, roll
from bot.store.statement_cache import compiled_once
from bot.store.transaction import Transaction


# Statements of every press are written once: putting one together costs more than carrying it out.
def _whole(table: Table) -> Select[Any]:
    order = table.c.place if table is roll else table.c.id
    return select(table).where(table.c.consultation_id == bindparam("of")).order_by(order)


_WHOLE = {table: compiled_once(_whole(table)) for table in (roll, receipts, replies, acts)}
_OF_ONE = {
    table: compiled_once(
        _whole(table).where(table.c.person_id.in_((bindparam("one"), bindparam("other"))))
    )
    for table in (roll, receipts, replies)
}
_OUTAGES = compiled_once(
    select(outages).where(outages.c.end > bindparam("since", type_=outages.c.end.type))
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What a consultation has behind it; `late` are those who answered after the close."""

    roll: tuple[Seat, ...]
    receipts: tuple[Receipt, ...]
    replies: tuple[Reply, ...]
    late: tuple[int, ...]
    acts: tuple[Act, ...]
    outages: tuple[Outage, ...]


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
    approver: int | None,
) -> Facts:
    """The facts of one member, with the approver's seat; acts and outages are those of everybody."""
    own = {"of": consultation_id, "one": person, "other": person}
    seats = await tx.execute(_OF_ONE[roll], own | {"other": approver or person})
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
    answers = list(answers)
    return Facts(
        roll=tuple(_seat(row) for row in seats),
        receipts=tuple(Receipt(row.person_id, Strength(row.strength), row.at) for row in proofs),
        replies=tuple(_reply(row) for row in answers if not row.late),
        late=tuple(dict.fromkeys(row.person_id for row in answers if row.late)),
        acts=tuple(_act(row) for row in await tx.execute(_WHOLE[acts], {"of": consultation_id})),
        outages=await _outages(tx, opened),
    )


async def _outages(tx: Transaction, since: datetime | None) -> tuple[Outage, ...]:
    if since is None:
        return ()
    found = await tx.execute(_OUTAGES, {"since": since})
    return tuple(Outage(row.start, row.end) for row in found)


def _seat(row: Row[Any]) -> Seat:
    return Seat(row.person_id, row.name, row.office, row.full_time)


def _reply(row: Row[Any]) -> Reply:
    return Reply(
        row.person_id,
        Choice(row.choice),
        row.at,
        words=row.words,
        reserved=row.reserved,
        on_paper=row.entered_by is not None,
    )


def _act(row: Row[Any]) -> Act:
    return Act(ActKind(row.kind), row.at, row.by, row.of, row.until, row.reason)
