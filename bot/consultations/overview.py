"""Which consultations wait for a person, and what one came to in plain values. Nothing is changed here."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from bot.consultations import store as consultations
from bot.consultations.closing import BY_CONTENT
from bot.consultations.launching import NOTICES
from bot.consultations.listing import store as listing
from bot.consultations.listing.store import Listed, Seen
from bot.consultations.rules.counted import required
from bot.consultations.rules.dossier import Dossier
from bot.consultations.rules.due import closes_at, due_moment
from bot.consultations.rules.outcome import (
    Stage,
    over_with_term,
    shown_state,
    state,
    states,
)
from bot.consultations.rules.tally import positions
from bot.db import people, rulebooks
from bot.db.transaction import Transaction
from bot.kit import access as kit_access
from bot.kit.search import Found, Hit, Hits, Query, searched
from bot.kit.unit import Context, UnitOfWork
from bot.kit.waiting import Waiting, for_clerks, home_row, waits
from bot.people.face import HOLDERS, began
from bot.people.rules.acting import StandIn
from bot.people.rules.people import Person
from bot.regulations.rules.regulation import Outcome
from bot.rendering import Rendering
from bot.values.action import Action, action
from bot.values.moments import bounds_of_year

home_row(30, "launch", first=True)(for_clerks)


@waits(1)
async def waiting_for(work: UnitOfWork, person: Person, committee: str) -> list[Waiting]:
    """Forms to answer; for a head also requests to approve and matters held."""
    found = [
        _answer(dossier, person, committee)
        for dossier in await _answerable(work, person)
        if dossier.running.awaits(person.id)
    ]
    if await may_head(work, person):
        found += await _for_head(work, person, committee)
    if person.is_clerk:
        found += await _sent_back(work, person, committee)
    return found


def _answer(dossier: Dossier, person: Person, committee: str) -> Waiting:
    due = due_moment(dossier.running, person.id)
    return Waiting("reply", dossier.subject, due, committee, action("form", dossier.id), due)


async def open_for(work: UnitOfWork, person: Person) -> list[Dossier]:
    """Running consultations on whose roll the person stands."""
    dossiers = []
    for consultation_id in await listing.open_ids_for(work.tx, person.id):
        dossier = await consultations.get(work.tx, consultation_id)
        if dossier is None or dossier.consultation is None:
            continue
        if any(seat.person == person.id for seat in dossier.consultation.standing_on_slip):
            dossiers.append(dossier)
    return dossiers


async def _answerable(work: UnitOfWork, person: Person) -> list[Dossier]:
    """Of those the ones that no new term keeps from being answered and counted."""
    found = await open_for(work, person)
    return [each for each in found if over_with_term(each.running) is None]


async def may_head(work: UnitOfWork, person: Person) -> bool:
    """Whether the person acts as head of any body of the committee."""
    committee = await people.committee(work.tx, person.committee)
    regulation = await rulebooks.regulation(work.tx, committee.rulebook)
    staff = await kit_access.staff(work, person.committee)
    return any(staff.acting(person, body) for body in regulation.bodies)


async def _for_head(work: UnitOfWork, person: Person, committee: str) -> list[Waiting]:
    """Requests that wait for approval, and matters held that wait for a decision."""
    staff = await kit_access.staff(work, person.committee)
    found = []
    for consultation_id in await listing.open_ids_of(work.tx, person.committee):
        dossier = await consultations.get(work.tx, consultation_id)
        if dossier is None or dossier.sent_back:
            continue
        standing = staff.standing(person, dossier.body)
        if not standing.head:
            continue
        if dossier.consultation is None:
            at = dossier.deadline or dossier.submitted_at
            way = action("asked", dossier.id)
            found.append(Waiting("approve", dossier.subject, at, committee, way, dossier.deadline))
        elif (
            shown_state(dossier.consultation, work.now).stage is Stage.HELD
            and standing.refuse_rest() is None
        ):
            due, way = closes_at(dossier.consultation), action("dash", dossier.id)
            found.append(Waiting("decide", dossier.subject, due, committee, way, due))
    return found


async def _sent_back(work: UnitOfWork, person: Person, committee: str) -> list[Waiting]:
    """Requests that the head has sent back to the office."""
    return [
        Waiting("sent_back", subject, at, committee, action("reopen", of))
        for of, subject, at in await listing.sent_back(work.tx, person.committee)
    ]


@began.follow
async def _reach(work: UnitOfWork, given: StandIn) -> None:
    """Requests that wait for the head's approval reach who stands in."""
    person = await people.person(work.tx, given.to)
    if person is None:
        return
    for consultation_id in await listing.open_ids_of(work.tx, given.committee):
        dossier = await consultations.get(work.tx, consultation_id)
        if dossier is None or dossier.body.id != given.body:
            continue
        if dossier.asks_approval:
            await NOTICES.ask(work, dossier, [person])


