"""A year at a glance as numbers: duties by month, meetings against their rhythm, matters, attendance."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.meetings.rules.meeting import Meeting
from bot.meetings.rules.rhythm import Cadence, Lack, could_meet
from bot.regulations.rules.periods import MONTHS, CalendarPeriod
from bot.reports.rules.report import Cell, Standing, tally
from bot.sheets.rules.attending import Attended, attended
from bot.values.moments import in_viet_nam
from bot.values.names import sort_key
from bot.values.working_days import WorkingCalendar

# --- duties ------------------------------------------------------------------------------------

OWED = (Standing.ON_TIME, Standing.LATE, Standing.MISSING, Standing.NOT_DUE)
"""How a report stands that is owed; who was excused owes none."""


@dataclass(frozen=True, slots=True)
class MonthOfDuties:
    """How the reports stand whose last acceptable day lies in a month, 1 to 12; zeros too."""

    number: int
    counts: Mapping[Standing, int]

    @property
    def total(self) -> int:
        """How many are owed for it."""
        return sum(self.counts.values())


def duties_by_month(cells: Sequence[Cell], year: int) -> tuple[MonthOfDuties, ...]:
    """The twelve months of a year, each report where it is due, with the time granted."""
    months: dict[int, list[Cell]] = {number: [] for number in range(1, MONTHS + 1)}
    for cell in cells:
        if cell.year == year:
            months[cell.report.last_day.month].append(cell)
    counted = {number: tally(several) for number, several in months.items()}
    return tuple(
        MonthOfDuties(number, {each: counts[each] for each in OWED})
        for number, counts in counted.items()
    )


# --- meetings ----------------------------------------------------------------------------------


class Kept(StrEnum):
    """How a period of a rhythm stands."""

    KEPT = "kept"
    LACKING = "lacking"
    """It is over, and had too few."""
    RUNNING = "running"
    AHEAD = "ahead"
    BEFORE = "before"
    """The committee was not yet there to meet in it: nothing was owed."""


@dataclass(frozen=True, slots=True)
class PeriodMet:
    """A period of a rhythm: how many meetings it had, of how many, and how it stands."""

    period: CalendarPeriod
    had: int
    times: int
    kept: Kept


@dataclass(frozen=True, slots=True)
class RhythmOfYear:
    """A rhythm with its periods that end in a year."""

    cadence: Cadence
    periods: tuple[PeriodMet, ...]


def period_met(lack: Lack, founded: date, calendar: WorkingCalendar, today: date) -> PeriodMet:
    """How a period stands today, by what it has had."""
    return PeriodMet(
        lack.period, lack.had, lack.cadence.times, _kept(lack, founded, calendar, today)
    )


def _kept(lack: Lack, founded: date, calendar: WorkingCalendar, today: date) -> Kept:
    if not lack.missing:
        return Kept.KEPT
    if not could_meet(lack.period, founded, calendar):
        return Kept.BEFORE
    if lack.over:
        return Kept.LACKING
    return Kept.RUNNING if lack.period.first <= today else Kept.AHEAD


# --- matters -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MatterOfYear:
    """A written consultation: where it stands, by the id of its outcome or stage, and how many days it took."""

    number: int | None
    subject: str
    state: str
    is_closed: bool
    days: int | None


def days_taken(opened: datetime | None, until: datetime | None) -> int | None:
    """From the day on which it was sent to that of its end, in Viet Nam; 0 on the same day, None without either."""
    if opened is None or until is None:
        return None
    return (in_viet_nam(until).date() - in_viet_nam(opened).date()).days


# --- attendance --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MemberOfYear:
    """One member over the meetings of a year: how often came, was away with consent, and without."""

    person: int
    name: str
    came: int
    excused: int
    absent: int

    @property
    def asked(self) -> int:
        """To how many meetings the member belonged."""
        return self.came + self.excused + self.absent


def attendance(meetings: Iterable[Meeting]) -> tuple[MemberOfYear, ...]:
    """Everybody on the roll of any of these meetings, by given name as Vietnamese sorts."""
    names: dict[int, str] = {}
    found: dict[int, list[Attended]] = {}
    for meeting in meetings:
        for seat in meeting.roll:
            names[seat.person] = seat.name
            found.setdefault(seat.person, []).append(attended(meeting, seat))
    members = [
        MemberOfYear(
            person,
            names[person],
            came=sum(each in (Attended.PRESENT, Attended.LEFT) for each in stood),
            excused=stood.count(Attended.EXCUSED),
            absent=stood.count(Attended.ABSENT),
        )
        for person, stood in found.items()
    ]
    return tuple(sorted(members, key=lambda each: (sort_key(each.name), each.person)))


# --- all of it ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Year:
    """A committee's year as it stands on a day."""

    number: int
    committee: str
    today: date
    duties: tuple[MonthOfDuties, ...]
    rhythms: tuple[RhythmOfYear, ...]
    matters: tuple[MatterOfYear, ...]
    meetings: int
    """How many meetings the attendance is counted over."""
    members: tuple[MemberOfYear, ...]

    @property
    def owed(self) -> Mapping[Standing, int]:
        """How the reports of the whole year stand."""
        return {each: sum(month.counts[each] for month in self.duties) for each in OWED}

    @property
    def kept(self) -> Mapping[Kept, int]:
        """How the periods of all rhythms stand."""
        every = [each.kept for rhythm in self.rhythms for each in rhythm.periods]
        return {each: every.count(each) for each in Kept}

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all was owed, met or asked."""
        met = any(self.kept[each] for each in (Kept.KEPT, Kept.LACKING, Kept.RUNNING))
        return not (met or self.matters or self.meetings or any(self.owed.values()))
