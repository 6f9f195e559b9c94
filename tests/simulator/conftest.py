"""A small Telegram with two people, its server, and both kinds of client; no rule of it is tested here."""

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import aiohttp
import pytest
from telegram import Bot

from bot.clock import MovableClock
from simulator.server import BotApiServer, serve
from simulator.world import World

AN, BINH, STRANGER = 101, 102, 103
GROUP = -500


class Raw:
    """The Bot API without a library: what goes over the wire, and what comes back."""

    def __init__(self, http: aiohttp.ClientSession, base: str) -> None:
        self.http = http
        self.base = base

    async def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Call with a JSON body; the answer as it came, refused or not."""
        async with self.http.post(f"{self.base}/{method}", json=parameters) as answer:
            body: dict[str, Any] = json.loads(await answer.read())
            assert body["ok"] is (answer.status == 200)
            return body

    async def refused(self, method: str, **parameters: Any) -> str:
        """The description of a refusal; fails when the call was taken."""
        body = await self.call(method, **parameters)
        assert not body["ok"], body
        return str(body["description"])

    async def result(self, method: str, **parameters: Any) -> Any:
        """The result of a call; fails when it was refused."""
        body = await self.call(method, **parameters)
        assert body["ok"], body
        return body["result"]


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(datetime(2026, 3, 2, 1, 0, tzinfo=UTC))


@pytest.fixture
def world(clock: MovableClock) -> World:
    """An and Bình have opened the bot and been answered; the stranger never opened it."""
    world = World(clock)
    world.add_person(AN, "An", "Nguyễn Văn", title="Bí thư")
    world.add_person(BINH, "Bình", "Trần Thị", username="binh_tran")
    world.add_person(STRANGER, "Lạ")
    world.people[AN].started = world.people[BINH].started = True
    world.add_group(GROUP, "Văn phòng", [AN, BINH])
    return world


@pytest.fixture
async def server(world: World) -> AsyncIterator[BotApiServer]:
    async with serve(world) as server:
        yield server


@pytest.fixture
async def bot(server: BotApiServer) -> AsyncIterator[Bot]:
    """The library the product uses, pointed at this server."""
    token = server.world.token
    async with Bot(token, server.base_url, server.base_file_url) as bot:
        yield bot


@pytest.fixture
async def raw(server: BotApiServer) -> AsyncIterator[Raw]:
    async with aiohttp.ClientSession() as http:
        yield Raw(http, server.base_url + server.world.token)
