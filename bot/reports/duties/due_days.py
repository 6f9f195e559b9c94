"""Due days that a committee fixes for itself, and on which days it reminds. Days past are never touched here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from bot.db import drafts
from bot.kit import access
from bot.kit.screen import Screen
from bot.kit.unit import Context, UnitOfWork
from bot.regulations.rules.duties import Duty, Period
from bot.regulations.rules.periods import CalendarPeriod
from bot.reports import store as reports
from bot.reports.access import is_head
from bot.reports.delivering.more_time import day_of
from bot.reports.duties import cards, daily_digest, generate
from bot.reports.duties.generate import Ledger, today
from bot.reports.rules.due_days import (
    TERM,
    OwnRule,
    due_day,
    own_rule,
    period_of,
    term_id,
    upcoming,
)
from bot.reports.rules.report import ReportAct, ReportActKind
from bot.reports.rules.rights import refuse_day
from bot.values.refusal import NO_RIGHT, Refusal, faulty
from bot.values.texts import TextFault, clean_line

TEXT_LIMIT = 60
MOST_REMINDERS = 6
MOST_DAYS_BEFORE = 90


@dataclass(frozen=True, slots=True)
class Fixing:
    """A clerk before one duty of the committee."""

    book: Ledger
    duty: Duty
    person: int


async def duties(context: Context, account: int, committee: int) -> Screen | Refusal:
    """All duties of the regulation with their due days, for clerks and heads."""
    async with context.look() as work:
        book = await _office(work, account, committee)
        return book if isinstance(book, Refusal) else Screen(cards.listed(work.say, book))


async def duty(context: Context, account: int, committee: int, duty_id: str) -> Screen | Refusal:
    """One duty: who owes it to whom, when, and the days that come next."""
    async with context.look() as work:
        book = await _office(work, account, committee)
        if isinstance(book, Refusal):
            return book
        return await _shown(work, account, book, duty_id)


async def _shown(work: UnitOfWork, account: int, book: Ledger, duty_id: str) -> Screen | Refusal:
    wanted = book.duty(duty_id)
    if wanted is None:
        return Refusal("report_duty_unknown", values={"duty": duty_id})
    person = await access.in_committee(work, account, book.committee.id)
    days = [
        (period, day)
        for period in upcoming(wanted, today(work))
        if (day := book.day_of(wanted, period)) is not None and day >= today(work)
    ]
    days.sort(key=lambda pair: pair[1])
    debtors = tuple(generate.name_of(work, each) for each in book.debtors(wanted))
    may_edit = person is not None and person.is_clerk
    return Screen(cards.one(work.say, book, wanted, days, debtors, may_edit=may_edit))


async def _office(work: UnitOfWork, account: int, committee: int) -> Ledger | Refusal:
    person = await access.in_committee(work, account, committee)
    if person is None:
        return NO_RIGHT
    book = await generate.ledger(work, committee)
    return book if person.is_clerk or is_head(book, person) else NO_RIGHT


async def _fixing(work: UnitOfWork, account: int, committee: int, duty_id: str) -> Fixing | Refusal:
    person = await access.in_committee(work, account, committee)
    if person is None or not person.is_clerk:
        return NO_RIGHT
    book = await generate.ledger(work, committee)
    wanted = book.duty(duty_id)
    if wanted is None:
        return Refusal("report_duty_unknown", values={"duty": duty_id})
    return Fixing(book, wanted, person.id)


# --- questions ---------------------------------------------------------------------------------


async def ask_rule(
    context: Context, account: int, committee: int, duty_id: str
) -> Screen | Refusal:
    """On which day of every period; typed."""
    return await _ask(context, account, committee, duty_id, "rule")


async def ask_remind_days(
    context: Context, account: int, committee: int, duty_id: str
) -> Screen | Refusal:
    """How many days before the due day; typed."""
    return await _ask(context, account, committee, duty_id, "days")


async def ask_period(
    context: Context, account: int, committee: int, duty_id: str, period: str
) -> Screen | Refusal:
    """On which day for one period; typed."""
    return await _ask(context, account, committee, duty_id, "period", period)


async def _ask(
    context: Context, account: int, committee: int, duty_id: str, what: str, period: str = ""
) -> Screen | Refusal:
    async with context.work() as work:
        found = await _fixing(work, account, committee, duty_id)
        if isinstance(found, Refusal):
            return found
        refusal = _refuse_period(found.duty, period) if what == "period" else None
        if refusal:
            return refusal
        ref = {"committee": committee, "duty": duty_id, "period": period}
        await drafts.await_words(work.tx, account, f"report_{what}", ref, work.now)
        return Screen(cards.asks(work.say, found.book, found.duty, what, period))


def _refuse_period(wanted: Duty, period: str) -> Refusal | None:
    if period == TERM and Period.TERM in wanted.periods:
        return None
    if period_of(wanted, period) is not None:
        return None
    values = {"what": wanted.what, "periods": wanted.periods, "period": period}
    return Refusal("report_period_unknown", wanted.article, values=values)


# --- answers -----------------------------------------------------------------------------------


async def fix_rule(
    context: Context, account: int, committee: int, duty_id: str, text: str
) -> Screen | Refusal:
    """The committee's own day for every period that has not passed its day."""
    line = clean_line(text, TEXT_LIMIT)
    if isinstance(line, TextFault):
        return faulty(line)
    async with context.work() as work:
        found = await _fixing(work, account, committee, duty_id)
        if isinstance(found, Refusal):
            return found
        own = own_rule(line)
        if own is None or not _fits(found, own, today(work)):
            return Refusal("report_rule_unclear", values={"text": line})
        await reports.fix(work.tx, committee, duty_id, found.person, work.now, rule=line)
        return await _fixed(work, account, found, {"rule": line})


