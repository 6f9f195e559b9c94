"""What is done about one report: handed over or recorded, more time asked for and granted, put off, let off."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from functools import partial

from bot.kit.act import act, press
from bot.kit.ask import Asked, Day, File, Handed, Words
from bot.kit.notify import notify, stamp
from bot.kit.screen import Screen
from bot.kit.taps import Tap
from bot.kit.unit import Context, UnitOfWork
from bot.people.rules.people import Person
from bot.reports import daily_digest, screens
from bot.reports import store as reports
from bot.reports.access import Access, before, is_head
from bot.reports.generate import today
from bot.reports.papers import fit_to_show, mark_of, number_and_date
from bot.reports.rules.owing import answerable
from bot.reports.rules.report import Report, ReportAct, ReportActKind
from bot.reports.rules.rights import (
    Rights,
    may_add,
    may_answer,
    may_ask,
    may_ask_until,
    may_deliver,
    may_excuse,
    may_grant,
    may_put_off,
    may_record,
    may_record_on,
    may_share_paper,
)
from bot.values.action import action
from bot.values.limits import SHORT_REASON_LIMIT
from bot.values.moments import in_viet_nam
from bot.values.refusal import Refusal, refuse, require
from bot.values.working_days import WorkingCalendar


def _by(
    rule: Callable[[Report, Rights], Refusal | None],
) -> Callable[[Access, datetime], Refusal | None]:
    """A rule as an act asks it, of who stands before a report."""

    def may(found: Access, _at: datetime) -> Refusal | None:
        return rule(found.report, found.rights)

    return may


def _on(
    rule: Callable[[Report, Rights, date, datetime], Refusal | None],
) -> Callable[[Access, date, datetime], Refusal | None]:
    """A rule about a day, as a question for one asks it."""

    def against(found: Access, day: date, at: datetime) -> Refusal | None:
        return rule(found.report, found.rights, day, at)

    return against


def _calendar(found: Access) -> WorkingCalendar:
    return found.book.calendar


# --- handing over ------------------------------------------------------------------------------


def _paper(kind: ReportActKind) -> File[Access]:
    """The file, or number and date of the paper; nothing is recorded until they come."""

    async def card(work: UnitOfWork, found: Access, _args: tuple[str, ...], _page: int) -> Screen:
        return Screen(
            screens.asks_delivery(work.say, found, kind.value, work.now), as_new_message=True
        )

    return File(card, number_and_date, partial(_refuse_paper, kind))


def _refuse_paper(
    kind: ReportActKind, found: Access, handed: Handed, at: datetime
) -> Refusal | None:
    """Words are no further file; and a paper neither comes nor is dated ahead."""
    if kind is ReportActKind.ADD and handed.file is None:
        return Refusal("report_file_needed", back=action("report_add", found.report.id))
    day, now_ = mark_of(handed.words, at).day, in_viet_nam(at).date()
    if kind is ReportActKind.RECORD:
        return may_record_on(found.report, found.rights, day or now_, at)
    if day is not None and day > now_:
        return Refusal("report_day_ahead", values={"day": day})
    return None


@act(
    "report_sent",
    find=before,
    may=_by(may_deliver),
    needs=(_paper(ReportActKind.DELIVER),),
)
async def deliver(work: UnitOfWork, found: Access, at: datetime, handed: str) -> Screen:
    """Who owes it says that it was sent: with its file, with number and date, or plainly."""
    return await _hand_over(work, found, at, ReportActKind.DELIVER, Handed.of(handed))


@act("report_add", find=before, may=_by(may_add), needs=(_paper(ReportActKind.ADD),))
async def add(work: UnitOfWork, found: Access, at: datetime, handed: str) -> Screen:
    """A further file to what was delivered; the day of delivery stays."""
    return await _hand_over(work, found, at, ReportActKind.ADD, Handed.of(handed))


@act("report_record", find=before, may=_by(may_record), needs=(_paper(ReportActKind.RECORD),))
async def record(work: UnitOfWork, found: Access, at: datetime, handed: str) -> Screen:
    """The office notes a paper that came in, whoever owes it."""
    return await _hand_over(work, found, at, ReportActKind.RECORD, Handed.of(handed))


async def _hand_over(
    work: UnitOfWork, found: Access, at: datetime, kind: ReportActKind, handed: Handed
) -> Screen:
    mark = mark_of(handed.words, at)
    done = ReportAct(
        kind,
        at,
        found.person.id,
        day=(mark.day or in_viet_nam(at).date()) if kind is ReportActKind.RECORD else None,
        number=mark.number,
        paper_on=mark.day,
        file=fit_to_show(handed.file) if handed.file else None,
    )
    now = await _note(work, found, done, _paper_of(done))
    left = await _due_together(work, now) if kind is ReportActKind.DELIVER else []
    card = screens.delivered(work.say, now, kind.value, work.now, left)
    return Screen(card, toast=_toast(work, kind.value))


@press("report_same")
async def same_paper(context: Context, tap: Tap) -> Screen:
    """The press "Thay cả …": the paper just sent settles another report of the same debtor due together with it."""
    async with context.work() as work:
        found = await before(work, tap.account, tap.number(0))
        other = await before(work, tap.account, tap.number(1))
        require(may_share_paper(found.report, other.report, other.rights))
        sent = found.report.delivered
        if sent is None:
            refuse("report_not_together")
        done = replace(sent, at=work.now, by=found.person.id)
        now = await _note(work, other, done, {**_paper_of(done), "with": found.report.id})
        left = await _due_together(work, found)
        card = screens.delivered(work.say, now, done.kind.value, work.now, left, found)
        return Screen(card, toast=_toast(work, ReportActKind.DELIVER.value))


async def _due_together(work: UnitOfWork, found: Access) -> list[Report]:
    """What the same debtor still owes with the same last day as the report just delivered."""
    report = found.report
    every = await reports.of_debtors(work.tx, report.committee, [report.debtor])
    return [each for each in every if may_share_paper(report, each, found.rights) is None]


def _paper_of(done: ReportAct) -> dict[str, object]:
    """The paper as the register tells it."""
    return {
        "number": done.number,
        "paper_on": done.paper_on.isoformat() if done.paper_on else None,
        "file": done.file.sha256 if done.file else None,
    }


# --- more time ---------------------------------------------------------------------------------


async def _offered(work: UnitOfWork, found: Access, _args: tuple[str, ...], _page: int) -> Screen:
    return Screen(screens.asks_until(work.say, found, work.now), as_new_message=True)


@act(
    "report_more",
    find=before,
    may=_by(may_ask),
    needs=(Day(_offered, _calendar, _on(may_ask_until)),),
)
async def ask_for_time(work: UnitOfWork, found: Access, _at: datetime, until: str) -> Screen:
    """The request goes to the office, which grants a day or not; until then the old one holds."""
    asked = await _decide(work, found, ReportActKind.ASK, day=date.fromisoformat(until))
    card = screens.asked(work.say, asked, work.now)
    await notify(work, _office(asked), card, f"report_asked:{found.report.id}:{stamp(work)}")
    return _done(work, asked, "asked")


def _office(found: Access) -> list[Person]:
    """The clerks; where a clerk asks, the head as well."""
    clerks = [person for person in found.book.everybody if person.is_clerk]
    heads = [p for p in found.book.everybody if is_head(found.book, p)]
    return [*clerks, *(heads if found.rights.clerk else ())]


@press("report_later")
async def put_off(context: Context, tap: Tap) -> Screen:
    """The press "Để sau": to hear of it again the next working morning."""
    async with context.work() as work:
        found = await before(work, tap.account, tap.number(0))
        require(may_put_off(found.report, found.rights, found.book.calendar, work.now))
        morning = found.book.calendar.next_working_day(today(work))
        later = ReportAct(ReportActKind.LATER, work.now, found.person.id, day=morning)
        await reports.note(work.tx, [(found.report.id, later)])
        await daily_digest.arrange(work, found.book)
        return Screen(toast=work.say.label("report_toast.later", day=work.say.day(morning)))


# --- the office answers ------------------------------------------------------------------------


def _asks(what: str) -> Asked[Access]:
    async def card(work: UnitOfWork, found: Access, _args: tuple[str, ...], _page: int) -> Screen:
        return Screen(screens.asks(work.say, found, what, work.now))

    return card


@act(
    "report_grant",
    find=before,
    may=_by(may_answer),
    needs=(Day(_asks("grant"), _calendar, _on(may_grant)),),
)
async def grant(work: UnitOfWork, found: Access, _at: datetime, until: str) -> Screen:
    """Until that day, which need not be the one asked for; who owes it is told."""
    granted = await _decide(work, found, ReportActKind.GRANT, day=date.fromisoformat(until))
    await daily_digest.arrange(work, found.book)
    return await _told(work, granted, "granted")


@act(
    "report_decline",
    find=before,
    may=_by(may_answer),
    needs=(Words(_asks("decline"), SHORT_REASON_LIMIT, optional=True),),
)
async def decline(work: UnitOfWork, found: Access, _at: datetime, reason: str) -> Screen:
    """The day stays as it was; who owes it is told, with the reason if one was given."""
    declined = await _decide(work, found, ReportActKind.DECLINE, words=reason)
    return await _told(work, declined, "declined")


@act(
    "report_excuse",
    find=before,
    may=_by(may_excuse),
    needs=(Words(_asks("excuse"), SHORT_REASON_LIMIT),),
)
async def excuse(work: UnitOfWork, found: Access, _at: datetime, reason: str) -> Screen:
    """One debtor is let off for one period."""
    excused = await _decide(work, found, ReportActKind.EXCUSE, words=reason)
    return await _told(work, excused, "excused")


# --- what every act shares ---------------------------------------------------------------------


async def _decide(
    work: UnitOfWork,
    found: Access,
    kind: ReportActKind,
    *,
    day: date | None = None,
    words: str = "",
) -> Access:
    decided = ReportAct(kind, work.now, found.person.id, day=day, words=words)
    detail = {"day": day.isoformat() if day else None, "words": words}
    return await _note(work, found, decided, detail)


async def _note(
    work: UnitOfWork, found: Access, done: ReportAct, detail: Mapping[str, object]
) -> Access:
    """The act, its line in the register, and the morning's word that follows; gives the report after it."""
    report = found.report
    named = {"duty": report.duty, "period": report.period, "debtor": report.debtor_name}
    line = found.line(f"report_{done.kind.value}", {**named, **detail})
    await work.write(reports.add_acts([(report.id, done)]), line)
    now = replace(report, acts=(*report.acts, done))
    await daily_digest.refresh(work, found.book, now)
    return replace(found, report=now)


async def _told(work: UnitOfWork, found: Access, what: str) -> Screen:
    """Who owes it hears of it; the one who acted sees it done."""
    book = found.book
    owing = answerable(found.report.debtor, book.staff, book.regulation)
    card = screens.decided(work.say, found, what, work.now)
    others = (each for each in owing if each.id != found.person.id)
    await notify(work, others, card, f"report_{what}:{found.report.id}:{stamp(work)}")
    return _done(work, found, what)


def _done(work: UnitOfWork, found: Access, what: str) -> Screen:
    return Screen(screens.done(work.say, found, what, work.now), toast=_toast(work, what))


def _toast(work: UnitOfWork, what: str) -> str:
    return work.say.label(f"report_toast.{what}")
