"""The calendar table of a committee: days off and swapped working days, edited by its clerk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sqlalchemy import bindparam, delete, select

from bot.db.fact import fact
from bot.db.schema import calendar_days
from bot.db.statement_cache import compiled_once
from bot.db.transaction import Transaction
from bot.db.upsert import insert_into
from bot.values.working_days import CalendarDay, WorkingCalendar
from bot.values.working_days import working_calendar as calendar_of


async def days(tx: Transaction, committee: int) -> list[CalendarDay]:
    """Every row of the committee's table, in order of time."""
    found = await tx.execute(_DAYS, {"of": committee})
    return [CalendarDay(row.day, row.kind, row.name, row.source) for row in found]


_DAYS = compiled_once(
    select(calendar_days)
    .where(calendar_days.c.committee_id == bindparam("of"))
    .order_by(calendar_days.c.day),
    lasting=True,
)


async def working_calendar(tx: Transaction, committee: int) -> WorkingCalendar:
    """The table as a calendar; its version is a digest of its days."""
    return calendar_of(await days(tx, committee))


async def put_days(tx: Transaction, committee: int, rows: Iterable[CalendarDay]) -> None:
    """Enter days; a day already in the table is replaced."""
    table = insert_into(tx, calendar_days)
    values = [
        {
            "committee_id": committee,
            "day": row.day,
            "kind": row.kind,
            "name": row.name,
            "source": row.source,
        }
        for row in rows
    ]
    replace = table.on_conflict_do_update(
        index_elements=[calendar_days.c.committee_id, calendar_days.c.day],
        set_={field: table.excluded[field] for field in ("kind", "name", "source")},
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


def as_kept(calendar: WorkingCalendar) -> dict[str, list[str]]:
    """The days of a calendar, to be frozen beside its version."""
    return {
        "off": sorted(day.isoformat() for day in calendar.days_off),
        "working": sorted(day.isoformat() for day in calendar.working_saturdays),
    }


def from_kept(days: Mapping[str, Sequence[str]], version: str) -> WorkingCalendar:
    """The calendar that was frozen so."""
    return WorkingCalendar(
        days_off=frozenset(date.fromisoformat(day) for day in days["off"]),
        working_saturdays=frozenset(date.fromisoformat(day) for day in days["working"]),
        version=version,
    )
