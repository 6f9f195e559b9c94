"""The board as a spreadsheet: one sheet a year, every word as a word. What stands where is judged elsewhere."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from bot.domain.texts import TextFault, clean_line

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
