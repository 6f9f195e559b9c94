"""The sheets of an .xlsx file: what their cells hold, what is hidden, merged, unreadable. No meaning is known here.

The file is read from its own XML: libraries refuse whole workbooks for their styles or dialect, though no cell depends
on them, and none tells values, hidden rows, merged cells and formulas that were never computed in one reading.
Nothing is unpacked beyond PART_LIMIT, and no XML with entities of its own is read.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

PART_LIMIT = 40 * 1024 * 1024
"""Bytes of one part of a workbook, unpacked."""
BOOK_LIMIT = 100 * 1024 * 1024
"""Bytes that all parts together say they unpack to."""
PARTS_LIMIT = 2_000
ROW_LIMIT = 5_000
COLUMN_LIMIT = 50
BLOCK = 64 * 1024
SHEET_KINDS = frozenset({"worksheet"})
"""Charts, dialogs and macros may be sheets, too; they hold no cells."""

_REFERENCE = re.compile(r"([A-Za-z]{1,3})(\d{1,7})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_TRUE = ("1", "true")
_DAMAGED = (
    expat.ExpatError,
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
)
"""What the readers below raise over a damaged file: each is told as such."""

Place = tuple[int, int]
"""A cell: its row from 1, its column from 0."""


@dataclass(frozen=True, slots=True)
class Span:
    """Merged cells; the value stands in the first one."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Grid:
    """What one sheet holds. Rows stand in their places, the first being row 1; a short row ends where it ends."""

    rows: tuple[tuple[str, ...], ...]
    spans: tuple[Span, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    faulty: Mapping[Place, str] = field(default_factory=dict)
    """Cells without a value: "formula_unsaved", "error_cell"."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet that holds cells, not read yet."""

    name: str
    hidden: bool
    part: str


class BookError(Exception):
    """Why a workbook, or one sheet of it, is not read; `row` is the last one that was begun."""

    def __init__(self, kind: str, detail: str = "", sheet: str = "", row: int = 0) -> None:
        super().__init__(kind, detail, sheet, row)
        self.kind, self.detail, self.sheet, self.row = kind, detail, sheet, row


class Workbook:
    """A workbook in memory: its sheets in order, each read when asked."""

    def __init__(self, content: bytes) -> None:
        """Open it and find its sheets; raises BookError."""
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(content))
            parts = self._archive.infolist()
            self._refuse_bombs(parts)
            self._parts = {_part_name(each.filename): each for each in parts}
            self._open()
        except _DAMAGED as wrong:
            raise BookError("bad_workbook") from wrong

    def _refuse_bombs(self, parts: list[zipfile.ZipInfo]) -> None:
        if any(each.flag_bits & 1 for each in parts):
            raise BookError("protected")
        if len(parts) > PARTS_LIMIT or sum(each.file_size for each in parts) > BOOK_LIMIT:
            raise BookError("unpacks_too_large", str(BOOK_LIMIT // 1024 // 1024))

    def _open(self) -> None:
        book = self._main_part()
        related = self._relations(book)
        found = _BookReader()
        self._parse(book, found)
        self.sheets = tuple(
            Sheet(name, hidden, related[relation][1])
            for name, hidden, relation in found.sheets
            if related[relation][0] in SHEET_KINDS
        )
        on_screen = found.sheets[found.active][0] if found.active < len(found.sheets) else ""
        self.active = next((each for each in self.sheets if each.name == on_screen), None)
        strings = (part for kind, part in related.values() if kind == "sharedStrings")
        self._strings = self._shared(next(strings, ""))

    def _main_part(self) -> str:
        kinds = dict(self._relations("").values())
        part = kinds.get("officeDocument", "xl/workbook.xml")
        if "word/document.xml" in self._parts or "ppt/presentation.xml" in self._parts:
            raise BookError("no_workbook")
        if "content.xml" in self._parts or part.endswith(".bin"):
            raise BookError("other_workbook")
        return part

    def _relations(self, part: str) -> dict[str, tuple[str, str]]:
        """What a part leads to, by id: the kind and the part."""
        folder, name = posixpath.split(part)
        found = _RelationReader()
        file = posixpath.join(folder, "_rels", f"{name}.rels")
        if file in self._parts:
            self._parse(file, found)
        return {
            each: (kind, _part_name(posixpath.join("/", folder, target)))
            for each, (kind, target) in found.relations.items()
        }

    def _shared(self, part: str) -> list[str]:
        found = _StringReader()
        if part in self._parts:
            self._parse(part, found)
        return found.strings

    def read(self, sheet: Sheet) -> Grid:
        """What a sheet holds; raises BookError with the sheet, and the row it was read to."""
        found = _SheetReader(self._strings)
        try:
            self._parse(sheet.part, found)
        except BookError as wrong:
            raise BookError(wrong.kind, wrong.detail, sheet.name, found.row) from wrong
        except _DAMAGED as wrong:
            raise BookError("bad_workbook", sheet=sheet.name, row=found.row) from wrong
        return found.grid()

    def _parse(self, part: str, reader: _Reader) -> None:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = reader.started
        parser.EndElementHandler = reader.ended
        parser.CharacterDataHandler = reader.text
        parser.StartDoctypeDeclHandler = _refuse_entities
        for block in self._blocks(part):
            parser.Parse(block, False)
        parser.Parse(b"", True)

    def _blocks(self, part: str) -> Iterator[bytes]:
        """A part unpacked piece by piece, never beyond the limit, whatever it says of itself."""
        read = 0
        with self._archive.open(self._parts[part]) as file:
            while block := file.read(BLOCK):
                read += len(block)
                if read > PART_LIMIT:
                    raise BookError("unpacks_too_large", str(PART_LIMIT // 1024 // 1024))
                yield block


def _part_name(name: str) -> str:
    """A part as it is looked up: some writers differ in capitals or slashes."""
    return posixpath.normpath(name.replace("\\", "/")).lstrip("/").lower()


def _refuse_entities(*_declared: object) -> None:
    """No workbook needs a document type of its own, and one can unpack to gigabytes."""
    raise BookError("bad_workbook")


# --- XML, one reader a kind of part ------------------------------------------------------------


class _Reader:
    """Elements by their local names: the strict dialect has other namespaces, some writers other prefixes."""

    starts: Mapping[str, Callable[[dict[str, str]], None]]
    ends: Mapping[str, Callable[[], None]]

    def __init__(self) -> None:
        self._collected: list[str] | None = None
        self._aloud = 0
        self.starts, self.ends = {}, {}

    def started(self, name: str, attributes: dict[str, str]) -> None:
        """Expat's call at a start tag."""
        local = _local(name)
        if local == "rPh":  # how a text is read aloud, in East Asian workbooks: no part of it
            self._aloud += 1
        elif local in self.starts and not self._aloud:
            self.starts[local]({_local(key): value for key, value in attributes.items()})

    def ended(self, name: str) -> None:
        """Expat's call at an end tag."""
        local = _local(name)
        if local == "rPh":
            self._aloud -= 1
        elif local in self.ends and not self._aloud:
            self.ends[local]()

    def text(self, piece: str) -> None:
        """Expat's call for letters; kept where an element is being collected."""
        if self._collected is not None and not self._aloud:
            self._collected.append(piece)

    def _collect(self, _attributes: dict[str, str] | None = None) -> None:
        self._collected = []

    def _taken(self) -> str:
        """The letters of the element that ends."""
        pieces, self._collected = self._collected or [], None
        return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), "".join(pieces))


class _RelationReader(_Reader):
    def __init__(self) -> None:
        super().__init__()
        self.relations: dict[str, tuple[str, str]] = {}
        self.starts = {"Relationship": self._relation}

    def _relation(self, given: dict[str, str]) -> None:
        if given.get("TargetMode") != "External":
            self.relations[given["Id"]] = given["Type"].rpartition("/")[2], given["Target"]


class _BookReader(_Reader):
    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[tuple[str, bool, str]] = []
        self.active = 0
        self.starts = {"sheet": self._sheet, "workbookView": self._view}

    def _sheet(self, given: dict[str, str]) -> None:
        self.sheets.append((given["name"], given.get("state", "visible") != "visible", given["id"]))

    def _view(self, given: dict[str, str]) -> None:
        self.active = int(given.get("activeTab", "0"))


class _StringReader(_Reader):
    def __init__(self) -> None:
        super().__init__()
        self.strings: list[str] = []
        self._pieces: list[str] = []
        self.starts = {"t": self._collect}
        self.ends = {"t": self._piece, "si": self._string}

    def _piece(self) -> None:
        self._pieces.append(self._taken())

    def _string(self) -> None:
        self.strings.append("".join(self._pieces))
        self._pieces = []


class _SheetReader(_Reader):
    def __init__(self, strings: list[str]) -> None:
        super().__init__()
        self._strings = strings
        self._cells: dict[Place, str] = {}
        self._faulty: dict[Place, str] = {}
        self._spans: list[Span] = []
        self._hidden_rows: set[int] = set()
        self._hidden_columns: set[int] = set()
        self.row, self._column, self._kind = 0, -1, "n"
        self._formula = False
        self._value: str | None = None
        self.starts = {
            "row": self._row,
            "c": self._cell,
            "f": self._calculated,
            "v": self._collect,
            "t": self._collect,
            "mergeCell": self._merged,
            "col": self._columns,
        }
        self.ends = {"v": self._valued, "t": self._valued, "c": self._entered}

    def grid(self) -> Grid:
        """What was read."""
        last = max((row for row, _ in (*self._cells, *self._faulty)), default=0)
        widths: dict[int, int] = {}
        for row, column in self._cells:
            widths[row] = max(widths.get(row, 0), column + 1)
        rows = tuple(
            tuple(self._cells.get((row, column), "") for column in range(widths.get(row, 0)))
            for row in range(1, last + 1)
        )
        return Grid(
            rows,
            tuple(self._spans),
            frozenset(self._hidden_rows),
            frozenset(self._hidden_columns),
            self._faulty,
        )

    def _row(self, given: dict[str, str]) -> None:
        self.row = int(given.get("r", self.row + 1))
        self._column = -1
        if given.get("hidden") in _TRUE or float(given.get("ht", "1")) == 0:
            self._hidden_rows.add(self.row)

    def _columns(self, given: dict[str, str]) -> None:
        if given.get("hidden") in _TRUE or float(given.get("width", "1")) == 0:
            first, last = int(given["min"]), int(given["max"])
            self._hidden_columns |= set(range(first - 1, min(last, COLUMN_LIMIT)))

    def _cell(self, given: dict[str, str]) -> None:
        self._column = _place(given["r"])[1] if "r" in given else self._column + 1
        self._kind = given.get("t", "n")
        self._formula, self._value = False, None

    def _calculated(self, _given: dict[str, str]) -> None:
        self._formula = True

    def _valued(self) -> None:
        self._value = (self._value or "") + self._taken()

    def _entered(self) -> None:
        place = (self.row, self._column)
        if self._column >= COLUMN_LIMIT:
            return
        text = self._written(self._value or "")
        if not text.strip():
            if self._formula and (self._value is None or self._kind != "str"):
                self._faulty[place] = "formula_unsaved"  # one that gave no letters is marked "str"
            return
        if self.row > ROW_LIMIT:
            raise BookError("too_many_rows", str(ROW_LIMIT))
        self._cells[place] = text
        if self._kind == "e":
            self._faulty[place] = "error_cell"

    def _written(self, value: str) -> str:
        """A value as it reads in its cell; a whole number without a point."""
        if self._kind == "s":
            return self._strings[int(value)] if value.strip() else ""
        if self._kind == "n":
            number = value.strip()
            whole = number.removesuffix(".0")
            return whole if whole.lstrip("-").isdecimal() else number
        return value

    def _merged(self, given: dict[str, str]) -> None:
        first, _, last = given["ref"].partition(":")
        (top, left), (bottom, right) = _place(first), _place(last or first)
        self._spans.append(Span(top, left, bottom, right))


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _place(reference: str) -> Place:
    """Where "B4" stands; ValueError when it stands nowhere."""
    found = _REFERENCE.fullmatch(reference.replace("$", ""))
    if found is None:
        raise ValueError(reference)
    column = 0
    for letter in found[1].upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]), column - 1
