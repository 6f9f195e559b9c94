"""One report as a line of a card: its name, its period, its day, how it stands. No card is laid out here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.db.notice import Button, Row
from bot.regulations.rules.occasions import occasion_of
from bot.regulations.rules.periods import parse_period
from bot.rendering import Rendering
from bot.reports.rules.owing import PERSON
from bot.reports.rules.report import Report, ReportAct, Standing, days_late, standing
from bot.values.action import action
from bot.values.files import stem
from bot.values.moments import in_viet_nam
from bot.values.working_days import WorkingCalendar


@dataclass(frozen=True, slots=True)
class Line:
    """A report in words; `left` counts days until its last acceptable one, `late` working days past it."""

    id: int
    what: str
    period: str
    debtor: str
    own: bool
    """Owed by the reader himself; else by a body, an office or a unit he answers for."""
    due: date
    hour: datetime | None
    left: int
    late: int
    waits: bool
    """Whether the next working morning still comes in time."""
    standing: str
    article: str
    delivered: ReportAct | None
    delivered_on: date | None
    asked_until: date | None


def period_name(say: Rendering, period: str) -> str:
    """A period as people call it; a term by the year it ends in, an event by its number and day.

    Nothing for what was asked for by hand.
    """
    named = parse_period(period)
    if named is not None:
        return say.period(named)
    occasion = occasion_of(period)
    if occasion is not None:
        key = f"report_after.{occasion.what.value}{'_number' if occasion.number else ''}"
        return say.label(key, number=occasion.number or "", day=say.date(occasion.day))
    year, term, _ = period.partition("-T")
    return say.label("report.term", year=year) if term else ""


def in_file_name(say: Rendering, report: Report, *, whose: bool = False, beside: int = 0) -> str:
    """What a file of its is called after: the report, or who owes it, and its period or its day.

    It fits into a name with so many characters `beside` it.
    """
    of = period_name(say, report.period) or say.date(report.stated_day)
    return stem(report.debtor_name if whose else report.what, ", ", of, beside=beside)


def line(say: Rendering, report: Report, calendar: WorkingCalendar, now: datetime) -> Line:
    """The report as it stands at `now`."""
    request, today = report.request, in_viet_nam(now).date()
    return Line(
        id=report.id,
        what=report.what,
        period=period_name(say, report.period),
        debtor=report.debtor_name,
        own=report.debtor.startswith(f"{PERSON}:"),
        due=report.last_day,
        hour=report.hour,
        left=(report.last_day - today).days,
        late=days_late(report, calendar, now),
        waits=calendar.next_working_day(today) <= report.last_day,
        standing=standing(report, now).value,
        article=report.article,
        delivered=report.delivered,
        delivered_on=report.delivered_on,
        asked_until=request.day if request else None,
    )


def button(one: Line) -> Button:
    """The way to one report, by its period and its name."""
    label = f"{one.period} · {one.what}" if one.period else one.what
    return Button(label[:1].upper() + label[1:], action("report", one.id))


def is_open(one: Line) -> bool:
    """Whether it is still to be delivered."""
    return one.standing in (Standing.NOT_DUE.value, Standing.MISSING.value)


def acts(say: Rendering, several: Sequence[Line]) -> list[Row]:
    """The answers to a reminder for each line still open, numbered where there are several lines.

    "Đã gửi" has its row to itself: nobody should hit it by mistake for its neighbour.
    """
    rows: list[Row] = []
    for number, one in enumerate(several, 1):
        if not is_open(one):
            continue
        place = f"{number}. " if len(several) > 1 else ""
        sent = Button(
            place + say.label("report_button.sent"), action("report_sent", one.id), style="primary"
        )
        more = Button(place + say.label("report_button.more"), action("report_more", one.id))
        later = Button(place + say.label("report_button.later"), action("report_later", one.id))
        rows += [(sent,), (more, later) if one.waits else (more,)]
        if not one.own:
            label = place + say.label("report_board_button.figures")
            rows.append((Button(label, action("rstats", one.id)),))
    return rows
