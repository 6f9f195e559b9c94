"""What every table is made of: the naming of its keys, moments, and ids. No table lives here."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, MetaData, TypeDecorator

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Moment(TypeDecorator[datetime]):
    """An aware moment kept as whole microseconds since 1970 UTC; SQLite would give it back naive."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> int | None:
        """Refuse a naive moment: it has no meaning."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a moment needs its time zone: {value!r}")
        return (value - EPOCH) // timedelta(microseconds=1)

    def process_result_value(self, value: int | None, dialect: Any) -> datetime | None:
        """Give the moment back in UTC."""
        return None if value is None else EPOCH + timedelta(microseconds=value)


def own_id() -> Column[int]:
    """The table's own whole number."""
    return Column("id", Integer, primary_key=True, autoincrement=True)


def to(column: str, target: str, *, required: bool = True) -> Column[int]:
    """A column that names a row of another table."""
    return Column(column, Integer, ForeignKey(target), nullable=not required)
