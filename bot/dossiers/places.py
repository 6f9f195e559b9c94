"""Where everything lies in a dossier: the name of each file."""

from __future__ import annotations

from collections.abc import Mapping

from bot.values.files import harmless

RECORD, LINES, SUMS, INDEX = "record.json", "register.jsonl", "SHA256SUMS", "index.html"
TABLES = "tables.jsonl"
"""In the archive of a committee alone."""
FILES, PAPERS, REGULATIONS, PICTURES = "tai-lieu", "van-ban", "quy-che", "hinh"
"""Folders: files of the texts, papers drawn up, regulations, pictures of years."""


def of_file(before: str, place: int, name: str) -> str:
    """A document of a matter or a meeting, by the name that it was sent under."""
    return f"{FILES}/{before}-{place:02d} {harmless(name)}"


def of_kept(digest: str) -> str:
    """A file of an archive, whatever it came with."""
    return f"{FILES}/{digest[:16]}"


def of_regulation(digest: str) -> str:
    """Where a dossier holds the rule book of that digest."""
    return f"{REGULATIONS}/{digest[:12]}.toml"


def of_paper(name: str, taken: Mapping[str, object]) -> str:
    """A paper that was drawn up, at a place that no other has `taken`."""
    stem, dot, ending = name.rpartition(".")
    path, number = f"{PAPERS}/{name}", 1
    while path in taken:
        number += 1
        path = f"{PAPERS}/{stem} ({number}){dot}{ending}"
    return path


def of_picture(name: str) -> str:
    """A page of a year."""
    return f"{PICTURES}/{name}"


def shown(files: Mapping[str, object]) -> list[str]:
    """The files that the page lists: all but itself and the sums, which are made after it."""
    return sorted(name for name in files if name not in (INDEX, SUMS))
