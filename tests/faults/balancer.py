"""What stands before several machines: hands each call to the next of them, and to another where one is dead."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace

import aiohttp
from aiohttp import web

from scheduler.line import Address
from scheduler.listener import SECRET_HEADER
from simulator.sandbox import address_here


class Balancer:
    """Round robin over `machines`; `cut_off` is done when a machine has answered, whose answer is then lost."""

    def __init__(self, machines: int) -> None:
        self.front = address_here()
        self.machines = [replace(address_here(), url=self.front.url) for _ in range(machines)]
        self.answers: Counter[tuple[int, int]] = Counter()
        """How often each machine, by its number, gave which status."""
        self.cut_off: Callable[[], None] | None = None
        self._next = deque(range(machines))

    @asynccontextmanager
    async def standing(self) -> AsyncIterator[None]:
        """Pass calls on while the block lasts."""
        async with aiohttp.ClientSession() as self._session:
            app = web.Application()
            app.router.add_post(self.front.path, self._passed_on)
            runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
            await runner.setup()
            await web.TCPSite(runner, self.front.host, self.front.port).start()
            try:
                yield
            finally:
                await runner.cleanup()

    async def _passed_on(self, request: web.Request) -> web.Response:
        body = await request.read()
        self._next.rotate(-1)
        for number in tuple(self._next):
            status = await self._asked(self.machines[number], request.headers[SECRET_HEADER], body)
            if status is None:
                continue
            self.answers[number, status] += 1
            if self.cut_off is None:
                return web.Response(status=status)
            self.cut_off()
            break
        return web.Response(status=502)

    async def _asked(self, machine: Address, secret: str, body: bytes) -> int | None:
        """What a machine answers; None when it is not there, or goes away before it has answered."""
        headers = {SECRET_HEADER: secret, "Content-Type": "application/json"}
        place = f"http://{machine.host}:{machine.port}{machine.path}"
        try:
            async with self._session.post(place, data=body, headers=headers) as answer:
                return answer.status
        except aiohttp.ClientError:
            return None
