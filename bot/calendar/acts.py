"""The working calendar as its clerk edits it: days off, working Saturdays. Frozen deadlines are never touched."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import MAXYEAR, date
from typing import Any, Literal

from bot.calendar import cards
from bot.calendar import store as calendar
from bot.calendar.face import changed
from bot.db import drafts
from bot.db.notice import Card
from bot.kit.act import press, words
from bot.kit.screen import Screen
from bot.kit.taps import MalformedPressError, Sent, Tap
from bot.kit.unit import Context, Line, UnitOfWork
from bot.kit.waiting import for_clerks, home_row
from bot.people.face import Office, clerk_of, office_of
from bot.values.moments import VIET_NAM
from bot.values.refusal import Refusal, refuse, require
from bot.values.typed_days import DayFault, TypedDays, parse_days
from bot.values.working_days import SATURDAY, CalendarDay, working_calendar

Kind = Literal["off", "working"]
KINDS: dict[str, Kind] = {"off": "off", "working": "working"}

YEARS_BACK, YEARS_AHEAD = 1, 5
"""Years around now in which a day may be entered."""
MOST_DAYS = 31
"""Days entered by one message."""


home_row(80, "calendar")(for_clerks)


def _year(tap: Tap, place: int) -> int:
    year = tap.number(place)
    if not 1 < year < MAXYEAR:
        raise MalformedPressError
    return year


def _day(tap: Tap) -> date:
    try:
        return date.fromisoformat(tap.word(1))
    except ValueError as error:
        raise MalformedPressError from error


@press("calendar")
async def page(context: Context, tap: Tap) -> Screen:
    """One page of one year's days, for clerks and heads; without a year, the current one."""
    year = _year(tap, 1) if len(tap.args) > 1 else None
    number = tap.page(2)
    async with context.look() as work:
        office = await office_of(work, tap.account, tap.number(0))
        return Screen(await _listed(work, office, year or _this_year(work), number))


@press("calendar_day")
async def one_day(context: Context, tap: Tap) -> Screen:
    """One day of the table: what it is and who announced it."""
    async with context.look() as work:
        office = await office_of(work, tap.account, tap.number(0))
        row = await _row(work, office.committee.id, _day(tap))
        return Screen(cards.one_day(context.say, office, row))


@press("calendar_add")
async def ask_days(context: Context, tap: Tap) -> Screen:
    """Asks for days off, or for Saturdays that are worked."""
    year = _year(tap, 2)
    if tap.word(1) not in KINDS:
        raise MalformedPressError
    kind = KINDS[tap.word(1)]
    async with context.work() as work:
        office = await clerk_of(work, tap.account, tap.number(0))
        ref = {"committee": office.committee.id, "kind": kind, "year": year}
        await drafts.await_words(work.tx, tap.account, "calendar_add", ref, work.now)
    return Screen(cards.asks_days(context.say, office, kind, year))


@words("calendar_add")
async def add(context: Context, sent: Sent, ref: Mapping[str, Any]) -> Screen:
    """Enter the days typed; from then on matters that open count with them."""
    kind = KINDS[ref["kind"]]
    async with context.work() as work:
        office = await clerk_of(work, sent.account, ref["committee"])
        typed = parse_days(sent.text, ref["year"])
        if isinstance(typed, DayFault):
            refuse(f"day_{typed.kind}", part=typed.part, weekdays=typed.weekdays)
        require(_refuse(work, typed, kind))
        await _entered(work, office, typed, kind)
        await changed.happened(work, office.committee.id)
        await drafts.answered(work.tx, sent.account)
        return Screen(await _listed(work, office, typed.first.year, 0, added=typed))


@press("calendar_remove")
async def remove(context: Context, tap: Tap) -> Screen:
    """Take a day out of the table; from then on it counts as any other day of its week."""
    day = _day(tap)
    async with context.work() as work:
        office = await clerk_of(work, tap.account, tap.number(0))
        committee = office.committee.id
        row, rows = await _row(work, committee, day), await calendar.days(work.tx, committee)
        detail = {
            "day": day.isoformat(),
            "kind": row.kind,
            "name": row.name,
            "before": working_calendar(rows).version,
            "after": working_calendar([each for each in rows if each.day != day]).version,
        }
        line = Line(committee, office.actor, "calendar_removed", "calendar", detail)
        await work.write(calendar.remove_day(committee, day), line)
        await changed.happened(work, committee)
        card = await _listed(work, office, day.year, 0, removed=row)
    return Screen(card, toast=context.say.label("calendar_toast.removed"))


async def _entered(work: UnitOfWork, office: Office, typed: TypedDays, kind: Kind) -> None:
    committee = office.committee.id
    before = await calendar.days(work.tx, committee)
    name = typed.name or work.say.label(f"calendar_kind.{kind}")
    source = work.say.label(
        "calendar_source.clerk", name=office.actor.name, day=work.say.day(work.now)
    )
    rows = [CalendarDay(day, kind, name, source, announced=True) for day in typed.days]
    after = [*(row for row in before if row.day not in typed.days), *rows]
    detail = {
        "days": [day.isoformat() for day in typed.days],
        "kind": kind,
        "name": name,
        "before": working_calendar(before).version,
        "after": working_calendar(after).version,
    }
    line = Line(committee, office.actor, "calendar_added", "calendar", detail)
    await work.write(calendar.put_days(committee, rows), line)


def _refuse(work: UnitOfWork, typed: TypedDays, kind: Kind) -> Refusal | None:
    """Not outside the table's years, not too many at once; a day declared worked must else be free."""
    first, last = _this_year(work) - YEARS_BACK, _this_year(work) + YEARS_AHEAD
    for day in (typed.first, typed.last):
        if not first <= day.year <= last:
            return Refusal("day_out_of_range", values={"day": day, "first": first, "last": last})
    if (typed.last - typed.first).days >= MOST_DAYS:
        return Refusal("days_too_many", values={"limit": MOST_DAYS})
    if kind == "working":
        works = next((day for day in typed.days if day.weekday() < SATURDAY), None)
        if works is not None:
            return Refusal("day_works_anyway", values={"day": works})
    return None


def _this_year(work: UnitOfWork) -> int:
    return work.now.astimezone(VIET_NAM).year


async def _row(work: UnitOfWork, committee: int, day: date) -> CalendarDay:
    """That day of the table; refused when it is not in it."""
    row = next((row for row in await calendar.days(work.tx, committee) if row.day == day), None)
    if row is None:
        refuse("day_not_listed")
    return row


async def _listed(
    work: UnitOfWork,
    office: Office,
    year: int,
    number: int,
    *,
    added: TypedDays | None = None,
    removed: CalendarDay | None = None,
) -> Card:
    rows = await calendar.days(work.tx, office.committee.id)
    known = await calendar.years(work.tx, office.committee.id)
    entered = {row.day.year for row in rows} | {_this_year(work), year}
    years = {each: known.get(each, "") for each in sorted(entered | set(known))}
    return cards.listed(
        work.say,
        office,
        [row for row in rows if row.day.year == year],
        year,
        years,
        number,
        working=working_calendar(rows),
        added=added,
        removed=removed,
    )
