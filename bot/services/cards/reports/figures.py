"""The figures of a period as one text to start from. Counting is done elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.card import Card
from bot.rendering import Rendering
from bot.services.cards.reports.lines import period_name
from bot.services.cards.reports.one import to_report

if TYPE_CHECKING:
    from bot.services.reports.figures import Figures


def figures(say: Rendering, counted: Figures) -> Card:
    """The text, with what each number is counted from."""
    text = say.text(
        "report_figures",
        report=counted.report,
        period=period_name(say, counted.report.period),
        first=counted.first,
        last=counted.last,
        until=counted.until,
        ended=counted.ended,
        bodies=counted.bodies,
        received=counted.received,
    )
    return Card(text, (to_report(say, counted.report),))
