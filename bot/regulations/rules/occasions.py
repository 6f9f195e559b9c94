"""What has happened in a committee, after which something is due, and how a period is called that begins with it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from bot.regulations.rules.duties import Duty, Happens
from bot.regulations.rules.periods import CalendarPeriod, Shape

_PERIOD = re.compile(
    rf"(\d{{4}}-\d\d-\d\d)-({'|'.join(each.value for each in Happens)})(\d+)(?:-(\d+))?", re.ASCII
)


@dataclass(frozen=True, slots=True)
class Occasion:
    """One event: its day in Viet Nam, the id of what it happened to, its number where people know it by one."""

    what: Happens
    id: int
    day: date
    number: int | None = None
    body: str = ""

    @property
    def period(self) -> str:
        """The id of the period that begins with it: "2026-03-05-meeting12-3" for the third meeting, of id 12."""
        number = f"-{self.number}" if self.number else ""
        return f"{self.day.isoformat()}-{self.what.value}{self.id}{number}"

    @property
    def key(self) -> str:
        """What it is, whatever its day: another day is not another event."""
        return f"{self.what.value}{self.id}"

    def owes(self, duty: Duty) -> bool:
        """Whether the duty is owed because of it."""
        after = duty.due.after
        return self.what is duty.event and (after is None or after.body in (None, self.body))


def occasion_of(period: str) -> Occasion | None:
    """The event of a period, of no body in particular; None for a period that begins with no event."""
    found = _PERIOD.fullmatch(period)
    if found is None:
        return None
    try:
        day = date.fromisoformat(found[1])
    except ValueError:
        return None
    number = int(found[4]) if found[4] else None
    return Occasion(Happens(found[2]), int(found[3]), day, number)


def same_whatever_the_day(period: str) -> str:
    """By what a period is known: one that begins with an event, by that event."""
    occasion = occasion_of(period)
    return occasion.key if occasion else period


def period_after(occasion: Occasion) -> CalendarPeriod:
    """The day of the event as a period: what is due for it is due after it, or before it.

    A term that ends is reckoned from the beginning of the year in which it does.
    """
    last = occasion.day
    first = date(last.year, 1, 1) if occasion.what is Happens.TERM_END else last
    return CalendarPeriod(first, last, occasion.period, Shape.LONGER, last.year)
