"""Runs the migrations from code, and writes new ones. There is no alembic.ini.

`python -m bot.db.migrations.running 0002 "Keep ..."` writes versions/v0002.py from what schema
has and the versions before it have not; read it, add its number to KNOWN in versions.py, commit it.
"""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path
from typing import Any, Literal

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, create_engine

from bot.db.schema import Moment


def settings(connection: Connection) -> Config:
    """Alembic's settings, with the connection its env.py is to use."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def upgrade(connection: Connection) -> None:
    """Bring the tables to the newest version, within the transaction of the connection given."""
    command.upgrade(settings(connection), "head")


def make(connection: Connection) -> None:
    """Make the newest tables where there is none, within the transaction of the connection given.

    On SQLite the migrations run once a process: a rehearsal makes many databases, and would spend more
    on migrating than on all that it plays.
    """
    if connection.dialect.name != "sqlite":
        upgrade(connection)
        return
    for statement in _all_that_migrating_makes():
        connection.exec_driver_sql(statement)


@cache
def _all_that_migrating_makes() -> tuple[str, ...]:
    """The tables, indexes and rows of a database just migrated, as statements without a transaction."""
    with create_engine("sqlite://").begin() as connection:
        upgrade(connection)
        migrated: Any = connection.connection.driver_connection
        return tuple(migrated.iterdump())[1:-1]


def plain_type(kind: str, item: Any, context: Any) -> str | Literal[False]:  # noqa: ARG001 - Alembic's form
    """How a migration names a type of ours: as the database does, whatever becomes of our class."""
    return "sa.BigInteger()" if kind == "type" and isinstance(item, Moment) else False


def write(revision: str, words: str) -> None:
    """Write the migration that brings the versions so far to what schema says."""
    with create_engine("sqlite://").begin() as connection:
        config = settings(connection)
        config.set_main_option("file_template", "v%%(rev)s")
        if any((Path(__file__).parent / "versions").glob("v*.py")):
            upgrade(connection)
        command.revision(config, message=words, autogenerate=True, rev_id=revision)


if __name__ == "__main__":
    write(*sys.argv[1:])
