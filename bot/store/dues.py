"""The moments at which something falls due, as rows. What is then done is a use case."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, bindparam, delete, func, select, update

from bot.store.schema import dues
from bot.store.statement_cache import compiled_once
from bot.store.transaction import Transaction
from bot.store.upsert import insert_into

INSTANT = timedelta(microseconds=1)
"""The least time the store can tell apart."""


@dataclass(frozen=True, slots=True)
class DueMoment:
    """A kind of act that falls due at a moment: for a consultation, or about something else."""

    id: int
    key: str
    kind: str
    at: datetime
    consultation_id: int | None
    person_id: int | None
    about: str = ""
    """Such as "meeting:3"; empty for a consultation."""


async def put(
    tx: Transaction,
    key: str,
    kind: str,
    at: datetime,
    *,
    consultation_id: int | None = None,
    person_id: int | None = None,
    about: str = "",
    rearm: bool = False,
) -> None:
    """Let something fall due at a moment; moves it while it is not done, or also then with `rearm`."""
    table = insert_into(tx, dues)
    move = table.on_conflict_do_update(
        index_elements=[dues.c.key],
        set_={"at": table.excluded.at, "done_at": None},
        where=None if rearm else dues.c.done_at.is_(None),
    )
    row = {
        "key": key,
        "kind": kind,
        "at": at,
        "consultation_id": consultation_id,
        "person_id": person_id,
        "about": about,
    }
    await tx.execute(move, row)


async def done(tx: Transaction, due_id: int, now: datetime) -> bool:
    """Say that it has been acted on; False when it already had been."""
    return bool((await tx.execute(_DONE, {"of": due_id, "now": now})).rowcount)


_DONE = compiled_once(
    update(dues)
    .where(dues.c.id == bindparam("of"), dues.c.done_at.is_(None))
    .values(done_at=bindparam("now"))
)


async def cancel(tx: Transaction, keys: Collection[str]) -> None:
    """Let these fall due no more. What is done stays."""
    await tx.execute(delete(dues).where(dues.c.key.in_(keys), dues.c.done_at.is_(None)))


async def cancel_of(
    tx: Transaction,
    consultation_id: int,
    kinds: Collection[str] | None = None,
    person_id: int | None = None,
) -> None:
    """Let a consultation's due moments go, of some kinds or all, of one person or all."""
    if kinds is None and person_id is None:
        await tx.execute(_CANCEL_ALL_OF, {"of": consultation_id})
        return
    wanted = and_(dues.c.consultation_id == consultation_id, dues.c.done_at.is_(None))
    if kinds is not None:
        wanted = and_(wanted, dues.c.kind.in_(kinds))
    if person_id is not None:
        wanted = and_(wanted, dues.c.person_id == person_id)
    await tx.execute(delete(dues).where(wanted))


_CANCEL_ALL_OF = compiled_once(
    delete(dues).where(dues.c.consultation_id == bindparam("of"), dues.c.done_at.is_(None))
)


async def cancel_about(tx: Transaction, about: str, kinds: Collection[str] | None = None) -> None:
    """Let the due moments about something go, of some kinds or all. What is done stays."""
    wanted = and_(dues.c.about == about, dues.c.done_at.is_(None))
    if kinds is not None:
        wanted = and_(wanted, dues.c.kind.in_(kinds))
    await tx.execute(delete(dues).where(wanted))


async def due_at(tx: Transaction, now: datetime, limit: int | None = None) -> tuple[DueMoment, ...]:
    """What is overdue and not done, earliest first.

    The due moment itself still belongs to the people ("quá thời hạn" means past it): a moment has
    fallen due once it has passed.
    """
    wanted = (
        select(dues)
        .where(dues.c.done_at.is_(None), dues.c.at < now)
        .order_by(dues.c.at, dues.c.id)
        .limit(limit)
    )
    return tuple(
        DueMoment(row.id, row.key, row.kind, row.at, row.consultation_id, row.person_id, row.about)
        for row in await tx.execute(wanted)
    )


async def next_moment(tx: Transaction) -> datetime | None:
    """The first instant at which `due_at` has something; None when nothing falls due."""
    found: datetime | None = (await tx.execute(_NEXT)).scalar()
    return None if found is None else found + INSTANT


_NEXT = compiled_once(select(func.min(dues.c.at)).where(dues.c.done_at.is_(None)))
