"""A report asked for beside the calendar: entered, told at once to those who owe it, taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial

from bot.db.notice import Button, Card
from bot.kit.act import act
from bot.kit.ask import YES, Confirm
from bot.kit.card import to_home
from bot.kit.notify import notify, reference
from bot.kit.screen import Screen
from bot.kit.unit import Line, UnitOfWork
from bot.people.face import is_agency
from bot.people.rules.people import Person
from bot.regulations.rules.duties import Duty
from bot.rendering import Rendering
from bot.reports import board, daily_digest, generate
from bot.reports import store as reports
from bot.reports.access import office
from bot.reports.generate import Ledger, today
from bot.reports.lines import acts, line
from bot.reports.rules.owing import Debtor, answerable
from bot.reports.rules.report import Report, ReportAct, ReportActKind
from bot.reports.rules.rights import refuse_day
from bot.reports.store import AdHoc, NewReport
from bot.values.action import action
from bot.values.refusal import Refusal, refuse, require
from bot.values.working_days import WorkingCalendar

OWN_ID = "DX-{number}"
"""What a report goes by that no article asks for."""
NAMED = 12
"""Names told on the card; the others are counted."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for: by a duty of the rule book or by none, and from whom."""

    duty: Duty | None
    name: str
    words: str
    to_whom: str
    due_on: date
    due_at: datetime | None
    owing: tuple[Debtor, ...]


async def ask(work: UnitOfWork, person: Person, book: Ledger, asked: Asked) -> Screen:
    """Everybody named owes it from now on, and is told at once; refused where its moment has passed."""
    if asked.due_at is not None and asked.due_at <= work.now:
        refuse("moment_past", until=asked.due_at)
    require(refuse_day(asked.due_on, work.now))
    entered = await _enter(work, person, book, asked)
    made = await _make(work, book, entered, asked.owing)
    await daily_digest.arrange(work, book)
    await _tell(work, book, entered, made, but=person)
    return Screen(done(work.say, entered, made), toast=work.say.label("hand_toast.asked"))


async def _enter(work: UnitOfWork, person: Person, book: Ledger, asked: Asked) -> AdHoc:
    duty, committee = asked.duty, book.committee.id
    number = await reports.count_ad_hoc(work.tx, committee) + 1
    new = AdHoc(
        committee=committee,
        duty=duty.id if duty else OWN_ID.format(number=number),
        name=asked.name,
        words=asked.words,
        to_whom=asked.to_whom,
        article=duty.article if duty else "",
        due_on=asked.due_on,
        due_at=asked.due_at,
        asked_by=person.id,
        asked_at=work.now,
    )
    detail = {
        "duty": new.duty,
        "name": new.name,
        "to": new.to_whom,
        "due_on": new.due_on.isoformat(),
        "due_at": new.due_at.isoformat() if new.due_at else None,
        "debtors": [debtor.key for debtor in asked.owing],
    }

    def line(given: int) -> Line:
        return Line(committee, person, "add_duty", reference("hand_duty", given), detail)

    return replace(new, id=await work.write(reports.add_ad_hoc(new), line))


async def _make(
    work: UnitOfWork, book: Ledger, entered: AdHoc, owing: Sequence[Debtor]
) -> tuple[Report, ...]:
    """One report for each who owes it, for the occasion of that day."""
    period = await occasion(work, entered)
    rows = [
        NewReport(
            duty=entered.duty,
            period=period,
            debtor=debtor.key,
            debtor_name=generate.name_of(work, debtor),
            rulebook=book.committee.rulebook,
            what=entered.name,
            article=entered.article,
            first_day=today(work),
            due_on=entered.due_on,
            person=debtor.person,
            due_at=entered.due_at,
            hand_id=entered.id,
        )
        for debtor in owing
    ]
    await generate.enter(work, entered.committee, rows)
    return tuple(await reports.of_period(work.tx, entered.committee, entered.duty, period))


async def occasion(work: UnitOfWork, entered: AdHoc) -> str:
    """The day it is due; numbered where the same is asked for twice for one day."""
    known = {
        period
        for duty, period, _ in await reports.known(work.tx, entered.committee)
        if duty == entered.duty
    }
    day = entered.due_on.isoformat()
    names = (day, *(f"{day}-{number}" for number in range(2, len(known) + 3)))
    return next(name for name in names if name not in known)


async def _tell(
    work: UnitOfWork, book: Ledger, entered: AdHoc, made: Sequence[Report], *, but: Person
) -> None:
    """Whoever answers for one of them, once; who asked for it knows."""
    mine: dict[int, list[Report]] = {}
    persons: dict[int, Person] = {}
    for report in made:
        for person in answerable(report.debtor, book.staff, book.regulation):
            persons[person.id] = person
            mine.setdefault(person.id, []).append(report)

    def shown(person: Person) -> Card:
        return told(work.say, entered, person, mine[person.id], book.calendar, work.now)

    others = (person for person in persons.values() if person.id != but.id)
    await notify(work, others, shown, _subject(entered))


