"""Debts among what a morning says: whom each concerns, and how it reads on a list. Nothing is sent here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.db.notice import Button, Row, Rows
from bot.kit.unit import UnitOfWork
from bot.owed import face as owed
from bot.owed.rules.debt import Debt, Morning, answerable, next_morning, owner_of, this_morning
from bot.people.rules.people import Person
from bot.rendering import Rendering
from bot.reports.generate import Ledger, today
from bot.values.action import action


@dataclass(frozen=True, slots=True)
class DebtLine:
    """A debt on a list; `left` counts days until its last one, `owner` is empty where nobody heads its body."""

    kind: str
    subject: str
    owner: str
    due: date
    left: int
    article: str
    over: bool


def line(book: Ledger, debt: Debt, day: date) -> DebtLine:
    """The debt as it stands on a day."""
    owner = owner_of(debt, book.everybody, book.regulation)
    return DebtLine(
        debt.kind.value,
        debt.subject,
        owner.name if owner else "",
        debt.due_on,
        (debt.due_on - day).days,
        debt.article,
        debt.is_over,
    )


@dataclass(frozen=True, slots=True)
class Listed:
    """Debts as a message lists them, with the ways to those that are still owed."""

    late: tuple[DebtLine, ...] = ()
    ahead: tuple[DebtLine, ...] = ()
    rows: Rows = ()


NOTHING = Listed()


def listed(say: Rendering, book: Ledger, said: Morning, day: date) -> Listed:
    """What a morning says of debts, as a message lists it on a day."""
    return Listed(
        tuple(line(book, each, day) for each in said.late),
        tuple(line(book, each, day) for each in said.ahead),
        tuple(_buttons(say, said.several)),
    )


def _buttons(say: Rendering, debts: Iterable[Debt]) -> list[Row]:
    """The way to each that is still owed."""
    return [
        (
            Button(
                say.label(f"task.owed_{debt.kind.value}", subject=debt.subject),
                action("debt", debt.id),
            ),
        )
        for debt in debts
        if debt.is_open
    ]


# --- which morning -----------------------------------------------------------------------------


async def mornings(work: UnitOfWork, book: Ledger, through: date) -> list[date]:
    """The next morning of each open debt after `through`."""
    open_ = await owed.open_of(work.tx, book.committee.id)
    found = (next_morning(debt, book.calendar, through) for debt in open_)
    return [morning for morning in found if morning is not None]


async def due_now(work: UnitOfWork, book: Ledger, through: date) -> Morning:
    """What this morning says of debts; that it was said is noted."""
    open_ = await owed.open_of(work.tx, book.committee.id)
    said = this_morning(open_, book.calendar, through, today(work))
    await owed.note_morning(work.tx, [debt.id for debt in said.several], today(work))
    return said


async def said_on(work: UnitOfWork, book: Ledger, day: date) -> Morning:
    """What that morning said of debts, as they stand now."""
    told = await owed.told_on(work.tx, book.committee.id, day)
    late = tuple(debt for debt in told if debt.due_on < day)
    return Morning(tuple(debt for debt in told if debt not in late), late)


# --- whom it concerns --------------------------------------------------------------------------


def of_person(book: Ledger, said: Morning, person: Person) -> Morning:
    """What the morning says to one who answers for debts; what a head is late with stands on the head's list."""

    def mine(debts: Sequence[Debt]) -> tuple[Debt, ...]:
        return tuple(
            debt for debt in debts if person in answerable(debt, book.staff, book.regulation)
        )

    return Morning(mine(said.ahead), tuple(each for each in mine(said.late) if each.person))


def answering(book: Ledger, debt: Debt) -> tuple[Person, ...]:
    """Who is told of it in the morning."""
    return answerable(debt, book.staff, book.regulation)


def heads(book: Ledger, debt: Debt) -> list[Person]:
    """Who heads the body that owes it, or before whose meeting it came up; else the first body that has a head."""
    return book.heads(debt.body or debt.of.partition(":")[2])
