"""From when to when a rule book stood, where another has come in its place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Stood:
    """What began before `until` went by it, and goes by it to its end; `since` is None for that of the founding."""

    since: date | None
    until: date

    @property
    def last(self) -> date:
        """Its last day."""
        return self.until - timedelta(days=1)
