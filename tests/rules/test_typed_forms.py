"""Ordinary ways in which officials write a moment, each worked out by hand; what may mean two is asked.

Now is Wednesday 25/11/2026, 10 o'clock; Friday 27/11 is a day off, and working hours end at 17.
"""

from __future__ import annotations

import unicodedata
from datetime import date, datetime, time
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.values.moments import VIET_NAM, WEEKDAYS, in_viet_nam
from bot.values.typed import MomentFault, parse_moment
from bot.values.working_days import WorkingCalendar

NOW = datetime(2026, 11, 25, 10, tzinfo=VIET_NAM)
CALENDAR = WorkingCalendar(frozenset({date(2026, 11, 27)}), frozenset(), "Friday off")

SIGNS = [
    ("17h00 – 27/11", "2026-11-27 17:00"),
    ("17h00—27/11", "2026-11-27 17:00"),
    ("17：30 ngày 27/11", "2026-11-27 17:30"),
    ("１７ giờ ２７／１１", "2026-11-27 17:00"),
    ("17 giờ\u00a027/11", "2026-11-27 17:00"),
    ("\u200e17 giờ 27/11\u200e", "2026-11-27 17:00"),
    ("9h30 - 27.11.2026", "2026-11-27 09:30"),
    ("9h30 – 27/11/2026", "2026-11-27 09:30"),
    ("9 giờ 30 - 27-11-2026", "2026-11-27 09:30"),
    ("17h30-11/12", "2026-12-11 17:30"),
    ("9g30, 27-11-2026", "2026-11-27 09:30"),
    ("27/11/2026 (thứ Sáu)", "2026-11-27 17:00"),
    ("17 giờ 27/11/2026 (Thứ sáu)", "2026-11-27 17:00"),
    ("17 giờ (thứ Sáu) 27/11", "2026-11-27 17:00"),
    ("(T6) 27/11", "2026-11-27 17:00"),
    ("Hạn: 17 giờ, ngày 27/11.", "2026-11-27 17:00"),
    ("27 / 11 / 2026", "2026-11-27 17:00"),
]
HOURS = [
    ("17h30p ngày 27/11", "2026-11-27 17:30"),
    ("17h30ph ngày 27/11", "2026-11-27 17:30"),
    ("17h30’ ngày 27/11", "2026-11-27 17:30"),
    ("17 giờ 30p 27/11", "2026-11-27 17:30"),
    ("14g30 mai", "2026-11-26 14:30"),
    ("14G30 27/11", "2026-11-27 14:30"),
    ("14 : 30 27/11", "2026-11-27 14:30"),
    ("5h chiều", "2026-11-25 17:00"),
    ("5 giờ chiều nay", "2026-11-25 17:00"),
    ("chiều mai 2 giờ", "2026-11-26 14:00"),
    ("2h chiều mai", "2026-11-26 14:00"),
    ("hai giờ chiều mai", "2026-11-26 14:00"),
    ("buổi chiều 27/11, 3 giờ", "2026-11-27 15:00"),
    ("16 giờ chiều 27/11", "2026-11-27 16:00"),
    ("8 giờ rưỡi sáng mai", "2026-11-26 08:30"),
    ("8 rưỡi sáng mai", "2026-11-26 08:30"),
    ("8h kém 15 sáng mai", "2026-11-26 07:45"),
    ("5 giờ kém mười chiều mai", "2026-11-26 16:50"),
    ("9 giờ kém mười ngày 27/11", "2026-11-27 08:50"),
    ("tám giờ ba mươi sáng mai", "2026-11-26 08:30"),
    ("mười bảy giờ ngày 27/11", "2026-11-27 17:00"),
    ("tối nay 8 giờ", "2026-11-25 20:00"),
    ("7 giờ tối 27/11", "2026-11-27 19:00"),
    ("11 giờ đêm 27/11", "2026-11-27 23:00"),
    ("12 giờ trưa 27/11", "2026-11-27 12:00"),
    ("1 giờ trưa mai", "2026-11-26 13:00"),
    ("0 giờ ngày 28/11", "2026-11-28 00:00"),
    ("06 giờ 27/11", "2026-11-27 06:00"),
    ("05:30 27/11", "2026-11-27 05:30"),
    ("2 giờ sáng mai", "2026-11-26 02:00"),
    ("đúng 9 giờ ngày 27/11", "2026-11-27 09:00"),
    ("chậm nhất 17 giờ ngày 27/11", "2026-11-27 17:00"),
    ("trước 17h 27/11", "2026-11-27 17:00"),
    ("tới 17 giờ ngày 27/11", "2026-11-27 17:00"),
    ("hết giờ làm việc ngày 27/11", "2026-11-27 17:00"),
    ("cuối giờ hành chính mai", "2026-11-26 17:00"),
    ("3 tiếng nữa", "2026-11-25 13:00"),
    ("sau 2 tiếng", "2026-11-25 12:00"),
    ("2 giờ nữa", "2026-11-25 12:00"),
    ("30 phút nữa", "2026-11-25 10:30"),
    ("trong vòng 24 giờ", "2026-11-26 10:00"),
    ("trong 48 giờ", "2026-11-27 10:00"),
]
WAITS = [
    ("trong vòng 03 ngày làm việc", "2026-12-01 17:00"),
    ("trong 3 ngày làm việc", "2026-12-01 17:00"),
    ("sau ba ngày làm việc", "2026-12-01 17:00"),
    ("trong vòng 05 ngày làm việc kể từ hôm nay", "2026-12-03 17:00"),
    ("mười ngày làm việc", "2026-12-10 17:00"),
    ("ba ngày nữa", "2026-11-28 17:00"),
    ("năm ngày nữa", "2026-11-30 17:00"),
    ("mười lăm ngày nữa", "2026-12-10 17:00"),
    ("1 tuần nữa", "2026-12-02 17:00"),
    ("trong vòng hai tuần", "2026-12-09 17:00"),
    ("hôm nay", "2026-11-25 17:00"),
    ("trong ngày hôm nay", "2026-11-25 17:00"),
    ("trong ngày mai", "2026-11-26 17:00"),
    ("ngày kia", "2026-11-27 17:00"),
    ("ngày mốt", "2026-11-27 17:00"),
    ("8 giờ sáng mốt", "2026-11-27 08:00"),
    ("ngày kìa", "2026-11-28 17:00"),
    ("9 giờ ngày kìa", "2026-11-28 09:00"),
]
ENDS = [
    ("hết ngày 27/11", "2026-11-27 17:00"),
    ("cuối ngày 27/11", "2026-11-27 17:00"),
    ("đến hết ngày 27/11/2026", "2026-11-27 17:00"),
    ("hết ngày mai", "2026-11-26 17:00"),
    ("hạn chót 27/11", "2026-11-27 17:00"),
    ("hết tháng 3", "2027-03-31 17:00"),
    ("hết tháng 3/2027", "2027-03-31 17:00"),
    ("hết tháng 2 năm 2028", "2028-02-29 17:00"),
    ("đến hết tháng mười hai", "2026-12-31 17:00"),
    ("hết tháng này", "2026-11-30 17:00"),
    ("hết tháng sau", "2026-12-31 17:00"),
    ("ngày cuối cùng của tháng 12", "2026-12-31 17:00"),
    ("hết quý I/2027", "2027-03-31 17:00"),
    ("hết quý này", "2026-12-31 17:00"),
    ("hết quý sau", "2027-03-31 17:00"),
    ("hết năm", "2026-12-31 17:00"),
    ("hết năm 2027", "2027-12-31 17:00"),
]
WEEK = [
    ("thứ hai tuần sau", "2026-11-30 17:00"),
    ("thứ 2 tuần sau", "2026-11-30 17:00"),
    ("tuần sau, thứ ba, 9h", "2026-12-01 09:00"),
    ("thứ sáu tuần sau nữa", "2026-12-11 17:00"),
    ("thứ sáu tuần sau 9h", "2026-12-04 09:00"),
    ("ngày 5 tháng sau 9 giờ", "2026-12-05 09:00"),
    ("ngày 5/2 năm sau 9 giờ", "2027-02-05 09:00"),
    ("T6", "2026-11-27 17:00"),
    ("thứ bẩy", "2026-11-28 17:00"),
    ("CN", "2026-11-29 17:00"),
    ("chúa nhật", "2026-11-29 17:00"),
    ("thứ năm này", "2026-11-26 17:00"),
    ("thứ tư tới", "2026-12-02 17:00"),
    ("sáng thứ hai 8 giờ", "2026-11-30 08:00"),
    ("bốn giờ chiều thứ hai", "2026-11-30 16:00"),
]
DATES = [
    ("mùng 2/12", "2026-12-02 17:00"),
    ("mồng 2/12", "2026-12-02 17:00"),
    ("9 giờ mùng hai tháng mười hai", "2026-12-02 09:00"),
    ("20 tháng 3 năm 2027", "2027-03-20 17:00"),
    ("20-3-27", "2027-03-20 17:00"),
    ("20.3.2027", "2027-03-20 17:00"),
    ("ngày 20 tháng 3", "2027-03-20 17:00"),
    ("27 tháng 11/2026", "2026-11-27 17:00"),
    ("27 tháng 11, 2026", "2026-11-27 17:00"),
    ("ngày hai mươi bảy tháng mười một", "2026-11-27 17:00"),
    ("ngày năm tháng năm năm 2027", "2027-05-05 17:00"),
    ("ngày 1 tháng tư", "2027-04-01 17:00"),
    ("31 tháng mười hai", "2026-12-31 17:00"),
    ("ngày 5 tháng sau", "2026-12-05 17:00"),
    ("28 tháng này", "2026-11-28 17:00"),
    ("27/11 năm nay", "2026-11-27 17:00"),
    ("5/1 năm sau", "2027-01-05 17:00"),
    ("27/11 năm 2026", "2026-11-27 17:00"),
    ("ngày mai, 26/11", "2026-11-26 17:00"),
    ("mai, thứ Năm", "2026-11-26 17:00"),
]
WITHOUT_MARKS = [
    ("chieu mai 2 gio", "2026-11-26 14:00"),
    ("het ngay 27/11", "2026-11-27 17:00"),
    ("trong vong 3 ngay lam viec", "2026-12-01 17:00"),
    ("17 gio 30 phut ngay 27 thang 11 nam 2026", "2026-11-27 17:30"),
    ("thu hai tuan sau", "2026-11-30 17:00"),
    ("9h sang mai", "2026-11-26 09:00"),
    ("THU SAU TUAN SAU", "2026-12-04 17:00"),
]
MEANT = [*SIGNS, *HOURS, *WAITS, *ENDS, *WEEK, *DATES, *WITHOUT_MARKS]

