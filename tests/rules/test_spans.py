"""How long something may take, by hand from the calendar of 2026: to the day, and to the minute."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from bot.calendar.holidays_vn import default_calendar
from bot.values.spans import Counts, Span
from bot.values.working_days import working_calendar

CALENDAR = working_calendar(default_calendar(2025, 2027))
WORKING, DAYS, DAYS_EXACT, HOURS, HOURS_EXACT = Counts


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}:00+07:00")


@pytest.mark.parametrize(
    ("start", "span", "end"),
    [
        # from a Friday afternoon
        ("2026-03-06T15:00", Span(1, WORKING), "2026-03-09T17:00"),
        ("2026-03-06T15:00", Span(1, DAYS), "2026-03-09T17:00"),
        ("2026-03-06T15:00", Span(1, DAYS_EXACT), "2026-03-07T17:00"),
        ("2026-03-06T15:00", Span(3, DAYS), "2026-03-09T17:00"),
        ("2026-03-06T15:00", Span(24, HOURS), "2026-03-09T15:00"),
        ("2026-03-06T15:00", Span(24, HOURS_EXACT), "2026-03-07T15:00"),
        ("2026-03-06T15:00", Span(48, HOURS), "2026-03-09T15:00"),
        ("2026-03-06T15:00", Span(72, HOURS), "2026-03-09T15:00"),
        ("2026-03-06T15:00", Span(73, HOURS), "2026-03-09T16:00"),
        # eight hours from it end on the very Friday, and nine on the Saturday
        ("2026-03-06T15:00", Span(8, HOURS), "2026-03-06T23:00"),
        ("2026-03-06T15:00", Span(9, HOURS), "2026-03-09T00:00"),
        # over holidays: 29/4 is a Wednesday, 30/4 and 1/5 are off
        ("2026-04-29T09:30", Span(24, HOURS), "2026-05-04T09:30"),
        ("2026-04-29T09:30", Span(24, HOURS_EXACT), "2026-04-30T09:30"),
        ("2026-04-29T09:30", Span(3, DAYS), "2026-05-04T17:00"),
        ("2026-04-29T09:30", Span(3, WORKING), "2026-05-06T17:00"),
        # a Saturday that is worked ends what falls on it
        ("2026-01-09T09:00", Span(24, HOURS), "2026-01-10T09:00"),
        ("2026-01-09T09:00", Span(1, DAYS), "2026-01-10T17:00"),
    ],
)
def test_a_span_ends_to_the_minute(start: str, span: Span, end: str) -> None:
    assert span.end(at(start), CALENDAR, 17) == at(end)


def test_a_span_is_read_in_viet_nam_whatever_the_zone_of_its_start() -> None:
    evening_utc = datetime.fromisoformat(
        "2026-03-05T18:00:00+00:00"
    )  # Friday, 1 o'clock in Viet Nam
    assert Span(1, WORKING).end(evening_utc, CALENDAR, 17) == at("2026-03-09T17:00")
    assert Span(12, HOURS).end(evening_utc, CALENDAR, 17) == at("2026-03-06T13:00")


def test_hours_have_no_last_day() -> None:
    with pytest.raises(ValueError, match="moment"):
        Span(24, HOURS).last_day(date(2026, 3, 6), CALENDAR)
