"""Who acts, looked up in the transaction that writes. A button carries ids, never rights."""

from __future__ import annotations

from collections.abc import Sequence

from bot.db import people
from bot.kit.unit import UnitOfWork
from bot.people.rules.people import Person, head_of
from bot.regulations.rules.regulation import Body


async def in_committee(work: UnitOfWork, account: int, committee: int) -> Person | None:
    """The person this account is in that committee."""
    persons = await people.of_account(work.tx, account)
    return next((p for p in persons if p.committee == committee), None)


def office_among(everybody: Sequence[Person], body: Body) -> list[Person]:
    """Clerks and the body's head among everybody of a committee."""
    head = head_of(everybody, body)
    return [p for p in everybody if p.is_clerk or (head is not None and p.id == head.id)]
