"""Meetings in tables: each as a value, and which there are."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Row,
    bindparam,
    delete,
    exists,
    func,
    insert,
    select,
    update,
)

from bot.db import rulebooks
from bot.db.fact import fact
from bot.db.schema import agenda_items, attendance, conclusions, invitees, meeting_acts, meetings
from bot.db.statement_cache import compiled_once
from bot.db.transaction import Transaction
from bot.meetings.documents import store as papers
from bot.meetings.rules.meeting import (
    AgendaItem,
    Concluded,
    Conclusion,
    GuestWanted,
    Invitee,
    Mark,
    Meeting,
    MeetingAct,
    MeetingActKind,
    MeetingKind,
    Noted,
)
from bot.regulations.rules.terms import Matter
from bot.values.files import FileRef
from bot.values.sought import searchable
from bot.votes import face as votes


async def get(tx: Transaction, meeting_id: int) -> Meeting | None:
    """The meeting with all its facts, or None."""
    row = (await tx.execute(_ONE, {"of": meeting_id})).first()
    if row is None:
        return None
    regulation = await rulebooks.regulation(tx, row.rulebook)
    return Meeting(
        id=row.id,
        committee=row.committee_id,
        rulebook=row.rulebook,
        body=regulation.body(row.body),
        kind=MeetingKind(row.kind),
        session=row.session,
        starts_at=row.starts_at,
        place=row.place,
        uid=row.uid,
        sequence=row.sequence,
        prepared_by=row.prepared_by,
        submitted_at=row.submitted_at,
        number=row.number,
        called_at=row.called_at,
        guests_wanted=tuple(GuestWanted(**each) for each in row.guests_wanted),
        invitees=await _invitees(tx, row.id),
        items=await _items(tx, row.id),
        notes=await _notes(tx, row.id),
        acts=await _acts(tx, row.id),
        votes=await votes.of_meeting(tx, row.id),
        stood=await rulebooks.stood(tx, row.committee_id, row.rulebook),
    )


_ONE = compiled_once(select(meetings).where(meetings.c.id == bindparam("of")))


async def there(tx: Transaction, meeting_id: int) -> Meeting:
    """A meeting that is known to be there."""
    found = await get(tx, meeting_id)
    if found is None:
        raise LookupError(f"meeting {meeting_id} is gone")
    return found


# --- writing ---------------------------------------------------------------------------------


@fact
async def submit(
    tx: Transaction,
    values: Mapping[str, Any],
    items: Sequence[AgendaItem],
    documents: Sequence[tuple[int, FileRef]],
) -> Meeting:
    """Enter a meeting as it is submitted, by its columns, with its agenda; gives it as it stands.

    A document comes with the place of its item, or with 0 when it belongs to the whole meeting.
    """
    entered = await _add(tx, values)
    ids = {item.place: await _add_item(tx, entered, item) for item in items}
    for place, file in documents:
        await papers.keep(tx, entered, ids.get(place), file, values["prepared_by"])
    return await there(tx, entered)


@fact
async def record(tx: Transaction, values: Mapping[str, Any], act: MeetingAct) -> int:
    """Enter afterwards a meeting that was held, by its columns, with the act of entering it; gives its id."""
    entered = await _add(tx, values)
    await _add_act(tx, entered, act)
    return entered


async def _add(tx: Transaction, values: Mapping[str, Any]) -> int:
    entered = await tx.execute(insert(meetings).values(**values).returning(meetings.c.id))
    return int(entered.scalar_one())


@fact
async def change(tx: Transaction, meeting_id: int, values: Mapping[str, Any]) -> None:
    """Another start, place or kind, with the next sequence of its calendar file."""
    await tx.execute(
        update(meetings)
        .where(meetings.c.id == meeting_id)
        .values(**values, sequence=meetings.c.sequence + 1)
    )


@fact
async def mend(
    tx: Transaction, meeting_id: int, act: MeetingAct, values: Mapping[str, Any]
) -> None:
    """What waits for approval is sent back, comes again or is corrected; it holds these columns from now on."""
    await _add_act(tx, meeting_id, act)
    if values:
        await tx.execute(update(meetings).where(meetings.c.id == meeting_id).values(**values))


@fact
async def call(tx: Transaction, meeting: Meeting, who: Sequence[Invitee], at: datetime) -> int:
    """Fix the roll and the guests, and give the meeting its number of the committee."""
    last = select(func.max(meetings.c.number)).where(meetings.c.committee_id == meeting.committee)
    number = int((await tx.execute(last)).scalar() or 0) + 1
    await tx.execute(
        update(meetings).where(meetings.c.id == meeting.id).values(number=number, called_at=at)
    )
    await _invite(tx, meeting.id, who, first_place=0)
    return number


async def _invite(
    tx: Transaction, meeting_id: int, who: Sequence[Invitee], *, first_place: int
) -> None:
    rows = [
        {
            "meeting_id": meeting_id,
            "person_id": each.person,
            "guest": each.guest,
            "category": each.category,
            "name": each.name,
            "office": each.office,
            "full_time": each.full_time,
            "part_time_vice_president": each.part_time_vice_president,
            "place": first_place + place,
        }
        for place, each in enumerate(who)
    ]
    if rows:
        await tx.execute(insert(invitees), rows)


invite = fact(_invite)
"""Persons are entered as invited, in order."""


@fact
async def add_item(
    tx: Transaction,
    meeting_id: int,
    item: AgendaItem,
    documents: Sequence[FileRef] = (),
    sent_by: int = 0,
) -> int:
    """Enter an item of the agenda (its id is given here) with its documents; gives its id."""
    entered = await _add_item(tx, meeting_id, item)
    for file in documents:
        await papers.keep(tx, meeting_id, entered, file, sent_by)
    return entered


async def _add_item(tx: Transaction, meeting_id: int, item: AgendaItem) -> int:
    entered = await tx.execute(
        insert(agenda_items)
        .values(
            meeting_id=meeting_id,
            place=item.place,
            subject=item.subject,
            sought=searchable(item.subject),
            matter=item.matter.value,
            closed=item.closed,
            reason=item.reason,
            responsible=item.responsible,
            waiting_id=item.waiting_id,
            consultation_id=item.consultation_id,
        )
        .returning(agenda_items.c.id)
    )
    return int(entered.scalar_one())


@fact
async def place_item(tx: Transaction, item_id: int, place: int) -> None:
    """Put an item elsewhere on the agenda."""
    await tx.execute(update(agenda_items).where(agenda_items.c.id == item_id).values(place=place))


@fact
async def rewrite_item(tx: Transaction, item_id: int, item: AgendaItem) -> None:
    """An item that stays on the agenda, at its place, under its name, with what is said of it now."""
    await tx.execute(
        update(agenda_items)
        .where(agenda_items.c.id == item_id)
        .values(
            place=item.place,
            subject=item.subject,
            sought=searchable(item.subject),
            matter=item.matter.value,
            closed=item.closed,
            responsible=item.responsible,
        )
    )


@fact
async def uninvite(tx: Transaction, meeting_id: int, persons: Collection[int]) -> None:
    """Guests who are not invited any more; the register keeps that they were."""
    await tx.execute(
        delete(invitees).where(
            invitees.c.meeting_id == meeting_id,
            invitees.c.guest.is_(True),
            invitees.c.person_id.in_(persons),
        )
    )


@fact
async def seat(tx: Transaction, meeting_id: int, roll: Sequence[Invitee]) -> None:
    """Another roll of a meeting that is called; a guest who is on it now is a guest no more."""
    members = invitees.c.guest.is_(False) | invitees.c.person_id.in_([each.person for each in roll])
    await tx.execute(delete(invitees).where(invitees.c.meeting_id == meeting_id, members))
    await _invite(tx, meeting_id, roll, first_place=0)


@fact
async def take_off(tx: Transaction, item_ids: Collection[int], at: datetime) -> None:
    """Take items off the agenda; they are kept."""
    await tx.execute(
        update(agenda_items).where(agenda_items.c.id.in_(item_ids)).values(taken_off_at=at)
    )


async def _add_act(tx: Transaction, meeting_id: int, act: MeetingAct) -> None:
    await tx.execute(
        insert(meeting_acts).values(
            meeting_id=meeting_id,
            kind=act.kind.value,
            at=act.at,
            by=act.by,
            acting_for=act.acting_for,
            reason=act.reason,
            detail=dict(act.detail),
        )
    )


add_act = fact(_add_act)
"""An act is appended."""


@fact
async def note(tx: Transaction, meeting_id: int, noted: Noted) -> None:
    """Append a note on somebody's attendance."""
    await tx.execute(
        insert(attendance).values(
            meeting_id=meeting_id,
            person_id=noted.person,
            kind=noted.mark.value,
            at=noted.at,
            by=noted.by,
            acting_for=noted.acting_for,
            reason=noted.reason,
        )
    )


