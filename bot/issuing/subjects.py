"""What papers are drawn up about: subjects that stand above enter how a thing of theirs is found."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.issuing.rules.letterhead import Paper
from bot.kit.unit import UnitOfWork
from bot.values.action import Action


@dataclass(frozen=True, slots=True)
class Issued:
    """A thing about which papers go out: whose it is, how it is called, which papers there are of it now.

    Of its `papers` those `drafted` are drawn up as files now, on the card to which `way` leads, and those `by_hand`
    by the office alone.
    """

    committee: int
    body: str
    title: str
    papers: frozenset[Paper]
    drafted: frozenset[Paper]
    by_hand: frozenset[Paper]
    way: Action


Finds = Callable[[UnitOfWork, int], Awaitable[Issued | None]]
"""Finds the thing of that id; None where there is none."""

SUBJECTS: dict[str, Finds] = {}
"""How each is found, by the word before its number: "consultation", "meeting". Filled while they are imported."""


def issues(name: str) -> Callable[[Finds], Finds]:
    """Enter how things of that name are found."""

    def enter(finds: Finds) -> Finds:
        if name in SUBJECTS:
            raise ValueError(f"two subjects of papers are named {name!r}")
        SUBJECTS[name] = finds
        return finds

    return enter
