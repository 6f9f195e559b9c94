"""Meetings and votes in plain values, the list "Lịch họp", and which meetings wait for a person. Nothing is changed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.db import people
from bot.db.notice import Button, Card, Row
from bot.db.transaction import Transaction
from bot.kit import access as kit_access
from bot.kit.act import press
from bot.kit.card import page_of, to_home
from bot.kit.screen import Screen
from bot.kit.taps import Tap
from bot.kit.unit import Context, UnitOfWork
from bot.kit.waiting import UnderWay, Waiting, home_row, under_way, waits
from bot.meetings import finding
from bot.meetings import store as meetings
from bot.meetings.agenda import store as agenda
from bot.meetings.calling.convening import NOTICES
from bot.meetings.listing import store as listing
from bot.meetings.listing.store import Listed
from bot.meetings.requests import requests
from bot.meetings.rhythm import rhythm
from bot.meetings.rules.calling import items_for, place_of
from bot.meetings.rules.closing import at_the_close, by_paper_ballot, sat
from bot.meetings.rules.meeting import AgendaItem, Meeting, MeetingActKind, MeetingStage
from bot.meetings.rules.quorum import found as quorum_now
from bot.meetings.rules.quorum import unanswered, waits_for_consent
from bot.meetings.rules.rights import OVER, OVER_BY, open_votes
from bot.people.face import began, delegation_rows
from bot.people.rules.acting import StandIn
from bot.people.rules.people import Person
from bot.rendering import Rendering
from bot.values.action import action
from bot.values.moments import bounds_of_year
from bot.votes import face as votes
from bot.votes.rules.vote import THE_QUESTION, Vote


@dataclass(frozen=True, slots=True)
class MeetingSnapshot:
    """One meeting: ids from the glossary, names instead of numbers."""

    id: int
    number: int | None
    state: str
    kind: str
    starts_at: datetime
    place: str
    sat: bool
    quorum: bool
    required: int
    roll: int
    present: int
    absent_with_consent: int
    absent_without_consent: int
    agenda: tuple[str, ...]
    conclusions: dict[str, str]
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class VoteSnapshot:
    """One vote. Of one without names `counts` are plain; of one with names there are counts for each."""

    id: int
    item: str
    secret: bool
    outcome: str
    closed_at: datetime | None
    roll: int
    required: int | None
    turnout: int
    counts: dict[str, int] | dict[str, dict[str, int]]
    adopted: tuple[str, ...]
    articles: tuple[str, ...]
    next: str


async def newest(context: Context) -> int | None:
    """The meeting submitted last."""
    async with context.look() as work:
        found = [
            meeting
            for committee in await people.all_committees(work.tx)
            for meeting in await meetings.ids_of_committee(work.tx, committee.id, 1000)
        ]
    return max(found, default=None)


async def newest_vote(context: Context) -> int | None:
    """The vote opened last."""
    async with context.look() as work:
        return await votes.newest(work.tx)


async def waiting(context: Context, committee: int, body: str) -> tuple[str, ...]:
    """The subjects that wait for the body's next meeting, in the order of its agenda."""
    async with context.look() as work:
        found = await agenda.waiting(work.tx, committee, body)
    found.sort(key=lambda each: (place_of(each.reason), each.id))
    return tuple(each.subject for each in found)


async def numbered(tx: Transaction, committee: int, number: int) -> int | None:
    """The meeting of that number in a committee; None where there is none."""
    return await listing.numbered(tx, committee, number)


async def held(
    tx: Transaction, committee: int, *, number: int | None = None, year: int | None = None
) -> list[int]:
    """The meetings of a committee that were called or entered afterwards: of that number, in that year, or all."""
    start, end = bounds_of_year(year) if year is not None else (None, None)
    return await listing.held(tx, committee, number, start, end)


async def meeting(context: Context, meeting_id: int) -> MeetingSnapshot | None:
    """A meeting as it stands now."""
    async with context.look() as work:
        found = await meetings.get(work.tx, meeting_id)
    return None if found is None else _meeting(found)


