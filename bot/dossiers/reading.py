"""What a stranger may have written, read so that nothing later on has to doubt its shape, depth or text."""

from __future__ import annotations

import json
from collections.abc import Mapping
from math import isfinite
from typing import Any

DEEPEST = 40
"""So far in each other lists and objects may be; nothing that a dossier tells comes near it."""
LARGEST = 2**63
"""Numbers of lines and rows are smaller."""
JUDGED_BY: Mapping[str, frozenset[str]] = {
    "attachments": frozenset({"name", "sha256"}),
    "agenda_items": frozenset({"id"}),
    "conclusions": frozenset({"id", "item_id"}),
    "raised_hands": frozenset({"id", "vote_id", "approve", "abstain", "against"}),
    "reservations": frozenset({"id", "person_id", "reserved"}),
    "report_dues": frozenset({"id"}),
    "report_acts": frozenset({"due_id", "kind"}),
}
"""What of a row told the checks ask for by name, beside comparing it whole."""


def json_of(content: str | bytes) -> Any:
    """What the JSON says; ValueError where it is none, too deep, or holds what cannot be written again."""
    try:
        found = json.loads(content)
    except RecursionError as error:
        raise ValueError("nested too deep") from error
    layer = [found]
    for _ in range(DEEPEST):
        layer = [inner for each in layer for inner in _inside(each)]
        if not layer:
            return found
    raise ValueError("nested too deep")


def _inside(value: Any) -> list[Any]:
    if isinstance(value, str):
        value.encode()  # of half a character it raises ValueError
    if isinstance(value, float) and not isfinite(value):
        raise ValueError("no number")
    if isinstance(value, dict):
        return [*value, *value.values()]
    return value if isinstance(value, list) else []


def line_of(content: str) -> dict[str, Any]:
    """A line of a register, whole or what binds it; ValueError where it has another shape."""
    line = json_of(content)
    if not isinstance(line, dict) or not _is_number(line.get("number")):
        raise ValueError("number")
    bound = isinstance(line.get("digest"), str) and isinstance(line.get("previous"), str)
    if not bound or ("subject" in line) is not ("detail" in line):
        raise ValueError("previous")
    if "detail" in line and not (
        isinstance(line["subject"], str) and isinstance(line["detail"], dict)
    ):
        raise ValueError("detail")
    facts = line.get("detail", {}).get("facts", {})
    if not isinstance(facts, dict):
        raise ValueError("facts")
    for name, rows in _lists(facts.get("put", {})):
        if not all(isinstance(row, dict) and _is_row(name, row) for row in rows):
            raise ValueError("put")
    for _, keys in _lists(facts.get("gone", {})):
        if not all(isinstance(key, list) for key in keys):
            raise ValueError("gone")
    return line


def _lists(part: Any) -> list[tuple[str, list[Any]]]:
    if not isinstance(part, dict) or not all(isinstance(each, list) for each in part.values()):
        raise ValueError("facts")
    return list(part.items())


def _is_row(table: str, row: Mapping[str, Any]) -> bool:
    """Whether every value is one of a column, and what the row is judged by is there."""
    plain = not any(isinstance(each, dict | list) for each in row.values())
    known = row.keys() >= JUDGED_BY.get(table, frozenset())
    return plain and known and (table not in JUDGED_BY or _is_number(row.get("id", 0)))


def _is_number(value: Any) -> bool:
    return type(value) is int and 0 <= value < LARGEST
