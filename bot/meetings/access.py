"""Who stands before a meeting, and what that person is to it now: looked up in the transaction that writes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.db import people
from bot.kit import access
from bot.kit.unit import Line, UnitOfWork
from bot.meetings import store as meetings
from bot.meetings.live import about
from bot.meetings.rules.meeting import Invitee, Meeting
from bot.meetings.rules.rights import Standing
from bot.people import store as delegations
from bot.people.rules.people import Person, head_of
from bot.regulations.rules.regulation import Body
from bot.values.refusal import NO_RIGHT, Refused, refuse


@dataclass(frozen=True, slots=True)
class Access:
    """A person before a meeting. `acting_for` is the head for whom a delegate stands in."""

    person: Person
    meeting: Meeting
    clerk: bool
    head: bool
    """The head, or a delegate while the delegation runs."""
    acting_for: int | None
    invitee: Invitee | None

    @property
    def office(self) -> bool:
        """Clerk or head: those who see the dashboard."""
        return self.clerk or self.head

    @property
    def standing(self) -> Standing:
        """What the person is to the meeting, as rights are judged."""
        return Standing(self.person.id, clerk=self.clerk, head=self.head)

    @property
    def member(self) -> bool:
        """On the roll of this meeting."""
        return self.invitee is not None and not self.invitee.guest

    def line(self, act: str, detail: Mapping[str, object]) -> Line:
        """The line of the register that tells an act of this person upon this meeting."""
        return Line(self.meeting.committee, self.person, act, about(self.meeting.id), detail)


async def find(work: UnitOfWork, account: int, meeting_id: int) -> Access:
    """What this account is to the meeting; raises `Refused` for everybody else, who learn nothing (I10).

    Before it is called only the office knows of a meeting. A member retired meanwhile is nobody.
    """
    meeting = await meetings.get(work.tx, meeting_id)
    if meeting is None:
        refuse("meeting_gone")
    person = await access.in_committee(work, account, meeting.committee)
    if person is None:
        raise Refused(NO_RIGHT)
    head, acting_for = await heads(work, person, meeting.body, work.now)
    prepares = meeting.prepared_by == person.id and meeting.called_at is None  # QN 5.2
    clerk = person.is_clerk or prepares
    found = Access(person, meeting, clerk, head, acting_for, meeting.invitee(person.id))
    if not found.office and not found.invitee:
        raise Refused(NO_RIGHT)
    return found


async def heads(
    work: UnitOfWork, person: Person, body: Body, at: datetime
) -> tuple[bool, int | None]:
    """Whether the person acts as head of the body now, and for whom a delegate does."""
    head = head_of(await people.of_committee(work.tx, person.committee), body)
    if head is not None and head.id == person.id:
        return True, None
    for given in await delegations.active(work.tx, person.committee, body.id, at):
        if given.to == person.id and head is not None and given.of == head.id:
            return True, given.of
    return False, None


async def office(work: UnitOfWork, meeting: Meeting) -> list[Person]:
    """Clerks, head and delegates in force: those who see the dashboard."""
    everybody = await people.of_committee(work.tx, meeting.committee)
    standing_in = {
        given.to
        for given in await delegations.active(work.tx, meeting.committee, meeting.body.id, work.now)
    }
    among = access.office_among(everybody, meeting.body)
    return among + [p for p in everybody if p.id in standing_in and p not in among]


async def chairs(work: UnitOfWork, meeting: Meeting) -> list[Person]:
    """The head and the delegates in force: those who may act as head now."""
    everybody = await people.of_committee(work.tx, meeting.committee)
    head = head_of(everybody, meeting.body)
    if head is None:
        return []
    given = await delegations.active(work.tx, meeting.committee, meeting.body.id, work.now)
    acting = {head.id, *(each.to for each in given if each.of == head.id)}
    return [each for each in everybody if each.id in acting]


@dataclass(frozen=True, slots=True)
class By:
    """Who acted, and for whom a delegate did; names for people to read."""

    name: str
    acting_for: str = ""


async def named(work: UnitOfWork, of: Access) -> By:
    """The person before a meeting as the author of an act."""
    return await author(work, of.person.id, of.acting_for)


async def author(work: UnitOfWork, by: int, acting_for: int | None) -> By:
    """The author of an act, by the ids with which it is kept."""
    found = await people.persons(work.tx, [by, *([acting_for] if acting_for else [])])
    one, other = found.get(by), found.get(acting_for or 0)
    return By(one.name if one else "", other.name if other else "")