# --- lists -----------------------------------------------------------------------------------


async def seen_by(work: UnitOfWork, person: Person) -> Seen:
    """What of the committee's consultations a person sees: clerks all, a head the body's, others their own."""
    committee = await people.committee(work.tx, person.committee)
    regulation = await rulebooks.regulation(work.tx, committee.rulebook)
    staff = await kit_access.staff(work, person.committee)
    heads = frozenset(body.id for body in regulation.bodies if staff.acting(person, body))
    return Seen(person.committee, person.id, everything=person.is_clerk, bodies=heads)


def seen_in_all(committee: int) -> Seen:
    """What nobody in particular sees, as whoever makes its archive: all of the committee."""
    return Seen(committee, 0, everything=True, bodies=frozenset())


async def listed(work: UnitOfWork, seen: Seen, limit: int, offset: int) -> tuple[int, list[Listed]]:
    """How many consultations somebody sees, and some of them: running ones first, newest first."""
    return await listing.listed(work.tx, seen, limit, offset)


async def numbered(tx: Transaction, committee: int, number: int) -> int | None:
    """The consultation of that number in a committee; None where there is none."""
    return await listing.numbered(tx, committee, number)


async def opened(
    tx: Transaction, committee: int, *, number: int | None = None, year: int | None = None
) -> list[int]:
    """The consultations of a committee that have opened: of that number, in that year of Viet Nam, or all."""
    start, end = bounds_of_year(year) if year is not None else (None, None)
    return await listing.opened(tx, committee, number, start, end)


async def of_year(work: UnitOfWork, seen: Seen, year: int) -> list[Listed]:
    """The consultations of a year that somebody sees, the earliest first."""
    return await listing.of_year(work.tx, seen, year)


async def of_span(
    work: UnitOfWork, committee: int, bodies: Collection[str], since: datetime, until: datetime
) -> list[Listed]:
    """The consultations of these bodies that ran at some moment from `since` until before `until`."""
    return await listing.of_span(work.tx, committee, bodies, since, until)


async def line_of(work: UnitOfWork, listed: Listed) -> tuple[str, datetime | None]:
    """How a consultation stands, in words, and while it is open until when it is answered."""
    stage = await stage_of(work, listed)
    words, until = state_words(work.say, stage), None
    if stage == Stage.OPEN.value:
        until = (await consultations.there(work.tx, listed.id)).running.stated_deadline
    return words, until


async def outcome_words(work: UnitOfWork, dossier: Dossier) -> str:
    """What a closed consultation came to; "" while it is open."""
    reached = [each.result for each in states(dossier.running, work.now)]
    outcomes = {each.outcome.value for each in reached if each} if dossier.closed_at else set()
    if len(outcomes) > 1:
        return state_words(work.say, BY_CONTENT)
    return state_words(work.say, outcomes.pop()) if outcomes else ""


def way_to(listed: Listed, seen: Seen) -> Action:
    """Where a line of a list leads: the office to the dashboard, a member to the own form."""
    office = seen.everything or listed.body in seen.bodies
    return action("dash", listed.id, 0) if office else action("form", listed.id)


async def stage_of(work: UnitOfWork, listed: Listed) -> str:
    """How a consultation stands: its outcome once it has one, else where it is."""
    if listed.closed_at is not None:
        return listed.outcome or Stage.CLOSED.value
    dossier = await consultations.there(work.tx, listed.id)
    if dossier.consultation is None:
        return "sent_back" if dossier.sent_back else "submitted"
    return shown_state(dossier.consultation, work.now).stage.value


@dataclass(frozen=True, slots=True)
class ContentListed:
    """One content of a slip with several: how it stands, as `stage_of` says it of a slip."""

    place: int
    subject: str
    closed_at: datetime | None
    stage: str


async def contents_of(work: UnitOfWork, listed: Listed) -> list[ContentListed]:
    """The contents of a slip that was sent, in their order; of one with a single content nothing."""
    if not listed.several or listed.opened_at is None:
        return []
    slip = await consultations.there(work.tx, listed.id)
    return [_content_listed(each, work.now) for each in slip.several]


