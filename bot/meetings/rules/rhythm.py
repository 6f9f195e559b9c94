"""How often a body meets: what a period still lacks, and on which mornings that is said. No meeting is called here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import islice
from zlib import crc32

from bot.meetings.rules.meeting import MeetingKind
from bot.regulations.rules.meetings import Rhythm, WorkingSession
from bot.regulations.rules.periods import CalendarPeriod, next_of_rhythm, of_rhythm, since
from bot.regulations.rules.regulation import Body, Regulation
from bot.values.moments import VIET_NAM
from bot.values.names import same
from bot.values.working_days import ONE_DAY, WorkingCalendar

PERIODS_AHEAD = 60
"""Periods looked through for the next morning on which something may be said."""


@dataclass(frozen=True, slots=True)
class Cadence:
    """One rhythm of one body: its own meetings, or working sessions with a named other party."""

    body: Body
    rule: Rhythm | WorkingSession
    last: date | None = None
    """Where its months run from the last meeting: the day of that one, or of the founding before any."""
    since: date | None = None
    """It holds for periods that begin on this day or later; None where it held from the founding on."""
    until: date | None = None
    """It holds for periods that begin before this day; None while it stands."""

    @property
    def times(self) -> int:
        """How many meetings each period needs."""
        return self.rule.times if isinstance(self.rule, Rhythm) else 1

    @property
    def session(self) -> str:
        """The id of the working session; empty for meetings of the body itself."""
        return self.rule.id if isinstance(self.rule, WorkingSession) else ""

    @property
    def party(self) -> str:
        """With whom; empty for meetings of the body itself."""
        return self.rule.party if isinstance(self.rule, WorkingSession) else ""

    @property
    def kind(self) -> MeetingKind:
        """Meetings of this kind count."""
        return MeetingKind.WORKING_SESSION if self.session else MeetingKind.REGULAR

    @property
    def article(self) -> str:
        """Where the regulation sets it."""
        return self.rule.article

    @property
    def code(self) -> str:
        """A short name for buttons that stays the same while the rule has its id."""
        return f"{crc32(f'{self.body.id}/{self.session}/{self.rule.id}'.encode()):08x}"

    def is_like(self, other: Cadence) -> bool:
        """Whether another rule book says the same of it: how often, and what counts."""
        counted = [
            each.body.meetings.extended if each.body.meetings else None for each in (self, other)
        ]
        return self.rule == other.rule and counted[0] == counted[1]

    @property
    def runs_from_last(self) -> bool:
        """Whether its months run from the last meeting held."""
        return isinstance(self.rule, Rhythm) and self.rule.from_last

    def period(self, day: date) -> CalendarPeriod:
        """The period in which a day lies."""
        if self.runs_from_last and self.last is not None:
            return since(self.last, self.rule.every, day)
        return of_rhythm(self.rule.every, self.rule.unit, day)

    def holds(self, period: CalendarPeriod) -> bool:
        """Whether a period goes by it: each goes by the rule book that stood on its first day."""
        begun = self.since is None or period.first >= self.since
        return begun and (self.until is None or period.first < self.until)

    def after(self, period: CalendarPeriod) -> CalendarPeriod:
        """The period after this one."""
        if self.runs_from_last:
            return self.period(period.last + ONE_DAY)
        return next_of_rhythm(self.rule.every, self.rule.unit, period)

    def before(self, period: CalendarPeriod) -> CalendarPeriod:
        """The period before this one."""
        return self.period(period.first - ONE_DAY)


@dataclass(frozen=True, slots=True)
class Met:
    """A meeting that is called, sat, or was entered as held: what a rhythm counts."""

    body: str
    kind: MeetingKind
    session: str
    starts_at: datetime
    id: int = 0


@dataclass(frozen=True, slots=True)
class Lack:
    """What a period lacks. `over`: it has passed so."""

    cadence: Cadence
    period: CalendarPeriod
    had: int
    over: bool = False

    @property
    def missing(self) -> int:
        """How many meetings are missing; 0 when it has enough."""
        return max(self.cadence.times - self.had, 0)


def cadences(regulation: Regulation) -> tuple[Cadence, ...]:
    """Every rhythm of a regulation. The host of a session is a body by its name, else the first body."""
    own = [
        Cadence(body, rhythm)
        for body in regulation.bodies
        if body.meetings is not None
        for rhythm in body.meetings.rhythms
    ]
    sessions = [
        Cadence(host(regulation, session), session) for session in regulation.working_sessions
    ]
    return (*own, *sessions)


def over_time(books: Sequence[tuple[date | None, Regulation]]) -> tuple[Cadence, ...]:
    """The rhythms of rule books that stood one after the other, each from its first day: those of the last come first.

    What two that follow each other say alike is one rhythm.
    """
    standing_: dict[str, Cadence] = {}
    ended: list[Cadence] = []
    for since_, regulation in books:
        now = {each.code: each for each in cadences(regulation)}
        for code, old in standing_.items():
            if code not in now or not old.is_like(now[code]):
                ended.append(replace(old, until=since_))
        standing_ = {
            code: replace(new, since=_begun(standing_.get(code), new, since_))
            for code, new in now.items()
        }
    return (*standing_.values(), *ended)


def _begun(before: Cadence | None, new: Cadence, since_: date | None) -> date | None:
    return before.since if before is not None and before.is_like(new) else since_


def host(regulation: Regulation, session: WorkingSession) -> Body:
    """The body that holds a working session."""
    named = (b for b in regulation.bodies if same(b.name, session.host))
    return next(named, regulation.bodies[0])


def counts(cadence: Cadence, met: Met, period: CalendarPeriod) -> bool:
    """Whether a meeting counts for the period: by the day on which it starts in Viet Nam.

    A working session counts by its id, whichever body called it.
    """
    if not is_of(cadence, met.kind) or met.session != cadence.session:
        return False
    own = bool(cadence.session) or met.body == cadence.body.id
    return own and met.starts_at.astimezone(VIET_NAM).date() in period


def is_of(cadence: Cadence, kind: MeetingKind) -> bool:
    """Whether this kind counts: regular meetings, and extended ones where they are taken for such (BK 11.1)."""
    extended = cadence.body.meetings.extended if cadence.body.meetings else None
    if kind is MeetingKind.EXTENDED and not cadence.session:
        return extended is not None and extended.counts
    return kind is cadence.kind


def standing(cadence: Cadence, period: CalendarPeriod, met: Sequence[Met], today: date) -> Lack:
    """How many of the meetings a period needs it has, or has had."""
    had = sum(counts(cadence, each, period) for each in met)
    return Lack(cadence, period, had, over=period.last < today)


def ending_in(cadence: Cadence, year: int) -> Iterator[CalendarPeriod]:
    """The periods that end in a year, in order; where months run from the last meeting, those since it."""
    period = cadence.period(date(year, 1, 1))
    while period.last.year <= year:
        past = cadence.runs_from_last and cadence.last is not None and period.last <= cadence.last
        if period.last.year == year and not past and cadence.holds(period):
            yield period
        period = cadence.after(period)


# --- when it is said -------------------------------------------------------------------------


def reminder_days(
    cadence: Cadence, period: CalendarPeriod, calendar: WorkingCalendar
) -> tuple[date, ...]:
    """The mornings before a period ends, earliest first: on a working day, else on the last one before.

    Only those at most half the period before its end; none in a period without a working day by then.
    """
    moved = (_last_working_day(day, period, calendar) for day in _stated_days(cadence, period))
    return tuple(dict.fromkeys(day for day in moved if day is not None))


def _stated_days(cadence: Cadence, period: CalendarPeriod) -> list[date]:
    """The days before the end as the regulation file states them, working or not."""
    return [
        period.last - days * ONE_DAY
        for days in sorted(cadence.rule.remind_days, reverse=True)
        if 2 * days <= period.days
    ]


def _last_working_day(day: date, period: CalendarPeriod, calendar: WorkingCalendar) -> date | None:
    while day in period:
        if calendar.is_working(day):
            return day
        day -= ONE_DAY
    return None


def passed_day(period: CalendarPeriod, calendar: WorkingCalendar) -> date:
    """The first working morning after a period."""
    return calendar.next_working_day(period.last)


def could_meet(period: CalendarPeriod, founded: date, calendar: WorkingCalendar) -> bool:
    """Whether the committee had a working day in the period after the day on which it was founded."""
    first = max(period.first - ONE_DAY, founded)
    return first < period.last and calendar.working_days_between(first, period.last) > 0


def next_day(
    every: Sequence[Cadence], founded: date, calendar: WorkingCalendar, since: date
) -> date | None:
    """The first day from `since` on that may have something to say; None where nothing ever has."""
    found = [
        day for cadence in every if (day := _next_of(cadence, founded, calendar, since)) is not None
    ]
    return min(found, default=None)


def _next_of(
    cadence: Cadence, founded: date, calendar: WorkingCalendar, since: date
) -> date | None:
    ahead = _from(cadence, _oldest(cadence, calendar, since))
    for period in islice(ahead, PERIODS_AHEAD):
        days = [*reminder_days(cadence, period, calendar)]
        if could_meet(period, founded, calendar):
            days.append(passed_day(period, calendar))
        found = [day for day in days if day >= since]
        if found:
            return min(found)
    return None


def _oldest(cadence: Cadence, calendar: WorkingCalendar, since: date) -> CalendarPeriod:
    """The first period whose morning after is not before `since`: over holidays it may lie weeks back."""
    period = cadence.period(since)
    while passed_day(earlier := cadence.before(period), calendar) >= since:
        period = earlier
    return period


def _from(cadence: Cadence, period: CalendarPeriod) -> Iterator[CalendarPeriod]:
    while cadence.until is None or period.first < cadence.until:
        if cadence.holds(period):
            yield period
        period = cadence.after(period)


def to_say(
    cadence: Cadence,
    founded: date,
    calendar: WorkingCalendar,
    since: date,
    today: date,
) -> tuple[CalendarPeriod, ...]:
    """The periods of which something is to be said today, when nothing was since the day `since`.

    One that runs: when one of its mornings has come. One that has passed: when its first working
    morning after has. After an outage both come once, as they stand then.
    """
    found = []
    for period in _from(cadence, _oldest(cadence, calendar, since)):
        if period.first > today:
            break
        days = _mornings(cadence, period, founded, calendar, today)
        if any(since <= day <= today for day in days):
            found.append(period)
    return tuple(found)


def _mornings(
    cadence: Cadence,
    period: CalendarPeriod,
    founded: date,
    calendar: WorkingCalendar,
    today: date,
) -> tuple[date, ...]:
    if period.last >= today:
        # The stated day too: its morning may have been moved before it after that morning was over.
        moved = reminder_days(cadence, period, calendar)
        return (*moved, *_stated_days(cadence, period)) if moved else ()
    return (passed_day(period, calendar),) if could_meet(period, founded, calendar) else ()
