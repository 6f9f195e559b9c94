"""A table of text from a .csv or .xlsx file as people save it. What the cells mean is not known here."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from bot.named_files import TooLargeError, content_of
from bot.people.letters import better_page
from bot.people.workbook import ROW_LIMIT, BookError, Grid, Sheet, Workbook
from bot.values.limits import ROSTER_LIMIT

SEPARATORS = (",", ";", "\t")

Row = tuple[str, ...]

_TEXTS = (".csv", ".txt", ".tsv")
_WORKBOOKS = (".xlsx", ".xlsm")
_OTHER_WORKBOOKS = (".xls", ".xlsb", ".ods", ".et", ".numbers")
_PAPERS = (".doc", ".docx", ".odt", ".pdf", ".rtf", ".jpg", ".png")
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PROTECTED, _OLD = "EncryptedPackage".encode("utf-16-le"), "Workbook".encode("utf-16-le")
"""What Excel calls the part of a file under a password, and that of the format before .xlsx."""
_SEPARATOR_LINE = "sep="


@dataclass(frozen=True, slots=True)
class TableFault:
    """Why a file gives no table, and in which sheet; `row` is the last one that was begun, 0 for none."""

    kind: str
    detail: str = ""
    sheet: str = ""
    row: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells as they were written; which sheet they are of, and what else the file has."""

    grid: Grid
    sheet: str = ""
    left_out: tuple[str, ...] = ()
    """Other visible sheets that could be meant."""
    hidden_sheets: tuple[str, ...] = ()

    @property
    def rows(self) -> tuple[Row, ...]:
        """The first is row 1; a short row ends where it ends."""
        return self.grid.rows


Suits = Callable[[Grid], int]
"""How well a reading fits what is looked for; 0 for not at all."""


def read_table(path: Path, suits: Suits) -> Table | TableFault:
    """The table of a file. `suits` chooses the separator, and the sheet where the one on screen is none."""
    try:
        content = _content(path)
    except BookError as wrong:
        return TableFault(wrong.kind, wrong.detail, wrong.sheet, wrong.row)
    return table_of(path.name, content, suits)


def table_of(name: str, content: bytes, suits: Suits) -> Table | TableFault:
    """As `read_table`, of a file of that name whose content is known."""
    path = Path(name)
    try:
        if content.startswith(_OLE):
            raise BookError(_kind_of_ole(content, path))
        if content.startswith(_ZIP):
            return _from_workbook(content, suits)
        return _from_other(content, path.suffix.lower(), suits)
    except BookError as wrong:
        return TableFault(wrong.kind, wrong.detail, wrong.sheet, wrong.row)


def _content(path: Path) -> bytes:
    try:
        return content_of(path, ROSTER_LIMIT)
    except FileNotFoundError as error:
        raise BookError("no_file") from error
    except TooLargeError as error:
        raise BookError("too_large", str(error.megabytes)) from error
    except OSError as error:
        raise BookError("unreadable", type(error).__name__) from error


def _kind_of_ole(content: bytes, path: Path) -> str:
    """The old container holds a protected workbook, an old one, or what is no workbook."""
    suffix = path.suffix.lower()
    if _PROTECTED in content or (suffix in _WORKBOOKS and _OLD not in content):
        return "protected"
    return "old_workbook" if suffix in (*_WORKBOOKS, *_OTHER_WORKBOOKS, *_TEXTS) else "no_workbook"


def _from_other(content: bytes, suffix: str, suits: Suits) -> Table:
    if suffix in _TEXTS:
        return _from_text(content, suits)
    if suffix in _WORKBOOKS:
        raise BookError("bad_workbook")
    if suffix in _OTHER_WORKBOOKS:
        raise BookError("old_workbook" if suffix == ".xls" else "other_workbook")
    raise BookError("no_workbook" if suffix in _PAPERS else "unknown_format", suffix)


# --- workbooks ---------------------------------------------------------------------------------


@dataclass(slots=True)
class _Visible:
    """The visible sheets of a workbook, each read once."""

    book: Workbook
    suits: Suits
    grids: dict[str, Grid] = field(default_factory=dict)

    def grid(self, sheet: Sheet) -> Grid:
        if sheet.name not in self.grids:
            self.grids[sheet.name] = self.book.read(sheet)
        return self.grids[sheet.name]

    def fits(self, sheet: Sheet) -> bool:
        """Whether that sheet could be meant, even where it cannot be read to its end."""
        try:
            return self.suits(self.grid(sheet)) > 0
        except BookError:
            return True


def _from_workbook(content: bytes, suits: Suits) -> Table:
    """The sheet that was on screen when saved; where it does not suit, the only visible one that does."""
    book = Workbook(content)
    seen = _Visible(book, suits)
    shown = [sheet for sheet in book.sheets if not sheet.hidden]
    if not shown:
        raise BookError("no_sheet")
    first = book.active if book.active in shown else shown[0]
    fitting = [sheet for sheet in shown if sheet is not first and seen.fits(sheet)]
    if not seen.suits(seen.grid(first)) and fitting:
        if len(fitting) > 1:
            raise BookError("sheets_unsure", "», «".join(sheet.name for sheet in fitting))
        first = fitting.pop()
    hidden = tuple(sheet.name for sheet in book.sheets if sheet.hidden)
    return Table(seen.grid(first), first.name, tuple(sheet.name for sheet in fitting), hidden)


# --- text --------------------------------------------------------------------------------------


def _from_text(content: bytes, suits: Suits) -> Table:
    text = decoded(content)
    if text is None:
        raise BookError("unknown_encoding")
    separators, text = _without_separator_line(text)
    try:
        grid = max((_grid(text, each) for each in separators), key=suits)
    except csv.Error as error:
        raise BookError("bad_csv", str(error)) from error
    if len(grid.rows) > ROW_LIMIT:
        raise BookError("too_many_rows", str(ROW_LIMIT))
    return Table(grid)


def _grid(text: str, separator: str) -> Grid:
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    return Grid(tuple(tuple(row) for row in rows))


def _without_separator_line(text: str) -> tuple[tuple[str, ...], str]:
    """The separators that may be meant; Excel writes the one it used above the table and does not show that line."""
    line, _, rest = text.replace("\r\n", "\n", 1).partition("\n")
    named = line.strip().strip('"').removeprefix(_SEPARATOR_LINE)
    if line.strip().strip('"').casefold().startswith(_SEPARATOR_LINE) and len(named) <= 1:
        return (named,) if named else ("\t",), rest
    return SEPARATORS, text


def decoded(content: bytes) -> str | None:
    """The text of a file: UTF-8 or UTF-16 (with their marks or without), else a code page of Windows.

    None when it is none of them.
    """
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if content.startswith(mark):
            return _as(content, encoding)
    guessed = _unmarked_utf16(content)
    if guessed is not None:
        return _as(content, guessed)
    text = _as(content, "utf-8")
    return text if text is not None else better_page(content)


def _as(content: bytes, encoding: str) -> str | None:
    """The text without its mark, which some programs write twice."""
    try:
        return content.decode(encoding).lstrip("\ufeff")
    except UnicodeDecodeError:
        return None


def _unmarked_utf16(content: bytes) -> str | None:
    """UTF-16 shows by its NUL bytes, for separators and most letters of a roster are ASCII."""
    sample = content[:4000]
    if b"\0" not in sample:
        return None
    return "utf-16-le" if sample[1::2].count(0) >= sample[0::2].count(0) else "utf-16-be"
