"""Items that wait for a body's next meeting. Which items wait is decided by the outcome's rule."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, insert, select, update

from bot.consultations.rules.dossier import Dossier
from bot.db import people, rulebooks
from bot.db.fact import Fact, fact
from bot.db.schema import agenda_waiting
from bot.db.statement_cache import compiled_once
from bot.db.transaction import Transaction
from bot.regulations.rules.terms import Matter, Next


@dataclass(frozen=True, slots=True)
class WaitingItem:
    """One item with its reason (a `Next` id or a `Waits`); `id` is given when it is entered."""

    body: str
    subject: str
    reason: str
    matter: Matter = Matter.GENERAL
    words: str = ""
    consultation_id: int | None = None
    content: int | None = None
    """Of a slip with several contents: which one."""
    proposed_by: int | None = None
    asked_of: int | None = None
    """Of whom a question is asked."""
    debt_id: int | None = None
    """The answer that is owed to a question."""
    second_of: str | None = None
    """The divided matter that is discussed again: "consultation:3", "vote:5"."""
    votes: tuple[int, ...] = ()
    """Earlier votes whose differing opinions come with it."""
    id: int = 0


def wait(dossier: Dossier, body: str, reason: str, at: datetime) -> Fact[int]:
    """Let a consultation wait for the body's next meeting."""
    item = WaitingItem(
        body,
        dossier.subject,
        reason,
        dossier.matter,
        consultation_id=dossier.id,
        content=dossier.place or None,
        second_of=dossier.named if reason == Next.SECOND_ROUND else None,
    )
    return wait_for(dossier.committee, item, at)


@fact
async def wait_for(tx: Transaction, committee: int, item: WaitingItem, at: datetime) -> int:
    """Let an item wait for its body's next meeting; gives its id."""
    entered = await tx.execute(
        insert(agenda_waiting)
        .values(
            committee_id=committee,
            body=item.body,
            subject=item.subject,
            matter=item.matter.value,
            reason=item.reason,
            words=item.words,
            consultation_id=item.consultation_id,
            content=item.content,
            proposed_by=item.proposed_by,
            asked_of=item.asked_of,
            debt_id=item.debt_id,
            second_of=item.second_of,
            votes=list(item.votes),
            created_at=at,
        )
        .returning(agenda_waiting.c.id)
    )
    return int(entered.scalar_one())


@fact
async def add_words(tx: Transaction, item_id: int, line: str) -> None:
    """One more line to what is said of an item that waits."""
    of = agenda_waiting.c.id == item_id
    words = agenda_waiting.c.words + f"\n{line}"
    await tx.execute(update(agenda_waiting).where(of).values(words=words))


async def waiting(tx: Transaction, committee: int, body: str | None = None) -> list[WaitingItem]:
    """Items not yet taken to a meeting, oldest first; of one body or of all.

    What waits for a body that the rule book has no more waits for every other: whoever meets first takes it.
    """
    items = [_item(row) for row in await tx.execute(_WAITING, {"of": committee})]
    if body is None:
        return items
    here = {body, *await _gone(tx, committee, {item.body for item in items} - {body})}
    return [item for item in items if item.body in here]


async def _gone(tx: Transaction, committee: int, bodies: Collection[str]) -> set[str]:
    """Which of these bodies the rule book of today has no more."""
    if not bodies:
        return set()
    rulebook = (await people.committee(tx, committee)).rulebook
    there = (await rulebooks.regulation(tx, rulebook)).bodies
    return set(bodies) - {each.id for each in there}


_WAITING = compiled_once(
    select(agenda_waiting)
    .where(
        agenda_waiting.c.committee_id == bindparam("of"),
        agenda_waiting.c.taken_at.is_(None),
        agenda_waiting.c.withdrawn_at.is_(None),
    )
    .order_by(agenda_waiting.c.id)
)


async def some(tx: Transaction, ids: Collection[int]) -> dict[int, WaitingItem]:
    """These items by their ids, whether they still wait or not."""
    found = [row for each in ids for row in await tx.execute(_OF_ID, {"of": each})]
    return {row.id: _item(row) for row in found}


_OF_ID = compiled_once(select(agenda_waiting).where(agenda_waiting.c.id == bindparam("of")))


async def of_debt(tx: Transaction, debt_id: int) -> set[int]:
    """The items of a question by the answer owed to it, whether they still wait or not."""
    wanted = select(agenda_waiting.c.id).where(agenda_waiting.c.debt_id == debt_id)
    return set((await tx.execute(wanted)).scalars())


async def to_discuss_again(tx: Transaction, second_of: str) -> WaitingItem | None:
    """The item with which a divided matter waits to be discussed again, if it waits for a meeting now."""
    wanted = select(agenda_waiting).where(
        agenda_waiting.c.second_of == second_of,
        agenda_waiting.c.taken_at.is_(None),
        agenda_waiting.c.withdrawn_at.is_(None),
    )
    row = (await tx.execute(wanted.order_by(agenda_waiting.c.id.desc()))).first()
    return _item(row) if row else None


async def taken_off(tx: Transaction, second_of: str) -> WaitingItem | None:
    """The item that left the agenda when its divided matter was asked again in writing."""
    wanted = select(agenda_waiting).where(
        agenda_waiting.c.second_of == second_of, agenda_waiting.c.withdrawn_at.is_not(None)
    )
    row = (await tx.execute(wanted.order_by(agenda_waiting.c.id.desc()))).first()
    return _item(row) if row else None


@fact
async def wait_again(tx: Transaction, item_id: int) -> None:
    """What was taken off the agenda waits for a meeting again."""
    of = agenda_waiting.c.id == item_id
    await tx.execute(update(agenda_waiting).where(of).values(withdrawn_at=None))


@fact
async def take(tx: Transaction, ids: Collection[int], at: datetime | None) -> None:
    """These are on the agenda of a meeting that was called; with no moment they wait again."""
    await tx.execute(update(agenda_waiting).where(agenda_waiting.c.id.in_(ids)).values(taken_at=at))


@fact
async def withdraw(tx: Transaction, item_id: int, at: datetime) -> bool:
    """It is taken back while it waits, by its proposer or for a second round; False when it waits no more."""
    done = await tx.execute(
        update(agenda_waiting)
        .where(
            agenda_waiting.c.id == item_id,
            agenda_waiting.c.taken_at.is_(None),
            agenda_waiting.c.withdrawn_at.is_(None),
        )
        .values(withdrawn_at=at)
    )
    return bool(done.rowcount)


def _item(row: Row[Any]) -> WaitingItem:
    return WaitingItem(
        body=row.body,
        subject=row.subject,
        reason=row.reason,
        matter=Matter(row.matter),
        words=row.words,
        consultation_id=row.consultation_id,
        content=row.content,
        proposed_by=row.proposed_by,
        asked_of=row.asked_of,
        debt_id=row.debt_id,
        second_of=row.second_of,
        votes=tuple(row.votes or ()),
        id=row.id,
    )
