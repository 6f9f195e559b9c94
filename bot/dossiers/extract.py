"""The lines of a register that a dossier carries: those of its matters whole, of the others what binds them.

So the chain from the first line to the head can be followed, while nobody's other business leaves the house.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from bot.db import chain
from bot.db.register import digest_of
from bot.db.schema.base import metadata
from bot.db.schema.proven import key_of
from bot.kit.unit import UnitOfWork

Tells = Callable[[Mapping[str, Any]], bool]
"""Whether a line is carried whole."""


def telling(subjects: Collection[str], tables: Collection[str] = ()) -> Tells:
    """Those about these subjects, and those that tell rows of these tables, whatever they are about."""

    def tells(line: Mapping[str, Any]) -> bool:
        rows = line["detail"].get("facts", {}).get("put", {})
        return line["subject"] in subjects or not rows.keys().isdisjoint(tables)

    return tells


async def extract(work: UnitOfWork, committee: int, tells: Tells) -> str:
    """The lines as text, one JSON a line, from the first that is carried whole to the last of all."""
    told, begun = list[str](), False
    async for line in chain.whole_lines(work.tx, committee):
        about = tells(line)
        begun = begun or about
        if not begun:
            continue
        kept = line if about else {name: line[name] for name in ("number", "previous", "digest")}
        told.append(json.dumps(kept, ensure_ascii=False, sort_keys=True))
    return "".join(f"{each}\n" for each in told)


def broken(lines: list[dict[str, Any]]) -> Iterator[int]:
    """The numbers of lines that do not say what their digest says, or do not follow the one before."""
    for place, line in enumerate(lines):
        whole = {name: value for name, value in line.items() if name != "digest"}
        if ("detail" in line and digest_of(whole) != line["digest"]) or (
            place
            and (
                line["previous"] != lines[place - 1]["digest"]
                or line["number"] != lines[place - 1]["number"] + 1
            )
        ):
            yield line["number"]


Rows = Mapping[str, Mapping[str, Mapping[str, Any]]]
"""Rows by table, and there by key."""


def told_rows(lines: list[dict[str, Any]], of: Collection[str] | None = None) -> Rows:
    """The rows that the lines about these subjects tell, or all of them, each as it stood last.

    Those that went are left out.
    """
    found: dict[str, dict[str, Mapping[str, Any]]] = {}
    for line in lines:
        about = "detail" in line and (of is None or line["subject"] in of)
        facts = line["detail"].get("facts", {}) if about else {}
        for name, rows in facts.get("put", {}).items():
            if name in metadata.tables:
                of_table = found.setdefault(name, {})
                of_table.update({key_of(metadata.tables[name], row): row for row in rows})
        for name, keys in facts.get("gone", {}).items():
            for key in keys:
                found.get(name, {}).pop(json.dumps(key), None)
    return found