def _subject(entered: AdHoc) -> str:
    return reference("hand_duty", entered.id)


# --- taking it back --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Occasion:
    """What was asked for, with every report of it, before somebody of the office."""

    person: Person
    book: Ledger
    report: Report
    asked: AdHoc
    same: tuple[Report, ...]


async def _found(work: UnitOfWork, account: int, report_id: int) -> Occasion:
    report = await reports.get(work.tx, report_id)
    if report is None:
        refuse("gone")
    person, book = await office(work, account, report.committee)
    asked = await reports.ad_hoc(work.tx, report.hand_id) if report.hand_id else None
    if asked is None:
        refuse("hand_by_rule", report.article)
    same = await reports.of_period(work.tx, report.committee, report.duty, report.period)
    return Occasion(person, book, report, asked, tuple(same))


def _may_withdraw(found: Occasion, _at: datetime) -> Refusal | None:
    """Once; what the rule book asks for is not taken back at all."""
    at = found.asked.withdrawn_at
    return Refusal("hand_withdrawn", values={"at": at}) if at else None


async def _really(work: UnitOfWork, found: Occasion, _args: tuple[str, ...], _page: int) -> Screen:
    return Screen(asks_withdrawal(work.say, found.report.id, found.asked, found.same))


@act("rhand_end", find=_found, may=_may_withdraw, needs=(Confirm(_really),))
async def withdraw(work: UnitOfWork, found: Occasion, _at: datetime, _yes: str) -> Screen:
    """Take it back: nobody owes it any more, what was delivered stays; those it concerned are told."""
    asked, person = found.asked, found.person
    open_ = [report for report in found.same if report.is_open]
    lapse = ReportAct(
        ReportActKind.EXCUSE, work.now, person.id, words=work.say.label("hand.withdrawn")
    )
    detail = {"duty": asked.duty, "lapsed": [report.id for report in open_]}
    await work.write(
        reports.withdraw_ad_hoc(asked.id, work.now),
        Line(asked.committee, person, "withdraw_duty", _subject(asked), detail),
        reports.add_acts([(report.id, lapse) for report in open_]),
    )
    await daily_digest.arrange(work, found.book)
    await _tell_withdrawn(work, found, open_)
    shown = await board.board_of(work, person.account or 0, asked.committee)
    card = board.of_period(work.say, shown, found.report, 0)
    return Screen(card, toast=work.say.label("hand_toast.withdrawn"))


async def _tell_withdrawn(work: UnitOfWork, found: Occasion, open_: Sequence[Report]) -> None:
    owed = (
        person
        for report in open_
        for person in answerable(report.debtor, found.book.staff, found.book.regulation)
        if person.id != found.person.id
    )
    shown = partial(withdrawn, work.say, found.asked)
    await notify(work, owed, shown, f"hand_duty_back:{found.asked.id}")


# --- how it reads ----------------------------------------------------------------------------


def done(say: Rendering, asked: AdHoc, made: Sequence[Report]) -> Card:
    """To who asked: it is out; the way to where it is followed."""
    names = [report.debtor_name for report in made]
    text = say.text("hand_asked", hand=asked, names=names, most=NAMED)
    label = say.label("report_board_button.period")
    follow = Button(label, action("rperiod", made[0].id), style="primary")
    return Card(text, ((follow,), to_home(say)))


def told(
    say: Rendering,
    asked: AdHoc,
    person: Person,
    mine: Sequence[Report],
    calendar: WorkingCalendar,
    now: datetime,
) -> Card:
    """To somebody who owes it, or answers for a body that does."""
    shown = [line(say, report, calendar, now) for report in mine]
    text = say.text(
        "hand_told",
        hand=asked,
        name=person.name,
        of_agencies=is_agency(person),
        lines=shown,
    )
    list_ = (Button(say.label("button.reports"), action("reports", person.committee)),)
    return Card(text, (*acts(say, shown), list_))


def asks_withdrawal(say: Rendering, report_id: int, asked: AdHoc, same: Sequence[Report]) -> Card:
    """Asks once more before nobody owes it any more."""
    open_ = sum(report.is_open for report in same)
    text = say.text("hand_withdrawal", hand=asked, open_=open_, sent=len(same) - open_)
    yes = action("rhand_end", report_id, YES)
    back = Button(say.label("button.back"), action("rperiod", report_id))
    return Card(text, ((Button(say.label("hand_button.end_yes"), yes, style="danger"),), (back,)))


def withdrawn(say: Rendering, asked: AdHoc, person: Person) -> Card:
    """To somebody who owed it: it is asked for no more."""
    of_agencies = is_agency(person)
    text = say.text("hand_back", hand=asked, name=person.name, of_agencies=of_agencies)
    return Card(text, (to_home(say),))
