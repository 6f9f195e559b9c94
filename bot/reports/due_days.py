"""Due days that a committee fixes for itself, and on which days it reminds. Days past are never touched here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from bot.db.fact import Fact
from bot.db.notice import Button, Card, Row
from bot.kit.act import act, press
from bot.kit.ask import Asked, Day, Pick, Words
from bot.kit.notify import reference
from bot.kit.screen import Screen
from bot.kit.taps import Tap
from bot.kit.unit import Context, Line, UnitOfWork
from bot.people.rules.people import Person
from bot.regulations.rules.duties import DueKind, Duty, PartyKind, Period
from bot.regulations.rules.occasions import occasion_of
from bot.regulations.rules.periods import CalendarPeriod
from bot.rendering import Rendering
from bot.reports import daily_digest, generate
from bot.reports import store as reports
from bot.reports.access import clerk, office
from bot.reports.generate import Ledger, ledger, today
from bot.reports.lines import period_name
from bot.reports.rules.due_days import (
    TERM,
    OwnRule,
    due_day,
    own_rule,
    period_of,
    term_id,
    upcoming,
)
from bot.reports.rules.report import ReportAct, ReportActKind
from bot.reports.rules.rights import refuse_day
from bot.values.action import action
from bot.values.limits import DUE_RULE_LIMIT, REASON_LIMIT
from bot.values.moments import in_digits
from bot.values.refusal import Refusal, refuse, require
from bot.values.working_days import WorkingCalendar

MOST_REMINDERS = 6
MOST_DAYS_BEFORE = 90

Clerk = tuple[Person, Ledger]
"""Who fixes the days of a committee, and what it owes."""


# --- what is seen ------------------------------------------------------------------------------


@press("report_duties")
async def duties(context: Context, tap: Tap) -> Screen:
    """All duties of the regulation with their due days, for clerks and heads."""
    async with context.look() as work:
        _, book = await office(work, tap.account, tap.number(0))
        return Screen(listed(work.say, book))


@press("report_duty")
async def duty(context: Context, tap: Tap) -> Screen:
    """One duty: who owes it to whom, when, and the days that come next."""
    async with context.look() as work:
        person, book = await office(work, tap.account, tap.number(0))
        return Screen(await _shown(work, person, book, _duty(book, tap.word(1))))


async def _shown(work: UnitOfWork, person: Person, book: Ledger, wanted: Duty) -> Card:
    days = [
        (period, day)
        for period in upcoming(wanted, today(work))
        if (day := book.day_of(wanted, period)) is not None and day >= today(work)
    ]
    if wanted.event is not None:
        days += await _after_events(work, book, wanted)
    days.sort(key=lambda pair: pair[1])
    debtors = tuple(generate.name_of(work, each) for each in book.debtors(wanted))
    return one(work.say, book, wanted, days, debtors, may_edit=person.is_clerk)


async def _after_events(
    work: UnitOfWork, book: Ledger, wanted: Duty
) -> list[tuple[CalendarPeriod, date]]:
    """What is open because of an event, each event once."""
    open_ = await reports.open_of(work.tx, book.committee.id)
    found = {
        period: report.stated_day
        for report in open_
        if report.duty == wanted.id and occasion_of(report.period) is not None
        if (period := period_of(wanted, report.period)) is not None
    }
    return [(period, day) for period, day in found.items() if day >= today(work)]


def _duty(book: Ledger, duty_id: str) -> Duty:
    found = book.duty(duty_id)
    if found is None:
        refuse("report_duty_unknown", duty=duty_id)
    return found


# --- what is still asked -----------------------------------------------------------------------


async def _which(work: UnitOfWork, before: Clerk, _args: tuple[str, ...], _page: int) -> Screen:
    return Screen(listed(work.say, before[1]))


def _known(before: Clerk, duty_id: str, _at: datetime) -> Refusal | None:
    if before[1].duty(duty_id) is not None:
        return None
    return Refusal("report_duty_unknown", values={"duty": duty_id})


async def _when(work: UnitOfWork, before: Clerk, args: tuple[str, ...], _page: int) -> Screen:
    return Screen(await _shown(work, *before, _duty(before[1], args[1])))


def _asks(what: str) -> Asked[Clerk]:
    """The question about the duty, and perhaps the period, that the answers before it name."""

    async def card(work: UnitOfWork, before: Clerk, args: tuple[str, ...], _page: int) -> Screen:
        book = before[1]
        of, period = _duty(book, args[1]), "".join(args[2:])
        if what == "period":
            require(_refuse_period(of, period))
        return Screen(asks(work.say, book, of, what, period))

    return card


def _refuse_period(wanted: Duty, period: str) -> Refusal | None:
    if period == TERM and Period.TERM in wanted.periods:
        return None
    if period_of(wanted, period) is not None:
        return None
    values = {"what": wanted.what, "owed": wanted, "period": period}
    return Refusal("report_period_unknown", wanted.article, values=values)


def _calendar(before: Clerk) -> WorkingCalendar:
    return before[1].calendar


def _refuse_day(_before: Clerk, day: date, at: datetime) -> Refusal | None:
    return refuse_day(day, at)


WHICH = Pick(_which, _known)


# --- what is fixed -----------------------------------------------------------------------------


@act(
    "report_rule",
    find=clerk,
    needs=(WHICH, Words(_asks("rule"), DUE_RULE_LIMIT, line=True)),
)
async def fix_rule(
    work: UnitOfWork, before: Clerk, _at: datetime, duty_id: str, rule: str
) -> Screen:
    """The committee's own day for every period that has not passed its day."""
    person, book = before
    own = own_rule(rule)
    if own is None or not _fits(book, _duty(book, duty_id), own, today(work)):
        refuse("report_rule_unclear", text=rule)
    fixed = reports.fix(book.committee.id, duty_id, person.id, work.now, rule=rule)
    return await _fix(work, before, duty_id, {"rule": rule}, fixed)


