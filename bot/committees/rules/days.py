"""From which day on something may be asked for a committee."""

from __future__ import annotations

from datetime import date, timedelta

from bot.values.refusal import Refusal

FARTHEST = timedelta(days=731)
"""A day further ahead is taken for a typo."""


def refuse_day(day: date, today: date) -> Refusal | None:
    """From today on, and within two years: nothing that has been done is undone."""
    if day < today:
        return Refusal("since_past", values={"day": day, "today": today})
    return Refusal("since_far", values={"day": day}) if day > today + FARTHEST else None
