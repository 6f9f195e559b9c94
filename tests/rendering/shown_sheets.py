"""What is said above spreadsheets and pictures, and why one is not made."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial

from bot.db.notice import Card
from bot.kit.sent_sheets import Named, card
from bot.meetings.rules.rhythm import cadences, ending_in
from bot.places import regulations_dir
from bot.regulations.loader import load
from bot.reports.rules.report import Standing
from bot.sheets import year as years
from bot.sheets.picture import made_card
from bot.sheets.rules.year import (
    Kept,
    MatterOfYear,
    MemberOfYear,
    MonthOfDuties,
    PeriodMet,
    RhythmOfYear,
    Year,
)
from bot.values.refusal import Refusal
from tests.rendering.scenes import SAY, SUBJECT, Shown
from tests.rendering.shown_refusals import told

BODY = "Đảng đoàn Liên hiệp Hội"
NOTHING = dict.fromkeys((Standing.ON_TIME, Standing.LATE, Standing.MISSING, Standing.NOT_DUE), 0)
QUARTERS = cadences(load(regulations_dir() / "quang_ngai.toml"))[0]
EMPTY = Year(
    2026,
    BODY,
    date(2026, 9, 20),
    tuple(MonthOfDuties(month, NOTHING) for month in range(1, 13)),
    (),
    (),
    0,
    (),
)
STOOD = (Kept.KEPT, Kept.LACKING, Kept.RUNNING, Kept.AHEAD)
YEAR = replace(
    EMPTY,
    duties=(
        MonthOfDuties(1, {**NOTHING, Standing.ON_TIME: 4, Standing.LATE: 1}),
        *EMPTY.duties[1:11],
        MonthOfDuties(12, {**NOTHING, Standing.NOT_DUE: 5}),
    ),
    rhythms=(
        RhythmOfYear(
            QUARTERS,
            tuple(
                PeriodMet(period, int(kept is Kept.KEPT), 1, kept)
                for period, kept in zip(ending_in(QUARTERS, 2026), STOOD, strict=True)
            ),
        ),
    ),
    matters=(
        MatterOfYear(1, SUBJECT, "adopted", is_closed=True, days=3),
        MatterOfYear(2, "=1+1 $x^2$ & <b>", "to_superior", is_closed=True, days=0),
        MatterOfYear(3, "Kế hoạch quý IV", "open", is_closed=False, days=5),
    ),
    meetings=2,
    members=(MemberOfYear(1, "Nguyễn Văn An", 2, 0, 0), MemberOfYear(2, "Trần Thị Bình", 1, 1, 0)),
)


def of(year: Year) -> Card:
    return years.card(SAY, 1, year)


SHOWN: Shown = {
    "sheet_made_tally": lambda: card(SAY, Named("tally_sheet", "", SUBJECT)),
    "sheet_made_attendance": lambda: card(
        SAY, Named("attendance_sheet", "", f"{BODY}, 05/3/2026 (thứ Năm)")
    ),
    "sheet_made_matters": lambda: card(SAY, Named("matters_sheet", "", f"{BODY}, 2026")),
    "sheet_made_search": lambda: card(SAY, Named("search_sheet", "", "«ke hoach»")),
    "year": partial(of, YEAR),
    "year_empty": partial(of, EMPTY),
    "year_picture": lambda: made_card(SAY, YEAR, 2),
    **{
        f"refusal_{each.kind}": partial(told, each)
        for each in (
            Refusal("sheet_not_closed", "8.2.1"),
            Refusal("sheet_withdrawn", "8.2.1"),
            Refusal("sheet_not_opened"),
            Refusal("sheet_by_hand"),
            Refusal("sheet_year_empty"),
            Refusal("sheet_not_drawn"),
            Refusal("sheet_nothing_found"),
        )
    },
}
