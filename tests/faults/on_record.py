"""Carries a scene out in a process of its own, of which everything it does to its files is written down.

Run as `python -m tests.faults.on_record SCENE FOLDER`, with the environment that `disk` gives; with a third word
`normal` the store waits for the disk as SQLite does by its own default for a journal like ours, and not at each commit.
"""

from __future__ import annotations

import asyncio
import pickle
import sqlite3
import sys
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.pool import Pool

from tests.faults.killing import carry_out


def wait_seldom(connection: sqlite3.Connection, *_: Any) -> None:
    """What our own pragmas do not allow."""
    connection.execute("PRAGMA synchronous=NORMAL")


def main(scene: str, folder: str, how: str = "") -> None:
    """To its end."""
    if how == "normal":
        event.listen(Pool, "checkout", wait_seldom)
    with Path(scene).open("rb") as file:
        asyncio.run(carry_out(pickle.load(file), Path(folder), None))  # noqa: S301 - written by this test


if __name__ == "__main__":
    main(*sys.argv[1:])
