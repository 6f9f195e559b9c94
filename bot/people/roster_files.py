"""A roster in a file as newcomers, or everything wrong with it: row, column, what was expected.

Whether those people make a committee is judged by `bot.people.rules.founding`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from bot.people.rules.founding import AGENCY, Newcomer, SeatWanted, bodies_for
from bot.people.rules.people import BESIDE, OFFICES, Role
from bot.people.tables import Row, Table, TableFault, read_table
from bot.places import templates_dir
from bot.regulations.rules.regulation import Regulation
from bot.values.names import folded
from bot.values.texts import TextFault, clean_line

COLUMNS = ("name", "role", "body", "office", "full_time", "part_time_vice_president")
HEADER_WITHIN = 15
"""Rows above the header that a title may take."""
CELL_LIMIT = 500

_SEVERAL = re.compile(r"[;,\n]|\s\+\s")
_LOST = re.compile("[?\ufffd¨©®µ¸¹§¬»¼½¾]")
"""What stands where letters were lost, or where an old font (TCVN3) was used instead of Unicode."""

Words = Mapping[str, Mapping[str, list[str]]]


@dataclass(frozen=True, slots=True)
class RosterFault:
    """One thing wrong with a roster; row and column are 0 and "" where the whole file is meant."""

    kind: str
    row: int = 0
    column: str = ""
    values: Mapping[str, object] = field(default_factory=dict)


class _CellError(Exception):
    """Carries a fault of one cell to its row; it never leaves this module."""

    def __init__(self, kind: str, column: str, **values: object) -> None:
        super().__init__(kind, column)
        self.kind, self.column, self.values = kind, column, values


Read = tuple[Newcomer, ...] | tuple[RosterFault, ...]
"""People, or everything wrong with them, and then no people."""


def read_roster(path: Path, regulation: Regulation) -> Read:
    """The people of a .csv or .xlsx file, in its order."""
    table = read_table(path, lambda found: len(_header(found)[1]))
    if isinstance(table, TableFault):
        return (RosterFault(table.kind, values={"detail": table.detail}),)
    row, columns = _header(table)
    if "name" not in columns:
        return (RosterFault("no_header", values={"expected": _words()["header"]["name"][0]}),)
    return _people(table.rows, row, columns, regulation)


def read_lines(lines: Sequence[Row], regulation: Regulation) -> Read:
    """The people of lines whose cells stand in the order of COLUMNS."""
    columns = {column: place for place, column in enumerate(COLUMNS)}
    return _people(tuple(lines), 0, columns, regulation)


def _people(
    rows: tuple[Row, ...], skipped: int, columns: Mapping[str, int], regulation: Regulation
) -> Read:
    people, faults = [], []
    for number, cells in enumerate(rows[skipped:], skipped + 1):
        if not any(cells):
            continue
        try:
            people.append(_Line(cells, columns, regulation).newcomer(number))
        except _CellError as wrong:
            faults.append(RosterFault(wrong.kind, number, wrong.column, wrong.values))
    return tuple(faults) if faults else tuple(people)


def title(column: str) -> str:
    """A column as people call it."""
    return str(_words()["title"].get(column, column))


def _header(table: Table) -> tuple[int, dict[str, int]]:
    """The row after the header, and where each known column stands; titles above are skipped."""
    best: tuple[int, dict[str, int]] = (0, {})
    for number, cells in enumerate(table.rows[:HEADER_WITHIN], 1):
        found = dict(_known_columns(cells))
        if "name" in found and len(found) > len(best[1]):
            best = (number, found)
    return best


def _known_columns(cells: Row) -> Iterator[tuple[str, int]]:
    taken: set[str] = set()
    for place, cell in enumerate(cells):
        column = _meant("header", cell)
        if column is not None and column not in taken:
            taken.add(column)
            yield column, place


class _Line:
    """One row of a roster."""

    def __init__(self, cells: Row, columns: Mapping[str, int], regulation: Regulation) -> None:
        self._cells = cells
        self._columns = columns
        self._regulation = regulation

    def newcomer(self, number: int) -> Newcomer:
        role = self._role()
        name, full_time = self._name(), self._full_time()
        if role in BESIDE:
            return Newcomer(name, role, (), full_time, number)
        bodies = self._bodies(role)
        offices = self._offices(role, bodies)
        seats = tuple(map(SeatWanted, bodies, offices))
        marked = self._vice_president()
        return Newcomer(name, role, seats, full_time and not marked, number, marked)

    def _cell(self, column: str) -> str:
        place = self._columns.get(column)
        raw = self._cells[place] if place is not None and place < len(self._cells) else ""
        if not raw:
            return ""
        if _LOST.search(raw):
            raise _CellError("lost_letters", column, found=raw[:CELL_LIMIT])
        cell = clean_line(raw.replace("\n", "; "), CELL_LIMIT)
        if isinstance(cell, TextFault):
            if cell.kind == "empty":
                return ""
            raise _CellError("cell_too_long", column, limit=cell.limit)
        return cell

    def _name(self) -> str:
        name = self._cell("name")
        if not name:
            raise _CellError("name_missing", "name")
        return name

    def _role(self) -> Role:
        cell = self._cell("role")
        if not cell:
            meant = _meant("role", self._cell("office"))
            return Role(meant) if meant in BESIDE else Role.MEMBER
        role = _meant("role", cell) or ("member" if _meant("office", cell) else None)
        if role is None:
            raise _CellError("role_unknown", "role", found=cell, allowed=_first_words("role"))
        return Role(role)

    def _bodies(self, role: Role) -> list[str]:
        allowed = bodies_for(self._regulation, role)
        cell = self._cell("body")
        if not cell:
            if role is Role.OFFICER:
                return [""]
            if len(allowed) == 1:
                return list(allowed)
            raise _CellError("body_missing", "body", allowed=self._body_names())
        return [self._body(part) for part in _parts(cell)]

    def _body(self, part: str) -> str:
        bodies = self._regulation.bodies
        wanted = folded(part)
        for body in bodies:
            aliases = (body.id, body.name, *_words()["body"].get(body.id, []))
            if wanted in map(folded, aliases):
                return body.id
        raise _CellError("body_unknown", "body", found=part, allowed=self._body_names())

    def _body_names(self) -> str:
        return "; ".join(body.name for body in self._regulation.bodies)

    def _offices(self, role: Role, bodies: list[str]) -> list[str]:
        cell = self._cell("office")
        if not cell:
            if role is Role.OFFICER:
                raise _CellError("office_missing", "office", allowed=_first_words("office"))
            return [self._usual_office(body) for body in bodies]
        offices = [self._office(part) for part in _parts(cell)]
        if len(offices) == 1:
            return offices * len(bodies)
        if len(offices) != len(bodies):
            raise _CellError("offices_count", "office", offices=len(offices), bodies=len(bodies))
        return offices

    def _usual_office(self, body: str) -> str:
        return AGENCY if self._regulation.body(body).of_agencies else "member"

    def _office(self, part: str) -> str:
        office = part if part in OFFICES else _meant("office", part)
        if office is None:
            raise _CellError("office_unknown", "office", found=part, allowed=_first_words("office"))
        return office

    def _full_time(self) -> bool:
        cell = self._cell("full_time")
        if not cell:
            return True
        meant = _meant("full_time", cell)
        if meant is None:
            raise _CellError(
                "service_unknown", "full_time", found=cell, allowed=_first_words("full_time")
            )
        return meant == "yes"

    def _vice_president(self) -> bool:
        """The mark of a part-time vice president; an empty cell is none."""
        cell = self._cell("part_time_vice_president")
        if not cell:
            return False
        meant = _meant("part_time_vice_president", cell)
        if meant is None:
            allowed = _first_words("part_time_vice_president")
            raise _CellError(
                "service_unknown", "part_time_vice_president", found=cell, allowed=allowed
            )
        return meant == "yes"


def _parts(cell: str) -> list[str]:
    return [part.strip() for part in _SEVERAL.split(cell) if part.strip()]


def _meant(table: str, cell: str) -> str | None:
    """The id whose words a cell holds."""
    wanted = folded(cell)
    for name, aliases in _words()[table].items():
        if wanted and wanted in (name, *map(folded, aliases)):
            return name
    return None


def _first_words(table: str) -> str:
    return "; ".join(aliases[0] for aliases in _words()[table].values())


@cache
def _words() -> Words:
    text = (templates_dir() / "cli" / "roster.toml").read_text(encoding="utf-8")
    words: Words = tomllib.loads(text)
    return words
