"""What waits for a person, whatever its subject. Each subject finds its own; none is known here."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from bot.kit.unit import UnitOfWork
from bot.people.rules.people import Person
from bot.values.action import Action


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits for a person; the earliest `at` comes first on the list.

    `kind` names its words in the labels ("task", "waiting"); `press` leads there; `due` is the moment
    told beside it, where there is one to tell.
    """

    kind: str
    subject: str
    at: datetime
    committee: str
    press: Action
    due: datetime | None = None


Source = Callable[[UnitOfWork, Person, str], Awaitable[list[Waiting]]]
"""What waits for this person in a committee of that name."""
