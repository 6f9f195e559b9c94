"""What no verb of a story says, on the same stage: a meeting instead (HD 3.3), silence confirmed for personnel."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

import pytest

from bot.consultations import overview
from bot.consultations.overview import MatterTold
from bot.values.moments import INSTANT, VIET_NAM
from simulator import story
from simulator.founding import assemble
from simulator.phone_client import RefusedByBot
from simulator.rehearsal import take
from simulator.sandbox import Sandbox
from simulator.verbs.roster import Roster

CLERK, HEAD = "Phạm Thị Văn", "Tạ Văn Uy"
FILE = Path(__file__).with_name("hd_personnel_silence_is_not_applied.toml")


def moment(month: int, day: int, hour: int) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=VIET_NAM)


@asynccontextmanager
async def on_stage(folder: Path, steps: int) -> AsyncIterator[Roster]:
    """The story's committee after its first steps."""
    told = story.read(FILE)
    async with Sandbox(folder, told.start) as stage:
        cast = await assemble(stage, told, FILE)
        for step in told.steps[:steps]:
            await stage.move_to(step.at)
            assert await take(cast, step) is None
        yield cast


async def told_of(cast: Roster, matter: int) -> MatterTold:
    told = await overview.matter(cast.stage.bot.context, matter)
    assert told is not None
    return told


async def test_the_requester_may_bring_it_to_a_meeting_instead(tmp_path: Path) -> None:
    async with on_stage(tmp_path, 2) as cast:
        matter = next(iter(cast.matters.ids.values()))
        head = cast.hands[HEAD]
        await cast.stage.move_to(moment(3, 4, 9))
        with pytest.raises(RefusedByBot, match="KHÔNG THỰC HIỆN ĐƯỢC"):
            await cast.hands[CLERK].press("meeting", matter)
        await head.press("meeting", matter)
        await head.say("Việc quan trọng, cần trao đổi trực tiếp")
        told = await told_of(cast, matter)
        assert (told.outcome, told.next) == ("to_meeting", "to_meeting")
        assert told.closed_at == moment(3, 4, 9)
        assert "3.3" in told.articles


async def test_silence_confirmed_at_the_launch_applies_to_personnel(tmp_path: Path) -> None:
    async with on_stage(tmp_path, 0) as cast:
        clerk, head = cast.hands[CLERK], cast.hands[HEAD]
        await clerk.say("/start")
        await clerk.press("launch", cast.committee)
        draft = int(clerk.screen_with("form_drop")["form_drop"][0])
        await clerk.press("form_fill", draft, "ground", "coordination")
        await clerk.press("form_fill", draft, "matter", "personnel")
        await clerk.press("form_fill", draft, "silence_confirmed", "yes")
        await clerk.say("Nhân sự tham gia tổ công tác")
        await clerk.say("Nhân sự tham gia tổ công tác")
        await clerk.press("form_fill", draft, "deadline", "own")
        await clerk.press("form_fill", draft, "secret_free", "yes")
        await clerk.press("form_send", draft)
        matter = await overview.newest(cast.stage.bot.context)
        assert matter is not None
        await head.press("approve", matter)
        for agency in cast.story.member:
            await cast.hands[agency.name].press("ack", matter)
        await cast.stage.move_to(moment(3, 11, 17) + INSTANT)
        told = await told_of(cast, matter)
        assert (told.outcome, told.counts) == ("agreed", {"deemed_approve": 3})
        assert told.closed_at == moment(3, 11, 17)
