"""Report duties as values: who owes what to whom, and when. Due reports live elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.values.spans import Span


class Period(StrEnum):
    """How often a report is owed."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    NINE_MONTHS = "nine_months"
    YEAR = "year"
    TERM = "term"
    AD_HOC = "ad_hoc"
    """Asked for, or called for by an event: a person sets the day."""


class PartyKind(StrEnum):
    """What a debtor or a recipient of a report is."""

    BODY = "body"
    EACH_MEMBER = "each_member"
    OFFICE = "office"
    UNIT = "unit"
    SUPERIOR = "superior"


class DueKind(StrEnum):
    """How the last acceptable day of a report follows from its period."""

    LAST_WORKING_DAY = "last_working_day"
    """The last working day of the period."""
    LAST_DAY = "last_day"
    """The last day of the period, working or not."""
    BEFORE_PERIOD = "before_period"
    """The last working day before the period begins."""
    FIXED_DAY = "fixed_day"
    """A day of the calendar year."""
    AFTER = "after"
    """So many days after something has happened."""
    BY_HAND = "by_hand"
    """A person sets the day of each occurrence."""


class Happens(StrEnum):
    """What may happen in a committee, so many days after which a report is due."""

    MEETING = "meeting"
    """A meeting of a body is held; its day is that of the close. One that is called is reckoned with ahead."""
    RESULT = "result"
    """A consultation in writing has come to its result."""
    TERM = "term"
    """A new term begins; one confirmed is reckoned with ahead."""
    TERM_END = "term_end"
    """A term ends, the day before a new one begins."""
    DECISION = "decision"
    """What was asked for by number and day of a decision has been confirmed."""


@dataclass(frozen=True, slots=True)
class AfterEvent:
    """So many days after what happens; `body` is whose meeting or whose slip, None for any of the committee."""

    what: Happens
    span: Span
    body: str | None = None


@dataclass(frozen=True, slots=True)
class FixedDay:
    """A day of every year. `inclusive`: that day is still in time; else the day before is last."""

    month: int
    day: int
    inclusive: bool

    def last_day(self, year: int) -> date:
        """The last acceptable day in `year`."""
        stated = date(year, self.month, self.day)
        return stated if self.inclusive else stated - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DueRule:
    """When a report is due. `fixed` is set for DueKind.FIXED_DAY alone, `after` for DueKind.AFTER."""

    kind: DueKind
    fixed: FixedDay | None = None
    debtor_day: int = 0
    """The day of the period's last month by which debtors send what a collator then has until the day that
    `kind` gives; 0: both on that day."""
    article: str | None = None
    assumption: bool = False
    after: AfterEvent | None = None


@dataclass(frozen=True, slots=True)
class Party:
    """One side of a duty. `ref` is the body or office id where it has one."""

    kind: PartyKind
    name: str
    ref: str | None = None
    by_name: bool = False
    """A unit that is meant by its very name: without one of that name nobody owes."""


@dataclass(frozen=True, slots=True)
class Duty:
    """Who owes which report to whom, in which periods, by when; what is due after an event has no periods."""

    id: str
    debtors: tuple[Party, ...]
    to: tuple[Party, ...]
    what: str
    periods: tuple[Period, ...]
    due: DueRule
    article: str
    through: str | None = None
    """The unit that collates before it goes on."""
    unasked: bool = False
    """Its debtors may also send it on their own motion, when something happens (đột xuất)."""
    remind_days: tuple[int, ...] = (7, 3, 1, 0)
    """Days before the due day when the debtor is reminded; 0 is the day itself."""

    @property
    def event(self) -> Happens | None:
        """What makes it owed: the event after which it is due; of what is owed for a term, its end or beginning."""
        if self.due.after is not None:
            return self.due.after.what
        if Period.TERM not in self.periods:
            return None
        return _TERM_EVENT.get(self.due.kind)


_TERM_EVENT = {
    DueKind.LAST_WORKING_DAY: Happens.TERM_END,
    DueKind.LAST_DAY: Happens.TERM_END,
    DueKind.BEFORE_PERIOD: Happens.TERM,
}
"""What is owed for a term is due at its end, or before it begins; otherwise a person sets the day."""
