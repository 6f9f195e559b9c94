"""The database file is removed, or another is put in its place, under the running bot: nothing more is taken in."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.faults.committee import CLERK, Committee, committee
from tests.faults.machine import count, living, nothing_waits, until


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[Committee]:
    async with committee(tmp_path, 2, real_time=True) as made:
        yield made


@pytest.mark.parametrize("how", ["removed", "replaced"])
async def test_what_is_pressed_then_stays_with_telegram_and_is_taken_in_once_the_file_is_back(
    house: Committee, how: str
) -> None:
    stage = house.stage
    matter = await house.opens("Nội dung đang xin ý kiến")
    await stage.stop_bot()
    away = stage.path.with_name("cat_di.db")
    async with living(stage) as bot:
        await until(lambda: stage.world.updates.polled and nothing_waits(stage), bot)
        if how == "replaced":
            shutil.copy(stage.path, away)
            shutil.copy(stage.path, stage.path.with_name("ban_khac.db"))
            stage.path.with_name("ban_khac.db").replace(stage.path)
        else:
            stage.path.rename(away)
        before = stage.world.deliveries_to(CLERK)
        house.presses(house.head, "reply", matter, "approve", on=house.form(house.head, matter))
        stage.world.say(CLERK, "/start")
        assert await asyncio.wait_for(bot.wait(), 60) == 1
    assert stage.world.unconfirmed == 2
    assert stage.world.deliveries_to(CLERK) == before
    log = (stage.path.parent / "bot.log").read_text(encoding="utf-8")
    assert "tệp cơ sở dữ liệu đã bị xóa hoặc bị thay bằng tệp khác" in log
    assert not any(name in log for name in house.names)

    if how == "removed":
        away.rename(stage.path)
    await stage.start_bot()
    await stage.settle()
    assert stage.world.unconfirmed == 0
    assert count(stage.path, "replies") == 1
    await house.verified()
