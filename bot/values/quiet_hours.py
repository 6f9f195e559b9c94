"""The hours in which nobody is reminded, in Viet Nam, and when to remind of a moment around them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from bot.values.moments import VIET_NAM

MORNING = time(8, 0)
"""When what is told of a morning goes out."""
QUIET_FROM, QUIET_UNTIL = time(21, 0), time(7, 0)
"""Nobody is reminded from the one to the other, over midnight."""
EVENING = timedelta(minutes=30)
"""How long before the quiet hours that goes out which would fall into them and must not wait."""
LAST_CALL = timedelta(hours=3)
"""How long before the moment reminded of the last reminder goes out."""


def morning_of(day: date) -> datetime:
    """When what is told that morning goes out."""
    return datetime.combine(day, MORNING, VIET_NAM)


def first_awake(moment: datetime) -> datetime:
    """The moment itself, or the end of the quiet hours it lies in."""
    local = moment.astimezone(VIET_NAM)
    if QUIET_UNTIL <= local.time() < QUIET_FROM:
        return moment
    day = local.date() + timedelta(days=local.time() >= QUIET_FROM)
    return datetime.combine(day, QUIET_UNTIL, VIET_NAM)


def awake(moment: datetime) -> datetime:
    """The moment itself, or half an hour before the quiet hours it lies in."""
    local = moment.astimezone(VIET_NAM)
    if QUIET_UNTIL <= local.time() < QUIET_FROM:
        return local
    day = local.date() - timedelta(days=local.time() < QUIET_UNTIL)
    return datetime.combine(day, QUIET_FROM, VIET_NAM) - EVENING


def reminders_before(moment: datetime) -> tuple[datetime, ...]:
    """When people are reminded of a moment: the morning of the day before, and three hours before."""
    local = moment.astimezone(VIET_NAM)
    day_before = morning_of(local.date() - timedelta(days=1))
    return tuple(dict.fromkeys((day_before, awake(local - LAST_CALL))))
