"""The list "Lịch họp", and which meetings wait for a person. Nothing is changed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.domain.attending import unanswered, waits_for_consent
from bot.domain.card import Button, Card
from bot.domain.meeting import Meeting, MeetingStage
from bot.domain.meeting_rights import OVER
from bot.domain.people import Person
from bot.domain.press import press
from bot.services.desk import Desk, Work
from bot.services.meetings import delegation, floor, recorded, wishes
from bot.services.waiting import Waiting
from bot.store import meeting_lists, meetings, people

LOOKED_BACK = timedelta(days=2)
"""How long after its start a meeting that nobody has closed still waits."""
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
LISTED = 15
"""Coming meetings, and as many past ones, on one list."""

Row = tuple[Button, ...]
ListRows = Callable[[Work, Person], Awaitable[list[Row]]]
"""What one person can do from the list "Lịch họp", beside opening a meeting."""

LIST_ROWS: tuple[ListRows, ...] = (
    wishes.list_rows,
    recorded.list_rows,
    delegation.list_rows,
)
"""Each subject adds its own buttons."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One meeting on the list, with the committee's name where a person has several."""

    meeting: Meeting
    committee: str


# --- what waits ------------------------------------------------------------------------------


async def waiting_for(work: Work, person: Person, committee: str) -> list[Waiting]:
    """An invitation to answer; for head or delegate a meeting to approve, an absence to consent to."""
    found = []
    for meeting_id in await meeting_lists.since(work.tx, person.committee, work.now - LOOKED_BACK):
        meeting = await meetings.get(work.tx, meeting_id)
        if meeting is not None:
            found += await _of(work, person, committee, meeting)
    return found


async def _of(work: Work, person: Person, committee: str, meeting: Meeting) -> list[Waiting]:
    found = []
    name, starts = meeting.body.name, meeting.starts_at
    if work.now <= starts and person.id in {each.person for each in unanswered(meeting)}:
        way = press("minvite", meeting.id)
        found.append(Waiting("rsvp", name, starts, committee, way, starts))
    if meeting.stage in OVER:
        return found
    head, _ = await floor.heads(work, person, meeting.body, work.now)
    if head and meeting.stage is MeetingStage.SUBMITTED:
        way = press("mshow", meeting.id)
        found.append(Waiting("meeting", name, starts, committee, way, starts))
    elif head:
        found += [
            Waiting("absence", each.name, starts, committee, way, starts)
            for each in waits_for_consent(meeting)
            if each.person != person.id
            and (way := press("absence", meeting.id, each.person)) is not None
        ]
    return found


# --- the list --------------------------------------------------------------------------------


async def card(desk: Desk, account: int) -> Card:
    """Coming meetings and the last ones, as far as they concern the person; a stranger sees nothing."""
    coming: list[Listed] = []
    past: list[Listed] = []
    acts: list[Row] = []
    async with desk.look() as work:
        persons = await people.of_account(work.tx, account)
        for person in persons:
            name = (await people.committee(work.tx, person.committee)).name
            for meeting in await _seen_by(work, person):
                (coming if _comes(meeting, work.now) else past).append(Listed(meeting, name))
            for rows in LIST_ROWS:
                acts += await rows(work, person)
        now = work.now
    if not persons:
        return Card(desk.say.text("stranger"))
    coming = sorted(coming, key=lambda each: each.meeting.starts_at)[:LISTED]
    past = sorted(past, key=lambda each: each.meeting.starts_at, reverse=True)[:LISTED]
    text = desk.say.text(
        "meeting_list", coming=coming, past=past, now=now, several=len(persons) > 1
    )
    home = (Button(desk.say.label("button.home"), press("home")),)
    return Card(text, (*_buttons(desk, [*coming, *past]), *acts, home))


def _comes(meeting: Meeting, now: datetime) -> bool:
    if meeting.stage in OVER:
        return False
    return meeting.stage is MeetingStage.OPEN or meeting.starts_at > now - LOOKED_BACK


def _buttons(desk: Desk, listed: list[Listed]) -> list[Row]:
    say = desk.say
    return [
        (
            Button(
                say.label(
                    "sitting_button.one",
                    day=say.day(each.meeting.starts_at),
                    body=each.meeting.body.name,
                ),
                press("mshow", each.meeting.id),
            ),
        )
        for each in listed
    ]


async def _seen_by(work: Work, person: Person) -> list[Meeting]:
    """The office sees every meeting of its bodies; others those called to which they are invited."""
    ids = set(await meeting_lists.ids_of_committee(work.tx, person.committee, 2 * LISTED))
    ids |= set((await meeting_lists.ids_for(work.tx, person.id, LONG_AGO))[-2 * LISTED :])
    seen = []
    for meeting_id in sorted(ids):
        meeting = await meetings.get(work.tx, meeting_id)
        if meeting is not None and await _sees(work, person, meeting):
            seen.append(meeting)
    return seen


async def _sees(work: Work, person: Person, meeting: Meeting) -> bool:
    if person.is_clerk or meeting.invitee(person.id) is not None:
        return True
    return (await floor.heads(work, person, meeting.body, work.now))[0]
