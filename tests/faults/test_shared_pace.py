"""Processes that send through one server keep Telegram's limits together.

The pace is looked at while time is moved, the server's with it: what else the machine does changes nothing. Two real
processes then share a storm; of them nothing is asked that hangs on how soon they get a processor.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import ExitStack, asynccontextmanager
from datetime import timedelta
from functools import partial
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import create_async_engine

from bot.db import outbox
from bot.db.engine import Database
from bot.db.notice import ANSWER, Card, Notice
from bot.db.sending_turns import SendingTurns
from scheduler.shared_pace import TOGETHER, SharedPace
from simulator.faults import Limits
from simulator.sandbox import Sandbox
from simulator.world import World
from tests import postgres
from tests.faults.committee import committee
from tests.faults.forked import bot_run, forked
from tests.faults.machine import environment, until
from tests.faults.moved_loop import MovedLoop

TWO = 2
LAN, MINH, THU = 501, 502, 503
ON_TIME = 0.0
A_LITTLE = pytest.approx(0, abs=0.001)
"""The server counts in microseconds, a loop in fractions of a second."""


# --- the pace, while time is moved -----------------------------------------------------------


MOVED = """
CREATE SCHEMA moved;
CREATE TABLE moved.clock (at timestamptz NOT NULL);
INSERT INTO moved.clock VALUES (to_timestamp(0));
CREATE FUNCTION moved.clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE AS 'SELECT at FROM moved.clock';
ALTER DATABASE {name} SET search_path = moved, public, pg_catalog;
"""
"""A server whose clock is told the time; its own of that name is hidden behind it."""
TOLD = text("UPDATE moved.clock SET at = to_timestamp(:now)")


class MovedTurns(SendingTurns):
    """The turns as one process sees them, on a server that is told the loop's time before each question."""

    def __init__(self, loop: MovedLoop, database: str) -> None:
        super().__init__(make_url(database))
        self._loop = loop
        self._clock = create_async_engine(database, isolation_level="AUTOCOMMIT")

    @asynccontextmanager
    async def _asks(self) -> AsyncIterator[None]:
        with self._loop.asks():
            async with self._clock.connect() as connection:
                await connection.execute(TOLD, {"now": self._loop.time()})
            yield

    async def wait_of(self, chat_id: int) -> float:
        async with self._asks():
            return await super().wait_of(chat_id)

    async def reserve(self, chats: Sequence[int], apart: float, in_one_chat: float) -> float:
        async with self._asks():
            return await super().reserve(chats, apart, in_one_chat)

    async def halt(self, seconds: float) -> None:
        async with self._asks():
            await super().halt(seconds)

    async def close(self) -> None:
        with self._loop.asks():
            await self._clock.dispose()
            await super().close()


class Processes:
    """So many processes with a pace each, on one loop whose time is moved; `moment` is its time."""

    def __init__(self, loop: MovedLoop, paces: Sequence[SharedPace]) -> None:
        self.moment = loop.time
        self.paces = paces


Trial = Callable[..., None]


@pytest.fixture
def in_moved_time(server: postgres.Server, server_database: str) -> Trial:
    """Do something with two of them, whose timers are as late as is said."""
    server.ask(
        postgres.name_of(server_database), MOVED.format(name=postgres.name_of(server_database))
    )

    def tried(work: Callable[[Processes], Any], late: Sequence[float] = (ON_TIME,)) -> None:
        lateness = cycle(late)

        async def go() -> None:
            loop = asyncio.get_running_loop()
            assert isinstance(loop, MovedLoop)
            turns = [MovedTurns(loop, server_database) for _ in range(TWO)]
            paces = [SharedPace(each) for each in turns]
            await work(Processes(loop, paces))
            for pace, each in zip(paces, turns, strict=True):
                await pace.close()
                await each.close()

        with asyncio.Runner(loop_factory=lambda: MovedLoop(lambda: next(lateness))) as runner:
            runner.run(go())

    return tried


async def seventy_five(both: Processes) -> list[float]:
    """Messages to as many people, by turns through the one and the other: when each went. Too fast ones are refused."""
    limits, went = Limits(both.moment), list[float]()

    async def sends(number: int) -> None:
        await both.paces[number % TWO].turn(1000 + number, 1)
        limits.check(1000 + number)
        went.append(both.moment())

    await asyncio.gather(*(sends(number) for number in range(75)))
    return went


def test_two_of_them_send_no_faster_than_telegram_allows_and_no_slower_than_one(
    in_moved_time: Trial,
) -> None:
    async def send(both: Processes) -> None:
        went = await seventy_five(both)
        assert went[-1] - 74 / 29 == A_LITTLE

    in_moved_time(send)


