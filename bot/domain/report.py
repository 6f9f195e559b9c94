"""One report that one debtor owes for one period, as facts; how it stands follows from them. Nothing is stored here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property

from bot.domain.files import FileRef
from bot.domain.moments import in_viet_nam
from bot.domain.workdays import WorkingCalendar


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
        """The wish for more time that nobody has answered yet."""
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
