"""Who stands before the rhythms of a committee: clerks before all, a head before those of the own body."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.calendar import face as calendar
from bot.db import people, rulebooks
from bot.kit import access
from bot.kit.unit import UnitOfWork
from bot.meetings import store as meetings
from bot.meetings.rhythm import store
from bot.meetings.rules.closing import sat
from bot.meetings.rules.meeting import Meeting, MeetingKind
from bot.meetings.rules.rhythm import Cadence, is_of, over_time
from bot.people.rules.acting import Staff
from bot.people.rules.people import Person, members_of
from bot.regulations.rules.regulation import Regulation
from bot.values.moments import begins, in_viet_nam
from bot.values.refusal import NO_RIGHT, Refused, refuse
from bot.values.working_days import WorkingCalendar

FARTHEST_BACK = timedelta(days=400)
"""A meeting is entered by hand at most so long after its day; a day longer ago is taken for a typo."""


@dataclass(frozen=True, slots=True)
class Watch:
    """What is needed to watch over a committee's rhythms: those of bodies in which somebody sits."""

    committee: int
    regulation: Regulation
    cadences: tuple[Cadence, ...]
    staff: Staff
    calendar: WorkingCalendar
    founded: date

    @property
    def everybody(self) -> Sequence[Person]:
        """Everybody of the committee."""
        return self.staff.everybody

    def going_by(self, cadence: Cadence, day: date) -> Cadence:
        """The same rhythm as it held for the period of a day: another rule book may have stood at its beginning."""
        alike = (each for each in self.cadences if each.code == cadence.code)
        return next((each for each in alike if each.holds(each.period(day))), cadence)

    def minds(self, person: Person, cadence: Cadence) -> bool:
        """Clerks mind every rhythm, a head and who stands in those of the own body."""
        return self.staff.standing(person, cadence.body).office


async def watch(work: UnitOfWork, committee: int) -> Watch:
    """The rhythms of a committee as they are now."""
    rulebook = (await people.committee(work.tx, committee)).rulebook
    books = await rulebooks.over_time(work.tx, committee, rulebook)
    staff = await access.staff(work, committee)
    founded = in_viet_nam(await store.founded_at(work.tx, committee)).date()
    found = over_time([(book.since, book.regulation) for book in books])
    watched = [c for c in found if members_of(staff.everybody, c.body.id)]
    return Watch(
        committee,
        books[-1].regulation,
        tuple([await _anchored(work, committee, cadence, founded) for cadence in watched]),
        staff,
        await calendar.working_calendar(work.tx, committee),
        founded,
    )


async def _anchored(work: UnitOfWork, committee: int, cadence: Cadence, founded: date) -> Cadence:
    """Where months run from the last meeting: the cadence with the day of the last one that sat."""
    if not cadence.runs_from_last:
        return cadence
    start = begins(founded) - FARTHEST_BACK
    for met in reversed(await store.met(work.tx, committee, start, work.now)):
        mine = met.body == cadence.body.id and is_of(cadence, met.kind)
        if mine and sat(await meetings.there(work.tx, met.id)):
            return replace(cadence, last=in_viet_nam(met.starts_at).date())
    return replace(cadence, last=founded)


@dataclass(frozen=True, slots=True)
class Watcher:
    """Clerk or head before the rhythms of a committee."""

    person: Person
    over: Watch

    def minds(self, cadence: Cadence) -> bool:
        """Whether this rhythm is one of the person's: a clerk's are all."""
        return self.over.minds(self.person, cadence)

    def of(self, meeting: Meeting) -> Cadence:
        """The rhythm that a meeting entered by hand counts for; refused to whom it is none of."""
        own = meeting.kind is not MeetingKind.WORKING_SESSION
        for cadence in self.over.cadences:
            named = cadence.body.id if own else cadence.session
            counts_for = named == (meeting.body.id if own else meeting.session)
            if counts_for and cadence.kind is meeting.kind and self.minds(cadence):
                return cadence
        raise Refused(NO_RIGHT)


async def watcher_of(work: UnitOfWork, account: int, committee: int) -> Watcher:
    """Clerk or head before the rhythms of a committee; nobody else learns anything."""
    person = await access.in_committee(work, account, committee)
    if person is None:
        raise Refused(NO_RIGHT)
    found = Watcher(person, await watch(work, committee))
    if not person.is_clerk and not any(found.minds(each) for each in found.over.cadences):
        raise Refused(NO_RIGHT)
    return found


async def entered(work: UnitOfWork, account: int, meeting_id: int) -> tuple[Watcher, Meeting]:
    """Clerk or head before a meeting that was entered by hand."""
    meeting = await meetings.get(work.tx, meeting_id)
    if meeting is None or not meeting.by_hand:
        refuse("rhythm_gone")
    found = await watcher_of(work, account, meeting.committee)
    found.of(meeting)
    return found, meeting
