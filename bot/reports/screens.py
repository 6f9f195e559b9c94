"""Reports as their people see them: the list "Báo cáo của tôi", one report, what is asked of whom, what was done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from bot.db.notice import Button, Card, Row, Style
from bot.kit.act import press
from bot.kit.ask import NOTHING, day_digits
from bot.kit.card import day_rows, to_home
from bot.kit.screen import Screen
from bot.kit.taps import Tap
from bot.kit.unit import Context, UnitOfWork
from bot.kit.waiting import Waiting, for_clerks, home_row, waits
from bot.people.face import is_agency
from bot.people.rules.people import Person, Role
from bot.regulations.rules.duties import PartyKind
from bot.rendering import Rendering
from bot.reports import access, lines
from bot.reports import store as reports
from bot.reports.access import Access
from bot.reports.board import board_button
from bot.reports.generate import Ledger, ledger, today
from bot.reports.lines import Line
from bot.reports.rules.owing import PERSON, keys_of
from bot.reports.rules.report import Report, ReportActKind, Standing, standing
from bot.reports.rules.rights import (
    may_add,
    may_answer,
    may_ask,
    may_ask_until,
    may_deliver,
    may_excuse,
    may_record,
)
from bot.values.action import Action, action
from bot.values.moments import VIET_NAM, in_viet_nam
from bot.values.refusal import refuse

AHEAD = timedelta(days=100)
"""How far ahead what is owed is listed; what is due later is counted."""
LISTED = 12
"""Reports still open on the list, each with its button."""
LAST = 5
"""Reports already delivered on the list."""
SOON = timedelta(days=7)
"""How long before its day a report stands among what waits for a person."""


# --- what is pressed ---------------------------------------------------------------------------


@press("reports")
async def mine(context: Context, tap: Tap) -> Screen:
    """What this person owes and has delivered; the office finds the duties and their days here, too."""
    async with context.look() as work:
        person, book = await access.member(work, tap.account, tap.number(0))
        return Screen(_listed(work, book, person, await _owed_by(work, book, person)))


@press("report")
async def show(context: Context, tap: Tap) -> Screen:
    """One report as it stands."""
    async with context.look() as work:
        found = await access.before(work, tap.account, tap.number(0))
        return Screen(one(work.say, found, work.now))


@press("report_of")
async def show_of_period(context: Context, tap: Tap) -> Screen:
    """What this person owes for one duty and period."""
    async with context.look() as work:
        place = tap.number(0), tap.word(1), tap.word(2)
        found = await access.of_period(work, tap.account, *place)
        return Screen(one(work.say, found, work.now))


@press("report_files")
async def files(context: Context, tap: Tap) -> Screen:
    """The files delivered with a report, to who owes it and to the office."""
    async with context.look() as work:
        found = await access.before(work, tap.account, tap.number(0))
        if not found.report.files:
            refuse("gone")
        words = _in_words(work.say, found, work.now)
        card = Card(work.say.text("report_files", one=words, files=found.report.files))
        return Screen(files=found.report.files, files_card=card)


home_row(60, "rboard", reads=True)(for_clerks)


@home_row(90, "reports", first=True)
async def _on_home(_work: UnitOfWork, person: Person) -> bool:
    """Guests owe no reports."""
    return any(seat.role is not Role.GUEST for seat in person.seats)


@waits(5)
async def waiting_for(work: UnitOfWork, person: Person, committee: str) -> list[Waiting]:
    """Reports whose day is near or past, and wishes for more time that the office has not answered."""
    book = await ledger(work, person.committee)
    keys = set(keys_of(person, book.staff, book.regulation))
    found = []
    for each in await reports.open_of(work.tx, person.committee):
        due = each.hour or datetime.combine(each.last_day, time(23, 59), VIET_NAM)
        name = each.what
        if each.debtor in keys and each.last_day <= today(work) + SOON:
            kind = "report" if standing(each, work.now) is Standing.NOT_DUE else "report_late"
            found.append(Waiting(kind, name, due, committee, action("report", each.id), due))
        if person.is_clerk and each.request:
            subject = f"{each.debtor_name}: {name}"
            wanted = action("report", each.id)
            found.append(Waiting("report_asked", subject, each.request.at, committee, wanted))
    return found


# --- the list ----------------------------------------------------------------------------------


async def _owed_by(work: UnitOfWork, book: Ledger, person: Person) -> list[Report]:
    keys = keys_of(person, book.staff, book.regulation)
    return await reports.of_debtors(work.tx, book.committee.id, keys)


def _listed(work: UnitOfWork, book: Ledger, person: Person, found: Sequence[Report]) -> Card:
    until = today(work) + AHEAD
    open_ = [each for each in found if each.is_open]
    near = [each for each in open_ if each.last_day <= until][:LISTED]
    sent = sorted(
        (each for each in found if each.delivered_on is not None),
        key=lambda each: (each.delivered_on, each.id),
    )
    shown = [lines.line(work.say, each, book.calendar, work.now) for each in near]
    last = [lines.line(work.say, each, book.calendar, work.now) for each in sent[-LAST:][::-1]]
    text = work.say.text(
        "report_mine",
        committee=book.committee.name,
        lines=shown,
        later=len(open_) - len(near),
        sent=last,
        today=today(work),
    )
    rows: list[Row] = [(lines.button(each),) for each in (*shown, *last)]
    rows += _unasked(work.say, book, person)
    if access.is_office(book, person):
        rows.append((board_button(work.say, book.committee.id),))
        rows.append((_duties(work.say, book.committee.id),))
    return Card(text, (*rows, to_home(work.say)))


def _unasked(say: Rendering, book: Ledger, person: Person) -> list[Row]:
    """A button for each duty that this person may fulfil unasked."""
    mine = access.may_send(book, person)
    named = "report_button.unasked" if len(mine) == 1 else "report_button.unasked_of"
    rows: list[Row] = []
    for duty, _ in mine:
        label = say.label(named, what=duty.what)
        rows.append((Button(label, action("report_unasked", book.committee.id, duty.id)),))
    return rows


def _duties(say: Rendering, committee: int) -> Button:
    return Button(say.label("report_button.duties"), action("report_duties", committee))


# --- one report --------------------------------------------------------------------------------

OFFERED_DAYS = (1, 3, 5, 10)
"""Working days beyond the last one offered to who asks for more time."""


PLAINLY = {"deliver": ("report_sent", "plain"), "record": ("report_record", "record_plain")}
"""What a button says in place of file and number, by what is handed over."""


def to_mine(say: Rendering, committee: int) -> Row:
    """The way back to the list."""
    return (Button(say.label("report_button.board"), action("reports", committee)),)


def to_report(say: Rendering, report: Report) -> Row:
    """The way back to one report."""
    return (Button(say.label("button.back"), action("report", report.id)),)


def one(say: Rendering, found: Access, now: datetime) -> Card:
    """One report as it stands, with what its reader can do about it."""
    text = say.text(
        "report_one",
        one=_in_words(say, found, now),
        report=found.report,
        granted=found.report.last(ReportActKind.GRANT),
        files=found.report.files,
        office=found.rights.office,
    )
    rows = _acts(say, found)
    return Card(text, (*rows, to_mine(say, found.report.committee)))


def _in_words(say: Rendering, found: Access, now: datetime) -> Line:
    return lines.line(say, found.report, found.book.calendar, now)


def _acts(say: Rendering, found: Access) -> list[Row]:
    report, rights = found.report, found.rights
    rows: list[Row] = []
    if may_deliver(report, rights) is None:
        rows.append((_button(say, "sent", report),))
    if may_ask(report, rights) is None:
        rows.append((_button(say, "more", report),))
    if may_add(report, rights) is None:
        rows.append((_button(say, "add", report),))
    if report.files:
        rows.append((_button(say, "files", report),))
    if may_answer(report, rights) is None:
        rows += _answers(say, report)
    if may_record(report, rights) is None:
        rows.append((_button(say, "record", report),))
    if rights.clerk and report.is_open and report.hand_id is None:
        day = action("report_period", report.committee, report.duty, report.period)
        rows.append((Button(say.label("report_button.day"), day),))
    if may_excuse(report, rights) is None:
        rows.append((_button(say, "excuse", report),))
    return [*rows, *_further(say, found)]


def _further(say: Rendering, found: Access) -> list[Row]:
    """What helps to write it, how it can be sent, and how the others stand."""
    report, rights = found.report, found.rights
    rows: list[Row] = []
    if not report.debtor.startswith(f"{PERSON}:"):
        rows.append((_way(say, "figures", action("rstats", report.id)),))
    duty = found.book.duty(report.duty)
    to_members = duty and any(party.kind is PartyKind.EACH_MEMBER for party in duty.to)
    if to_members and rights.owes and report.is_open:
        rows.append((_way(say, "notice", action("nform", report.committee, report.duty)),))
    if rights.office:
        rows.append((_way(say, "period", action("rperiod", report.id)),))
    return rows


def _way(say: Rendering, label: str, way: Action) -> Button:
    return Button(say.label(f"report_board_button.{label}"), way)


def _button(say: Rendering, act: str, report: Report) -> Button:
    style: Style | None = "primary" if act == "sent" else None
    return Button(
        say.label(f"report_button.{act}"), action(f"report_{act}", report.id), style=style
    )


def _answers(say: Rendering, report: Report) -> list[Row]:
    """What the office can say to a request for more time."""
    rows: list[Row] = []
    if report.request and report.request.day:
        day = report.request.day
        label = say.label("report_button.grant", day=say.date(day))
        wanted = action("report_grant", report.id, day_digits(day))
        rows.append((Button(label, wanted, style="success"),))
    other = Button(say.label("report_button.grant_other"), action("report_grant", report.id))
    rows.append((other,))
    rows.append((_button(say, "decline", report),))
    return rows


# --- questions ---------------------------------------------------------------------------------


def asks_delivery(say: Rendering, found: Access, how: str, now: datetime) -> Card:
    """Asks for the file, or number and date."""
    text = say.text(
        "report_ask_delivery",
        one=_in_words(say, found, now),
        how=how,
        of_agencies=is_agency(found.person),
    )
    rows: list[Row] = []
    if how != "add":
        act, label = PLAINLY[how]
        plain = action(act, found.report.id, NOTHING)
        rows.append((Button(say.label(f"report_button.{label}"), plain, style="primary"),))
    return Card(text, (*rows, to_report(say, found.report)))


def asks_until(say: Rendering, found: Access, now: datetime) -> Card:
    """Offers days to ask for."""
    calendar, report = found.book.calendar, found.report
    base = max(report.last_day, in_viet_nam(now).date())
    days = [calendar.add_working_days(base, count) for count in OFFERED_DAYS]
    taken = (each for each in days if may_ask_until(report, found.rights, each, now) is None)
    rows = day_rows(say, "report_more", (report.id,), taken)
    text = say.text("report_ask_until", one=_in_words(say, found, now))
    return Card(text, (*rows, to_report(say, report)))


def asks(say: Rendering, found: Access, act: str, now: datetime) -> Card:
    """Asks the office for a day or a reason, in words."""
    report = found.report
    text = say.text("report_ask_office", report=report, act=act, one=_in_words(say, found, now))
    rows: list[Row] = []
    if act == "decline":
        plain = action("report_decline", report.id, "")
        rows.append((Button(say.label("report_button.decline_plain"), plain),))
    return Card(text, (*rows, to_report(say, report)))


# --- what was done -----------------------------------------------------------------------------


def delivered(
    say: Rendering,
    found: Access,
    how: str,
    now: datetime,
    together: Sequence[Report] = (),
    paper_of: Access | None = None,
) -> Card:
    """After a delivery: what was recorded, and what else the same paper may settle.

    `paper_of` is the report with which the paper came, where it now settled another.
    """
    text = say.text(
        "report_delivered",
        one=_in_words(say, found, now),
        how=how,
        act=found.report.acts[-1],
        together=len(together),
    )
    first = (paper_of or found).report.id
    same = [(_same(say, first, each),) for each in together]
    return Card(text, (*same, to_report(say, found.report), to_mine(say, found.report.committee)))


def _same(say: Rendering, sent: int, other: Report) -> Button:
    period = lines.period_name(say, other.period)
    what = f"{period} · {other.what}" if period else other.what
    return Button(say.label("report_button.same", what=what), action("report_same", sent, other.id))


def asked(say: Rendering, found: Access, now: datetime) -> Card:
    """To the office: somebody asks for more time."""
    report = found.report
    text = say.text("report_asked", one=_in_words(say, found, now), by=found.person.name)
    return Card(text, tuple(_answers(say, report)))


def decided(say: Rendering, found: Access, what: str, now: datetime) -> Card:
    """To who owes it: what the office decided."""
    report = found.report
    text = say.text(
        "report_told", one=_in_words(say, found, now), report=report, what=what, act=report.acts[-1]
    )
    return Card(text, (to_report(say, report),))


def done(say: Rendering, found: Access, what: str, now: datetime) -> Card:
    """To the one who acted."""
    report = found.report
    text = say.text(
        "report_done", one=_in_words(say, found, now), report=report, what=what, act=report.acts[-1]
    )
    return Card(text, (to_report(say, report), to_mine(say, report.committee)))
