"""Reports told in plain values: for rehearsals and exports. Nothing is changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.db.transaction import Transaction
from bot.kit.unit import Context, UnitOfWork
from bot.regulations.rules.occasions import occasion_of
from bot.reports import generate
from bot.reports import store as reports
from bot.reports.generate import Ledger
from bot.reports.rules.due_days import TERM, period_of
from bot.reports.rules.owing import BODY, CLERKS, PERSON, answerable, keys_of
from bot.reports.rules.report import Cell, Report, Standing, cells, grouped, standing, tally
from bot.values import names


@dataclass(frozen=True, slots=True)
class Found:
    """A report by its id, with the day until which more time is asked for, if it is."""

    id: int
    asked_until: date | None


async def standing_of(
    context: Context, committee: int, duty: str, period: str, debtor: str
) -> str | None:
    """How a debtor's report stands now; what is owed but not made yet is not due. None for nothing of the kind."""
    async with context.look() as work:
        book = await generate.ledger(work, committee)
        found = await _of_period(work, committee, duty, period)
        for report in _of_debtor(book, found, debtor):
            return standing(report, work.now).value
        known = book.duty(duty)
        meant = period_of(known, period) if known else None
        if known is None or meant is None or found:
            return None
        owes = any(_called(book, each.key, each.name, debtor) for each in book.debtors(known))
        day = book.day_of(known, meant)
        is_ahead = day is None or day >= generate.today(work)
        return Standing.NOT_DUE.value if owes and is_ahead else None


async def due(
    context: Context, committee: int, duty: str, period: str, debtor: str = ""
) -> date | None:
    """The last acceptable day: that of one debtor, or the one all have; where some have more time, the stated one."""
    async with context.look() as work:
        book = await generate.ledger(work, committee)
        found = await _of_period(work, committee, duty, period)
        if debtor:
            return next((each.last_day for each in _of_debtor(book, found, debtor)), None)
        common = {each.last_day for each in found}
        if found:
            return common.pop() if len(common) == 1 else min(each.stated_day for each in found)
        known = book.duty(duty)
        meant = period_of(known, period) if known else None
        return book.day_of(known, meant) if known and meant else None


async def find(
    context: Context, committee: int, duty: str, period: str, *, person: int = 0, debtor: str = ""
) -> Found | None:
    """A debtor's report by name, or what this person answers for, what is still open first."""
    async with context.look() as work:
        book = await generate.ledger(work, committee)
        found = await _of_period(work, committee, duty, period)
        mine = _of_debtor(book, found, debtor) if debtor else _of_person(book, found, person)
    open_ = [each for each in mine if each.is_open]
    return next((_found(each) for each in (*open_, *mine)), None)


async def asking(
    context: Context, committee: int, duty: str, period: str, debtor: str = ""
) -> Found | None:
    """The report for which more time was asked last, else any of that period."""
    async with context.look() as work:
        book = await generate.ledger(work, committee)
        found = await _of_period(work, committee, duty, period)
    meant = _of_debtor(book, found, debtor) if debtor else found
    asked = [(each.request.at, each.id, each) for each in meant if each.request]
    return _found(max(asked)[2]) if asked else next(map(_found, meant), None)


@dataclass(frozen=True, slots=True)
class Way:
    """Where a duty and period stand on the board: the year, and the reports that stand for them; 0 for none."""

    year: int = 0
    duty: int = 0
    period: int = 0
    own: int = 0
    """What a body, or the office, owes for it."""


async def way_to(context: Context, committee: int, duty: str, period: str) -> Way:
    """By the order of the board: the first report of a duty in its year, the first of the period."""
    async with context.look() as work:
        found = await _of_period(work, committee, duty, period)
        if not found:
            return Way()
        year = found[0].last_day.year
        every = await reports.of_committee(work.tx, committee)
    same = sorted(
        (each for each in every if each.duty == duty and each.last_day.year == year), key=_by_day
    )
    of_period = [each for each in same if each.period == found[0].period]
    own = [each for each in of_period if not each.debtor.startswith(f"{PERSON}:")]
    return Way(year, same[0].id, of_period[0].id, own[0].id if own else found[0].id)


def _by_day(report: Report) -> tuple[bool, date, int]:
    return report.hand_id is not None, report.last_day, report.id


@dataclass(frozen=True, slots=True)
class DutyTold:
    """One duty with how many of its reports stand where."""

    what: str
    article: str
    counts: dict[str, int]


