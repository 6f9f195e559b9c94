"""One report before one person: found and judged in the transaction that asks. Nothing is changed here."""

from __future__ import annotations

from dataclasses import dataclass

from bot.kit import access
from bot.kit.unit import UnitOfWork
from bot.people.access import heads_of
from bot.people.rules.people import Person
from bot.reports import store as reports
from bot.reports.duties import generate
from bot.reports.duties.generate import Ledger
from bot.reports.lines import period_name
from bot.reports.rules.due_days import period_of
from bot.reports.rules.owing import answerable, keys_of
from bot.reports.rules.report import Report
from bot.reports.rules.rights import Standpoint, may_see
from bot.values.moments import in_viet_nam
from bot.values.refusal import NO_RIGHT, Refusal


@dataclass(frozen=True, slots=True)
class Before:
    """A report, who stands before it, and the committee around them."""

    report: Report
    person: Person
    who: Standpoint
    book: Ledger


async def before(work: UnitOfWork, account: int, report_id: int) -> Before | Refusal:
    """The report for somebody who may see it; others learn nothing."""
    report = await reports.get(work.tx, report_id)
    if report is None:
        return Refusal("gone")
    person = await access.in_committee(work, account, report.committee)
    if person is None:
        return NO_RIGHT
    book = await generate.ledger(work, report.committee)
    who = standpoint(book, report, person)
    return may_see(who) or Before(report, person, who, book)


def standpoint(book: Ledger, report: Report, person: Person) -> Standpoint:
    """What the person is to the report now."""
    owing = answerable(report.debtor, book.everybody, book.regulation)
    return Standpoint(
        person.id,
        owes=any(each.id == person.id for each in owing),
        clerk=person.is_clerk,
        head=is_head(book, person),
    )


def is_head(book: Ledger, person: Person) -> bool:
    """Whether the person heads a body of the committee."""
    return any(head.id == person.id for head in heads_of(book.everybody, book.regulation))


async def of_period(
    work: UnitOfWork, account: int, committee: int, duty_id: str, period: str
) -> Before | Refusal:
    """What this person owes for that duty and period: what is still open first, the own before a body's."""
    person = await access.in_committee(work, account, committee)
    if person is None:
        return NO_RIGHT
    book = await generate.ledger(work, committee)
    found = await reports.of_period(work.tx, committee, duty_id, period)
    keys = keys_of(person, book.everybody, book.regulation)
    mine = [report for key in keys for report in found if report.debtor == key]
    if mine:
        report = next((each for each in mine if each.is_open), mine[0])
        return Before(report, person, standpoint(book, report, person), book)
    return NO_RIGHT if found else _unknown(work, book, duty_id, period)


def _unknown(work: UnitOfWork, book: Ledger, duty_id: str, period: str) -> Refusal:
    """Why nothing is owed for it: no such duty, no such period, not made yet, or nobody's any more."""
    duty = book.duty(duty_id)
    if duty is None:
        return Refusal("report_duty_unknown", values={"duty": duty_id})
    values = {"what": duty.what, "periods": duty.periods, "period": period}
    meant = period_of(duty, period)
    if meant is None:
        return Refusal("report_period_unknown", duty.article, values=values)
    named = {**values, "period": period_name(work.say, period)}
    if meant.first > in_viet_nam(work.now).date():
        return Refusal("report_not_yet", duty.article, values=named)
    return Refusal("report_not_owed", duty.article, values=named)
