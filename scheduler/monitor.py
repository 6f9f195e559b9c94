"""/health and /metrics for whoever watches the machine, on an address of this machine alone. Nothing is changed.

What they say is the Health that `dongthuan status` prints; whoever reads slowly, or never, holds nothing up.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import structlog
from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST

from bot.db.faults import StoreFault
from bot.health import Health
from scheduler.done import Done
from scheduler.figures import figures

FRESH = 1.0
"""Seconds for which one look at the house answers everybody who asks."""
AT_ONCE = 16
"""Connections; of more each is closed at once, so that those who never end cannot use up the bot's own."""
TOGETHER = 4
"""Connections taken at one turn of the loop: those of one turn are counted only after it."""
STORE = "store"
"""What is wrong when the house cannot even be looked at."""

Look = Callable[[], Awaitable[Health]]
_log = structlog.get_logger(__name__)


@asynccontextmanager
async def monitored(
    place: tuple[str, int], look: Look, done: Done, intake: str
) -> AsyncIterator[None]:
    """Answer at that address and port while the block lasts; raises OSError where it is taken already."""
    pages = _Pages(look, done, intake)
    server = web.Server(pages.answer, access_log=None)

    def connected() -> asyncio.BaseProtocol:
        return server() if len(server.connections) < AT_ONCE else _Full()

    listening = await asyncio.get_running_loop().create_server(connected, *place, backlog=TOGETHER)
    try:
        yield
    finally:
        listening.close()
        await server.shutdown(0)


class _Full(asyncio.Protocol):
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        transport.close()


class _Pages:
    def __init__(self, look: Look, done: Done, intake: str) -> None:
        self._intake = intake
        self._look = look
        self._done = done
        self._looking = asyncio.Lock()
        self._seen: tuple[float, Health] | None = None

    async def answer(self, request: web.BaseRequest) -> web.Response:
        """One page; both are 503 when the store cannot be read."""
        pages: dict[str, Callable[[Health], web.Response]]
        pages = {"/health": self._health, "/metrics": self._metrics}
        page = pages.get(request.path)
        if page is None:
            return web.Response(status=404)
        if request.method not in {"GET", "HEAD"}:
            return web.Response(status=405)
        try:
            return page(await self._house())
        except StoreFault as fault:
            _log.warning("health not read", kind=fault.kind)
            return _json({"well": False, "wrong": [STORE]}, 503)

    async def _house(self) -> Health:
        async with self._looking:
            now = asyncio.get_running_loop().time()
            if self._seen is None or now - self._seen[0] >= FRESH:
                self._seen = now, await self._look()
            return self._seen[1]

    def _metrics(self, health: Health) -> web.Response:
        page = figures(health, self._done)
        return web.Response(body=page, headers={"Content-Type": CONTENT_TYPE_LATEST})

    def _health(self, health: Health) -> web.Response:
        return _health(health, self._intake)


def _health(health: Health, intake: str) -> web.Response:
    silence = health.silence
    said = {
        "well": health.well,
        "wrong": list(health.wrong),
        "intake": intake,
        "heard_seconds_ago": None if silence is None else round(silence.total_seconds()),
        "oldest_unsent_seconds": round(health.unsent_for.total_seconds()),
        "due_late": health.late.count,
        "waiting": {"inbox": health.inbox.waiting, "outbox": health.outgoing},
        "set_aside": {
            "updates": len(health.updates_set_aside),
            "dues": len(health.set_aside),
        },
        "heads": [head.given_out(committee) for committee, head in health.heads],
        "backed_up_at": health.backed_up_at.isoformat() if health.backed_up_at else None,
        "database_bytes": health.bytes,
    }
    return _json(said, 200 if health.well else 503)


def _json(said: dict[str, Any], status: int) -> web.Response:
    return web.json_response(said, status=status, dumps=json.dumps)
