"""The day from which something holds, as it is typed and as it is offered. Days are those of Viet Nam."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from bot.values.moments import in_viet_nam
from bot.values.refusal import refuse
from bot.values.typed_days import DayFault, parse_days


def day_typed(text: str, at: datetime) -> date:
    """The one day that is meant; without its year the next one of that name. Refuses what is no single day."""
    today = in_viet_nam(at).date()
    typed = parse_days(text, today.year)
    if not isinstance(typed, DayFault) and typed.first < today:
        later = parse_days(text, today.year + 1)
        typed = later if not isinstance(later, DayFault) and later.first > typed.first else typed
    if isinstance(typed, DayFault) or typed.first != typed.last:
        refuse("amend_day_unclear")
    return typed.first


def first_of_next_month(today: date) -> date:
    """The day on which what changes with a month begins."""
    return (today.replace(day=1) + timedelta(days=31)).replace(day=1)
