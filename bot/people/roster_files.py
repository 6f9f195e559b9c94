"""A roster in a file as newcomers and remarks on the file, or everything wrong with it: sheet, row, column.

Nothing is guessed: what is no person, is hidden or has a heading that is not known is left out and named.
Whether those people make a committee is judged by `bot.people.rules.founding`.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from bot.people.letters import Unsure, conversions
from bot.people.roster_header import Header, header_of
from bot.people.roster_lines import CellError, Line, bodies_called, newcomer
from bot.people.roster_words import COUNTED, is_note, is_signature, is_total, meant, wordings
from bot.people.rules.codes import twice
from bot.people.rules.founding import Newcomer, as_persons
from bot.people.rules.rolls import several_heads
from bot.people.tables import Row, Table, TableFault, read_table, table_of
from bot.people.workbook import Grid
from bot.regulations.rules.regulation import Regulation
from bot.values.limits import CELL_LIMIT
from bot.values.names import folded, plain

COLUMNS = (
    "name",
    "role",
    "body",
    "office",
    "full_time",
    "part_time_vice_president",
    "unit",
    "post",
    "code",
)
BEGINNING = 50
"""Rows by which a table is told to be a roster, its heading and enough names to know its letters."""
SHOWN_CELLS = 5
"""Cells of one remark that are shown; the others are counted."""

_INDEX = re.compile(r"\d{1,2}|[A-Z]")
"""What numbers a column under its heading."""


@dataclass(frozen=True, slots=True)
class RosterFault:
    """One thing wrong with a roster; row and column are 0 and "" where the whole file is meant."""

    kind: str
    row: int = 0
    column: str = ""
    values: Mapping[str, object] = field(default_factory=dict)
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """What whoever founds from a roster should know of it first; with `asks`, what must be answered."""

    kind: str
    values: Mapping[str, object] = field(default_factory=dict)
    asks: bool = False


@dataclass(frozen=True, slots=True)
class Roster:
    """The people of a roster in its order, and what was noticed while reading."""

    people: tuple[Newcomer, ...]
    remarks: tuple[Remark, ...] = ()
    sheet: str = ""


Read = Roster | tuple[RosterFault, ...]
"""A roster, or everything wrong with it, and then no people."""


def read_roster(path: Path, regulation: Regulation) -> Read:
    """The people of a .csv or .xlsx file, in its order."""
    return _read(read_table(path, _fits), regulation)


def roster_of(name: str, content: bytes, regulation: Regulation) -> Read:
    """As `read_roster`, of a file of that name whose content is known."""
    return _read(table_of(name, content, _fits), regulation)


def _read(table: Table | TableFault, regulation: Regulation) -> Read:
    if isinstance(table, TableFault):
        values = {"detail": table.detail}
        return (RosterFault(table.kind, table.row, values=values, sheet=table.sheet),)
    return roster_in(table, regulation)


def roster_in(table: Table, regulation: Regulation) -> Read:
    """The people of a table, in its order."""
    read = _RosterReading(table, regulation).read()
    if isinstance(read, Roster):
        return read
    return tuple(replace(fault, sheet=table.sheet) for fault in read)


def _fits(grid: Grid) -> int:
    """How many columns of a roster a table begins with."""
    return _Cells(replace(grid, rows=grid.rows[:BEGINNING])).header.fits


def read_lines(lines: Sequence[Row], regulation: Regulation) -> Read:
    """The people of lines whose cells stand in the order of COLUMNS."""
    people, faults = [], []
    for number, cells in enumerate(lines, 1):
        by_column = dict(zip(COLUMNS, cells, strict=False))
        line = Line(number, by_column, (by_column["name"],), as_typed=True)
        try:
            people.append(newcomer(line, regulation))
        except CellError as wrong:
            faults.append(RosterFault(wrong.kind, number, wrong.column, wrong.values))
    faults += _codes_twice(people)
    return tuple(faults) if faults else _told_apart(tuple(people), regulation)


# --- cells and heading -------------------------------------------------------------------------


class _Cells:
    """The cells of a grid in Unicode, and the heading among them."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        found = conversions(grid.rows)
        self.unsure = found if isinstance(found, Unsure) else None
        self.converted = () if isinstance(found, Unsure) else found
        after = {(each.row, each.column): each.after for each in self.converted}
        self.rows = [
            [after.get((row, column), text).strip() for column, text in enumerate(cells)]
            for row, cells in enumerate(grid.rows, 1)
        ]
        self.header: Header = header_of(grid, self.rows)
        self._fill_down()

    def _fill_down(self) -> None:
        """Cells merged over several lines hold for each of them, below the heading."""
        for span in self.grid.spans:
            if span.top <= self.header.last or span.top > len(self.rows):
                continue
            value = self.at(span.top, span.left)
            for row in range(span.top + 1, min(span.bottom, len(self.rows)) + 1 if value else 0):
                self.rows[row - 1] += [""] * (span.left + 1 - len(self.rows[row - 1]))
                self.rows[row - 1][span.left] = value

    def at(self, row: int, column: int) -> str:
        """What a cell holds, "" beyond the end of its row."""
        cells = self.rows[row - 1]
        return cells[column] if column < len(cells) else ""

    def of(self, row: int, column: str) -> str:
        """What a known column holds in that row."""
        return " ".join(self.at(row, at) for at in self.header.columns.get(column, ())).strip()

    def filled(self, row: int) -> list[int]:
        """The columns in which something stands, as far as they are shown."""
        hidden = self.grid.hidden_columns
        faulty = {column for at, column in self.grid.faulty if at == row}
        standing = {column for column, cell in enumerate(self.rows[row - 1]) if cell}
        return sorted((standing | faulty) - hidden)


