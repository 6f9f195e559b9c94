"""The spreadsheet of the board and the archive of delivered files, as bytes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from bot.values.texts import TextFault, clean_line

MIME_NAME_LIMIT = 32_000
"""Characters that a cell takes; a spreadsheet would cut what is longer."""

Value = str | int | date | None

_HEAD = PatternFill("solid", fgColor="E7EDF5")
_LINE = Side(style="thin", color="C8CDD5")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_WRAP = Alignment(wrap_text=True, vertical="top")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading and its width in characters."""

    heading: str
    width: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name, a title above the table, the table."""

    name: str
    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Value]]


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """The sheets as an .xlsx; there is at least one."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in sheets:
        _fill(book.create_sheet(sheet.name), sheet)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _fill(page: Worksheet, sheet: Sheet) -> None:
    _put(page, 1, 1, sheet.title).font = Font(bold=True, size=13)
    for place, column in enumerate(sheet.columns, 1):
        head = _put(page, 2, place, column.heading)
        head.font, head.fill, head.border = Font(bold=True), _HEAD, _BOX
        head.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")
        page.column_dimensions[get_column_letter(place)].width = column.width
    for line, row in enumerate(sheet.rows, 3):
        for place, value in enumerate(row, 1):
            cell = _put(page, line, place, value)
            cell.border, cell.alignment = _BOX, _WRAP
    page.freeze_panes = "A3"
    last = get_column_letter(len(sheet.columns))
    page.auto_filter.ref = f"A2:{last}{max(2, len(sheet.rows) + 2)}"
    page.page_setup.orientation = "landscape"
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.print_title_rows = "2:2"


def _put(page: Worksheet, line: int, place: int, value: Value) -> Cell:
    """A word is kept as a word, also one that begins like a formula; a day as a day."""
    cell = page.cell(line, place)
    if not isinstance(cell, Cell):
        raise TypeError("no cell of these sheets is merged")
    if isinstance(value, str):
        cell.value = plain(value)
        cell.data_type, cell.quotePrefix = "s", True
    elif value is not None:
        cell.value = value
        if isinstance(value, date):
            cell.number_format = "DD/MM/YYYY"
    return cell


def plain(words: str) -> str:
    """Words without what a cell cannot hold, or what would turn them about."""
    kept = clean_line(ILLEGAL_CHARACTERS_RE.sub("", words), MIME_NAME_LIMIT)
    return "" if isinstance(kept, TextFault) else kept


PART_LIMIT = 45 * 1024 * 1024
"""Bytes of files in one part: a bot may send 50 MB, and what has been pressed already grows no smaller."""
NAME_BYTES = 180
"""Bytes of a name in UTF-8; file systems take 255, and a folder may be longer than this one."""
SUFFIX = 12
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]+')
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
    stem, suffix = _apart(_harmless(name) or "tep")
    whole = f"{place} - {_harmless(debtor)} - {stem}"
    whole = _shortened(whole, NAME_BYTES - len(suffix.encode()))
    found, number = f"{whole}{suffix}", 2
    while found.casefold() in taken:
        found, number = f"{whole} ({number}){suffix}", number + 1
    taken.add(found.casefold())
    return found


def _harmless(words: str) -> str:
    kept = clean_line(_FORBIDDEN.sub(" ", words), 1_000)
    kept = "" if isinstance(kept, TextFault) else kept
    return re.sub(r"\.{2,}", ".", kept).strip(" .")


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
