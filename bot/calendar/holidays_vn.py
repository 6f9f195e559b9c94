"""The public holidays of Viet Nam as first rows of a committee's calendar, which its clerk then edits.

Nothing is computed from them here.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from importlib.metadata import version

from bot.values.moments import in_viet_nam
from bot.values.working_days import CalendarDay

Years = tuple[Sequence[CalendarDay], Mapping[int, str | None]]
"""The days off of several years, and with what each year was compared."""

_ANNOUNCED = "Thông báo ngày 25/12/2025 về hoán đổi ngày làm việc"

CORRECTIONS = (
    CalendarDay(date(2026, 1, 2), "off", "Ngày nghỉ (thay cho ngày 10/01/2026)", _ANNOUNCED),
    CalendarDay(date(2026, 1, 10), "working", "Ngày làm bù (cho ngày 02/01/2026)", _ANNOUNCED),
)
"""What the library is known to miss."""

COMPARED_THROUGH = 2026
"""The last year whose days were compared here with what the authorities announced; later ones are computed."""


YEARS_BEFORE, YEARS_AHEAD = 1, 3
"""Years around now whose public holidays stand in the calendar."""


def years_around(now: datetime) -> Years:
    """The public holidays around a founding."""
    year = in_viet_nam(now).year
    return whole_years(range(year - YEARS_BEFORE, year + YEARS_AHEAD + 1))


def whole_years(wanted: range) -> Years:
    """The public holidays of these years, and with what each year was compared; None: only computed."""
    compared = {year: table_source() if year <= COMPARED_THROUGH else None for year in wanted}
    return default_calendar(wanted[0], wanted[-1]), compared


def table_source() -> str:
    """What the compared years rest on, as a source."""
    return f"holidays {version('holidays')}"


@cache
def default_calendar(first_year: int, last_year: int) -> tuple[CalendarDay, ...]:
    """Days off and swapped working Saturdays of these years, both included, in order of time.

    Computed once a process: the library takes longer for some years than founding a committee takes otherwise.
    """
    years = range(first_year, last_year + 1)
    rows = {row.day: row for row in (*_from_library(years), *CORRECTIONS) if row.day.year in years}
    return tuple(replace(rows[day], announced=day.year <= COMPARED_THROUGH) for day in sorted(rows))


def _from_library(years: range) -> Iterator[CalendarDay]:
    import holidays  # noqa: PLC0415 - heavy, and seldom needed

    source = table_source()
    known = holidays.country_holidays("VN", years=years, language="vi", expand=False)
    for day, name in known.items():
        yield CalendarDay(day, "off", name, source)
    for day in known.weekend_workdays:
        yield CalendarDay(day, "working", "Ngày làm bù", source)
