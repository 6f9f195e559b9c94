"""Counting boards in their table: each naming is a row of its own, the last one stands."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import bindparam, insert, select

from bot.counting.rules.board import Board
from bot.db.fact import fact
from bot.db.schema import counting_boards
from bot.db.statement_cache import compiled_once
from bot.db.transaction import Transaction

_OF = {"consultation": counting_boards.c.consultation_id, "vote": counting_boards.c.vote_id}
"""The column that names what is counted, by its kind."""
_LAST = {
    kind: compiled_once(
        select(counting_boards)
        .where(column == bindparam("of"))
        .order_by(counting_boards.c.id.desc())
        .limit(1)
    )
    for kind, column in _OF.items()
}


async def board_of(tx: Transaction, reference: str) -> Board | None:
    """The board of a matter or a vote, by its name in the register ("consultation:3"), as it stands."""
    kind, _, number = reference.partition(":")
    row = (await tx.execute(_LAST[kind], {"of": int(number)})).first()
    if row is None:
        return None
    return Board(row.head, tuple(row.members), tuple(row.witnesses), row.place, row.counts_at)


@fact
async def add(
    tx: Transaction, reference: str, board: Board, *, at: datetime, by: Mapping[str, int | None]
) -> None:
    """Append who counts from now on; `by` names who said so, and for which head."""
    kind, _, number = reference.partition(":")
    await tx.execute(
        insert(counting_boards).values(
            {
                _OF[kind].name: int(number),
                "head": board.head,
                "members": list(board.members),
                "witnesses": list(board.witnesses),
                "place": board.place,
                "counts_at": board.counts_at,
                "at": at,
                **by,
            }
        )
    )
