"""Cards about the duties of a regulation: who owes what to whom, by when. No rule lives here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from bot.domain.card import Button, Card
from bot.domain.due_days import TERM
from bot.domain.duties import DueKind, Duty, PartyKind, Period
from bot.domain.moments import in_digits
from bot.domain.periods import CalendarPeriod
from bot.domain.press import press
from bot.rendering import Rendering
from bot.services.cards.reports.lines import ON_A_BUTTON, period_name

if TYPE_CHECKING:
    from bot.services.reports.making import Ledger

DAYS_SHOWN = 8
"""Due days to come that one card names."""
DEBTORS_SHOWN = 20


def listed(say: Rendering, book: Ledger) -> Card:
    """Every duty of the regulation, each with its button."""
    committee = book.committee.id
    text = say.text("report_duties", committee=book.committee.name, duties=book.regulation.duties)
    rows = [
        (Button(_short(each.what), press("report_duty", committee, each.id)),)
        for each in book.regulation.duties
    ]
    back = Button(say.label("report_button.board"), press("reports", committee))
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
    back = Button(say.label("button.back"), press("report_duties", book.committee.id))
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
                press("report_period", committee, duty.id, period.id),
            ),
        )
        for period, day in days[:DAYS_SHOWN]
    ]
    if duty.due.kind is not DueKind.BY_HAND:
        rows.append((_act(say, "rule", committee, duty.id),))
    if own:
        rows.append((_act(say, "rule_drop", committee, duty.id),))
    if Period.TERM in duty.periods:
        wanted = press("report_period", committee, duty.id, TERM)
        rows.append((Button(say.label("report_button.term"), wanted),))
    rows.append((_act(say, "remind_days", committee, duty.id),))
    return rows


def _act(say: Rendering, act: str, committee: int, duty: str) -> Button:
    return Button(say.label(f"report_button.{act}"), press(f"report_{act}", committee, duty))


def asks(say: Rendering, book: Ledger, duty: Duty, what: str, period: str) -> Card:
    """Asks for a day, a rule or the days of reminding, in words."""
    named = say.label("report.this_term") if period == TERM else period_name(say, period)
    text = say.text("report_ask_day", duty=duty, what=what, period=named)
    back = Button(say.label("button.back"), press("report_duty", book.committee.id, duty.id))
    return Card(text, ((back,),))
