"""What the store asks of a database, whichever it is: as much of SQLAlchemy's own face as it needs.

For a server it is SQLAlchemy's AsyncEngine and AsyncConnection themselves; for a file see `inline`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any, Protocol, TypeVar

from sqlalchemy import URL, Connection, Dialect, Executable

T = TypeVar("T")
Values = Mapping[str, Any] | Sequence[Mapping[str, Any]]


class TransactionLostError(Exception):
    """The database has undone the whole transaction by itself, as it does when the disk is full."""


class Rows(Protocol):
    """What a statement gave, all of it at hand."""

    @property
    def rowcount(self) -> int:
        """How many rows were written, by a statement that gives none back."""

    def __iter__(self) -> Iterator[Any]: ...

    def all(self) -> Sequence[Any]:
        """Every row."""

    def once(self, make: Callable[..., T], *of: Hashable) -> T:
        """What is made of every row and of these values: a value nobody changes, for it may be kept with the rows."""

    def first(self) -> Any:
        """The first row, or None."""

    def one(self) -> Any:
        """The only row; refuses (NoResultFound, MultipleResultsFound) none and several."""

    def scalars(self) -> Iterable[Any]:
        """The first value of every row."""

    def scalar(self) -> Any:
        """The first value of the first row, or None."""

    def scalar_one(self) -> Any:
        """The first value of the only row; refuses as `one` does."""


class Reading(Protocol):
    """What a single look needs."""

    async def execute(self, statement: Executable, parameters: Values | None = None) -> Rows:
        """Carry a statement out, once or for each of several rows of values."""


class Transaction(Reading, Protocol):
    """What `write` and `read` give. It ends with their block, and nobody else ends it."""

    @property
    def dialect(self) -> Dialect:
        """Of the database, for the few statements that are worded apart."""

    def begin_nested(self) -> AbstractAsyncContextManager[Any]:
        """A savepoint: an error that leaves the block undoes what was done in it, and nothing else."""


class OpenConnection(Transaction, Protocol):
    """A connection taken from an engine."""

    async def run_sync(self, fn: Callable[[Connection], T]) -> T:
        """Do work that is written for SQLAlchemy's plain connection, such as a migration."""

    def begin(self) -> Awaitable[Any]:
        """Begin a transaction."""

    async def commit(self) -> None:
        """Return when what was written is on disk."""

    async def close(self) -> None:
        """Undo what is not committed, and give the connection back."""


class Engine(Protocol):
    """A few connections to one database."""

    @property
    def url(self) -> URL:
        """Where the database is."""

    def connect(self) -> Awaitable[OpenConnection]:
        """A connection that is free; waits for one."""

    def begin(self) -> AbstractAsyncContextManager[OpenConnection]:
        """A transaction: committed on leaving, undone on any error."""

    async def dispose(self) -> None:
        """Close every connection."""
