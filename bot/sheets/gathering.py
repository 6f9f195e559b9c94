"""What a committee did in a year, gathered from the subjects for one reader. Nothing is counted or said here."""

from __future__ import annotations

from datetime import date

from bot.consultations import overview as consultations
from bot.consultations.face import Seen
from bot.db import people
from bot.kit.unit import UnitOfWork
from bot.meetings import face as meetings
from bot.people.rules.people import Person
from bot.reports import overview as reports
from bot.sheets.access import Access
from bot.sheets.rules.year import (
    MatterOfYear,
    RhythmOfYear,
    Year,
    attendance,
    days_taken,
    duties_by_month,
    period_met,
)
from bot.values.moments import in_viet_nam


async def year_of(work: UnitOfWork, before: Access, number: int) -> Year:
    """The year as it stands now: for a clerk whole, for a head the duties, and the rest of the own bodies."""
    seen = await consultations.seen_by(work, before.person)
    return await _year(work, before.name, seen, before.person, number)


async def whole_year(work: UnitOfWork, committee: int, number: int) -> Year:
    """The year of a committee as it stands now, for nobody in particular."""
    name = (await people.committee(work.tx, committee)).name
    return await _year(work, name, consultations.seen_in_all(committee), None, number)


async def _year(
    work: UnitOfWork, name: str, seen: Seen, person: Person | None, number: int
) -> Year:
    held = await meetings.attended_in_year(work, seen.committee, person, number)
    today = in_viet_nam(work.now).date()
    owed = await reports.of_year(work, seen.committee, number)
    return Year(
        number,
        name,
        today,
        duties_by_month(owed, number),
        await _rhythms(work, seen.committee, person, number, today),
        await _matters(work, seen, number),
        len(held),
        attendance(held),
    )


async def _rhythms(
    work: UnitOfWork, committee: int, person: Person | None, number: int, today: date
) -> tuple[RhythmOfYear, ...]:
    found = await meetings.rhythms_of_year(work, committee, person, number)
    return tuple(
        RhythmOfYear(
            lacks[-1].cadence,
            tuple(period_met(lack, found.founded, found.calendar, today) for lack in lacks),
        )
        for lacks in found.lacks
    )


async def _matters(work: UnitOfWork, seen: Seen, number: int) -> tuple[MatterOfYear, ...]:
    listed = await consultations.of_year(work, seen, number)
    return tuple(
        [
            MatterOfYear(
                each.number,
                each.subject,
                await consultations.stage_of(work, each),
                is_closed=each.closed_at is not None,
                days=days_taken(each.opened_at, each.closed_at or work.now),
            )
            for each in listed
        ]
    )
