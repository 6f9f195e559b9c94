"""What one stranger, or one broken row, may not do to everybody else: shown on the real process."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from bot.clock import SystemClock
from bot.db import inbox
from bot.db.engine import Database
from simulator.sandbox import Sandbox
from tests.faults.committee import CLERK, Committee, committee
from tests.faults.machine import count, living_again, until
from tests.faults.sitting import Sitting, sitting

MEMBERS, OUTSIDERS = 9, 64
OUTSIDE = range(900_000, 900_000 + OUTSIDERS)
CLOSING = ("vote_close", "vote_close_yes", "vote_void")


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[Committee]:
    async with committee(tmp_path, MEMBERS, real_time=True) as made:
        yield made


async def voting(house: Committee) -> tuple[Sitting, int]:
    """An open vote, and as many outsiders as there are places, each with the bot open."""
    room = await sitting(house)
    for number, account in enumerate(OUTSIDE):
        house.stage.world.add_person(account, f"Người ngoài {number}")
        house.stage.world.say(account, "/start")
    await house.stage.settle()
    return room, await room.opens(form="open", matter="general")


def press_by_all(house: Committee, vote: int) -> None:
    """Everybody outside presses a close twice, the members answer in between, the head closes at last."""
    for turn in range(2):
        for number, account in enumerate(OUTSIDE):
            house.presses(account, CLOSING[(turn + number) % len(CLOSING)], vote)
        if turn == 0:
            for account in house.accounts:
                house.presses(account, "vote", vote, "approve")
    house.presses(house.head, "vote_close_yes", vote)


def handled(stage: Sandbox) -> bool:
    return count(stage.path, "inbox", "handled_at IS NULL") == 0


async def keep_as_a_run_that_fell_before_it_handled_them(stage: Sandbox, most: int) -> None:
    """What Telegram still brings lies in the inbox already, up to so many."""
    db, now = await Database.open(stage.path, create=False), stage.clock.now()
    waiting = [(each.update_id, json.dumps(each.body)) for each in stage.world.updates.pending]
    async with db.write() as tx:
        await inbox.add(tx, int(stage.world.token.split(":")[0]), waiting[:most], now, now)
    await db.close()


async def test_64_accounts_without_rights_hold_nobody_back_from_voting_and_no_start(
    house: Committee,
) -> None:
    stage = house.stage
    room, vote = await voting(house)
    await stage.stop_bot()
    press_by_all(house, vote)
    assert stage.world.unconfirmed == 2 * OUTSIDERS + MEMBERS + 1
    await keep_as_a_run_that_fell_before_it_handled_them(stage, 100)

    with living_again(stage) as bot:
        await until(lambda: stage.world.unconfirmed == 0 and handled(stage), bot)

    assert count(stage.path, "open_votes") == MEMBERS
    assert count(stage.path, "inbox", "fault IS NOT NULL") == 0
    await stage.start_bot()
    await stage.settle()
    told = await room.told(vote)
    assert (told.outcome, told.counts["approve"]) == ("adopted", MEMBERS)
    for account in OUTSIDE:
        assert "Việc này do người đứng đầu" in house.hands(account).messages[-1].text
    await house.verified()


async def test_a_due_moment_whose_row_cannot_be_read_stops_no_other_and_the_clerk_is_told(
    tmp_path: Path,
) -> None:
    start = SystemClock().now() - timedelta(days=20)
    async with committee(tmp_path, 3, start=start) as house:
        stage = house.stage
        matters = [await house.opens(f"Nội dung thứ {number}") for number in (1, 2, 3)]
        await stage.stop_bot()
        with closing(sqlite3.connect(stage.path)) as database:
            of = "kind = 'close' AND consultation_id = ?"
            broken = f"UPDATE dues SET at = -99999999999999999, attempts = 2 WHERE {of}"  # noqa: S608
            assert database.execute(broken, (matters[0],)).rowcount == 1
            database.commit()

        with living_again(stage) as bot:
            await until(lambda: closed(stage) == 2 and told_to_the_clerk(stage), bot)

        assert (
            count(stage.path, "dues", "done_at IS NULL AND set_aside_at IS NULL AND kind = 'close'")
            == 0
        )
        assert (
            count(stage.path, "dues", "set_aside_at IS NOT NULL AND fault = 'OverflowError'") == 1
        )
        assert count(stage.path, "consultations", f"id = {matters[0]} AND result IS NULL") == 1
        log = (stage.path.parent / "bot.log").read_text(encoding="utf-8")
        assert "due moment set aside" in log
        assert not any(name in log for name in house.names)
        stage.clock.move_to(SystemClock().now())
        await stage.start_bot()
        await house.verified()


def closed(stage: Sandbox) -> int:
    return count(stage.path, "dues", "done_at IS NOT NULL AND kind = 'close'")


def told_to_the_clerk(stage: Sandbox) -> bool:
    return any(
        each.chat_id == CLERK and "VIỆC ĐẾN HẠN BỊ GÁC LẠI" in each.text
        for each in stage.world.deliveries
    )
