"""A notice on its way to every member's phone and to the office: sent, received, reminded of; the duty it fulfils."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.db import live_cards as places
from bot.db import people
from bot.db.dues import DueMoment
from bot.db.notice import REMINDER
from bot.kit.due import Quiet, due
from bot.kit.live import Delivered
from bot.kit.live import delivered as on_delivery
from bot.kit.notify import notify, number_of, reference, stamp
from bot.kit.unit import Line, UnitOfWork
from bot.notices import cards
from bot.notices import store as notices
from bot.notices.rules.notice import MemberNotice
from bot.people.face import within_reach
from bot.people.rules.people import Person
from bot.reports import face as reports
from bot.reports.rules.owing import keys_of
from bot.reports.rules.report import ReportAct, ReportActKind

REMIND = "notice_remind"
KIND = "member_notice"


def live(notice_id: int, person: int) -> str:
    """The live name of one member's card of a notice."""
    return f"notice:{notice_id}:{person}"


def board(notice_id: int) -> str:
    """The live name of the office's card: who has acknowledged."""
    return f"noticed:{notice_id}"


def about(notice_id: int) -> str:
    """What messages of a notice, and the register's lines, are about; such messages cannot be forwarded."""
    return reference("notice", notice_id)


# --- on its way ------------------------------------------------------------------------------


async def send(
    work: UnitOfWork, sender: Person, notice: MemberNotice, to: Iterable[Person]
) -> None:
    """A notice just entered goes to its members and to the office; where it fulfils a duty, that is noted.

    The clerks follow it, too; the sender sees the same card in answer to the press.
    """
    await _fulfil(work, sender, notice)
    await _to_members(work, notice, to)
    everybody = await people.of_committee(work.tx, notice.committee)
    clerks = (each for each in everybody if each.is_clerk and each.id != notice.sent_by)
    name = board(notice.id)
    await notify(work, clerks, name, name, about=about(notice.id))


async def _to_members(
    work: UnitOfWork, notice: MemberNotice, to: Iterable[Person], again: str = ""
) -> None:
    def shown(person: Person) -> str:
        return live(notice.id, person.id)

    key = f"{KIND}:{notice.id}{again}"
    await notify(work, to, shown, key, files=notice.files, about=about(notice.id))


@within_reach.follow_at(1)
async def resend_open(work: UnitOfWork, account: int) -> None:
    """Somebody joined or let the bot in again: the notices that never arrived go out."""
    for person in await people.of_account(work.tx, account):
        for notice in await notices.waiting_for(work.tx, person.id):
            of = notice.recipient(person.id)
            if of is not None and of.delivered_at is None:
                await _to_members(work, notice, [person], f":{stamp(work)}")


@on_delivery.follow
async def _delivered(work: UnitOfWork, sent: Delivered) -> None:
    """Telegram took a member's card; the office's card says so."""
    row = sent.row
    if row.kind != KIND or not row.person_id:
        return
    notice_id = number_of(row.about)
    notice = await notices.get(work.tx, notice_id)
    if notice is None:
        return
    line = Line(notice.committee, None, "notice_delivered", row.about, {"person": row.person_id})
    proof = notices.delivered(notice_id, row.person_id, work.now)
    if await work.write(proof, lambda fresh: line if fresh else None):
        await places.refresh(work.tx, board(notice_id), work.now, about=about(notice_id))


async def refresh(work: UnitOfWork, notice_id: int, person: int) -> None:
    """Have one member's card and the office's card show the facts of now."""
    for name in (live(notice_id, person), board(notice_id)):
        await places.refresh(work.tx, name, work.now, about=about(notice_id))


# --- reminding -------------------------------------------------------------------------------


async def reachable(work: UnitOfWork, notice: MemberNotice) -> list[Person]:
    """Those who have not acknowledged it and have joined."""
    ids = [one.person for one in notice.waiting]
    found = (await people.persons(work.tx, ids)).values()
    return [person for person in found if person.account is not None]


async def remind(work: UnitOfWork, notice: MemberNotice, to: Iterable[Person]) -> None:
    """A short call to acknowledge."""
    card = cards.reminder(work.say, notice)
    key = f"{REMIND}:{notice.id}:{stamp(work)}"
    await notify(work, to, card, key, priority=REMINDER, about=about(notice.id))


async def _sent(work: UnitOfWork, moment: DueMoment) -> MemberNotice | None:
    return await notices.get(work.tx, number_of(moment.about))


@due(REMIND, on=_sent, quiet=Quiet.WAIT)
async def _remind_due(work: UnitOfWork, notice: MemberNotice, _moment: DueMoment) -> None:
    """In the morning: who has acknowledged meanwhile is left alone."""
    await remind(work, notice, await reachable(work, notice))


# --- the duty it fulfils ---------------------------------------------------------------------


async def _fulfil(work: UnitOfWork, sender: Person, notice: MemberNotice) -> None:
    """Note what the sender owes by this duty now as delivered: what has begun first, then what is due first."""
    if not notice.duty:
        return
    book = await reports.ledger(work, notice.committee)
    keys = keys_of(sender, book.staff, book.regulation)
    owed = [
        report
        for report in await reports.of_debtors(work.tx, notice.committee, keys)
        if report.duty == notice.duty and report.is_open
    ]
    today = reports.today(work)
    begun = [report for report in owed if report.first_day <= today <= report.last_day]
    report = next(iter((*begun, *owed)), None)
    if report is None:
        return
    act = ReportAct(
        ReportActKind.DELIVER,
        work.now,
        sender.id,
        words=notice.subject,
        file=notice.files[0] if notice.files else None,
    )
    detail = {"duty": report.duty, "period": report.period, "notice": notice.id}
    line = Line(notice.committee, sender, "report_deliver", reference("report", report.id), detail)
    await work.write(reports.add_acts([(report.id, act)]), line)
    await reports.refresh(work, book, replace(report, acts=(*report.acts, act)))