async def of_year(work: UnitOfWork, committee: int, year: int) -> list[Cell]:
    """What was or is due in one year, as it stands now."""
    days = (await generate.ledger(work, committee)).calendar
    of_it = [
        each
        for each in await reports.of_committee(work.tx, committee)
        if each.last_day.year == year
    ]
    return cells(of_it, days, work.now)


async def ids_of(tx: Transaction, committee: int, year: int | None) -> list[int]:
    """What was or is due in a year, or ever, by the last days."""
    every = await reports.of_committee(tx, committee)
    return [each.id for each in every if year is None or each.last_day.year == year]


async def of_ids(work: UnitOfWork, committee: int, ids: Sequence[int]) -> list[Cell]:
    """These reports as they stand now."""
    days = (await generate.ledger(work, committee)).calendar
    return cells(await reports.of_ids(work.tx, ids), days, work.now)


async def by_duty(context: Context, committee: int) -> list[DutyTold]:
    """Every duty of which a report was ever owed, by how its reports stand now; what is not due is left out."""
    async with context.look() as work:
        days = (await generate.ledger(work, committee)).calendar
        every = cells(await reports.of_committee(work.tx, committee), days, work.now)
    told = []
    for same in grouped(every, lambda cell: cell.report.duty).values():
        counts = {each.value: count for each, count in tally(same).items() if count}
        counts.pop(Standing.NOT_DUE.value, None)
        if counts:
            told.append(DutyTold(same[0].report.what, same[0].report.article, counts))
    return told


async def newest_occasion(context: Context) -> tuple[str, str] | None:
    """Duty and period of what was asked for by hand last, of all committees."""
    async with context.look() as work:
        found = await reports.newest_ad_hoc(work.tx)
        hand = await reports.ad_hoc(work.tx, found[0]) if found else None
        if hand is None:
            return None
        every = await reports.of_committee(work.tx, hand.committee)
    return next(((r.duty, r.period) for r in every if r.hand_id == hand.id), None)


async def knows(context: Context, committee: int, duty: str) -> bool:
    """Whether the committee's rule book has such a duty."""
    async with context.look() as work:
        return (await generate.ledger(work, committee)).duty(duty) is not None


async def any_of(context: Context, committee: int, duty: str, period: str) -> int:
    """A report of a duty and period; 0 when there is none."""
    async with context.look() as work:
        found = await _of_period(work, committee, duty, period)
    return found[0].id if found else 0


def _found(report: Report) -> Found:
    return Found(report.id, report.request.day if report.request else None)


async def _of_period(work: UnitOfWork, committee: int, duty: str, period: str) -> list[Report]:
    """Those of a duty and period; "term" is the term whose day was fixed last, and "" any occasion.

    A day is what was asked for on it, else the event of that day.
    """
    if period.casefold() in ("term", TERM.casefold(), ""):
        every = await reports.of_committee(work.tx, committee)
        return [
            each
            for each in every
            if each.duty == duty and (not period or each.period.endswith(f"-{TERM}"))
        ]
    found = await reports.of_period(work.tx, committee, duty, period)
    return found or await _after_event_of(work, committee, duty, period)


async def _after_event_of(work: UnitOfWork, committee: int, duty: str, day: str) -> list[Report]:
    every = await reports.of_committee(work.tx, committee)
    of_duty = [(each, occasion_of(each.period)) for each in every if each.duty == duty]
    return [each for each, event in of_duty if event and event.day.isoformat() == day]


def _of_person(book: Ledger, found: Sequence[Report], person: int) -> list[Report]:
    someone = next((each for each in book.everybody if each.id == person), None)
    if someone is None:
        return []
    keys = keys_of(someone, book.staff, book.regulation)
    return [report for key in keys for report in found if report.debtor == key]


def _of_debtor(book: Ledger, found: Sequence[Report], name: str) -> list[Report]:
    """By the debtor's own name before those who answer for it."""
    own = [each for each in found if names.same(each.debtor_name, name)]
    others = [each for each in found if _called(book, each.debtor, each.debtor_name, name)]
    return list(dict.fromkeys((*own, *others)))


def _called(book: Ledger, key: str, debtor_name: str, name: str) -> bool:
    """Whether a debtor may be called so: by name, by the id of the body or office, by who answers for it."""
    kind, _, ref = key.partition(":")
    if names.same(name, debtor_name) or names.same(name, ref):
        return True
    if kind == BODY and names.folded(name) in names.folded(debtor_name):
        return True
    owing = answerable(key, book.staff, book.regulation)
    called = any(names.same(each.name, name) for each in owing)
    return called and (kind in (BODY, CLERKS) or len(owing) == 1)
