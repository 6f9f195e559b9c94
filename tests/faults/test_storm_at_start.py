"""A start with much to do: due moments and updates by the thousand hold up neither the first poll nor the pace."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from bot.clock import SystemClock
from simulator.sandbox import Sandbox
from tests.faults.committee import Committee, committee
from tests.faults.machine import count, living, until

DUES, CHATS, OF_EACH = 20_000, 1_000, 3
MICROSECOND = timedelta(microseconds=1)


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[Committee]:
    """A small committee whose bot was stopped, with very much to do at the next start."""
    async with committee(tmp_path, 2, real_time=True) as made:
        await made.stage.stop_bot()
        laden(made.stage)
        yield made


def laden(stage: Sandbox) -> None:
    """Due moments in a year, and updates of strangers, of which none has been handled."""
    now = SystemClock().now()
    moment = int(now.timestamp() * 1_000_000)
    due = moment + timedelta(days=365) // MICROSECOND
    bot = int(stage.world.token.partition(":")[0])
    with closing(sqlite3.connect(stage.path)) as database:
        database.executemany(
            "INSERT INTO dues (key, kind, about, at) VALUES (?, 'remind', 'committee:1', ?)",
            [(f"far:{number}", due + number) for number in range(DUES)],
        )
        database.executemany(
            "INSERT INTO inbox (bot_id, update_id, chat_id, received_at, earliest_at, raw, attempts)"
            " VALUES (?, ?, ?, ?, ?, ?, 0)",
            [
                (bot, number, 500_000 + number % CHATS, moment, moment, raw(number))
                for number in range(1, CHATS * OF_EACH + 1)
            ],
        )
        database.commit()


def raw(number: int) -> str:
    who = 500_000 + number % CHATS
    person = {"id": who, "is_bot": False, "first_name": "Người lạ"}
    chat = {"id": who, "type": "private", "first_name": "Người lạ"}
    said = {"message_id": number, "date": 1, "chat": chat, "from": person, "text": "Xin chào"}
    return json.dumps({"update_id": number, "message": said})


def handled(house: Committee) -> int:
    return count(house.stage.path, "inbox", "chat_id >= 500000 AND handled_at IS NOT NULL")


async def test_however_much_waits_telegram_is_asked_first_and_told_at_its_own_pace(
    house: Committee,
) -> None:
    stage = house.stage
    stage.world.enforce_limits = True
    before = stage.world.calls["getupdates"]
    async with living(stage) as bot:
        await until(lambda: stage.world.calls["getupdates"] > before, bot)
        assert handled(house) < 100, "what waits is handled beside the polls, not before them"
        house.presses(house.accounts[0], "me")
        await until(lambda: stage.world.unconfirmed == 0, bot)
        assert handled(house) < CHATS * OF_EACH, "and polls go on meanwhile"
        await until(lambda: handled(house) >= CHATS, bot)
        await until(lambda: count(stage.path, "outbox", "state = 'undeliverable'") >= 60, bot)
        assert count(stage.path, "dues", "done_at IS NOT NULL AND key LIKE 'far:%'") == 0
    log = (stage.path.parent / "bot.log").read_text(encoding="utf-8")
    assert "telegram asks to wait" not in log
    assert count(stage.path, "inbox", "fault IS NOT NULL") == 0
