"""A rehearsal tells when the bot itself failed: what a person was told then is no answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.kit.act import TABLE
from bot.kit.screen import Screen
from bot.kit.taps import Tap
from bot.kit.unit import Context
from bot.values.language import Language
from simulator import story
from simulator.comparison import differences
from simulator.rehearsal import play

STORY = Path(__file__).parents[1] / "stories" / "hd_seven_working_days_over_tet.toml"


async def test_a_step_at_which_the_bot_fails_is_no_step_taken(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def broken(_context: Context, _tap: Tap) -> Screen:
        raise LookupError("a fault in an act")

    monkeypatch.setitem(TABLE.presses, "text", broken)
    told = story.read(STORY)
    found = differences(told, await play(told, STORY))
    assert any("set aside with a fault: 1" in each.told(Language.ENGLISH) for each in found), found
