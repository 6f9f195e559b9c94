"""Old pages of a database file taken away for good. When that is done is not decided here."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path


def wipe(path: Path, patience: float) -> bool:
    """Write the file anew without what was deleted or replaced, and empty its journal.

    Nobody may write meanwhile; `patience` in seconds is how long readers are waited for. False when
    one of them still held the journal: the file is clean, the journal is not.
    """
    with closing(sqlite3.connect(path, timeout=patience, isolation_level=None)) as database:
        database.execute("PRAGMA secure_delete=ON")
        database.execute("VACUUM")
        busy, _, _ = database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy
