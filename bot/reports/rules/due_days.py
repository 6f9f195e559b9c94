"""The last acceptable day of a report, from its period and its rule. Who owes it is not known here."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from bot.regulations.rules.duties import DueKind, DueRule, Duty, Happens, Period
from bot.regulations.rules.occasions import Occasion, occasion_of, period_after
from bot.regulations.rules.periods import BY_SHAPE, CalendarPeriod, Shape, parse_period
from bot.values.names import folded
from bot.values.working_days import ONE_DAY, WorkingCalendar

AHEAD = timedelta(days=40)
"""How long before a period begins what is owed for it is already made."""
LONGEST_HOLIDAY = timedelta(days=14)
"""What is due before a period may be due so much before it."""
LONGEST_RULE = 40
A_YEAR = timedelta(days=366)

SHAPES = {
    Period.WEEK: Shape.WEEK,
    Period.MONTH: Shape.MONTH,
    Period.QUARTER: Shape.QUARTER,
    Period.HALF_YEAR: Shape.HALF_YEAR,
    Period.NINE_MONTHS: Shape.NINE_MONTHS,
    Period.YEAR: Shape.YEAR,
}
"""Periods of the calendar; a term and what is asked for by hand have none."""

TERM = "T"
_TERM = re.compile(r"(\d{4})-T", re.ASCII)


@dataclass(frozen=True, slots=True)
class OwnRule:
    """A committee's own day for a duty: a day of the month, perhaps of one month, or of the week.

    `after` is how many months after the last one of the period; `weekday` counts from Monday, 0.
    """

    day: int = 0
    month: int | None = None
    after: int = 0
    weekday: int | None = None


_WEEKDAY = re.compile(r"thu (hai|ba|tu|nam|sau|bay|[2-7])")
_DAY_MONTH = re.compile(r"(?:ngay )?(\d{1,2})/(\d{1,2})")
_DAY = re.compile(r"(?:ngay )?(\d{1,2})( (?:cua )?thang (?:sau|tiep theo|ke tiep))?")
_WEEKDAYS = {"hai": 0, "ba": 1, "tu": 2, "nam": 3, "sau": 4, "bay": 5}
_LEAP_YEAR = 2024
_SUNDAY = 6
_DAYS_A_MONTH = 31


def own_rule(text: str) -> OwnRule | None:
    """Read "25", "5 tháng sau", "15/11", "thứ Năm"; None for what is no day of any month or week."""
    words = folded(text[:LONGEST_RULE]).strip(" .")
    if words == "chu nhat":
        return OwnRule(weekday=_SUNDAY)
    if found := _WEEKDAY.fullmatch(words):
        named = found[1]
        return OwnRule(weekday=_WEEKDAYS.get(named, int(named) - 2 if named.isdecimal() else 0))
    if found := _DAY_MONTH.fullmatch(words):
        day, month = int(found[1]), int(found[2])
        return OwnRule(day, month) if _exists(day, month) else None
    found = _DAY.fullmatch(words)
    if found is None or not 1 <= int(found[1]) <= _DAYS_A_MONTH:
        return None
    return OwnRule(int(found[1]), after=1 if found[2] else 0)


def _exists(day: int, month: int) -> bool:
    try:
        date(_LEAP_YEAR, month, day)
    except ValueError:
        return False
    return True


def due_day(
    rule: DueRule, period: CalendarPeriod, calendar: WorkingCalendar, own: OwnRule | None = None
) -> date | None:
    """The last acceptable day; None where a person sets it. A day stated counts though no office works.

    A committee's own rule goes before the day that it named for debtors at set-up, and both before that
    of the regulation, where they fit the period. A period
    without any working day, such as a week of Tết, has the next one. What is due after an event has no
    rule of the committee's own: its span is that of the regulation.
    """
    if rule.after is not None:
        return rule.after.span.last_day(period.last, calendar)
    if own is None and rule.debtor_day:
        own = OwnRule(rule.debtor_day)
    by_own = _own_day(own, rule, period) if own is not None else None
    return by_own or _stated_day(rule, period, calendar)


def _stated_day(rule: DueRule, period: CalendarPeriod, calendar: WorkingCalendar) -> date | None:
    match rule.kind:
        case DueKind.LAST_DAY:
            return period.last
        case DueKind.LAST_WORKING_DAY:
            day = calendar.last_working_day(period.last)
            return day if day in period else calendar.next_working_day(period.last)
        case DueKind.BEFORE_PERIOD:
            return calendar.last_working_day(period.first - ONE_DAY)
        case DueKind.FIXED_DAY if rule.fixed is not None:
            return rule.fixed.last_day(period.last.year)
        case _:
            return None


def _own_day(own: OwnRule, rule: DueRule, period: CalendarPeriod) -> date | None:
    end = period.first - ONE_DAY if rule.kind is DueKind.BEFORE_PERIOD else period.last
    if own.weekday is not None:
        in_week = period.shape is Shape.WEEK
        return end - timedelta(days=(end.weekday() - own.weekday) % 7) if in_week else None
    if period.shape is Shape.WEEK:
        return None
    if own.month is not None:
        return _day_of(end.year, own.month, own.day) if period.shape is Shape.YEAR else None
    years, month = divmod(end.month - 1 + own.after, 12)
    return _day_of(end.year + years, month + 1, own.day)


def _day_of(year: int, month: int, day: int) -> date:
    """That day, or the last one of a shorter month."""
    return date(year, month, min(day, monthrange(year, month)[1]))


# --- periods of a duty -------------------------------------------------------------------------


def period_of(duty: Duty, text: str) -> CalendarPeriod | None:
    """The period of that id if the duty is owed for such; a term goes by the year it ends in, an event by its day."""
    if found := _TERM.fullmatch(text):
        if Period.TERM not in duty.periods or not int(found[1]):
            return None
        last = date(int(found[1]), 12, 31)
        return CalendarPeriod(date(last.year, 1, 1), last, text, Shape.LONGER, last.year)
    if occasion := occasion_of(text):
        return period_after(occasion) if occasion.what is duty.event else None
    period = parse_period(text)
    shapes = {SHAPES[each] for each in duty.periods if each in SHAPES}
    return period if period is not None and period.shape in shapes else None


def after_events(duty: Duty, occasions: Iterable[Occasion]) -> Iterator[CalendarPeriod]:
    """The periods of a duty that an event makes owed."""
    return (period_after(each) for each in occasions if each.owes(duty))


def events_of(duties: Iterable[Duty]) -> frozenset[Happens]:
    """All that makes one of them owed."""
    return frozenset(each.event for each in duties if each.event)


def reaches_back(duties: Iterable[Duty]) -> timedelta:
    """How far back an event may lie for which something is not due yet."""
    longest = max((each.due.after.span.count for each in duties if each.due.after), default=0)
    return LONGEST_HOLIDAY + timedelta(days=2 * longest)


def stands_for(fixed: date, event: date) -> bool:
    """Whether a day that a person fixed for a term is that of the term which begins or ends then: within a year."""
    return abs(fixed - event) <= A_YEAR


def term_id(day: date) -> str:
    """The id of the term that ends in the year of that day."""
    return f"{day.year:04d}-{TERM}"


def is_term(period: str) -> bool:
    """Whether it is a term for which a person fixed the day."""
    return _TERM.fullmatch(period) is not None


def upcoming(duty: Duty, today: date) -> Iterator[CalendarPeriod]:
    """The calendar periods for which the duty is owed from `today` on, as far ahead as they are made.

    A period is made 40 days before it begins; what is due before a period begins is made with the
    period before it.
    """
    for each in duty.periods:
        if each in SHAPES:
            yield from _upcoming(duty, SHAPES[each], today)


def _upcoming(duty: Duty, shape: Shape, today: date) -> Iterator[CalendarPeriod]:
    step = BY_SHAPE[shape]
    period = step(today - AHEAD)
    ahead = today + AHEAD
    if duty.due.kind is DueKind.BEFORE_PERIOD:
        ahead = max(ahead + LONGEST_HOLIDAY, step(today).last + ONE_DAY)
    while period.first <= ahead:
        yield period
        period = step(period.last + ONE_DAY)
