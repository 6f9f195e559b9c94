"""What is owed in plain values, for whoever looks from outside. Nothing is changed here."""

from __future__ import annotations

from dataclasses import dataclass

from bot.db import people, rulebooks
from bot.kit.unit import Context
from bot.owed import store
from bot.owed.rules.debt import DebtKind, owner_of


@dataclass(frozen=True, slots=True)
class DebtTold:
    """One open debt: its kind, what it follows from ("consultation:3"), the rule that asks for it."""

    id: int
    kind: str
    of: str
    rule: str


async def owed_by(context: Context, committee: int, person: int) -> list[DebtTold]:
    """What this person must act on, by due day; a body's debts are those of its head today."""
    async with context.look() as work:
        everybody = await people.of_committee(work.tx, committee)
        rulebook = (await people.committee(work.tx, committee)).rulebook
        regulation = await rulebooks.regulation(work.tx, rulebook)
        found = []
        for debt in await store.open_of(work.tx, committee):
            owner = owner_of(debt, everybody, regulation)
            if owner is not None and owner.id == person:
                found.append(DebtTold(debt.id, debt.kind.value, debt.of, debt.rule))
        return found


async def debt_of(context: Context, committee: int, kind: DebtKind, of: str) -> int:
    """The debt of that kind that follows from something: the one that is not over, else the last; 0 for none."""
    async with context.look() as work:
        found = await store.of_subject(work.tx, committee, of, kind)
    standing = [debt for debt in found if not debt.is_over] or found[-1:]
    return standing[0].id if standing else 0


async def first_by_rule(context: Context, committee: int, rule: str) -> int:
    """What a row of the rule book asks for: the open debt with the nearest day, else the last settled; 0 for none."""
    async with context.look() as work:
        open_ = [debt for debt in await store.open_of(work.tx, committee) if debt.rule == rule]
        every = await store.by_rule(work.tx, committee, rule)
    found = open_ or [debt for debt in every if debt.settled_at is not None][-1:]
    return found[0].id if found else 0


async def undecided(context: Context, committee: int) -> list[tuple[int, str]]:
    """Notices of which the office has not said whether they are owed: number and subject, oldest first."""
    async with context.look() as work:
        return [(debt.id, debt.subject) for debt in await store.undecided(work.tx, committee)]


async def newest_answer(context: Context) -> int | None:
    """The answer that came to be owed last, of all committees."""
    async with context.look() as work:
        return await store.newest(work.tx, DebtKind.ANSWER)


async def newest_task(context: Context) -> int | None:
    """The task given last, of all committees."""
    async with context.look() as work:
        return await store.newest(work.tx, DebtKind.TASK)
