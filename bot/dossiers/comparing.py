"""Facts of a record beside the rows that lines of the register tell of them; what they mean is not known here."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from bot.db.schema.base import EPOCH
from bot.db.schema.proven import default, holds_json, plain
from bot.dossiers.part import Part

Row = Mapping[str, Any]

WHETHER = ("entered_by", "photo_sha256")
"""Columns of which a record says only whether there is anything in them."""


def same(table: Any, facts: Sequence[Row], rows: Iterable[Row]) -> bool:
    """Whether the facts are those that the rows tell, in what the facts say; both ways, in any order."""
    told = list(rows)
    names = facts[0] if facts else {}
    return sorted(_plain(table, each) for each in facts) == sorted(
        _told(table, each, names) for each in told
    )


def stored(moment: datetime | None) -> int | None:
    """A moment as tables keep it: microseconds since 1970."""
    return None if moment is None else (moment - EPOCH) // timedelta(microseconds=1)


def _plain(table: Any, fact: Row) -> str:
    return str(
        [
            value if name in WHETHER else _kept(table.c[name], value)
            for name, value in sorted(fact.items())
        ]
    )


def _kept(column: Any, value: Any) -> str | bool | int | float | None:
    return _unsaid(column) if value is None and holds_json(column) else plain(column, value)


def _told(table: Any, row: Row, names: Iterable[str]) -> str:
    values = {name: row.get(name, _unsaid(table.c[name])) for name in sorted(names)}
    return str([value is not None if name in WHETHER else value for name, value in values.items()])


def _unsaid(column: Any) -> str | bool | int | None:
    """What a column holds of which a line says nothing; of JSON that is no value, as one that says so."""
    return "null" if holds_json(column) else default(column)


def row_of(part: Part, *without: str, **names: str) -> dict[str, Any]:
    """A part as a row of a table: its columns named otherwise, its values as tables keep them."""
    told = part.model_dump(mode="python", exclude=set(without))
    return {names.get(name, name): _as_kept(value) for name, value in told.items()}


def _as_kept(value: Any) -> Any:
    if isinstance(value, datetime):
        return stored(value)
    if isinstance(value, Enum):
        return value.value
    return json.dumps(value) if isinstance(value, dict | tuple) else value
