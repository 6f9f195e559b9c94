"""Who may do what upon one report at a given moment; one predicate decides the button and the tap alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.reports.rules.report import Report, is_past
from bot.values.action import action
from bot.values.moments import in_viet_nam
from bot.values.refusal import NO_RIGHT, Refusal
from bot.values.working_days import WorkingCalendar

MOST_TIME = timedelta(days=366)
"""Beyond its day nobody asks for more time than this; a day is fixed at most five times as far ahead."""


@dataclass(frozen=True, slots=True)
class Rights:
    """What one person is to one report now."""

    person: int
    owes: bool = False
    """Answers for it: is reminded and may deliver it."""
    clerk: bool = False
    head: bool = False

    @property
    def office(self) -> bool:
        """Whether it is a clerk, or a head: the office sees all reports."""
        return self.clerk or self.head


def may_see(who: Rights) -> Refusal | None:
    """Who owes it, clerk and head; nobody else learns of it."""
    return None if who.owes or who.office else NO_RIGHT


def may_deliver(report: Report, who: Rights) -> Refusal | None:
    """Who owes it says once that it was sent, also past its day."""
    return _settled(report) if who.owes else NO_RIGHT


def may_share_paper(sent: Report, other: Report, who: Rights) -> Refusal | None:
    """One paper settles what the same debtor owes with the same last day, while that is open."""
    refusal = may_deliver(other, who)
    if refusal:
        return refusal
    mine, its = ((r.committee, r.debtor, r.last_day) for r in (sent, other))
    if sent.id == other.id or sent.delivered is None or mine != its:
        return Refusal("report_not_together", other.article)
    return None


def may_record(report: Report, who: Rights) -> Refusal | None:
    """The office notes a paper that came in, whoever owes it."""
    return _settled(report) if who.clerk else NO_RIGHT


def may_record_on(report: Report, who: Rights, day: date, now: datetime) -> Refusal | None:
    """A paper came in today or on a day before, not before anybody could owe it."""
    refusal = may_record(report, who)
    if refusal:
        return refusal
    today = in_viet_nam(now).date()
    if day > today:
        return Refusal("report_day_ahead", values={"day": day})
    if day < today - MOST_TIME:
        return Refusal("report_day_far", values={"day": day})
    return None


def may_add(report: Report, who: Rights) -> Refusal | None:
    """A further file to what was delivered; the day of delivery stays."""
    if not (who.owes or who.clerk):
        return NO_RIGHT
    if report.delivered is None:
        back = action("report", report.id)
        return Refusal("report_not_delivered", report.article, back=back)
    return None


def may_ask(report: Report, who: Rights) -> Refusal | None:
    """Who owes it asks for more time, also when its day has passed."""
    return _settled(report) if who.owes else NO_RIGHT


def may_ask_until(report: Report, who: Rights, until: date, now: datetime) -> Refusal | None:
    """Later than its day and than today, and within a year."""
    return may_ask(report, who) or _later(report, until, now)


def may_answer(report: Report, who: Rights) -> Refusal | None:
    """The office answers a request for more time, once."""
    if not who.office:
        return NO_RIGHT
    refusal = _settled(report)
    if refusal:
        return refusal
    return None if report.request else Refusal("report_not_asked", back=action("report", report.id))


def may_grant(report: Report, who: Rights, until: date, now: datetime) -> Refusal | None:
    """Until a later day than its own, not necessarily the one asked for."""
    return may_answer(report, who) or _later(report, until, now)


def may_put_off(
    report: Report, who: Rights, calendar: WorkingCalendar, now: datetime
) -> Refusal | None:
    """To hear of it again the next working morning, while that still comes in time."""
    if not who.owes:
        return NO_RIGHT
    refusal = _settled(report)
    if refusal:
        return refusal
    morning = calendar.next_working_day(in_viet_nam(now).date())
    if morning > report.last_day:
        past = is_past(report, now)
        return Refusal("report_no_later", values={"due": report.last_day, "past": past})
    return None


def may_excuse(report: Report, who: Rights) -> Refusal | None:
    """The office lets one debtor off for one period, with a reason."""
    return _settled(report) if who.office else NO_RIGHT


def refuse_day(day: date, now: datetime) -> Refusal | None:
    """A due day fixed by the office lies neither in the past nor years away."""
    today = in_viet_nam(now).date()
    if day < today:
        return Refusal("report_day_past", values={"day": day})
    if day > today + 5 * MOST_TIME:
        return Refusal("report_day_far", values={"day": day})
    return None


def _settled(report: Report) -> Refusal | None:
    if report.delivered is not None:
        values = {"on": report.delivered_on, "at": report.delivered.at}
        add = action("report_add", report.id)
        return Refusal(
            "report_delivered", report.article, instead="report_add", button=add, values=values
        )
    if report.excused is not None:
        return Refusal("report_excused", report.article, values={"why": report.excused.words})
    return None


def _later(report: Report, until: date, now: datetime) -> Refusal | None:
    today = in_viet_nam(now).date()
    values = {"due": report.last_day, "until": until, "latest": report.last_day + MOST_TIME}
    if until <= today:
        return Refusal("report_day_past", values={"day": until})
    if until <= report.last_day:
        return Refusal("report_not_later", report.article, values=values)
    if until > max(report.last_day, today) + MOST_TIME:
        return Refusal("report_too_far", report.article, values=values)
    return None
