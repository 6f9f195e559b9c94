"""The lock that keeps a second instance off a database. It ends with its process, however that ends."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from bot.db.faults import StoreFault

BEYOND = 1 << 40
"""A place in the file that SQLite never locks, for systems that lock by place."""


class InstanceLock:
    """An exclusive lock on the database file itself, whatever name it was opened by.

    SQLite's own locks are of another kind and are not met by it; but a descriptor of the file that is closed
    drops them. So it is taken before SQLite opens the file, and given back after SQLite has closed it.
    """

    def __init__(self, database: Path) -> None:
        self._path = database
        self._handle: int | None = None

    def take(self) -> None:
        """Hold the lock until `release` or the end of the process; refuses when another holds it.

        Refuses a file that is missing or may not be read; never makes one.
        """
        try:
            handle = os.open(self._path, os.O_RDONLY)
        except FileNotFoundError as error:
            raise StoreFault("missing", str(self._path)) from error
        except OSError as error:
            raise StoreFault("unreachable", str(self._path), error.strerror or "") from error
        try:
            _lock(handle)
        except OSError as error:
            os.close(handle)
            raise StoreFault("locked", str(self._path), type(error).__name__) from error
        self._handle = handle

    def is_in_place(self) -> bool:
        """Whether the file that is locked still stands under its name: not removed, and no other in its place."""
        if self._handle is None:
            return False
        ours = os.fstat(self._handle)
        try:
            there = self._path.stat()
        except OSError:
            return False
        return (ours.st_dev, ours.st_ino) == (there.st_dev, there.st_ino)

    def release(self) -> None:
        """Give the lock back; harmless when it is not held."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


def _lock(handle: int) -> None:
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415 - exists on that system alone

        os.lseek(handle, BEYOND, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl  # noqa: PLC0415 - exists on the other systems alone

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
