"""A secret vote in tables: a roll without times, and one sealed row with every ballot. No rule lives here.

The row has the same length however many ballots are in it, and another nonce each time: two copies of it
tell no more than that somebody has voted between them.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import delete, insert, select, update

from bot.domain import ballot
from bot.store.ballot_keys import BallotKeys
from bot.store.schema import ballot_boxes, ballot_rolls, votes
from bot.store.transaction import Transaction

NONCE_BYTES = 12


@dataclass(frozen=True, slots=True)
class Box:
    """The box of one vote: ballots of `width` letters, room for `places` of them."""

    vote_id: int
    width: int
    places: int


async def set_up(tx: Transaction, keys: BallotKeys, box: Box) -> None:
    """An empty sealed box; its key is on disk before the vote can be committed."""
    sealed = _seal(keys.make(box.vote_id), box, ())
    await tx.execute(insert(ballot_boxes).values(vote_id=box.vote_id, sealed=sealed))


async def cast(tx: Transaction, keys: BallotKeys, box: Box, person: int, letters: str) -> bool:
    """Enter the person on the roll and a ballot in the box, both or neither.

    False when the box cannot be opened any more: then nothing was written.
    """
    key, ballots = keys.key(box.vote_id), await opened(tx, keys, box)
    if key is None or ballots is None:
        return False
    await tx.execute(insert(ballot_rolls).values(vote_id=box.vote_id, person_id=person))
    sealed = _seal(key, box, (*ballots, letters))
    await tx.execute(
        update(ballot_boxes).where(ballot_boxes.c.vote_id == box.vote_id).values(sealed=sealed)
    )
    return True


async def opened(tx: Transaction, keys: BallotKeys, box: Box) -> tuple[str, ...] | None:
    """Every ballot in the box, sorted; None when key or box are gone or do not belong together."""
    key = keys.key(box.vote_id)
    found = await tx.execute(
        select(ballot_boxes.c.sealed).where(ballot_boxes.c.vote_id == box.vote_id)
    )
    sealed = found.scalar()
    if key is None or sealed is None:
        return None
    try:
        inside = AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], _name(box))
    except InvalidTag:
        return None
    return ballot.unpacked(inside, box.width)


async def remove(tx: Transaction, vote_id: int) -> None:
    """The vote is closed: what was sealed has been counted."""
    await tx.execute(delete(ballot_boxes).where(ballot_boxes.c.vote_id == vote_id))


async def unclosed(tx: Transaction) -> frozenset[int]:
    """Secret votes that are still open."""
    found = select(votes.c.id).where(votes.c.secret, votes.c.closed_at.is_(None))
    return frozenset((await tx.execute(found)).scalars())


def _seal(key: bytes, box: Box, ballots: Sequence[str]) -> bytes:
    nonce = secrets.token_bytes(NONCE_BYTES)
    inside = ballot.packed(ballots, box.width, box.places)
    return nonce + AESGCM(key).encrypt(nonce, inside, _name(box))


def _name(box: Box) -> bytes:
    """A box of another vote, or of another form, does not open with this key."""
    return f"vote:{box.vote_id}:{box.width}:{box.places}".encode("ascii")