def _fits(book: Ledger, wanted: Duty, own: OwnRule, day: date) -> bool:
    """Whether the rule says anything about a period of the duty."""
    return any(
        due_day(wanted.due, period, book.calendar, own)
        != due_day(wanted.due, period, book.calendar)
        for period in upcoming(wanted, day)
    )


@act("report_rule_drop", find=clerk, needs=(WHICH,))
async def drop_rule(work: UnitOfWork, before: Clerk, _at: datetime, duty_id: str) -> Screen:
    """The regulation's own rule holds again, and its usual days of reminding."""
    dropped = reports.unfix(before[1].committee.id, duty_id)
    return await _fix(work, before, duty_id, {"rule": None}, dropped)


@act(
    "report_remind_days",
    find=clerk,
    needs=(WHICH, Words(_asks("days"), REASON_LIMIT)),
)
async def fix_remind_days(
    work: UnitOfWork, before: Clerk, _at: datetime, duty_id: str, text: str
) -> Screen:
    """Days before the due day, such as "10, 5, 1"; 0 is the day itself."""
    words = text.replace(";", " ").replace(",", " ").split()[: MOST_REMINDERS + 1]
    numbers = [int(each) for each in words if each.isdecimal() and len(each) < 4]  # noqa: PLR2004 - digits
    fit = len(numbers) == len(words) and all(each <= MOST_DAYS_BEFORE for each in numbers)
    if not numbers or not fit or len(numbers) > MOST_REMINDERS:
        refuse("report_days_unclear", most=MOST_REMINDERS, before=MOST_DAYS_BEFORE)
    days = sorted(set(numbers), reverse=True)
    person, book = before
    fixed = reports.fix(book.committee.id, duty_id, person.id, work.now, remind_days=days)
    return await _fix(work, before, duty_id, {"remind_days": days}, fixed)


@act(
    "report_period",
    find=clerk,
    needs=(WHICH, Pick(_when), Day(_asks("period"), _calendar, _refuse_day)),
)
async def fix_period(
    work: UnitOfWork, before: Clerk, _at: datetime, duty_id: str, period: str, typed: str
) -> Screen:
    """The day for one period, also for what was made already and is still open."""
    person, book = before
    wanted, day = _duty(book, duty_id), date.fromisoformat(typed)
    require(_refuse_period(wanted, period))
    place, meant = (book.committee.id, duty_id), await _meant(work, book, wanted, period, day)
    fixed = reports.fix(*place, person.id, work.now, period=meant.id, day=day)
    edit = ReportAct(ReportActKind.EDIT, work.now, person.id, day=day)
    same = await reports.of_period(work.tx, *place, meant.id)
    edited = reports.add_acts([(each.id, edit) for each in same if each.is_open])
    detail = {"period": meant.id, "day": day.isoformat()}
    return await _fix(work, before, duty_id, detail, fixed, edited)


async def _meant(
    work: UnitOfWork, book: Ledger, wanted: Duty, period: str, day: date
) -> CalendarPeriod:
    """The period of that id; a term is the one whose turn is known, else it goes by the year of its report."""
    known = await _after_events(work, book, wanted) if period == TERM else []
    if known:
        return known[0][0]
    found = period_of(wanted, term_id(day) if period == TERM else period)
    if found is None:
        raise LookupError(period)
    return found


