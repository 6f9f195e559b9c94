"""What no verb of a story says of corrections: an older card pressed, a second form left open, a forgery found out."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import update

from bot.consultations import overview
from bot.db.schema import corrections
from bot.proofs.verification import verify
from bot.values.moments import VIET_NAM
from simulator import story
from simulator.founding import assemble
from simulator.phone_client import RefusedByBot
from simulator.rehearsal import take
from simulator.sandbox import Sandbox
from simulator.verbs.roster import Roster

HERE = Path(__file__).parent
CORRECTED = HERE / "l_qn_corrected_while_it_waits.toml"
SENT_BACK = HERE / "l_qn_sent_back_and_corrected.toml"
CLERK, HEAD, MEMBER = "Phạm Thị Văn", "Nguyễn Văn An", "Trần Thị Bình"


@asynccontextmanager
async def on_stage(folder: Path, file: Path, until: datetime) -> AsyncIterator[tuple[Roster, int]]:
    """The story's committee after its steps until that moment, those that are refused left out; its matter."""
    told = story.read(file)
    async with Sandbox(folder, told.start) as stage:
        cast = await assemble(stage, told, file)
        for step in told.steps:
            if step.at <= until and not step.refused:
                await stage.move_to(step.at)
                assert await take(cast, step) is None
        await stage.move_to(until)
        yield cast, next(iter(cast.matters.ids.values()))


def at(hour: int, minute: int) -> datetime:
    return datetime(2026, 3, 2, hour, minute, tzinfo=VIET_NAM)


async def stands(cast: Roster, matter: int) -> str:
    told = await overview.matter(cast.stage.bot.context, matter)
    assert told is not None
    return told.outcome


async def test_the_head_approves_what_he_saw(tmp_path: Path) -> None:
    async with on_stage(tmp_path, CORRECTED, at(8, 20)) as (cast, matter):
        head = cast.hands[HEAD]
        await head.press("approve", matter, 1)
        assert await stands(cast, matter) == "submitted"
        await head.press("approve", matter, 3)
        assert await stands(cast, matter) == "open"


async def test_a_card_from_before_any_correction_shows_the_corrected_one_and_asks_again(
    tmp_path: Path,
) -> None:
    async with on_stage(tmp_path, CORRECTED, at(8, 20)) as (cast, matter):
        head = cast.hands[HEAD]
        await head.press("approve", matter)
        assert await stands(cast, matter) == "submitted"
        assert head.shows("approve", matter, 3) is not None


async def test_another_form_left_unfinished_is_not_lost_by_taking_one_up_again(
    tmp_path: Path,
) -> None:
    async with on_stage(tmp_path, SENT_BACK, at(8, 10)) as (cast, matter):
        clerk = cast.hands[CLERK]
        await clerk.press("launch", cast.committee)
        other = int(clerk.screen_with("form_drop")["form_drop"][0])
        await clerk.press("form_fill", other, "ground", "urgent_no_meeting")
        await clerk.press("reopen", matter)
        reopened = int(clerk.screen_with("form_drop")["form_drop"][0])
        assert reopened != other
        await clerk.press("form_send", reopened)
        assert await stands(cast, matter) == "submitted"
        await clerk.press("launch", cast.committee)
        assert int(clerk.screen_with("form_drop")["form_drop"][0]) == other
        with pytest.raises(RefusedByBot, match="đã được trình lại"):
            await clerk.press("reopen", matter)


async def test_only_a_clerk_takes_up_what_was_sent_back(tmp_path: Path) -> None:
    async with on_stage(tmp_path, SENT_BACK, at(8, 10)) as (cast, matter):
        for name in (HEAD, MEMBER):
            with pytest.raises(RefusedByBot):
                await cast.hands[name].press("reopen", matter)
        assert await stands(cast, matter) == "sent_back"


async def test_a_correction_changed_afterwards_is_found_out(tmp_path: Path) -> None:
    async with on_stage(tmp_path, CORRECTED, at(8, 30)) as (cast, _):
        context = cast.stage.bot.context
        assert (await verify(context)).holds
        async with context.work() as work:
            await work.tx.execute(
                update(corrections).where(corrections.c.what == "subject").values(before="Khác")
            )
        found = await verify(context)
        assert [(each.table, each.columns) for each in found.differences] == [
            ("corrections", ("before",))
        ]
