"""Which consultations there are, a page at a time, in tables: what a list says of each, and what a search finds."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, bindparam, exists, func, or_, select, true

from bot.consultations.rules.consultation import INVALID, REMARKS, ActKind
from bot.db.schema import acts, consultations, replies, roll
from bot.db.schema.base import Moment
from bot.db.searching import among, holds_number, holds_words, in_year, is_number
from bot.db.statement_cache import compiled_once
from bot.db.transaction import Transaction
from bot.values.sought import Sought


async def open_ids_for(tx: Transaction, person: int) -> list[int]:
    """Opened and not yet closed consultations on whose roll the person stands."""
    return list((await tx.execute(_OPEN_FOR, {"for": person})).scalars())


_OPEN_FOR = compiled_once(
    select(consultations.c.id)
    .join(roll, roll.c.consultation_id == consultations.c.id)
    .where(roll.c.person_id == bindparam("for"), consultations.c.closed_at.is_(None))
    .order_by(consultations.c.deadline)
)


async def closed_ids_for(tx: Transaction, person: int, limit: int) -> list[int]:
    """The last closed consultations that the person answered in time, newest first."""
    answered = exists().where(
        replies.c.consultation_id == consultations.c.id,
        replies.c.person_id == person,
        replies.c.late.is_(False),
        replies.c.choice != INVALID,
    )
    query = (
        select(consultations.c.id)
        .join(roll, roll.c.consultation_id == consultations.c.id)
        .where(roll.c.person_id == person, consultations.c.closed_at.is_not(None), answered)
        .order_by(consultations.c.closed_at.desc())
        .limit(limit)
    )
    return list((await tx.execute(query)).scalars())


async def ids_of_committee(tx: Transaction, committee: int, limit: int) -> list[int]:
    """The consultations of a committee, running ones first, newest first."""
    query = (
        select(consultations.c.id)
        .where(consultations.c.committee_id == committee)
        .order_by(consultations.c.closed_at.is_not(None), consultations.c.id.desc())
        .limit(limit)
    )
    return list((await tx.execute(query)).scalars())


async def not_ended(tx: Transaction, committee: int) -> list[int]:
    """The consultations of a committee that have no end: those that run, and those asked for and not opened."""
    found = select(consultations.c.id).where(
        consultations.c.committee_id == committee, consultations.c.closed_at.is_(None)
    )
    return list((await tx.execute(found.order_by(consultations.c.id))).scalars())


@dataclass(frozen=True, slots=True)
class Ended:
    """A consultation that has ended, of which body, when, and as what."""

    id: int
    number: int | None
    body: str
    at: datetime
    outcome: str


async def ended_since(tx: Transaction, committee: int, start: datetime) -> list[Ended]:
    """The consultations of a committee that ran and have ended at `start` or later."""
    of = consultations.c
    query = select(
        of.id, of.number, of.body, of.closed_at, of.result["outcome"].as_string().label("outcome")
    ).where(of.committee_id == committee, of.opened_at.is_not(None), of.closed_at >= start)
    rows = await tx.execute(query.order_by(of.closed_at, of.id))
    return [Ended(row.id, row.number, row.body, row.closed_at, row.outcome) for row in rows]


async def numbered(tx: Transaction, committee: int, number: int) -> int | None:
    """The consultation of that number; None where there is none."""
    found = await tx.execute(_NUMBERED, {"of": committee, "that": number})
    consultation: int | None = found.scalar()
    return consultation


_NUMBERED = compiled_once(
    select(consultations.c.id).where(
        consultations.c.committee_id == bindparam("of"), consultations.c.number == bindparam("that")
    )
)


async def opened(
    tx: Transaction,
    committee: int,
    number: int | None,
    start: datetime | None,
    end: datetime | None,
) -> list[int]:
    """The consultations of a committee that have opened: of that number, from `start` until `end`, or all."""
    chosen = select(consultations.c.id).where(
        consultations.c.committee_id == committee, consultations.c.opened_at.is_not(None)
    )
    if number is not None:
        chosen = chosen.where(consultations.c.number == number)
    if start is not None:
        chosen = chosen.where(consultations.c.opened_at >= start)
    if end is not None:
        chosen = chosen.where(consultations.c.opened_at < end)
    return list((await tx.execute(chosen.order_by(consultations.c.id))).scalars())


@dataclass(frozen=True, slots=True)
class Seen:
    """Which consultations of a committee somebody sees: all, those of some bodies, those with the own seat."""

    committee: int
    person: int
    everything: bool
    bodies: frozenset[str]


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of a list: what of a consultation can be said without its facts; `outcome` once it has ended."""

    id: int
    number: int | None
    subject: str
    body: str
    at: datetime
    opened_at: datetime | None
    closed_at: datetime | None
    outcome: str | None
    again: bool
    """Whether it is a second round."""
    several: bool
    """Whether its slip has several contents."""