ASKED = [
    ("ngay kia", "ambiguous", "ngay kia"),
    ("toi mai 8 gio", "ambiguous", "toi mai 8 gio"),
    ("toi 12 gio mai", "ambiguous", "toi 12 gio mai"),
    ("3 giờ 27/11", "ambiguous", "3 giờ"),
    ("2h30 27/11", "ambiguous", "2h30"),
    ("5h thứ hai", "ambiguous", "5h"),
    ("12 giờ đêm 27/11", "ambiguous", "12 giờ đêm"),
    ("12 giờ tối mai", "ambiguous", "12 giờ tối"),
    ("1 giờ đêm mai", "ambiguous", "1 giờ đêm"),
    ("trước ngày 27/11", "ambiguous", "trước ngày"),
    ("trước thứ Sáu", "ambiguous", "trước"),
    ("sau 3 giờ", "ambiguous", "sau 3 giờ"),
    ("sau 17h", "ambiguous", "sau 17h"),
    ("5 tháng sau", "ambiguous", "5 tháng sau"),
    ("sau ngày 27/11", "unreadable", "sau ngày"),
    ("9 giờ 30 phút nữa", "unreadable", ""),
    ("hai ba ngày nữa", "unreadable", "2"),
    ("8.30 ngày 27/11", "impossible", "8.30"),
    ("2026/11/27", "impossible", "11/27"),
    ("mai, 28/11", "ambiguous", "mai, 28/11"),
    ("tuần sau", "vague", "tuần sau"),
    ("cuối tuần", "vague", "cuối tuần"),
    ("đầu tuần sau", "vague", "đầu tuần"),
    ("hết tuần này", "vague", "hết tuần"),
    ("cuối tháng 3", "vague", "cuối tháng"),
    ("đầu giờ chiều mai", "vague", "đầu giờ chiều"),
    ("ngày 27", "no_month", "ngày 27"),
    ("9 giờ mùng 2", "no_month", "mùng 2"),
    ("chiều 27/11", "incomplete", "chiều"),
    ("mùng 2 Tết", "lunar", "tết"),
    ("27/10 âm lịch", "lunar", "âm lịch"),
    ("27/10 (âm lịch)", "lunar", "âm lịch"),
    ("15 tháng giêng", "lunar", "tháng giêng"),
    ("rằm tháng 11", "lunar", "rằm"),
    ("31/11", "impossible", "31/11"),
    ("31 tháng 4", "impossible", "31 tháng 4"),
    ("30 tháng hai", "impossible", "30 tháng 2"),
    ("29/2/2027", "impossible", "29/2/2027"),
    ("mùng 15/12", "impossible", "mùng 15/12"),
    ("hết tháng 13", "impossible", "hết tháng 13"),
    ("8 giờ chiều mai", "impossible", "8 giờ chiều"),
    ("3 giờ tối mai", "impossible", "3 giờ tối"),
    ("13 giờ sáng 27/11", "impossible", "13 giờ sáng"),
    ("17h60 27/11", "impossible", "17h60"),
    ("8h-10h 27/11", "unreadable", "10h"),
    ("khoảng 9 giờ mai", "unreadable", "khoảng"),
    ("thứ Năm hoặc thứ Sáu", "unreadable", "hoặc thứ sáu"),
    ("hết tháng 10", "past", ""),
    ("thứ ba tuần này", "past", ""),
    ("25/11 8h", "past", ""),
]


