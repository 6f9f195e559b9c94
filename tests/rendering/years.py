"""Invented years at a glance: an empty one, a short one, and one as full as a large committee's gets."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import cycle

from bot.meetings.rules.rhythm import Cadence, cadences, ending_in
from bot.places import regulations_dir
from bot.regulations.loader import load
from bot.reports.rules.report import Standing
from bot.sheets.rules.year import (
    Kept,
    MatterOfYear,
    MemberOfYear,
    MonthOfDuties,
    PeriodMet,
    RhythmOfYear,
    Year,
)

TODAY = date(2026, 9, 20)
NOTHING = dict.fromkeys((Standing.ON_TIME, Standing.LATE, Standing.MISSING, Standing.NOT_DUE), 0)
LONG = "Nhận xét, đánh giá cán bộ Đoàn Thanh niên Cộng sản Hồ Chí Minh tỉnh nhiệm kỳ 2025–2030"
EMPTY = Year(
    2026,
    "Đảng đoàn Liên hiệp Hội",
    TODAY,
    tuple(MonthOfDuties(month, NOTHING) for month in range(1, 13)),
    (),
    (),
    0,
    (),
)


def every(regulation: str) -> tuple[Cadence, ...]:
    return cadences(load(regulations_dir() / f"{regulation}.toml"))


def months(on_time: int, late: int = 0, missing: int = 0) -> tuple[MonthOfDuties, ...]:
    """So many each month until September, all of them still ahead from October on."""
    done = {Standing.ON_TIME: on_time, Standing.LATE: late, Standing.MISSING: missing}
    ahead = {Standing.NOT_DUE: on_time + late + missing}
    return tuple(
        MonthOfDuties(month, {**NOTHING, **(done if month <= TODAY.month else ahead)})
        for month in range(1, 13)
    )


def stood(cadence: Cadence) -> RhythmOfYear:
    """Every fourth period that is over had too few."""
    lacks = cycle((False, False, True, False))
    periods = []
    for period in ending_in(cadence, 2026):
        kept = Kept.LACKING if next(lacks) else Kept.KEPT
        if period.last >= TODAY:
            kept = Kept.RUNNING if period.first <= TODAY else Kept.AHEAD
        had = cadence.times if kept is Kept.KEPT else 0
        periods.append(PeriodMet(period, had, cadence.times, kept))
    return RhythmOfYear(cadence, tuple(periods))


SHORT = replace(
    EMPTY,
    duties=months(4, 1),
    rhythms=(stood(every("quang_ngai")[0]),),
    matters=(
        MatterOfYear(1, "Chương trình công tác quý II/2026", "adopted", is_closed=True, days=3),
        MatterOfYear(2, "=1+1 $x^2$ & <b>", "to_superior", is_closed=True, days=0),
        MatterOfYear(3, "Kế hoạch quý IV", "open", is_closed=False, days=5),
        MatterOfYear(None, "Kế hoạch chưa được duyệt", "submitted", is_closed=False, days=None),
    ),
    meetings=2,
    members=(MemberOfYear(1, "Nguyễn Văn An", 2, 0, 0), MemberOfYear(2, "Trần Thị Bình", 1, 1, 0)),
)
NAMES = (
    "Nguyễn Văn An",
    "Trần Thị Bình",
    "Đặng Thị Thuỳ Phương Quỳnh Như Gia Bảo Linh Chi",
    "Vũ Đức",
)
OUTCOMES = ("adopted", "adopted", "to_meeting", "not_adopted", "withdrawn", "to_standing_committee")
FULL = Year(
    2026,
    "Đảng bộ các cơ quan Đảng tỉnh Thử nghiệm, trực thuộc Tỉnh ủy Thử nghiệm",
    TODAY,
    months(52, 6, 2),
    tuple(stood(each) for each in every("cap_huyen")),
    tuple(
        MatterOfYear(number, subject, outcome, is_closed=True, days=number % 21)
        for number, outcome, subject in zip(
            range(1, 41), cycle(OUTCOMES), cycle((LONG, "Kế hoạch kiểm tra")), strict=False
        )
    ),
    12,
    tuple(
        MemberOfYear(number, name, 12 - number % 3, number % 2, number % 3 - number % 2)
        if number % 3 >= number % 2
        else MemberOfYear(number, name, 12, 0, 0)
        for number, name in zip(range(1, 61), cycle(NAMES), strict=False)
    ),
)
