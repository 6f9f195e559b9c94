"""The insert that may meet a row already there, for either dialect. No table is named here."""

from __future__ import annotations

from functools import cache

from sqlalchemy import Table
from sqlalchemy.dialects import sqlite

from bot.db.transaction import Transaction


def insert_into(tx: Transaction, table: Table) -> sqlite.Insert:
    """An insert with `on_conflict_do_nothing` and `on_conflict_do_update`.

    PostgreSQL's has the same two methods with the same arguments, so callers see one type.
    """
    return insert_for(tx.dialect.name, table)


@cache
def insert_for(dialect: str, table: Table) -> sqlite.Insert:
    """The same for a dialect's name.

    Made once for each table: its `excluded` is a copy of all columns.
    """
    if dialect == "postgresql":
        from sqlalchemy.dialects import postgresql  # noqa: PLC0415 - of a server alone, and heavy

        return postgresql.insert(table)  # type: ignore[return-value]
    return sqlite.insert(table)
