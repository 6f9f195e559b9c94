"""Of which committee a command speaks: the one that it names, or the only one on this machine."""

from __future__ import annotations

from bot.committees.machine import named
from bot.db import people
from bot.db.transaction import Transaction


class NotChosenError(Exception):
    """No committee of that name, or several and none was named; with the names that there are."""

    def __init__(self, name: str | None, known: tuple[str, ...]) -> None:
        super().__init__("which committee")
        self.name, self.known = name, known


async def chosen(tx: Transaction, name: str | None) -> int:
    """Its id; raises `NotChosenError`, which `beside_a_running_bot` tells."""
    every = await people.all_committees(tx)
    meant = named(every, name or "")
    if len(meant) != 1:
        raise NotChosenError(name, tuple(each.name for each in every))
    return meant[0].id
