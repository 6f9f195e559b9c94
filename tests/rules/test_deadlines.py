"""What is offered as a deadline is possible, in order, and each moment once."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.consultations.rules.due import Preset, offered_by, presets
from bot.values.moments import VIET_NAM
from bot.values.spans import Counts, Span
from bot.values.working_days import MonthDay, WorkingCalendar, month_grid
from tests.rules.rules_by_hand import deadline_for_all

PLAIN = WorkingCalendar(frozenset(), frozenset(), "weekends only")


def offered(now: datetime, calendar: WorkingCalendar = PLAIN, **more: int) -> list[str]:
    return [
        f"{each.key} {each.count} {each.moment:%a %d/%m %H:%M}"
        for each in presets(now, calendar, **more)
    ]


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=VIET_NAM)


def test_on_a_monday_morning_everything_is_offered() -> None:
    assert offered(at(23, 8)) == [
        "today 0 Mon 23/11 17:00",
        "next_working_day 0 Tue 24/11 17:00",
        "working_days 3 Thu 26/11 17:00",
        "friday 0 Fri 27/11 17:00",
        "working_days 5 Mon 30/11 17:00",
        "working_days 7 Wed 02/12 17:00",
    ]


def test_today_is_offered_until_three_hours_before_its_end() -> None:
    assert offered(at(23, 14))[0] == "today 0 Mon 23/11 17:00"
    assert offered(at(23, 14, 1))[0] == "next_working_day 0 Tue 24/11 17:00"


def test_on_a_late_friday_the_next_friday_is_offered() -> None:
    assert offered(at(27, 15)) == [
        "next_working_day 0 Mon 30/11 17:00",
        "working_days 3 Wed 02/12 17:00",
        "friday 0 Fri 04/12 17:00",
        "working_days 7 Tue 08/12 17:00",
    ]


def test_a_friday_off_gives_way_to_the_next() -> None:
    holiday = WorkingCalendar(frozenset({date(2026, 11, 27)}), frozenset(), "off")
    assert "friday 0 Fri 04/12 17:00" in offered(at(23, 8), holiday)


def test_a_day_off_is_not_offered_as_today() -> None:
    assert offered(at(28, 8))[0] == "next_working_day 0 Mon 30/11 17:00"


def test_on_a_saturday_the_coming_friday_is_offered() -> None:
    assert offered(at(28, 8)) == [
        "next_working_day 0 Mon 30/11 17:00",
        "working_days 3 Wed 02/12 17:00",
        "friday 0 Fri 04/12 17:00",
        "working_days 7 Tue 08/12 17:00",
    ]


def test_a_regulation_suggests_its_own_number_of_days() -> None:
    assert "working_days 4 Fri 27/11 17:00" not in offered(at(23, 8), suggestion_days=4)
    assert "working_days 10 Mon 07/12 17:00" in offered(at(23, 8), suggestion_days=10)


def test_a_span_that_a_rule_book_suggests_is_offered_in_its_place_by_the_minute() -> None:
    plain = deadline_for_all()
    now = at(23, 8).replace(second=59, microsecond=7)
    assert offered_by(plain, now, PLAIN) == presets(now, PLAIN)
    hours = replace(plain, suggested=Span(48, Counts.HOURS))
    found = offered_by(hours, now, PLAIN)
    assert found[2] == Preset("suggested", at(25, 8), 48)
    assert (*found[:2], *found[3:]) == presets(now, PLAIN)


def test_a_moment_that_a_rule_book_suggests_is_offered_once_and_as_suggested() -> None:
    three = replace(deadline_for_all(), suggested=Span(3))
    found = [(each.key, each.moment) for each in offered_by(three, at(23, 8), PLAIN)]
    assert found[1:4] == [
        ("next_working_day", at(24, 17)),
        ("suggested", at(26, 17)),
        ("friday", at(27, 17)),
    ]
    assert len(found) == 6


def test_a_committee_may_end_its_days_earlier() -> None:
    assert offered(at(23, 8), day_ends_at=16)[0] == "today 0 Mon 23/11 16:00"


@given(st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31)))  # noqa: DTZ001 - zoned below
def test_offers_are_working_days_ahead_and_in_order(wall: datetime) -> None:
    now = wall.replace(tzinfo=VIET_NAM)
    moments = [each.moment for each in presets(now, PLAIN)]
    assert moments == sorted(set(moments))
    assert all(moment - now >= timedelta(hours=3) for moment in moments)
    assert all(PLAIN.is_working(moment.date()) for moment in moments)


def test_a_month_is_shown_in_weeks_from_monday() -> None:
    swapped = WorkingCalendar(
        frozenset({date(2026, 8, 31)}), frozenset({date(2026, 8, 22)}), "swapped"
    )
    weeks = month_grid(2026, 8, date(2026, 8, 20), swapped)
    assert [len(week) for week in weeks] == [7] * 6
    assert weeks[0] == (
        *(None,) * 5,
        MonthDay(date(2026, 8, 1), selectable=False, working=False),
        MonthDay(date(2026, 8, 2), selectable=False, working=False),
    )
    assert weeks[3][3:6] == (
        MonthDay(date(2026, 8, 20), selectable=True, working=True),
        MonthDay(date(2026, 8, 21), selectable=True, working=True),
        MonthDay(date(2026, 8, 22), selectable=True, working=True),
    )
    last = MonthDay(date(2026, 8, 31), selectable=True, working=False)
    assert weeks[5] == (last, *(None,) * 6)


def test_a_month_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="13"):
        month_grid(2026, 13, date(2026, 8, 20), PLAIN)
