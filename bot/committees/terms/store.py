"""What is asked of a roster and of a new term, found among the requests and what became of them on their day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.db import approvals, terms
from bot.db.approvals import Request, State
from bot.db.transaction import Transaction
from bot.people.rules.new_roll import NewRoll

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


async def ahead(tx: Transaction, committee: int) -> list[Request]:
    """What is confirmed and whose day has not come yet."""
    done = await terms.turned(tx, committee)
    found = [r for r in await approvals.of_committee(tx, committee) if r.kind == ROSTER]
    return [r for r in found if r.state is State.CONFIRMED and r.id not in done]


async def undecided(tx: Transaction, committee: int) -> Request | None:
    """What is asked and not decided, or decided and still ahead; there is one at a time."""
    asked = [r for r in await approvals.waiting(tx, committee) if r.kind == ROSTER]
    return next(iter([*asked, *await ahead(tx, committee)]), None)
