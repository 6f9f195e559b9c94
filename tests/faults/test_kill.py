from __future__ import annotations

import asyncio
import random
from collections import Counter
from functools import partial
from itertools import pairwise
from pathlib import Path

from sqlalchemy import select

from bot.clock import SystemClock
from bot.db import inbox
from bot.db.engine import Database
from bot.db.schema import outages, outbox
from simulator.server import serve
from simulator.world import World
from tests.faults import house
from tests.faults.forked import forked
from tests.rounds import Tried
from tests.scheduler.conftest import until

LONG, SHORT = 300, 150
"""Presses."""
OPEN = ("pending", "sending")
MEMBERS = range(701, 711)


def world_with_queue(presses: int) -> World:
    """Ten members, and so many presses that nobody has fetched yet."""
    world = World(SystemClock())
    asked: dict[int, int] = {}
    for member in MEMBERS:
        world.add_person(member, f"Hội viên {member}")
        asked[member] = world.say(member, "/start").message_id
    for number in range(presses):
        member = MEMBERS[number % len(MEMBERS)]
        world.press(member, asked[member], str(number))
    return world


async def counted(path: Path) -> tuple[Counter[int], Counter[str], inbox.Counts]:
    """What the database says once nobody runs on it: presses, rows sent, the inbox."""
    db = await Database.open(path, create=False)
    async with db.read() as tx:
        presses = Counter(int(row.start.timestamp()) for row in await tx.execute(select(outages)))
        states = Counter(row.state for row in await tx.execute(select(outbox.c.state)))
        kept = await inbox.counts(tx, int(World(SystemClock()).token.split(":")[0]))
    await db.close()
    return presses, states, kept


async def test_of_all_presses_through_killings_none_is_lost_and_none_counts_twice(
    tmp_path: Path, long: bool, chance: random.Random, tried: Tried
) -> None:
    path, presses = tmp_path / "dongthuan.db", LONG if long else SHORT
    world, in_flight = world_with_queue(presses), 30
    began = list[int]()
    """How much had been sent when each process began, with all that came of the one before."""
    world.latency = 0.01
    async with serve(world) as server:
        arguments = (str(path), server.base_url, world.token)
        while len(world.deliveries) < presses:
            with forked(house.run, *arguments):
                began.append(await _sent_before(world, len(began)))
                goal = min(presses, began[-1] + chance.randint(40, 120))
                await until(partial(_reached, world, goal))
        kills = len(began)
        with forked(house.run, *arguments):
            began.append(await _sent_before(world, len(began)))
            await _all_settled(path, world)
    tried("kills", kills)
    tried("presses", presses)
    pressed, states, kept = await counted(path)
    assert pressed == Counter(range(presses))
    assert states["sent"] + states["undeliverable"] == presses
    assert kept.waiting == 0
    sent = [delivery.text for delivery in world.deliveries]
    assert len(set(sent)) == presses
    assert len(sent) - presses <= kills * in_flight
    # What is under way at a kill comes once more, and again if the next kill comes before it is settled.
    for start, end in pairwise([*began, len(sent)]):
        assert max(Counter(sent[start:end]).values(), default=0) <= 1


async def _sent_before(world: World, lives: int) -> int:
    """How much had been sent when the process after so many first asks Telegram who it is.

    What a killed one has on its way may still come after its end, and before that question.
    """
    await until(lambda: world.calls["getme"] > lives)
    return len(world.deliveries)


def _reached(world: World, goal: int) -> bool:
    return len(world.deliveries) >= goal


async def _all_settled(path: Path, world: World) -> None:
    """Wait until the house at work has nothing left to fetch, handle or send."""
    beside = await Database.open(path, create=False, alone=False)
    bot_id = int(world.token.split(":")[0])
    while True:
        async with beside.read() as tx:
            waiting = (await inbox.counts(tx, bot_id)).waiting
            open_rows = (
                await tx.execute(select(outbox.c.id).where(outbox.c.state.in_(OPEN)))
            ).all()
        if not waiting and not open_rows and world.unconfirmed == 0:
            break
        await asyncio.sleep(0.01)
    await beside.close()