# --- lines -------------------------------------------------------------------------------------


class _RosterReading:
    """One pass over a table, from its heading to its signatures."""

    def __init__(self, table: Table, regulation: Regulation) -> None:
        self._table = table
        self._regulation = regulation
        self._cells = _Cells(table.grid)
        self._header = self._cells.header
        self._bodies = bodies_called(regulation)
        self._lines: list[Line] = []
        self._left: dict[str, list[tuple[int, str]]] = defaultdict(list)
        self._totals: list[tuple[int, int, int]] = []
        """Totals that do not add up: the row, what it says, how many stand above it."""
        self._summed = 0
        self._faults: list[RosterFault] = []
        self._signed = False

    def read(self) -> Read:
        fault = self._whole()
        if fault is not None:
            return (fault,)
        for row in range(self._header.last + 1, len(self._cells.rows) + 1):
            self._row(row)
        people = [each for line in self._joined() if (each := self._person(line)) is not None]
        self._faults += _codes_twice(people)
        if self._faults:
            return tuple(sorted(self._faults, key=lambda fault: fault.row))
        found = _told_apart(tuple(people), self._regulation)
        return replace(found, remarks=(*self._remarks(), *found.remarks), sheet=self._table.sheet)

    def _whole(self) -> RosterFault | None:
        """What is wrong before any line is read."""
        unsure, header = self._cells.unsure, self._header
        if unsure is not None:
            values = {"charset": unsure.charset, "found": unsure.text}
            return RosterFault("charset_unsure", unsure.row, values=values)
        if "name" not in header.columns:
            return RosterFault("no_header", values={"expected": wordings("header", "name")[0]})
        if header.twice is not None:
            name, heading = header.twice
            return RosterFault("column_twice", header.first, name, {"found": heading})
        if header.nameless is not None:
            return RosterFault("name_split", header.first, "name")
        return None

    def _row(self, row: int) -> None:
        filled = self._cells.filled(row)
        if not filled:
            return
        name = self._cells.of(row, "name")
        if row in self._table.grid.hidden_rows:
            self._leave("hidden", row, name or self._words(row))
        elif self._signed:
            self._below(row, name)
        elif not self._is_repeated(row) and not self._leaves(row, name, filled):
            self._lines.append(self._line(row))

    def _leaves(self, row: int, name: str, filled: list[int]) -> bool:
        """Whether that row is no person; then it is named with what it says."""
        numbered = self._cells.of(row, "number").rstrip(".").isdecimal()
        if numbered and not name:
            return len(filled) == 1  # a number kept for nobody yet
        words = [name] if name else [self._cells.at(row, column) for column in filled]
        if any(map(is_total, words)):
            self._total(row, words)
            return True
        if any(map(is_signature, words)) and not numbered:
            self._signed = True
            self._leave("signature", row, self._words(row))
            return True
        if any(map(is_note, words)) or self._is_section(row, name, filled):
            self._leave("no_person", row, self._words(row))
            return True
        return False

    def _is_section(self, row: int, name: str, filled: list[int]) -> bool:
        """Whether a row heads those below it: a body's name alone, or words beside every known column."""
        known = {
            at for name, places in self._header.columns.items() for at in places if name != "number"
        }
        if any((row, column) in self._table.grid.faulty for column in filled):
            return False
        if name:
            others = [at for at in filled if at in known and at not in self._header.columns["name"]]
            roman = self._cells.of(row, "number").strip(" .").upper()
            headed = folded(name) in self._bodies or (roman != "" and set(roman) <= set("IVX"))
            return not others and headed
        return not known & set(filled) and not self._cells.of(row, "number").isdecimal()

    def _is_repeated(self, row: int) -> bool:
        """Whether a row says the heading once more, or numbers the columns under it."""
        name = self._cells.of(row, "name")
        headings = {
            self._cells.of(at, "name") for at in range(self._header.first, self._header.last + 1)
        }
        if name and name in headings:
            return True
        cells = [self._cells.at(row, column).strip("() ") for column in self._cells.filled(row)]
        return (
            row == self._header.last + 1
            and all(_INDEX.fullmatch(each) for each in cells)
            and len(cells) > 1
        )

    def _total(self, row: int, words: list[str]) -> None:
        counted = [int(found) for each in words for found in COUNTED.findall(each)]
        standing = len(self._lines)
        if counted and counted[0] not in (standing, standing - self._summed):
            self._totals.append((row, counted[0], standing))
        self._summed = standing
        self._leave("no_person", row, self._words(row))

    def _below(self, row: int, name: str) -> None:
        """A row under the signatures: nobody, unless it goes on with the list."""
        numbered = self._cells.of(row, "number").rstrip(".").isdecimal()
        placed = meant("office", self._cells.of(row, "office")) or meant(
            "role", self._cells.of(row, "role")
        )
        if name and (numbered or placed):
            self._faults.append(RosterFault("below_signature", row, "name", {"found": name}))
        self._leave("signature", row, self._words(row))

    def _leave(self, why: str, row: int, words: str) -> None:
        self._left[why].append((row, words[:CELL_LIMIT]))

    def _words(self, row: int) -> str:
        found = dict.fromkeys(self._cells.at(row, column) for column in self._cells.filled(row))
        return " · ".join(" ".join(each.split()) for each in found if each)

    def _line(self, row: int) -> Line:
        columns = self._header.columns
        faulty = {
            column: reason
            for column, places in columns.items()
            for at in places
            if (reason := self._table.grid.faulty.get((row, at))) is not None
        }
        cells = {column: self._cells.of(row, column) for column in columns}
        name = tuple(self._cells.at(row, at) for at in columns["name"])
        return Line(row, cells, name, faulty)

    def _joined(self) -> Iterator[Line]:
        """The lines, those under one merged name as one: somebody who sits in several bodies."""
        at = min(self._header.columns["name"])
        spans = [each for each in self._table.grid.spans if each.left == at]
        tops = {row: span.top for span in spans for row in range(span.top, span.bottom + 1)}
        together: dict[int, list[Line]] = defaultdict(list)
        for line in self._lines:
            together[tops.get(line.number, line.number)].append(line)
        for lines in together.values():
            yield lines[0] if len(lines) == 1 else _as_one(lines)

    def _person(self, line: Line) -> Newcomer | None:
        try:
            return newcomer(line, self._regulation)
        except CellError as wrong:
            self._faults.append(RosterFault(wrong.kind, line.number, wrong.column, wrong.values))
            return None

    # --- remarks -------------------------------------------------------------------------------

    def _remarks(self) -> Iterator[Remark]:
        if self._table.left_out:
            others = ", ".join(f"«{name}»" for name in self._table.left_out)
            yield Remark("sheets_left", {"sheet": self._table.sheet, "others": others})
        if self._table.hidden_sheets:
            hidden = ", ".join(f"«{name}»" for name in self._table.hidden_sheets)
            yield Remark("sheets_hidden", {"others": hidden})
        yield from self._letters()
        for why in ("hidden", "no_person"):
            for row, words in self._left[why]:
                yield Remark(f"row_{why}", {"row": row, "words": words})
        if signed := self._left["signature"]:
            words = "; ".join(words for _, words in signed)[:CELL_LIMIT]
            yield Remark("rows_signature", {"row": signed[0][0], "words": words})
        for row, counted, standing in self._totals:
            yield Remark("total_differs", {"row": row, "counted": counted, "standing": standing})
        yield from self._headings()
        yield from self._addresses()

    def _letters(self) -> Iterator[Remark]:
        by_charset = Counter(each.charset for each in self._cells.converted)
        for charset, count in by_charset.items():
            cells = [each for each in self._cells.converted if each.charset == charset]
            shown = "; ".join(
                f"«{each.before.strip()}» → «{each.after.strip()}»" for each in cells[:SHOWN_CELLS]
            )
            yield Remark("converted", {"charset": charset, "count": count, "shown": shown})

    def _headings(self) -> Iterator[Remark]:
        hidden = [
            text
            for column in sorted(self._table.grid.hidden_columns)
            if (text := " ".join(self._cells.at(self._header.first, column).split()))
        ]
        if hidden:
            yield Remark("columns_hidden", {"headings": _quoted(hidden)})
        if self._header.unknown:
            yield Remark("headings_unknown", {"headings": _quoted(self._header.unknown)})

    def _addresses(self) -> Iterator[Remark]:
        for line in self._lines:
            addressed = line.addressed()
            if addressed.unsure:
                yield Remark("address_unsure", {"row": line.number, "name": addressed.name})


