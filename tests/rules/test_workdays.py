"""Working days are counted as the regulations do; every expected day was found by hand."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.values.moments import VIET_NAM
from bot.values.working_days import CalendarDay, WorkingCalendar, working_calendar

TET_2026 = frozenset(date(2026, 2, day) for day in range(16, 21))
INDEPENDENCE_2026 = frozenset({date(2026, 8, 31), date(2026, 9, 1), date(2026, 9, 2)})
NEW_YEAR_2026 = frozenset({date(2026, 1, 1), date(2026, 1, 2)})
CALENDAR = WorkingCalendar(
    TET_2026 | INDEPENDENCE_2026 | NEW_YEAR_2026,
    frozenset({date(2026, 1, 10), date(2026, 8, 22)}),
    "test",
)
PLAIN = WorkingCalendar(frozenset(), frozenset(), "weekends only")
DAYS = st.dates(date(2025, 12, 1), date(2026, 12, 1))
COUNTS = st.integers(0, 40)


@pytest.mark.parametrize(
    ("received", "last"),
    [
        (date(2026, 2, 12), date(2026, 3, 2)),
        (date(2026, 8, 27), date(2026, 9, 10)),
        (date(2025, 12, 30), date(2026, 1, 10)),
    ],
)
def test_seven_working_days_pass_over_tet_national_day_and_a_swapped_saturday(
    received: date, last: date
) -> None:
    assert CALENDAR.add_working_days(received, 7) == last


def test_the_day_of_receipt_is_not_counted() -> None:
    assert PLAIN.add_working_days(date(2026, 11, 25), 1) == date(2026, 11, 26)


def test_a_text_received_on_a_saturday_counts_from_monday() -> None:
    assert PLAIN.add_working_days(date(2026, 11, 28), 1) == date(2026, 11, 30)


def test_no_working_days_leave_the_day_as_it_is() -> None:
    assert PLAIN.add_working_days(date(2026, 11, 28), 0) == date(2026, 11, 28)


def test_counting_back_is_refused() -> None:
    with pytest.raises(ValueError, match="-1"):
        PLAIN.add_working_days(date(2026, 11, 25), -1)


def test_a_swapped_saturday_is_worked_and_the_day_given_for_it_is_not() -> None:
    assert CALENDAR.is_working(date(2026, 1, 10))
    assert not CALENDAR.is_working(date(2026, 1, 2))
    assert not CALENDAR.is_working(date(2026, 1, 17))


def test_after_a_friday_comes_monday() -> None:
    assert PLAIN.next_working_day(date(2026, 11, 27)) == date(2026, 11, 30)


def test_between_two_mondays_lie_five_working_days() -> None:
    assert PLAIN.working_days_between(date(2026, 11, 23), date(2026, 11, 30)) == 5


def test_there_are_no_working_days_between_a_day_and_an_earlier_one() -> None:
    assert PLAIN.working_days_between(date(2026, 11, 30), date(2026, 11, 23)) == 0


def test_a_day_ends_at_seventeen_oclock_in_viet_nam_unless_told_otherwise() -> None:
    assert PLAIN.end_of_day(date(2026, 11, 27)).isoformat() == "2026-11-27T17:00:00+07:00"
    assert PLAIN.end_of_day(date(2026, 11, 27), hour=24).isoformat() == "2026-11-28T00:00:00+07:00"
    assert PLAIN.end_of_day(date(2026, 11, 27)).tzinfo is VIET_NAM


@given(DAYS, COUNTS)
def test_what_was_added_is_found_between(day: date, count: int) -> None:
    assert CALENDAR.working_days_between(day, CALENDAR.add_working_days(day, count)) == count


@given(DAYS, COUNTS)
def test_a_later_receipt_never_gives_an_earlier_end(day: date, count: int) -> None:
    assert CALENDAR.add_working_days(day, count) <= CALENDAR.add_working_days(
        day + timedelta(days=1), count
    )


@given(DAYS, st.integers(1, 40))
def test_a_deadline_counted_in_working_days_falls_on_one(day: date, count: int) -> None:
    assert CALENDAR.is_working(CALENDAR.add_working_days(day, count))


def test_a_calendar_is_made_of_its_rows_and_of_the_years_entered() -> None:
    off = CalendarDay(date(2026, 1, 2), "off", "Tết Dương lịch", "thông báo")
    worked = CalendarDay(date(2026, 1, 10), "working", "Làm bù", "thông báo")
    made = working_calendar([off, worked], {2025: True, 2026: False})
    assert made.days_off == {date(2026, 1, 2)}
    assert made.working_saturdays == {date(2026, 1, 10)}
    assert made.computed_years == {2026}
    assert made.last_year == 2026
    assert made.version == working_calendar([worked, off]).version
    assert made.version != working_calendar([off]).version


def test_of_a_calendar_without_years_no_end_is_known() -> None:
    assert working_calendar([]).last_year is None
    assert working_calendar([]).reaches(date(2099, 1, 1))
