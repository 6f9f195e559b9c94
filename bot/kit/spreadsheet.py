"""A table as an .xlsx that an office opens and prints: words stay words, and days days."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from textwrap import wrap
from typing import TYPE_CHECKING

from bot.values.moments import in_viet_nam
from bot.values.texts import TextFault, clean, utf16_length

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

CELL_LIMIT = 32_000
"""UTF-16 units of a cell, of the 32,767 that a spreadsheet takes; what is longer is cut, and ends with "…"."""
ANY_LENGTH = 10**9
SUFFIX = ".xlsx"
NAME_LIMIT = 31
"""Characters in the name of a sheet."""
LINE, TITLE_LINE = 15, 18
"""Points that a line takes in a cell, and in the title."""
HIGHEST_ROW = 408
"""Points; a spreadsheet takes no row of more than 409."""
TITLE_SHARE = 0.75
"""Of the signs that fit in a width, those that do in the title's letters."""
DAY, MOMENT = "DD/MM/YYYY", "DD/MM/YYYY HH:MM"
A4 = 9
"""The paper, by its number in the format."""

Value = str | int | date | datetime | None

_NO_CELL_HOLDS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
"""What the format's XML has no place for."""
_BOX = {"border": 1, "border_color": "#C8CDD5", "text_wrap": True}
_PLACE = re.compile(r"\d+(\.\d+)*")
"""A part of something numbered, or an article: it stands as numbers do."""
_MIDDLE = {**_BOX, "valign": "top", "align": "center"}
"""Of numbers and days: at the edge they would run into the words of the next column."""
_WORDS = {"quote_prefix": True}
"""Said of a word that begins like a formula: it stays a word when somebody edits the cell."""
_LOOKS = {
    "title": {**_WORDS, "bold": True, "font_size": 13, "text_wrap": True, "valign": "top"},
    "note": {**_WORDS, "text_wrap": True, "valign": "top"},
    "heading": {
        **_BOX,
        **_WORDS,
        "bold": True,
        "bg_color": "#E7EDF5",
        "align": "center",
        "valign": "vcenter",
    },
    "words": {**_BOX, **_WORDS, "valign": "top"},
    "place": {**_MIDDLE, **_WORDS},
    "number": _MIDDLE,
    "day": {**_MIDDLE, "num_format": DAY},
    "moment": {**_MIDDLE, "num_format": MOMENT},
}


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
    from xlsxwriter import Workbook  # noqa: PLC0415 - heavy, and seldom needed

    content = io.BytesIO()
    with Workbook(content, {"in_memory": True}) as book:
        looks = {name: book.add_format(look) for name, look in _LOOKS.items()}
        for sheet in sheets:
            page = book.add_worksheet(sheet.name[:NAME_LIMIT])
            _fill(page, sheet, looks)
            _set_up(page, sheet)
    return content.getvalue()


def _fill(page: Worksheet, sheet: Sheet, looks: Mapping[str, Format]) -> None:
    across = sum(column.width for column in sheet.columns)
    _put_across(page, 0, sheet, sheet.title, looks["title"])
    _make_room(page, 0, [(sheet.title, int(across * TITLE_SHARE))], TITLE_LINE)
    for line, note in enumerate(sheet.notes, 1):
        _put_across(page, line, sheet, note, looks["note"])
        _make_room(page, line, [(note, across)])
    head, widths = _head(sheet), [column.width for column in sheet.columns]
    for place, column in enumerate(sheet.columns):
        _put_words(page, head, place, column.heading, looks["heading"])
        page.set_column(place, place, column.width)
    _make_room(page, head, [(column.heading, column.width) for column in sheet.columns])
    for line, row in enumerate(sheet.rows, head + 1):
        for place, value in enumerate(row):
            _put(page, line, place, value, looks)
        _make_room(page, line, zip(row, widths, strict=True))


def _put_across(page: Worksheet, line: int, sheet: Sheet, words: str, look: Format) -> None:
    """Words above the table, as wide as it is."""
    last = len(sheet.columns) - 1
    if last:
        page.merge_range(line, 0, line, last, None, look)
    _put_words(page, line, 0, words, look)


def _make_room(
    page: Worksheet, line: int, cells: Iterable[tuple[Value, int]], height: int = LINE
) -> None:
    """As high as the words need in their widths: not every program that opens or prints it sees to that."""
    needed = max(_lines(value, width) for value, width in cells)
    if needed > 1:
        page.set_row(line, min(needed * height, HIGHEST_ROW))


def _lines(value: Value, width: int) -> int:
    if not isinstance(value, str):
        return 1
    return sum(len(wrap(each, width)) or 1 for each in plain(value).split("\n"))


def _put(page: Worksheet, line: int, place: int, value: Value, looks: Mapping[str, Format]) -> None:
    """A day is put as a day, a moment as in Viet Nam."""
    if isinstance(value, str | None):
        look = "place" if _PLACE.fullmatch(value or "") else "words"
        _put_words(page, line, place, value or "", looks[look])
    elif isinstance(value, datetime):
        local = in_viet_nam(value).replace(tzinfo=None)
        page.write_datetime(line, place, local, looks["moment"])
    elif isinstance(value, date):
        page.write_datetime(line, place, value, looks["day"])
    else:
        page.write_number(line, place, value, looks["number"])


def _put_words(page: Worksheet, line: int, place: int, words: str, look: Format) -> None:
    """Words are kept as words, also those that begin like a formula; without any the cell is empty."""
    if kept := plain(words):
        page.write_string(line, place, kept, look)
    else:
        page.write_blank(line, place, None, look)


def _set_up(page: Worksheet, sheet: Sheet) -> None:
    """The heading stays in sight and stands on every page printed, A4 across, as wide as the paper."""
    head = _head(sheet)
    page.freeze_panes(head + 1, 0)
    page.autofilter(head, 0, head + len(sheet.rows), len(sheet.columns) - 1)
    page.set_landscape()
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
    page.repeat_rows(head)
    page.set_footer("&C&P/&N")


def _head(sheet: Sheet) -> int:
    """The line of the heading, from 0: below the title and the notes."""
    return len(sheet.notes) + 1


def plain(words: str) -> str:
    """Words without what a cell cannot hold, or what would turn them about; their lines stay."""
    kept = clean(_NO_CELL_HOLDS.sub("", words), ANY_LENGTH)
    if isinstance(kept, TextFault):
        return ""
    if utf16_length(kept) <= CELL_LIMIT:
        return kept
    return kept.encode("utf-16-le")[: 2 * (CELL_LIMIT - 2)].decode("utf-16-le", "ignore") + " …"
