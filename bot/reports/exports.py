"""What goes out of the board as files, and what they say: the table of all years, delivered files of one period."""

from __future__ import annotations

import asyncio
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.db import drafts
from bot.kit import made_files
from bot.kit.act import press
from bot.kit.notify import reference
from bot.kit.screen import Screen
from bot.kit.spreadsheet import Column, Sheet, Value, workbook
from bot.kit.taps import Tap
from bot.kit.unit import Context, UnitOfWork
from bot.people.rules.people import Person
from bot.rendering import Rendering, initial
from bot.reports.access import office
from bot.reports.board import Board, around, board_of, files_card
from bot.reports.lines import in_file_name, period_name
from bot.reports.rules.report import Cell, Report
from bot.values.files import FileRef, safe_in_name
from bot.values.moments import in_viet_nam
from bot.values.refusal import refuse

SHEET, ARCHIVE = ".xlsx", ".zip"


@press("rxlsx")
async def sheet(context: Context, tap: Tap) -> Screen:
    """The board as a spreadsheet, one sheet a year."""
    committee = tap.number(0)
    async with context.look() as work:
        board = await board_of(work, tap.account, committee)
    if not board.cells:
        refuse("board_empty")
    made = [of_year(context.say, board, year) for year in board.years if board.of_year(year)]
    content = await asyncio.to_thread(workbook, made)
    async with context.work(reads=True) as work:
        actor, _ = await office(work, tap.account, committee)
        name = context.say.label("report_file.sheet", day=f"{in_viet_nam(work.now):%Y-%m-%d}")
        file = await made_files.hold(work, name + SHEET, content)
        of = reference("committee", committee)
        await work.record(committee, actor, "report_sheet", of, {})
    card = files_card(context.say, board.book.committee.name, "sheet", 1)
    return Screen(files=(file,), files_card=card)


@dataclass(frozen=True, slots=True)
class _Collated:
    """The reports of one duty and period, and the entries that their files become."""

    board: Board
    report: Report
    same: tuple[Cell, ...]
    parts: tuple[tuple[Entry, ...], ...]


@press("rzip")
async def collate(context: Context, tap: Tap) -> Screen:
    """The delivered files of one duty and period together, with a list of contents (BK 12.2, TV 6).

    In several parts where one would be more than Telegram takes.
    """
    async with context.look() as work:
        found = await _collated(work, tap.account, tap.number(0))
    title = _title(context, found.report)
    contents = contents_of_archive(context.say, title, found.same, found.parts)
    listed = await asyncio.to_thread(workbook, [contents])
    files = []
    for number, part in enumerate(found.parts, 1):
        made = await _part(context, part, listed)
        of = f" - {number}" if len(found.parts) > 1 else ""
        name = in_file_name(context.say, found.report, beside=len(of)) + of + ARCHIVE
        async with context.beforehand() as work:
            await office(work, tap.account, found.report.committee)
            files.append(await made_files.hold(work, name, made))
    async with context.work(reads=True) as work:
        actor, _ = await office(work, tap.account, found.report.committee)
        await _record(work, actor, found, files)
    card = files_card(context.say, found.board.book.committee.name, title, len(files))
    return Screen(files=tuple(files), files_card=card)


async def _collated(work: UnitOfWork, account: int, report_id: int) -> _Collated:
    board, report = await around(work, account, report_id)
    same = board.like(report)
    entries = _entries(same)
    if not entries:
        refuse("board_nothing_delivered", report.article)
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


async def _part(context: Context, part: Sequence[Entry], listed: bytes) -> bytes:
    async with context.look() as work:
        contents = [await drafts.blob(work.tx, entry.sha256) or b"" for entry in part]
    name = context.say.label("report_file.contents") + SHEET
    return await asyncio.to_thread(archive, name, listed, part, contents)


async def _record(
    work: UnitOfWork, actor: Person, found: _Collated, files: Sequence[FileRef]
) -> None:
    detail = {
        "duty": found.report.duty,
        "period": found.report.period,
        "reports": sorted({entry.report for part in found.parts for entry in part}),
        "files": [{"name": file.name, "sha256": file.sha256} for file in files],
    }
    subject = reference("report", found.report.id)
    await work.record(found.report.committee, actor, "reports_collated", subject, detail)


# --- what the table and the list of contents say ------------------------------------------------

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
    title = say.label("report_sheet.title", committee=board.book.committee.name, year=year)
    return Sheet(str(year), title, _columns(say, OF_YEAR), rows)


def _row(say: Rendering, place: int, cell: Cell) -> list[Value]:
    report, sent = cell.report, cell.report.delivered
    return [
        place,
        report.what,
        report.article,
        initial(period_name(say, report.period)),
        report.debtor_name,
        say.moment(report.hour) if report.hour else report.last_day,
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


# --- an archive as bytes -------------------------------------------------------------------------

PART_LIMIT = 45 * 1024 * 1024
"""Bytes of files in one part: a bot may send 50 MB, and what has been pressed already grows no smaller."""
NAME_BYTES = 180
"""Bytes of a name in UTF-8; file systems take 255, and a folder may be longer than this one."""
SUFFIX = 12
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Entry:
    """One delivered file: whose report it belongs to, its name in the archive, its bytes by digest."""

    report: int
    name: str
    sha256: str
    size: int
    at: datetime


def safe_name(place: str, debtor: str, name: str, taken: set[str]) -> str:
    """A name without a path, a control sign or a word turned about; one that is taken is numbered.

    It begins with a number, so that no device of any system is called so.
    """
    stem, suffix = _apart(safe_in_name(name) or "tep")
    whole = f"{place} - {safe_in_name(debtor)} - {stem}"
    whole = _shortened(whole, NAME_BYTES - len(suffix.encode()))
    found, number = f"{whole}{suffix}", 2
    while found.casefold() in taken:
        found, number = f"{whole} ({number}){suffix}", number + 1
    taken.add(found.casefold())
    return found


def _apart(name: str) -> tuple[str, str]:
    stem, dot, ending = name.rpartition(".")
    return (stem, f".{ending}") if dot and stem and len(ending) <= SUFFIX else (name, "")


def _shortened(words: str, limit: int) -> str:
    return words.encode()[:limit].decode(errors="ignore").rstrip(" .")


def parts(entries: Sequence[Entry], limit: int = PART_LIMIT) -> tuple[tuple[Entry, ...], ...]:
    """The entries in their order, as few parts as that allows; a part has at least one."""
    found: list[list[Entry]] = []
    room = 0
    for entry in entries:
        if not found or entry.size > room:
            found.append([])
            room = limit
        found[-1].append(entry)
        room -= entry.size
    return tuple(tuple(part) for part in found)


def archive(
    contents_name: str, listed: bytes, entries: Sequence[Entry], contents: Sequence[bytes]
) -> bytes:
    """One part: the list of contents, then the files; the same files make the same bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as whole:
        whole.writestr(_info(f"00 - {contents_name}", None), listed)
        for entry, content in zip(entries, contents, strict=True):
            whole.writestr(_info(entry.name, entry.at), content)
    return made.getvalue()


def _info(name: str, at: datetime | None) -> zipfile.ZipInfo:
    when = (at.year, at.month, at.day, at.hour, at.minute, at.second) if at else _FIRST_DAY
    info = zipfile.ZipInfo(name, when)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    return info
