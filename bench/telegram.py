"""The local Bot API server with its people, in a process of its own: they press, and time what comes of it.

Run as `python -m bench.telegram`; its first line tells its address. When everything is prepared it says so,
waits for a line on its standard input, measures, and tells what it measured.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import re
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from statistics import quantiles
from typing import Any, NamedTuple

from bot.clock import MovableClock, SystemClock
from simulator.messages import Message
from simulator.server import serve
from simulator.world import World

FIRST = 1_000_001
"""The account of the first person."""
PATIENCE = 600.0
REST = 3.0
"""Seconds of rest before the presses: nobody waits for the second that each chat has between messages."""
A_SECOND = 100
"""How many people press in a second, where they do not all press at once."""
PAGES = 20
FIRST_PRESSES = 20
"""Presses of others that come first, at most a tenth of all: with these a bot loads what every press needs."""
IN_A_ROUND, ROUNDS = 10, 12
"""How many people change their answer, and how often, where the size of the house is measured."""
BETWEEN_ROUNDS = 1.5
"""Seconds: all cards have been drawn anew, and each chat may be written to again."""


class Form(NamedTuple):
    """A form that somebody holds, with what its button to agree carries."""

    user: int
    message: Message
    data: str


AGREES = re.compile(r"approve(:0)?$")
CHANGES = re.compile(r":edit:")
LIST = re.compile(r":answered(:|$)")


def button(world: World, user: int, data: re.Pattern[str]) -> tuple[Message, str] | None:
    """The newest message of a person that has a button with such data, and that data."""
    for message in reversed(world.chat(user).messages):
        for key in (key for row in message.rows for key in row):
            if message.from_bot and key.data and data.search(key.data):
                return message, key.data
    return None


def form(world: World, user: int) -> tuple[Message, str] | None:
    """The newest form of a person, and its button that agrees."""
    return button(world, user, AGREES)


async def until(condition: Callable[[], bool]) -> None:
    """Wait for something to have happened."""
    async with asyncio.timeout(PATIENCE):
        while not condition():  # noqa: ASYNC110 - many things must have happened, no single event
            await asyncio.sleep(0.002)


async def heard() -> str:
    """The next line on standard input, without its end."""
    line: str = await asyncio.to_thread(sys.stdin.readline)
    return line.strip()


async def prepared() -> None:
    """Say that everything is prepared, and wait to be told to begin."""
    print(json.dumps({"prepared": True}), flush=True)
    await heard()


async def with_forms(world: World, users: list[int]) -> list[Form]:
    """Everybody has come and holds a form; nothing is under way any more."""
    for user in users:
        world.say(user, "/start")
    await until(lambda: all(form(world, user) for user in users))
    await until(lambda: not world.unconfirmed)
    await asyncio.sleep(REST)
    return [Form(user, *found) for user in users if (found := form(world, user))]


async def answered(world: World, shown: list[Form]) -> None:
    """All of them press at once; returns when each press is answered and its card edited."""
    before = [each.message.edited_at for each in shown]
    pressed = [world.press(each.user, each.message.message_id, each.data) for each in shown]
    await until(
        lambda: (
            all(press.answered for press in pressed)
            and all(each.message.edited_at != b for each, b in zip(shown, before, strict=True))
        )
    )


async def warm(world: World, users: list[int]) -> list[Form]:
    """Everybody holds a form, and a few have pressed, so that the bot has loaded what a press needs: the others'."""
    shown = await with_forms(world, users)
    few = min(FIRST_PRESSES, len(shown) // 10)
    await answered(world, shown[:few])
    await asyncio.sleep(REST)
    return shown[few:]


async def presses(world: World, users: list[int]) -> dict[str, float]:
    """Everybody presses at once; the time until each press is answered and its card edited."""
    shown = await warm(world, users)
    await prepared()
    start = time.perf_counter()
    await answered(world, shown)
    took = time.perf_counter() - start
    return {"presses": len(shown), "seconds": took, "a_second": len(shown) / took}


async def changes(world: World, users: list[int]) -> dict[str, float]:
    """A few people change their answer, to and fro, however many there are; the first two times do not count."""
    shown = (await with_forms(world, users))[:IN_A_ROUND]
    for turn in range(2 + ROUNDS):
        if turn == 2:
            await prepared()
        choice = "reject" if turn % 2 else "approve"
        pressed = [
            world.press(each.user, each.message.message_id, each.data.replace("approve", choice))
            for each in shown
        ]
        for press in pressed:
            await press.wait()
        await asyncio.sleep(BETWEEN_ROUNDS)
    return {"presses": len(shown) * ROUNDS}


async def steady(world: World, users: list[int]) -> dict[str, float]:
    """A hundred people press in a second, one after the other: how long each waits for the answer."""
    shown = await warm(world, users)
    await prepared()
    waits: list[float] = []

    async def press(form: Form) -> None:
        start = time.perf_counter()
        await world.press(form.user, form.message.message_id, form.data).wait()
        waits.append(time.perf_counter() - start)

    async with asyncio.TaskGroup() as group:
        began = time.perf_counter()
        for n, each in enumerate(shown):
            await asyncio.sleep(max(0.0, began + n / A_SECOND - time.perf_counter()))
            group.create_task(press(each))
    cuts = quantiles(waits, n=100)
    return {"presses": len(shown), "p50": cuts[49], "p99": cuts[98]}


async def fanout(world: World, users: list[int]) -> dict[str, float]:
    """A consultation opens: the time from the first form to the last, under enforced limits."""
    world.enforce_limits = True
    world.limits.seconds = time.monotonic
    refused = 0
    check = world.limits.check

    def counted(chat_id: int) -> None:
        nonlocal refused
        try:
            check(chat_id)
        except Exception:
            refused += 1
            raise

    world.limits.check = counted  # type: ignore[method-assign]
    arrived = dict.fromkeys(users, 0.0)

    def all_here() -> bool:
        now = time.perf_counter()
        for user, at in arrived.items():
            if not at and form(world, user):
                arrived[user] = now
        return all(arrived.values())

    await prepared()
    await until(all_here)
    took = max(arrived.values()) - min(arrived.values())
    return {"members": len(users), "seconds": took, "floor": len(users) / 30, "refused": refused}


async def polled(world: World, _users: list[int]) -> dict[str, float]:
    """How soon the bot asks for updates, from the line that says that it was started."""
    await prepared()
    start = time.perf_counter()
    await until(lambda: bool(world.calls["getupdates"]))
    return {"seconds": time.perf_counter() - start}


async def pages(world: World, users: list[int]) -> dict[str, float]:
    """One person turns the pages of the list of matters: how long the slowest took."""
    user = users[0]
    world.say(user, "/start")
    await until(lambda: button(world, user, LIST) is not None)
    await asyncio.sleep(REST)
    await prepared()
    waits = []
    for page in range(PAGES):
        next_page = re.compile(rf":answered:{page}$") if page else LIST
        if (found := button(world, user, next_page)) is None:
            break
        message, data = found
        begun, start = message.edited_at, time.perf_counter()
        world.press(user, message.message_id, data)
        await until(partial(_is_edited, message, begun))
        waits.append(time.perf_counter() - start)
        await asyncio.sleep(1.0)  # nobody waits for the second that a chat has between messages
    return {"pages": len(waits), "slowest": max(waits)}


def _is_edited(message: Message, since: datetime | None) -> bool:
    return message.edited_at != since


async def hours(world: World, users: list[int]) -> dict[str, float]:
    """Hour by hour, at each line heard, everybody comes and answers anew; the clock is moved with it."""
    clock = world.clock
    if not isinstance(clock, MovableClock):
        raise TypeError("the hours pass on a clock that is moved")
    await with_forms(world, users)
    await prepared()
    while await heard():
        clock.advance(timedelta(hours=1))
        found = [(user, form(world, user) or button(world, user, CHANGES)) for user in users]
        for user in users:
            world.say(user, "/start")
        for user, pressed in found:
            if pressed is not None:
                await world.press(user, pressed[0].message_id, pressed[1]).wait()
        await until(lambda: not world.unconfirmed)
        await asyncio.sleep(REST)
        print(json.dumps({"answered": sum(each is not None for _, each in found)}), flush=True)
    return {}


MEASURES: dict[str, Any] = {
    each.__name__: each for each in (presses, changes, steady, fanout, polled, pages, hours)
}


async def main() -> None:
    """Serve, tell the address, measure, tell the measure."""
    parser = argparse.ArgumentParser()
    parser.add_argument("measure", choices=[*MEASURES, "none"])
    parser.add_argument("--people", type=int, default=300)
    parser.add_argument("--latency", type=float, default=0.0)
    asked = parser.parse_args()
    now = SystemClock().now()
    world = World(MovableClock(now, running=True) if asked.measure == "hours" else SystemClock())
    world.latency = asked.latency
    users = list(range(FIRST, FIRST + asked.people))
    for user in [*users, FIRST - 1]:
        world.add_person(user, f"Người {user}").started = True
    async with serve(world) as server:
        place = {"base_url": server.base_url, "base_file_url": server.base_file_url}
        print(json.dumps(place | {"token": world.token}), flush=True)
        if asked.measure == "none":
            await asyncio.Event().wait()
        print(json.dumps(await MEASURES[asked.measure](world, users)), flush=True)


if __name__ == "__main__":
    asyncio.run(main())
