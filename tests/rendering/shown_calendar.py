"""What is shown of the working calendar: a year, one day, the question for more."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from bot.calendar import cards
from bot.db.notice import Card
from bot.people.access import Office
from bot.values.typed_days import TypedDays
from bot.values.working_days import CalendarDay, WorkingCalendar
from tests.rendering.scenes import SAY, Shown
from tests.rendering.shown_people import HEAD, QN
from tests.rules.committee import CALENDAR_2026

ANNOUNCEMENT = "Thông báo số 123/TB-BNV ngày 16/10/2025 của Bộ Nội vụ"
NEW_YEAR = CalendarDay(date(2026, 1, 1), "off", "Tết Dương lịch", ANNOUNCEMENT, True)
SATURDAY = CalendarDay(date(2026, 1, 10), "working", "Làm bù cho ngày 02/01", "Văn phòng", True)
TET = [
    CalendarDay(date(2026, 2, day), "off", "Tết Nguyên đán", "Văn phòng") for day in range(14, 27)
]


COMPARED = {2025: ANNOUNCEMENT, 2026: ANNOUNCEMENT, 2027: None}


def year(
    *rows: CalendarDay,
    of: Office = QN,
    number: int = 0,
    years: Any = COMPARED,
    **done: Any,
) -> Card:
    working: WorkingCalendar = CALENDAR_2026
    changes = {"added": None, "removed": None} | done
    return cards.listed(SAY, of, rows, 2026, years, number, working=working, **changes)


SHOWN: Shown = {
    "calendar_list": lambda: year(NEW_YEAR, SATURDAY),
    "calendar_list_empty": lambda: year(years={2026: ""}),
    "calendar_list_second_page": lambda: year(NEW_YEAR, *TET, number=1),
    "calendar_list_for_head": lambda: year(NEW_YEAR, of=replace(QN, actor=HEAD)),
    "calendar_list_added": lambda: year(
        NEW_YEAR, added=TypedDays(date(2026, 2, 15), date(2026, 2, 21), "Tết")
    ),
    "calendar_list_added_one": lambda: year(
        NEW_YEAR, added=TypedDays(NEW_YEAR.day, NEW_YEAR.day, "Tết")
    ),
    "calendar_list_removed": lambda: year(NEW_YEAR, removed=SATURDAY),
    "calendar_list_computed": lambda: year(NEW_YEAR, years={2026: None}),
    "calendar_list_computed_for_head": lambda: year(
        NEW_YEAR, years={2026: None}, of=replace(QN, actor=HEAD)
    ),
    "calendar_ask_compare": lambda: cards.asks_to_compare(SAY, 1, QN.committee.name, 2027),
    "calendar_source": lambda: cards.asks_source(SAY, QN, 2027),
    "calendar_compared": lambda: cards.compared(SAY, QN, 2027, "Thông báo số 9 <TB> & phụ lục"),
    "calendar_day_computed": lambda: cards.one_day(SAY, QN, replace(NEW_YEAR, announced=False)),
    "calendar_day_off": lambda: cards.one_day(SAY, QN, NEW_YEAR),
    "calendar_day_worked": lambda: cards.one_day(SAY, QN, SATURDAY),
    "calendar_add_off": lambda: cards.asks_days(SAY, QN, "off", 2026),
    "calendar_add_working": lambda: cards.asks_days(SAY, QN, "working", 2026),
}