@pytest.mark.parametrize(("typed", "meant"), MEANT)
def test_an_ordinary_form_is_understood(typed: str, meant: str) -> None:
    expected = datetime.fromisoformat(meant).replace(tzinfo=VIET_NAM)
    assert parse_moment(typed, NOW, CALENDAR) == expected
    assert parse_moment(unicodedata.normalize("NFD", typed), NOW, CALENDAR) == expected


@pytest.mark.parametrize(("typed", "kind", "part"), ASKED)
def test_what_may_be_misread_is_asked_with_its_piece(typed: str, kind: str, part: str) -> None:
    found = parse_moment(typed, NOW, CALENDAR)
    assert isinstance(found, MomentFault)
    assert (found.kind, found.part) == (kind, part)


@pytest.mark.parametrize(
    ("typed", "day", "real", "said"),
    [
        ("27/11/2026 (thứ Năm)", "27/11/2026", "thứ Sáu", "thứ Năm"),
        ("thứ hai, 27/11", "27/11/2026", "thứ Sáu", "thứ Hai"),
        ("17 giờ CN 27/11", "27/11/2026", "thứ Sáu", "Chủ nhật"),
        ("mai, thứ Sáu", "26/11/2026", "thứ Năm", "thứ Sáu"),
        ("(T7) hết tháng này", "30/11/2026", "thứ Hai", "thứ Bảy"),
    ],
)
def test_a_weekday_that_contradicts_its_date_is_refused_with_both(
    typed: str, day: str, real: str, said: str
) -> None:
    fault = MomentFault("weekday_mismatch", day, (real, said))
    assert parse_moment(typed, NOW, CALENDAR) == fault


