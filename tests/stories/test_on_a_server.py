"""Stories of every subject, played once more on PostgreSQL: what comes of them is the same as on a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator import story
from simulator.comparison import differences
from simulator.rehearsal import play

HERE = Path(__file__).parent
PLAYED = ("hd_silence_on_inspection",)


@pytest.mark.parametrize("name", PLAYED)
async def test_the_story_goes_on_a_server_as_it_says(name: str, server_database: str) -> None:
    path = HERE / f"{name}.toml"
    told = story.read(path)
    assert differences(told, await play(told, path, database=server_database)) == []
