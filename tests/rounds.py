"""How far a test of faults goes: a few rounds in `make test`, all of them in `make faults`. No fault lives here.

Both are the same code. Whatever is drawn is drawn from a seed, which stands in the name of the test:
what failed once is tried again with `--long --seed N`.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import TypeVar

import pytest

SEED = 1
"""Of whoever names none: the short forms then draw the same every time."""

T = TypeVar("T")
Tried = Callable[[str, int], None]
"""Tells the report of what there were how many; may be called several times in a test."""
Some = Callable[..., Sequence[T]]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the long forms be asked for, and the first seed be named."""
    group = parser.getgroup("faults")
    group.addoption("--long", action="store_true", help="run the long forms of the tests of faults")
    group.addoption("--seed", type=int, default=SEED, help="the first seed that rounds draw from")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test marked `rounds(short=…, long=…)` is run that often, each time with a seed of its own."""
    marker = metafunc.definition.get_closest_marker("rounds")
    if marker is None:
        return
    first: int = metafunc.config.getoption("--seed")
    many: int = marker.kwargs["long" if metafunc.config.getoption("--long") else "short"]
    metafunc.parametrize("seed", range(first, first + many), ids="seed{}".format)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What is marked `faults_long` has no short form."""
    if config.getoption("--long"):
        return
    left_out = [each for each in items if each.get_closest_marker("faults_long")]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [each for each in items if each not in left_out]


@pytest.fixture
def seed(request: pytest.FixtureRequest) -> int:
    """What this round draws from."""
    first: int = request.config.getoption("--seed")
    return first


@pytest.fixture
def chance(seed: int) -> random.Random:
    """Chance that comes out the same for the same seed."""
    return random.Random(seed)  # noqa: S311 - a test that can be repeated, no secret


@pytest.fixture
def long(request: pytest.FixtureRequest) -> bool:
    """Whether this is the long form."""
    return bool(request.config.getoption("--long"))


@pytest.fixture
def some(long: bool, chance: random.Random) -> Some[T]:
    """All of what might be tried, or in the short form so many of them, drawn and in their order."""

    def chosen(everything: Sequence[T], *, short: int) -> Sequence[T]:
        return everything if long else _few(everything, chance, short)

    return chosen


def drawn(config: pytest.Config, everything: Sequence[T], *, short: int) -> Sequence[T]:
    """As `some`, for what is drawn while tests are collected."""
    chance = random.Random(config.getoption("--seed"))  # noqa: S311 - as above
    return everything if config.getoption("--long") else _few(everything, chance, short)


def _few(everything: Sequence[T], chance: random.Random, most: int) -> Sequence[T]:
    places = chance.sample(range(len(everything)), min(most, len(everything)))
    return [everything[place] for place in sorted(places)]


@pytest.fixture
def tried(record_property: Callable[[str, object], None]) -> Tried:
    """Say for the report what was tried, and how often: `tried("kills", 300)`."""
    return record_property
