"""When a consultation falls due, for each member and as a whole. Opinions are not judged here."""

from __future__ import annotations

from datetime import datetime

from bot.domain.consultation import Consultation
from bot.domain.moments import VIET_NAM
from bot.domain.regulation import Body, Clock
from bot.domain.workdays import WorkingCalendar


def due_moment(consultation: Consultation, person: int) -> datetime:
    """The member's own due moment; exactly at it still counts (provisions 5.9)."""
    own = before_more_time(consultation, person)
    asked = consultation.asked_until.get(person)
    return max(own, asked) if asked else own


def closes_at(consultation: Consultation) -> datetime:
    """The latest due moment of those who stand on the roll."""
    moments = [due_moment(consultation, seat.person) for seat in consultation.standing]
    return max(moments, default=consultation.stated_deadline)


def before_more_time(consultation: Consultation, person: int) -> datetime:
    """The member's due moment without the time it asked for."""
    stated = consultation.stated_deadline
    start = consultation.clock_from.get(person)
    days = _days_given(consultation, person, start)
    if start is None or days is None:
        return stated
    return max(stated, days_after(consultation, start, days))


def _days_given(consultation: Consultation, person: int, start: datetime | None) -> int | None:
    """The working days of the member's own clock; None where the stated deadline alone binds."""
    window = consultation.rules.window
    if window.clock is Clock.RECIPIENT and window.working_days is not None:
        return window.working_days
    if start is None or start <= consultation.deadline_at(start):
        return None
    # The text came after the deadline: that member's clock starts with it (5.10), unless it was
    # the answer that proved the receipt.
    answered = consultation.first_replies.get(person)
    return None if answered and answered <= start else window.suggested_days


def days_after(consultation: Consultation, moment: datetime, days: int) -> datetime:
    """The end of the last of `days` working days after the day of `moment`, which is not counted."""
    calendar = consultation.calendar
    last = calendar.add_working_days(moment.astimezone(VIET_NAM).date(), days)
    return calendar.end_of_day(last, consultation.rules.window.day_ends_at)


def regulation_deadline(body: Body, calendar: WorkingCalendar, opened: datetime) -> datetime:
    """The deadline where none is stated: the regulation's days after the day of opening."""
    window = body.written.window
    days = window.working_days or window.suggested_days
    last = calendar.add_working_days(opened.astimezone(VIET_NAM).date(), days)
    return calendar.end_of_day(last, window.day_ends_at)
