"""Processes that send through one server keep Telegram's limits together."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, make_url, select

from bot.db import outbox
from bot.db.engine import Database
from bot.db.notice import ANSWER, Card, Notice
from bot.db.schema import outbox as outbox_table
from bot.db.sending_turns import SendingTurns
from scheduler.shared_pace import SharedPace
from simulator.faults import Limits
from simulator.sandbox import Sandbox
from tests.faults.committee import committee
from tests.faults.forked import bot_run, forked
from tests.faults.machine import environment, until

TWO = 2
LAN, MINH, THU = 501, 502, 503


@pytest.fixture
async def both(server_database: str) -> AsyncIterator[list[SendingTurns]]:
    """The turns as two processes see them."""
    made = [SendingTurns(make_url(server_database)) for _ in range(TWO)]
    yield made
    for each in made:
        await each.close()


async def test_two_of_them_send_no_faster_than_telegram_allows_and_no_slower_than_one(
    both: list[SendingTurns],
) -> None:
    loop = asyncio.get_running_loop()
    limits = Limits(loop.time)
    paces = [SharedPace(turns) for turns in both]
    began = loop.time()

    async def sends(number: int) -> None:
        await paces[number % TWO].turn(1000 + number, 1)
        limits.check(1000 + number)  # refuses what comes too fast

    await asyncio.gather(*(sends(number) for number in range(75)))
    assert loop.time() - began < 75 / 30 * 1.4


async def test_one_chat_is_written_to_by_either_but_not_too_soon(both: list[SendingTurns]) -> None:
    loop = asyncio.get_running_loop()
    paces = [SharedPace(turns, in_one_chat=0.2) for turns in both]
    began = loop.time()
    for number in range(4):
        await paces[number % TWO].turn(LAN, 1)
    assert loop.time() - began >= 0.6


async def test_when_telegram_asks_one_to_wait_the_other_waits_too(both: list[SendingTurns]) -> None:
    loop = asyncio.get_running_loop()
    first, second = (SharedPace(turns) for turns in both)
    await first.turn(LAN, 1)
    began = loop.time()
    first.halt(timedelta(seconds=0.5))
    await first.turn(MINH, 1)
    await second.turn(THU, 1)
    assert loop.time() - began >= 0.5
    await first.close()


async def test_an_answer_comes_before_the_reminders_that_wait(both: list[SendingTurns]) -> None:
    pace, order = SharedPace(both[0]), list[int]()

    async def sends(number: int, priority: int) -> None:
        await pace.turn(1000 + number, priority)
        order.append(number)

    reminders = [asyncio.create_task(sends(number, 2)) for number in range(20)]
    await asyncio.wait(reminders, return_when=asyncio.FIRST_COMPLETED)
    await asyncio.gather(sends(99, ANSWER), *reminders)
    assert order.index(99) < 15


async def test_two_real_processes_send_a_storm_without_one_refusal(
    tmp_path: Path, server_database: str, long: bool
) -> None:
    """None of the messages is refused by Telegram's limits, both send, and together as fast as one may."""
    messages = 600 if long else 120
    async with committee(tmp_path, 2, real_time=True, database=server_database) as house:
        stage, world = house.stage, house.stage.world
        await stage.stop_bot()
        for number in range(messages):
            world.add_person(FIRST + number, "Hội viên").started = True
        await put_storm(server_database, messages, stage.clock.now())
        before, world.enforce_limits = world.calls["sendmessage"], True
        told = environment(stage) | {"DONGTHUAN_DATABASE": server_database}
        with ExitStack() as machines:
            for _ in range(TWO):
                process = machines.enter_context(forked(bot_run, tmp_path, told))
            await until(lambda: len(delivered(stage)) == messages, process)
        assert world.calls["sendmessage"] - before == messages
        sent = delivered(stage)
        took = (max(sent.values()) - min(sent.values())).total_seconds()
        assert took <= messages / 30 * 1.1
        assert await senders(server_database) == TWO


FIRST = 1_000_000


async def put_storm(database: str, messages: int, now: datetime) -> None:
    """So many notices for as many people wait to be sent."""
    card = Card("Thông báo về lịch làm việc")
    many = [Notice(f"storm:{n}", FIRST + n, "storm", card) for n in range(messages)]
    db = await Database.open(database, create=False, alone=False)
    async with db.write() as tx:
        await outbox.put_many(tx, many, now)
    await db.close()


async def senders(database: str) -> int:
    """How many processes have sent of it."""
    db = await Database.open(database, create=False, alone=False)
    async with db.read() as tx:
        by = func.count(outbox_table.c.claimed_by.distinct())
        found = (await tx.execute(select(by).where(outbox_table.c.kind == "storm"))).scalar_one()
    await db.close()
    return int(found)


def delivered(stage: Sandbox) -> dict[int, datetime]:
    """Whom of the storm a message has reached, and when."""
    reached = [each for each in stage.world.deliveries if each.chat_id >= FIRST]
    assert len(reached) == len({each.chat_id for each in reached})
    return {each.chat_id: each.moment for each in reached}
