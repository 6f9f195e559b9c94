"""Everything a committee's decisions rest on, as one value: equal before and after means nothing changed."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

FACTS = (
    "accounts", "acts", "agenda_waiting", "approval_voices", "approvals", "attachments", "calendar_days", "committees",
    "consultations", "dues", "invitations", "people", "receipts", "register",
    "replies", "roll", "rulebooks", "seats",
    "votes", "open_votes", "ballot_rolls", "ballot_boxes",
)  # fmt: skip


def facts(path: Path) -> dict[str, list[Any]]:
    """Every row of every table that a decision rests on, read beside the running bot."""
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=30)) as database:
        return {
            table: database.execute(f"SELECT * FROM {table}").fetchall()  # noqa: S608 - our tables
            for table in FACTS
        }
