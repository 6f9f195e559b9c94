"""Who keeps a head of the register besides the office: members drawn by lot, in a way that anybody can repeat."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from datetime import date, datetime

from bot.people.rules.people import Person, Role
from bot.values.moments import VIET_NAM, in_viet_nam
from bot.values.quiet_hours import morning_of
from bot.values.working_days import ONE_DAY, WorkingCalendar

DRAWN = 2
"""So many members keep a head, drawn anew each month."""


def may_be_drawn(people: Iterable[Person], office: Collection[int]) -> list[Person]:
    """Members of any body whom a message reaches, without those of the office, who have it anyway."""
    return [
        each
        for each in people
        if each.joined
        and each.reachable
        and each.id not in office
        and any(seat.role is Role.MEMBER for seat in each.seats)
    ]


def drawn(members: Iterable[Person], digest: str) -> list[Person]:
    """As many of them as are drawn, each as likely as any other; all where there are no more.

    Those come first whose id, hashed behind the digest of the head, is least: nobody can choose it before the last
    line is written, and whoever has the register and the list draws the same again.
    """

    def lot(member: Person) -> bytes:
        return hashlib.sha256(f"{digest}:{member.id}".encode()).digest()

    return sorted(members, key=lot)[:DRAWN]


def next_note(now: datetime, days: WorkingCalendar) -> datetime:
    """The morning of the first working day of a month that comes next."""
    today = in_viet_nam(now).date()
    this = _first_morning(today.replace(day=1), days)
    return this if this > now else _first_morning(_next_month(today), days)


def _next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def _first_morning(first: date, days: WorkingCalendar) -> datetime:
    return morning_of(days.next_working_day(first - ONE_DAY)).astimezone(VIET_NAM)
