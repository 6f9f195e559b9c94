"""What goes out of the board as files, and what they say: the table of all years, delivered files of one period."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from bot.db import drafts
from bot.kit.screen import Screen
from bot.kit.unit import Context, UnitOfWork
from bot.rendering import Rendering, initial
from bot.reports.board import board as board_board
from bot.reports.board.board import Board, around, board_of
from bot.reports.board.files import Column, Entry, Sheet, Value, archive, parts, safe_name, workbook
from bot.reports.lines import period_name
from bot.reports.rules.report import Cell, Report
from bot.values.files import FileRef
from bot.values.moments import in_viet_nam
from bot.values.refusal import Refusal

SHEET, ARCHIVE = ".xlsx", ".zip"


async def sheet(context: Context, account: int, committee: int) -> Screen | Refusal:
    """The board as a spreadsheet, one sheet a year."""
    async with context.look() as work:
        board = await board_of(work, account, committee)
    if isinstance(board, Refusal):
        return board
    if not board.cells:
        return Refusal("board_empty")
    made = [of_year(context.say, board, year) for year in board.years if board.of_year(year)]
    content = await asyncio.to_thread(workbook, made)
    async with context.work() as work:
        name = context.say.label("report_file.sheet", day=f"{in_viet_nam(work.now):%Y-%m-%d}")
        file = await _kept(work, name + SHEET, content)
        await work.record(
            committee, board.office.actor, "report_sheet", f"committee:{committee}", {}
        )
    card = board_board.files_card(context.say, board.office.committee.name, "sheet", 1)
    return Screen(files=(file,), files_card=card)


@dataclass(frozen=True, slots=True)
class _Collated:
    """The reports of one duty and period, and the entries that their files become."""

    board: Board
    report: Report
    same: tuple[Cell, ...]
    parts: tuple[tuple[Entry, ...], ...]


async def collate(context: Context, account: int, report_id: int) -> Screen | Refusal:
    """The delivered files of one duty and period together, with a list of contents (BK 12.2, TV 6).

    In several parts where one would be more than Telegram takes.
    """
    async with context.look() as work:
        found = await _collated(work, account, report_id)
    if isinstance(found, Refusal):
        return found
    title = _title(context, found.report)
    contents = contents_of_archive(context.say, title, found.same, found.parts)
    listed = await asyncio.to_thread(workbook, [contents])
    files = []
    for number, part in enumerate(found.parts, 1):
        files.append(await _part(context, found, part, listed, number))
    await _recorded(context, found, files)
    card = board_board.files_card(context.say, found.board.office.committee.name, title, len(files))
    return Screen(files=tuple(files), files_card=card)


async def _collated(work: UnitOfWork, account: int, report_id: int) -> _Collated | Refusal:
    found = await around(work, account, report_id)
    if isinstance(found, Refusal):
        return found
    board, report = found
    same = tuple(
        cell
        for cell in board.cells
        if (cell.report.duty, cell.report.period) == (report.duty, report.period)
    )
    entries = _entries(same)
    if not entries:
        return Refusal("board_nothing_delivered", report.article)
    return _Collated(board, report, same, parts(entries))


def _entries(same: Sequence[Cell]) -> list[Entry]:
    """The files in the order of those who owe them, each under a name of its own."""
    delivered = [cell.report for cell in same if cell.report.files]
    taken: set[str] = set()
    entries = []
    for place, report in enumerate(delivered, 1):
        for file in report.files:
            name = safe_name(f"{place:02d}", report.debtor_name, file.name, taken)
            at = report.delivered.at if report.delivered else report.made_at
            entries.append(Entry(report.id, name, file.sha256, file.size, in_viet_nam(at)))
    return entries


def _title(context: Context, report: Report) -> str:
    period = period_name(context.say, report.period) or context.say.day(report.stated_day)
    return f"{report.what}, {period}"


async def _part(
    context: Context, found: _Collated, part: Sequence[Entry], listed: bytes, number: int
) -> FileRef:
    async with context.look() as work:
        contents = [await drafts.blob(work.tx, entry.sha256) or b"" for entry in part]
    name = context.say.label("report_file.contents") + SHEET
    made = await asyncio.to_thread(archive, name, listed, part, contents)
    of = f"-{number}" if len(found.parts) > 1 else ""
    report = found.report
    title = f"{report.duty} {report.period}{of}"
    async with context.work() as work:
        return await _kept(work, title + ARCHIVE, made)


async def _kept(work: UnitOfWork, name: str, content: bytes) -> FileRef:
    """Held until it is sent; it may be saved and passed on, which is what it is for."""
    sha256 = await drafts.pass_on(work.tx, content, work.now)
    return FileRef(name, "", sha256, len(content), open=True)


async def _recorded(context: Context, found: _Collated, files: Sequence[FileRef]) -> None:
    detail = {
        "duty": found.report.duty,
        "period": found.report.period,
        "reports": sorted({entry.report for part in found.parts for entry in part}),
        "files": [{"name": file.name, "sha256": file.sha256} for file in files],
    }
    committee = found.board.office.committee.id
    subject = f"report:{found.report.id}"
    async with context.work() as work:
        await work.record(committee, found.board.office.actor, "reports_collated", subject, detail)


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


def contents_of_archive(
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
