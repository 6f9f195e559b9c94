"""Debts as rows. Who owes one now, and whether it may be settled, is judged elsewhere."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, bindparam, func, insert, select, update

from bot.db.fact import fact
from bot.db.schema import debt_mornings, debts
from bot.db.statement_cache import compiled_once
from bot.db.transaction import Transaction
from bot.db.upsert import insert_into
from bot.owed.rules.debt import Debt, DebtKind, in_order


@dataclass(frozen=True, slots=True)
class Settlement:
    """By what a debt ended: a paper with number and date, words, or an event that needs neither."""

    at: datetime
    by: int | None = None
    number: str = ""
    paper_on: date | None = None
    words: str = ""


_ENTER = compiled_once(insert(debts).returning(debts.c.id))

# --- writing ---------------------------------------------------------------------------------


@fact
async def enter(tx: Transaction, debt: Debt) -> int:
    """Enter a debt; gives its id."""
    values = {
        "committee_id": debt.committee,
        "kind": debt.kind.value,
        "of": debt.of,
        "subject": debt.subject,
        "article": debt.article,
        "rule": debt.rule,
        "to_whom": debt.to_whom,
        "body": debt.body,
        "person_id": debt.person,
        "asked_by": debt.asked_by,
        "since": debt.since,
        "days": debt.days,
        "due_on": debt.due_on,
        "rests_since": debt.rests_since,
        "number": "",
        "words": "",
    }
    entered = await tx.execute(_ENTER, values)
    return int(entered.scalar_one())


@fact
async def settle(tx: Transaction, debt_id: int, how: Settlement) -> None:
    """Enter that a debt is settled: by whom, when, and what was said or numbered."""
    await _set(
        tx,
        debt_id,
        settled_at=how.at,
        settled_by=how.by,
        number=how.number,
        paper_on=how.paper_on,
        words=how.words,
    )


@fact
async def drop(tx: Transaction, debt_id: int, at: datetime) -> None:
    """It is owed no more, though nobody settled it."""
    await _set(tx, debt_id, dropped_at=at)


@fact
async def begin(tx: Transaction, debt_id: int, since: datetime, due_on: date) -> None:
    """What nobody was sure to owe, what rested, or was taken for done by mistake, is owed from a moment on."""
    gone = {"rests_since": None, "settled_at": None, "settled_by": None}
    await _set(tx, debt_id, since=since, due_on=due_on, **gone)


@fact
async def rest(tx: Transaction, debt_id: int, since: datetime) -> None:
    """It rests from a moment on."""
    await _set(tx, debt_id, rests_since=since)


@fact
async def move(tx: Transaction, debt_id: int, due_on: date) -> None:
    """Its last day is another one."""
    await _set(tx, debt_id, due_on=due_on)


async def _set(tx: Transaction, debt_id: int, **values: object) -> None:
    await tx.execute(update(debts).where(debts.c.id == debt_id).values(**values))


async def note_morning(tx: Transaction, ids: Collection[int], day: date) -> None:
    """These were brought to mind or listed on that morning; twice is once."""
    for debt_id in ids:
        row = insert_into(tx, debt_mornings).values(debt_id=debt_id, day=day)
        await tx.execute(row.on_conflict_do_nothing())


# --- reading ---------------------------------------------------------------------------------


async def get(tx: Transaction, debt_id: int) -> Debt | None:
    """The debt of that id."""
    row = (await tx.execute(select(debts).where(debts.c.id == debt_id))).first()
    return _debt(row) if row else None


async def open_of(tx: Transaction, committee: int) -> list[Debt]:
    """What somebody of the committee must act on, by due day."""
    return in_order([_debt(row) for row in await tx.execute(_OPEN, {"of": committee})])


_OPEN = compiled_once(
    select(debts).where(
        debts.c.committee_id == bindparam("of"),
        debts.c.settled_at.is_(None),
        debts.c.dropped_at.is_(None),
        debts.c.rests_since.is_(None),
    )
)


async def dropped_at(tx: Transaction, committee: int, at: datetime) -> list[Debt]:
    """What came to be owed no more at that very moment, by due day."""
    wanted = select(debts).where(debts.c.committee_id == committee, debts.c.dropped_at == at)
    return in_order([_debt(row) for row in await tx.execute(wanted)])


async def of_subject(tx: Transaction, committee: int, of: str, kind: DebtKind) -> list[Debt]:
    """Debts of that kind that follow from something, in the order of their making, however they ended."""
    wanted = select(debts).where(
        debts.c.committee_id == committee, debts.c.of == of, debts.c.kind == kind.value
    )
    return [_debt(row) for row in await tx.execute(wanted.order_by(debts.c.id))]


async def undecided(tx: Transaction, committee: int) -> list[Debt]:
    """Notices of which the office has not said whether they are owed, oldest first."""
    return [_debt(row) for row in await tx.execute(_UNDECIDED, {"of": committee})]


_UNDECIDED = compiled_once(
    select(debts)
    .where(
        debts.c.committee_id == bindparam("of"),
        debts.c.kind == DebtKind.NOTICE.value,
        debts.c.settled_at.is_(None),
        debts.c.dropped_at.is_(None),
        debts.c.rests_since.is_not(None),
    )
    .order_by(debts.c.id)
)


async def by_rule(tx: Transaction, committee: int, rule: str) -> list[Debt]:
    """What a row of the rule book asked for, in the order of its making, however it ended."""
    wanted = select(debts).where(debts.c.committee_id == committee, debts.c.rule == rule)
    return [_debt(row) for row in await tx.execute(wanted.order_by(debts.c.id))]


async def newest(tx: Transaction, kind: DebtKind) -> int | None:
    """The debt of that kind entered last, of all committees."""
    found = await tx.execute(select(func.max(debts.c.id)).where(debts.c.kind == kind.value))
    last: int | None = found.scalar()
    return last


async def told_on(tx: Transaction, committee: int, day: date) -> list[Debt]:
    """What was brought to mind or listed on a morning, as it stands now, by due day."""
    wanted = (
        select(debts)
        .join(debt_mornings, debt_mornings.c.debt_id == debts.c.id)
        .where(debts.c.committee_id == committee, debt_mornings.c.day == day)
    )
    return in_order([_debt(row) for row in await tx.execute(wanted)])


async def last_morning(tx: Transaction, debt_id: int) -> date | None:
    """The last morning on which it was spoken of."""
    wanted = select(debt_mornings.c.day).where(debt_mornings.c.debt_id == debt_id)
    found = (await tx.execute(wanted.order_by(debt_mornings.c.day.desc()))).first()
    return found.day if found else None


def _debt(row: Row[Any]) -> Debt:
    return Debt(
        id=row.id,
        committee=row.committee_id,
        kind=DebtKind(row.kind),
        of=row.of,
        subject=row.subject,
        article=row.article,
        rule=row.rule,
        to_whom=row.to_whom,
        body=row.body,
        person=row.person_id,
        asked_by=row.asked_by,
        since=row.since,
        days=row.days,
        due_on=row.due_on,
        settled_at=row.settled_at,
        settled_by=row.settled_by,
        number=row.number,
        paper_on=row.paper_on,
        words=row.words,
        dropped_at=row.dropped_at,
        rests_since=row.rests_since,
    )
