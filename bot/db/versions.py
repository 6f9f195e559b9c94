"""Which version of the tables a database holds, and how it is brought to ours. No table is named here."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from bot.db import baseline
from bot.db.faults import StoreFault

KNOWN = (
    "0001",
    "0002",
    "0003",
    "0004",
    "0005",
    "0006",
    "0007",
    "0008",
    "0009",
    "0010",
    "0011",
    "0012",
    "0014",
    "0016",
    "0020",
    "0021",
    "0023",
    "0024",
    "0025",
    "0026",
    "0027",
    "0028",
    "0029",
    "0030",
    "0031",
    "0032",
    "0033",
    "0034",
    "0037",
    "0041",
    "0042",
    "0043",
    "0044",
)
"""Every revision in migrations/versions, oldest first."""
TELLS_ROWS = "0021"
"""From this one on each line of a register tells the rows that its act wrote."""


def examine(path: Path) -> None:
    """Refuse a file that is missing, empty, damaged or no database, or that the disk refuses. Changes nothing."""
    if not path.is_file():
        raise StoreFault("missing", str(path))
    if path.stat().st_size == 0:
        raise StoreFault("corrupt", str(path), "0 bytes")
    try:
        with closing(sqlite3.connect(path.as_uri() + "?mode=rw", uri=True, timeout=30)) as file:
            answer = str(file.execute("PRAGMA quick_check(1)").fetchone()[0])
    except sqlite3.OperationalError as error:  # what is damaged is told by another kind of error
        raise StoreFault("unreachable", str(path), str(error)) from error
    except sqlite3.DatabaseError as error:
        raise StoreFault("corrupt", str(path), str(error)) from error
    if answer != "ok":
        raise StoreFault("corrupt", str(path), answer)


def standing(connection: Connection, where: str) -> str | None:
    """The revision that the database `where` stands at; None when it holds no table at all; refuses a foreign one."""
    tables = inspect(connection).get_table_names()
    if "alembic_version" not in tables:
        if tables:
            raise StoreFault("foreign", where, ", ".join(sorted(tables)[:3]))
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()
    return None if found is None else str(found)


def bring_up(connection: Connection, where: str, *, migrate: bool) -> None:
    """Bring its tables to our version; refuses those of a later one, and those of an older one unless `migrate`."""
    found = standing(connection, where)
    if found == KNOWN[-1]:
        return
    if found is not None and found not in KNOWN:
        raise StoreFault("newer", where, found)
    if not migrate:
        raise StoreFault("older", where, found or "")
    from bot.db.migrations import running  # noqa: PLC0415 - heavy, and seldom needed

    bring = running.make if found is None else running.upgrade
    bring(connection)
    if found is not None and KNOWN.index(found) < KNOWN.index(TELLS_ROWS):
        baseline.write(connection)
