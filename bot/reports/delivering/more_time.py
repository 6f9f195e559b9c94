"""More time for a report: asked for, granted or declined; put off until tomorrow; let off for once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from bot.db import drafts
from bot.kit.screen import Screen
from bot.kit.unit import Context, UnitOfWork
from bot.people.access import heads_of
from bot.people.rules.people import Person
from bot.reports import access as reports_desk
from bot.reports import notify
from bot.reports import store as reports
from bot.reports.access import Before
from bot.reports.delivering import cards
from bot.reports.duties import daily_digest
from bot.reports.duties.generate import today
from bot.reports.rules.owing import answerable
from bot.reports.rules.report import ReportAct, ReportActKind
from bot.reports.rules.rights import (
    may_answer,
    may_ask,
    may_ask_until,
    may_excuse,
    may_grant,
    may_put_off,
)
from bot.values.moments import VIET_NAM, in_viet_nam
from bot.values.refusal import Refusal, faulty, unclear
from bot.values.texts import TextFault, clean
from bot.values.typed import MomentFault, TypedDays, parse_days, parse_moment
from bot.values.working_days import WorkingCalendar

REASON_LIMIT = 1_000


def day_of(text: str, at: datetime, calendar: WorkingCalendar) -> date | Refusal:
    """A day as it was typed; today is still one, and so is one many years ahead with its year."""
    midnight = datetime.combine(in_viet_nam(at).date(), time(), VIET_NAM)
    earliest = midnight - timedelta(microseconds=1)
    meant = parse_moment(text, at, calendar, earliest=earliest)
    if not isinstance(meant, MomentFault):
        return in_viet_nam(meant).date()
    days = parse_days(text, at.year) if meant.kind == "too_far" else None
    return days.first if isinstance(days, TypedDays) else unclear(meant)


# --- asking ------------------------------------------------------------------------------------


async def ask_until(context: Context, account: int, report_id: int) -> Screen | Refusal:
    """Offer days to ask for; a typed one is taken, too."""
    async with context.work() as work:
        found = await reports_desk.before(work, account, report_id)
        if isinstance(found, Refusal):
            return found
        refusal = may_ask(found.report, found.who)
        if refusal:
            return refusal
        ref = {"report": report_id}
        await drafts.await_words(work.tx, account, "report_more", ref, work.now)
        return Screen(cards.asks_until(work.say, found, work.now), anew=True)


async def until_typed(
    context: Context, account: int, report_id: int, text: str, at: datetime
) -> Screen | Refusal:
    """The day until which more time is asked for, typed."""
    day = await _typed(context, account, report_id, text, at)
    return day if isinstance(day, Refusal) else await ask(context, account, report_id, day)


async def _typed(
    context: Context, account: int, report_id: int, text: str, at: datetime
) -> date | Refusal:
    async with context.look() as work:
        found = await reports_desk.before(work, account, report_id)
    return found if isinstance(found, Refusal) else day_of(text, at, found.book.calendar)


async def ask(context: Context, account: int, report_id: int, until: date) -> Screen | Refusal:
    """The wish goes to the office, which grants a day or not; until then the old one holds."""
    async with context.work() as work:
        found = await reports_desk.before(work, account, report_id)
        if isinstance(found, Refusal):
            return found
        refusal = may_ask_until(found.report, found.who, until, work.now)
        if refusal:
            return refusal
        asked = await _done(work, account, found, ReportActKind.ASK, day=until)
        card = cards.asked(work.say, asked, work.now)
        key = f"report_asked:{report_id}:{_stamp(work)}"
        await notify.tell(work, _office(asked), card, key, "report_asked")
        return Screen(cards.done(work.say, asked, "asked", work.now), toast=_toast(work, "asked"))


def _office(found: Before) -> list[Person]:
    """The clerks; where a clerk asks, the head as well."""
    clerks = [person for person in found.book.everybody if person.is_clerk]
    heads = heads_of(found.book.everybody, found.book.regulation)
    return list({p.id: p for p in (*clerks, *(heads if found.who.clerk else ()))}.values())


async def put_off(context: Context, account: int, report_id: int) -> Screen | Refusal:
    """To hear of it again the next working morning."""
    async with context.work() as work:
        found = await reports_desk.before(work, account, report_id)
        if isinstance(found, Refusal):
            return found
        refusal = may_put_off(found.report, found.who, found.book.calendar, work.now)
        if refusal:
            return refusal
        morning = found.book.calendar.next_working_day(today(work))
        act = ReportAct(ReportActKind.LATER, work.now, found.person.id, day=morning)
        await reports.add_acts(work.tx, [(report_id, act)])
        await daily_digest.arrange(work, found.book)
        told = work.say.label("report_toast.later", day=work.say.day(morning))
        return Screen(toast=told)


# --- the office answers ------------------------------------------------------------------------


async def grant(context: Context, account: int, report_id: int, until: date) -> Screen | Refusal:
    """Until that day; who owes it is told."""
    async with context.work() as work:
        found = await reports_desk.before(work, account, report_id)
        if isinstance(found, Refusal):
            return found
        refusal = may_grant(found.report, found.who, until, work.now)
        if refusal:
            return refusal
        granted = await _done(work, account, found, ReportActKind.GRANT, day=until)
        await daily_digest.arrange(work, found.book)
        return await _told(work, granted, "granted")


async def ask_day(context: Context, account: int, report_id: int) -> Screen | Refusal:
    """Until which other day; typed."""
    async with context.work() as work:
        found = await _before_answer(work, account, report_id)
        if isinstance(found, Refusal):
            return found
        ref = {"report": report_id}
        await drafts.await_words(work.tx, account, "report_grant", ref, work.now)
        return Screen(cards.asks(work.say, found, "grant", work.now))


async def day_typed(
    context: Context, account: int, report_id: int, text: str, at: datetime
) -> Screen | Refusal:
    """Another day than the one asked for."""
    day = await _typed(context, account, report_id, text, at)
    return day if isinstance(day, Refusal) else await grant(context, account, report_id, day)


async def ask_reason(context: Context, account: int, report_id: int, act: str) -> Screen | Refusal:
    """Why more time is declined, or why nothing is owed this time."""
    async with context.work() as work:
        found = await _may_end(work, account, report_id, act)
        if isinstance(found, Refusal):
            return found
        ref = {"report": report_id}
        await drafts.await_words(work.tx, account, f"report_{act}", ref, work.now)
        return Screen(cards.asks(work.say, found, act, work.now))


async def _may_end(work: UnitOfWork, account: int, report_id: int, act: str) -> Before | Refusal:
    if act == "decline":
        return await _before_answer(work, account, report_id)
    found = await reports_desk.before(work, account, report_id)
    if isinstance(found, Refusal):
        return found
    return may_excuse(found.report, found.who) or found


async def _before_answer(work: UnitOfWork, account: int, report_id: int) -> Before | Refusal:
    found = await reports_desk.before(work, account, report_id)
    if isinstance(found, Refusal):
        return found
    return may_answer(found.report, found.who) or found


async def decline(
    context: Context, account: int, report_id: int, reason: str = ""
) -> Screen | Refusal:
    """The day stays as it was; who owes it is told, with the reason if one was given."""
    return await _end(context, account, report_id, "decline", reason)


async def excuse(context: Context, account: int, report_id: int, reason: str) -> Screen | Refusal:
    """One debtor is let off for one period."""
    return await _end(context, account, report_id, "excuse", reason)


_ENDS = {"decline": ReportActKind.DECLINE, "excuse": ReportActKind.EXCUSE}
_DONE = {"decline": "declined", "excuse": "excused"}


async def _end(
    context: Context, account: int, report_id: int, act: str, reason: str
) -> Screen | Refusal:
    words = clean(reason, REASON_LIMIT) if reason else ""
    if isinstance(words, TextFault):
        return faulty(words)
    async with context.work() as work:
        found = await _may_end(work, account, report_id, act)
        if isinstance(found, Refusal):
            return found
        ended = await _done(work, account, found, _ENDS[act], words=words)
        return await _told(work, ended, _DONE[act])


# --- what every act shares ---------------------------------------------------------------------


async def _done(
    work: UnitOfWork,
    account: int,
    found: Before,
    kind: ReportActKind,
    *,
    day: date | None = None,
    words: str = "",
) -> Before:
    report = found.report
    act = ReportAct(kind, work.now, found.person.id, day=day, words=words)
    await reports.add_acts(work.tx, [(report.id, act)])
    await drafts.answered(work.tx, account)
    detail = {
        "duty": report.duty,
        "period": report.period,
        "debtor": report.debtor_name,
        "day": day.isoformat() if day else None,
        "words": words,
    }
    subject = f"report:{report.id}"
    await work.record(report.committee, found.person, f"report_{kind.value}", subject, detail)
    now = replace(report, acts=(*report.acts, act))
    await notify.refresh(work, now)
    return replace(found, report=now)


async def _told(work: UnitOfWork, found: Before, what: str) -> Screen:
    """Who owes it hears of it; the one who acted sees it done."""
    book = found.book
    owing = answerable(found.report.debtor, book.everybody, book.regulation)
    to: Iterable[Person] = (each for each in owing if each.id != found.person.id)
    card = cards.told(work.say, found, what, work.now)
    key = f"report_{what}:{found.report.id}:{_stamp(work)}"
    await notify.tell(work, to, card, key, f"report_{what}")
    return Screen(cards.done(work.say, found, what, work.now), toast=_toast(work, what))


def _toast(work: UnitOfWork, what: str) -> str:
    return work.say.label(f"report_toast.{what}")


def _stamp(work: UnitOfWork) -> int:
    return int(work.now.timestamp() * 1000)
