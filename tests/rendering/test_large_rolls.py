"""What is shown of a roll is made in as many steps as there are members, not in as many as their square.

Steps are calls of functions, counted; no time is measured.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from bot.consultations import dashboard_card
from bot.consultations.rules.consultation import Choice
from tests.rendering.scenes import SAY, WEDNESDAY, dossier
from tests.rules.committee import CALENDAR_2026, body, committee

Body = tuple[str, str]
HALF, WHOLE = 150, 300
TWICE = 2.2
"""Twice the roll is twice the steps, and sorting a little more; their square would be four times."""


@contextmanager
def _counted(calls: list[int]) -> Iterator[None]:
    def count(_frame: Any, event: str, _argument: Any) -> None:
        calls[0] += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        yield
    finally:
        sys.setprofile(None)


def steps(draw: Callable[[], object]) -> int:
    """How many calls a drawing takes."""
    calls = [0]
    with _counted(calls):
        draw()
    return calls[0]


def board(of: Body, members: int) -> int:
    """The dashboard of so many, a third of whom have answered and as many not received the text."""
    third = members // 3
    answered = range(1, third + 1)
    asked = committee(body(*of), members).received(*range(1, 2 * third + 1))
    papers = dossier(asked.answers(*answered, choice=Choice.APPROVE))
    return steps(lambda: dashboard_card.card(SAY, papers, WEDNESDAY, calendar=CALENDAR_2026))


@pytest.mark.parametrize(
    "of", [("quang_ngai", "dang_doan"), ("bac_kan", "ban_chap_hanh"), ("hai_duong", "co_quan")]
)
def test_the_dashboard_of_twice_as_many_takes_twice_the_steps(of: Body) -> None:
    board(of, WHOLE)  # what is compiled and remembered at the first drawing does not count
    assert board(of, WHOLE) < TWICE * board(of, HALF)
