"""What the spreadsheets of reports say: the board of one year, the contents of one archive. No file is made here."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.report_board import Cell
from bot.rendering import Rendering, initial
from bot.services.cards.reports.lines import period_name
from bot.services.reports.archive import Entry
from bot.services.reports.board import Board
from bot.services.reports.sheet import Column, Sheet, Value

WIDTHS = {
    "place": 6,
    "duty": 44,
    "article": 11,
    "period": 20,
    "debtor": 32,
    "due": 13,
    "delivered": 13,
    "number": 18,
    "paper_on": 13,
    "standing": 15,
    "late": 12,
    "files": 34,
    "note": 34,
    "entry": 60,
    "part": 8,
}
OF_YEAR = (
    *("place", "duty", "article", "period", "debtor", "due", "delivered"),
    *("number", "paper_on", "standing", "late", "files", "note"),
)
OF_ARCHIVE = ("place", "debtor", "standing", "delivered", "number", "paper_on", "entry", "part")


def _columns(say: Rendering, ids: Sequence[str]) -> list[Column]:
    return [Column(say.label(f"report_sheet.{each}"), WIDTHS[each]) for each in ids]


def of_year(say: Rendering, board: Board, year: int) -> Sheet:
    """Every report of one year, in the order of the board."""
    cells = board.of_year(year)
    rows = [_row(say, place, cell) for place, cell in enumerate(cells, 1)]
    title = say.label("report_sheet.title", committee=board.office.committee.name, year=year)
    return Sheet(str(year), title, _columns(say, OF_YEAR), rows)


def _row(say: Rendering, place: int, cell: Cell) -> list[Value]:
    report, sent = cell.report, cell.report.delivered
    return [
        place,
        report.what,
        report.article,
        initial(period_name(say, report.period)),
        report.debtor_name,
        say.moment_short(report.hour) if report.hour else report.last_day,
        report.delivered_on,
        sent.number if sent else "",
        sent.paper_on if sent else None,
        initial(say.label(f"standing.{cell.standing.value}")),
        cell.late or None,
        "; ".join(file.name for file in report.files),
        report.excused.words if report.excused else (sent.words if sent else ""),
    ]


def contents(
    say: Rendering, title: str, same: Sequence[Cell], parts: Sequence[Sequence[Entry]]
) -> Sheet:
    """Everybody who owes it, with the names of their files in the archive and the part they lie in."""
    rows: list[list[Value]] = []
    for place, cell in enumerate(same, 1):
        lies: list[tuple[str, int | None]] = [
            (entry.name, number)
            for number, part in enumerate(parts, 1)
            for entry in part
            if entry.report == cell.report.id
        ]
        for name, number in lies or [("", None)]:
            rows.append(_contents_row(say, place, cell, name, number))
    return Sheet(say.label("report_file.contents"), title, _columns(say, OF_ARCHIVE), rows)


def _contents_row(
    say: Rendering, place: int, cell: Cell, name: str, number: int | None
) -> list[Value]:
    report, sent = cell.report, cell.report.delivered
    return [
        place,
        report.debtor_name,
        initial(say.label(f"standing.{cell.standing.value}")),
        report.delivered_on,
        sent.number if sent else "",
        sent.paper_on if sent else None,
        name,
        number,
    ]
