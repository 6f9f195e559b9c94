"""What must hold of every database after whatever befell it, asked of the file alone.

What can be read in the tables by themselves is read here in plain SQL, and not by the code under test; the rest
is what `verify` proves. What needs a moment before it (I3, I5, I10) is asked by the tests.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from bot.clock import Clock
from bot.db.engine import Database
from bot.kit.unit import Context
from bot.proofs.verification import verify
from bot.rendering import shared_rendering

NOTHING_OF = {
    "I1: an answer of somebody who is not on the roll": """
        SELECT r.id FROM replies r LEFT JOIN roll o
        ON o.consultation_id = r.consultation_id AND o.person_id = r.person_id WHERE o.person_id IS NULL""",
    "I2: counts that do not add up to the roll at the opening": """
        SELECT c.id FROM consultations c WHERE json_extract(c.result, '$.positions') IS NOT NULL AND (
            (SELECT count(*) FROM roll WHERE consultation_id = c.id)
                <> (SELECT count(*) FROM json_each(c.result, '$.positions'))
            OR (SELECT sum(value) FROM json_each(c.result, '$.tally'))
                <> (SELECT count(*) FROM json_each(c.result, '$.positions')))""",
    "I2: a position of somebody who is not on the roll": """
        SELECT c.id FROM consultations c, json_each(c.result, '$.positions') p WHERE NOT EXISTS (
            SELECT 1 FROM roll WHERE consultation_id = c.id AND person_id = p.key)""",
    "I3: an answer counted that came after the close": """
        SELECT r.id FROM replies r JOIN consultations c ON c.id = r.consultation_id
        WHERE NOT r.late AND r.at > c.closed_at""",
    "I6: a message given up without a reason": """
        SELECT id FROM outbox WHERE state = 'undeliverable' AND reason IS NULL""",
    "I7: a moment acted on before it came": "SELECT id FROM dues WHERE done_at < at",
    "I7: more than one end": """
        SELECT committee_id, subject FROM register WHERE act IN ('close', 'close_by_hand', 'withdraw')
        AND subject LIKE 'consultation:%' GROUP BY 1, 2 HAVING count(*) > 1""",
    "I9: a press with a secret choice kept": """
        SELECT update_id FROM inbox
        WHERE raw LIKE '%:cast:%' OR raw LIKE '%"cast:%' OR raw LIKE '%:ballot:%'""",
    "I11: silence that counts without a receipt": """
        SELECT c.id FROM consultations c, json_each(c.result, '$.positions') p
        WHERE p.value = 'deemed_approve' AND NOT EXISTS (
            SELECT 1 FROM receipts WHERE consultation_id = c.id AND person_id = p.key AND at <= c.closed_at)""",
    "I11: silence that counts of somebody who has answered": """
        SELECT c.id FROM consultations c, json_each(c.result, '$.positions') p
        JOIN replies r ON r.consultation_id = c.id AND r.person_id = p.key
        WHERE p.value = 'deemed_approve' AND NOT r.late AND r.at <= c.closed_at AND r.latest_at IS NULL""",
}
"""Questions to which there must be no row, each with the invariant that a row would break."""


async def invariants(database: Path, clock: Clock) -> list[str]:
    """Everything that does not hold of a database, which a bot may be using; empty when all does."""
    return [*_read(database), *await _verified(database, clock)]


def _read(database: Path) -> Iterator[str]:
    with closing(asked(database)) as file:
        for said, question in NOTHING_OF.items():
            rows = file.execute(question).fetchall()
            if rows:
                yield f"{said}: {rows[:3]}"
        yield from (f"keys: {row}" for row in file.execute("PRAGMA foreign_key_check").fetchall())
        (whole,) = file.execute("PRAGMA integrity_check(1)").fetchone()
        if whole != "ok":
            yield f"file: {whole}"


async def _verified(database: Path, clock: Clock) -> Iterator[str]:
    db = await Database.open(database, create=False, alone=False)
    try:
        found = await verify(Context(db, clock, shared_rendering(), ""))
    finally:
        await db.close()
    broken = [f"I4, I8: {each}" for checked in found.checked for each in checked.breaks]
    return iter([*broken, *(f"I8: {each}" for each in found.differences)])


def asked(database: Path) -> sqlite3.Connection:
    """A connection that only reads, beside whoever uses the database."""
    return sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True, timeout=30)


def rows(database: Path) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table of ours."""
    with closing(asked(database)) as file:
        file.row_factory = sqlite3.Row
        tables = [
            str(name)
            for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            if not str(name).startswith("sqlite_")
        ]
        return {
            name: [dict(row) for row in file.execute(f'SELECT * FROM "{name}"')]  # noqa: S608 - its own table
            for name in tables
        }
