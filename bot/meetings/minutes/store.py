"""Minutes as rows, appended and never changed."""

from __future__ import annotations

from sqlalchemy import bindparam, insert, select

from bot.db.fact import fact
from bot.db.schema import agenda_items, minute_keepers, minute_pieces
from bot.db.statement_cache import compiled_once
from bot.db.transaction import Transaction
from bot.meetings.rules.minutes import Keeper, Minutes, Piece


@fact
async def name_keeper(tx: Transaction, meeting_id: int, keeper: Keeper) -> None:
    """Append who keeps the minutes from now on."""
    await tx.execute(
        insert(minute_keepers).values(
            meeting_id=meeting_id,
            person_id=keeper.person,
            at=keeper.at,
            by=keeper.by,
            acting_for=keeper.acting_for,
        )
    )


@fact
async def write(tx: Transaction, piece: Piece) -> None:
    """Append words on the course of an item."""
    await tx.execute(
        insert(minute_pieces).values(
            item_id=piece.item_id,
            words=piece.words,
            at=piece.at,
            by=piece.by,
            anew=piece.anew,
        )
    )


async def of_meeting(tx: Transaction, meeting_id: int) -> Minutes:
    """Everything of a meeting, in the order in which it was named and written."""
    of = {"of": meeting_id}
    keepers = await tx.execute(_KEEPERS, of)
    pieces = await tx.execute(_PIECES, of)
    return Minutes(
        tuple(Keeper(row.person_id, row.at, row.by, row.acting_for) for row in keepers),
        tuple(Piece(row.item_id, row.words, row.at, row.by, row.anew) for row in pieces),
    )


_KEEPERS = compiled_once(
    select(minute_keepers)
    .where(minute_keepers.c.meeting_id == bindparam("of"))
    .order_by(minute_keepers.c.id)
)
_PIECES = compiled_once(
    select(minute_pieces)
    .join(agenda_items, agenda_items.c.id == minute_pieces.c.item_id)
    .where(agenda_items.c.meeting_id == bindparam("of"))
    .order_by(minute_pieces.c.id)
)
