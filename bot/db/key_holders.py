"""Which process of several has the key of a secret box: a duty that the server lets go of with its process.

The key itself is a file on one machine (ballot_keys.py) and on no other. No ballot lives here.
"""

from __future__ import annotations

from bot.db.engine import Database


async def hold(db: Database, vote_id: int) -> None:
    """Let the others know that this process has the key of that vote; safe to repeat."""
    if db.instance is not None:
        await db.instance.holds(_duty(vote_id))


async def is_elsewhere(db: Database, vote_id: int) -> bool:
    """Whether the key is not here, and a process that lives has it: only that one can open the box."""
    if db.instance is None or db.keys.key(vote_id) is not None:
        return False
    return await db.instance.is_held_by_another(_duty(vote_id))


def _duty(vote_id: int) -> str:
    return f"ballot:{vote_id}"
