"""Meetings and votes told in plain values: for rehearsals, exports and the narrator. Nothing is changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.attending import found as quorum_now
from bot.domain.meeting import Meeting
from bot.domain.vote import THE_QUESTION, Vote
from bot.services.desk import Desk
from bot.store import meeting_lists, meetings, people, votes


@dataclass(frozen=True, slots=True)
class MeetingTold:
    """One meeting: ids from the glossary, names instead of numbers."""

    id: int
    number: int | None
    state: str
    kind: str
    starts_at: datetime
    place: str
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
class VoteTold:
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


async def newest(desk: Desk) -> int | None:
    """The meeting submitted last."""
    async with desk.look() as work:
        found = [
            meeting
            for committee in await people.all_committees(work.tx)
            for meeting in await meeting_lists.ids_of_committee(work.tx, committee.id, 1000)
        ]
    return max(found, default=None)


async def newest_vote(desk: Desk) -> int | None:
    """The vote opened last."""
    async with desk.look() as work:
        return await votes.newest(work.tx)


async def meeting(desk: Desk, meeting_id: int) -> MeetingTold | None:
    """A meeting as it stands now."""
    async with desk.look() as work:
        found = await meetings.get(work.tx, meeting_id)
    return None if found is None else _meeting(found)


def _meeting(found: Meeting) -> MeetingTold:
    stands = quorum_now(found)
    return MeetingTold(
        id=found.id,
        number=found.number,
        state=found.stage.value,
        kind=found.kind.value,
        starts_at=found.starts_at,
        place=found.place,
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


async def vote(desk: Desk, vote_id: int) -> VoteTold | None:
    """A vote as it stands now; of one that is open nothing but the turnout."""
    async with desk.look() as work:
        found = await votes.get(work.tx, vote_id)
        if found is None:
            return None
        held_in = await meetings.get(work.tx, found[0])
    if held_in is None:
        return None
    return _vote(held_in, found[1])


def _vote(held_in: Meeting, one: Vote) -> VoteTold:
    item, result = held_in.item(one.item_id), one.result
    counts = {name: dict(each) for name, each in result.counts.items()} if result else {}
    return VoteTold(
        id=one.id,
        item=item.subject if item else "",
        secret=one.secret,
        outcome=result.outcome.value if result else "open",
        closed_at=one.closed_at,
        roll=len(held_in.roll),
        required=result.required if result else None,
        turnout=len(one.voted),
        counts=counts.get(THE_QUESTION, {}) if not one.names else counts,
        adopted=result.adopted if result else (),
        articles=result.articles if result else (),
        next=result.next.value if result else "none",
    )
