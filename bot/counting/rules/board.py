"""A counting board as a value, and what may stand in one. No text regulates it: it follows usual practice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.values.names import same
from bot.values.refusal import Refusal

MOST_NAMES = 15
"""Names among the members, and as many among the witnesses."""


@dataclass(frozen=True, slots=True)
class Board:
    """Who counts: people of the committee or others, by name; they sign the minutes of the counting."""

    head: str
    members: tuple[str, ...] = ()
    witnesses: tuple[str, ...] = ()
    place: str = ""
    counts_at: datetime | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Everybody, the head first."""
        return (self.head, *self.members, *self.witnesses)


def may_stand(names: Sequence[str], already: Sequence[str] = ()) -> Refusal | None:
    """At most so many names at once, and nobody twice: whoever counts is no witness of it."""
    if len(names) > MOST_NAMES:
        return Refusal("board_many", values={"count": len(names), "limit": MOST_NAMES})
    for place, name in enumerate(names):
        if any(same(name, each) for each in (*already, *names[:place])):
            return Refusal("board_twice", values={"name": name})
    return None
