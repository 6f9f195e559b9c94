"""The morning round: who is reminded, what is overdue. It arranges its own next morning and may run twice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from bot.calendar import acts as calendar_acts
from bot.db import dues, rulebooks
from bot.db.dues import DueMoment
from bot.kit.due import Quiet, arranged, due
from bot.kit.notify import number_of
from bot.kit.unit import UnitOfWork
from bot.people import staffing
from bot.reports import notify
from bot.reports import store as reports
from bot.reports.duties import generate
from bot.reports.duties.generate import Ledger, today
from bot.reports.rules.report import (
    Report,
    ReportAct,
    ReportActKind,
    Standing,
    next_morning,
    overdue_morning,
    reminders,
    standing,
)
from bot.values.moments import VIET_NAM, in_viet_nam
from bot.values.quiet_hours import MORNING, QUIET_FROM
from bot.values.working_days import ONE_DAY

ROUND = "report_round"
USUAL_DAYS = (7, 3, 1, 0)
"""Days before, for what was asked for by hand."""


def _key(committee: int) -> str:
    return f"reports:{committee}"


@calendar_acts.changed.follow
@staffing.changed.follow
@arranged(1)
async def again(work: UnitOfWork, committee: int) -> None:
    """The bot starts, a committee is founded, or its people, calendar or due days have changed: what is open follows.

    What is newly owed is made, and the next morning arranged.
    """
    book = await generate.ledger(work, committee)
    open_ = await generate.excuse_departed(work, book, await reports.open_of(work.tx, committee))
    await generate.move(work, book, open_)
    await generate.make(work, book)
    await arrange(work, book)


async def arrange(work: UnitOfWork, book: Ledger) -> None:
    """Put the next morning where the facts now say."""
    open_ = await reports.open_of(work.tx, book.committee.id)
    await _arrange(work, book, open_, await _through(work, book))


async def _through(work: UnitOfWork, book: Ledger) -> date:
    """The last morning done; a committee that has none yet begins with the next one to come."""
    known = await reports.through(work.tx, book.committee.id)
    if known is not None:
        return known
    now = in_viet_nam(work.now)
    begun = now.date() if now.time() > MORNING else now.date() - ONE_DAY
    await reports.set_through(work.tx, book.committee.id, begun)
    return begun


async def _arrange(work: UnitOfWork, book: Ledger, open_: Sequence[Report], through: date) -> None:
    days = await _days(work, book, open_)
    mornings = [
        morning
        for report in open_
        if (morning := next_morning(report, days[report.id], book.calendar, through))
    ]
    at = _morning(min([*mornings, _next_making(book, through)]))
    await _put(work, book, max(at, work.now))


async def _put(work: UnitOfWork, book: Ledger, at: datetime) -> None:
    work.context.moments.wake()
    committee = book.committee.id
    about = f"committee:{committee}"
    await dues.put(work.tx, _key(committee), ROUND, at, about=about, rearm=True)


def _next_making(book: Ledger, through: date) -> date:
    """The first working morning of the next month: what begins then must be owed by then."""
    after = date(through.year + through.month // 12, through.month % 12 + 1, 1)
    return book.calendar.next_working_day(after - ONE_DAY)


def _morning(day: date) -> datetime:
    return datetime.combine(day, MORNING, VIET_NAM)


async def _days(
    work: UnitOfWork, book: Ledger, open_: Sequence[Report]
) -> dict[int, tuple[int, ...]]:
    """How many days before its due day each is brought to mind, by the rule book it was made under."""
    known: dict[tuple[str, str], tuple[int, ...]] = {}
    for report in open_:
        place = (report.rulebook, report.duty)
        if place not in known:
            known[place] = await _days_of(work, book, report)
    return {report.id: known[report.rulebook, report.duty] for report in open_}


async def _days_of(work: UnitOfWork, book: Ledger, report: Report) -> tuple[int, ...]:
    own = book.settings.remind_days.get(report.duty)
    if own is not None:
        return own
    then = await rulebooks.regulation(work.tx, report.rulebook)
    return next((each.remind_days for each in then.duties if each.id == report.duty), USUAL_DAYS)


# --- the round ---------------------------------------------------------------------------------


async def _of(work: UnitOfWork, moment: DueMoment) -> Ledger:
    return await generate.ledger(work, number_of(moment.about))


def _awake(book: Ledger, now: datetime) -> datetime:
    """Now, on a working day between eight and the evening; else the next such morning."""
    here = in_viet_nam(now)
    if book.calendar.is_working(here.date()) and here.time() < QUIET_FROM:
        return max(_morning(here.date()), now)
    return _morning(book.calendar.next_working_day(here.date()))


@due(ROUND, on=_of, quiet=Quiet.WAIT, awake=_awake)
async def _round(work: UnitOfWork, book: Ledger, _moment: DueMoment) -> None:
    """All that belongs to the mornings since the last round. After an outage nobody is reminded of a day past."""
    through = await _through(work, book)
    if through.month != today(work).month:
        await generate.make(work, book)
    open_ = await reports.open_of(work.tx, book.committee.id)
    days = await _days(work, book, open_)
    reminded, overdue = [], []
    for report in open_:
        if standing(report, work.now) is Standing.MISSING:
            if through < overdue_morning(report, book.calendar) <= today(work):
                overdue.append(report)
        elif _falls(reminders(report, days[report.id], book.calendar), through, today(work)):
            reminded.append(report)
    await _noted(work, reminded, overdue)
    await notify.morning(work, book, reminded, overdue)
    await reports.set_through(work.tx, book.committee.id, max(through, today(work)))
    await _arrange(work, book, open_, max(through, today(work)))


def _falls(mornings: Sequence[date], through: date, until: date) -> bool:
    return any(through < each <= until for each in mornings)


async def _noted(work: UnitOfWork, reminded: Sequence[Report], overdue: Sequence[Report]) -> None:
    """That each was brought to mind or listed this morning; it shows later who was told what."""
    kinds = ((ReportActKind.REMIND, reminded), (ReportActKind.LIST, overdue))
    acts = [
        (report.id, ReportAct(kind, work.now, day=today(work)))
        for kind, several in kinds
        for report in several
    ]
    await reports.add_acts(work.tx, acts)
