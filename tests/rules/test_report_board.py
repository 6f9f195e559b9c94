"""How reports stand on the board, by hand: which year, how many where, how many working days late."""

from __future__ import annotations

from datetime import date

from bot.reports.rules.report import (
    Report,
    ReportAct,
    ReportActKind,
    Standing,
    cells,
    grouped,
    of_year,
    tally,
    years,
)
from tests.rules.committee import CALENDAR_2026, moment

NOW = moment("2026-04-08 09:00")  # thứ Tư


def report(number: int, due: date, *acts: ReportAct) -> Report:
    return Report(
        id=number,
        committee=1,
        duty="BK-R2",
        period="2026-Q1",
        debtor=f"person:{number}",
        debtor_name=f"Chi bộ {number}",
        rulebook="0",
        what="Báo cáo công tác",
        article="12.2",
        first_day=date(2026, 1, 1),
        due_on=due,
        made_at=moment("2026-01-05 08:00"),
        acts=acts,
    )


def sent(at: str) -> ReportAct:
    return ReportAct(ReportActKind.DELIVER, moment(at))


MARCH_31 = date(2026, 3, 31)
SEVERAL = (
    report(1, MARCH_31, sent("2026-03-31 23:59")),
    report(2, MARCH_31, sent("2026-04-03 08:00")),
    report(3, MARCH_31),
    report(4, date(2026, 6, 30)),
    report(5, MARCH_31, ReportAct(ReportActKind.EXCUSE, moment("2026-03-20 08:00"))),
    report(6, date(2027, 1, 4)),
)


def test_each_stands_where_it_belongs_with_its_working_days() -> None:
    found = cells(SEVERAL, CALENDAR_2026, NOW)
    assert [(cell.standing, cell.late) for cell in found] == [
        (Standing.ON_TIME, 0),
        (Standing.LATE, 3),  # 01, 02, 03/04
        (Standing.MISSING, 6),  # 01, 02, 03, 06, 07, 08/04
        (Standing.NOT_DUE, 0),
        (Standing.EXCUSED, 0),
        (Standing.NOT_DUE, 0),
    ]


def test_the_numbers_add_up_and_a_year_is_that_of_the_last_day() -> None:
    found = cells(SEVERAL, CALENDAR_2026, NOW)
    assert years(found) == [2026, 2027]
    assert sum(tally(found).values()) == len(SEVERAL)
    assert [cell.report.id for cell in of_year(found, 2027)] == [6]
    assert tally(of_year(found, 2026))[Standing.NOT_DUE] == 1


def test_groups_keep_the_order_in_which_they_first_come() -> None:
    found = cells(SEVERAL, CALENDAR_2026, NOW)
    by_day = grouped(found, lambda cell: cell.report.last_day)
    assert list(by_day) == [MARCH_31, date(2026, 6, 30), date(2027, 1, 4)]
    assert [cell.report.id for cell in by_day[MARCH_31]] == [1, 2, 3, 5]
