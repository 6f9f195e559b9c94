"""Least numbers of a rule book against those who sit: above the roll nothing could ever be adopted."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.people.rules.rolls import Beyond, beyond
from bot.regulations.loader import load

OTHERS = Path(__file__).parents[1] / "regulations" / "others"
BOOK = load(OTHERS / "hoi_dong_hoi.toml")
"""It asks for 3 agreements at least: of important matters (7.7), and in votes (6.3)."""


@pytest.mark.parametrize(
    ("roll", "articles"),
    [(1, ["7.7", "6.3"]), (2, ["7.7", "6.3"]), (3, []), (9, []), (0, [])],
)
def test_a_number_above_the_roll_is_found(roll: int, articles: list[str]) -> None:
    (body,) = BOOK.bodies
    found = list(beyond(BOOK, {body.id: roll}))
    assert found == [Beyond(body.name, roll, 3, each) for each in articles]
