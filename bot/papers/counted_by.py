"""Who counted the slips, as words for a template, and where they sign. What they counted is not known here."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from typing import Any

from bot.counting.rules.board import Board
from bot.rendering import Rendering
from bot.values.names import same

NOBODY = {"post": "", "name": ""}
Place = dict[str, str]


def told_board(say: Rendering, board: Board | None) -> dict[str, Any]:
    """Who counted, where and when; all of it empty where nobody was named."""
    if board is None:
        return {"head": "", "members": [], "witnesses": [], "place": "", "at": ""}
    return {
        "head": board.head,
        "members": list(board.members),
        "witnesses": list(board.witnesses),
        "place": board.place,
        "at": say.moment(board.counts_at) if board.counts_at else "",
    }


def signatures(
    say: Rendering, boards: Sequence[Board | None], post: str, name: str
) -> list[dict[str, Place]]:
    """The places to sign, two a row: who drew the minutes up, then everybody named in a board, each once.

    Where something was counted without a board, whoever holds the `post` signs beside, by `name`.
    """
    places = [{"post": say.label("paper_signs.recorder"), "name": ""}]
    for board in boards:
        for place in _of_board(say, board) if board else [{"post": post, "name": name}]:
            if not any(_is_same(place, each) for each in places):
                places.append(place)
    pairs = zip_longest(places[::2], places[1::2], fillvalue=NOBODY)
    return [{"left": left, "right": right} for left, right in pairs]


def _of_board(say: Rendering, board: Board) -> list[Place]:
    head, member = say.label("paper_signs.head"), say.label("paper_signs.member")
    witness = say.label("paper_signs.witness")
    return [
        {"post": head, "name": board.head},
        *({"post": member, "name": each} for each in board.members),
        *({"post": witness, "name": each} for each in board.witnesses),
    ]


def _is_same(one: Place, other: Place) -> bool:
    """One person in one post; of two boards the head of one may be a member of the other, and signs as both."""
    return one["post"] == other["post"] and same(one["name"], other["name"])