def _meeting(found: Meeting) -> MeetingSnapshot:
    stands = quorum_now(found)
    return MeetingSnapshot(
        id=found.id,
        number=found.number,
        state=_state(found).value,
        kind=found.kind.value,
        starts_at=found.starts_at,
        place=found.place,
        sat=sat(found),
        quorum=stands.holds,
        required=stands.required,
        roll=len(found.roll),
        present=len(found.present),
        absent_with_consent=len(found.absent_with_consent),
        absent_without_consent=len(found.absent_without_consent),
        agenda=tuple(item.subject for item in found.items),
        conclusions={
            item.subject: item.concluded.kind.value for item in found.items if item.concluded
        },
        articles=stands.articles,
    )


def _state(found: Meeting) -> MeetingStage:
    """What people have done with it: one whose day passed stays called, and `sat` says that it was none."""
    lapsed = found.stage is MeetingStage.LAPSED
    return MeetingStage.CALLED if lapsed else found.stage


async def vote(context: Context, vote_id: int) -> VoteSnapshot | None:
    """A vote as it stands now; of one that is open nothing but the turnout."""
    async with context.look() as work:
        found = await votes.get(work.tx, vote_id)
        if found is None:
            return None
        held_in = await meetings.get(work.tx, found[0])
    if held_in is None:
        return None
    return _vote(held_in, found[1])


def _vote(held_in: Meeting, one: Vote) -> VoteSnapshot:
    item, result = held_in.item(one.item_id), one.result
    counts = {name: dict(each) for name, each in result.counts.items()} if result else {}
    return VoteSnapshot(
        id=one.id,
        item=item.subject if item else "",
        secret=one.secret,
        outcome=result.outcome.value if result else "open",
        closed_at=one.closed_at,
        roll=len(held_in.roll),
        required=result.required if result else None,
        turnout=one.turnout,
        counts=counts.get(THE_QUESTION, {}) if not one.names else counts,
        adopted=result.adopted if result else (),
        articles=result.articles if result else (),
        next=result.next.value if result else "none",
    )


LOOKED_BACK = timedelta(days=2)
"""How long after its start a meeting that nobody has closed still waits."""
LISTED = 10
"""Meetings on one page of the list."""

ListRows = Callable[[UnitOfWork, Person], Awaitable[list[Row]]]
"""What one person can do from the first page of the list "Lịch họp", beside opening a meeting."""

LIST_ROWS: tuple[ListRows, ...] = (
    requests.list_rows,
    rhythm.list_rows,
    delegation_rows,
    finding.list_rows,
)
"""Each subject adds its own buttons."""


@dataclass(frozen=True, slots=True)
class Line:
    """One meeting on the list, with the committee's name where a person has several."""

    meeting: Meeting
    committee: str
    comes: bool = True


# --- what waits ------------------------------------------------------------------------------


@home_row(10, "meetings", action="mlist", once=True, first=True, reads=True)
async def _on_home(_work: UnitOfWork, _person: Person) -> bool:
    return True


@waits(2)
async def waiting_for(work: UnitOfWork, person: Person, committee: str) -> list[Waiting]:
    """An invitation to answer; for head or delegate a meeting to approve, an absence to consent to."""
    found = []
    for meeting_id in await meetings.since(work.tx, person.committee, work.now - LOOKED_BACK):
        meeting = await meetings.get(work.tx, meeting_id)
        if meeting is not None:
            found += await _of(work, person, committee, meeting)
    return found


@under_way
async def sitting(work: UnitOfWork, person: Person, committee: str) -> list[UnderWay]:
    """The meetings that sit now, of which the person is invited or of the office, with what is being voted on."""
    found = []
    for meeting_id in await listing.sitting(work.tx, person.committee):
        meeting = await meetings.there(work.tx, meeting_id)
        invited = meeting.invitee(person.id)
        acting = await kit_access.acting(work, person, meeting.body)
        inside = person.is_clerk or acting is not None
        opened = meeting.act(MeetingActKind.OPEN)
        if opened is None or not (inside or invited):
            continue
        known = items_for(meeting, invited) if invited and not inside else meeting.items
        voted = {vote.item_id for vote in open_votes(meeting)}
        subjects = tuple(item.subject for item in known if item.id in voted)
        way = action("mshow", meeting.id)
        found.append(UnderWay(meeting.body.name, opened.at, subjects, committee, way))
    return found


