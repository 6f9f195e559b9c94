"""Whether a committee may end from a day on, and who may go on with what it leaves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from bot.values.refusal import Refusal

FARTHEST = timedelta(days=731)
"""A day further ahead is taken for a typo."""


@dataclass(frozen=True, slots=True)
class Known:
    """A committee of this installation, as far as it may be a successor."""

    id: int
    name: str
    closed: bool


def refuse_day(day: date, today: date) -> Refusal | None:
    """From today on, and within two years: nothing that has been done is undone."""
    if day < today:
        return Refusal("close_past", values={"day": day, "today": today})
    if day > today + FARTHEST:
        return Refusal("close_far", values={"day": day})
    return None


def served_here(name: str, known: tuple[Known, ...]) -> Known | None:
    """The committee of this installation that is called so, whatever the capitals; None for one elsewhere."""
    return next((each for each in known if each.name.casefold() == name.casefold()), None)


def refuse_successor(name: str, committee: int, known: tuple[Known, ...]) -> Refusal | None:
    """No committee goes on with itself, and none that has ended goes on with another."""
    found = served_here(name, known)
    if found is None:
        return None
    if found.id == committee:
        return Refusal("close_itself")
    return Refusal("close_successor_closed", values={"name": found.name}) if found.closed else None
