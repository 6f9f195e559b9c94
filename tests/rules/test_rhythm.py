"""What a period lacks and on which mornings that is said; every expected day was found by hand."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.meetings.rules.meeting import MeetingKind
from bot.meetings.rules.rhythm import (
    Cadence,
    Met,
    cadences,
    could_meet,
    counts,
    ending_in,
    next_day,
    over_time,
    passed_day,
    reminder_days,
    standing,
    to_say,
)
from bot.places import regulations_dir
from bot.regulations.loader import load
from bot.regulations.rules.regulation import Regulation
from bot.values.moments import VIET_NAM
from bot.values.working_days import WorkingCalendar

PLAIN = WorkingCalendar(frozenset(), frozenset(), "weekends only")
TET = WorkingCalendar(
    frozenset(date(2026, 2, day) for day in range(16, 21)), frozenset(), "Tết 2026"
)
LONG_AGO = date(2020, 1, 1)
REGULAR, SESSION = MeetingKind.REGULAR, MeetingKind.WORKING_SESSION


def regulation(name: str, **settings: object) -> Regulation:
    return load(regulations_dir() / f"{name}.toml", settings)


def cadence(name: str, rule: str, body: str = "", **settings: object) -> Cadence:
    every = cadences(regulation(name, **settings))
    return next(c for c in every if c.rule.id == rule and body in ("", c.body.id))


QUARTER = cadence("quang_ngai", "QN-M1")
HALF = cadence("quang_ngai", "QN-M11")
MONTH = cadence("bac_kan", "BK-M1", "ban_thuong_vu")
TWO_A_MONTH = cadence("cap_huyen", "HU-M2")
WEEK = cadence("cap_huyen", "HU-M3")
YEAR = cadence("cap_huyen", "HU-M10")


def held(*moments: datetime, body: str = "dang_doan") -> list[Met]:
    return [Met(body, REGULAR, "", moment) for moment in moments]


def at(day: int, month: int, hour: int = 8, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, tzinfo=VIET_NAM)


def days(of: Cadence, day: date, calendar: WorkingCalendar = PLAIN) -> list[str]:
    return [each.isoformat() for each in reminder_days(of, of.period(day), calendar)]


# --- which rhythms ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "quang_ngai",
            [
                ("QN-M1", "dang_doan", 1, ""),
                ("QN-M11", "dang_doan", 1, "QN-M11"),
                ("QN-M12", "dang_doan", 1, "QN-M12"),
            ],
        ),
        ("bac_kan", [("BK-M1", "ban_chap_hanh", 1, ""), ("BK-M1", "ban_thuong_vu", 1, "")]),
        (
            "cap_huyen",
            [
                ("HU-M1", "ban_chap_hanh", 1, ""),
                ("HU-M2", "ban_thuong_vu", 2, ""),
                ("HU-M3", "thuong_truc", 1, ""),
                ("HU-M10", "ban_thuong_vu", 1, "HU-M10"),
            ],
        ),
        (
            "hai_duong",
            [(rule, "co_quan", 1, rule) for rule in ("HD-M1", "HD-M1b", "HD-M1c")],
        ),
        ("tra_vinh", [("TV-M1", "doan_the", 1, ""), ("TV-M1b", "doan_the", 1, "")]),
    ],
)
def test_every_regulation_has_its_rhythms(
    name: str, expected: list[tuple[str, str, int, str]]
) -> None:
    found = cadences(regulation(name))
    assert [(c.rule.id, c.body.id, c.times, c.session) for c in found] == expected


def test_no_two_rhythms_share_the_code_on_their_buttons() -> None:
    for name in ("quang_ngai", "bac_kan", "cap_huyen", "hai_duong", "tra_vinh"):
        codes = [each.code for each in cadences(regulation(name))]
        assert len(set(codes)) == len(codes)
        assert all(len(code) == 8 and code.isascii() for code in codes)


def test_the_days_before_the_end_are_a_setting_and_hold_for_sessions_too() -> None:
    for rule in ("QN-M1", "QN-M11"):
        other = cadence("quang_ngai", rule, rhythm_reminders=[10])
        assert days(other, date(2026, 6, 1)) == ["2026-06-19"]


# --- the ladder ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("of", "day", "expected"),
    [
        (QUARTER, date(2026, 8, 1), ["2026-08-31", "2026-09-16", "2026-09-23", "2026-09-29"]),
        # 01/03/2026 is a Sunday: the Friday before.
        (QUARTER, date(2026, 2, 1), ["2026-02-27", "2026-03-17", "2026-03-24", "2026-03-30"]),
        # A month of 31 days: 30 days before its end would be its first day.
        (MONTH, date(2026, 3, 1), ["2026-03-17", "2026-03-24", "2026-03-30"]),
        # February of 28 days: 14 is exactly half; 14/02 and 21/02 are Saturdays, 27/02 a Friday.
        (MONTH, date(2026, 2, 1), ["2026-02-13", "2026-02-20", "2026-02-27"]),
        (WEEK, date(2026, 5, 6), ["2026-05-08"]),
        (WEEK, date(2027, 1, 1), ["2027-01-01"]),
        (HALF, date(2026, 7, 1), ["2026-12-01", "2026-12-17", "2026-12-24", "2026-12-30"]),
        (YEAR, date(2026, 1, 1), ["2026-12-01", "2026-12-17", "2026-12-24", "2026-12-30"]),
    ],
)
def test_reminders_come_on_working_days_before_the_last_day(
    of: Cadence, day: date, expected: list[str]
) -> None:
    assert days(of, day) == expected


def test_a_reminder_in_tet_comes_on_the_last_working_day_before() -> None:
    assert days(MONTH, date(2026, 2, 1), TET) == ["2026-02-13", "2026-02-27"]


def test_a_week_of_holidays_is_left_alone() -> None:
    tet = WEEK.period(date(2026, 2, 18))
    assert reminder_days(WEEK, tet, TET) == ()
    assert not could_meet(tet, LONG_AGO, TET)
    after_tet = date(2026, 2, 23)
    assert next_day([WEEK], LONG_AGO, TET, date(2026, 2, 14)) == after_tet
    assert [p.id for p in to_say(WEEK, LONG_AGO, TET, after_tet, after_tet)] == ["2026-W07"]
    assert next_day([WEEK], LONG_AGO, TET, date(2026, 2, 24)) == date(2026, 2, 27)


def test_afterwards_is_the_first_working_morning() -> None:
    assert passed_day(QUARTER.period(date(2026, 1, 1)), PLAIN) == date(2026, 4, 1)
    assert passed_day(MONTH.period(date(2026, 10, 1)), PLAIN) == date(2026, 11, 2)
    assert passed_day(WEEK.period(date(2026, 2, 11)), TET) == date(2026, 2, 23)


# --- what is said when -----------------------------------------------------------------------


def said(of: Cadence, since: date, today: date, founded: date = LONG_AGO) -> list[str]:
    return [period.id for period in to_say(of, founded, PLAIN, since, today)]


def test_on_an_ordinary_day_nothing_is_said() -> None:
    assert said(QUARTER, date(2026, 3, 18), date(2026, 3, 18)) == []


def test_on_a_morning_of_the_ladder_the_running_period_is_said() -> None:
    assert said(QUARTER, date(2026, 3, 17), date(2026, 3, 17)) == ["2026-Q1"]


def test_on_the_first_working_morning_the_passed_period_is_said() -> None:
    assert said(QUARTER, date(2026, 4, 1), date(2026, 4, 1)) == ["2026-Q1"]


def test_after_an_outage_missed_mornings_are_said_once_as_it_stands() -> None:
    assert said(QUARTER, date(2026, 3, 17), date(2026, 3, 27)) == ["2026-Q1"]
    assert said(QUARTER, date(2026, 3, 30), date(2026, 4, 3)) == ["2026-Q1"]
    assert said(WEEK, date(2026, 5, 8), date(2026, 5, 27)) == ["2026-W19", "2026-W20", "2026-W21"]


def test_a_passed_period_waits_for_its_working_morning() -> None:
    assert said(WEEK, date(2026, 5, 8), date(2026, 5, 10)) == ["2026-W19"]
    assert said(MONTH, date(2026, 10, 31), date(2026, 11, 1)) == []


def test_a_period_that_ended_before_the_founding_is_never_said() -> None:
    assert said(QUARTER, date(2026, 4, 1), date(2026, 4, 1), founded=date(2026, 3, 31)) == []
    assert said(QUARTER, date(2026, 4, 1), date(2026, 4, 1), founded=date(2026, 3, 30)) == [
        "2026-Q1"
    ]


def test_who_was_founded_on_a_friday_could_not_have_met_that_week() -> None:
    week = WEEK.period(date(2026, 5, 8))
    assert not could_meet(week, date(2026, 5, 8), PLAIN)
    assert could_meet(week, date(2026, 5, 7), PLAIN)


def test_the_next_day_is_the_nearest_of_all_rhythms() -> None:
    every = [QUARTER, HALF]
    assert next_day(every, LONG_AGO, PLAIN, date(2026, 1, 5)) == date(2026, 2, 27)
    assert next_day(every, LONG_AGO, PLAIN, date(2026, 3, 31)) == date(2026, 4, 1)
    assert next_day(every, LONG_AGO, PLAIN, date(2026, 12, 31)) == date(2027, 1, 1)
    assert next_day([], LONG_AGO, PLAIN, date(2026, 1, 5)) is None


def test_a_day_off_announced_after_the_morning_before_it_loses_no_reminder() -> None:
    """24/03 is declared off when 23/03 is over: what was due on it is said on 25/03."""
    storm = WorkingCalendar(frozenset({date(2026, 3, 24)}), frozenset(), "storm")
    found = to_say(QUARTER, LONG_AGO, storm, date(2026, 3, 24), date(2026, 3, 25))
    assert [period.id for period in found] == ["2026-Q1"]


DAYS = st.dates(date(2025, 12, 1), date(2028, 3, 1))
EVERY = st.sampled_from([QUARTER, HALF, MONTH, TWO_A_MONTH, WEEK, YEAR])


@given(EVERY, DAYS)
def test_whatever_is_said_is_said_on_a_day_that_was_arranged(of: Cadence, since: date) -> None:
    ahead = next_day([of], LONG_AGO, TET, since)
    assert ahead is not None
    assert TET.is_working(ahead)
    before = since
    while before < ahead:
        if TET.is_working(before):
            assert to_say(of, LONG_AGO, TET, before, before) == ()
        before += timedelta(days=1)
    assert to_say(of, LONG_AGO, TET, ahead, ahead) != ()


@given(EVERY, DAYS, st.integers(0, 90))
def test_an_outage_says_no_period_twice(of: Cadence, since: date, length: int) -> None:
    found = to_say(of, LONG_AGO, TET, since, since + timedelta(days=length))
    assert len(set(found)) == len(found)


# --- what counts -----------------------------------------------------------------------------


def test_a_meeting_counts_by_its_day_in_viet_nam() -> None:
    quarter = QUARTER.period(date(2026, 3, 1))
    early = Met("dang_doan", REGULAR, "", at(1, 1, 0))
    late = Met("dang_doan", REGULAR, "", at(31, 3, 23))
    next_one = Met("dang_doan", REGULAR, "", at(1, 4, 0))
    assert counts(QUARTER, early, quarter)
    assert counts(QUARTER, late, quarter)
    assert not counts(QUARTER, next_one, quarter)


@pytest.mark.parametrize(
    "met",
    [
        Met("dang_doan", MeetingKind.EXTRAORDINARY, "", at(5, 3)),
        Met("dang_doan", SESSION, "QN-M11", at(5, 3)),
        Met("another_body", REGULAR, "", at(5, 3)),
    ],
)
def test_other_meetings_do_not_count(met: Met) -> None:
    assert not counts(QUARTER, met, QUARTER.period(date(2026, 3, 1)))


def test_a_session_counts_by_its_id_whoever_called_it() -> None:
    half = HALF.period(date(2026, 3, 1))
    assert counts(HALF, Met("dang_doan", SESSION, "QN-M11", at(5, 3)), half)
    assert counts(HALF, Met("another_body", SESSION, "QN-M11", at(5, 3)), half)
    assert not counts(HALF, Met("dang_doan", SESSION, "QN-M12", at(5, 3)), half)


def test_n_a_month_lacks_what_is_not_there() -> None:
    month, today = TWO_A_MONTH.period(date(2026, 3, 1)), date(2026, 3, 17)
    btv = "ban_thuong_vu"
    assert standing(TWO_A_MONTH, month, [], today).missing == 2
    assert standing(TWO_A_MONTH, month, held(at(3, 3), body=btv), today).missing == 1
    both = held(at(3, 3), at(28, 3), at(30, 3), body=btv)
    assert standing(TWO_A_MONTH, month, both, today).missing == 0
    assert not standing(TWO_A_MONTH, month, both, date(2026, 3, 31)).over
    assert standing(TWO_A_MONTH, month, both, date(2026, 4, 1)).over


# --- rule books one after the other ----------------------------------------------------------

ONE, TWO = (regulation("cap_huyen", btv_meetings_per_month=times) for times in (1, 2))
"""A rule book by which a body meets once a month, and one by which it meets twice."""


def of_month(*books: tuple[date | None, Regulation]) -> list[Cadence]:
    return [each for each in over_time(books) if each.rule.id == "HU-M2"]


def test_a_rhythm_that_two_rule_books_say_alike_is_one() -> None:
    alone = cadences(ONE)
    again = over_time([(None, ONE), (date(2026, 6, 15), ONE)])
    assert again == alone


def test_a_period_goes_by_the_rule_book_of_its_first_day() -> None:
    now, before = of_month((None, ONE), (date(2026, 6, 15), TWO))
    assert (now.times, now.since, now.until) == (2, date(2026, 6, 15), None)
    assert (before.times, before.since, before.until) == (1, None, date(2026, 6, 15))
    june, july = now.period(date(2026, 6, 20)), now.period(date(2026, 7, 1))
    assert [before.holds(june), now.holds(june)] == [True, False]
    assert [before.holds(july), now.holds(july)] == [False, True]


def test_on_the_first_day_of_a_period_the_new_rule_book_holds() -> None:
    now, before = of_month((None, ONE), (date(2026, 7, 1), TWO))
    july = now.period(date(2026, 7, 1))
    assert [before.holds(july), now.holds(july)] == [False, True]


def test_a_year_has_each_month_once() -> None:
    every = of_month((None, ONE), (date(2026, 3, 10), TWO), (date(2026, 9, 1), ONE))
    months = sorted(
        (period.first.month, each.times) for each in every for period in ending_in(each, 2026)
    )
    assert months == [
        (1, 1),
        (2, 1),
        (3, 1),
        *((m, 2) for m in range(4, 9)),
        *((m, 1) for m in range(9, 13)),
    ]


def test_of_a_rhythm_that_ended_nothing_more_is_said_than_of_its_last_period() -> None:
    _, before = of_month((None, ONE), (date(2026, 6, 15), TWO))
    assert next_day([before], LONG_AGO, PLAIN, date(2026, 6, 20)) is not None
    assert next_day([before], LONG_AGO, PLAIN, date(2026, 7, 2)) is None