@began.follow
async def _reach(work: UnitOfWork, given: StandIn) -> None:
    """Meetings that wait for the head's approval reach who stands in."""
    for meeting_id in await meetings.since(work.tx, given.committee, work.now - LOOKED_BACK):
        meeting = await meetings.get(work.tx, meeting_id)
        if meeting is None or meeting.body.id != given.body:
            continue
        if meeting.stage is MeetingStage.SUBMITTED:
            await NOTICES.ask(work, meeting)


async def _of(work: UnitOfWork, person: Person, committee: str, meeting: Meeting) -> list[Waiting]:
    found = []
    name, starts = meeting.body.name, meeting.starts_at
    if work.now <= starts and person.id in {each.person for each in unanswered(meeting)}:
        way = action("minvite", meeting.id)
        found.append(Waiting("rsvp", name, starts, committee, way, starts))
    if meeting.stage in OVER:
        return found
    head = await kit_access.acting(work, person, meeting.body) is not None
    if head and meeting.stage is MeetingStage.SUBMITTED:
        way = action("mshow", meeting.id)
        found.append(Waiting("meeting", name, starts, committee, way, starts))
    elif meeting.stage is MeetingStage.SENT_BACK:
        if person.is_clerk or person.id == meeting.prepared_by:
            way = action("mreopen", meeting.id)
            found.append(Waiting("meeting_sent_back", name, starts, committee, way))
    elif head:
        found += [
            Waiting("absence", each.name, starts, committee, way, starts)
            for each in waits_for_consent(meeting)
            if each.person != person.id
            and (way := action("absence", meeting.id, each.person)) is not None
        ]
    return found


# --- the list --------------------------------------------------------------------------------


@press("mlist")
async def listed(context: Context, tap: Tap) -> Screen:
    """A page of the meetings that concern the person: those that come, the next first, then the last ones."""
    say = context.say
    async with context.look() as work:
        persons = await people.of_account(work.tx, tap.account)
        if not persons:
            return Screen(Card(say.text("stranger")))
        page = page_of(await _in_order(work, persons), tap.page(0), LISTED)
        lines = [await _line(work, each) for each in page.entries]
        ways = LIST_ROWS if page.number == 0 else (finding.list_rows,)
        acts = [row for person in persons for rows in ways for row in await rows(work, person)]
    text = say.text(
        "meeting_list",
        coming=[line for line in lines if line.comes],
        past=[line for line in lines if not line.comes],
        several=len(persons) > 1,
        page=page.number + 1,
        pages=page.count,
    )
    turns = page.turns(say, lambda to: action("mlist", to))
    return Screen(Card(text, (*_buttons(context, lines), *turns, *acts, to_home(say))))


async def _in_order(work: UnitOfWork, persons: Sequence[Person]) -> list[Listed]:
    found = []
    for person in persons:
        seen, _ = await finding.seen_by(work, person)
        found += await listing.listed(work.tx, seen, OVER_BY, work.now - LOOKED_BACK)
    coming = sorted((each for each in found if each.comes), key=_start)
    return coming + sorted((each for each in found if not each.comes), key=_start, reverse=True)


def _start(each: Listed) -> tuple[datetime, int]:
    return each.starts_at, each.id


async def _line(work: UnitOfWork, each: Listed) -> Line:
    meeting = await meetings.there(work.tx, each.id)
    committee = await people.committee(work.tx, meeting.committee)
    return Line(meeting, committee.name, comes=each.comes)


def _buttons(context: Context, listed: list[Line]) -> list[Row]:
    say = context.say
    return [
        (
            Button(
                say.label(
                    "sitting_button.one",
                    day=_when(say, each.meeting),
                    body=each.meeting.body.name,
                ),
                action("mshow", each.meeting.id),
            ),
        )
        for each in listed
    ]


def concluded_words(say: Rendering, meeting: Meeting, item: AgendaItem) -> str:
    """What an item came to; where that was decided by a secret ballot on paper, it says so."""
    becomes, said = at_the_close(meeting, item), item.concluded
    words = say.label(f"conclusion.{becomes.value}")
    holds = said is not None and said.kind is becomes
    article = by_paper_ballot(meeting, item) if holds else None
    return (
        f"{words} {say.label('concluded_by.paper_ballot', article=article)}" if article else words
    )


def _when(say: Rendering, meeting: Meeting) -> str:
    """When it begins; of a meeting entered by hand the day alone is known."""
    start = meeting.starts_at
    return say.day_button(start) if meeting.by_hand else say.moment_button(start)
