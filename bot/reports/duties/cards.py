"""Cards about duties, and what is said in the morning to who owes, to the office, to the head."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import TYPE_CHECKING

from bot.db.notice import Button, Card
from bot.people.cards import home, is_agency
from bot.people.rules.people import Person
from bot.regulations.rules.duties import DueKind, Duty, PartyKind, Period
from bot.regulations.rules.periods import CalendarPeriod
from bot.rendering import Rendering
from bot.reports.lines import ON_A_BUTTON, Line, acts, line, period_name
from bot.reports.rules.due_days import TERM
from bot.reports.rules.report import Report
from bot.values.action import action
from bot.values.moments import in_digits
from bot.values.working_days import WorkingCalendar

NAMED = 30
"""Debtors named for one duty and period; the others are counted."""


def reminder(
    say: Rendering,
    person: Person,
    reminded: Sequence[Report],
    overdue: Sequence[Report],
    calendar: WorkingCalendar,
    now: datetime,
) -> Card:
    """To one debtor: everything that this morning brings, in one message."""
    late = [line(say, each, calendar, now) for each in sorted(overdue, key=_place)]
    ahead = [line(say, each, calendar, now) for each in sorted(reminded, key=_place)]
    text = say.text(
        "report_reminder",
        name=person.name,
        of_agencies=is_agency(person),
        late=_alike(late, 1),
        ahead=_alike(ahead, len(late) + 1),
        several=len(late) + len(ahead) > 1,
    )
    mine = (Button(say.label("button.reports"), action("reports", person.committee)),)
    return Card(text, (*acts(say, [*late, *ahead]), mine))


def _place(report: Report) -> tuple[date, str, str, int]:
    """By day, then one report after the other, of each the shortest period first."""
    return report.last_day, report.what, report.debtor, -report.first_day.toordinal()


def _alike(several: Sequence[Line], first: int) -> list[list[tuple[int, Line]]]:
    """Lines with their numbers; periods of one report with one day stand together."""
    numbered = list(enumerate(several, first))
    same = groupby(numbered, key=lambda pair: (pair[1].what, pair[1].debtor, pair[1].due))
    return [list(pairs) for _, pairs in same]


@dataclass(frozen=True, slots=True)
class Group:
    """Debtors of one duty and period whose day has passed."""

    what: str
    period: str
    due: date
    article: str
    names: tuple[str, ...]


def groups(say: Rendering, overdue: Sequence[Report]) -> list[Group]:
    """By duty and period, in the order of their days."""
    found: dict[tuple[str, str, date], list[Report]] = {}
    for report in sorted(overdue, key=lambda one: (one.last_day, one.duty, one.id)):
        found.setdefault((report.duty, report.period, report.last_day), []).append(report)
    return [
        Group(
            same[0].what,
            period_name(say, same[0].period),
            same[0].last_day,
            same[0].article,
            tuple(each.debtor_name for each in same),
        )
        for same in found.values()
    ]


def overdue_list(
    say: Rendering, committee: int, name: str, overdue: Sequence[Report], today: date
) -> Card:
    """To the office: everything that became overdue, with names and days."""
    text = say.text(
        "report_overdue",
        committee=name,
        groups=groups(say, overdue),
        total=len(overdue),
        today=today,
        most=NAMED,
    )
    return Card(
        text, ((Button(say.label("report_board_button.board"), action("rboard", committee)),),)
    )


def overdue_short(
    say: Rendering, name: str, overdue: Sequence[Report], debtors: Sequence[str], today: date
) -> Card:
    """To the head: how many, and whose."""
    text = say.text(
        "report_overdue_head",
        committee=name,
        total=len(overdue),
        debtors=debtors,
        today=today,
        most=NAMED,
    )
    return Card(text, (home(say),))


if TYPE_CHECKING:
    from bot.reports.duties.generate import Ledger

DAYS_SHOWN = 8
"""Due days to come that one card names."""
DEBTORS_SHOWN = 20


def listed(say: Rendering, book: Ledger) -> Card:
    """Every duty of the regulation, each with its button."""
    committee = book.committee.id
    text = say.text("report_duties", committee=book.committee.name, duties=book.regulation.duties)
    rows = [
        (Button(_short(each.what), action("report_duty", committee, each.id)),)
        for each in book.regulation.duties
    ]
    back = Button(say.label("report_button.board"), action("reports", committee))
    return Card(text, (*rows, (back,)))


def _short(what: str) -> str:
    return what if len(what) <= ON_A_BUTTON else what[: ON_A_BUTTON - 1].rstrip() + "…"


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
        days=[(period, day) for period, day in days[:DAYS_SHOWN]],
        fixed=duty.due.kind is not DueKind.BY_HAND,
    )
    rows: list[tuple[Button, ...]] = []
    if may_edit:
        rows += _edits(say, book.committee.id, duty, days, own=bool(rule))
    back = Button(say.label("button.back"), action("report_duties", book.committee.id))
    return Card(text, (*rows, (back,)))


def _party(say: Rendering, kind: PartyKind, name: str) -> str:
    return say.label(f"office.{name}") if kind is PartyKind.OFFICE else name


def _edits(
    say: Rendering,
    committee: int,
    duty: Duty,
    days: Sequence[tuple[CalendarPeriod, date]],
    *,
    own: bool,
) -> list[tuple[Button, ...]]:
    rows: list[tuple[Button, ...]] = [
        (
            Button(
                f"{say.period(period)[:ON_A_BUTTON]}: {in_digits(day)}",
                action("report_period", committee, duty.id, period.id),
            ),
        )
        for period, day in days[:DAYS_SHOWN]
    ]
    if duty.due.kind is not DueKind.BY_HAND:
        rows.append((_act(say, "rule", committee, duty.id),))
    if own:
        rows.append((_act(say, "rule_drop", committee, duty.id),))
    if Period.TERM in duty.periods:
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
