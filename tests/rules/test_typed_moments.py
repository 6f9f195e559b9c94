"""Deadlines as people type them; now is Wednesday 25/11/2026, 10 o'clock in Viet Nam."""

import unicodedata
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rendering import shared_rendering
from bot.values.moments import VIET_NAM
from bot.values.typed import MomentFault, parse_moment
from bot.values.working_days import WorkingCalendar

NOW = datetime(2026, 11, 25, 10, tzinfo=VIET_NAM)
CALENDAR = WorkingCalendar(frozenset({date(2026, 11, 27)}), frozenset(), "Friday off")

MEANT = [
    ("27/11/2026 17:00", "2026-11-27 17:00"),
    ("17:00:00 27/11/2026", "2026-11-27 17:00"),
    ("17 giờ 27/11", "2026-11-27 17:00"),
    ("17h30 ngày 27-11-2026", "2026-11-27 17:30"),
    ("17g30, 27.11.26", "2026-11-27 17:30"),
    ("17h00-27/11", "2026-11-27 17:00"),
    ("trước 17 giờ 30 phút ngày 27 tháng 11 năm 2026", "2026-11-27 17:30"),
    ("17 giờ 15 tháng 12", "2026-12-15 17:00"),
    ("17 giờ 00, thứ Sáu, 27/11/2026 (giờ Việt Nam, còn 2 ngày)", "2026-11-27 17:00"),
    ("9 giờ, giờ Việt Nam, ngày 27/11", "2026-11-27 09:00"),
    ("27/11", "2026-11-27 17:00"),
    ("5/1", "2027-01-05 17:00"),
    ("24 giờ ngày 27/11", "2026-11-28 00:00"),
    ("17 giờ", "2026-11-25 17:00"),
    ("hôm nay 16h", "2026-11-25 16:00"),
    ("mai 9h", "2026-11-26 09:00"),
    ("9 giờ rưỡi sáng mai", "2026-11-26 09:30"),
    ("2 giờ chiều mai", "2026-11-26 14:00"),
    ("tối mai 8 giờ", "2026-11-26 20:00"),
    ("11 giờ trưa ngày kia", "2026-11-27 11:00"),
    ("17 giờ thứ Sáu", "2026-11-27 17:00"),
    ("17 GIO THU SAU", "2026-11-27 17:00"),
    ("thứ sáu tới 9 giờ", "2026-11-27 09:00"),
    ("thứ Sáu tuần này", "2026-11-27 17:00"),
    ("thứ Sáu tuần sau", "2026-12-04 17:00"),
    ("3 giờ chiều thứ Hai tuần tới", "2026-11-30 15:00"),
    ("thứ Tư", "2026-11-25 17:00"),
    ("9h thứ Tư", "2026-12-02 09:00"),
    ("T2 9h", "2026-11-30 09:00"),
    ("Chủ nhật", "2026-11-29 17:00"),
    ("sau 3 ngày làm việc", "2026-12-01 17:00"),
    ("9 giờ sau 3 ngày làm việc", "2026-12-01 09:00"),
    ("3 ngày làm việc nữa", "2026-12-01 17:00"),
    ("sau 3 ngày", "2026-11-28 17:00"),
    ("2026-11-27", "2026-11-27 17:00"),
    ("2026-11-27 16:30", "2026-11-27 16:30"),
    ("2026-11-27T10:00:00Z", "2026-11-27 17:00"),
]

FAULTS = [
    ("", MomentFault("unreadable", "")),
    ("càng sớm càng tốt", MomentFault("unreadable", "càng sớm càng tốt")),
    ("27/11 hoặc 28/11", MomentFault("unreadable", "hoặc 28/11")),
    ("ngày 27", MomentFault("no_month", "ngày 27")),
    ("thu sau toi 9 gio", MomentFault("ambiguous", "thu sau toi 9 gio")),
    ("x" * 201, MomentFault("unreadable")),
    ("30/2", MomentFault("impossible", "30/2")),
    ("11/27/2026", MomentFault("impossible", "11/27/2026")),
    ("27/11/202", MomentFault("impossible", "27/11/202")),
    ("2027-02-29", MomentFault("impossible", "2027-02-29")),
    ("25 giờ 27/11", MomentFault("impossible", "25 giờ")),
    ("24h30 27/11", MomentFault("impossible", "24h30")),
    ("17h75 27/11", MomentFault("impossible", "17h75")),
    ("15 giờ sáng mai", MomentFault("impossible", "15 giờ sáng")),
    ("sáng mai", MomentFault("incomplete", "sáng")),
    ("thứ Năm, 27/11/2026", MomentFault("weekday_mismatch", "27/11/2026", ("thứ Sáu", "thứ Năm"))),
    ("20/11", MomentFault("past")),
    ("9 giờ hôm nay", MomentFault("past")),
    ("10 giờ", MomentFault("past")),
    ("thứ Ba tuần này", MomentFault("past")),
    ("27/11/2062", MomentFault("too_far")),
    ("sau 999 ngày làm việc", MomentFault("too_far", "sau 999 ngày làm việc")),
]


@pytest.mark.parametrize(("typed", "meant"), MEANT)
def test_a_typed_deadline_is_understood(typed: str, meant: str) -> None:
    expected = datetime.fromisoformat(meant).replace(tzinfo=VIET_NAM)
    assert parse_moment(typed, NOW, CALENDAR) == expected


@pytest.mark.parametrize(("typed", "meant"), MEANT)
def test_decomposed_letters_are_understood_alike(typed: str, meant: str) -> None:
    decomposed = unicodedata.normalize("NFD", typed)
    assert parse_moment(decomposed, NOW, CALENDAR) == parse_moment(typed, NOW, CALENDAR)


@pytest.mark.parametrize(("typed", "fault"), FAULTS)
def test_what_cannot_be_meant_is_a_fault_that_names_its_piece(
    typed: str, fault: MomentFault
) -> None:
    assert parse_moment(typed, NOW, CALENDAR) == fault


def test_a_leap_day_needs_no_year_in_its_year() -> None:
    now = datetime(2028, 2, 28, 9, tzinfo=VIET_NAM)
    expected = datetime(2028, 2, 29, 17, tzinfo=VIET_NAM)
    assert parse_moment("29/2", now, CALENDAR) == expected


def test_a_committee_may_end_its_days_earlier() -> None:
    expected = datetime(2026, 11, 27, 16, tzinfo=VIET_NAM)
    assert parse_moment("27/11", NOW, CALENDAR, day_ends_at=16) == expected


@given(st.integers(1, 1_000_000))
def test_a_moment_as_we_write_it_is_read_back(minutes: int) -> None:
    words = shared_rendering()
    moment = NOW + timedelta(minutes=minutes)
    assert parse_moment(words.moment(moment), NOW, CALENDAR) == moment
    assert parse_moment(words.moment_left(moment, NOW), NOW, CALENDAR) == moment


WORDS = st.sampled_from(
    [
        "17",
        "9",
        "giờ",
        "h",
        ":",
        "/",
        "-",
        ".",
        "27",
        "11",
        "2026",
        "thứ",
        "Sáu",
        "sau",
        "ngày",
        "làm",
        "việc",
        "mai",
        "nay",
        "tới",
        "tối",
        "tuần",
        "(",
        ")",
        "T",
        "Z",
    ]
)


@given(st.one_of(st.text(max_size=60), st.lists(WORDS, max_size=12).map(" ".join)))
def test_whatever_is_typed_gives_a_future_moment_or_a_fault(typed: str) -> None:
    read = parse_moment(typed, NOW, CALENDAR)
    assert isinstance(read, MomentFault) or read > NOW