def _quoted(words: Sequence[str]) -> str:
    return ", ".join(f"«{each}»" for each in words)


def _as_one(lines: list[Line]) -> Line:
    """Several lines of one person: each column its one value, or all of them one after the other."""
    first = lines[0]
    cells = {}
    for column in first.cells:
        values = [line.cells[column] for line in lines if line.cells[column]]
        same = len({folded(each) for each in values}) == 1
        cells[column] = values[0] if same else "; ".join(values)
    faulty = {column: why for line in lines for column, why in line.faulty.items()}
    return replace(first, cells=cells, faulty=faulty)


# --- codes -------------------------------------------------------------------------------------


def _codes_twice(people: Sequence[Newcomer]) -> list[RosterFault]:
    """Every line whose code another line has, too; a code is of one person."""
    alike = twice([each.code for each in people])
    bearing = [each for each in people if plain(each.code) in alike]
    rows: dict[str, list[str]] = defaultdict(list)
    for each in bearing:
        rows[plain(each.code)].append(str(each.row))
    told = [{"code": each.code, "rows": ", ".join(rows[plain(each.code)])} for each in bearing]
    return [
        RosterFault("code_twice", each.row, "code", values)
        for each, values in zip(bearing, told, strict=True)
    ]


# --- people of one name ------------------------------------------------------------------------


