"""What may be called and when: the start, the lead time of papers, who sees closed items. Nothing is kept here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from bot.meetings.rules.meeting import (
    AgendaItem,
    GuestWanted,
    Invitee,
    Meeting,
    MeetingKind,
    MeetingStage,
    Waits,
)
from bot.people.rules.acting import Standing
from bot.regulations.rules.meetings import GuestRule, MeetingRules, PaperLead, WorkingSession
from bot.regulations.rules.regulation import Body, Regulation
from bot.regulations.rules.terms import Next
from bot.values.action import action
from bot.values.moments import VIET_NAM, in_viet_nam
from bot.values.refusal import NO_RIGHT, Refusal
from bot.values.working_days import WorkingCalendar

LEAST_APART = timedelta(hours=1)
"""Two meetings of one body that begin nearer to each other than this are taken for a typo."""
MORNING, AFTERNOON = time(8), time(14)
"""When offices usually meet."""
DAYS_OFFERED = 4
MORNINGS_OF_REMINDER = (2, 0)
"""Days before papers are due on which the person who prepares them is reminded."""
ASKED = (MeetingStage.SUBMITTED, MeetingStage.SENT_BACK)
"""Stages before a word of the head that ends the request."""
STANDS = (*ASKED, MeetingStage.CALLED, MeetingStage.OPEN)
"""Stages in which a meeting takes up its hour."""

REASONS = (
    (Next.REPORT_BACK.value,),
    (Waits.SETTLED_BETWEEN.value,),
    (Next.TO_MEETING.value, Next.STANDING_COMMITTEE.value, Next.SECOND_ROUND.value),
    ("adjourned",),
    ("proposed",),
    ("question",),
)
"""In which order what waits comes onto an agenda, by why it waits."""


def place_of(reason: str) -> int:
    """The place among waiting items, by why they wait; an unknown reason comes last."""
    return next((n for n, group in enumerate(REASONS) if reason in group), len(REASONS))


def refuse_stage(meeting: Meeting) -> Refusal:
    """Where the meeting stands already, so that what was asked cannot be done any more."""
    recalled = meeting.stage is MeetingStage.CANCELLED and meeting.called_at is None
    return Refusal(f"meeting_{'recalled' if recalled else meeting.stage.value}_already")


# --- who may call it -------------------------------------------------------------------------


def may_decide(meeting: Meeting, standing: Standing) -> Refusal | None:
    """The head, or the delegate, approves or declines a meeting that waits for it."""
    if not standing.head:
        return only_head(meeting)
    return None if meeting.stage is MeetingStage.SUBMITTED else refuse_stage(meeting)


def only_head(meeting: Meeting) -> Refusal:
    """Calling a meeting is the right of who heads or convenes the body."""
    convener = meeting.rules.convener
    articles = [*([convener.article] if convener else []), meeting.body.head_article]
    return Refusal("meeting_only_head", ", ".join(articles))


def may_recall(meeting: Meeting, standing: Standing) -> Refusal | None:
    """Whoever prepares meetings, or the head, takes one back before it is called."""
    if not standing.office:
        return NO_RIGHT
    return None if meeting.stage in ASKED else refuse_stage(meeting)


def may_correct(meeting: Meeting, standing: Standing) -> Refusal | None:
    """Who prepares it, or the head, corrects small things while it waits for approval."""
    if not standing.office:
        return NO_RIGHT
    return None if meeting.stage is MeetingStage.SUBMITTED else refuse_stage(meeting)


def may_reopen(meeting: Meeting, standing: Standing) -> Refusal | None:
    """Who prepares meetings takes up again what the head sent back, until it is submitted again or taken back."""
    if not standing.clerk:
        return NO_RIGHT
    return None if meeting.stage is MeetingStage.SENT_BACK else refuse_stage(meeting)


def may_prepare_again(meeting: Meeting, standing: Standing) -> Refusal | None:
    """What was never called, because it was declined or taken back, is prepared as a new meeting."""
    if not standing.office:
        return NO_RIGHT
    called = meeting.called_at is not None
    return Refusal("meeting_called_already", repeats=False) if called else None


def may_change(meeting: Meeting, standing: Standing) -> Refusal | None:
    """Head, delegate or clerk change or cancel a meeting that was called and has not begun."""
    if not standing.office:
        return NO_RIGHT
    if meeting.stage is MeetingStage.CALLED:
        return None
    return replace(refuse_stage(meeting), repeats=meeting.stage is MeetingStage.CANCELLED)


def takes_papers(meeting: Meeting) -> Refusal | None:
    """Further documents are taken from the call until the close."""
    taken = meeting.stage in (MeetingStage.CALLED, MeetingStage.OPEN)
    return None if taken else replace(refuse_stage(meeting), repeats=False)


def may_send_papers(meeting: Meeting, standing: Standing, at: datetime) -> Refusal | None:
    """The office sends further documents of a called meeting, in time; else the meeting is moved."""
    if not standing.office:
        return NO_RIGHT
    refusal = takes_papers(meeting)
    late = refuse_papers(meeting.rules, meeting.kind, meeting.starts_at, at)
    if refusal is None and late is not None:
        way = action("mchange", meeting.id)
        return replace(late, kind="meeting_papers_closed", instead="later_start", button=way)
    return refusal


# --- when ------------------------------------------------------------------------------------


def refuse_past(start: datetime, now: datetime) -> Refusal | None:
    """A meeting is called for a moment ahead."""
    return Refusal("meeting_past", values={"start": start}) if start <= now else None


def refuse_clash(start: datetime, others: Iterable[Meeting]) -> Refusal | None:
    """Two meetings of one body do not begin within the same hour; the other one is named."""
    for other in others:
        if other.stage in STANDS and abs(other.starts_at - start) < LEAST_APART:
            values = {"start": other.starts_at, "number": other.number, "place": other.place}
            return Refusal("meeting_clash", values=values)
    return None


def papers_due(rules: MeetingRules, start: datetime) -> datetime | None:
    """Until when papers are with the members; that moment itself is still in time."""
    lead = rules.papers
    return days_before(start, lead.to_members, by_dates=lead.by_dates) if lead else None


def days_before(start: datetime, days: int, *, by_dates: bool) -> datetime:
    """So many times 24 hours before the start, or the end of that day of the calendar (QN 8.2.3, HU 19.3)."""
    if not by_dates:
        return start - timedelta(days=days)
    day = in_viet_nam(start).date() - timedelta(days=days)
    return datetime.combine(day, time(23, 59, 59), VIET_NAM)


def prepared_by(rules: MeetingRules, start: datetime) -> datetime | None:
    """Until when those who prepare an item hand its papers in: to the office, or to the members."""
    lead = rules.papers
    if lead is None:
        return None
    return days_before(start, lead.to_office or lead.to_members, by_dates=lead.by_dates)


def is_late(rules: MeetingRules, start: datetime, at: datetime) -> bool:
    """Whether papers that go out at `at` come later than the regulation asks."""
    due = papers_due(rules, start)
    return due is not None and at > due


def refuse_papers(
    rules: MeetingRules, kind: MeetingKind, start: datetime, at: datetime
) -> Refusal | None:
    """Papers of a regular meeting go out in time (QN 8.2.3, HU 19.3); others may come late."""
    lead = rules.papers
    if lead is None or _exempt(lead, kind) or not is_late(rules, start, at):
        return None
    return _too_late("meeting_papers_late", lead, start)


def refuse_invitation(
    rules: MeetingRules, kind: MeetingKind, start: datetime, at: datetime
) -> Refusal | None:
    """Where the invitation itself has its lead time (HU 19.3), a regular meeting keeps it."""
    lead = rules.papers
    if lead is None or not lead.with_invitation or _exempt(lead, kind):
        return None
    return _too_late("meeting_call_late", lead, start) if is_late(rules, start, at) else None


def _exempt(lead: PaperLead, kind: MeetingKind) -> bool:
    if kind is MeetingKind.EXTRAORDINARY:
        return lead.extraordinary_exempt
    return kind is MeetingKind.WORKING_SESSION


def _too_late(kind: str, lead: PaperLead, start: datetime) -> Refusal:
    due = days_before(start, lead.to_members, by_dates=lead.by_dates)
    values = {"days": lead.to_members, "start": start, "due": due}
    return Refusal(kind, lead.article, instead="extraordinary", values=values)


def offered_starts(
    rules: MeetingRules, kind: MeetingKind, now: datetime, calendar: WorkingCalendar
) -> tuple[datetime, ...]:
    """Starts worth offering: mornings of the next working days early enough, and one afternoon."""
    days = (calendar.add_working_days(in_viet_nam(now).date(), n) for n in range(1, 60))
    mornings = [start for day in days if _early_enough(rules, kind, start := at(day, MORNING), now)]
    first = mornings[0].date()
    return tuple(sorted((*mornings[:DAYS_OFFERED], at(first, AFTERNOON))))


def at(day: date, hour: time) -> datetime:
    """A time of a day in Viet Nam."""
    return datetime.combine(day, hour, VIET_NAM)


def _early_enough(rules: MeetingRules, kind: MeetingKind, start: datetime, now: datetime) -> bool:
    lead = rules.papers
    if lead is None or _exempt(lead, kind):
        return start > now
    return not is_late(rules, start, now)


def paper_reminders(rules: MeetingRules, start: datetime) -> tuple[datetime, ...]:
    """Mornings on which those who prepare an item are reminded of its papers."""
    due = prepared_by(rules, start)
    if due is None:
        return ()
    last = in_viet_nam(due).date()
    if in_viet_nam(due).time() < MORNING:
        last -= timedelta(days=1)  # due before the morning: the day before is the last one
    return tuple(at(last - timedelta(days=n), MORNING) for n in MORNINGS_OF_REMINDER)


# --- who -------------------------------------------------------------------------------------


def guest_rule(rules: MeetingRules, category: str) -> GuestRule | None:
    """The rule by which a guest of that category is invited."""
    return next((rule for rule in rules.guests if rule.id == category), None)


def sees_closed(rules: MeetingRules, invited: Invitee | GuestWanted) -> bool:
    """Members see closed items; a guest only where its rule says so, never without one (BK 11.1)."""
    if isinstance(invited, Invitee) and not invited.guest:
        return True
    rule = guest_rule(rules, invited.category)
    return rule is not None and not rule.not_to_closed_items


def items_for(meeting: Meeting, invited: Invitee | GuestWanted) -> tuple[AgendaItem, ...]:
    """The items that somebody invited may know of."""
    if sees_closed(meeting.rules, invited):
        return meeting.items
    return tuple(item for item in meeting.items if not item.closed)


def hosted(regulation: Regulation, body: Body) -> tuple[WorkingSession, ...]:
    """The working sessions a body holds: those of which it is the host by name, else the first body."""
    names = {each.name: each.id for each in regulation.bodies}
    first = regulation.bodies[0].id
    return tuple(s for s in regulation.working_sessions if names.get(s.host, first) == body.id)