def _fits(found: Fixing, own: OwnRule, day: date) -> bool:
    """Whether the rule says anything about a period of the duty."""
    plain = {
        period: due_day(found.duty.due, period, found.book.calendar)
        for period in upcoming(found.duty, day)
    }
    return any(
        due_day(found.duty.due, period, found.book.calendar, own) != usual
        for period, usual in plain.items()
    )


async def drop_rule(
    context: Context, account: int, committee: int, duty_id: str
) -> Screen | Refusal:
    """The regulation's own rule holds again, and its usual days of reminding."""
    async with context.work() as work:
        found = await _fixing(work, account, committee, duty_id)
        if isinstance(found, Refusal):
            return found
        await reports.unfix(work.tx, committee, duty_id)
        return await _fixed(work, account, found, {"rule": None})


async def fix_remind_days(
    context: Context, account: int, committee: int, duty_id: str, text: str
) -> Screen | Refusal:
    """Days before the due day, such as "10, 5, 1"; 0 is the day itself."""
    words = text.replace(";", " ").replace(",", " ").split()[: MOST_REMINDERS + 1]
    numbers = [int(each) for each in words if each.isdecimal() and len(each) < 4]  # noqa: PLR2004 - digits
    fit = len(numbers) == len(words) and all(each <= MOST_DAYS_BEFORE for each in numbers)
    if not numbers or not fit or len(numbers) > MOST_REMINDERS:
        values = {"most": MOST_REMINDERS, "before": MOST_DAYS_BEFORE}
        return Refusal("report_days_unclear", values=values)
    days = sorted(set(numbers), reverse=True)
    async with context.work() as work:
        found = await _fixing(work, account, committee, duty_id)
        if isinstance(found, Refusal):
            return found
        await reports.fix(work.tx, committee, duty_id, found.person, work.now, remind_days=days)
        return await _fixed(work, account, found, {"remind_days": days})


async def fix_period(
    context: Context,
    account: int,
    committee: int,
    duty_id: str,
    period: str,
    *,
    text: str,
    at: datetime,
) -> Screen | Refusal:
    """The day for one period, also for what was made already and is still open."""
    async with context.work() as work:
        found = await _fixing(work, account, committee, duty_id)
        if isinstance(found, Refusal):
            return found
        day = day_of(text, at, found.book.calendar)
        if isinstance(day, Refusal):
            return day
        refusal = _refuse_period(found.duty, period) or refuse_day(day, work.now)
        if refusal:
            return refusal
        meant = _meant(found.duty, period, day)
        await _fix_day(work, found, meant, day)
        return await _fixed(work, account, found, {"period": meant.id, "day": day.isoformat()})


def _meant(wanted: Duty, period: str, day: date) -> CalendarPeriod:
    """The period of that id; a term goes by the year in which its report is due."""
    found = period_of(wanted, term_id(day) if period == TERM else period)
    if found is None:
        raise LookupError(period)
    return found


async def _fix_day(work: UnitOfWork, found: Fixing, period: CalendarPeriod, day: date) -> None:
    committee, duty_id = found.book.committee.id, found.duty.id
    await reports.fix(
        work.tx, committee, duty_id, found.person, work.now, period=period.id, day=day
    )
    acts = [
        (each.id, ReportAct(ReportActKind.EDIT, work.now, found.person, day=day))
        for each in await reports.of_period(work.tx, committee, duty_id, period.id)
        if each.is_open
    ]
    await reports.add_acts(work.tx, acts)


async def _fixed(
    work: UnitOfWork, account: int, found: Fixing, detail: dict[str, object]
) -> Screen | Refusal:
    committee = found.book.committee.id
    person = next(p for p in found.book.everybody if p.id == found.person)
    await drafts.answered(work.tx, account)
    await work.record(committee, person, "report_day_fixed", f"duty:{found.duty.id}", detail)
    await daily_digest.again(work, committee)
    book = await generate.ledger(work, committee)
    shown = await _shown(work, account, book, found.duty.id)
    if isinstance(shown, Refusal):
        return shown
    return Screen(shown.card, toast=work.say.label("report_toast.fixed"))
