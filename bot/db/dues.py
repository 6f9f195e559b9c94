"""The moments at which something falls due, as rows. What is then done is an act."""

from __future__ import annotations

import sys
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    LargeBinary,
    Select,
    String,
    Table,
    Update,
    and_,
    bindparam,
    case,
    cast,
    delete,
    func,
    literal,
    or_,
    select,
    union_all,
    update,
)
from sqlalchemy.dialects.sqlite import Insert
from sqlalchemy.exc import DBAPIError

from bot.db.engine import store_refuses
from bot.db.schema import (
    approvals,
    consultations,
    debts,
    delegations,
    dues,
    meetings,
    member_notices,
    people,
    report_dues,
)
from bot.db.statement_cache import compiled_once
from bot.db.transaction import Reading, Transaction
from bot.db.upsert import insert_for
from bot.values.moments import INSTANT

FIRST, LAST = datetime(1, 1, 2, tzinfo=UTC), datetime(9999, 12, 30, tzinfo=UTC)
"""Nothing outside them is a moment: a row that says so was damaged."""


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


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A row that is due, or has no moment at all, and cannot be read."""

    id: int
    error: Exception


@dataclass(frozen=True, slots=True)
class SetAside:
    """What failed too often: its number, its kind, the kind of error, and when it was set aside."""

    id: int
    kind: str
    fault: str
    at: datetime


_OPEN = and_(dues.c.done_at.is_(None), dues.c.set_aside_at.is_(None))


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
    """Let something fall due at a moment; moves it while it is not done, or also then with `rearm`.

    At another moment it starts afresh, also when it had been set aside.
    """
    row = {
        "key": key,
        "kind": kind,
        "at": at,
        "consultation_id": consultation_id,
        "person_id": person_id,
        "about": about,
    }
    await tx.execute(_move(tx.dialect.name, rearm=rearm), row)


@cache
def _move(dialect: str, *, rearm: bool) -> Insert:
    table = insert_for(dialect, dues)
    same = table.excluded.at == dues.c.at
    return compiled_once(
        table.on_conflict_do_update(
            index_elements=[dues.c.key],
            set_={
                "at": table.excluded.at,
                "done_at": None,
                "attempts": case((same, dues.c.attempts), else_=0),
                "again_at": case((same, dues.c.again_at), else_=None),
                "set_aside_at": case((same, dues.c.set_aside_at), else_=None),
            },
            where=None if rearm else dues.c.done_at.is_(None),
        )
    )


async def done(tx: Transaction, due_id: int, now: datetime) -> bool:
    """Say that it has been acted on; False when it already had been, or another process has put it off meanwhile."""
    return bool((await tx.execute(_DONE, {"of": due_id, "now": now})).rowcount)


_DONE = compiled_once(
    update(dues)
    .where(
        dues.c.id == bindparam("of"),
        _OPEN,
        or_(dues.c.again_at.is_(None), dues.c.again_at < bindparam("now")),
    )
    .values(done_at=bindparam("now"))
)


async def open_moment(tx: Transaction, key: str) -> datetime | None:
    """When that falls due; None when it does not, or is done."""
    wanted = select(dues.c.at).where(dues.c.key == key, dues.c.done_at.is_(None))
    found: datetime | None = (await tx.execute(wanted)).scalar()
    return found


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


async def due_at(
    tx: Transaction, now: datetime, limit: int | None = None
) -> tuple[DueMoment | Unreadable, ...]:
    """What is overdue and open, earliest first, and last what has no moment that could be one.

    The due moment itself still belongs to the people ("quá thời hạn" means past it): a moment has
    fallen due once it has passed. What is put off waits for the moment to which it was. A row that
    cannot be read keeps no other from being read.
    """
    found = (
        await tx.execute(_DUE, {"now": now, "most": sys.maxsize if limit is None else limit})
    ).scalars()
    return tuple([await _read(tx, due_id) for due_id in found])


def _first(where: ColumnElement[bool]) -> Select[Any]:
    """As many as are asked for, in order of time: an index gives them without a look at the others."""
    found = select(dues.c.id, dues.c.at).where(
        _OPEN, where, or_(dues.c.again_at.is_(None), dues.c.again_at < bindparam("now"))
    )
    first = found.order_by(dues.c.at, dues.c.id).limit(bindparam("most")).subquery()
    return select(first.c.id, first.c.at)


_PAST = union_all(_first(dues.c.at < bindparam("now")), _first(dues.c.at > LAST)).subquery("past")
_DUE = compiled_once(select(_PAST.c.id).order_by(_PAST.c.at, _PAST.c.id).limit(bindparam("most")))


async def _read(tx: Transaction, due_id: int) -> DueMoment | Unreadable:
    try:
        [row] = await tx.execute(_ONE, {"of": due_id})
        return DueMoment(*row)
    except (TypeError, ValueError, ArithmeticError, DBAPIError) as error:
        if store_refuses(error):
            raise
        return Unreadable(due_id, error)


_ONE = compiled_once(
    select(
        dues.c.id, dues.c.key, dues.c.kind, dues.c.at,
        dues.c.consultation_id, dues.c.person_id, dues.c.about,
    ).where(dues.c.id == bindparam("of"))
)  # fmt: skip


async def next_moment(tx: Reading) -> datetime | None:
    """The first instant at which `due_at` has something to be read; None when nothing falls due."""
    moments = [moment for moment in (await tx.execute(_NEXT)).one() if moment is not None]
    return min(moments) + INSTANT if moments else None


_NEXT = compiled_once(
    select(
        select(func.min(dues.c.at))
        .where(_OPEN, dues.c.again_at.is_(None), dues.c.at.between(FIRST, LAST))
        .scalar_subquery(),
        select(func.min(dues.c.again_at))
        .where(
            dues.c.again_at.is_not(None),
            func.coalesce(dues.c.done_at, dues.c.set_aside_at).is_(None),
        )
        .scalar_subquery(),
    )
)
"""Of what is open and not put off; of what is put off, found among these few and not among all that is open."""


@dataclass(frozen=True, slots=True)
class Late:
    """How many due moments are past and open, and the earliest moment of them."""

    count: int
    since: datetime | None


async def late(tx: Transaction, by: datetime) -> Late:
    """What should have been acted on by then, and has been neither done nor put off beyond it."""
    return Late(*(await tx.execute(_LATE, {"by": by})).one())


_LATE = compiled_once(
    select(func.count(), func.min(dues.c.at)).where(
        _OPEN,
        dues.c.at.between(FIRST, bindparam("by")),
        or_(dues.c.again_at.is_(None), dues.c.again_at < bindparam("by")),
    )
)


# --- what could not be acted on --------------------------------------------------------------


async def put_off(tx: Transaction, due_id: int, again_at: datetime) -> None:
    """Let it wait: it holds no place among what is due until then."""
    await tx.execute(_of(due_id).values(again_at=again_at))


async def failed(tx: Transaction, due_id: int, fault: str, again_at: datetime) -> int:
    """Note an attempt that failed, and put it off; gives how many have failed."""
    counted = _of(due_id).values(attempts=dues.c.attempts + 1, fault=fault, again_at=again_at)
    return int((await tx.execute(counted.returning(dues.c.attempts))).scalar_one())


async def set_aside(tx: Transaction, due_id: int, at: datetime) -> None:
    """Let it fall due no more, but keep it with its fault."""
    await tx.execute(_of(due_id).values(set_aside_at=at, again_at=None))


async def all_set_aside(tx: Transaction) -> tuple[SetAside, ...]:
    """What was set aside and is not done, by number."""
    wanted = select(
        dues.c.id, cast(dues.c.kind, LargeBinary), dues.c.fault, dues.c.set_aside_at
    ).where(dues.c.set_aside_at.is_not(None), dues.c.done_at.is_(None))
    return tuple(
        SetAside(number, bytes(kind).decode(errors="replace"), fault or "", at)
        for number, kind, fault, at in await tx.execute(wanted.order_by(dues.c.id))
    )


async def committee_of(tx: Transaction, due_id: int) -> int | None:
    """Whose it is, as far as its row still says so; raises what an unreadable row raises."""
    row = (await tx.execute(_WHOSE, {"of": due_id})).first()
    if row is None:
        return None
    if row.committee is not None:
        return int(row.committee)
    kind, _, number = row.about.partition(":")
    if kind == "committee":
        return int(number)
    table = _ABOUT.get(kind)
    if table is None:
        return None
    rows = await tx.execute(select(table.c.committee_id).where(table.c.id == int(number)))
    committee: int | None = rows.scalar()
    return committee


async def cancel_committee(tx: Transaction, committee: int, apart: Collection[str]) -> None:
    """Let everything go that falls due in a committee, but the kinds `apart`; what belongs to nobody stays."""
    of = (
        dues.c.consultation_id.in_(_ids(consultations, committee)),
        dues.c.person_id.in_(_ids(people, committee)),
        dues.c.about == f"committee:{committee}",
        *(dues.c.about.in_(_named(kind, table, committee)) for kind, table in _ABOUT.items()),
    )
    await tx.execute(delete(dues).where(_OPEN, dues.c.kind.not_in(apart), or_(*of)))


def _ids(table: Table, committee: int) -> Select[Any]:
    return select(table.c.id).where(table.c.committee_id == committee)


def _named(kind: str, table: Table, committee: int) -> Select[Any]:
    """As moments name what they are about."""
    name = literal(f"{kind}:").concat(cast(table.c.id, String))
    return select(name).where(table.c.committee_id == committee)


_ABOUT = {
    "approval": approvals,
    "debt": debts,
    "meeting": meetings,
    "notice": member_notices,
    "report": report_dues,
    "stand_in": delegations,
}
_WHOSE = compiled_once(
    select(
        func.coalesce(consultations.c.committee_id, people.c.committee_id).label("committee"),
        dues.c.about,
    )
    .select_from(dues.outerjoin(consultations).outerjoin(people, people.c.id == dues.c.person_id))
    .where(dues.c.id == bindparam("of"))
)


def _of(due_id: int) -> Update:
    return update(dues).where(dues.c.id == due_id)
