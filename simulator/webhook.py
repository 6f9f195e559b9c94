"""Delivery of updates to a webhook on this machine, one after the other, until it answers 2xx.

Polling is in updates.py; who may set a webhook where is decided in methods/taking.py.
"""

import asyncio
from datetime import timedelta

import aiohttp

from simulator.updates import Update
from simulator.world import World

_RETRY_AFTER = timedelta(seconds=1)
_ANSWER_WITHIN = aiohttp.ClientTimeout(total=60)
_SUCCESS = range(200, 300)


class Postman:
    """Carries the pending updates of one world to its webhook; a failure is tried again by the clock."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._news = asyncio.Event()
        self._round: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to carry whatever is pending and whatever comes."""
        self._world.updates.on_arrival = self._news.set
        self._round = asyncio.create_task(self._go_round())

    async def close(self) -> None:
        """Stop carrying."""
        self._world.updates.on_arrival = None
        if self._round is not None:
            self._round.cancel()
            await asyncio.wait((self._round,))

    async def _go_round(self) -> None:
        async with aiohttp.ClientSession(timeout=_ANSWER_WITHIN) as session:
            while True:
                await self._news.wait()
                self._news.clear()
                await self._carry(session)

    async def _carry(self, session: aiohttp.ClientSession) -> None:
        while self._world.webhook.url:
            self._world.updates.drop_old()
            update = self._world.updates.first()
            if update is None:
                return
            if await self._delivered(session, update):
                self._world.updates.confirm(update)
            else:
                await self._retry()

    async def _retry(self) -> None:
        """Wait a second of the world's clock, or for news."""
        end = self._world.clock.wait_until(self._world.clock.now() + _RETRY_AFTER)
        waits = [asyncio.ensure_future(end), asyncio.ensure_future(self._news.wait())]
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._news.clear()
            for wait in waits:
                wait.cancel()

    async def _delivered(self, session: aiohttp.ClientSession, update: Update) -> bool:
        hook = self._world.webhook
        if self._world.faults.gone:
            return False
        headers = {"X-Telegram-Bot-Api-Secret-Token": hook.secret} if hook.secret else {}
        try:
            async with session.post(hook.url, json=update.body, headers=headers) as answer:
                if answer.status in _SUCCESS:
                    return True
                hook.last_error = (
                    f"Wrong response from the webhook: {answer.status} {answer.reason}"
                )
        except (aiohttp.ClientError, TimeoutError) as error:
            hook.last_error = str(error) or type(error).__name__
        hook.last_error_at = self._world.clock.now()
        return False
