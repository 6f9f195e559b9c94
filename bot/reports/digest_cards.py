"""How the digest of a morning reads: to a debtor, to the office, to a head. Nothing is looked up or judged here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from bot.db.notice import Button, Card
from bot.kit.card import to_home
from bot.people.face import is_agency
from bot.people.rules.people import Person
from bot.rendering import Rendering
from bot.reports.debts import NOTHING, Listed
from bot.reports.lines import Line, acts, line, period_name
from bot.reports.rules.report import Report
from bot.values.action import action
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
    *,
    owed: Listed = NOTHING,
) -> Card:
    """To one debtor: everything that this morning brings, in one message."""
    late = [line(say, each, calendar, now) for each in sorted(overdue, key=_place)]
    ahead = [line(say, each, calendar, now) for each in sorted(reminded, key=_place)]
    to_do = acts(say, [*late, *ahead])
    text = say.text(
        "report_reminder",
        name=person.name,
        of_agencies=is_agency(person),
        late=_alike(late, 1),
        ahead=_alike(ahead, len(late) + 1),
        several=len(late) + len(ahead) > 1,
        open=bool(to_do),
        owed=owed,
    )
    rows = [*to_do, *owed.rows]
    if late or ahead:
        rows.append((Button(say.label("button.reports"), action("reports", person.committee)),))
    return Card(text, tuple(rows))


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
    say: Rendering,
    committee: int,
    name: str,
    overdue: Sequence[Report],
    today: date,
    *,
    owed: Listed = NOTHING,
) -> Card:
    """To the office: everything that became overdue, with names and days."""
    text = say.text(
        "report_overdue",
        committee=name,
        groups=groups(say, overdue),
        total=len(overdue),
        debts=owed.late,
        today=today,
        most=NAMED,
    )
    board = Button(say.label("report_board_button.board"), action("rboard", committee))
    return Card(text, (*owed.rows, *(((board,),) if overdue else ())))


def overdue_short(
    say: Rendering,
    name: str,
    overdue: Sequence[Report],
    debtors: Sequence[str],
    today: date,
    *,
    owed: Listed = NOTHING,
) -> Card:
    """To the head: how many reports, and whose; what else is owed one by one."""
    text = say.text(
        "report_overdue_head",
        committee=name,
        total=len(overdue),
        debtors=debtors,
        debts=owed.late,
        today=today,
        most=NAMED,
    )
    return Card(text, (*owed.rows, to_home(say)))
