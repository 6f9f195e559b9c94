"""The heading of a roster: in which row or two rows it stands, which columns are known, and which are not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.people.roster_words import meant
from bot.people.workbook import Grid

HEADER_WITHIN = 15
"""Rows above the header that a title may take."""
ROWS_OF_NAMES = 3
"""Rows looked at to see whether a column without a heading goes on with the names."""

NAME_PARTS = ("family", "middle", "given")


@dataclass(frozen=True, slots=True)
class Header:
    """What the rows under it mean; the list begins after row `last`."""

    first: int = 0
    last: int = 0
    columns: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    """Where each known column stands; a name may stand in several."""
    unknown: tuple[str, ...] = ()
    twice: tuple[str, str] | None = None
    """A column and its second heading, where one heading stands twice."""
    nameless: int | None = None
    """A column without a heading that goes on with the names."""

    @property
    def fits(self) -> int:
        """How many columns are known; 0 without the names, for then it heads no roster."""
        return len(self.columns) if "name" in self.columns else 0


def header_of(grid: Grid, cells: Sequence[Sequence[str]]) -> Header:
    """The heading that knows most columns; one in two rows only where it knows more than one row does."""
    candidates = [
        _read(grid, cells, row, depth)
        for row in range(1, min(len(cells), HEADER_WITHIN) + 1)
        for depth in (1, 2)
        if row + depth - 1 <= len(cells)
    ]
    return max(candidates, key=lambda read: _rank(grid, read), default=Header())


def _rank(grid: Grid, read: Header) -> tuple[int, bool, bool]:
    """The more columns are known the better; then cells merged over both rows tell that there are two."""
    alone = read.first == read.last
    merged = any(span.top == read.first and span.bottom == read.last for span in grid.spans)
    return read.fits, merged and not alone, alone


def _read(grid: Grid, cells: Sequence[Sequence[str]], row: int, depth: int) -> Header:
    known: dict[str, tuple[int, ...]] = {}
    unknown: list[str] = []
    twice: tuple[str, str] | None = None
    covered: set[int] = set()
    for column, label, width in _labels(grid, cells, row, depth):
        if column in grid.hidden_columns or column in covered:
            continue
        name = next((found for each in label if (found := meant("header", each))), None)
        place = tuple(range(column, column + width)) if name == "name" else (column,)
        covered |= set(place)
        if name is None:
            unknown.append(label[0])
        elif name in known:
            twice = twice or (name, label[0])
        else:
            known[name] = place
    columns = _settled(known)
    last = row + depth - 1
    nameless = _nameless(grid, cells, last, columns)
    return Header(row, last, columns, tuple(unknown), twice, nameless)


def _labels(
    grid: Grid, cells: Sequence[Sequence[str]], row: int, depth: int
) -> Iterator[tuple[int, tuple[str, ...], int]]:
    """Each heading: its column, what it may be called, the most telling first, and how many columns it covers."""
    above = cells[row - 1]
    below = cells[row] if depth > 1 else ()
    parent, until = "", -1
    for column in range(max(len(above), len(below))):
        own = _cell(above, column)
        width = _width(grid, row, column)
        if own:
            parent, until = own, column + width - 1
        goes_on = column <= until or (depth > 1 and not _merged_across(grid, row))
        child = _cell(below, column)
        if child and goes_on and parent and not own:
            yield column, (f"{parent} {child}", child), 1
        elif child:
            yield column, (f"{own} {child}", child) if own else (child,), 1
        elif own:
            yield column, (own,), width


def _cell(cells: Sequence[str], column: int) -> str:
    return " ".join(cells[column].split()) if column < len(cells) else ""


def _width(grid: Grid, row: int, column: int) -> int:
    spans = (each for each in grid.spans if (each.top, each.left) == (row, column))
    return next((each.right - each.left + 1 for each in spans), 1)


def _merged_across(grid: Grid, row: int) -> bool:
    return any(span.top == row and span.right > span.left for span in grid.spans)


def _settled(known: Mapping[str, tuple[int, ...]]) -> dict[str, tuple[int, ...]]:
    """The columns of a roster: a name out of its parts, the Party's office before any other."""
    columns = dict(known)
    parts = [columns.pop(part) for part in NAME_PARTS if part in columns]
    split = "given" in known and "family" in known
    if "name" not in columns and (split or ("given" in known and len(parts) == 1)):
        columns["name"] = tuple(place for part in parts for place in part)
    elif "name" in columns and "given" in known and not split:
        columns["name"] = (*columns["name"], *known["given"])
    if "party_office" in columns:
        other = columns.pop("office", None)
        columns["office"] = columns.pop("party_office")
        if other is not None:
            columns.setdefault("post", other)
    return columns


def _nameless(
    grid: Grid, cells: Sequence[Sequence[str]], last: int, columns: Mapping[str, tuple[int, ...]]
) -> int | None:
    """The column right of the names, if it has no heading and one word in each of the first rows."""
    if "name" not in columns:
        return None
    beside = max(columns["name"]) + 1
    headed = any(_cell(row, beside) for row in cells[max(last - 2, 0) : last])
    if headed or beside in grid.hidden_columns or any(beside in at for at in columns.values()):
        return None
    below = [row for row in cells[last:] if _cell(row, min(columns["name"]))][:ROWS_OF_NAMES]
    words = [_cell(row, beside) for row in below]
    return beside if words and all(each.isalpha() and each.istitle() for each in words) else None
