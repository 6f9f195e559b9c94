"""A copy of the database while it is in use, by SQLite's online backup. When one is made is not decided here."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from bot.db import versions
from bot.db.faults import StoreFault


def back_up(database: Path, target: Path) -> int:
    """Copy a database into a file of its own that only its owner reads; gives the bytes written.

    The copy is one moment of the database, is read back whole before it gets its name, and never
    replaces a file. Refuses (StoreFault) a database that is missing or damaged; FileExistsError when
    the target stands already, OSError when it cannot be written.
    """
    database = database.absolute()
    versions.examine(database)
    if target.exists():
        raise FileExistsError(target)
    part = target.with_name(target.name + ".part")
    handle = os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
    os.close(handle)
    try:
        _copy(database, part)
        os.link(part, target)  # refuses a file that has appeared meanwhile, as a renaming would not
        _settle(target)
    finally:
        part.unlink()
    return target.stat().st_size


def _copy(database: Path, part: Path) -> None:
    try:
        with (
            closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as source,
            closing(sqlite3.connect(part)) as copy,
        ):
            source.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, with nothing left beside it
            answer = str(copy.execute("PRAGMA integrity_check(1)").fetchone()[0])
    except sqlite3.Error as error:
        raise StoreFault("unreachable", str(database), str(error)) from error
    if answer != "ok":
        raise StoreFault("corrupt", str(database), answer)


def _settle(target: Path) -> None:
    """Have the bytes and the name on disk before anybody relies on them."""
    for place in (target, target.parent):
        if place.is_dir() and os.name == "nt":
            continue  # no folder can be opened there
        handle = os.open(place, os.O_RDONLY if place.is_dir() else os.O_RDWR)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
