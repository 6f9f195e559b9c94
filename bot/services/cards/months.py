"""The way from one month of buttons to the next. What a day means is not known here."""

from __future__ import annotations

from datetime import date

from bot.domain.card import Button
from bot.domain.press import press
from bot.rendering import Rendering

MONTHS = 12


def turn(
    say: Rendering, action: str, of: int, today: date, year: int, month: int
) -> tuple[Button, ...]:
    """The month before, unless it is past, and the month after."""
    turns = []
    if (year, month) > (today.year, today.month):
        turns.append(_month(say, action, of, year * MONTHS + month - 2))
    turns.append(_month(say, action, of, year * MONTHS + month))
    return tuple(turns)


def _month(say: Rendering, action: str, of: int, counted: int) -> Button:
    year, month = counted // MONTHS, counted % MONTHS + 1
    label = say.label("month.name", month=f"{month:02d}", year=year)
    return Button(label, press(action, of, year, month))
