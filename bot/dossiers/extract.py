"""The lines of a register that a dossier carries: those of its matters whole, of the others what binds them.

So the chain from the first line to the head can be followed, while nobody's other business leaves the house.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from bot.db import chain
from bot.db.register import digest_of
from bot.kit.unit import UnitOfWork


async def extract(work: UnitOfWork, committee: int, tells: Callable[[str], bool]) -> str:
    """The lines as text, one JSON a line, from the first about a subject that it `tells` to the last of all."""
    told, begun = list[str](), False
    async for line in chain.whole_lines(work.tx, committee):
        about = tells(line["subject"])
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


def told_rows(lines: list[dict[str, Any]], of: str) -> dict[str, dict[int, Mapping[str, Any]]]:
    """The rows that the lines about a subject tell, by table and id, each as it stood last."""
    found: dict[str, dict[int, Mapping[str, Any]]] = {}
    for line in lines:
        if line.get("subject") != of:
            continue
        facts = line["detail"].get("facts", {})
        for table, rows in facts.get("put", {}).items():
            for place, row in enumerate(rows):
                found.setdefault(table, {})[row.get("id", row.get("person_id", place))] = row
    return found
