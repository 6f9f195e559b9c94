"""What bodies have set for their papers, and the numbers taken, as rows. What they mean is judged elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, insert, select, update

from bot.db.fact import fact
from bot.db.schema import issuing_settings, paper_numbers
from bot.db.transaction import Transaction
from bot.db.upsert import insert_into
from bot.issuing.rules.letterhead import Paper
from bot.issuing.rules.numbers import Entry

# --- what is set -----------------------------------------------------------------------------


async def enter(tx: Transaction, committee: int, body: str, values: Mapping[str, Any]) -> None:
    """Enter what a body has set; what it has not set stays as it is."""
    for name, value in values.items():
        row = insert_into(tx, issuing_settings).values(
            committee_id=committee, body=body, field=name, value=value
        )
        keys = ["committee_id", "body", "field"]
        await tx.execute(row.on_conflict_do_update(index_elements=keys, set_={"value": value}))


set_ = fact(enter)
"""As `enter`, by an act."""


async def settings(tx: Transaction, committee: int, body: str) -> dict[str, Any]:
    """What a body has set, by field."""
    found = await tx.execute(
        select(issuing_settings.c.field, issuing_settings.c.value).where(
            issuing_settings.c.committee_id == committee, issuing_settings.c.body == body
        )
    )
    return {row.field: row.value for row in found}


# --- numbers ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TermRow:
    """The numbers of one type of a body through a term."""

    committee: int
    body: str
    kind: str
    since: date


@fact
async def take(tx: Transaction, row: TermRow, entry: Entry) -> int:
    """Enter a number (its id is given here), taken or skipped; one that is there already is refused by the table."""
    entered = await tx.execute(
        insert(paper_numbers)
        .values(
            committee_id=row.committee,
            body=row.body,
            since=row.since,
            kind=row.kind,
            number=entry.number,
            symbol=entry.symbol,
            paper=entry.paper.value if entry.paper else "",
            subject=entry.subject,
            title=entry.title,
            taken_on=entry.on,
            taken_by=entry.by,
            reason=entry.reason,
        )
        .returning(paper_numbers.c.id)
    )
    return int(entered.scalar_one())


@fact
async def drop(tx: Transaction, number_id: int, reason: str, at: datetime) -> None:
    """The paper that bears it is dropped; its number stays taken."""
    await tx.execute(
        update(paper_numbers)
        .where(paper_numbers.c.id == number_id)
        .values(reason=reason, dropped_at=at)
    )


async def of_row(tx: Transaction, row: TermRow) -> list[Entry]:
    """Every number of a row, from the first."""
    wanted = select(paper_numbers).where(
        paper_numbers.c.committee_id == row.committee,
        paper_numbers.c.body == row.body,
        paper_numbers.c.since == row.since,
        paper_numbers.c.kind == row.kind,
    )
    return [_entry(each) for each in await tx.execute(wanted.order_by(paper_numbers.c.number))]


async def of_subject(tx: Transaction, committee: int, subject: str) -> list[Entry]:
    """Every number taken for papers about something, in the order in which they were taken."""
    wanted = select(paper_numbers).where(
        paper_numbers.c.committee_id == committee, paper_numbers.c.subject == subject
    )
    return [_entry(each) for each in await tx.execute(wanted.order_by(paper_numbers.c.id))]


async def number(tx: Transaction, number_id: int) -> Entry | None:
    """The number of that id."""
    wanted = select(paper_numbers).where(paper_numbers.c.id == number_id)
    row = (await tx.execute(wanted)).first()
    return _entry(row) if row else None


def _entry(row: Row[Any]) -> Entry:
    return Entry(
        id=row.id,
        committee=row.committee_id,
        body=row.body,
        kind=row.kind,
        number=row.number,
        symbol=row.symbol,
        paper=Paper(row.paper) if row.paper else None,
        subject=row.subject,
        title=row.title,
        on=row.taken_on,
        by=row.taken_by,
        reason=row.reason,
        dropped_at=row.dropped_at,
    )
