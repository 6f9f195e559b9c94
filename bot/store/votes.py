"""Votes in the room in tables. Of a secret one there is a roll without times, and one sealed box."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, insert, select, update

from bot.domain.matter import Matter
from bot.domain.ruling import Next, Outcome
from bot.domain.vote import OpenVote, Unpublished, Vote, VoteKind, VoteResult
from bot.store.schema import ballot_rolls, invitees, open_votes, votes
from bot.store.transaction import Transaction


async def of_meeting(tx: Transaction, meeting_id: int) -> tuple[Vote, ...]:
    """The votes of a meeting, in the order in which they were opened."""
    rows = await tx.execute(
        select(votes).where(votes.c.meeting_id == meeting_id).order_by(votes.c.id)
    )
    return tuple([await _vote(tx, row) for row in rows.all()])


async def get(tx: Transaction, vote_id: int) -> tuple[int, Vote] | None:
    """The id of the meeting and the vote, or None."""
    row = (await tx.execute(select(votes).where(votes.c.id == vote_id))).first()
    return None if row is None else (row.meeting_id, await _vote(tx, row))


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


async def add(tx: Transaction, values: Mapping[str, Any]) -> int:
    """Enter a vote as it is opened, by its columns; gives its id."""
    entered = await tx.execute(insert(votes).values(**values).returning(votes.c.id))
    return int(entered.scalar_one())


async def close(
    tx: Transaction,
    vote_id: int,
    *,
    at: datetime,
    by: int,
    acting_for: int | None,
    result: VoteResult,
) -> None:
    """Close a vote with what it came to."""
    await tx.execute(
        update(votes)
        .where(votes.c.id == vote_id)
        .values(closed_at=at, closed_by=by, closed_for=acting_for, result=plain(result))
    )


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
    }


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
        result=_result(row.result) if row.result else None,
    )


async def _cast(tx: Transaction, vote_id: int) -> tuple[OpenVote, ...]:
    rows = await tx.execute(
        select(open_votes).where(open_votes.c.vote_id == vote_id).order_by(open_votes.c.id)
    )
    return tuple(OpenVote(row.person_id, row.answers, row.at, row.words) for row in rows)


async def _roll(tx: Transaction, vote_id: int) -> frozenset[int]:
    rows = await tx.execute(
        select(ballot_rolls.c.person_id).where(ballot_rolls.c.vote_id == vote_id)
    )
    return frozenset(rows.scalars())


def _result(kept: Mapping[str, Any]) -> VoteResult:
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
    )
