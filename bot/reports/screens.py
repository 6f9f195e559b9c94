"""The list "Báo cáo của tôi" and one report on its own. Nothing is changed here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from bot.db.notice import Button, Card
from bot.kit import access as kit_access
from bot.kit.screen import Screen
from bot.kit.unit import Context, UnitOfWork
from bot.kit.waiting import Waiting, home_row, waits
from bot.people.cards import home
from bot.people.rules.people import Person, Role
from bot.rendering import Rendering
from bot.reports import access as reports_desk
from bot.reports import lines
from bot.reports import store as reports
from bot.reports.board.board import board_button
from bot.reports.delivering import cards
from bot.reports.duties import generate
from bot.reports.duties.generate import Ledger, today
from bot.reports.rules.owing import keys_of
from bot.reports.rules.report import Report, Standing, standing
from bot.values.action import action
from bot.values.moments import VIET_NAM
from bot.values.refusal import NO_RIGHT, Refusal

AHEAD = timedelta(days=100)
"""How far ahead what is owed is listed; what is due later is counted."""
LISTED = 12
"""Reports still open on the list, each with its button."""
LAST = 5
"""Reports already delivered on the list."""
SOON = timedelta(days=7)
"""How long before its day a report stands among what waits for a person."""


async def mine(context: Context, account: int, committee: int) -> Screen | Refusal:
    """What this person owes and has delivered; the office finds the duties and their days here, too."""
    async with context.look() as work:
        person = await kit_access.in_committee(work, account, committee)
        if person is None:
            return NO_RIGHT
        book = await generate.ledger(work, committee)
        found = await _owed_by(work, book, person)
        return Screen(_listed(work, book, person, found))


async def _owed_by(work: UnitOfWork, book: Ledger, person: Person) -> list[Report]:
    keys = keys_of(person, book.everybody, book.regulation)
    return await reports.of_debtors(work.tx, book.committee.id, keys)


def _listed(work: UnitOfWork, book: Ledger, person: Person, found: Sequence[Report]) -> Card:
    until = today(work) + AHEAD
    open_ = [each for each in found if each.is_open]
    near = [each for each in open_ if each.last_day <= until][:LISTED]
    sent = sorted(
        (each for each in found if each.delivered_on is not None),
        key=lambda each: (each.delivered_on, each.id),
    )
    shown = [lines.line(work.say, each, book.calendar, work.now) for each in near]
    last = [lines.line(work.say, each, book.calendar, work.now) for each in sent[-LAST:][::-1]]
    office = person.is_clerk or reports_desk.is_head(book, person)
    text = work.say.text(
        "report_mine",
        committee=book.committee.name,
        lines=shown,
        later=len(open_) - len(near),
        sent=last,
        today=today(work),
    )
    rows = [(lines.button(each),) for each in (*shown, *last)]
    if office:
        rows.append((board_button(work.say, book.committee.id),))
        rows.append((_duties(work.say, book.committee.id),))
    return Card(text, (*rows, home(work.say)))


def _duties(say: Rendering, committee: int) -> Button:
    return Button(say.label("report_button.duties"), action("report_duties", committee))


async def report(context: Context, account: int, report_id: int) -> Screen | Refusal:
    """One report as it stands."""
    async with context.look() as work:
        found = await reports_desk.before(work, account, report_id)
        if isinstance(found, Refusal):
            return found
        return Screen(cards.card(work.say, found, work.now))


async def report_of(
    context: Context, account: int, committee: int, duty: str, period: str
) -> Screen | Refusal:
    """What this person owes for one duty and period."""
    async with context.look() as work:
        found = await reports_desk.of_period(work, account, committee, duty, period)
        if isinstance(found, Refusal):
            return found
        return Screen(cards.card(work.say, found, work.now))


async def files(context: Context, account: int, report_id: int) -> Screen | Refusal:
    """The files delivered with a report, to who owes it and to the office."""
    async with context.look() as work:
        found = await reports_desk.before(work, account, report_id)
        if isinstance(found, Refusal):
            return found
        if not found.report.files:
            return Refusal("gone")
        words = lines.line(work.say, found.report, found.book.calendar, work.now)
        card = Card(work.say.text("report_files", one=words, files=found.report.files))
        return Screen(files=found.report.files, files_card=card)


@home_row(60, "rboard")
async def _board_on_home(_work: UnitOfWork, person: Person) -> bool:
    return person.is_clerk


@home_row(90, "reports")
async def _on_home(_work: UnitOfWork, person: Person) -> bool:
    """Guests owe no reports."""
    return any(seat.role is not Role.GUEST for seat in person.seats)


@waits(5)
async def waiting_for(work: UnitOfWork, person: Person, committee: str) -> list[Waiting]:
    """Reports whose day is near or past, and wishes for more time that the office has not answered."""
    book = await generate.ledger(work, person.committee)
    keys = set(keys_of(person, book.everybody, book.regulation))
    found = []
    for each in await reports.open_of(work.tx, person.committee):
        due = each.hour or datetime.combine(each.last_day, time(23, 59), VIET_NAM)
        name = each.what
        if each.debtor in keys and each.last_day <= today(work) + SOON:
            kind = "report" if standing(each, work.now) is Standing.NOT_DUE else "report_late"
            found.append(Waiting(kind, name, due, committee, action("report", each.id), due))
        if person.is_clerk and each.request:
            subject = f"{each.debtor_name}: {name}"
            wanted = action("report", each.id)
            found.append(Waiting("report_asked", subject, each.request.at, committee, wanted))
    return found
