"""The calendar of the years ahead: its days are entered in time, and compared with the announcement by the clerk.

The days off of a coming year can only be computed until they are announced; a deadline that rests on them
says so, and the clerk is asked in autumn and once more before the year begins (provisions 5.15).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from bot.calendar import cards
from bot.calendar import store as calendar
from bot.calendar.face import changed
from bot.calendar.holidays_vn import YEARS_AHEAD, whole_years
from bot.db import dues, people
from bot.db.dues import DueMoment
from bot.db.fact import fact
from bot.kit.act import Verb, act
from bot.kit.ask import Given, Words
from bot.kit.due import Quiet, arranged, due
from bot.kit.notify import notify, number_of, reference
from bot.kit.screen import Screen
from bot.kit.unit import Line, UnitOfWork
from bot.kit.waiting import Waiting, waits
from bot.people.face import Office, clerk_of
from bot.people.rules.people import Person
from bot.values.action import action
from bot.values.limits import SHORT_REASON_LIMIT
from bot.values.moments import VIET_NAM, begins, in_viet_nam
from bot.values.quiet_hours import MORNING
from bot.values.refusal import Refusal

AHEAD = "calendar_ahead"
ASKED_ON = ((10, 1), (12, 15))
"""The days of a year, as month and day, on which the clerk is asked to compare the coming year."""


# --- the years that are entered --------------------------------------------------------------


@arranged(0)
async def keep_ahead(work: UnitOfWork, committee: int) -> None:
    """Enter the years that are missing ahead, and let the next look fall due; safe to repeat."""
    known = await calendar.years(work.tx, committee)
    this_year = in_viet_nam(work.now).year
    for year in range(this_year, this_year + YEARS_AHEAD + 1):
        if year not in known:
            days, compared = whole_years(range(year, year + 1))
            line = Line(committee, None, "calendar_made", "calendar", {"year": year})
            await work.write(fact(calendar.enter_years)(committee, days, compared), line)
    work.context.moments.wake()
    at, about = _next_look(work.now), reference("committee", committee)
    await dues.put(work.tx, f"{AHEAD}:{committee}", AHEAD, at, about=about, rearm=True)


def _next_look(now: datetime) -> datetime:
    """The next first of January, or day of asking, in the morning."""
    year = in_viet_nam(now).year
    days = [(1, 1), *ASKED_ON]
    moments = [
        datetime.combine(date(each, month, day), MORNING, VIET_NAM)
        for each in (year, year + 1)
        for month, day in days
    ]
    return next(moment for moment in moments if moment > now)


async def _committee(_work: UnitOfWork, moment: DueMoment) -> int:
    return number_of(moment.about)


@due(AHEAD, on=_committee, quiet=Quiet.WAIT)
async def _look_ahead(work: UnitOfWork, committee: int, _moment: DueMoment) -> None:
    await keep_ahead(work, committee)
    clerks = [p for p in await people.of_committee(work.tx, committee) if p.is_clerk]
    name = (await people.committee(work.tx, committee)).name
    for year in await _to_compare(work, committee):
        card = cards.asks_to_compare(work.say, committee, name, year)
        key = f"calendar_ask:{committee}:{year}:{in_viet_nam(work.now):%m%d}"
        await notify(work, clerks, card, key)


async def _to_compare(work: UnitOfWork, committee: int) -> list[int]:
    """This year, and from the first day of asking on the coming one, while only computed."""
    today = in_viet_nam(work.now)
    coming = (today.month, today.day) >= ASKED_ON[0]
    known = await calendar.years(work.tx, committee)
    years = (today.year, today.year + 1) if coming else (today.year,)
    return [year for year in years if year in known and known[year] is None]


@waits(9)
async def _waiting(work: UnitOfWork, person: Person, committee: str) -> list[Waiting]:
    """The years whose calendar a clerk still has to compare."""
    if not person.is_clerk:
        return []
    return [
        Waiting(
            "calendar",
            str(year),
            begins(date(year, 1, 1)),
            committee,
            action("calendar", person.committee, year),
        )
        for year in await _to_compare(work, person.committee)
    ]


# --- compared with the announcement ----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Before:
    """A clerk before the years of the calendar, each with what it was compared with."""

    office: Office
    years: Mapping[int, str | None]


async def _clerk(work: UnitOfWork, account: int, committee: int) -> Before:
    office = await clerk_of(work, account, committee)
    return Before(office, await calendar.years(work.tx, committee))


def refuse_year(before: Before, year: str, _at: datetime) -> Refusal | None:
    """A year that was not entered, or was compared already."""
    if not year.isdecimal() or int(year) not in before.years:
        return Refusal("calendar_no_year", values={"year": year})
    source = before.years[int(year)]
    return Refusal("calendar_compared", values={"year": year, "source": source}) if source else None


async def _ask_source(
    work: UnitOfWork, before: Before, args: tuple[str, ...], _page: int
) -> Screen:
    return Screen(cards.asks_source(work.say, before.office, int(args[1])))


@act(
    "calendar_compare",
    find=_clerk,
    needs=(Given(refuse_year), Words(_ask_source, SHORT_REASON_LIMIT, line=True)),
    verb=Verb("confirm_calendar", "committee", ("year", "source")),
)
async def compare(
    work: UnitOfWork, before: Before, _at: datetime, year: str, source: str
) -> Screen:
    """The clerk has compared a year with the announcement: its days count as announced from then on."""
    clerk, committee = before.office.actor, before.office.committee.id
    kept = calendar.compare_year(committee, int(year), source, by=clerk.id, at=work.now)
    detail = {"year": int(year), "source": source}
    await work.write(kept, Line(committee, clerk, "calendar_compared", "calendar", detail))
    await changed.happened(work, committee)
    return Screen(cards.compared(work.say, before.office, int(year), source))
