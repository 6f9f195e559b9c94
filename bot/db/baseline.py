"""What stood in a database before its registers told rows, told once by a line of each. Nothing is judged here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Row, Table, insert, select

from bot.db import register
from bot.db.register import Head
from bot.db.schema import committees, outages, proven, rulebooks
from bot.db.schema import register as lines
from bot.db.telling import TOLD, VERSION

ACT = "baseline"
ACTOR = "dongthuan"
"""Whoever runs the machine has upgraded it; of that person nothing is known here."""

_Told = dict[str, list[dict[str, Any]]]


def write(connection: Connection) -> None:
    """One line for every committee that has a register: all its rows as they stand after its last line."""
    standing = _Standing()
    for table in proven.proven():
        for row in connection.execute(select(*proven.raw(table))):
            standing.add(table, proven.read(table, row))
    for committee in connection.execute(select(committees.c.id)).scalars().all():
        last = connection.execute(
            select(lines).where(lines.c.committee_id == committee).order_by(lines.c.number.desc())
        ).first()
        if last is not None:
            connection.execute(insert(lines), _line(last, committee, standing.of(committee)))


def _line(last: Row[Any], committee: int, told: _Told) -> dict[str, Any]:
    """It is as old as the line before it: nothing has been done since."""
    counted = {name: len(rows) for name, rows in told.items()}
    detail = {"rows": counted, TOLD: {"v": VERSION, "put": told}}
    before = Head(last.number, last.digest)
    return register.bound(before, committee, last.at, ACTOR, ACT, "", detail)


class _Standing:
    """Every row that stands, by the committee that it belongs to."""

    def __init__(self) -> None:
        self._of: dict[int, _Told] = {}
        self._shared: _Told = {}
        self._owner: dict[tuple[str, Any], int] = {}
        self._votes: dict[Any, Mapping[str, Any]] = {}
        self._named: set[tuple[int, str]] = set()

    def add(self, table: Table, row: dict[str, Any]) -> None:
        """Take in a row; those that it belongs to have been taken in before."""
        if proven.may_stand_untold(table, row, self._find):
            return
        if not (owners := proven.owned_by(table)) and table is not committees:
            self._shared.setdefault(table.name, []).append(row)
            return
        owner = row["id"] if table is committees else self._owner_of(row, owners)
        self._owner[table.name, row.get("id")] = owner
        self._of.setdefault(owner, {}).setdefault(table.name, []).append(row)
        if "rulebook" in row:
            self._named.add((owner, row["rulebook"]))
        if table.name == "votes":
            self._votes[row["id"]] = row

    def of(self, committee: int) -> _Told:
        """All rows of a committee, with the outages, and the rule books but those that only others go by."""
        own = self._of.get(committee, {})
        others = {digest for of, digest in self._named if of != committee}
        mine = {digest for of, digest in self._named if of == committee}
        books = [
            each
            for each in self._shared.get(rulebooks.name, [])
            if each["digest"] in mine or each["digest"] not in others
        ]
        shared = {rulebooks.name: books, outages.name: self._shared.get(outages.name, [])}
        return own | {name: rows for name, rows in shared.items() if rows}

    def _find(self, _table: str, key: Any) -> Mapping[str, Any]:
        return self._votes.get(key, {})

    def _owner_of(self, row: Mapping[str, Any], owners: tuple[tuple[str, Table], ...]) -> int:
        column, table = next((c, t) for c, t in owners if row.get(c) is not None)
        return row[column] if table is committees else self._owner[table.name, row[column]]
