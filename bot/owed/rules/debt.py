"""A debt: what is owed, by whom, until which day, how it ended. Nothing is kept or asked here."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.people.rules.acting import Staff
from bot.people.rules.people import Person, head_of
from bot.regulations.rules.regulation import Regulation
from bot.reports.rules.report import USUAL_DAYS, mornings
from bot.values.moments import in_viet_nam
from bot.values.working_days import WorkingCalendar


class DebtKind(StrEnum):
    """What is owed."""

    UPWARD_REPORT = "upward_report"
    """All opinions, to the superior (QN 7.2, HD 2.2)."""
    ANSWER = "answer"
    """To a member's question (HU 22.4, BK 4.6)."""
    NOTICE = "notice"
    """Of a decision that concerns somebody else's tasks (QN 13.3)."""
    SECOND_ROUND = "second_round"
    """A divided matter is to be discussed again (HU 15.2)."""
    TASK = "task"
    """What a conclusion asks of somebody by a day that was named; no change of the calendar moves it."""


PAPERS = frozenset({DebtKind.UPWARD_REPORT, DebtKind.NOTICE})
"""Settled by a paper that goes out, with its number and date."""


@dataclass(frozen=True, slots=True)
class Debt:
    """What one person owes, or whoever heads a body on the day it is looked at.

    `of` names what it follows from ("consultation:3"), `rule` the row of the rule book where one asks for
    it, `to_whom` the receiver by name, `asked_by` the person to whom an answer is owed, or who gave the task.
    `days` are the working days that it was given after `since`; the day moves with the calendar while it has
    not passed. A task has no days: its day was named.
    """

    kind: DebtKind
    of: str
    subject: str
    article: str
    since: datetime
    days: int
    committee: int
    due_on: date = date.max
    """The last acceptable day; given when it is entered."""
    body: str = ""
    """The body whose head owes it; empty where one person does, save that of a task: the body that gave it."""
    person: int | None = None
    rule: str = ""
    to_whom: str = ""
    asked_by: int | None = None
    id: int = 0
    """Given when it is entered."""
    settled_at: datetime | None = None
    settled_by: int | None = None
    number: str = ""
    """Of the paper that settled it."""
    paper_on: date | None = None
    words: str = ""
    """The answer or what was done, where words settled it."""
    dropped_at: datetime | None = None
    rests_since: datetime | None = None
    """While a second round runs, or nobody has said yet that a notice is owed: nothing is asked for."""

    @property
    def is_over(self) -> bool:
        """Whether it is owed no more: settled, or dropped."""
        return self.settled_at is not None or self.dropped_at is not None

    @property
    def is_undecided(self) -> bool:
        """Whether the office has still to say if a notice is owed at all (QN 13.3)."""
        return self.kind is DebtKind.NOTICE and self.rests_since is not None and not self.is_over

    @property
    def is_open(self) -> bool:
        """Whether somebody must act now."""
        return not self.is_over and self.rests_since is None


def owner_of(debt: Debt, everybody: Sequence[Person], regulation: Regulation) -> Person | None:
    """Who owes it now: the person, or the head of the body as it is today; nobody where there is none."""
    if debt.person is not None:
        return next((each for each in everybody if each.id == debt.person), None)
    body = next((each for each in regulation.bodies if each.id == debt.body), None)
    return head_of(everybody, body) if body else None


def owing(debt: Debt, staff: Staff, regulation: Regulation) -> tuple[Person, ...]:
    """Who may act as the one who owes it: the owner, of a body also who stands in for its head."""
    body = next((each for each in regulation.bodies if each.id == debt.body), None)
    if debt.person is None and body is not None:
        return tuple(staff.heads(body))
    owner = owner_of(debt, staff.everybody, regulation)
    return (owner,) if owner else ()


def answerable(debt: Debt, staff: Staff, regulation: Regulation) -> tuple[Person, ...]:
    """Who is reminded of it: whoever owes it; of a paper also the clerks, who prepare and send it."""
    clerks = [p for p in staff.everybody if p.is_clerk] if debt.kind in PAPERS else []
    found = (*owing(debt, staff, regulation), *clerks)
    return tuple({each.id: each for each in found}.values())


def is_late(debt: Debt, now: datetime) -> bool:
    """Whether its last day has passed while it is open."""
    return debt.is_open and in_viet_nam(now).date() > debt.due_on


# --- when it is spoken of ----------------------------------------------------------------------


def day_for(since: datetime, days: int, calendar: WorkingCalendar) -> date:
    """The last acceptable day: so many working days after the day on which it came to be owed."""
    return calendar.add_working_days(in_viet_nam(since).date(), days)


def reminders(debt: Debt, calendar: WorkingCalendar) -> tuple[date, ...]:
    """The working mornings on which it is brought to mind; never that of the day it came to be owed."""
    begun = in_viet_nam(debt.since).date()
    found = mornings(begun, debt.due_on, None, USUAL_DAYS, calendar)
    return tuple(day for day in found if day > begun)


def overdue_morning(debt: Debt, calendar: WorkingCalendar) -> date:
    """The first working morning after its last day."""
    return calendar.next_working_day(debt.due_on)


def next_morning(debt: Debt, calendar: WorkingCalendar, through: date) -> date | None:
    """The first morning after `through` on which something is to be said of an open debt."""
    found = (*reminders(debt, calendar), overdue_morning(debt, calendar))
    return min((day for day in found if day > through), default=None)


@dataclass(frozen=True, slots=True)
class Morning:
    """What one morning says of debts, by due day."""

    ahead: tuple[Debt, ...] = ()
    late: tuple[Debt, ...] = ()

    @property
    def several(self) -> tuple[Debt, ...]:
        """All of them, those past their day first."""
        return (*self.late, *self.ahead)


def this_morning(
    debts: Collection[Debt], calendar: WorkingCalendar, through: date, today: date
) -> Morning:
    """What is to be said of the mornings since `through`; nobody is reminded of a day past."""
    late = [d for d in debts if through < overdue_morning(d, calendar) <= today]
    ahead = [
        debt
        for debt in debts
        if debt.due_on >= today and any(through < day <= today for day in reminders(debt, calendar))
    ]
    return Morning(tuple(in_order(ahead)), tuple(in_order(late)))


def in_order(debts: Collection[Debt]) -> list[Debt]:
    """By due day; of one day in the order in which they came to be owed."""
    return sorted(debts, key=lambda debt: (debt.due_on, debt.id))
