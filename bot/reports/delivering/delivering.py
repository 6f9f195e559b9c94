"""A report is delivered: with a file, with number and date of the paper, or plainly; or the office notes a paper."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from bot.db import drafts
from bot.kit.files import carries_macros
from bot.kit.screen import Screen
from bot.kit.unit import Context, UnitOfWork
from bot.reports import access as reports_desk
from bot.reports import notify
from bot.reports import store as reports
from bot.reports.access import Before
from bot.reports.delivering import cards
from bot.reports.rules.report import ReportAct, ReportActKind
from bot.reports.rules.rights import may_add, may_deliver, may_record, may_record_on
from bot.values.action import action
from bot.values.files import FileRef
from bot.values.moments import in_viet_nam
from bot.values.refusal import Refusal, faulty
from bot.values.secrecy import secrecy_mark
from bot.values.texts import TextFault, clean_line
from bot.values.typed import PaperFault, PaperMark, paper_mark

FILE_LIMIT = 20 * 1024 * 1024
"""Bytes of one file: no larger one can be fetched from Telegram."""
WORDS_LIMIT = 300
NAME_LIMIT = 200

How = Literal["deliver", "add", "record"]
"""What is being sent: the report, a further file, or the note of a paper that came in."""
KINDS = {
    "deliver": ReportActKind.DELIVER,
    "add": ReportActKind.ADD,
    "record": ReportActKind.RECORD,
}
_MAY = {"deliver": may_deliver, "add": may_add, "record": may_record}


@dataclass(frozen=True, slots=True)
class Sending:
    """A file with its bytes, as it came."""

    name: str
    file_id: str
    content: bytes


async def ask(context: Context, account: int, report_id: int, how: How) -> Screen | Refusal:
    """Ask for the file, or for number and date; nothing is recorded until they come."""
    async with context.work() as work:
        found = await _may(work, account, report_id, how)
        if isinstance(found, Refusal):
            return found
        ref = {"report": report_id, "how": how}
        await drafts.await_words(work.tx, account, "report_sent", ref, work.now)
        return Screen(cards.asks_delivery(work.say, found, how, work.now), anew=True)


async def _may(work: UnitOfWork, account: int, report_id: int, how: How) -> Before | Refusal:
    found = await reports_desk.before(work, account, report_id)
    if isinstance(found, Refusal):
        return found
    return _MAY[how](found.report, found.who) or found


async def plainly(
    context: Context, account: int, report_id: int, how: How, at: datetime
) -> Screen | Refusal:
    """Delivered or noted without file and number; a further file without a file is nothing."""
    if how == "add":
        return Refusal("report_file_needed", back=action("report_add", report_id))
    return await _noted(context, account, report_id, how, PaperMark("", None), at)


async def in_words(
    context: Context, account: int, report_id: int, how: How, text: str, at: datetime
) -> Screen | Refusal:
    """Number and date of the paper, typed."""
    line = clean_line(text, WORDS_LIMIT)
    if isinstance(line, TextFault):
        return faulty(line)
    refusal = _secret(line)
    if refusal:
        return refusal
    mark = paper_mark(line, in_viet_nam(at).date())
    if isinstance(mark, PaperFault):
        return Refusal("day_impossible", values={"part": mark.part})
    return await _noted(context, account, report_id, how, mark, at)


async def may_send_file(
    context: Context, account: int, report_id: int, how: How, name: str, size: int
) -> Refusal | None:
    """Refuse a file before its bytes are fetched: by right, by size, by name."""
    async with context.look() as work:
        found = await _may(work, account, report_id, how)
    return found if isinstance(found, Refusal) else _refuse_file(name, size)


async def with_file(
    context: Context,
    account: int,
    report_id: int,
    how: How,
    sending: Sending,
    *,
    text: str,
    at: datetime,
) -> Screen | Refusal:
    """Delivered with its file; what is written beside it is read as number and date."""
    refusal = _refuse_file(sending.name, len(sending.content))
    if refusal:
        return refusal
    if carries_macros(sending.name, sending.content):
        return Refusal("report_macros", values={"name": sending.name[:NAME_LIMIT]})
    line = clean_line(text, WORDS_LIMIT) if text.strip() else ""
    if isinstance(line, TextFault):
        return faulty(line)
    mark = paper_mark(line, in_viet_nam(at).date())
    if isinstance(mark, PaperFault):
        return Refusal("day_impossible", values={"part": mark.part})
    refusal = _secret(line)
    if refusal:
        return refusal
    return await _noted(context, account, report_id, how, mark, at, sending=sending)


def _refuse_file(name: str, size: int) -> Refusal | None:
    if size > FILE_LIMIT:
        return Refusal("file_too_large", values={"size": size, "limit": FILE_LIMIT})
    if carries_macros(name, b""):
        return Refusal("report_macros", values={"name": name[:NAME_LIMIT]})
    return _secret(name)


def _secret(text: str) -> Refusal | None:
    mark = secrecy_mark(text)
    return Refusal("secret", values={"mark": mark}) if mark else None


async def _noted(
    context: Context,
    account: int,
    report_id: int,
    how: How,
    mark: PaperMark,
    at: datetime,
    *,
    sending: Sending | None = None,
) -> Screen | Refusal:
    async with context.work() as work:
        found = await _may(work, account, report_id, how)
        if isinstance(found, Refusal):
            return found
        refusal = _refuse_date(found, how, mark, at)
        if refusal:
            return refusal
        act = ReportAct(
            KINDS[how],
            at,
            found.person.id,
            day=_came_on(how, mark, at),
            number=mark.number,
            paper_on=mark.day,
            file=await _kept(work, sending) if sending else None,
        )
        return await _done(work, account, found, act, how)


def _came_on(how: How, mark: PaperMark, at: datetime) -> date | None:
    """The day on which a paper reached the office: the one given, or today."""
    return (mark.day or in_viet_nam(at).date()) if how == "record" else None


def _refuse_date(found: Before, how: How, mark: PaperMark, at: datetime) -> Refusal | None:
    today = in_viet_nam(at).date()
    if how == "record":
        return may_record_on(found.report, found.who, mark.day or today, at)
    if mark.day is not None and mark.day > today:
        return Refusal("report_day_ahead", values={"day": mark.day})
    return None


async def _kept(work: UnitOfWork, sending: Sending) -> FileRef:
    digest = await drafts.keep_blob(work.tx, sending.content)
    name = clean_line(sending.name[:NAME_LIMIT], NAME_LIMIT)
    shown = name if isinstance(name, str) else digest[:12]
    return FileRef(shown, sending.file_id, digest, len(sending.content))


async def _done(work: UnitOfWork, account: int, found: Before, act: ReportAct, how: How) -> Screen:
    report = found.report
    await reports.add_acts(work.tx, [(report.id, act)])
    await drafts.answered(work.tx, account)
    detail = {
        "duty": report.duty,
        "period": report.period,
        "debtor": report.debtor_name,
        "number": act.number,
        "paper_on": act.paper_on.isoformat() if act.paper_on else None,
        "file": act.file.sha256 if act.file else None,
    }
    subject = f"report:{report.id}"
    await work.record(report.committee, found.person, f"report_{how}", subject, detail)
    now = replace(report, acts=(*report.acts, act))
    await notify.refresh(work, now)
    card = cards.delivered(work.say, replace(found, report=now), how, work.now)
    return Screen(card, toast=work.say.label(f"report_toast.{how}"))
