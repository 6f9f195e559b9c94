"""Hands that look, around each of their presses, at what a refusal leaves in the tables."""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable
from contextlib import closing
from pathlib import Path

from simulator.phone_client import PhoneClient, Seen
from simulator.sandbox import Sandbox

MAY_CHANGE = {"inbox", "outbox", "register", "liveness"}
"""What came in and what was answered; and until when Telegram was heard, which every poll moves."""


def copied(path: Path) -> sqlite3.Connection:
    """All that a database in use holds now, kept in memory: looked into only where something was refused."""
    kept = sqlite3.connect(":memory:")
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as file:
        file.backup(kept)
    return kept


def tables(file: sqlite3.Connection) -> dict[str, tuple[tuple[object, ...], ...]]:
    """Every row of every table, save those that may change."""
    names = [
        name
        for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        if not name.startswith("sqlite_") and name not in MAY_CHANGE
    ]
    return {
        name: tuple(file.execute(f'SELECT * FROM "{name}"').fetchall())  # noqa: S608 - its own table
        for name in names
    }


def watching(left: list[tuple[str, str]]) -> type[PhoneClient]:
    """Hands that write down what a refusal leaves behind: what was refused, and the table that changed."""

    class WatchedHands(PhoneClient):
        def __init__(self, stage: Sandbox, user_id: int) -> None:
            super().__init__(stage, user_id)
            self._path = stage.path

        async def try_press(self, act: str, *args: str | int) -> Seen:
            return await self._watched(act, super().try_press(act, *args))

        async def try_say(self, text: str) -> Seen:
            return await self._watched("words", super().try_say(text))

        async def try_send_file(self, name: str, content: bytes) -> Seen:
            return await self._watched("file", super().try_send_file(name, content))

        async def _watched(self, what: str, done: Awaitable[Seen]) -> Seen:
            with closing(copied(self._path)) as earlier:
                seen = await done
                if seen.refusal is not None:
                    with closing(copied(self._path)) as later:
                        before, after = tables(earlier), tables(later)
                    left.extend((what, name) for name in after if after[name] != before.get(name))
            return seen

    return WatchedHands
