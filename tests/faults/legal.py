"""Every legal table of a database as one digest: equal before and after means that nothing of right has changed."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path

from bot.db.schema.proven import UNPROVEN_TABLES

ALSO = frozenset({"register", "accounts", "invitations", "ballot_boxes"})
"""No line tells of them, but nobody without a right may change them either."""
LEFT_OUT = (frozenset(UNPROVEN_TABLES) - ALSO) | {"alembic_version"}


def legal(path: Path) -> dict[str, str]:
    """The digest of all rows of each legal table, read beside the running bot."""
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=30)) as database:
        found = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        names = {name for (name,) in found if not name.startswith("sqlite_")} - LEFT_OUT
        return {name: _digest(database, name) for name in sorted(names)}


def _digest(database: sqlite3.Connection, table: str) -> str:
    rows = database.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - its own table
    return hashlib.sha256(repr(rows.fetchall()).encode()).hexdigest()
