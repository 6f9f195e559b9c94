"""Who stands before a report, or before the duties of a committee: found and judged in the transaction that asks."""

from __future__ import annotations

from dataclasses import dataclass

from bot.kit import access
from bot.kit.notify import reference
from bot.kit.unit import UnitOfWork
from bot.people.rules.acting import Acting
from bot.people.rules.people import Person
from bot.regulations.rules.duties import Duty
from bot.reports import store as reports
from bot.reports.generate import Ledger, ledger, today
from bot.reports.lines import period_name
from bot.reports.rules.due_days import period_of
from bot.reports.rules.owing import Debtor, answerable, keys_of
from bot.reports.rules.report import Report
from bot.reports.rules.rights import Rights, may_see
from bot.values.refusal import NO_RIGHT, Refusal, Refused, refuse, require


@dataclass(frozen=True, slots=True)
class Access(access.Access):
    """Who stands before a report with which rights, and the committee around them."""

    report: Report
    rights: Rights
    book: Ledger

    @property
    def reference(self) -> str:
        """How the register names the report."""
        return reference("report", self.report.id)


async def before(work: UnitOfWork, account: int, report_id: int) -> Access:
    """The report for somebody who may see it; others learn nothing."""
    report = await reports.get(work.tx, report_id)
    if report is None:
        refuse("gone")
    person, book = await member(work, account, report.committee)
    rights = rights_of(book, report, person)
    require(may_see(rights))
    return _access(report, person, rights, book)


def _access(report: Report, person: Person, rights: Rights, book: Ledger) -> Access:
    """Nobody stands in for another upon a report of the own."""
    acting = None if report.person == person.id else acting_of(book, person)
    return Access(person, report, rights, book, acting=acting)


def acting_of(book: Ledger, person: Person) -> Acting | None:
    """As what the person acts as head of the committee's first body in which it does."""
    found = (book.staff.acting(person, body) for body in book.regulation.bodies)
    return next((each for each in found if each is not None), None)


def rights_of(book: Ledger, report: Report, person: Person) -> Rights:
    """What the person is to the report now."""
    owing = answerable(report.debtor, book.staff, book.regulation)
    return Rights(
        person.id,
        owes=any(each.id == person.id for each in owing),
        clerk=person.is_clerk,
        head=is_head(book, person),
    )


def is_head(book: Ledger, person: Person) -> bool:
    """Whether the person acts as head of a body of the committee, in all that the head does."""
    acting = (book.staff.acting(person, body) for body in book.regulation.bodies)
    return any(each is not None and each.whole for each in acting)


def is_office(book: Ledger, person: Person) -> bool:
    """Whether the person is a clerk of the committee, or a head."""
    return person.is_clerk or is_head(book, person)


async def member(work: UnitOfWork, account: int, committee: int) -> tuple[Person, Ledger]:
    """Somebody of the committee."""
    person = await access.in_committee(work, account, committee)
    if person is None:
        raise Refused(NO_RIGHT)
    return person, await ledger(work, committee)


async def office(work: UnitOfWork, account: int, committee: int) -> tuple[Person, Ledger]:
    """A clerk or a head of the committee; others learn nothing (I10)."""
    person, book = await member(work, account, committee)
    if not is_office(book, person):
        raise Refused(NO_RIGHT)
    return person, book


def may_send(book: Ledger, person: Person) -> tuple[tuple[Duty, Debtor], ...]:
    """What the text lets this person send unasked, each duty with whom he answers for: the own before a body's."""
    keys = keys_of(person, book.staff, book.regulation)
    found: list[tuple[Duty, Debtor]] = []
    for duty in book.regulation.duties:
        owing = {each.key: each for each in book.debtors(duty)} if duty.unasked else {}
        found += [(duty, owing[key]) for key in keys if key in owing][:1]
    return tuple(found)


async def clerk(work: UnitOfWork, account: int, committee: int) -> tuple[Person, Ledger]:
    """A clerk of the committee."""
    person, book = await member(work, account, committee)
    if not person.is_clerk:
        raise Refused(NO_RIGHT)
    return person, book


async def of_period(
    work: UnitOfWork, account: int, committee: int, duty_id: str, period: str
) -> Access:
    """What this person owes for that duty and period: what is still open first, the own before a body's."""
    person, book = await member(work, account, committee)
    found = await reports.of_period(work.tx, committee, duty_id, period)
    keys = keys_of(person, book.staff, book.regulation)
    mine = [report for key in keys for report in found if report.debtor == key]
    if not mine:
        raise Refused(NO_RIGHT if found else _unknown(work, book, duty_id, period))
    report = next((each for each in mine if each.is_open), mine[0])
    return _access(report, person, rights_of(book, report, person), book)


def _unknown(work: UnitOfWork, book: Ledger, duty_id: str, period: str) -> Refusal:
    """Why nothing is owed for it: no such duty, no such period, not made yet, or nobody's any more."""
    duty = book.duty(duty_id)
    if duty is None:
        return Refusal("report_duty_unknown", values={"duty": duty_id})
    values = {"what": duty.what, "owed": duty, "period": period}
    meant = period_of(duty, period)
    if meant is None:
        return Refusal("report_period_unknown", duty.article, values=values)
    named = {**values, "period": period_name(work.say, period)}
    if meant.first > today(work):
        return Refusal("report_not_yet", duty.article, values=named)
    return Refusal("report_not_owed", duty.article, values=named)