def _told_apart(people: tuple[Newcomer, ...], regulation: Regulation) -> Roster:
    """Two of one name called with their units, where each has its own; whether marks alone tell two apart is asked."""
    by_name: dict[str, list[Newcomer]] = defaultdict(list)
    for each in people:
        by_name[plain(each.name)].append(each)
    apart = {
        id(each): replace(each, name=f"{each.name} ({each.unit})")
        for several in by_name.values()
        if len(several) > 1
        and len({folded(one.unit) for one in several if one.unit}) == len(several)
        for each in several
    }
    named = tuple(apart.get(id(each), each) for each in people)
    called = ", ".join(f"«{each.name}»" for each in apart.values())
    remarks = [Remark("called_with_unit", {"names": called})] if called else []
    return Roster(named, (*remarks, *_alike(named), *_several_heads(named, regulation)))


def _several_heads(people: tuple[Newcomer, ...], regulation: Regulation) -> Iterator[Remark]:
    for each in several_heads(as_persons(people), regulation):
        names = ", ".join(f"«{name}»" for name in each.names)
        yield Remark("several_heads", {"body": each.body, "names": names, "first": each.names[0]})


def _alike(people: tuple[Newcomer, ...]) -> Iterator[Remark]:
    """Names that differ only in marks, or in how they are set: one person or several, whoever knows them tells."""
    by_fold: dict[str, list[Newcomer]] = defaultdict(list)
    for each in people:
        by_fold[folded(each.name).replace("y", "i")].append(each)
    for several in by_fold.values():
        if len({each.name.casefold() for each in several}) > 1:
            names = " và ".join(f"«{each.name}» (dòng {each.row})" for each in several)
            yield Remark("names_alike", {"names": names}, asks=True)
