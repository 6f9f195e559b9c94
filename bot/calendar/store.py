"""The calendar table of a committee: days off and swapped working days, edited by its clerk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, bindparam, delete, select, update

from bot.db.fact import fact
from bot.db.schema import calendar_days, calendar_years
from bot.db.statement_cache import compiled_once
from bot.db.transaction import Transaction
from bot.db.upsert import insert_into
from bot.values.working_days import CalendarDay, WorkingCalendar
from bot.values.working_days import working_calendar as calendar_of


async def days(tx: Transaction, committee: int) -> list[CalendarDay]:
    """Every row of the committee's table, in order of time."""
    return list((await tx.execute(_DAYS, {"of": committee})).once(_days))


def _days(found: Sequence[Row[Any]]) -> tuple[CalendarDay, ...]:
    return tuple(
        CalendarDay(row.day, row.kind, row.name, row.source, row.announced) for row in found
    )


async def years(tx: Transaction, committee: int) -> dict[int, str | None]:
    """The years whose days were entered, each with what they were compared with; None: only computed."""
    found = await tx.execute(_YEARS, {"of": committee})
    return {row.year: row.source for row in found}


_DAYS = compiled_once(
    select(calendar_days)
    .where(calendar_days.c.committee_id == bindparam("of"))
    .order_by(calendar_days.c.day),
    lasting=True,
)
_YEARS = compiled_once(
    select(calendar_years)
    .where(calendar_years.c.committee_id == bindparam("of"))
    .order_by(calendar_years.c.year)
)


async def working_calendar(tx: Transaction, committee: int) -> WorkingCalendar:
    """The table as a calendar; its version is a digest of its days."""
    known = await years(tx, committee)
    compared = tuple((year, source is not None) for year, source in known.items())
    return (await tx.execute(_DAYS, {"of": committee})).once(_calendar, compared)


def _calendar(found: Sequence[Row[Any]], compared: Sequence[tuple[int, bool]]) -> WorkingCalendar:
    return calendar_of(_days(found), dict(compared))


async def enter_years(
    tx: Transaction, committee: int, rows: Sequence[CalendarDay], compared: Mapping[int, str | None]
) -> None:
    """Enter whole years with their days, and with what each was compared; what stands already stays."""
    if rows:
        await tx.execute(
            insert_into(tx, calendar_days).on_conflict_do_nothing(),
            [{"committee_id": committee, **_day_values(row)} for row in rows],
        )
    if compared:
        await tx.execute(
            insert_into(tx, calendar_years).on_conflict_do_nothing(),
            [
                {"committee_id": committee, "year": year, "source": source}
                for year, source in compared.items()
            ],
        )


@fact
async def compare_year(
    tx: Transaction, committee: int, year: int, source: str, *, by: int, at: datetime
) -> None:
    """Keep that a year was compared with an announcement; its days are announced days from then on."""
    of_year = (calendar_years.c.committee_id == committee) & (calendar_years.c.year == year)
    kept = {"source": source, "compared_at": at, "compared_by": by}
    await tx.execute(update(calendar_years).where(of_year).values(**kept))
    days_of = (
        (calendar_days.c.committee_id == committee)
        & (calendar_days.c.day >= date(year, 1, 1))
        & (calendar_days.c.day <= date(year, 12, 31))
        & calendar_days.c.announced.is_(False)
    )
    await tx.execute(update(calendar_days).where(days_of).values(announced=True, source=source))


def _day_values(row: CalendarDay) -> dict[str, object]:
    return {
        "day": row.day,
        "kind": row.kind,
        "name": row.name,
        "source": row.source,
        "announced": row.announced,
    }


@fact
async def put_days(tx: Transaction, committee: int, rows: Iterable[CalendarDay]) -> None:
    """Enter days; a day already in the table is replaced."""
    table = insert_into(tx, calendar_days)
    values = [{"committee_id": committee, **_day_values(row)} for row in rows]
    replace = table.on_conflict_do_update(
        index_elements=[calendar_days.c.committee_id, calendar_days.c.day],
        set_={field: table.excluded[field] for field in ("kind", "name", "source", "announced")},
    )
    if values:
        await tx.execute(replace, values)


@fact
async def remove_day(tx: Transaction, committee: int, day: date) -> bool:
    """Take a day out of the table; False when it was not there."""
    gone = await tx.execute(
        delete(calendar_days).where(
            calendar_days.c.committee_id == committee, calendar_days.c.day == day
        )
    )
    return gone.rowcount > 0


# --- as a consultation keeps it --------------------------------------------------------------


def as_kept(calendar: WorkingCalendar) -> dict[str, Any]:
    """The days of a calendar, to be frozen beside its version."""
    return {
        "off": sorted(day.isoformat() for day in calendar.days_off),
        "working": sorted(day.isoformat() for day in calendar.working_saturdays),
        "computed_years": sorted(calendar.computed_years),
        "last_year": calendar.last_year,
    }


def from_kept(days: Mapping[str, Any], version: str) -> WorkingCalendar:
    """The calendar that was frozen so; one frozen before years were kept has no known end."""
    return WorkingCalendar(
        days_off=frozenset(date.fromisoformat(day) for day in days["off"]),
        working_saturdays=frozenset(date.fromisoformat(day) for day in days["working"]),
        version=version,
        computed_years=frozenset(days.get("computed_years", ())),
        last_year=days.get("last_year"),
    )
