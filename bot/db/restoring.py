"""A backup brought back as a database: opened beside its place, then put there. What was lost is not judged here."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot import sealing
from bot.db import backup, versions
from bot.db.faults import StoreFault
from bot.db.lock import InstanceLock

BESIDE = ("", "-wal", "-shm", "-journal", ".keys")
"""How the names end of what may stand where a database is to be: its file, and what belongs to it."""


class InTheWayError(Exception):
    """Something stands already where the database is to be."""

    def __init__(self, *places: Path) -> None:
        super().__init__(*places)
        self.places = places


class SealedError(Exception):
    """The backup is sealed, and no secret key was given."""


def require_room(target: Path) -> None:
    """Refuses (StoreFault) beside a bot that runs there, and (InTheWayError) whatever else stands there.

    A journal left there would be played into the database.
    """
    if target.exists():
        lock = InstanceLock(target)
        lock.take()
        lock.release()
    places = [target.with_name(target.name + end) for end in BESIDE]
    standing = [each for each in places if each.exists() or each.is_symlink()]
    if standing:
        raise InTheWayError(*standing)


def _require_file(source: Path) -> None:
    """A device or a pipe need not have an end."""
    if not source.is_file():
        raise StoreFault("missing", str(source))


def digest_of(source: Path) -> str:
    """By what a backup is known, sealed or not; refuses (StoreFault) what is no file."""
    _require_file(source)
    with source.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def unpacked(source: Path, target: Path, identity: str | None) -> Iterator[Path]:
    """The backup as a database beside its place, which only its owner reads; gone after the block.

    Refuses (SealedError) a sealed one without the secret key, as `sealing.unseal` does a wrong key or a file
    that was changed, and (StoreFault) what is missing, damaged or no database.
    """
    _require_file(source)
    if sealing.is_sealed(source) and identity is None:
        raise SealedError
    backup.sweep(target)
    handle, name = tempfile.mkstemp(backup.COPYING, f"{target.name}.", target.parent)
    copy = Path(name)
    try:
        with source.open("rb") as read, os.fdopen(handle, "wb") as written:
            if identity is not None and sealing.is_sealed(source):
                sealing.unseal(read, written, identity)
            else:
                while piece := read.read(1 << 20):
                    written.write(piece)
        try:
            versions.examine(copy)
        except StoreFault as fault:
            raise StoreFault(fault.kind, str(source), fault.detail) from fault
        yield copy
    finally:
        backup.remove(copy)


def put_in_place(copy: Path, target: Path) -> None:
    """Give the copy its name, on disk when this returns; never replaces a file (InTheWayError)."""
    backup.settle(copy)
    try:
        os.link(copy, target)
    except FileExistsError as error:
        raise InTheWayError(target) from error
    backup.settle(target)
