"""Who may go on with what a committee leaves when it ends."""

from __future__ import annotations

from dataclasses import dataclass

from bot.values.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Known:
    """A committee of this installation, as far as it may be a successor."""

    id: int
    name: str
    closed: bool


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
