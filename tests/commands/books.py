"""Workbooks as other programs write them: made of rows here, or of XML where no library would write it so."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from openpyxl import Workbook

Rows = Sequence[Sequence[object]]

HEADING = ["Họ và tên", "Vai trò", "Tập thể", "Chức vụ", "Chuyên trách"]
THREE = [
    HEADING,
    ["Nguyễn Văn An", "", "Đảng đoàn", "Bí thư", ""],
    ["Trần Thị Bình", "", "Đảng đoàn", "Ủy viên", ""],
    ["Phạm Thị Văn", "Cán bộ văn phòng", "", "", ""],
]


def book(rows: Rows, *, merged: Sequence[str] = ()) -> Workbook:
    """A workbook with those rows on its one sheet."""
    made = Workbook()
    sheet = made.worksheets[0]
    for row in rows:
        sheet.append([cell if cell != "" else None for cell in row])
    for span in merged:
        sheet.merge_cells(span)
    return made


def saved(folder: Path, made: Workbook, name: str = "danh sach.xlsx") -> Path:
    path = folder / name
    made.save(path)
    return path


def rewritten(path: Path, parts: Mapping[str, bytes | None]) -> Path:
    """The same workbook with other parts; None takes one out."""
    old = zipfile.ZipFile(io.BytesIO(path.read_bytes()))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for each in old.namelist():
            if each not in parts:
                new.writestr(each, old.read(each))
        for name, content in parts.items():
            if content is not None:
                new.writestr(name, content)
    return path


def part(path: Path, name: str) -> bytes:
    with zipfile.ZipFile(path) as archive:
        return archive.read(name)
