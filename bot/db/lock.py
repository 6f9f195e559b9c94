"""The lock that keeps a second instance off a database. It ends with its process, however that ends."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from bot.db.faults import StoreFault


class InstanceLock:
    """An exclusive lock on a file beside the database (never on the database itself: SQLite's own
    locks would be dropped with it).
    """

    def __init__(self, database: Path) -> None:
        self._path = database.with_name(database.name + "-lock")
        self._handle: int | None = None

    def take(self) -> None:
        """Hold the lock until `release` or the end of the process; refuses when another holds it."""
        handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(handle)
        except OSError as error:
            os.close(handle)
            raise StoreFault("locked", str(self._path), type(error).__name__) from error
        self._handle = handle

    def release(self) -> None:
        """Give the lock back; harmless when it is not held."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


def _lock(handle: int) -> None:
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415 - exists on that system alone

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl  # noqa: PLC0415 - exists on the other systems alone

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