_AT = func.coalesce(consultations.c.opened_at, consultations.c.submitted_at, type_=Moment)
_LINE = (
    consultations.c.id,
    consultations.c.number,
    consultations.c.subject,
    consultations.c.body,
    consultations.c.opened_at,
    consultations.c.closed_at,
    _AT.label("at"),
    consultations.c.result["outcome"].as_string().label("outcome"),
    consultations.c.second_of.is_not(None).label("again"),
    consultations.c.contents[1]["subject"].as_string().is_not(None).label("several"),
)
"""The columns of a line of a list."""


async def listed(
    tx: Transaction,
    seen: Seen,
    limit: int,
    offset: int = 0,
    looked_for: tuple[Sought, Collection[int]] | None = None,
) -> tuple[int, list[Listed]]:
    """How many there are, and some: running ones first, newest first; of what is looked for, the newest.

    `looked_for` is a search, with the people whose names hold its words.
    """
    of = consultations.c
    shown = [of.committee_id == seen.committee, _is_seen(seen)]
    order = [of.closed_at.is_not(None), of.id.desc()]
    if looked_for is not None:
        shown.append(_holds(*looked_for))
        order = [_AT.desc(), of.id.desc()]
    query = select(*_LINE).where(*shown).order_by(*order)
    total = (
        await tx.execute(select(func.count()).select_from(consultations).where(*shown))
    ).scalar()
    rows = await tx.execute(query.limit(limit).offset(offset))
    return int(total or 0), [Listed(**row._mapping) for row in rows]


async def of_year(tx: Transaction, seen: Seen, year: int) -> list[Listed]:
    """Those that were sent in a year, the earliest first, and those submitted then that were not sent."""
    of = consultations.c
    shown = (of.committee_id == seen.committee, _is_seen(seen), in_year(_AT, year))
    rows = await tx.execute(select(*_LINE).where(*shown).order_by(_AT, of.id))
    return [Listed(**row._mapping) for row in rows]


async def of_span(
    tx: Transaction, committee: int, bodies: Collection[str], since: datetime, until: datetime
) -> list[Listed]:
    """Those of these bodies that were sent before `until` and had not ended before `since`, the earliest first."""
    of = consultations.c
    ran = (of.opened_at < until, or_(of.closed_at.is_(None), of.closed_at >= since))
    query = select(*_LINE).where(of.committee_id == committee, of.body.in_(bodies), *ran)
    rows = await tx.execute(query.order_by(of.opened_at, of.id))
    return [Listed(**row._mapping) for row in rows]


def _is_seen(seen: Seen) -> ColumnElement[bool]:
    if seen.everything:
        return true()
    of = consultations.c
    own = of.id.in_(select(roll.c.consultation_id).where(roll.c.person_id == seen.person))
    return or_(of.body.in_(sorted(seen.bodies)), and_(of.opened_at.is_not(None), own))


def _holds(sought: Sought, persons: Collection[int]) -> ColumnElement[bool]:
    """All its numbers, and its words in the subject or in the name of somebody asked, or who prepared or approved."""
    of = consultations.c
    seats = select(roll.c.consultation_id).where(among(roll.c.person_id, persons))
    by = or_(among(of.prepared_by, persons), among(of.approved_by, persons), of.id.in_(seats))
    named = or_(holds_words(of.sought, sought), by) if sought.words else true()
    numbers = (
        or_(is_number(of.number, _AT, each), holds_number(of.sought, each))
        for each in sought.numbers
    )
    return and_(named, *numbers)


async def open_ids_of(tx: Transaction, committee: int) -> list[int]:
    """The consultations of a committee that have no end yet, opened or not, newest first."""
    query = (
        select(consultations.c.id)
        .where(consultations.c.committee_id == committee, consultations.c.closed_at.is_(None))
        .order_by(consultations.c.id.desc())
    )
    return list((await tx.execute(query)).scalars())


async def sent_back(tx: Transaction, committee: int) -> list[tuple[int, str, datetime]]:
    """Requests with the office again after the head's remark: id, subject, and since when."""
    of, every = consultations.c, acts.alias()
    last = (
        select(func.max(every.c.id))
        .where(every.c.consultation_id == of.id, every.c.kind.in_(REMARKS))
        .scalar_subquery()
    )
    query = (
        select(of.id, of.subject, acts.c.at)
        .select_from(consultations)
        .join(acts, acts.c.id == last)
        .where(
            of.committee_id == committee,
            of.opened_at.is_(None),
            of.closed_at.is_(None),
            acts.c.kind == ActKind.SEND_BACK,
        )
        .order_by(of.id)
    )
    return [(row.id, row.subject, row.at) for row in await tx.execute(query)]


async def running_ids(tx: Transaction, committee: int | None = None) -> list[int]:
    """Every opened consultation without an end, of one committee or of all."""
    query = select(consultations.c.id).where(
        consultations.c.opened_at.is_not(None), consultations.c.closed_at.is_(None)
    )
    if committee is not None:
        query = query.where(consultations.c.committee_id == committee)
    return list((await tx.execute(query)).scalars())
