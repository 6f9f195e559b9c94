"""How the rhythms of a committee stand over a year, and the meetings of that year in which attendance was noted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from bot.kit.unit import UnitOfWork
from bot.meetings import store as meetings
from bot.meetings.rhythm import store
from bot.meetings.rhythm.access import Watch, watch
from bot.meetings.rules.closing import counts_on
from bot.meetings.rules.meeting import Meeting, MeetingStage
from bot.meetings.rules.rhythm import Lack, Met, ending_in, standing
from bot.people.rules.people import Person
from bot.values.moments import VIET_NAM, begins, in_viet_nam
from bot.values.working_days import WorkingCalendar


@dataclass(frozen=True, slots=True)
class RhythmsOfYear:
    """What every period that ends in a year had or has, rhythm by rhythm.

    `founded` and `calendar` tell in which of them the committee could have met.
    """

    founded: date
    calendar: WorkingCalendar
    lacks: tuple[tuple[Lack, ...], ...]


async def rhythms_of_year(
    work: UnitOfWork, committee: int, person: Person | None, year: int
) -> RhythmsOfYear:
    """Those that the person minds: clerks all, a head those of the own body; one without a period is left out.

    For nobody in particular they are all that the committee has.

    One that an amended rule book says otherwise is one, each period as the rule book of its first day has it.
    """
    over = await watch(work, committee)
    met = await _counting(work, over, year)
    today = in_viet_nam(work.now).date()
    rows: dict[str, list[Lack]] = {}
    for cadence in over.cadences:
        if person is None or over.minds(person, cadence):
            lacks = [standing(cadence, period, met, today) for period in ending_in(cadence, year)]
            rows.setdefault(cadence.code, []).extend(lacks)
    in_order = (tuple(sorted(each, key=lambda lack: lack.period.first)) for each in rows.values())
    return RhythmsOfYear(over.founded, over.calendar, tuple(each for each in in_order if each))


async def _counting(work: UnitOfWork, over: Watch, year: int) -> list[Met]:
    """The meetings that stand for a period ending in the year: those that sat, or are still ahead."""
    periods = [period for cadence in over.cadences for period in ending_in(cadence, year)]
    if not periods:
        return []
    first, last = min(each.first for each in periods), max(each.last for each in periods)
    today = in_viet_nam(work.now).date()
    found = []
    for met in await _met(work, over.committee, first, last):
        if counts_on(await meetings.there(work.tx, met.id), today):
            found.append(met)
    return found


async def attended_in_year(
    work: UnitOfWork, committee: int, person: Person | None, year: int
) -> list[Meeting]:
    """The meetings of a year that were opened, of bodies whose office the person is; none entered by hand.

    For nobody in particular they are those of every body.
    """
    over = await watch(work, committee)
    bodies = over.regulation.bodies
    mine = {e.id for e in bodies if person and over.staff.standing(person, e).office}
    found = []
    for met in await _met(work, over.committee, date(year, 1, 1), date(year, 12, 31)):
        meeting = await meetings.there(work.tx, met.id)
        opened = meeting.stage in (MeetingStage.OPEN, MeetingStage.CLOSED)
        if (person is None or met.body in mine) and opened and not meeting.by_hand:
            found.append(meeting)
    return found


async def _met(work: UnitOfWork, committee: int, first: date, last: date) -> list[Met]:
    """The meetings called or entered that start from the first day to the last, in Viet Nam."""
    start = begins(first)
    end = datetime(last.year, last.month, last.day, 23, 59, 59, 999_999, tzinfo=VIET_NAM)
    return await store.met(work.tx, committee, start, end)
