"""Written consultations in tables, given back as values; what has happened in one is read by `facts`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    Row,
    Select,
    bindparam,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.dialects.sqlite import Insert

from bot.calendar import face as calendar_face
from bot.consultations.facts.store import Facts, of_everybody, of_one
from bot.consultations.first_round import from_kept as first_from_kept
from bot.consultations.rules.consultation import (
    INVALID,
    REMARKS,
    Act,
    ActKind,
    Consultation,
    Content,
    FirstRound,
    InvalidSlip,
    Receipt,
    Reply,
    Seat,
)
from bot.consultations.rules.dossier import Added, Anew, Dossier, SecondRound
from bot.consultations.rules.outcome import over_with_term
from bot.db import drafts, rulebooks
from bot.db.fact import fact
from bot.db.schema import (
    acts,
    committees,
    consultations,
    corrections,
    people,
    receipts,
    replies,
    reservations,
    roll,
)
from bot.db.statement_cache import compiled_once
from bot.db.transaction import Transaction
from bot.db.upsert import insert_for
from bot.kit.notify import content_of, number_of, reference
from bot.regulations.rules.regulation import Body, Ground, Matter, Outcome
from bot.values.corrections import Correction
from bot.values.working_days import WorkingCalendar


async def get(tx: Transaction, consultation_id: int) -> Dossier | None:
    """The dossier with all facts, or None."""
    row = await _row(tx, consultation_id)
    if row is None:
        return None
    return await _dossier(tx, row, await of_everybody(tx, row.id, row.opened_at))


async def of_name(tx: Transaction, named: str) -> Dossier | None:
    """The dossier of that name in the register, or the one content of it that the name means; or None."""
    found = await get(tx, number_of(named))
    return found and found.at(content_of(named))


async def there(tx: Transaction, consultation_id: int) -> Dossier:
    """The dossier of a consultation that is known to be there."""
    found = await get(tx, consultation_id)
    if found is None:
        raise LookupError(f"consultation {consultation_id} is gone")
    return found


async def get_for(
    tx: Transaction, consultation_id: int, person_in: Mapping[int, int], at: datetime
) -> Dossier | None:
    """The dossier for one member at a moment; `person_in` gives the person for each committee.

    Before the first deadline it holds the facts of that member alone (and the approver's seat): they
    are all that a press or a form needs, and a roll of a thousand is not read for it. From then on,
    extended or not, it is whole: whether it was held at that deadline depends on everybody. So it is
    once one of its contents has ended.
    """
    row = await _row(tx, consultation_id)
    if row is None:
        return None
    person = person_in.get(row.committee_id, 0)
    approvers = (row.approved_by, row.approved_for)
    known = await of_one(tx, row.id, row.opened_at, person, approvers)
    found = await _dossier(tx, row, known)
    running = found.consultation
    if running is not None and (at >= running.deadline or running.end or running.ended_contents):
        return await get(tx, consultation_id)
    return found


async def _row(tx: Transaction, consultation_id: int) -> Row[Any] | None:
    found: Row[Any] | None = (await tx.execute(_BY_ID, {"of": consultation_id})).first()
    return found


# Statements of every press are written once: putting one together costs more than carrying it out.
_BY_ID = compiled_once(
    select(consultations, committees.c.name.label("asker"))
    .join(committees, committees.c.id == consultations.c.committee_id)
    .where(consultations.c.id == bindparam("of"))
)


_ADD_ACT = compiled_once(insert(acts))
_ADD_REPLY = compiled_once(insert(replies))
_ADD_RESERVATION = compiled_once(insert(reservations))
_CLOSE = compiled_once(
    update(consultations)
    .where(consultations.c.id == bindparam("of"))
    .values(closed_at=bindparam("closed_at"), result=bindparam("result"))
)


async def _dossier(tx: Transaction, row: Row[Any], known: Facts) -> Dossier:
    known = replace(known, first=await _first_round(tx, row))
    regulation = await rulebooks.regulation(tx, row.rulebook)
    body = regulation.body(row.body)
    attached = await drafts.files_of_consultation(tx, row.id)
    running = _consultation(row, body, known)
    over = running is not None and over_with_term(running) is not None
    return Dossier(
        id=row.id,
        committee=row.committee_id,
        asker=row.asker,
        rulebook=row.rulebook,
        body=body,
        matter=Matter(row.matter),
        ground=Ground(row.ground),
        subject=row.subject,
        text=row.text,
        text_sha256=row.text_sha256,
        deadline=row.deadline,
        submission_date=row.submission_date,
        special_reason=row.special_reason or "",
        silence_confirmed=row.silence_confirmed,
        prepared_by=row.prepared_by,
        submitted_at=row.submitted_at,
        files=tuple(each.file for each in attached),
        added=tuple(Added(a.file, a.added_at, a.sent_by) for a in attached if a.added_at),
        remarks=tuple(act for act in known.acts if act.kind in REMARKS),
        corrections=() if row.opened_at else await _corrections(tx, row.id),
        number=row.number,
        approved_by=row.approved_by,
        approved_for=row.approved_for,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        declined=any(act.kind is ActKind.DECLINE for act in known.acts),
        recalled=row.opened_at is None and any(a.kind is ActKind.WITHDRAW for a in known.acts),
        consultation=running,
        late=known.late,
        first=known.first,
        second=await _asked_again(tx, row, body),
        seconds=await _contents_asked_again(tx, row, body, running),
        contents=_contents(row),
        stood=await rulebooks.stood(tx, row.committee_id, row.rulebook),
        anew_of=await _anew(tx, _NUMBERED, row.anew_of) if row.anew_of else None,
        anew=await _anew(tx, _PREPARED_ANEW, row.id) if over else None,
    )


_NUMBERED = compiled_once(
    select(consultations.c.id, consultations.c.number).where(consultations.c.id == bindparam("of"))
)
_PREPARED_ANEW = compiled_once(
    select(consultations.c.id, consultations.c.number)
    .where(
        consultations.c.anew_of == bindparam("of"),
        consultations.c.opened_at.is_not(None) | consultations.c.closed_at.is_(None),
    )
    .order_by(consultations.c.id.desc())
)


async def _anew(tx: Transaction, statement: Select[Any], of: int) -> Anew | None:
    row = (await tx.execute(statement, {"of": of})).first()
    return Anew(row.id, row.number) if row else None


def _contents(row: Row[Any]) -> tuple[Content, ...]:
    kept = row.contents or ()
    return tuple(Content(each["subject"], Matter(each["matter"])) for each in kept)


_BY, _FOR = people.alias(), people.alias()
_CORRECTIONS = compiled_once(
    select(corrections, _BY.c.name.label("by_name"), _FOR.c.name.label("for_name"))
    .join(_BY, _BY.c.id == corrections.c.by)
    .join(_FOR, _FOR.c.id == corrections.c.acting_for, isouter=True)
    .where(corrections.c.consultation_id == bindparam("of"))
    .order_by(corrections.c.id)
)


async def _corrections(tx: Transaction, consultation_id: int) -> tuple[Correction, ...]:
    found = await tx.execute(_CORRECTIONS, {"of": consultation_id})
    return tuple(
        Correction(row.what, row.before, row.after, row.at, row.by_name, row.for_name or "")
        for row in found
    )


async def _asked_again(tx: Transaction, row: Row[Any], body: Body) -> SecondRound | None:
    """The second round of what is closed, where its rules know one."""
    if row.closed_at is None or body.written.second_round is None:
        return None
    return await second_round_of(tx, reference("consultation", row.id))


async def _contents_asked_again(
    tx: Transaction, row: Row[Any], body: Body, running: Consultation | None
) -> tuple[SecondRound | None, ...]:
    """As `_asked_again`, of each content of a slip with several; nothing where none has one."""
    ended = row.closed_at is not None or (running is not None and running.ended_contents)
    if not ended or body.written.second_round is None:
        return ()
    named = reference("consultation", row.id)
    places = range(1, len(row.contents or ()) + 1)
    found = tuple([await second_round_of(tx, f"{named}.{place}") for place in places])
    return found if any(found) else ()


def _consultation(row: Row[Any], body: Body, known: Facts) -> Consultation | None:
    if row.opened_at is None:
        return None
    return Consultation(
        id=row.id,
        body=body,
        matter=Matter(row.matter),
        ground=Ground(row.ground),
        roll=known.roll,
        opened_at=row.opened_at,
        deadline=row.deadline,
        calendar=calendar_face.from_kept(row.days_off, row.calendar_version),
        receipts=known.receipts,
        replies=known.replies,
        invalid=known.invalid,
        acts=tuple(act for act in known.acts if act.kind not in REMARKS),
        outages=known.outages,
        silence_confirmed=row.silence_confirmed,
        deadline_stated=row.deadline_stated,
        first=known.first,
        contents=_contents(row),
    )


# --- a second round --------------------------------------------------------------------------


async def second_round_of(tx: Transaction, first: str) -> SecondRound | None:
    """The consultation in which a divided matter is asked again; one that was withdrawn is none."""
    for row in await tx.execute(_SECOND_ROUNDS, {"first": first}):
        outcome = (
            Outcome(row.result["outcome"]) if row.result else None
        )  # asked again is one content
        if outcome is not Outcome.WITHDRAWN:
            return SecondRound(row.id, row.number, row.opened_at, row.closed_at, outcome)
    return None


_SECOND_ROUNDS = compiled_once(
    select(consultations)
    .where(consultations.c.second_of == bindparam("first"))
    .order_by(consultations.c.id.desc())
)


async def _first_round(tx: Transaction, row: Row[Any]) -> FirstRound | None:
    """As it was frozen; only whether an opinion is reserved is as it is now, for that may be said later."""
    if row.first_round is None:
        return None
    return first_from_kept(row.second_of, row.first_round, await _marks(tx, row.second_of))


async def _marks(tx: Transaction, of: str) -> dict[int, bool]:
    """Who has said whether the opinion on a matter is reserved; the last word of each."""
    column = reservations.c.vote_id if of.startswith("vote:") else reservations.c.consultation_id
    content = reservations.c.content
    found = await tx.execute(
        select(reservations)
        .where(column == number_of(of), func.coalesce(content, 0) == content_of(of))
        .order_by(reservations.c.id)
    )
    return {row.person_id: row.reserved for row in found}


async def result_written(tx: Transaction, consultation_id: int) -> dict[str, Any] | None:
    """The result as it was stored at the close."""
    query = select(consultations.c.result).where(consultations.c.id == consultation_id)
    found: dict[str, Any] | None = (await tx.execute(query)).scalar()
    return found


# --- writing ---------------------------------------------------------------------------------


@fact
async def open_it(
    tx: Transaction,
    dossier: Dossier,
    seats: Sequence[Seat],
    *,
    at: datetime,
    by: int,
    acting_for: int | None = None,
    deadline: datetime,
    calendar: WorkingCalendar,
) -> int:
    """Freeze roll, deadline and calendar, and give the consultation its number."""
    last = select(func.max(consultations.c.number)).where(
        consultations.c.committee_id == dossier.committee
    )
    number = int((await tx.execute(last)).scalar() or 0) + 1
    await tx.execute(
        update(consultations)
        .where(consultations.c.id == dossier.id)
        .values(
            number=number,
            approved_by=by,
            approved_for=acting_for,
            opened_at=at,
            deadline=deadline,
            deadline_stated=dossier.deadline is not None,
            calendar_version=calendar.version,
            days_off=calendar_face.as_kept(calendar),
        )
    )
    await tx.execute(insert(roll), [_roll_row(dossier.id, n, s) for n, s in enumerate(seats)])
    return number


def _roll_row(consultation_id: int, place: int, seat: Seat) -> dict[str, Any]:
    return {
        "consultation_id": consultation_id,
        "person_id": seat.person,
        "name": seat.name,
        "office": seat.office,
        "full_time": seat.full_time,
        "place": place,
    }


@fact
async def add_receipt(
    tx: Transaction,
    consultation_id: int,
    receipt: Receipt,
    recorded_by: int | None = None,
) -> bool:
    """Keep the first proof of each strength; False when it was known already."""
    row = {
        "consultation_id": consultation_id,
        "person_id": receipt.person,
        "strength": int(receipt.strength),
        "at": receipt.at,
        "recorded_by": recorded_by,
    }
    written = await tx.execute(_add_receipt(tx.dialect.name), row)
    return bool(written.rowcount > 0)


@cache
def _add_receipt(dialect: str) -> Insert:
    return compiled_once(insert_for(dialect, receipts).on_conflict_do_nothing())


@fact
async def add_reply(
    tx: Transaction,
    consultation_id: int,
    reply: Reply,
    *,
    received_at: datetime,
    late: bool = False,
    entered_by: int | None = None,
    photo_sha256: str | None = None,
    content: int | None = None,
) -> None:
    """Append an answer; nothing is ever overwritten. `content` is which one of a slip with several."""
    row = {
        "consultation_id": consultation_id,
        "person_id": reply.person,
        "choice": reply.choice.value,
        "words": reply.words,
        "at": reply.at,
        "latest_at": reply.latest,
        "received_at": received_at,
        "late": late,
        "entered_by": entered_by,
        "photo_sha256": photo_sha256,
        "content": content,
    }
    await tx.execute(_ADD_REPLY, row)


@fact
async def add_invalid(
    tx: Transaction, consultation_id: int, slip: InvalidSlip, *, entered_by: int
) -> None:
    """Append a paper slip that is no answer, with the reason; it takes no answer's place."""
    row = {
        "consultation_id": consultation_id,
        "person_id": slip.person,
        "choice": INVALID,
        "words": slip.reason,
        "at": slip.at,
        "latest_at": None,
        "received_at": slip.at,
        "late": False,
        "entered_by": entered_by,
        "photo_sha256": None,
    }
    await tx.execute(_ADD_REPLY, row)


@fact
async def add_reservation(
    tx: Transaction, dossier: Dossier, person: int, *, reserved: bool, at: datetime
) -> None:
    """Append that a member's opinion on a content is reserved, or not any more; the last one counts."""
    content = dossier.place if dossier.contents else None
    mark = {"person_id": person, "reserved": reserved, "at": at, "content": content}
    await tx.execute(_ADD_RESERVATION, {"consultation_id": dossier.id, **mark})


@fact
async def add_act(tx: Transaction, consultation_id: int, act: Act) -> None:
    """Append an act."""
    row = {name: getattr(act, name) for name in _OF_ACT}
    row |= {"consultation_id": consultation_id, "kind": act.kind.value}
    await tx.execute(_ADD_ACT, row)


_OF_ACT = tuple(each.name for each in fields(Act))


@fact
async def close_it(
    tx: Transaction, consultation_id: int, at: datetime, result: dict[str, Any]
) -> None:
    """Record the outcome reached by the act of closing."""
    closed = {"of": consultation_id, "closed_at": at, "result": result}
    await tx.execute(_CLOSE, closed)
