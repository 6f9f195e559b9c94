"""Votes in the room in tables. Of a secret one there is a roll without times, and one sealed row with every ballot."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Row, bindparam, delete, func, insert, select, update

from bot.db.ballot_keys import BallotKeys
from bot.db.fact import fact
from bot.db.schema import (
    ballot_boxes,
    ballot_rolls,
    invitees,
    open_votes,
    raised_hands,
    recusals,
    reservations,
    votes,
)
from bot.db.statement_cache import compiled_once
from bot.db.telling import tell
from bot.db.transaction import Transaction
from bot.regulations.rules.terms import Matter, Next, Outcome
from bot.votes.rules import vote
from bot.votes.rules.vote import (
    OpenVote,
    RaisedHands,
    Recusing,
    Unpublished,
    Vote,
    VoteKind,
    VoteResult,
)


async def of_meeting(tx: Transaction, meeting_id: int) -> tuple[Vote, ...]:
    """The votes of a meeting, in the order in which they were opened."""
    rows = await tx.execute(_OF_MEETING, {"of": meeting_id})
    return tuple([await _vote(tx, row) for row in rows.all()])


_OF_MEETING = compiled_once(
    select(votes).where(votes.c.meeting_id == bindparam("of")).order_by(votes.c.id)
)


async def get(tx: Transaction, vote_id: int) -> tuple[int, Vote] | None:
    """The id of the meeting and the vote, or None."""
    row = (await tx.execute(_ONE, {"of": vote_id})).first()
    return None if row is None else (row.meeting_id, await _vote(tx, row))


_ONE = compiled_once(select(votes).where(votes.c.id == bindparam("of")))


async def newest(tx: Transaction) -> int | None:
    """The vote opened last."""
    found: int | None = (await tx.execute(select(func.max(votes.c.id)))).scalar()
    return found


async def running_for(tx: Transaction, person: int) -> list[tuple[int, int]]:
    """Open votes of meetings to which the person is invited as a member, as (meeting, vote)."""
    found = await tx.execute(
        select(votes.c.meeting_id, votes.c.id)
        .join(invitees, invitees.c.meeting_id == votes.c.meeting_id)
        .where(
            votes.c.closed_at.is_(None),
            invitees.c.person_id == person,
            invitees.c.guest.is_(False),
        )
        .order_by(votes.c.id)
    )
    return [(row.meeting_id, row.id) for row in found]


@fact
async def open_it(
    tx: Transaction, values: Mapping[str, Any], keys: BallotKeys, places: int
) -> Vote:
    """Enter a vote as it is opened, by its columns; gives it as it stands.

    A secret one gets an empty sealed box for `places` ballots; its key is on disk before the vote can be committed.
    """
    entered = await tx.execute(insert(votes).values(**values).returning(votes))
    opened = await _vote(tx, entered.one())
    if opened.secret:
        box = box_of(opened, places)
        sealed = _seal(keys.make(box.vote_id), box, ())
        await tx.execute(insert(ballot_boxes).values(vote_id=box.vote_id, sealed=sealed))
    return opened


@fact
async def close(
    tx: Transaction,
    vote_id: int,
    *,
    at: datetime,
    by: int | None,
    acting_for: int | None,
    result: VoteResult,
) -> None:
    """Close a vote with what it came to; of a secret one the roll is told now, by who is on it alone."""
    await tx.execute(
        update(votes)
        .where(votes.c.id == vote_id)
        .values(closed_at=at, closed_by=by, closed_for=acting_for, result=plain(result))
    )
    await tell(tx, ballot_rolls, ballot_rolls.c.vote_id == vote_id)


@fact
async def cast_openly(tx: Transaction, vote_id: int, cast: OpenVote) -> None:
    """Append a named answer; the last before the close counts."""
    await tx.execute(
        insert(open_votes).values(
            vote_id=vote_id,
            person_id=cast.person,
            answers=dict(cast.answers),
            words=cast.words,
            at=cast.at,
        )
    )


@fact
async def enter_hands(tx: Transaction, vote_id: int, hands: RaisedHands) -> None:
    """Append the hands that were raised; the last entry before the close counts."""
    await tx.execute(
        insert(raised_hands).values(
            vote_id=vote_id,
            approve=hands.approve,
            against=list(hands.against),
            abstain=hands.abstain,
            among=sorted(hands.among),
            at=hands.at,
            by=hands.by,
            acting_for=hands.acting_for,
        )
    )


@fact
async def add_recusal(tx: Transaction, vote_id: int, said: Recusing) -> None:
    """Append that a member takes no part in a vote, or takes part again; the last word counts."""
    await tx.execute(
        insert(recusals).values(
            vote_id=vote_id,
            person_id=said.person,
            out=said.out,
            reason=said.reason,
            at=said.at,
            by=said.by,
            acting_for=said.acting_for,
        )
    )


@fact
async def add_reservation(
    tx: Transaction, vote_id: int, person: int, *, reserved: bool, at: datetime
) -> None:
    """Append that a member's opinion in an open vote is reserved, or not any more; the last one counts."""
    await tx.execute(
        insert(reservations).values(vote_id=vote_id, person_id=person, reserved=reserved, at=at)
    )


def plain(result: VoteResult) -> dict[str, Any]:
    """A result as JSON keeps it."""
    return {
        "outcome": result.outcome.value,
        "next": result.next.value,
        "roll": result.roll,
        "present": result.present,
        "turnout": result.turnout,
        "required": result.required,
        "counts": {name: dict(counts) for name, counts in result.counts.items()},
        "adopted": list(result.adopted),
        "articles": list(result.articles),
        "least_ballots": result.least_ballots,
        "because": result.because.value if result.because else None,
        **{name: each for name in BESIDE if (each := getattr(result, name)) != BESIDE[name]},
    }


