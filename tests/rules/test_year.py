"""A year at a glance as numbers, and how its rows fall on pages; every expected number was counted by hand."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from bot.meetings.rules.meeting import Mark
from bot.meetings.rules.rhythm import Met, cadences, ending_in, standing
from bot.places import regulations_dir
from bot.regulations.loader import load
from bot.reports.rules.report import Cell, Report, Standing
from bot.sheets.rules.pages import Part, Row, height, pages
from bot.sheets.rules.year import (
    Kept,
    attendance,
    days_taken,
    duties_by_month,
    period_met,
)
from bot.values.moments import VIET_NAM
from bot.values.working_days import WorkingCalendar
from tests.rules.meeting_world import called, marked, opened

PLAIN = WorkingCalendar(frozenset(), frozenset(), "weekends only")
QUARTER, HALF = cadences(load(regulations_dir() / "quang_ngai.toml"))[:2]


def at(day: date, hour: int = 8) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=VIET_NAM)


# --- duties ------------------------------------------------------------------------------------


def owed(number: int, due: date, stands: Standing) -> Cell:
    made = at(date(2026, 1, 5))
    report = Report(
        number, 1, "QN-R1", "2026", "person:1", "An", "r", "Báo cáo", "8.3", due, due, made
    )
    return Cell(report, stands, 0)


def test_a_report_stands_in_the_month_of_its_last_day_and_who_was_excused_owes_none() -> None:
    months = duties_by_month(
        [
            owed(1, date(2026, 3, 31), Standing.ON_TIME),
            owed(2, date(2026, 3, 31), Standing.LATE),
            owed(3, date(2026, 4, 1), Standing.MISSING),
            owed(4, date(2026, 4, 1), Standing.EXCUSED),
            owed(5, date(2026, 12, 31), Standing.NOT_DUE),
            owed(6, date(2025, 3, 31), Standing.ON_TIME),
        ],
        2026,
    )
    assert [month.number for month in months] == list(range(1, 13))
    assert [month.total for month in months] == [0, 0, 2, 1, 0, 0, 0, 0, 0, 0, 0, 1]
    assert months[3].counts[Standing.MISSING] == 1


# --- meetings ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("today", "founded", "stood"),
    [
        # có họp ngày 12/02 và 20/05; hôm nay 20/9
        ("2026-09-20", "2020-01-01", ["kept", "kept", "running", "ahead"]),
        ("2026-10-02", "2020-01-01", ["kept", "kept", "lacking", "running"]),
        ("2027-01-04", "2026-12-31", ["kept", "kept", "before", "before"]),
    ],
)
def test_each_quarter_stands_by_what_it_had(today: str, founded: str, stood: list[str]) -> None:
    met = [
        Met("dang_doan", QUARTER.kind, "", at(day))
        for day in (date(2026, 2, 12), date(2026, 5, 20))
    ]
    now = date.fromisoformat(today)
    found = [
        period_met(standing(QUARTER, each, met, now), date.fromisoformat(founded), PLAIN, now).kept
        for each in ending_in(QUARTER, 2026)
    ]
    assert found == [Kept(each) for each in stood]


def test_weeks_belong_to_the_year_in_which_they_end() -> None:
    week = next(
        each
        for each in cadences(load(regulations_dir() / "cap_huyen.toml"))
        if each.rule.id == "HU-M3"
    )
    weeks = list(ending_in(week, 2026))
    # tuần đầu: từ 29/12/2025 đến 04/01/2026; tuần cuối: từ 21 đến 27/12/2026
    assert (weeks[0].last, weeks[-1].last) == (date(2026, 1, 4), date(2026, 12, 27))
    assert len(weeks) == 52


# --- matters -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("opened_at", "until", "days"),
    [
        (at(date(2026, 3, 2), 8), at(date(2026, 3, 5), 17), 3),
        (at(date(2026, 3, 2), 8), at(date(2026, 3, 2), 17), 0),
        (at(date(2026, 3, 2), 23), at(date(2026, 3, 3), 1), 1),
        (None, at(date(2026, 3, 2)), None),
    ],
)
def test_days_are_counted_from_day_to_day_in_viet_nam(
    opened_at: datetime | None, until: datetime, days: int | None
) -> None:
    assert days_taken(opened_at, until) == days


# --- attendance --------------------------------------------------------------------------------


def test_attendance_counts_who_came_also_who_left_and_whose_absence_was_agreed_to() -> None:
    first = opened(called(3))
    first = marked(first, Mark.CHECK_IN, 1, 2)
    first = marked(first, Mark.LEAVE, 2)
    first = marked(marked(first, Mark.ABSENT, 3), Mark.CONSENT, 3)
    second = marked(opened(called(3)), Mark.CHECK_IN, 1)
    found = {
        each.person: (each.came, each.excused, each.absent) for each in attendance([first, second])
    }
    assert found == {1: (2, 0, 0), 2: (1, 0, 1), 3: (0, 1, 1)}


# --- pages -------------------------------------------------------------------------------------


def row(name: str, high: int = 10) -> Row:
    return {"name": name, "height": high}


def names(page: list[Row]) -> str:
    return " ".join(str(each["name"]) for each in page)


def test_what_belongs_together_stays_together_and_no_head_stands_last() -> None:
    title = (row("T"),)
    one = Part((row("A"),), (row("A+"),), [(row("a1"), row("a2")), (row("a3"), row("a4"))])
    other = Part((row("B"),), (row("B+"),), [(row("b1"),)])
    # trang 60: T A a1 a2 (40), a3 a4 (60); B b1 sang trang sau
    assert [names(page) for page in pages(title, [one, other], 60)] == ["T A a1 a2 a3 a4", "T B b1"]
    # trang 50: a3 a4 không còn chỗ
    assert [names(page) for page in pages(title, [one, other], 50)] == [
        *("T A a1 a2", "T A+ a3 a4", "T B b1")
    ]


def test_every_row_stands_on_some_page_and_no_page_is_higher_than_the_screen() -> None:
    title = (row("T", 70),)
    parts = [
        Part(
            (row("H", 50),),
            (row("H+", 50),),
            [(row(f"{n}", 20), row("b", 20)) for n in range(size)],
        )
        for size in (1, 40, 60)
    ]
    found = pages(title, parts, 800)
    assert all(height(page) <= 800 for page in found)
    assert sum(each["name"] == "b" for page in found for each in page) == 101


def test_a_group_higher_than_a_page_has_one_of_its_own() -> None:
    part = Part((row("H"),), (row("H+"),), [(row("x", 500),)])
    assert [names(page) for page in pages((row("T"),), [part], 100)] == ["T H x"]
