"""A report asked for by hand: entered, told at once to those who owe it, taken back. The form is elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

from bot.db import outbox
from bot.db.notice import Notice
from bot.kit import access, draft_forms
from bot.kit.screen import Screen
from bot.kit.unit import Context, UnitOfWork
from bot.people.rules.people import Person
from bot.reports import store as reports
from bot.reports.access import is_head
from bot.reports.ad_hoc import cards
from bot.reports.ad_hoc import form as ad_hoc_form
from bot.reports.ad_hoc import store as hand_duties
from bot.reports.ad_hoc.form import Form
from bot.reports.ad_hoc.store import HandDuty
from bot.reports.duties import daily_digest, generate
from bot.reports.duties.generate import Ledger
from bot.reports.rules.owing import answerable
from bot.reports.rules.report import Report, ReportAct, ReportActKind
from bot.reports.rules.rights import refuse_day
from bot.reports.store import NewReport
from bot.values.refusal import NO_RIGHT, Refusal

OWN_ID = "DX-{number}"
"""What a report goes by that no article asks for."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for, and the reports that follow from it."""

    hand: HandDuty
    reports: tuple[Report, ...]


async def ask(context: Context, account: int, draft_id: int) -> Asked | Refusal:
    """Enter a complete form: everybody ticked owes it from now on, and is told at once."""
    async with context.work() as work:
        form = await ad_hoc_form.own_form(work, account, draft_id)
        if isinstance(form, Refusal):
            return form
        if form.field != "preview":
            return Refusal("form_incomplete")
        refusal = _refuse_moment(form)
        if refusal:
            return refusal
        hand = await _entered(work, form)
        await draft_forms.ended(work, account, draft_id)
        made = await _made(work, form, hand)
        await _recorded(work, form, hand, made)
        await daily_digest.arrange(work, form.book)
        await _told(work, form.book, hand, made, but=form.clerk)
        return Asked(hand, made)


def _refuse_moment(form: Form) -> Refusal | None:
    """Time has passed since the answers."""
    due = form.due_at
    if due is not None and due <= form.now:
        return Refusal("moment_past", values={"until": due})
    return refuse_day(form.due_on, form.now)


async def _entered(work: UnitOfWork, form: Form) -> HandDuty:
    fields, duty = form.draft.fields, form.duty
    number = await hand_duties.count(work.tx, form.draft.committee) + 1
    asked = HandDuty(
        committee=form.draft.committee,
        duty=duty.id if duty else OWN_ID.format(number=number),
        name=duty.what if duty else fields["what"],
        words=fields["words"],
        to_whom=", ".join(party.name for party in duty.to) if duty else fields["to"],
        article=duty.article if duty else "",
        due_on=form.due_on,
        due_at=form.due_at,
        asked_by=form.clerk.id,
        asked_at=work.now,
    )
    new = await hand_duties.add(work.tx, asked)
    kept = await hand_duties.get(work.tx, new)
    if kept is None:
        raise LookupError(f"hand duty {new} is gone")
    return kept


async def _made(work: UnitOfWork, form: Form, hand: HandDuty) -> tuple[Report, ...]:
    """One report for each who owes it, for the occasion of that day."""
    committee = form.book.committee
    period = await _occasion(work, hand)
    rows = [
        NewReport(
            duty=hand.duty,
            period=period,
            debtor=debtor.key,
            debtor_name=generate.name_of(work, debtor),
            rulebook=committee.rulebook,
            what=hand.name,
            article=hand.article,
            first_day=generate.today(work),
            due_on=hand.due_on,
            person=debtor.person,
            due_at=hand.due_at,
            hand_id=hand.id,
        )
        for debtor in form.owing
    ]
    await reports.make(work.tx, committee.id, rows, work.now)
    return tuple(await reports.of_period(work.tx, committee.id, hand.duty, period))


async def _occasion(work: UnitOfWork, hand: HandDuty) -> str:
    """The day it is due; numbered where the same is asked for twice for one day."""
    known = {
        period
        for duty, period, _ in await reports.known(work.tx, hand.committee)
        if duty == hand.duty
    }
    day = hand.due_on.isoformat()
    names = (day, *(f"{day}-{number}" for number in range(2, len(known) + 3)))
    return next(name for name in names if name not in known)