def test_a_host_that_wakes_them_late_makes_them_no_faster(in_moved_time: Trial) -> None:
    async def send(both: Processes) -> None:
        assert len(await seventy_five(both)) == 75

    in_moved_time(send, late=(0.010, ON_TIME, 0.003, 0.3, ON_TIME, 0.011, ON_TIME, ON_TIME, 0.020))


def test_one_chat_is_written_to_by_either_but_not_too_soon(in_moved_time: Trial) -> None:
    async def write(both: Processes) -> None:
        for number in range(4):
            await both.paces[number % TWO].turn(LAN, 1)
            assert both.moment() - number * 1.02 == A_LITTLE

    in_moved_time(write)


def test_when_telegram_asks_one_to_wait_the_other_waits_too(in_moved_time: Trial) -> None:
    async def wait(both: Processes) -> None:
        first, second = both.paces
        await first.turn(LAN, 1)
        first.halt(timedelta(seconds=300))
        await asyncio.sleep(1)  # the server is told meanwhile
        await first.turn(MINH, 1)
        assert both.moment() - 300 == A_LITTLE
        await second.turn(THU, 1)
        assert both.moment() - 300 - 1 / 29 == A_LITTLE

    in_moved_time(wait)


def test_an_answer_comes_before_the_reminders_that_wait(in_moved_time: Trial) -> None:
    async def send(both: Processes) -> None:
        order = list[int]()

        async def sends(number: int, priority: int) -> None:
            await both.paces[0].turn(1000 + number, priority)
            order.append(number)

        reminders = [asyncio.create_task(sends(number, 2)) for number in range(20)]
        await asyncio.wait(reminders, return_when=asyncio.FIRST_COMPLETED)
        gone = len(order)
        await asyncio.gather(sends(99, ANSWER), *reminders)
        assert order.index(99) - gone <= 6  # no more than are reserved together

    in_moved_time(send)


# --- two real processes ----------------------------------------------------------------------


async def test_two_real_processes_send_a_storm_and_each_message_once_in_its_turn(
    tmp_path: Path, server: postgres.Server, server_database: str, long: bool
) -> None:
    """Nothing goes without a turn of its own: of the line at least so much is taken as there are messages."""

    def asked(question: str) -> float:
        return float(server.ask(postgres.name_of(server_database), question))

    async with committee(tmp_path, 2, real_time=True, database=server_database) as house:
        stage, world = house.stage, house.stage.world
        await stage.stop_bot()
        before, began = world.calls["sendmessage"], asked(TAKEN)
        messages = await put_storm(stage, 0, 600 if long else 120)
        told = environment(stage) | {"DONGTHUAN_DATABASE": server_database}
        with ExitStack() as machines:
            for _ in range(TWO):
                process = machines.enter_context(forked(bot_run, tmp_path, told))
            await until(partial(reached, world, messages), process)
            while asked(SENDERS) < TWO:  # one of them was late to start
                messages = await put_storm(stage, messages, messages + SOME_MORE)
                await until(partial(reached, world, messages), process)
        assert delivered(world) == [*range(FIRST, FIRST + messages)]
        assert world.calls["sendmessage"] - before == messages
        assert asked(TAKEN) - began >= messages * TOGETHER


FIRST = 1_000_000
SOME_MORE = 60


async def put_storm(stage: Sandbox, begin: int, end: int) -> int:
    """Notices for so many people wait to be sent; gives how many there are in all."""
    card = Card("Thông báo về lịch làm việc")
    for number in range(begin, end):
        stage.world.add_person(FIRST + number, "Hội viên").started = True
    many = [Notice(f"storm:{n}", FIRST + n, "storm", card) for n in range(begin, end)]
    db = await Database.open(str(stage.database), create=False, alone=False)
    async with db.write() as tx:
        await outbox.put_many(tx, many, stage.clock.now())
    await db.close()
    return end


TAKEN = """
SELECT greatest(extract(epoch FROM clock_timestamp()), max(free_at) / 1000000.0) FROM sending_turns WHERE chat_id = 0
"""
"""When the next message may be sent at the earliest, in seconds by the server's clock."""
SENDERS = "SELECT count(DISTINCT claimed_by) FROM outbox WHERE kind = 'storm'"


def delivered(world: World) -> list[int]:
    """Whom of the storm a message has reached, as often as one did."""
    return sorted(each.chat_id for each in world.deliveries if each.chat_id >= FIRST)


def reached(world: World, messages: int) -> bool:
    """Whether so many have arrived."""
    return len(delivered(world)) == messages