@fact
async def conclude(tx: Transaction, item_id: int, concluded: Concluded) -> None:
    """Append the conclusion on an item; the last one holds."""
    await tx.execute(
        insert(conclusions).values(
            item_id=item_id,
            kind=concluded.kind.value,
            words=concluded.words,
            at=concluded.at,
            by=concluded.by,
            acting_for=concluded.acting_for,
        )
    )


# --- rows as values --------------------------------------------------------------------------


async def _invitees(tx: Transaction, meeting_id: int) -> tuple[Invitee, ...]:
    rows = await tx.execute(_INVITEES, {"of": meeting_id})
    return tuple(
        Invitee(
            row.person_id,
            row.name,
            row.office,
            row.full_time,
            row.guest,
            row.category,
            row.part_time_vice_president,
        )
        for row in rows
    )


_INVITEES = compiled_once(
    select(invitees)
    .where(invitees.c.meeting_id == bindparam("of"))
    .order_by(invitees.c.guest, invitees.c.place)
)


async def _items(tx: Transaction, meeting_id: int) -> tuple[AgendaItem, ...]:
    rows = await tx.execute(_ITEMS, {"of": meeting_id})
    concluded = await _concluded(tx, meeting_id)
    return tuple(_item(row, concluded.get(row.id)) for row in rows)