DAYS = st.dates(date(2026, 11, 26), date(2028, 11, 1))
HOUR_FORMS = ("{h:02d}:{m:02d}", "{h:02d}h{m:02d}", "{h:02d} giờ {m:02d}", "{h:02d}g{m:02d}p")
DAY_FORMS = (
    "{d}/{M}/{y}",
    "{d:02d}.{M:02d}.{y}",
    "{d}-{M}-{y}",
    "ngày {d} tháng {M} năm {y}",
    "{d}/{M}/{y} ({w})",
    "{w}, {d} tháng {M}/{y}",
)
ORDERS = ("{hour} ngày {day}", "{day}, {hour}", "{hour} – {day}", "{hour} {day}")


@given(
    DAYS,
    st.times(),
    st.sampled_from(HOUR_FORMS),
    st.sampled_from(DAY_FORMS),
    st.sampled_from(ORDERS),
    st.sampled_from(("NFC", "NFD")),
)
def test_a_full_moment_is_read_in_every_form(
    day: date, at: time, hour_form: str, day_form: str, order: str, letters: Literal["NFC", "NFD"]
) -> None:
    hour, minute = at.hour, at.minute
    written_day = day_form.format(d=day.day, M=day.month, y=day.year, w=WEEKDAYS[day.weekday()])
    typed = order.format(hour=hour_form.format(h=hour, m=minute), day=written_day)
    expected = datetime(day.year, day.month, day.day, hour, minute, tzinfo=VIET_NAM)
    found = parse_moment(unicodedata.normalize(letters, typed), NOW, CALENDAR)
    assert found == expected


@given(DAYS, st.integers(0, 6))
def test_of_seven_weekdays_one_fits_a_date(day: date, place: int) -> None:
    found = parse_moment(f"{day:%d/%m/%Y} ({WEEKDAYS[place]})", NOW, CALENDAR)
    if place == day.weekday():
        assert isinstance(found, datetime)
        assert in_viet_nam(found).date() == day
    else:
        assert isinstance(found, MomentFault)
        assert found.weekdays == (WEEKDAYS[day.weekday()], WEEKDAYS[place])
