"""The calendar a committee starts with; the days were found in the announcements, by hand."""

from datetime import date

import pytest

from bot.calendar.holidays_vn import default_calendar
from bot.values.working_days import CalendarDay, working_calendar

ROWS = default_calendar(2025, 2026)
CALENDAR = working_calendar(ROWS)


@pytest.mark.parametrize(
    ("received", "last"),
    [
        (date(2026, 2, 12), date(2026, 3, 2)),
        (date(2026, 8, 27), date(2026, 9, 10)),
        (date(2025, 12, 30), date(2026, 1, 10)),
    ],
)
def test_seven_working_days_by_the_default_calendar(received: date, last: date) -> None:
    assert CALENDAR.add_working_days(received, 7) == last


def test_the_missed_swap_is_there_with_its_source() -> None:
    swap = {row.day: row for row in ROWS if row.day in {date(2026, 1, 2), date(2026, 1, 10)}}
    assert swap[date(2026, 1, 2)].kind == "off"
    assert swap[date(2026, 1, 10)].kind == "working"
    assert all("25/12/2025" in row.source for row in swap.values())


def test_a_swapped_saturday_known_to_the_library_is_worked() -> None:
    assert CALENDAR.is_working(date(2026, 8, 22))
    assert not CALENDAR.is_working(date(2026, 8, 31))


def test_every_row_says_what_it_is_and_where_it_comes_from() -> None:
    assert all(row.name and row.source for row in ROWS)
    assert (
        CalendarDay(date(2026, 9, 2), "off", "Quốc khánh", ROWS[0].source, announced=True) in ROWS
    )


def test_rows_are_of_the_years_asked_in_order_each_day_once() -> None:
    days = [row.day for row in ROWS]
    assert days == sorted(set(days))
    assert {day.year for day in days} == {2025, 2026}
    assert all(row.day.year == 2027 for row in default_calendar(2027, 2027))


def test_a_version_names_the_days_and_not_their_order() -> None:
    assert working_calendar(reversed(ROWS)).version == CALENDAR.version
    assert working_calendar(ROWS[:-1]).version != CALENDAR.version
    assert len(CALENDAR.version) == 12
