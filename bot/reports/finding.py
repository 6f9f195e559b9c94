"""Reports among what a search finds, for whoever may see them. Nothing is changed here."""

from __future__ import annotations

from functools import partial

from bot.kit.search import Found, Hit, Hits, Query, searched
from bot.kit.unit import UnitOfWork
from bot.reports import store as reports
from bot.reports.access import is_office
from bot.reports.generate import Ledger, ledger
from bot.reports.lines import line
from bot.reports.rules.owing import keys_of
from bot.values.action import action
from bot.values.refusal import refuse


@searched("report")
async def _found(work: UnitOfWork, query: Query, most: int) -> Hits:
    """Reports by what they are, whose they are and their year; the office sees all, others what they answer for."""
    person = query.person
    book = await ledger(work, person.committee)
    keys = None if is_office(book, person) else keys_of(person, book.staff, book.regulation)
    total, rows = await reports.found(work.tx, person.committee, query.sought, keys, most)
    return Hits(total, [Hit(at, partial(_read, work, book, of)) for at, of in rows])


async def _read(work: UnitOfWork, book: Ledger, report_id: int) -> Found:
    report = await reports.get(work.tx, report_id)
    if report is None:
        refuse("gone")
    told, say = line(work.say, report, book.calendar, work.now), work.say
    what = f"{told.what}, {told.period}" if told.period else told.what
    standing = say.label(f"standing.{told.standing}")
    state = say.label("found_state.due", state=standing, day=say.day(told.due))
    way = action("report", report_id)
    return Found("report", f"{what}: {told.debtor}", None, state, None, way)
