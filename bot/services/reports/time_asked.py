"""More time for a report: asked for, granted or declined; put off until tomorrow; let off for once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from bot.domain.card import Answer
from bot.domain.moments import VIET_NAM, in_viet_nam
from bot.domain.owing import answerable
from bot.domain.people import Person
from bot.domain.refusal import Refusal, faulty, unclear
from bot.domain.report import ReportAct, ReportActKind
from bot.domain.report_rights import (
    may_answer,
    may_ask,
    may_ask_until,
    may_excuse,
    may_grant,
    may_put_off,
)
from bot.domain.texts import TextFault, clean
from bot.domain.typed_days import TypedDays, parse_days
from bot.domain.typed_moments import MomentFault, parse_moment
from bot.domain.workdays import WorkingCalendar
from bot.services.cards.reports import one as cards
from bot.services.desk import Desk, Work
from bot.services.personnel import heads_of
from bot.services.reports import desk as reports_desk
from bot.services.reports import rounds, telling
from bot.services.reports.desk import Before
from bot.services.reports.making import today
from bot.store import drafts, reports

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


async def ask_until(desk: Desk, account: int, report_id: int) -> Answer | Refusal:
    """Offer days to ask for; a typed one is taken, too."""
    async with desk.work() as work:
        found = await reports_desk.before(work, account, report_id)
        if isinstance(found, Refusal):
            return found
        refusal = may_ask(found.report, found.who)
        if refusal:
            return refusal
        ref = {"report": report_id}
        await drafts.await_words(work.tx, account, "report_more", ref, work.now)
        return Answer(cards.asks_until(work.say, found, work.now), anew=True)


async def until_typed(
    desk: Desk, account: int, report_id: int, text: str, at: datetime
) -> Answer | Refusal:
    """The day until which more time is asked for, typed."""
    day = await _typed(desk, account, report_id, text, at)
    return day if isinstance(day, Refusal) else await ask(desk, account, report_id, day)


async def _typed(
    desk: Desk, account: int, report_id: int, text: str, at: datetime
) -> date | Refusal:
    async with desk.look() as work:
        found = await reports_desk.before(work, account, report_id)
    return found if isinstance(found, Refusal) else day_of(text, at, found.book.calendar)


async def ask(desk: Desk, account: int, report_id: int, until: date) -> Answer | Refusal:
    """The wish goes to the office, which grants a day or not; until then the old one holds."""
    async with desk.work() as work:
        found = await reports_desk.before(work, account, report_id)
        if isinstance(found, Refusal):
            return found
        refusal = may_ask_until(found.report, found.who, until, work.now)
        if refusal:
            return refusal
        asked = await _done(work, account, found, ReportActKind.ASK, day=until)
        card = cards.asked(work.say, asked, work.now)
        key = f"report_asked:{report_id}:{_stamp(work)}"
        await telling.tell(work, _office(asked), card, key, "report_asked")
        return Answer(cards.done(work.say, asked, "asked", work.now), toast=_toast(work, "asked"))


def _office(found: Before) -> list[Person]:
    """The clerks; where a clerk asks, the head as well."""
    clerks = [person for person in found.book.everybody if person.is_clerk]
    heads = heads_of(found.book.everybody, found.book.regulation)
    return list({p.id: p for p in (*clerks, *(heads if found.who.clerk else ()))}.values())


async def put_off(desk: Desk, account: int, report_id: int) -> Answer | Refusal:
    """To hear of it again the next working morning."""
    async with desk.work() as work:
        found = await reports_desk.before(work, account, report_id)
        if isinstance(found, Refusal):
            return found
        refusal = may_put_off(found.report, found.who, found.book.calendar, work.now)
        if refusal:
            return refusal
        morning = found.book.calendar.next_working_day(today(work))
        act = ReportAct(ReportActKind.LATER, work.now, found.person.id, day=morning)
        await reports.add_acts(work.tx, [(report_id, act)])
        await rounds.arrange(work, found.book)
        told = work.say.label("report_toast.later", day=work.say.day(morning))
        return Answer(toast=told)


# --- the office answers ------------------------------------------------------------------------


async def grant(desk: Desk, account: int, report_id: int, until: date) -> Answer | Refusal:
    """Until that day; who owes it is told."""
    async with desk.work() as work:
        found = await reports_desk.before(work, account, report_id)
        if isinstance(found, Refusal):
            return found
        refusal = may_grant(found.report, found.who, until, work.now)
        if refusal:
            return refusal
        granted = await _done(work, account, found, ReportActKind.GRANT, day=until)
        await rounds.arrange(work, found.book)
        return await _told(work, granted, "granted")


async def ask_day(desk: Desk, account: int, report_id: int) -> Answer | Refusal:
    """Until which other day; typed."""
    async with desk.work() as work:
        found = await _before_answer(work, account, report_id)
        if isinstance(found, Refusal):
            return found
        ref = {"report": report_id}
        await drafts.await_words(work.tx, account, "report_grant", ref, work.now)
        return Answer(cards.asks(work.say, found, "grant", work.now))


async def day_typed(
    desk: Desk, account: int, report_id: int, text: str, at: datetime
) -> Answer | Refusal:
    """Another day than the one asked for."""
    day = await _typed(desk, account, report_id, text, at)
    return day if isinstance(day, Refusal) else await grant(desk, account, report_id, day)


async def ask_reason(desk: Desk, account: int, report_id: int, act: str) -> Answer | Refusal:
    """Why more time is declined, or why nothing is owed this time."""
    async with desk.work() as work:
        found = await _may_end(work, account, report_id, act)
        if isinstance(found, Refusal):
            return found
        ref = {"report": report_id}
        await drafts.await_words(work.tx, account, f"report_{act}", ref, work.now)
        return Answer(cards.asks(work.say, found, act, work.now))


async def _may_end(work: Work, account: int, report_id: int, act: str) -> Before | Refusal:
    if act == "decline":
        return await _before_answer(work, account, report_id)
    found = await reports_desk.before(work, account, report_id)
    if isinstance(found, Refusal):
        return found
    return may_excuse(found.report, found.who) or found


async def _before_answer(work: Work, account: int, report_id: int) -> Before | Refusal:
    found = await reports_desk.before(work, account, report_id)
    if isinstance(found, Refusal):
        return found
    return may_answer(found.report, found.who) or found


async def decline(desk: Desk, account: int, report_id: int, reason: str = "") -> Answer | Refusal:
    """The day stays as it was; who owes it is told, with the reason if one was given."""
    return await _end(desk, account, report_id, "decline", reason)


async def excuse(desk: Desk, account: int, report_id: int, reason: str) -> Answer | Refusal:
    """One debtor is let off for one period."""
    return await _end(desk, account, report_id, "excuse", reason)


_ENDS = {"decline": ReportActKind.DECLINE, "excuse": ReportActKind.EXCUSE}
_DONE = {"decline": "declined", "excuse": "excused"}


async def _end(desk: Desk, account: int, report_id: int, act: str, reason: str) -> Answer | Refusal:
    words = clean(reason, REASON_LIMIT) if reason else ""
    if isinstance(words, TextFault):
        return faulty(words)
    async with desk.work() as work:
        found = await _may_end(work, account, report_id, act)
        if isinstance(found, Refusal):
            return found
        ended = await _done(work, account, found, _ENDS[act], words=words)
        return await _told(work, ended, _DONE[act])


# --- what every act shares ---------------------------------------------------------------------


async def _done(
    work: Work,
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
    await telling.refresh(work, now)
    return replace(found, report=now)


async def _told(work: Work, found: Before, what: str) -> Answer:
    """Who owes it hears of it; the one who acted sees it done."""
    book = found.book
    owing = answerable(found.report.debtor, book.everybody, book.regulation)
    to: Iterable[Person] = (each for each in owing if each.id != found.person.id)
    card = cards.told(work.say, found, what, work.now)
    key = f"report_{what}:{found.report.id}:{_stamp(work)}"
    await telling.tell(work, to, card, key, f"report_{what}")
    return Answer(cards.done(work.say, found, what, work.now), toast=_toast(work, what))


def _toast(work: Work, what: str) -> str:
    return work.say.label(f"report_toast.{what}")


def _stamp(work: Work) -> int:
    return int(work.now.timestamp() * 1000)