def _content_listed(of: Dossier, now: datetime) -> ContentListed:
    """An objection may have ended it before its slip."""
    reached = state(of.running, now) if of.closed_at else shown_state(of.running, now)
    ended = of.closed_at is not None and reached.result is not None
    stage = reached.result.outcome.value if ended and reached.result else reached.stage.value
    return ContentListed(of.place, of.subject, of.closed_at, stage)


@searched("consultation")
async def _found(work: UnitOfWork, query: Query, most: int) -> Hits:
    """Consultations by subject, number, year, and whoever is asked, prepared or approved them."""
    seen = await seen_by(work, query.person)
    total, rows = await listing.listed(
        work.tx, seen, most, looked_for=(query.sought, query.persons)
    )
    return Hits(total, [Hit(row.at, partial(_result, work, row, seen)) for row in rows])


async def _result(work: UnitOfWork, row: Listed, seen: Seen) -> Found:
    state = state_words(work.say, await stage_of(work, row))
    day = row.closed_at or row.at
    return Found("consultation", row.subject, row.number, state, day, way_to(row, seen))


def state_words(say: Rendering, stage: str) -> str:
    """An outcome, or where it is, in words."""
    before = f"stage.{stage}"
    return say.label(before if say.has_label(before) else f"outcome.{stage}")


@dataclass(frozen=True, slots=True)
class MatterTold:
    """One matter: ids from the glossary, names instead of numbers. `outcome` is "open" while it is."""

    id: int
    number: int | None
    subject: str
    outcome: str
    closed_at: datetime | None
    roll: int
    roll_at_opening: int
    required: int | None
    counts: dict[str, int]
    positions: dict[str, str]
    articles: tuple[str, ...]
    next: str
    contents: tuple[MatterTold, ...] = ()
    """Of a slip with several: each content as it stands."""


async def newest(context: Context) -> int | None:
    """The consultation submitted last."""
    async with context.look() as work:
        found = [
            consultation_id
            for committee in await people.all_committees(work.tx)
            for consultation_id in await listing.ids_of_committee(work.tx, committee.id, 1000)
        ]
    return max(found, default=None)


async def matter(context: Context, consultation_id: int) -> MatterTold | None:
    """A consultation as it stands now."""
    async with context.look() as work:
        dossier = await consultations.get(work.tx, consultation_id)
    if dossier is None:
        return None
    if dossier.consultation is None:
        return _before_opening(dossier)
    told = _told(dossier, work.now)
    contents = tuple(_told(each, work.now) for each in dossier.several)
    if not contents:
        return told
    outcomes = {each.outcome for each in contents}
    outcome = told.outcome if len(outcomes) == 1 else BY_CONTENT
    return replace(told, outcome=outcome, contents=contents)


def _told(dossier: Dossier, now: datetime) -> MatterTold:
    """A consultation, or one content of it."""
    running = dossier.running
    now_is = state(running, now)
    # Closed is what the recorded act has closed; what only should be closed by now is still open.
    unrecorded = now_is.stage is Stage.CLOSED and dossier.closed_at is None
    result = None if unrecorded else now_is.result
    names = {seat.person: seat.name for seat in running.roll}
    reached = result.positions if result else positions(running, now)
    told = {names[person]: position.value for person, position in reached.items()}
    counts: dict[str, int] = {}
    for position in told.values():
        counts[position] = counts.get(position, 0) + 1
    return MatterTold(
        id=dossier.id,
        number=dossier.number,
        subject=dossier.subject,
        outcome=result.outcome.value if result else Stage.OPEN.value,
        closed_at=result.closed_at if result else None,
        roll=len(running.standing),
        roll_at_opening=len(running.roll),
        required=required(running, reached),
        counts=counts,
        positions=told,
        articles=result.articles if result else (),
        next=result.next.value if result else "none",
    )


def _before_opening(dossier: Dossier) -> MatterTold:
    outcome = "declined" if dossier.declined else "submitted"
    if dossier.recalled:
        outcome = Outcome.WITHDRAWN.value
    elif dossier.sent_back:
        outcome = "sent_back"
    closed_at = dossier.closed_at if dossier.recalled else None
    return MatterTold(
        dossier.id, None, dossier.subject, outcome, closed_at, 0, 0, None, {}, {}, (), "none"
    )


async def _holding(work: UnitOfWork, person: Person) -> list[tuple[int, int | None, str]]:
    """Matters that go on with the person on their frozen roll: id, number, subject."""
    return [(each.id, each.number, each.subject) for each in await _answerable(work, person)]


HOLDERS.append(_holding)
