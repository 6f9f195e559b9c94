"""Weeks, months, quarters, halves and years end where the calendar says; every day was found by hand."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.regulations.rules import periods
from bot.regulations.rules.meetings import Unit
from bot.regulations.rules.periods import (
    CalendarPeriod,
    Shape,
    next_of_rhythm,
    of_rhythm,
    parse_period,
)

DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))
ONE_DAY = timedelta(days=1)


def span(period: CalendarPeriod) -> tuple[str, str, str]:
    return period.id, period.first.isoformat(), period.last.isoformat()


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (date(2026, 2, 11), ("2026-W07", "2026-02-09", "2026-02-15")),
        (date(2026, 2, 15), ("2026-W07", "2026-02-09", "2026-02-15")),
        (date(2026, 2, 16), ("2026-W08", "2026-02-16", "2026-02-22")),
        (date(2025, 12, 29), ("2026-W01", "2025-12-29", "2026-01-04")),
        (date(2026, 12, 31), ("2026-W53", "2026-12-28", "2027-01-03")),
        (date(2027, 1, 3), ("2026-W53", "2026-12-28", "2027-01-03")),
        (date(2027, 1, 4), ("2027-W01", "2027-01-04", "2027-01-10")),
        (date(2024, 12, 31), ("2025-W01", "2024-12-30", "2025-01-05")),
    ],
)
def test_a_week_runs_from_monday_and_belongs_to_the_year_of_its_thursday(
    day: date, told: tuple[str, str, str]
) -> None:
    assert span(periods.week(day)) == told


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (date(2026, 2, 1), ("2026-02", "2026-02-01", "2026-02-28")),
        (date(2028, 2, 29), ("2028-02", "2028-02-01", "2028-02-29")),
        (date(2026, 12, 31), ("2026-12", "2026-12-01", "2026-12-31")),
        (date(2100, 2, 28), ("2100-02", "2100-02-01", "2100-02-28")),
    ],
)
def test_a_month_has_its_days_in_leap_years_too(day: date, told: tuple[str, str, str]) -> None:
    assert span(periods.month(day)) == told


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (date(2026, 1, 1), ("2026-Q1", "2026-01-01", "2026-03-31")),
        (date(2026, 6, 30), ("2026-Q2", "2026-04-01", "2026-06-30")),
        (date(2026, 7, 1), ("2026-Q3", "2026-07-01", "2026-09-30")),
        (date(2026, 12, 31), ("2026-Q4", "2026-10-01", "2026-12-31")),
    ],
)
def test_a_quarter(day: date, told: tuple[str, str, str]) -> None:
    assert span(periods.quarter(day)) == told


def test_halves_and_years() -> None:
    assert span(periods.half_year(date(2026, 6, 30))) == ("2026-H1", "2026-01-01", "2026-06-30")
    assert span(periods.half_year(date(2026, 7, 1))) == ("2026-H2", "2026-07-01", "2026-12-31")
    assert span(periods.year(date(2026, 5, 5))) == ("2026", "2026-01-01", "2026-12-31")


@pytest.mark.parametrize(
    ("day", "id_"),
    [
        (date(2026, 1, 1), "2026-9M"),
        (date(2026, 9, 30), "2026-9M"),
        (date(2026, 10, 1), "2027-9M"),
    ],
)
def test_nine_months_are_those_that_have_not_ended(day: date, id_: str) -> None:
    found = periods.nine_months(day)
    assert span(found) == (id_, f"{id_[:4]}-01-01", f"{id_[:4]}-09-30")


@pytest.mark.parametrize(
    ("every", "unit", "shape"),
    [
        (1, Unit.WEEK, Shape.WEEK),
        (1, Unit.MONTH, Shape.MONTH),
        (3, Unit.MONTH, Shape.QUARTER),
        (1, Unit.QUARTER, Shape.QUARTER),
        (6, Unit.MONTH, Shape.HALF_YEAR),
        (2, Unit.QUARTER, Shape.HALF_YEAR),
        (12, Unit.MONTH, Shape.YEAR),
        (1, Unit.YEAR, Shape.YEAR),
        (2, Unit.YEAR, Shape.LONGER),
        (2, Unit.WEEK, Shape.WEEKS),
        (4, Unit.MONTH, Shape.MONTHS),
    ],
)
def test_the_same_rhythm_is_the_same_period_however_it_is_written(
    every: int, unit: Unit, shape: Shape
) -> None:
    assert of_rhythm(every, unit, date(2026, 5, 5)).shape is shape


def test_four_months_are_counted_from_january() -> None:
    assert span(of_rhythm(4, Unit.MONTH, date(2026, 5, 1))) == (
        *("2026-M05-M08", "2026-05-01", "2026-08-31"),
    )


def test_five_months_are_cut_at_the_end_of_the_year() -> None:
    assert span(of_rhythm(5, Unit.MONTH, date(2026, 12, 1))) == (
        *("2026-M11-M12", "2026-11-01", "2026-12-31"),
    )


def test_two_weeks_are_cut_at_the_end_of_a_year_of_fifty_three() -> None:
    assert span(of_rhythm(2, Unit.WEEK, date(2026, 2, 9))) == (
        *("2026-W07-W08", "2026-02-09", "2026-02-22"),
    )
    assert span(of_rhythm(2, Unit.WEEK, date(2027, 1, 1))) == (
        *("2026-W53-W53", "2026-12-28", "2027-01-03"),
    )


def test_two_years_and_eighteen_months_are_counted_from_2000() -> None:
    assert span(of_rhythm(2, Unit.YEAR, date(2027, 12, 31)))[1:] == ("2026-01-01", "2027-12-31")
    assert span(of_rhythm(18, Unit.MONTH, date(2001, 7, 1)))[1:] == ("2001-07-01", "2002-12-31")


@given(DAYS, st.integers(1, 60), st.sampled_from(Unit))
def test_every_day_lies_in_exactly_one_period_of_a_rhythm(
    day: date, every: int, unit: Unit
) -> None:
    period = of_rhythm(every, unit, day)
    assert day in period
    assert of_rhythm(every, unit, period.first) == period
    assert of_rhythm(every, unit, period.last) == period
    assert period.first - ONE_DAY not in period
    assert next_of_rhythm(every, unit, period).first == period.last + ONE_DAY
    assert of_rhythm(every, unit, period.first - ONE_DAY).last == period.first - ONE_DAY


@given(DAYS, st.sampled_from(sorted(periods.BY_SHAPE)))
def test_a_period_is_found_again_by_its_id(day: date, shape: Shape) -> None:
    period = periods.BY_SHAPE[shape](day)
    assert period.last >= day
    assert parse_period(period.id) == period


@pytest.mark.parametrize(
    "text",
    [
        *("", "2026-", "2026-13", "2026-00", "2026-Q5", "2026-H3", "2026-W54", "2025-W53"),
        *("2026-W00", "0000", "9999", "26-05", "2026-Q2 ", "quý II", "2026-8M", "٢٠٢٦"),
    ],
)
def test_what_is_no_period_is_none(text: str) -> None:
    assert parse_period(text) is None


def test_days_are_counted_with_both_ends() -> None:
    assert periods.quarter(date(2026, 1, 1)).days == 90
    assert periods.week(date(2026, 1, 1)).days == 7


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        ("2026-02-11", "2026-02-11", "2026-05-10"),
        ("2026-05-10", "2026-02-11", "2026-05-10"),
        ("2026-05-11", "2026-05-11", "2026-08-10"),
        ("2026-02-10", "2025-11-11", "2026-02-10"),
        ("2027-01-01", "2026-11-11", "2027-02-10"),
    ],
)
def test_three_months_run_from_a_day(day: str, first: str, last: str) -> None:
    found = periods.since(date(2026, 2, 10), 3, date.fromisoformat(day))
    assert (found.first.isoformat(), found.last.isoformat()) == (first, last)
    assert found.shape is Shape.INTERVAL


def test_a_month_without_that_day_ends_with_its_last() -> None:
    found = periods.since(date(2026, 11, 30), 3, date(2026, 12, 1))
    assert (found.first, found.last) == (date(2026, 12, 1), date(2027, 2, 28))
