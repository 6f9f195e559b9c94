"""What is said above spreadsheets and pictures, and why one is not made."""

from __future__ import annotations

from functools import partial

from bot.db.notice import Card
from bot.kit.sent_sheets import Named, card
from bot.sheets import year as years
from bot.sheets.picture import made_card
from bot.sheets.rules.year import Year
from bot.values.refusal import Refusal
from tests.rendering.scenes import SAY, SUBJECT, Shown
from tests.rendering.shown_refusals import told
from tests.rendering.years import EMPTY, SHORT

BODY = "Đảng đoàn Liên hiệp Hội"


def of(year: Year) -> Card:
    return years.card(SAY, 1, year)


SHOWN: Shown = {
    "sheet_made_tally": lambda: card(SAY, Named("tally_sheet", "", SUBJECT)),
    "sheet_made_attendance": lambda: card(
        SAY, Named("attendance_sheet", "", f"{BODY}, 05/3/2026 (thứ Năm)")
    ),
    "sheet_made_roster": lambda: card(SAY, Named("roster_sheet", "", BODY)),
    "sheet_made_matters": lambda: card(SAY, Named("matters_sheet", "", f"{BODY}, 2026")),
    "sheet_made_search": lambda: card(SAY, Named("search_sheet", "", "«ke hoach»")),
    "year": partial(of, SHORT),
    "year_empty": partial(of, EMPTY),
    "year_picture": lambda: made_card(SAY, SHORT, 2),
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
