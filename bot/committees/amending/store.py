"""What is amended from a day on and not in force yet, found among the requests and the turns of rule books."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.db import approvals, rulebooks
from bot.db.approvals import Request, State
from bot.db.transaction import Transaction

AMEND = "amend"
"""Requests of this kind."""


@dataclass(frozen=True, slots=True)
class Amendment:
    """What a request asks: this rule book in place of that one, from a day on; `file` where its text is another."""

    rulebook: str
    before: str
    since: date
    file: str = ""

    def kept(self) -> dict[str, Any]:
        """As a request keeps it."""
        return {
            "rulebook": self.rulebook,
            "before": self.before,
            "from": self.since.isoformat(),
            "file": self.file,
        }

    @classmethod
    def of(cls, content: Mapping[str, Any]) -> Amendment:
        """As a request kept it."""
        since = date.fromisoformat(content["from"])
        return cls(content["rulebook"], content["before"], since, content["file"])


async def ahead(tx: Transaction, committee: int) -> list[Request]:
    """Amendments that are confirmed and not in force yet, in the order in which they come into force."""
    taken = {turn.approval for turn in await rulebooks.turns(tx, committee)}
    found = [r for r in await approvals.of_committee(tx, committee) if r.kind == AMEND]
    coming = [r for r in found if r.state is State.CONFIRMED and r.id not in taken]
    return sorted(coming, key=lambda request: Amendment.of(request.content).since)


async def waiting(tx: Transaction, committee: int) -> Request | None:
    """The amendment that is asked and not decided; there is one at a time."""
    found = (r for r in await approvals.waiting(tx, committee) if r.kind == AMEND)
    return next(found, None)