async def _fix(
    work: UnitOfWork,
    before: Clerk,
    duty_id: str,
    detail: Mapping[str, object],
    fixed: Fact[None],
    *more: Fact[None],
) -> Screen:
    """The days are fixed so, and what is open follows; shows the duty with its days."""
    person, committee = before[0], before[1].committee.id
    line = Line(committee, person, "report_day_fixed", reference("duty", duty_id), detail)
    await work.write(fixed, line, *more)
    await daily_digest.again(work, committee)
    book = await ledger(work, committee)
    shown = await _shown(work, person, book, _duty(book, duty_id))
    return Screen(shown, toast=work.say.label("report_toast.fixed"))


# --- how it reads ------------------------------------------------------------------------------

DAYS_SHOWN = 8
"""Due days to come that one card names."""
DEBTORS_SHOWN = 20


def listed(say: Rendering, book: Ledger) -> Card:
    """Every duty of the regulation, each with its button."""
    committee = book.committee.id
    text = say.text("report_duties", committee=book.committee.name, duties=book.regulation.duties)
    rows = [
        (Button(each.what, action("report_duty", committee, each.id)),)
        for each in book.regulation.duties
    ]
    back = Button(say.label("report_button.board"), action("reports", committee))
    return Card(text, (*rows, (back,)))


def one(
    say: Rendering,
    book: Ledger,
    duty: Duty,
    days: Sequence[tuple[CalendarPeriod, date]],
    debtors: Sequence[str],
    *,
    may_edit: bool,
) -> Card:
    """One duty with its coming days; the clerk fixes others."""
    rule = book.settings.rules.get(duty.id, "")
    remind = book.settings.remind_days.get(duty.id, duty.remind_days)
    text = say.text(
        "report_duty",
        duty=duty,
        to=[_party(say, each.kind, each.name) for each in duty.to],
        debtors=debtors,
        most=DEBTORS_SHOWN,
        rule=rule,
        remind=remind,
        after=_after(say, book, duty),
        days=[(period_name(say, period.id), day) for period, day in days[:DAYS_SHOWN]],
        fixed=duty.due.kind is not DueKind.BY_HAND,
    )
    rows: list[Row] = []
    if may_edit:
        rows += _edits(say, book.committee.id, duty, days, own=bool(rule))
    back = Button(say.label("button.back"), action("report_duties", book.committee.id))
    return Card(text, (*rows, (back,)))


def _after(say: Rendering, book: Ledger, duty: Duty) -> str:
    bodies = {each.id: each.name for each in book.regulation.bodies}
    return say.after(duty.due.after, bodies) if duty.due.after else ""


def _party(say: Rendering, kind: PartyKind, name: str) -> str:
    return say.label(f"office.{name}") if kind is PartyKind.OFFICE else name


def _edits(
    say: Rendering,
    committee: int,
    duty: Duty,
    days: Sequence[tuple[CalendarPeriod, date]],
    *,
    own: bool,
) -> list[Row]:
    rows: list[Row] = [
        (
            Button(
                f"{in_digits(day)}: {period_name(say, period.id)}",
                action("report_period", committee, duty.id, period.id),
            ),
        )
        for period, day in days[:DAYS_SHOWN]
    ]
    if duty.due.kind not in (DueKind.BY_HAND, DueKind.AFTER):
        rows.append((_act(say, "rule", committee, duty.id),))
    if own:
        rows.append((_act(say, "rule_drop", committee, duty.id),))
    if Period.TERM in duty.periods and not any(occasion_of(period.id) for period, _ in days):
        wanted = action("report_period", committee, duty.id, TERM)
        rows.append((Button(say.label("report_button.term"), wanted),))
    rows.append((_act(say, "remind_days", committee, duty.id),))
    return rows


def _act(say: Rendering, act: str, committee: int, duty: str) -> Button:
    return Button(say.label(f"report_button.{act}"), action(f"report_{act}", committee, duty))


def asks(say: Rendering, book: Ledger, duty: Duty, what: str, period: str) -> Card:
    """Asks for a day, a rule or the days of reminding, in words."""
    named = say.label("report.this_term") if period == TERM else period_name(say, period)
    text = say.text("report_ask_day", duty=duty, what=what, period=named)
    back = Button(say.label("button.back"), action("report_duty", book.committee.id, duty.id))
    return Card(text, ((back,),))
