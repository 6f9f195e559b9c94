"""A SQLite connection whose statements run in the event loop's own thread. No table lives here.

A statement on this database takes microseconds and the way to another thread and back ten times as
long. What can really wait, for the disk or for another program, still goes to the other thread.
"""

from __future__ import annotations

import sqlite3
from collections import deque
from collections.abc import Callable
from typing import Any

import aiosqlite

BEGIN_WRITING = "BEGIN IMMEDIATE"


class NearConnection(aiosqlite.Connection):
    """Statements near; waiting for the writer's lock, the commit of a writer and undoing far.

    Never both at once: whoever awaits a far step may be cancelled while it goes on, and then all
    that follows goes far too until it has ended.
    """

    def __init__(self, path: str, *, writes: bool) -> None:
        super().__init__(lambda: _connected(path), iter_chunk_size=64)
        self._thread.daemon = True  # a house that falls does not wait for its threads
        self._writes = writes
        self._under_way: deque[None] = deque()

    @property
    def at_hand(self) -> sqlite3.Connection | None:
        """SQLite's own connection, for a statement that is not waited for; None while a step is far."""
        return None if self._under_way else self._connection

    async def _execute(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        if self._connection is None or self._under_way or (args and args[0] == BEGIN_WRITING):
            return await self._far(fn, *args, **kwargs)
        return fn(*args, **kwargs)

    async def commit(self) -> None:
        """Commit; a writer's waits for the disk, so it waits elsewhere."""
        step = self._far if self._writes else self._execute
        await step(self._conn.commit)

    async def rollback(self) -> None:
        """Undo what is open."""
        if self._under_way or self._conn.in_transaction:
            await self._far(self._conn.rollback)

    async def _far(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        self._under_way.append(None)
        return await super()._execute(self._ending, fn, *args, **kwargs)  # type: ignore[no-untyped-call]

    def _ending(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Runs in the other thread."""
        try:
            return fn(*args, **kwargs)
        finally:
            self._under_way.pop()


def _connected(path: str) -> sqlite3.Connection:
    return sqlite3.connect(path, isolation_level=None, check_same_thread=False)
