"""The figures of a period for a body's own report upward: counted from the papers, each explained."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from bot.db.notice import Button, Card
from bot.kit.act import press
from bot.kit.screen import Screen
from bot.kit.taps import Tap
from bot.kit.unit import Context, UnitOfWork
from bot.meetings import face as meetings
from bot.meetings.rules.closing import sat
from bot.people.rules.people import members_of
from bot.regulations.rules.duties import DueKind
from bot.regulations.rules.periods import BY_SHAPE, CalendarPeriod
from bot.regulations.rules.regulation import Body
from bot.rendering import Rendering
from bot.reports import store as reports
from bot.reports.access import Access, before
from bot.reports.figures import store as figures
from bot.reports.figures.consulted import Consulted, consulted
from bot.reports.figures.store import Met, Span, Voted
from bot.reports.generate import Ledger
from bot.reports.lines import period_name
from bot.reports.rules.due_days import period_of
from bot.reports.rules.owing import PERSON
from bot.reports.rules.report import Report, cells, tally
from bot.reports.screens import to_report
from bot.values.action import action
from bot.values.moments import begins, in_viet_nam
from bot.values.refusal import NO_RIGHT, Refusal, require
from bot.values.working_days import ONE_DAY


@dataclass(frozen=True, slots=True)
class OfBody:
    """What one body did in the period."""

    body: Body
    members: int
    """Who sits in it now."""
    consulted: Consulted
    met: tuple[Met, ...]
    voted: Voted
    concluded: Mapping[str, int]
    """Items by the conclusion reached on them."""
    noticed: int

    @property
    def is_told(self) -> bool:
        """Whether somebody sits in it, or it did something while somebody did: a term ends before its last report."""
        asked = self.consulted
        did = (asked.opened, asked.closed, asked.running, self.met, self.voted.outcomes)
        return bool(self.members or any(did) or self.concluded or self.noticed)


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a period, of every body, and of the reports that came in."""

    report: Report
    first: date
    last: date
    until: datetime
    ended: bool
    """The period is over; else it is counted until now."""
    bodies: tuple[OfBody, ...]
    received: dict[str, int]


def may_see(found: Access) -> Refusal | None:
    """Whoever answers for a report of a body or of the office; what a member owes needs no such figures."""
    own = found.report.debtor.startswith(f"{PERSON}:")
    return NO_RIGHT if own or not (found.rights.owes or found.rights.office) else None


async def find(work: UnitOfWork, account: int, report_id: int) -> Access:
    """Somebody before a report whose figures that person may see; others learn nothing."""
    found = await before(work, account, report_id)
    require(may_see(found))
    return found


@press("rstats")
async def show(context: Context, tap: Tap) -> Screen:
    """A text to start from, as a message of its own."""
    async with context.look() as work:
        before_it = await find(work, tap.account, tap.number(0))
        counted = await counted_for(work, before_it.book, before_it.report)
    return Screen(figures_card(context.say, counted), as_new_message=True)


async def counted_for(work: UnitOfWork, book: Ledger, report: Report) -> Figures:
    """The figures of a report's period, those of the body that owes it first."""
    first, last = _days(work, book, report)
    since = begins(first)
    end = begins(last + ONE_DAY)
    until = min(end, work.now)
    every = [await _of_body(work, book, body, since, until) for body in _own_first(book, report)]
    bodies = tuple(each for each in every if each.is_told)
    received = await _received(work, book, first, last)
    return Figures(report, first, last, until, end <= work.now, bodies, received)


def _days(work: UnitOfWork, book: Ledger, report: Report) -> tuple[date, date]:
    """The days of the period; of a programme, the period before it; on an occasion, this year so far."""
    duty = book.duty(report.duty)
    period = period_of(duty, report.period) if duty else None
    if duty is None or period is None:
        today = in_viet_nam(work.now).date()
        return date(today.year, 1, 1), today
    if duty.due.kind is DueKind.BEFORE_PERIOD:
        period = _one_before(period)
    return period.first, period.last


def _one_before(period: CalendarPeriod) -> CalendarPeriod:
    step = BY_SHAPE.get(period.shape)
    return step(period.first - ONE_DAY) if step else period


def _own_first(book: Ledger, report: Report) -> list[Body]:
    """The body that owes it, then the others of the committee, last those that only an earlier rule book has."""
    ref = report.debtor.partition(":")[2]
    every = dict[str, Body]()
    for regulation in (book.regulation, *(one.regulation for one in reversed(book.books))):
        for body in regulation.bodies:
            every.setdefault(body.id, body)
    return sorted(every.values(), key=lambda body: body.id != ref)


async def _of_body(
    work: UnitOfWork, book: Ledger, body: Body, since: datetime, until: datetime
) -> OfBody:
    span = Span(book.committee.id, (body.id,), since, until)
    return OfBody(
        body,
        len(members_of(book.everybody, body.id)),
        await consulted(work, span),
        tuple(await _sat(work, span)),
        await figures.voted(work.tx, span),
        await figures.concluded(work.tx, span),
        await figures.noticed(work.tx, span),
    )


async def _sat(work: UnitOfWork, span: Span) -> list[Met]:
    """The meetings that were one: with quorum at some moment, or entered by hand."""
    ended = await figures.met(work.tx, span)
    return [one for one in ended if sat(await meetings.there(work.tx, one.id))]


async def _received(work: UnitOfWork, book: Ledger, first: date, last: date) -> dict[str, int]:
    """Reports of members and units that were due in the period, by how they stand."""
    every = await reports.of_committee(work.tx, book.committee.id)
    due = [
        each
        for each in every
        if first <= each.last_day <= last and each.debtor.startswith(f"{PERSON}:")
    ]
    counted = tally(cells(due, book.calendar, work.now))
    return {standing.value: count for standing, count in counted.items() if count}


def figures_card(say: Rendering, counted: Figures) -> Card:
    """The text, with what each number is counted from."""
    text = say.text(
        "report_figures",
        report=counted.report,
        period=period_name(say, counted.report.period),
        first=counted.first,
        last=counted.last,
        until=counted.until,
        ended=counted.ended,
        bodies=counted.bodies,
        received=counted.received,
    )
    papers = Button(say.label("button.papers"), action("figures_files", counted.report.id))
    return Card(text, ((papers,), to_report(say, counted.report)))
