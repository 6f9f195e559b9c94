"""Least numbers of a rule book against those who sit: above the roll nothing could ever be adopted."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.people.rules.people import Person, Role, SeatHeld
from bot.people.rules.rolls import Beyond, SeveralHeads, beyond, several_heads
from bot.places import regulations_dir
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


QUANG_NGAI = load(regulations_dir() / "quang_ngai.toml")


def sitting(*offices: str) -> list[Person]:
    """So many members of the one body, in the order of its roll."""
    return [
        Person(n, 1, f"Người {n}", None, (SeatHeld(Role.MEMBER, "dang_doan", each, place=n),))
        for n, each in enumerate(offices, 1)
    ]


@pytest.mark.parametrize(
    ("offices", "names"),
    [
        (("secretary", "deputy", "deputy"), ()),
        (("secretary", "secretary", "member"), ("Người 1", "Người 2")),
        (("member", "secretary", "deputy", "secretary"), ("Người 2", "Người 4")),
        # Without a secretary the deputy heads, and of two it is one.
        (("deputy", "member", "deputy"), ("Người 1", "Người 3")),
        (("secretary", "member", "member"), ()),
    ],
)
def test_a_body_with_several_heads_is_told(
    offices: tuple[str, ...], names: tuple[str, ...]
) -> None:
    (body,) = QUANG_NGAI.bodies
    office = "deputy" if "secretary" not in offices else "secretary"
    told = (SeveralHeads(body.name, office, names),) if names else ()
    assert several_heads(sitting(*offices), QUANG_NGAI) == told
