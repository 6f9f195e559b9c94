"""Which meetings somebody sees, where they stand on a list, and which a search finds. Nothing is written here."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, bindparam, exists, func, or_, select, true

from bot.db.schema import agenda_items, invitees, meeting_acts, meetings
from bot.db.searching import among, holds_number, holds_words, is_number
from bot.db.statement_cache import compiled_once
from bot.db.transaction import Transaction
from bot.meetings.rules.meeting import MeetingActKind
from bot.values.sought import Sought


@dataclass(frozen=True, slots=True)
class Seen:
    """Which meetings of a committee somebody sees: all, those of some bodies, those with an own invitation."""

    committee: int
    person: int
    everything: bool
    bodies: frozenset[str]


async def held(
    tx: Transaction,
    committee: int,
    number: int | None,
    start: datetime | None,
    end: datetime | None,
) -> list[int]:
    """Meetings that were closed or entered afterwards: of that number, from `start` until `end`, or all."""
    of = meetings.c
    over = [MeetingActKind.CLOSE.value, MeetingActKind.RECORD.value]
    ended = exists().where(meeting_acts.c.meeting_id == of.id, meeting_acts.c.kind.in_(over))
    query = select(of.id).where(of.committee_id == committee, ended)
    if number is not None:
        query = query.where(of.number == number)
    if start is not None:
        query = query.where(of.starts_at >= start)
    if end is not None:
        query = query.where(of.starts_at < end)
    return list((await tx.execute(query.order_by(of.starts_at, of.id))).scalars())


async def sitting(tx: Transaction, committee: int) -> list[int]:
    """The committee's meetings that were opened and are not closed, the one opened last first."""
    return list((await tx.execute(_SITTING, {"of": committee})).scalars())


_LATER = meeting_acts.alias()
_SITTING = compiled_once(
    select(meetings.c.id)
    .join(meeting_acts, meeting_acts.c.meeting_id == meetings.c.id)
    .where(
        meetings.c.committee_id == bindparam("of"),
        meeting_acts.c.kind == MeetingActKind.OPEN.value,
        ~exists().where(
            _LATER.c.meeting_id == meetings.c.id,
            _LATER.c.kind == MeetingActKind.CLOSE.value,
        ),
    )
    .order_by(meeting_acts.c.id.desc())
)


async def numbered(tx: Transaction, committee: int, number: int) -> int | None:
    """The meeting whose invitation bears that number; None where there is none."""
    of = meetings.c
    query = select(of.id).where(of.committee_id == committee, of.number == number)
    meeting: int | None = (await tx.execute(query)).scalar()
    return meeting


async def found(
    tx: Transaction,
    seen: Seen,
    sought: Sought,
    persons: Collection[int],
    bodies: Collection[str],
    limit: int,
) -> tuple[int, list[tuple[datetime, int]]]:
    """How many a search finds, and the start and id of the latest.

    Its words stand in one item of the agenda, in the name of somebody invited (`persons`), or of the body
    (`bodies`); its numbers are those of the invitation, the year, or stand in an item. A guest finds
    nothing by a closed item or by who else is invited.
    """
    of, item = meetings.c, agenda_items.c
    mine = select(invitees.c.meeting_id).where(invitees.c.person_id == seen.person)
    inside = (
        true()
        if seen.everything
        else or_(
            of.body.in_(sorted(seen.bodies)), of.id.in_(mine.where(invitees.c.guest.is_(False)))
        )
    )
    shown = [of.committee_id == seen.committee, or_(inside, of.id.in_(mine))]
    items = exists().where(
        item.meeting_id == of.id, item.taken_off_at.is_(None), or_(item.closed.is_(False), inside)
    )
    if sought.words:
        invited = select(invitees.c.meeting_id).where(among(invitees.c.person_id, persons))
        held = of.body.in_(sorted(bodies))
        named = and_(inside, of.id.in_(invited))
        shown.append(or_(items.where(holds_words(item.sought, sought)), held, named))
    for number in sought.numbers:
        told = items.where(holds_number(item.sought, number))
        shown.append(or_(is_number(of.number, of.starts_at, number), told))
    total = (await tx.execute(select(func.count()).select_from(meetings).where(*shown))).scalar()
    query = select(of.starts_at, of.id).where(*shown)
    rows = await tx.execute(query.order_by(of.starts_at.desc(), of.id.desc()).limit(limit))
    return int(total or 0), [(row.starts_at, row.id) for row in rows]


@dataclass(frozen=True, slots=True)
class Listed:
    """One meeting on a list: whether it still comes, its start, its id."""

    comes: bool
    starts_at: datetime
    id: int


async def listed(
    tx: Transaction, seen: Seen, over: Collection[MeetingActKind], since: datetime
) -> list[Listed]:
    """Every meeting that somebody sees. Those come that have begun, or begin after `since`, and are not `over`."""
    of, act = meetings.c, meeting_acts.c
    mine = select(invitees.c.meeting_id).where(invitees.c.person_id == seen.person)
    shown = or_(true() if seen.everything else of.body.in_(sorted(seen.bodies)), of.id.in_(mine))
    ended = exists().where(act.meeting_id == of.id, act.kind.in_([kind.value for kind in over]))
    begun = exists().where(act.meeting_id == of.id, act.kind == MeetingActKind.OPEN.value)
    comes = and_(~ended, or_(begun, of.starts_at > since)).label("comes")
    rows = await tx.execute(
        select(comes, of.starts_at, of.id).where(of.committee_id == seen.committee, shown)
    )
    return [Listed(bool(row.comes), row.starts_at, row.id) for row in rows]