async def _recorded(work: UnitOfWork, form: Form, hand: HandDuty, made: tuple[Report, ...]) -> None:
    detail = {
        "duty": hand.duty,
        "name": hand.name,
        "to": hand.to_whom,
        "due_on": hand.due_on.isoformat(),
        "due_at": hand.due_at.isoformat() if hand.due_at else None,
        "debtors": [report.debtor for report in made],
    }
    await work.record(hand.committee, form.clerk, "add_duty", f"hand_duty:{hand.id}", detail)


async def _told(
    work: UnitOfWork, book: Ledger, hand: HandDuty, made: tuple[Report, ...], *, but: Person
) -> None:
    """Whoever answers for one of them, once; who asked for it knows."""
    mine: dict[int, list[Report]] = {}
    persons: dict[int, Person] = {}
    for report in made:
        for person in answerable(report.debtor, book.everybody, book.regulation):
            persons[person.id] = person
            mine.setdefault(person.id, []).append(report)
    notices = [
        Notice(
            key=f"hand_duty:{hand.id}:{person.id}",
            chat_id=person.account,
            kind="hand_duty",
            card=cards.told(work.say, hand, person, mine[person.id], book.calendar, work.now),
            person_id=person.id,
        )
        for person in persons.values()
        if person.account is not None and person.id != but.id
    ]
    await outbox.put_many(work.tx, notices, work.now)


# --- taking it back --------------------------------------------------------------------------


async def ask_withdrawal(context: Context, account: int, report_id: int) -> Screen | Refusal:
    """Whether it is really to be taken back: what is still open lapses for everybody."""
    async with context.look() as work:
        found = await _before(work, account, report_id)
    if isinstance(found, Refusal):
        return found
    _, hand, same = found
    return Screen(cards.asks_withdrawal(context.say, report_id, hand, same))


async def withdraw(context: Context, account: int, report_id: int) -> Asked | Refusal:
    """Take it back: nobody owes it any more, what was delivered stays; those it concerned are told."""
    async with context.work() as work:
        found = await _before(work, account, report_id)
        if isinstance(found, Refusal):
            return found
        person, hand, same = found
        open_ = tuple(report for report in same if report.is_open)
        reason = work.say.label("hand.withdrawn")
        act = ReportAct(ReportActKind.EXCUSE, work.now, person.id, words=reason)
        await reports.add_acts(work.tx, [(report.id, act) for report in open_])
        await hand_duties.withdraw(work.tx, hand.id, work.now)
        detail = {"duty": hand.duty, "lapsed": [report.id for report in open_]}
        subject = f"hand_duty:{hand.id}"
        await work.record(hand.committee, person, "withdraw_duty", subject, detail)
        book = await generate.ledger(work, hand.committee)
        await daily_digest.arrange(work, book)
        await _told_withdrawn(work, book, hand, open_, but=person)
        return Asked(hand, same)


async def _before(
    work: UnitOfWork, account: int, report_id: int
) -> tuple[Person, HandDuty, tuple[Report, ...]] | Refusal:
    report = await reports.get(work.tx, report_id)
    if report is None:
        return Refusal("gone")
    person = await access.in_committee(work, account, report.committee)
    if person is None:
        return NO_RIGHT
    book = await generate.ledger(work, report.committee)
    if not (person.is_clerk or is_head(book, person)):
        return NO_RIGHT
    hand = await hand_duties.get(work.tx, report.hand_id) if report.hand_id else None
    if hand is None:
        return Refusal("hand_by_rule", report.article)
    if hand.withdrawn_at is not None:
        return Refusal("hand_withdrawn", values={"at": hand.withdrawn_at})
    same = await reports.of_period(work.tx, report.committee, report.duty, report.period)
    return person, hand, tuple(same)


async def _told_withdrawn(
    work: UnitOfWork, book: Ledger, hand: HandDuty, open_: tuple[Report, ...], *, but: Person
) -> None:
    told = {
        person.id: person
        for report in open_
        for person in answerable(report.debtor, book.everybody, book.regulation)
    }
    notices = [
        Notice(
            key=f"hand_duty_back:{hand.id}:{person.id}",
            chat_id=person.account,
            kind="hand_duty_back",
            card=cards.withdrawn(work.say, hand, person),
            person_id=person.id,
        )
        for person in told.values()
        if person.account is not None and person.id != but.id
    ]
    await outbox.put_many(work.tx, notices, work.now)
