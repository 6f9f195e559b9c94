"""How the rows of a picture fall on pages as high as a phone's screen: what belongs together stays together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Row = Mapping[str, object]
"""One row as it is drawn; its `height` is in points of a screen 390 wide."""
Together = tuple[Row, ...]
"""Rows between which no page ends."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a picture: its head, what the head is when the part goes on, the rows under it."""

    head: Together
    head_again: Together
    rows: Sequence[Together]


def pages(title: Together, parts: Sequence[Part], limit: int) -> list[list[Row]]:
    """The parts in their order, each page under the title and at most so high, unless one group alone is higher.

    A head never stands last on a page.
    """
    found: list[list[Row]] = []
    room = 0
    for part in parts:
        for place, together in enumerate(part.rows):
            led = (*part.head, *together) if place == 0 else together
            if not found or height(led) > room:
                found.append([*title])
                led = (*(part.head if place == 0 else part.head_again), *together)
                room = limit - height(title)
            found[-1] += led
            room -= height(led)
    return found


def height(rows: Sequence[Row]) -> int:
    """How high rows are together."""
    return sum(int(str(row["height"])) for row in rows)
