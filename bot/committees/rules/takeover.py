"""What a committee that has ended leaves to its successor, thing by thing, and how each stands there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Left(StrEnum):
    """What a committee may leave."""

    PERSON = "person"
    ITEM = "item"
    """It waited for a meeting."""
    DEBT = "debt"
    """A task, or what else followed from a decision."""
    REPORT = "report"


class Stands(StrEnum):
    """How it stands at the successor."""

    OPEN = "open"
    ASKED = "asked"
    """The clerk has proposed what becomes of it; the head has not confirmed it."""
    TAKEN = "taken"
    KEPT = "kept"
    """It is not taken over, for a reason."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing left: of which committee, what, its number there, what it is called, its last day."""

    of: int
    kind: Left
    id: int
    title: str
    due: date | None = None

    @property
    def key(self) -> tuple[int, str, int]:
        """By what it is known."""
        return self.of, self.kind.value, self.id


def last_day(due: date, today: date) -> date:
    """The last day of what is taken over: as it was, or the day of the taking over where that has passed."""
    return max(due, today)


def names_twin(name: str, unit: str, there: list[tuple[str, str]]) -> bool:
    """Whether somebody of that name is in the successor: of the same unit, where both name one."""
    return any(
        name.casefold() == other.casefold() and (not unit or not of or unit == of)
        for other, of in there
    )
