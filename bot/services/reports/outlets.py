"""What goes out of the board as files: the table of all years, the delivered files of one period together."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.card import Answer
from bot.domain.files import FileRef
from bot.domain.moments import in_viet_nam
from bot.domain.refusal import Refusal
from bot.domain.report import Report
from bot.domain.report_board import Cell
from bot.services.cards.reports import board as cards
from bot.services.cards.reports.lines import period_name
from bot.services.desk import Desk, Work
from bot.services.reports import tables
from bot.services.reports.archive import Entry, archive, parts, safe_name
from bot.services.reports.board import Board, around, board_of
from bot.services.reports.sheet import workbook
from bot.store import drafts

SHEET, ARCHIVE = ".xlsx", ".zip"


async def sheet(desk: Desk, account: int, committee: int) -> Answer | Refusal:
    """The board as a spreadsheet, one sheet a year."""
    async with desk.look() as work:
        board = await board_of(work, account, committee)
    if isinstance(board, Refusal):
        return board
    if not board.cells:
        return Refusal("board_empty")
    made = [tables.of_year(desk.say, board, year) for year in board.years if board.of_year(year)]
    content = await asyncio.to_thread(workbook, made)
    async with desk.work() as work:
        name = desk.say.label("report_file.sheet", day=f"{in_viet_nam(work.now):%Y-%m-%d}")
        file = await _kept(work, name + SHEET, content)
        await work.record(
            committee, board.office.actor, "report_sheet", f"committee:{committee}", {}
        )
    card = cards.files_card(desk.say, board.office.committee.name, "sheet", 1)
    return Answer(files=(file,), files_card=card)


@dataclass(frozen=True, slots=True)
class _Collated:
    """The reports of one duty and period, and the entries that their files become."""

    board: Board
    report: Report
    same: tuple[Cell, ...]
    parts: tuple[tuple[Entry, ...], ...]


async def collate(desk: Desk, account: int, report_id: int) -> Answer | Refusal:
    """The delivered files of one duty and period together, with a list of contents (BK 12.2, TV 6).

    In several parts where one would be more than Telegram takes.
    """
    async with desk.look() as work:
        found = await _collated(work, account, report_id)
    if isinstance(found, Refusal):
        return found
    title = _title(desk, found.report)
    contents = tables.contents(desk.say, title, found.same, found.parts)
    listed = await asyncio.to_thread(workbook, [contents])
    files = []
    for number, part in enumerate(found.parts, 1):
        files.append(await _part(desk, found, part, listed, number))
    await _recorded(desk, found, files)
    card = cards.files_card(desk.say, found.board.office.committee.name, title, len(files))
    return Answer(files=tuple(files), files_card=card)


async def _collated(work: Work, account: int, report_id: int) -> _Collated | Refusal:
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


def _title(desk: Desk, report: Report) -> str:
    period = period_name(desk.say, report.period) or desk.say.day(report.stated_day)
    return f"{report.what}, {period}"


async def _part(
    desk: Desk, found: _Collated, part: Sequence[Entry], listed: bytes, number: int
) -> FileRef:
    async with desk.look() as work:
        contents = [await drafts.blob(work.tx, entry.sha256) or b"" for entry in part]
    name = desk.say.label("report_file.contents") + SHEET
    made = await asyncio.to_thread(archive, name, listed, part, contents)
    of = f"-{number}" if len(found.parts) > 1 else ""
    report = found.report
    title = f"{report.duty} {report.period}{of}"
    async with desk.work() as work:
        return await _kept(work, title + ARCHIVE, made)


async def _kept(work: Work, name: str, content: bytes) -> FileRef:
    """Held until it is sent; it may be saved and passed on, which is what it is for."""
    sha256 = await drafts.pass_on(work.tx, content, work.now)
    return FileRef(name, "", sha256, len(content), open=True)


async def _recorded(desk: Desk, found: _Collated, files: Sequence[FileRef]) -> None:
    detail = {
        "duty": found.report.duty,
        "period": found.report.period,
        "reports": sorted({entry.report for part in found.parts for entry in part}),
        "files": [{"name": file.name, "sha256": file.sha256} for file in files],
    }
    committee = found.board.office.committee.id
    subject = f"report:{found.report.id}"
    async with desk.work() as work:
        await work.record(committee, found.board.office.actor, "reports_collated", subject, detail)
