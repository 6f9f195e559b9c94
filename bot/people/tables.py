"""Tables of text from .csv and .xlsx files as people save them. What the cells mean is not known here."""

from __future__ import annotations

import csv
import io
import warnings
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

SIZE_LIMIT = 5 * 1024 * 1024
ROW_LIMIT = 5_000
COLUMN_LIMIT = 50
SEPARATORS = (",", ";", "\t")

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableFault:
    """Why a file gives no table."""

    kind: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, the first row being row 1; a short row ends where it ends."""

    rows: tuple[Row, ...]


def read_table(path: Path, suits: Callable[[Table], int]) -> Table | TableFault:
    """The first sheet of a file. `suits` says how well a reading fits, to choose the separator."""
    content = _content(path)
    if isinstance(content, TableFault):
        return content
    match path.suffix.lower():
        case ".xlsx" | ".xlsm":
            table = _from_workbook(content)
        case ".csv" | ".txt" | ".tsv":
            table = _from_text(content, suits)
        case other:
            return TableFault("old_workbook" if other == ".xls" else "unknown_format", other)
    if isinstance(table, Table) and len(table.rows) > ROW_LIMIT:
        return TableFault("too_many_rows", str(ROW_LIMIT))
    return table


def _content(path: Path) -> bytes | TableFault:
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return TableFault("no_file")
    except OSError as error:
        return TableFault("unreadable", type(error).__name__)
    if len(content) > SIZE_LIMIT:
        return TableFault("too_large", str(SIZE_LIMIT // 1024 // 1024))
    return content


def _from_workbook(content: bytes) -> Table | TableFault:
    """The sheet that is shown first; formulas as the values they had when saved."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles and extensions, never about cells
            book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
            sheet = book.worksheets[0]
            rows = tuple(
                tuple(_cell(value) for value in row)
                for row in sheet.iter_rows(
                    max_row=ROW_LIMIT + 1, max_col=COLUMN_LIMIT, values_only=True
                )
            )
            book.close()
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, IndexError, OSError):
        return TableFault("bad_workbook")
    return Table(rows)


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _from_text(content: bytes, suits: Callable[[Table], int]) -> Table | TableFault:
    text = decoded(content)
    if text is None:
        return TableFault("unknown_encoding")
    tables = []
    for separator in SEPARATORS:
        try:
            rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
            tables.append(Table(tuple(tuple(cell.strip() for cell in row) for row in rows)))
        except csv.Error as error:
            return TableFault("bad_csv", str(error))
    return max(tables, key=suits)


def decoded(content: bytes) -> str | None:
    """The text of a file: UTF-8 or UTF-16 (with their marks or without), else Windows-1258.

    None when it is none of them.
    """
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if content.startswith(mark):
            return _as(content, encoding)
    guessed = _unmarked_utf16(content)
    if guessed is not None:
        return _as(content, guessed)
    text = _as(content, "utf-8")
    return text if text is not None else _as(content, "cp1258")


def _as(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _unmarked_utf16(content: bytes) -> str | None:
    """UTF-16 shows by its NUL bytes, for separators and most letters of a roster are ASCII."""
    sample = content[:4000]
    if b"\0" not in sample:
        return None
    return "utf-16-le" if sample[1::2].count(0) >= sample[0::2].count(0) else "utf-16-be"
