"""A notice that is at the same time a report owed to the members (QN 4.6, HU 20.1): it is noted as delivered."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.member_notices import MemberNotice
from bot.domain.owing import keys_of
from bot.domain.people import Person
from bot.domain.report import Report, ReportAct, ReportActKind
from bot.services.desk import Work
from bot.services.reports import making, telling
from bot.store import reports


async def fulfil(work: Work, sender: Person, notice: MemberNotice) -> Report | None:
    """Note what the sender owes by this duty now as delivered: what has begun first, then what is due first."""
    if not notice.duty:
        return None
    book = await making.ledger(work, notice.committee)
    keys = keys_of(sender, book.everybody, book.regulation)
    owed = [
        report
        for report in await reports.of_debtors(work.tx, notice.committee, keys)
        if report.duty == notice.duty and report.is_open
    ]
    today = making.today(work)
    begun = [report for report in owed if report.first_day <= today <= report.last_day]
    report = next(iter((*begun, *owed)), None)
    if report is None:
        return None
    act = ReportAct(
        ReportActKind.DELIVER,
        work.now,
        sender.id,
        words=notice.subject,
        file=notice.files[0] if notice.files else None,
    )
    await reports.add_acts(work.tx, [(report.id, act)])
    detail = {"duty": report.duty, "period": report.period, "notice": notice.id}
    await work.record(notice.committee, sender, "report_deliver", f"report:{report.id}", detail)
    delivered = replace(report, acts=(*report.acts, act))
    await telling.refresh(work, delivered)
    return delivered
