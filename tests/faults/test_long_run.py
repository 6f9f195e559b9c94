"""A long run of answers, changes of mind, strikes and closes through kills at random comes to what a model says."""

from __future__ import annotations

import asyncio
import json
import random
from dataclasses import asdict
from pathlib import Path

import pytest

from tests.faults.chronicle import Run, begun
from tests.faults.forked import in_a_process
from tests.rounds import Tried

SHORT_TURNS, LONG_TURNS = 8, 40


@pytest.mark.rounds(short=1, long=30)
def test_through_kills_at_random_it_comes_to_what_the_model_says(
    tmp_path: Path, seed: int, long: bool, tried: Tried
) -> None:
    in_a_process(go, tmp_path, seed, LONG_TURNS if long else SHORT_TURNS)
    told = json.loads((tmp_path / "told.json").read_text(encoding="utf-8"))
    assert told["wrong"] == []
    tried("turns", told["turns"])
    tried("kills", told["kills"])


def go(folder: Path, seed: int, turns: int) -> None:
    """One run; what came of it is in told.json."""
    chance = random.Random(seed)  # noqa: S311 - a test that can be repeated
    told = Run(asyncio.run(begun(folder)), chance).go(turns)
    (folder / "told.json").write_text(json.dumps(asdict(told)), encoding="utf-8")
