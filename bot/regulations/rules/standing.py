"""From when to when a rule book stood, where another has come in its place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from bot.values.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Stood:
    """What began before `until` went by it, and goes by it to its end; `since` is None for that of the founding."""

    since: date | None
    until: date

    @property
    def last(self) -> date:
        """The last day on which something begins by the old rule book."""
        return self.until - timedelta(days=1)


def refuse_to_begin(stood: Stood | None) -> Refusal | None:
    """What has not begun by then begins under the rule book in its place: it goes back to whoever prepared it."""
    return Refusal("amend_since", values={"day": stood.until}) if stood else None
