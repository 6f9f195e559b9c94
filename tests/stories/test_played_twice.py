"""A story played twice gives the same register: nothing it tells is drawn by chance, so that plays can be compared."""

from __future__ import annotations

import re
from pathlib import Path

from simulator import story
from simulator.rehearsal import play

WITH_A_MEETING = Path(__file__).parent / "c_qn_member_delegate_chair_and_sign.toml"
HEAD = re.compile(r"Mã đối chiếu sổ theo dõi: (\d+:\d+:[0-9a-f ]{24})")


async def heads() -> set[str]:
    """Every head of a register that was given out."""
    played = await play(story.read(WITH_A_MEETING), WITH_A_MEETING)
    assert played.failures == ()
    said = (line.text for lines in played.heard.values() for line in lines)
    return {head for text in said for head in HEAD.findall(text)}


async def test_one_story_played_twice_gives_the_same_heads() -> None:
    first = await heads()
    assert len(first) == 2, "of a result and of the conclusions"
    assert await heads() == first
