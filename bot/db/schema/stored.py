"""A column as it is stored, not read as what it means: for whoever proves the tables. No table lives here."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, Column, ColumnElement
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.expression import FunctionElement
from sqlalchemy.types import NullType


class as_stored(FunctionElement[Any]):  # noqa: N801 - written as a function of SQL
    """The value of a column without its type; JSON as its text, which a server's driver would read by itself."""

    inherit_cache = True
    type = NullType()


def stored(column: Column[Any]) -> ColumnElement[Any]:
    """What the database keeps in that column."""
    return as_stored(column)


@compiles(as_stored)
def _as_it_is(element: Any, compiler: Any, **given: Any) -> str:
    return str(compiler.process(element.clauses, **given))


@compiles(as_stored, "postgresql")
def _json_as_text(element: Any, compiler: Any, **given: Any) -> str:
    [column] = element.clauses
    words = compiler.process(column, **given)
    return f"CAST({words} AS TEXT)" if isinstance(column.type, JSON) else str(words)
