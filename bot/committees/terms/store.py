"""What is asked of a roster and of a new term, and what became of it when its day had come, as rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import insert, select

from bot.committees.rules.roster import NewRoll
from bot.db import approvals
from bot.db.approvals import Request, State
from bot.db.fact import fact
from bot.db.schema import roster_turns
from bot.db.transaction import Transaction

ROSTER = "roster"
"""Requests of this kind."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a request asks: this roll from a day on, a new term that begins on it, or both."""

    since: date
    term: bool = False
    roll: NewRoll | None = None

    def kept(self) -> dict[str, Any]:
        """As a request keeps it."""
        roll = self.roll.kept() if self.roll else None
        return {"from": self.since.isoformat(), "term": self.term, "roll": roll}

    @classmethod
    def of(cls, content: Mapping[str, Any]) -> Wanted:
        """As a request kept it."""
        roll = NewRoll.of(content["roll"]) if content["roll"] else None
        return cls(date.fromisoformat(content["from"]), content["term"], roll)


@fact
async def turn(tx: Transaction, request: Request, at: datetime, refused: str = "") -> None:
    """The day of a request has come; `refused` is why it could not be done any more."""
    wanted = Wanted.of(request.content)
    await tx.execute(
        insert(roster_turns).values(
            committee_id=request.committee,
            approval_id=request.id,
            since=wanted.since,
            term=wanted.term,
            refused=refused,
            at=at,
        )
    )


async def ahead(tx: Transaction, committee: int) -> list[Request]:
    """What is confirmed and whose day has not come yet."""
    query = select(roster_turns.c.approval_id).where(roster_turns.c.committee_id == committee)
    done = {row.approval_id for row in await tx.execute(query)}
    found = [r for r in await approvals.of_committee(tx, committee) if r.kind == ROSTER]
    return [r for r in found if r.state is State.CONFIRMED and r.id not in done]


async def undecided(tx: Transaction, committee: int) -> Request | None:
    """What is asked and not decided, or decided and still ahead; there is one at a time."""
    asked = [r for r in await approvals.waiting(tx, committee) if r.kind == ROSTER]
    return next(iter([*asked, *await ahead(tx, committee)]), None)
