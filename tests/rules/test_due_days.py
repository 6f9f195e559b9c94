"""Due days of reports, by hand from the calendars of 2025 to 2028."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.calendar.holidays_vn import default_calendar
from bot.regulations.rules.duties import (
    AfterEvent,
    DueKind,
    DueRule,
    Duty,
    FixedDay,
    Happens,
    Period,
)
from bot.regulations.rules.occasions import Occasion, occasion_of, same_whatever_the_day
from bot.regulations.rules.periods import CalendarPeriod, parse_period
from bot.reports.rules.due_days import (
    OwnRule,
    after_events,
    due_day,
    own_rule,
    period_of,
    reaches_back,
    stands_for,
    term_id,
    upcoming,
)
from bot.values.spans import Counts, Span
from bot.values.working_days import working_calendar

CALENDAR = working_calendar(default_calendar(2024, 2029))
LAST = DueRule(DueKind.LAST_WORKING_DAY)
BEFORE = DueRule(DueKind.BEFORE_PERIOD)
DUTY = Duty("X-R1", (), (), "Báo cáo", tuple(Period), LAST, "1")


def period(id_: str) -> CalendarPeriod:
    found = parse_period(id_)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("id_", "day"),
    [
        ("2026-01", date(2026, 1, 30)),
        ("2025-01", date(2025, 1, 24)),  # Tết Ất Tỵ from the 25th
        ("2026-04", date(2026, 4, 29)),  # the 30th is a holiday
        ("2026-Q1", date(2026, 3, 31)),
        ("2026-H1", date(2026, 6, 30)),
        ("2026-9M", date(2026, 9, 30)),
        ("2027", date(2027, 12, 31)),
        ("2028-02", date(2028, 2, 29)),
        ("2026-W07", date(2026, 2, 13)),
        ("2026-W08", date(2026, 2, 23)),  # no working day in it: the first one after Tết
        ("2026-W53", date(2026, 12, 31)),  # New Year's Day is the Friday
    ],
)
def test_the_last_working_day_of_a_period(id_: str, day: date) -> None:
    assert due_day(LAST, period(id_), CALENDAR) == day


@pytest.mark.parametrize(
    ("fixed", "day"),
    [(FixedDay(11, 15, inclusive=False), 14), (FixedDay(11, 30, inclusive=True), 30)],
)
@pytest.mark.parametrize("year", [2025, 2026, 2027])
def test_a_day_stated_stays_that_day_though_no_office_works(
    fixed: FixedDay, day: int, year: int
) -> None:
    rule = DueRule(DueKind.FIXED_DAY, fixed)
    assert due_day(rule, period(f"{year}"), CALENDAR) == date(year, 11, day)


def test_the_day_before_the_first_of_a_month_lies_in_the_month_before() -> None:
    rule = DueRule(DueKind.FIXED_DAY, FixedDay(3, 1, inclusive=False))
    assert due_day(rule, period("2028"), CALENDAR) == date(2028, 2, 29)
    assert due_day(rule, period("2027"), CALENDAR) == date(2027, 2, 28)


def test_what_is_due_before_a_period_is_due_on_the_working_day_before_it() -> None:
    assert due_day(BEFORE, period("2026-02"), CALENDAR) == date(2026, 1, 30)
    assert due_day(BEFORE, period("2027"), CALENDAR) == date(2026, 12, 31)
    assert due_day(BEFORE, period("2026-W09"), CALENDAR) == date(2026, 2, 13)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("25", OwnRule(25)),
        ("ngày 25", OwnRule(25)),
        ("5 tháng sau", OwnRule(5, after=1)),
        ("ngày 5 của tháng tiếp theo", OwnRule(5, after=1)),
        ("15/11", OwnRule(15, 11)),
        ("thứ Năm", OwnRule(weekday=3)),
        ("thứ 2", OwnRule(weekday=0)),
        ("Chủ nhật", OwnRule(weekday=6)),
        ("0", None),
        ("32", None),
        ("31/4", None),
        ("30/2", None),
        ("hôm nào cũng được", None),
        ("", None),
        ("9" * 500, None),
    ],
)
def test_a_committee_writes_its_own_day(text: str, rule: OwnRule | None) -> None:
    assert own_rule(text) == rule


@pytest.mark.parametrize(
    ("text", "id_", "day"),
    [
        ("25", "2026-05", date(2026, 5, 25)),
        ("31", "2026-02", date(2026, 2, 28)),
        ("25", "2026-Q2", date(2026, 6, 25)),
        ("5 tháng sau", "2026-12", date(2027, 1, 5)),
        ("5 tháng sau", "2026-9M", date(2026, 10, 5)),
        ("15/11", "2026", date(2026, 11, 15)),
        ("15/11", "2026-11", date(2026, 11, 30)),  # fits years alone: the usual day stays
        ("thứ Năm", "2026-W07", date(2026, 2, 12)),
        ("thứ Năm", "2026-05", date(2026, 5, 29)),
    ],
)
def test_the_own_day_goes_before_that_of_the_regulation(text: str, id_: str, day: date) -> None:
    assert due_day(LAST, period(id_), CALENDAR, own_rule(text)) == day


def test_an_own_day_before_a_period_lies_in_the_month_before() -> None:
    assert due_day(BEFORE, period("2027"), CALENDAR, own_rule("20")) == date(2026, 12, 20)


def test_only_periods_of_the_duty_are_meant() -> None:
    yearly = replace(DUTY, periods=(Period.YEAR, Period.TERM))
    assert period_of(yearly, "2026") == period("2026")
    assert period_of(yearly, "2026-05") is None
    assert period_of(yearly, "2026-W60") is None
    assert period_of(yearly, "0000-T") is None
    term = period_of(yearly, term_id(date(2030, 6, 30)))
    assert term is not None
    assert term.id == "2030-T"
    assert period_of(replace(DUTY, periods=(Period.YEAR,)), "2030-T") is None


@given(st.dates(date(2025, 1, 1), date(2028, 12, 31)))
def test_whatever_runs_on_a_day_is_made_by_then(day: date) -> None:
    made = {each.id for each in upcoming(DUTY, day)}
    running = ("%G-W%V", "%Y-%m", "%Y")
    assert {day.strftime(form) for form in running} <= made
    assert f"{day.year}-Q{(day.month - 1) // 3 + 1}" in made
    assert f"{day.year}-H{(day.month - 1) // 6 + 1}" in made


@given(st.dates(date(2025, 1, 1), date(2028, 12, 31)))
def test_what_is_due_within_forty_days_is_made_by_then(day: date) -> None:
    for rule in (LAST, BEFORE):
        duty = replace(DUTY, due=rule)
        made = {each.id for each in upcoming(duty, day)}
        for ahead in range(41):
            then = day + timedelta(days=ahead)
            later = {each.id: each for each in upcoming(duty, then)}
            due = [id_ for id_, each in later.items() if due_day(rule, each, CALENDAR) == then]
            assert set(due) <= made


@pytest.mark.parametrize(
    ("id_", "debtor"),
    [
        ("2026-01", date(2026, 1, 25)),  # a Sunday: a day stated stays that day
        ("2026-Q1", date(2026, 3, 25)),
        ("2026-H1", date(2026, 6, 25)),
        ("2027", date(2027, 12, 25)),
        ("2026-W07", date(2026, 2, 13)),  # a week has no such day
    ],
)
def test_debtors_may_have_a_day_of_their_own_before_that_of_the_collator(
    id_: str, debtor: date
) -> None:
    apart = replace(LAST, debtor_day=25)
    assert due_day(apart, period(id_), CALENDAR) == debtor
    assert due_day(apart, period("2026-02"), CALENDAR, OwnRule(20)) == date(2026, 2, 20)


# --- so many days after an event -------------------------------------------------------------

WORKING, CALENDAR_DAYS, EXACT = list(Counts)[:3]


def after(days: int, counts: Counts = WORKING) -> Duty:
    event = AfterEvent(Happens.MEETING, Span(days, counts), "hoi_dong")
    rule = DueRule(DueKind.AFTER, after=event)
    return Duty("X-R2", (), (), "Biên bản", (), rule, "1")


@pytest.mark.parametrize(
    ("event", "duty", "day"),
    [
        (date(2026, 4, 20), after(15), date(2026, 5, 14)),  # without 27/4, 30/4, 1/5
        (date(2026, 4, 22), after(15), date(2026, 5, 18)),
        (
            date(2026, 4, 26),
            after(1),
            date(2026, 4, 28),
        ),  # held on a holiday, and the next one is off
        (date(2026, 2, 13), after(3), date(2026, 2, 25)),  # the Friday before Tết: 23, 24, 25
        (date(2026, 1, 9), after(1), date(2026, 1, 10)),  # a Saturday worked
        (date(2026, 4, 17), after(10, CALENDAR_DAYS), date(2026, 4, 28)),  # the 27th is off
        (date(2026, 4, 17), after(10, EXACT), date(2026, 4, 27)),
        (date(2026, 1, 8), after(2, CALENDAR_DAYS), date(2026, 1, 10)),
        (date(2026, 2, 14), after(2, CALENDAR_DAYS), date(2026, 2, 23)),  # Tết and its weekend
        (date(2026, 4, 10), after(10, CALENDAR_DAYS), date(2026, 4, 20)),  # a Monday
    ],
)
def test_a_duty_is_due_so_many_days_after_its_event(event: date, duty: Duty, day: date) -> None:
    (found,) = after_events(duty, [Occasion(Happens.MEETING, 12, event, 3, "hoi_dong")])
    assert due_day(duty.due, found, CALENDAR) == day
    assert due_day(duty.due, found, CALENDAR, OwnRule(25)) == day  # the span is the regulation's


def test_only_the_events_of_its_kind_and_body_count() -> None:
    day = date(2026, 4, 20)
    others = [
        Occasion(Happens.MEETING, 1, day, 1, "thuong_truc"),
        Occasion(Happens.RESULT, 2, day, 2, "hoi_dong"),
    ]
    assert list(after_events(after(15), others)) == []


@pytest.mark.parametrize(
    ("occasion", "id_", "key"),
    [
        (
            Occasion(Happens.MEETING, 12, date(2026, 4, 20), 3),
            "2026-04-20-meeting12-3",
            "meeting12",
        ),
        (Occasion(Happens.RESULT, 5, date(2026, 4, 2), 41), "2026-04-02-result5-41", "result5"),
        (Occasion(Happens.TERM, 1, date(2026, 4, 20)), "2026-04-20-term1", "term1"),
        (Occasion(Happens.DECISION, 9, date(2026, 4, 20)), "2026-04-20-decision9", "decision9"),
    ],
)
def test_an_event_is_read_back_from_its_period(occasion: Occasion, id_: str, key: str) -> None:
    assert occasion.period == id_
    assert occasion_of(id_) == occasion
    assert same_whatever_the_day(id_) == key


@pytest.mark.parametrize(
    "id_", ["2026-04-31-meeting1", "2026-04-20-vote1", "2026-04-20-meeting", "2026-04-20", "2026-T"]
)
def test_what_is_no_event_is_the_period_of_none(id_: str) -> None:
    assert occasion_of(id_) is None
    assert same_whatever_the_day(id_) == id_


def test_a_duty_has_the_periods_of_its_own_kind_of_event_alone() -> None:
    found = period_of(after(15), "2026-04-20-meeting12-3")
    assert found is not None
    assert (found.first, found.last) == (date(2026, 4, 20), date(2026, 4, 20))
    assert period_of(after(15), "2026-04-20-result12-3") is None
    assert period_of(after(15), "2026-Q2") is None
    assert period_of(DUTY, "2026-04-20-meeting12-3") is None
    assert list(upcoming(after(15), date(2026, 4, 20))) == []


@pytest.mark.parametrize("event", [date(2026, 1, 1) + timedelta(days=n) for n in range(0, 365, 5)])
def test_what_is_not_due_yet_is_looked_for_far_enough_back(event: date) -> None:
    for duty in (after(1), after(15), after(60), after(180, CALENDAR_DAYS)):
        (found,) = after_events(duty, [Occasion(Happens.MEETING, 1, event, 1, "hoi_dong")])
        day = due_day(duty.due, found, CALENDAR)
        assert day is not None
        assert day - reaches_back([duty]) <= event


@pytest.mark.parametrize(
    ("rule", "event", "day"),
    [
        (DueKind.LAST_WORKING_DAY, (Happens.TERM_END, date(2026, 3, 8)), date(2026, 3, 6)),
        (DueKind.LAST_DAY, (Happens.TERM_END, date(2026, 3, 8)), date(2026, 3, 8)),
        (DueKind.LAST_WORKING_DAY, (Happens.TERM_END, date(2027, 1, 2)), date(2027, 1, 4)),
        (DueKind.BEFORE_PERIOD, (Happens.TERM, date(2026, 3, 9)), date(2026, 3, 6)),
        (DueKind.BEFORE_PERIOD, (Happens.TERM, date(2026, 5, 4)), date(2026, 4, 29)),
    ],
)
def test_what_is_owed_for_a_term_is_due_at_its_turn(
    rule: DueKind, event: tuple[Happens, date], day: date
) -> None:
    duty = Duty("X-R3", (), (), "Kiểm điểm", (Period.TERM, Period.YEAR), DueRule(rule), "1")
    (found,) = after_events(duty, [Occasion(what, 5, event[1]) for what in (event[0],)])
    assert due_day(duty.due, found, CALENDAR) == day
    others = [Occasion(what, 5, event[1]) for what in Happens if what is not event[0]]
    assert list(after_events(duty, others)) == []


def test_a_day_fixed_by_hand_stands_for_the_term_within_a_year() -> None:
    end = date(2026, 3, 8)
    days = (date(2025, 3, 7), date(2025, 3, 6), date(2027, 3, 9), date(2027, 3, 10))
    assert [stands_for(fixed, end) for fixed in days] == [True, False, True, False]
