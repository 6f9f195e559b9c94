"""All rows of a committee that its register tells: people over time, matters, meetings, duties, numbers, rule books.

What belongs to another committee is told by no line of this one, and so cannot come in.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

from bot.db import chain, drafts
from bot.db.chain import Stored
from bot.db.replay import UNREADABLE, replay, whole_row
from bot.db.schema import blobs, metadata, proven
from bot.dossiers import places
from bot.dossiers.reading import json_of
from bot.kit.unit import UnitOfWork
from bot.values.files import sha256_of

Row = tuple[str, dict[str, Any]]
"""The name of a table, and a row of it with all that it holds."""
KEPT = frozenset(
    (table.name, column.name)
    for table in metadata.tables.values()
    for column in table.columns
    if column.references(blobs.c.sha256)
)
"""Where rows name a file that is kept, whatever it came with: attached, photographed, delivered."""


async def rows(work: UnitOfWork, committee: int, without: Collection[str]) -> list[Row]:
    """Every row that the lines tell, as it stands; lines about these subjects are left out."""
    found = list[Row]()
    with replay() as told:
        async for line in chain.lines(work.tx, committee):
            if line.subject not in without:
                told.play(committee, line)
        for name, key in told.told_keys():
            row = await whole_row(work.tx, metadata.tables[name], key)
            if row is not None:
                found.append((name, row))
    return found


def written(found: Sequence[Row]) -> str:
    """The rows as text, one JSON a line."""
    return "".join(
        json.dumps({"table": name, "row": row}, ensure_ascii=False, sort_keys=True) + "\n"
        for name, row in found
    )


async def kept_files(work: UnitOfWork, found: Sequence[Row]) -> dict[str, bytes]:
    """The content of every file that a row names, by its digest."""
    contents = {each: await drafts.blob(work.tx, each) for each in sorted(_named(found))}
    return {digest: content for digest, content in contents.items() if content is not None}


def _named(found: Iterable[Row]) -> set[str]:
    """The digests of the files that these rows name."""
    named = (row.get(column) for name, row in found for table, column in KEPT if table == name)
    return {each for each in named if isinstance(each, str)}


def regulations(found: Sequence[Row]) -> Iterator[tuple[str, str]]:
    """Every rule book that the committee went by: its digest and its text."""
    for name, row in found:
        if name == "rulebooks":
            yield row["digest"], row["text"]


def lacking(found: Sequence[Row], digests: Mapping[str, str]) -> list[str]:
    """The digests of files that its rows name and that are not in it, under whatever name."""
    return sorted(_named(found) - set(digests.values()))


def held(found: Sequence[Row], digests: Mapping[str, str]) -> set[str]:
    """The names of those files that are what its rows say; `digests` has that of every file."""
    told = {places.of_kept(each): each for each in _named(found)}
    for name, row in found:
        if name == "rulebooks":
            path = places.of_regulation(str(row.get("digest")))
            told[path] = sha256_of(str(row.get("text")).encode())
    return {name for name, digest in told.items() if digests.get(name) == digest}


def read(content: bytes) -> Iterator[Row]:
    """The rows that can be read; `broken` names the others."""
    for line in content.decode(errors="replace").splitlines():
        with suppress(ValueError, TypeError, KeyError):
            read = json_of(line)
            yield read["table"], dict(read["row"])


def broken(content: bytes, lines: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Each row, by its table and key, that is not as the lines tell it, is told by none, or is missing."""
    with replay() as told:
        for line in lines:
            if "detail" in line:
                told.play(
                    0,
                    Stored(
                        line["number"],
                        line["digest"],
                        str(line.get("act")),
                        str(line["subject"]),
                        line["detail"],
                        holds=True,
                    ),
                )
        for place, line_ in enumerate(content.decode(errors="replace").splitlines(), 1):
            try:
                read = json_of(line_)
                table = metadata.tables[read["table"]]
                known = {each.name: proven.default(each) for each in proven.columns(table)}
                difference = told.compared(table, proven.told(table, {**known, **read["row"]}))
            except (*UNREADABLE, RecursionError):
                yield str(place)
                continue
            if difference is not None:
                yield f"{difference.table} {json.dumps(difference.key)}"
        yield from (f"{each.table} {json.dumps(each.key)}" for each in told.left())
