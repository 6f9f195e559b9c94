"""`rehearse --papers` writes every paper that a story gives rise to: those too that are gone when it ends."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from bot.issuing.rules.letterhead import Paper
from bot.rendering import shared_rendering
from simulator import story
from simulator.rehearsal import play

STORIES = Path(__file__).parents[1] / "stories"
MATTER = (Paper.SLIP, Paper.TABLE, Paper.COUNT, Paper.RESULT)
GIVE_RISE_TO: dict[str, dict[Paper, int]] = {
    "qn_division_to_the_superior": dict.fromkeys((*MATTER, Paper.DIFFERING), 1),
    # Both rounds divide the body and are reported (15.2); it calls a meeting, and informs each Friday (HU-R2).
    "s_hu_written_twice_divided": {
        **dict.fromkeys((*MATTER, Paper.DIFFERING), 2),
        Paper.INVITATION: 1,
        Paper.FIGURES: 2,
    },
    "qn_withdraw": {Paper.SLIP: 1, Paper.RESULT: 1},
    "o_qn_divided_vote": {
        Paper.INVITATION: 1,
        Paper.MINUTES: 1,
        Paper.CONCLUSION: 1,
        Paper.RESOLUTION: 1,
        Paper.DIFFERING: 1,
    },
    "d_qn_meeting_that_proves_itself": {
        Paper.INVITATION: 1,
        Paper.MINUTES: 1,
        Paper.BALLOTS: 1,
        Paper.CONCLUSION: 1,
        Paper.RESOLUTION: 1,
        Paper.DIFFERING: 1,
    },
    # The half-year's report (QN-R1), and the one whose day the office named (QN-R4); those of members are theirs.
    "q_qn_half_year": {Paper.FIGURES: 2},
}


async def kinds_of(name: str, folder: Path) -> dict[Paper, int]:
    """How many papers of each kind a story writes."""
    path = STORIES / f"{name}.toml"
    await play(story.read(path), path, papers=folder)
    say = shared_rendering()
    called = {say.label(f"paper.{paper.value}"): paper for paper in Paper}
    return Counter(
        called[each.name.removesuffix(".docx").split(" - ")[0]] for each in folder.iterdir()
    )


@pytest.mark.parametrize("name", GIVE_RISE_TO)
async def test_a_story_writes_every_paper_that_it_gives_rise_to(name: str, tmp_path: Path) -> None:
    assert await kinds_of(name, tmp_path / "papers") == GIVE_RISE_TO[name]


def test_between_them_these_stories_give_rise_to_every_kind_of_paper() -> None:
    assert {paper for kinds in GIVE_RISE_TO.values() for paper in kinds} == set(Paper)