BESIDE: Mapping[str, Any] = {"base": None, "by_tie": False, "answers_required": 0, "recused": 0}
"""What is kept only where it says something: results from before these rules have none of it."""


async def _vote(tx: Transaction, row: Row[Any]) -> Vote:
    cast = () if row.secret else await _cast(tx, row.id)
    voted = await _roll(tx, row.id) if row.secret else frozenset(each.person for each in cast)
    return Vote(
        id=row.id,
        item_id=row.item_id,
        kind=VoteKind(row.kind),
        secret=row.secret,
        matter=Matter(row.matter),
        names=tuple(row.names),
        opened_at=row.opened_at,
        opened_by=row.opened_by,
        opened_for=row.opened_for,
        closed_at=row.closed_at,
        closed_by=row.closed_by,
        closed_for=row.closed_for,
        cast=cast,
        voted=voted,
        raised=None if row.secret else await _raised(tx, row.id),
        result=from_kept(row.result) if row.result else None,
        abstains=row.abstains,
        recusals=await _recusals(tx, row.id),
    )


async def _cast(tx: Transaction, vote_id: int) -> tuple[OpenVote, ...]:
    rows = await tx.execute(_CAST, {"of": vote_id})
    return tuple(
        OpenVote(row.person_id, row.answers, row.at, row.words, bool(row.reserved)) for row in rows
    )


async def _recusals(tx: Transaction, vote_id: int) -> tuple[Recusing, ...]:
    rows = await tx.execute(_RECUSALS, {"of": vote_id})
    return tuple(
        Recusing(row.person_id, row.out, row.reason, row.at, row.by, row.acting_for) for row in rows
    )


_RECUSALS = compiled_once(
    select(recusals).where(recusals.c.vote_id == bindparam("of")).order_by(recusals.c.id)
)


async def _raised(tx: Transaction, vote_id: int) -> RaisedHands | None:
    row = (await tx.execute(_RAISED, {"of": vote_id})).first()
    if row is None:
        return None
    hands = RaisedHands(
        row.approve,
        tuple(row.against),
        row.abstain,
        frozenset(row.among),
        row.at,
        row.by,
        row.acting_for,
    )
    return hands if hands.total else None


_RAISED = compiled_once(
    select(raised_hands)
    .where(raised_hands.c.vote_id == bindparam("of"))
    .order_by(raised_hands.c.id.desc())
    .limit(1)
)
_RESERVED = (
    select(reservations.c.reserved)
    .where(
        reservations.c.vote_id == open_votes.c.vote_id,
        reservations.c.person_id == open_votes.c.person_id,
    )
    .order_by(reservations.c.id.desc())
    .limit(1)
    .scalar_subquery()
    .label("reserved")
)
_CAST = compiled_once(
    select(open_votes, _RESERVED)
    .where(open_votes.c.vote_id == bindparam("of"))
    .order_by(open_votes.c.id)
)


async def _roll(tx: Transaction, vote_id: int) -> frozenset[int]:
    rows = await tx.execute(_ROLL, {"of": vote_id})
    return frozenset(rows.scalars())


_ROLL = compiled_once(
    select(ballot_rolls.c.person_id).where(ballot_rolls.c.vote_id == bindparam("of"))
)


def from_kept(kept: Mapping[str, Any]) -> VoteResult:
    """A result that was kept as JSON."""
    return VoteResult(
        outcome=Outcome(kept["outcome"]),
        next=Next(kept["next"]),
        roll=kept["roll"],
        present=kept["present"],
        turnout=kept["turnout"],
        required=kept["required"],
        counts=kept["counts"],
        adopted=tuple(kept["adopted"]),
        articles=tuple(kept["articles"]),
        least_ballots=kept["least_ballots"],
        because=Unpublished(kept["because"]) if kept["because"] else None,
        **{name: kept.get(name, BESIDE[name]) for name in BESIDE},
    )


NONCE_BYTES = 12


@dataclass(frozen=True, slots=True)
class Box:
    """The box of one vote: ballots of `width` letters, room for `places` of them."""

    vote_id: int
    width: int
    places: int


def box_of(vote: Vote, places: int) -> Box:
    """The box of a secret vote with room for `places` ballots."""
    return Box(vote.id, len(vote.questions), places)


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
    return vote.unpacked(inside, box.width)


@fact
async def remove(tx: Transaction, vote_id: int) -> None:
    """The vote is closed: what was sealed has been counted."""
    await tx.execute(delete(ballot_boxes).where(ballot_boxes.c.vote_id == vote_id))


async def open_ones(tx: Transaction) -> list[tuple[int, int]]:
    """Every vote that is open, behind the meeting that votes."""
    found = select(votes.c.meeting_id, votes.c.id).where(votes.c.closed_at.is_(None))
    return [(row.meeting_id, row.id) for row in await tx.execute(found.order_by(votes.c.id))]


async def unclosed(tx: Transaction) -> frozenset[int]:
    """Secret votes that are still open."""
    found = select(votes.c.id).where(votes.c.secret, votes.c.closed_at.is_(None))
    return frozenset((await tx.execute(found)).scalars())


def _seal(key: bytes, box: Box, ballots: Sequence[str]) -> bytes:
    nonce = secrets.token_bytes(NONCE_BYTES)
    inside = vote.packed(ballots, box.width, box.places)
    return nonce + AESGCM(key).encrypt(nonce, inside, _name(box))


def _name(box: Box) -> bytes:
    """A box of another vote, or of another form, does not open with this key."""
    return f"vote:{box.vote_id}:{box.width}:{box.places}".encode("ascii")
