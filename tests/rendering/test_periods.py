"""A period is called as an office calls it."""

from datetime import date

import pytest

from bot.regulations.rules.meetings import Unit
from bot.regulations.rules.periods import CalendarPeriod, nine_months, of_rhythm
from bot.rendering import Rendering

SAY = Rendering()
DAY = date(2026, 8, 12)


@pytest.mark.parametrize(
    ("period", "name"),
    [
        (of_rhythm(1, Unit.WEEK, DAY), "tuần 33/2026 (từ 10/08/2026 đến 16/08/2026)"),
        (of_rhythm(2, Unit.WEEK, DAY), "các tuần từ 10/08/2026 đến 23/08/2026"),
        (of_rhythm(1, Unit.MONTH, DAY), "tháng 8/2026"),
        (of_rhythm(4, Unit.MONTH, DAY), "kỳ từ 01/05/2026 đến 31/08/2026"),
        (of_rhythm(3, Unit.MONTH, DAY), "quý III/2026"),
        (of_rhythm(6, Unit.MONTH, date(2026, 3, 1)), "6 tháng đầu năm 2026"),
        (of_rhythm(6, Unit.MONTH, DAY), "6 tháng cuối năm 2026"),
        (nine_months(DAY), "9 tháng đầu năm 2026"),
        (of_rhythm(1, Unit.YEAR, DAY), "năm 2026"),
        (of_rhythm(5, Unit.YEAR, DAY), "kỳ từ 01/01/2025 đến 31/12/2029"),
    ],
)
def test_a_period_has_the_name_an_office_gives_it(period: CalendarPeriod, name: str) -> None:
    assert SAY.period(period) == name