_ITEMS = compiled_once(
    select(agenda_items)
    .where(agenda_items.c.meeting_id == bindparam("of"), agenda_items.c.taken_off_at.is_(None))
    .order_by(agenda_items.c.place, agenda_items.c.id)
)


async def _concluded(tx: Transaction, meeting_id: int) -> dict[int, Concluded]:
    rows = await tx.execute(_CONCLUDED, {"of": meeting_id})
    return {
        row.item_id: Concluded(Conclusion(row.kind), row.at, row.by, row.words, row.acting_for)
        for row in rows
    }


_CONCLUDED = compiled_once(
    select(conclusions)
    .join(agenda_items, agenda_items.c.id == conclusions.c.item_id)
    .where(agenda_items.c.meeting_id == bindparam("of"))
    .order_by(conclusions.c.id)
)


def _item(row: Row[Any], concluded: Concluded | None) -> AgendaItem:
    return AgendaItem(
        id=row.id,
        place=row.place,
        subject=row.subject,
        matter=Matter(row.matter),
        closed=row.closed,
        reason=row.reason,
        responsible=row.responsible,
        waiting_id=row.waiting_id,
        consultation_id=row.consultation_id,
        concluded=concluded,
    )


async def _notes(tx: Transaction, meeting_id: int) -> tuple[Noted, ...]:
    rows = await tx.execute(_NOTES, {"of": meeting_id})
    return tuple(
        Noted(row.person_id, Mark(row.kind), row.at, row.by, row.reason, row.acting_for)
        for row in rows
    )


