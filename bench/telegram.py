"""The local Bot API server with its people, in a process of its own: they press, and time what comes of it.

Run as `python -m bench.telegram`; it tells its address on the first line and its measure on the last.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import time
from collections.abc import Callable

from bot.clock import SystemClock
from simulator.messages import Message
from simulator.server import serve
from simulator.world import World

FIRST = 1_000_001
"""The account of the first person."""
PATIENCE = 600.0
REST = 3.0
"""Seconds of rest before the presses: nobody waits for the second that each chat has between messages."""


def button(world: World, user: int) -> tuple[Message, str] | None:
    """The newest message of a person with a button that agrees, and its data."""
    for message in reversed(world.chat(user).messages):
        for key in (key for row in message.rows for key in row):
            if message.from_bot and key.data and key.data.endswith(("approve", "approve:0")):
                return message, key.data
    return None


async def until(condition: Callable[[], bool]) -> None:
    """Wait for something to have happened."""
    async with asyncio.timeout(PATIENCE):
        while not condition():  # noqa: ASYNC110 - many things must have happened, no single event
            await asyncio.sleep(0.002)


async def presses(world: World, users: list[int]) -> dict[str, float]:
    """Everybody presses at once; the time until each press is answered and its card edited."""
    for user in users:
        world.say(user, "/start")
    await until(lambda: all(button(world, user) for user in users))
    await until(lambda: not world.unconfirmed)
    await asyncio.sleep(REST)
    shown = [found for user in users if (found := button(world, user))]
    before = [message.edited_at for message, _ in shown]
    start = time.perf_counter()
    pressed = [
        world.press(user, message.message_id, data)
        for user, (message, data) in zip(users, shown, strict=True)
    ]
    await until(
        lambda: (
            all(press.answered for press in pressed)
            and all(m.edited_at != b for (m, _), b in zip(shown, before, strict=True))
        )
    )
    took = time.perf_counter() - start
    return {"presses": len(users), "seconds": took, "a_second": len(users) / took}


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
            if not at and button(world, user):
                arrived[user] = now
        return all(arrived.values())

    await until(all_here)
    took = max(arrived.values()) - min(arrived.values())
    return {"members": len(users), "seconds": took, "floor": len(users) / 30, "refused": refused}


async def main() -> None:
    """Serve, tell the address, measure, tell the measure."""
    parser = argparse.ArgumentParser()
    parser.add_argument("measure", choices=["presses", "fanout", "none"])
    parser.add_argument("--people", type=int, default=300)
    parser.add_argument("--latency", type=float, default=0.0)
    asked = parser.parse_args()
    world = World(SystemClock())
    world.latency = asked.latency
    users = list(range(FIRST, FIRST + asked.people))
    for user in [*users, FIRST - 1]:
        world.add_person(user, f"Người {user}").started = True
    async with serve(world) as server:
        place = {"base_url": server.base_url, "base_file_url": server.base_file_url}
        print(json.dumps(place | {"token": world.token}), flush=True)
        if asked.measure == "none":
            await asyncio.Event().wait()
        measure = presses if asked.measure == "presses" else fanout
        print(json.dumps(await measure(world, users)), flush=True)


if __name__ == "__main__":
    asyncio.run(main())
