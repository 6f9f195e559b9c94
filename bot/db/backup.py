"""A copy of the database while it is in use, by SQLite's online backup. When one is made is not decided here."""

from __future__ import annotations

import glob
import os
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from bot import sealing
from bot.db import versions
from bot.db.faults import StoreFault
from bot.db.lock import InstanceLock
from bot.sealing import Recipient

COPYING = ".copying"
"""Ends the name of a whole database, readable, that is on its way between backup and database."""


def back_up(database: Path, target: Path, sealed_to: Sequence[Recipient] = ()) -> int:
    """Copy a database into a file of its own that only its owner reads; gives the bytes written.

    The copy is one moment of the database, is read back whole before it gets its name, and never
    replaces a file. Sealed to recipients it stands readable nowhere but beside the database, and there
    only while it is made. Refuses (StoreFault) a database that is missing or damaged; FileExistsError when
    the target stands already, OSError when it cannot be written.
    """
    database = database.absolute()
    versions.examine(database)
    sweep(database)
    if target.exists():
        raise FileExistsError(target)
    part = target.with_name(target.name + ".part")
    os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    try:
        if sealed_to:
            _seal(database, part, sealed_to)
        else:
            _copy(database, part)
        settle(part)
        os.link(part, target)  # refuses a file that has appeared meanwhile, as a renaming would not
        settle(target)
    finally:
        part.unlink()
    return target.stat().st_size


def _seal(database: Path, part: Path, to: Sequence[Recipient]) -> None:
    with private_copy(database) as copy:
        _copy(database, copy)
        with copy.open("rb") as source, part.open("wb") as target:
            sealing.seal(source, target, to)


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


@contextmanager
def private_copy(database: Path) -> Iterator[Path]:
    """An empty file beside a database that only its owner reads; it is gone after the block.

    It is locked meanwhile, so that `sweep` knows it from one that a crash has left.
    """
    handle, name = tempfile.mkstemp(COPYING, f"{database.name}.", database.parent)
    os.close(handle)
    copy, lock = Path(name), InstanceLock(Path(name))
    lock.take()
    try:
        yield copy
    finally:
        remove(copy)
        lock.release()


def sweep(database: Path) -> None:
    """Remove the copies beside a database that a crash has left; one that is being made stays."""
    for copy in database.parent.glob(f"{glob.escape(database.name)}.*{COPYING}"):
        lock = InstanceLock(copy)
        try:
            lock.take()
        except StoreFault:
            continue  # it is in use, or has just gone
        remove(copy)
        lock.release()


def remove(copy: Path) -> None:
    """The file, with what SQLite may have left beside it."""
    for end in ("-journal", "-wal", "-shm", ""):
        copy.with_name(copy.name + end).unlink(missing_ok=True)


def settle(target: Path) -> None:
    """Have the bytes and the name on disk before anybody relies on them."""
    for place in (target, target.parent):
        if place.is_dir() and os.name == "nt":
            continue  # no folder can be opened there
        handle = os.open(place, os.O_RDONLY if place.is_dir() else os.O_RDWR)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
