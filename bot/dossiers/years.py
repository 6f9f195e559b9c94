"""A year at a glance in `record.json`: the numbers that its pictures show, so that they can be read and compared."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from bot.dossiers.part import FilePart, Part, part_of, parts_of
from bot.rendering import Rendering
from bot.reports.rules.report import Standing
from bot.sheets import overview as sheets
from bot.sheets.rules.year import Kept, Year


class MonthPart(Part):
    """How the reports stand that were due in a month, 1 to 12."""

    number: Annotated[int, Field(ge=1, le=12)]
    counts: dict[Standing, int]


class PeriodPart(Part):
    """A period of a rhythm by its short name: how many meetings it had, of how many."""

    name: str
    had: int
    times: int
    kept: Kept


class RhythmPart(Part):
    """Whose rhythm, and its periods that end in the year."""

    name: str
    periods: tuple[PeriodPart, ...]


class MatterOfYearPart(Part):
    """A written consultation: where it stands, by the id of its outcome or stage, and how many days it took."""

    number: int | None
    subject: str
    state: str
    is_closed: bool
    days: int | None


class MemberOfYearPart(Part):
    """To how many meetings a member came, and to how many not."""

    person: int
    name: str
    came: int
    excused: int
    absent: int


class YearPart(Part):
    """A year as it stood on the day on which the dossier was made."""

    number: int
    today: date
    duties: tuple[MonthPart, ...]
    rhythms: tuple[RhythmPart, ...]
    matters: tuple[MatterOfYearPart, ...]
    meetings: int
    members: tuple[MemberOfYearPart, ...]
    pictures: tuple[FilePart, ...] = ()


def year_part(say: Rendering, year: Year) -> YearPart:
    """A year as the record tells it, before it is drawn."""
    return part_of(
        YearPart,
        year,
        duties=tuple(part_of(MonthPart, e, counts=dict(e.counts)) for e in year.duties),
        rhythms=tuple(
            RhythmPart(
                name=sheets.named(say, rhythm),
                periods=tuple(
                    part_of(PeriodPart, each, name=sheets.short(say, each))
                    for each in rhythm.periods
                ),
            )
            for rhythm in year.rhythms
        ),
        matters=parts_of(MatterOfYearPart, year.matters),
        members=parts_of(MemberOfYearPart, year.members),
        pictures=(),
    )
