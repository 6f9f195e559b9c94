"""Cards about one report: how it stands, what is asked of whom, what was done. No rule lives here."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from bot.db.notice import Button, Card, Style
from bot.people.cards import Rows, is_agency
from bot.regulations.rules.duties import PartyKind
from bot.rendering import Rendering
from bot.reports.lines import Line, line
from bot.reports.rules.owing import PERSON
from bot.reports.rules.report import Report, ReportActKind
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
from bot.values.moments import in_digits, in_viet_nam

if TYPE_CHECKING:
    from bot.reports.access import Before

OFFERED_DAYS = (1, 3, 5, 10)
"""Working days beyond the last one offered to who asks for more time."""


def code(day: date) -> str:
    """A day on a button."""
    return f"{day:%Y%m%d}"


def to_mine(say: Rendering, committee: int) -> tuple[Button, ...]:
    """The way back to the list."""
    return (Button(say.label("report_button.board"), action("reports", committee)),)


def to_report(say: Rendering, report: Report) -> tuple[Button, ...]:
    """The way back to one report."""
    return (Button(say.label("button.back"), action("report", report.id)),)


def card(say: Rendering, found: Before, now: datetime) -> Card:
    """One report as it stands, with what its reader can do about it."""
    text = say.text(
        "report_one",
        one=_line(say, found, now),
        report=found.report,
        granted=found.report.last(ReportActKind.GRANT),
        files=found.report.files,
        office=found.who.office,
    )
    rows = _acts(say, found)
    return Card(text, (*rows, to_mine(say, found.report.committee)))


def _line(say: Rendering, found: Before, now: datetime) -> Line:
    return line(say, found.report, found.book.calendar, now)


def _acts(say: Rendering, found: Before) -> Rows:
    report, who = found.report, found.who
    rows: Rows = []
    if may_deliver(report, who) is None:
        rows.append((_button(say, "sent", report),))
    if may_ask(report, who) is None:
        rows.append((_button(say, "more", report),))
    if may_add(report, who) is None:
        rows.append((_button(say, "add", report),))
    if report.files:
        rows.append((_button(say, "files", report),))
    if may_answer(report, who) is None:
        rows += _answers(say, report)
    if may_record(report, who) is None:
        rows.append((_button(say, "record", report),))
    if who.clerk and report.is_open and report.hand_id is None:
        day = action("report_period", report.committee, report.duty, report.period)
        rows.append((Button(say.label("report_button.day"), day),))
    if may_excuse(report, who) is None:
        rows.append((_button(say, "excuse", report),))
    return [*rows, *_further(say, found)]


def _further(say: Rendering, found: Before) -> Rows:
    """What helps to write it, how it can be sent, and how the others stand."""
    report, who = found.report, found.who
    rows: Rows = []
    if not report.debtor.startswith(f"{PERSON}:"):
        rows.append((_way(say, "figures", action("rstats", report.id)),))
    duty = found.book.duty(report.duty)
    to_members = duty and any(party.kind is PartyKind.EACH_MEMBER for party in duty.to)
    if to_members and who.owes and report.is_open:
        rows.append((_way(say, "notice", action("nform", report.committee, report.duty)),))
    if who.office:
        rows.append((_way(say, "period", action("rperiod", report.id)),))
    return rows


def _way(say: Rendering, label: str, way: Action) -> Button:
    return Button(say.label(f"report_board_button.{label}"), way)


def _button(say: Rendering, act: str, report: Report) -> Button:
    style: Style | None = "primary" if act == "sent" else None
    return Button(
        say.label(f"report_button.{act}"), action(f"report_{act}", report.id), style=style
    )


def _answers(say: Rendering, report: Report) -> Rows:
    """What the office can say to a wish for more time."""
    rows: Rows = []
    if report.request and report.request.day:
        day = report.request.day
        label = say.label("report_button.grant", day=in_digits(day))
        wanted = action("report_grant", report.id, code(day))
        rows.append((Button(label, wanted, style="success"),))
    rows.append((_button(say, "grant_other", report),))
    rows.append((_button(say, "decline", report),))
    return rows


# --- questions ---------------------------------------------------------------------------------


def asks_delivery(say: Rendering, found: Before, how: str, now: datetime) -> Card:
    """Asks for the file, or number and date."""
    text = say.text(
        "report_ask_delivery",
        one=_line(say, found, now),
        how=how,
        of_agencies=is_agency(found.person),
    )
    rows: Rows = []
    if how != "add":
        label = say.label(f"report_button.{'plain' if how == 'deliver' else 'record_plain'}")
        plain = action("report_plain", found.report.id, how)
        rows.append((Button(label, plain, style="primary"),))
    return Card(text, (*rows, to_report(say, found.report)))


def asks_until(say: Rendering, found: Before, now: datetime) -> Card:
    """Offers days to ask for."""
    calendar, report = found.book.calendar, found.report
    base = max(report.last_day, in_viet_nam(now).date())
    days = [calendar.add_working_days(base, count) for count in OFFERED_DAYS]
    rows = [
        (Button(say.day(day), action("report_until", report.id, code(day))),)
        for day in days
        if may_ask_until(report, found.who, day, now) is None
    ]
    text = say.text("report_ask_until", one=_line(say, found, now))
    return Card(text, (*rows, to_report(say, report)))


def asks(say: Rendering, found: Before, act: str, now: datetime) -> Card:
    """Asks the office for a day or a reason, in words."""
    report = found.report
    text = say.text("report_ask_office", report=report, act=act, one=_line(say, found, now))
    rows: Rows = []
    if act == "decline":
        plain = action("report_decline_plain", report.id)
        rows.append((Button(say.label("report_button.decline_plain"), plain),))
    return Card(text, (*rows, to_report(say, report)))


# --- what was done -----------------------------------------------------------------------------


def delivered(say: Rendering, found: Before, how: str, now: datetime) -> Card:
    """After a delivery: what was recorded."""
    text = say.text(
        "report_delivered",
        one=_line(say, found, now),
        how=how,
        act=found.report.acts[-1],
    )
    return Card(text, (to_report(say, found.report), to_mine(say, found.report.committee)))


def asked(say: Rendering, found: Before, now: datetime) -> Card:
    """To the office: somebody asks for more time."""
    report = found.report
    text = say.text("report_asked", one=_line(say, found, now), by=found.person.name)
    return Card(text, tuple(_answers(say, report)))


def told(say: Rendering, found: Before, what: str, now: datetime) -> Card:
    """To who owes it: what the office decided."""
    report = found.report
    text = say.text(
        "report_told", one=_line(say, found, now), report=report, what=what, act=report.acts[-1]
    )
    return Card(text, (to_report(say, report),))


def done(say: Rendering, found: Before, what: str, now: datetime) -> Card:
    """To the one who acted."""
    report = found.report
    text = say.text(
        "report_done", one=_line(say, found, now), report=report, what=what, act=report.acts[-1]
    )
    return Card(text, (to_report(say, report), to_mine(say, report.committee)))
