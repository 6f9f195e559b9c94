"""Who stands before a meeting, and what that person is to it now: looked up in the transaction that writes."""

from __future__ import annotations

from dataclasses import dataclass

from bot.db import people
from bot.kit import access
from bot.kit.access import By
from bot.kit.unit import UnitOfWork
from bot.meetings import store as meetings
from bot.meetings.live import about
from bot.meetings.rules.calling import only_head
from bot.meetings.rules.meeting import Invitee, Meeting
from bot.people.rules.acting import Standing
from bot.people.rules.people import Person
from bot.values.refusal import NO_RIGHT, Refused, refuse


@dataclass(frozen=True, slots=True)
class Access(access.Access):
    """A person before a meeting."""

    meeting: Meeting
    invitee: Invitee | None

    @property
    def reference(self) -> str:
        """How the register names the meeting."""
        return about(self.meeting.id)

    @property
    def clerk(self) -> bool:
        """A clerk, or before it is called also the member who prepares it (QN 5.2)."""
        prepares = self.meeting.prepared_by == self.person.id and self.meeting.called_at is None
        return self.person.is_clerk or prepares

    @property
    def standing(self) -> Standing:
        """What the person is to the meeting, as rights are judged."""
        return Standing(self.person.id, clerk=self.clerk, head=self.head)

    @property
    def office(self) -> bool:
        """Clerk or head: those who see the dashboard."""
        return self.clerk or self.head

    @property
    def member(self) -> bool:
        """On the roll of this meeting."""
        return self.invitee is not None and not self.invitee.guest


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
    acting = await access.acting(work, person, meeting.body)
    found = Access(person, meeting, meeting.invitee(person.id), acting=acting)
    if not found.office and not found.invitee:
        raise Refused(NO_RIGHT)
    return found


async def approving(work: UnitOfWork, account: int, meeting_id: int) -> Access:
    """Who is asked for approval; to anybody else of the committee only whose right it is (I10)."""
    try:
        return await find(work, account, meeting_id)
    except Refused:
        meeting = await meetings.get(work.tx, meeting_id)
        if meeting is None or not await access.in_committee(work, account, meeting.committee):
            raise
        raise Refused(only_head(meeting)) from None


async def office(work: UnitOfWork, meeting: Meeting) -> list[Person]:
    """Clerks, head and who stands in: those who see the dashboard."""
    return (await access.staff(work, meeting.committee)).office(meeting.body)


async def chairs(work: UnitOfWork, meeting: Meeting) -> list[Person]:
    """The head and who stands in: those who may act as head now."""
    return (await access.staff(work, meeting.committee)).heads(meeting.body)


async def author(work: UnitOfWork, by: int, acting_for: int | None) -> By:
    """The author of an act, by the ids with which it is kept; also one who has left since."""
    found = await people.names(work.tx, [by, *([acting_for] if acting_for else [])])
    return By(found.get(by, ""), found.get(acting_for or 0, ""))
