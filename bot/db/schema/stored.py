"""A column as it is stored, not read as what it means: for whoever proves the tables. No table lives here."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, Column, ColumnElement, Text, cast, type_coerce
from sqlalchemy.types import NullType


def stored(column: Column[Any]) -> ColumnElement[Any]:
    """What the database keeps in that column; of JSON its text, which a server's driver would read by itself."""
    return cast(column, Text) if isinstance(column.type, JSON) else type_coerce(column, NullType())
