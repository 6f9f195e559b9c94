"""Stories of every subject, played once more on PostgreSQL: what comes of them is the same as on a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator import story
from simulator.comparison import differences
from simulator.rehearsal import play

HERE = Path(__file__).parent
PLAYED = (
    "bk_exactly_half",  # opinions, and how they are counted
    "hd_silence_on_inspection",
    "qn_extend_at_the_deadline",
    "outage_then_all_answer",
    "telegram_500_around_the_close",
    "m_hu_bch_guests_by_rule",  # meetings
    "w_qn_rebinding",  # people, and a second who confirms
    "n_qn_words_taken_when_said_so",  # notices and questions
    "q_tv_sent_unasked",  # reports
    "r_qn_exchange_of_the_year",
)
"""Of every subject one that is soon played; a vote in the room is tried by tests/faults/test_two_machines.py."""


@pytest.mark.parametrize("name", PLAYED)
async def test_the_story_goes_on_a_server_as_it_says(name: str, server_database: str) -> None:
    path = HERE / f"{name}.toml"
    told = story.read(path)
    assert differences(told, await play(told, path, database=server_database)) == []
