"""A moment is written and counted as people in Viet Nam do, whatever the host's clock says."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.values.moments import (
    VIET_NAM,
    FullMoment,
    Remaining,
    as_papers_write,
    in_full,
    in_viet_nam,
    remaining,
)

DUE = datetime(2026, 11, 27, 17, tzinfo=VIET_NAM)


def test_a_moment_is_read_in_viet_nam_wherever_it_was_recorded() -> None:
    assert in_full(datetime(2026, 11, 27, 10, 0, tzinfo=UTC)) == FullMoment(
        "17", "00", "thứ Sáu", "27/11/2026"
    )


def test_a_late_evening_in_utc_is_the_next_day_here() -> None:
    assert in_full(datetime(2026, 12, 31, 17, 5, tzinfo=UTC)) == FullMoment(
        "00", "05", "thứ Sáu", "01/01/2027"
    )


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (23, "thứ Hai"),
        (24, "thứ Ba"),
        (25, "thứ Tư"),
        (26, "thứ Năm"),
        (27, "thứ Sáu"),
        (28, "thứ Bảy"),
        (29, "Chủ nhật"),
    ],
)
def test_every_day_of_a_week_has_its_name(day: int, name: str) -> None:
    assert in_full(datetime(2026, 11, day, 9, tzinfo=VIET_NAM)).weekday == name


def test_papers_write_a_zero_before_short_days_and_the_first_two_months() -> None:
    days = [date(2026, 2, 6), date(2026, 3, 6), date(2026, 3, 31), date(2026, 12, 1)]
    written = ["06/02/2026", "06/3/2026", "31/3/2026", "01/12/2026"]
    assert [as_papers_write(day) for day in days] == written


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        in_viet_nam(datetime(2026, 11, 27, 17))  # noqa: DTZ001 - the naive moment is what is tested


@pytest.mark.parametrize(
    ("before", "unit", "count"),
    [
        (timedelta(days=2), "day", 2),
        (timedelta(days=1, hours=23, minutes=59), "day", 1),
        (timedelta(hours=23, minutes=59), "hour", 23),
        (timedelta(hours=3), "hour", 3),
        (timedelta(hours=2, minutes=59, seconds=59, microseconds=999_999), "hour", 3),
        (timedelta(minutes=58, seconds=59), "minute", 59),
        (timedelta(minutes=20), "minute", 20),
        (timedelta(seconds=59), "instant", 0),
        (timedelta(0), "instant", 0),
        (timedelta(seconds=-1), "past", 0),
        (timedelta(days=-3), "past", 0),
    ],
)
def test_what_is_left_is_said_in_its_largest_unit_a_minute_begun_counting_whole(
    before: timedelta, unit: str, count: int
) -> None:
    left = remaining(DUE - before, DUE)
    assert (left.unit, left.count) == (unit, count)


def test_what_is_left_keeps_every_unit() -> None:
    assert remaining(DUE - timedelta(days=1, hours=2, minutes=3, seconds=4), DUE) == Remaining(
        1, 2, 4, overdue=False
    )
