"""The board of reports: how what is owed stands, by duty, by debtor, by period. Nothing is stored or worded here."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from bot.domain.report import Report, Standing, days_late, standing
from bot.domain.workdays import WorkingCalendar

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
