"""A table as an .xlsx that an office opens and prints: words stay words, and days days."""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bot.values.moments import in_viet_nam
from bot.values.texts import TextFault, clean, utf16_length

_LOADED: Any = sys.modules
_UNUSED = [each for each in ("numpy", "PIL") if each not in _LOADED]
"""What the library would load where it is installed, for what is not wanted here: it is told that none is."""
_LOADED.update(dict.fromkeys(_UNUSED))
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

for each in _UNUSED:
    del _LOADED[each]

CELL_LIMIT = 32_000
"""UTF-16 units of a cell, of the 32,767 that a spreadsheet takes; what is longer is cut, and ends with "…"."""
ANY_LENGTH = 10**9
SUFFIX = ".xlsx"
NAME_LIMIT = 31
"""Characters in the name of a sheet."""
DAY, MOMENT = "DD/MM/YYYY", "DD/MM/YYYY HH:MM"
A4 = 9
"""The paper, by its number in the format."""

Value = str | int | date | datetime | None

_HEAD = PatternFill("solid", fgColor="E7EDF5")
_LINE = Side(style="thin", color="C8CDD5")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_WRAP = Alignment(wrap_text=True, vertical="top")
_CENTRED = Alignment(wrap_text=True, vertical="center", horizontal="center")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading and its width in characters."""

    heading: str
    width: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name, a title and notes above the table, the table."""

    name: str
    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Value]]
    notes: Sequence[str] = ()


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """The sheets as an .xlsx; there is at least one."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in sheets:
        _fill(book.create_sheet(sheet.name[:NAME_LIMIT]), sheet)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _fill(page: Worksheet, sheet: Sheet) -> None:
    _put(page, 1, 1, sheet.title).font = Font(bold=True, size=13)
    for line, note in enumerate(sheet.notes, 2):
        _put(page, line, 1, note)
    head = len(sheet.notes) + 2
    for place, column in enumerate(sheet.columns, 1):
        cell = _put(page, head, place, column.heading)
        cell.font, cell.fill, cell.border, cell.alignment = Font(bold=True), _HEAD, _BOX, _CENTRED
        page.column_dimensions[get_column_letter(place)].width = column.width
    for line, row in enumerate(sheet.rows, head + 1):
        for place, value in enumerate(row, 1):
            cell = _put(page, line, place, value)
            cell.border, cell.alignment = _BOX, _WRAP
    _set_up(page, head, len(sheet.columns), len(sheet.rows))


def _set_up(page: Worksheet, head: int, columns: int, rows: int) -> None:
    """The heading stays in sight and stands on every page printed, A4 across, as wide as the paper."""
    page.freeze_panes = f"A{head + 1}"
    page.auto_filter.ref = f"A{head}:{get_column_letter(columns)}{head + rows}"
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", A4
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.print_title_rows = f"{head}:{head}"
    if page.oddFooter is not None:
        page.oddFooter.center.text = "&P/&N"


def _put(page: Worksheet, line: int, place: int, value: Value) -> SheetCell:
    """A word is kept as a word, also one that begins like a formula; a day as a day, a moment as in Viet Nam."""
    cell = page.cell(line, place)
    if not isinstance(cell, SheetCell):
        raise TypeError("no cell of these sheets is merged")
    if isinstance(value, str):
        cell.value = plain(value)
        cell.data_type, cell.quotePrefix = "s", True
    elif isinstance(value, datetime):
        cell.value, cell.number_format = in_viet_nam(value).replace(tzinfo=None), MOMENT
    elif value is not None:
        cell.value = value
        if isinstance(value, date):
            cell.number_format = DAY
    return cell


def plain(words: str) -> str:
    """Words without what a cell cannot hold, or what would turn them about; their lines stay."""
    kept = clean(ILLEGAL_CHARACTERS_RE.sub("", words), ANY_LENGTH)
    if isinstance(kept, TextFault):
        return ""
    if utf16_length(kept) <= CELL_LIMIT:
        return kept
    return kept.encode("utf-16-le")[: 2 * (CELL_LIMIT - 2)].decode("utf-16-le", "ignore") + " …"
