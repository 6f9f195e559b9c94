"""A loop whose time is moved: it goes straight on to its next timer, however long that takes on this machine.

While something outside is asked, which answers in its own time, the loop's time stands still.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from selectors import DefaultSelector, SelectorKey


class _Moving(DefaultSelector):
    """Where a loop waits for its next timer: here it moves the time to it."""

    def __init__(self, lateness: Callable[[], float]) -> None:
        super().__init__()
        self.now = 0.0
        self.asked = 0
        self._lateness = lateness

    def select(self, timeout: float | None = None) -> list[tuple[SelectorKey, int]]:
        """Wait for the outside alone while it is asked; else for nothing."""
        if not timeout:
            return super().select(timeout)
        if self.asked:
            return super().select(None)
        self.now += timeout + self._lateness()
        return super().select(0)


class MovedLoop(asyncio.SelectorEventLoop):
    """Its time begins at 0; each timer comes as late, in seconds, as `lateness` says when it is waited for."""

    def __init__(self, lateness: Callable[[], float] = lambda: 0.0) -> None:
        self._moving = _Moving(lateness)
        super().__init__(self._moving)

    def time(self) -> float:
        """The time as it was moved."""
        return self._moving.now

    @contextmanager
    def asks(self) -> Iterator[None]:
        """Something outside is asked while the block lasts: a server, another process."""
        self._moving.asked += 1
        try:
            yield
        finally:
            self._moving.asked -= 1
