"""One report as facts and how it stands, the board over all of them, and on which mornings one is brought to mind."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import TypeVar

from bot.values.files import FileRef
from bot.values.moments import in_viet_nam
from bot.values.working_days import WorkingCalendar

USUAL_DAYS = (7, 3, 1, 0)
"""Days before its day on which is brought to mind what no duty of a rule book asks for; 0 is the day itself."""


class Standing(StrEnum):
    """How a report stands on the board."""

    NOT_DUE = "not_due"
    ON_TIME = "on_time"
    LATE = "late"
    MISSING = "missing"
    EXCUSED = "excused"


class ReportActKind(StrEnum):
    """What is done about a report, in the order in which it happens."""

    DELIVER = "deliver"
    """The debtor says that it was sent, with a file, or number and date of the paper, or plainly."""
    RECORD = "record"
    """The office notes a paper that came in; `day` is when it came."""
    ADD = "add"
    """A further file, or one in place of another; the day of delivery stays."""
    ASK = "ask"
    """More time is asked for, until `day`."""
    GRANT = "grant"
    DECLINE = "decline"
    EXCUSE = "excuse"
    EDIT = "edit"
    """The office fixed another due day."""
    MOVE = "move"
    """A change of the working calendar moved the due day."""
    LATER = "later"
    """The debtor wants to hear of it again on the morning of `day`."""
    REMIND = "remind"
    LIST = "list"
    """It stood on the list of those overdue on the morning of `day`."""


@dataclass(frozen=True, slots=True)
class ReportAct:
    """One act; `by` is None for the clock, `day` is the day it names."""

    kind: ReportActKind
    at: datetime
    by: int | None = None
    day: date | None = None
    number: str = ""
    paper_on: date | None = None
    words: str = ""
    file: FileRef | None = None


@dataclass(frozen=True)
class Report:
    """What one debtor owes for one period. `debtor` is "person:12", "body:dang_doan", "office:secretary"."""

    id: int
    committee: int
    duty: str
    period: str
    debtor: str
    debtor_name: str
    rulebook: str
    what: str
    article: str
    first_day: date
    due_on: date
    made_at: datetime
    person: int | None = None
    """The person, or the contact of the unit, that owes; None for a body and an office."""
    due_at: datetime | None = None
    hand_id: int | None = None
    acts: tuple[ReportAct, ...] = ()

    def last(self, *kinds: ReportActKind) -> ReportAct | None:
        """The last act of one of these kinds."""
        return next((act for act in reversed(self.acts) if act.kind in kinds), None)

    @cached_property
    def stated_day(self) -> date:
        """The last acceptable day for everybody who owes this: as made, or as it was moved since."""
        moved = self.last(ReportActKind.EDIT, ReportActKind.MOVE)
        return moved.day if moved and moved.day else self.due_on

    @cached_property
    def last_day(self) -> date:
        """The last acceptable day for this debtor, with the time granted."""
        granted = self.last(ReportActKind.GRANT)
        return max(self.stated_day, granted.day) if granted and granted.day else self.stated_day

    @cached_property
    def hour(self) -> datetime | None:
        """The moment a person fixed for it; None once the day has moved, and where days count."""
        return self.due_at if self.last_day == self.due_on else None

    @cached_property
    def delivered(self) -> ReportAct | None:
        """The act by which it was delivered: the first one, whatever was added since."""
        sent = (ReportActKind.DELIVER, ReportActKind.RECORD)
        return next((act for act in self.acts if act.kind in sent), None)

    @property
    def delivered_on(self) -> date | None:
        """The day on which it was delivered, in Viet Nam; of a paper, the day it came in."""
        if self.delivered is None:
            return None
        return self.delivered.day or in_viet_nam(self.delivered.at).date()

    @property
    def files(self) -> tuple[FileRef, ...]:
        """Everything delivered with it, in order."""
        return tuple(act.file for act in self.acts if act.file is not None)

    @property
    def excused(self) -> ReportAct | None:
        """Why it is not owed any more, unless it was delivered."""
        return None if self.delivered else self.last(ReportActKind.EXCUSE)

    @property
    def is_open(self) -> bool:
        """Whether it is still to be delivered."""
        return self.delivered is None and self.excused is None

    @cached_property
    def request(self) -> ReportAct | None:
        """The request for more time that nobody has answered yet."""
        last = self.last(ReportActKind.ASK, ReportActKind.GRANT, ReportActKind.DECLINE)
        return last if last and last.kind is ReportActKind.ASK and self.is_open else None


def standing(report: Report, now: datetime) -> Standing:
    """How it stands at `now`: a day lasts until midnight in Viet Nam, a moment fixed by a person to itself."""
    if report.delivered is not None:
        in_time = _in_time(report, report.delivered)
        return Standing.ON_TIME if in_time else Standing.LATE
    if report.excused is not None:
        return Standing.EXCUSED
    return Standing.MISSING if is_past(report, now) else Standing.NOT_DUE


def is_past(report: Report, now: datetime) -> bool:
    """Whether its last acceptable moment has passed; the moment itself still counts."""
    if report.hour is not None:
        return now > report.hour
    return in_viet_nam(now).date() > report.last_day


def _in_time(report: Report, delivered: ReportAct) -> bool:
    day = report.delivered_on or report.last_day
    if report.hour is not None and delivered.day is None:
        return delivered.at <= report.hour
    return day <= report.last_day


def days_late(report: Report, calendar: WorkingCalendar, now: datetime) -> int:
    """Working days past the last acceptable day, until it was delivered or until today; 0 in time."""
    if report.excused is not None:
        return 0
    until = report.delivered_on or in_viet_nam(now).date()
    return calendar.working_days_between(report.last_day, until)


K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Cell:
    """One report as the board has it at a moment; `late` counts working days past its last day."""

    report: Report
    standing: Standing
    late: int

    @property
    def year(self) -> int:
        """The year of the sheet it stands on: that of its last acceptable day."""
        return self.report.last_day.year


def cells(reports: Iterable[Report], calendar: WorkingCalendar, now: datetime) -> list[Cell]:
    """Every report as it stands at `now`, in the order given."""
    found = []
    for report in reports:
        stands = standing(report, now)
        counts = stands in (Standing.LATE, Standing.MISSING)
        found.append(Cell(report, stands, days_late(report, calendar, now) if counts else 0))
    return found


def tally(several: Sequence[Cell]) -> Mapping[Standing, int]:
    """How many stand where; every standing is named."""
    return {each: sum(cell.standing is each for cell in several) for each in Standing}


def grouped(several: Iterable[Cell], by: Callable[[Cell], K]) -> dict[K, list[Cell]]:
    """The cells by a key, keys in the order in which they first come."""
    found: dict[K, list[Cell]] = {}
    for cell in several:
        found.setdefault(by(cell), []).append(cell)
    return found


def years(several: Iterable[Cell]) -> list[int]:
    """The years that have anything, in order."""
    return sorted({cell.year for cell in several})


def of_year(several: Iterable[Cell], year: int) -> list[Cell]:
    """What was or is due in one year."""
    return [cell for cell in several if cell.year == year]


def reminders(report: Report, days: Collection[int], calendar: WorkingCalendar) -> tuple[date, ...]:
    """The working mornings so many days before the last acceptable day; 0 is the day itself.

    Where no office works on such a day it is the last working morning before. Nobody is reminded
    before the period has begun, unless the report is due before that.
    """
    later = report.last(ReportActKind.LATER)
    again = later.day if later is not None else None
    return mornings(report.first_day, report.last_day, again, tuple(days), calendar)


@lru_cache(maxsize=1024)  # many debtors owe the same on the same day
def mornings(
    first: date, last: date, again: date | None, days: tuple[int, ...], calendar: WorkingCalendar
) -> tuple[date, ...]:
    """The working mornings `days` before the last day, and that of `again`; none before the first day."""
    wanted = {calendar.last_working_day(last - timedelta(days=each)) for each in days}
    if again is not None and again <= last:
        wanted.add(again)
    earliest = first if last >= first else date.min
    return tuple(sorted(day for day in wanted if day >= earliest))


def overdue_morning(report: Report, calendar: WorkingCalendar) -> date:
    """The first working morning after the last acceptable day."""
    return calendar.next_working_day(report.last_day)


def next_morning(
    report: Report, days: Collection[int], calendar: WorkingCalendar, through: date
) -> date | None:
    """The first morning after `through` on which something is to be said of an open report."""
    found = (*reminders(report, days, calendar), overdue_morning(report, calendar))
    return min((day for day in found if day > through), default=None)