_NOTES = compiled_once(
    select(attendance).where(attendance.c.meeting_id == bindparam("of")).order_by(attendance.c.id)
)


async def _acts(tx: Transaction, meeting_id: int) -> tuple[MeetingAct, ...]:
    rows = await tx.execute(_ACTS, {"of": meeting_id})
    return tuple(
        MeetingAct(MeetingActKind(row.kind), row.at, row.by, row.reason, row.acting_for, row.detail)
        for row in rows
    )


_ACTS = compiled_once(
    select(meeting_acts)
    .where(meeting_acts.c.meeting_id == bindparam("of"))
    .order_by(meeting_acts.c.id)
)


async def ids_of_committee(tx: Transaction, committee: int, limit: int) -> list[int]:
    """The committee's meetings, the latest start first."""
    found = await tx.execute(
        select(meetings.c.id)
        .where(meetings.c.committee_id == committee)
        .order_by(meetings.c.starts_at.desc(), meetings.c.id.desc())
        .limit(limit)
    )
    return list(found.scalars())


async def ids_for(tx: Transaction, person: int, since: datetime) -> list[int]:
    """Meetings to which the person is invited that start after `since`, the earliest first."""
    return list((await tx.execute(_IDS_FOR, {"for": person, "since": since})).scalars())


_IDS_FOR = compiled_once(
    select(meetings.c.id)
    .join(invitees, invitees.c.meeting_id == meetings.c.id)
    .where(invitees.c.person_id == bindparam("for"), meetings.c.starts_at > bindparam("since"))
    .order_by(meetings.c.starts_at, meetings.c.id)
)


async def since(tx: Transaction, committee: int, start: datetime) -> list[int]:
    """The committee's meetings that start at `start` or later, the earliest first, whatever their stage."""
    found = await tx.execute(
        select(meetings.c.id)
        .where(meetings.c.committee_id == committee, meetings.c.starts_at >= start)
        .order_by(meetings.c.starts_at, meetings.c.id)
    )
    return list(found.scalars())


async def ids_called(tx: Transaction, committee: int) -> list[int]:
    """The committee's meetings that were called and of which nothing has become known since."""
    ended = [
        kind.value
        for kind in (
            MeetingActKind.OPEN,
            MeetingActKind.CLOSE,
            MeetingActKind.CANCEL,
            MeetingActKind.RECORD,
            MeetingActKind.LAPSE,
        )
    ]
    after = exists().where(
        meeting_acts.c.meeting_id == meetings.c.id, meeting_acts.c.kind.in_(ended)
    )
    found = await tx.execute(
        select(meetings.c.id)
        .where(meetings.c.committee_id == committee, meetings.c.called_at.is_not(None), ~after)
        .order_by(meetings.c.starts_at, meetings.c.id)
    )
    return list(found.scalars())


async def between(
    tx: Transaction, committee: int, body: str, start: datetime, end: datetime
) -> list[int]:
    """Meetings of a body that start in [start, end), the earliest first, whatever their stage."""
    of = {"of": committee, "of_body": body, "from": start, "until": end}
    return list((await tx.execute(_BETWEEN, of)).scalars())


_BETWEEN = compiled_once(
    select(meetings.c.id)
    .where(
        meetings.c.committee_id == bindparam("of"),
        meetings.c.body == bindparam("of_body"),
        meetings.c.starts_at >= bindparam("from"),
        meetings.c.starts_at < bindparam("until"),
    )
    .order_by(meetings.c.starts_at, meetings.c.id)
)


async def of_item(tx: Transaction, item_id: int) -> int | None:
    """The meeting of an item."""
    found = await tx.execute(select(agenda_items.c.meeting_id).where(agenda_items.c.id == item_id))
    meeting: int | None = found.scalar()
    return meeting
