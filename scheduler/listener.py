"""The address at which Telegram calls: who may, with what, and what is answered.

What is kept of it is in webhook.py.
"""

from __future__ import annotations

import asyncio
import contextlib
import hmac
import json
from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from aiohttp import web

from bot.db.faults import StoreFault
from bot.logs import whereabouts
from scheduler.intake import number_of
from scheduler.line import Address, AddressTakenError

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header
BODY_LIMIT = 1 << 20
"""Bytes of one update; the longest that Telegram makes has some tens of thousands."""
BODY_WITHIN = 20.0
"""Seconds in which a body must have come."""
LAST_ANSWERS = 1.0
"""Seconds that calls under way are given when the house closes."""
SOON = {"Retry-After": "1"}
"""Telegram then repeats after a second; without it its pauses grow to two minutes."""

_log = structlog.get_logger(__name__)

Take = Callable[[dict[str, Any]], Awaitable[None]]
"""Returns when an update has been kept, or handled if it must not be kept; else raises."""


class Listener:
    """Takes updates by POST, as JSON, from who knows the secret; 200 only after `take` has returned.

    401 without the secret, 403 with a wrong one, 405, 413, 415, 400 for what is no update; 503 while the house
    opens or closes and when the store refuses: Telegram then repeats.
    """

    def __init__(self, address: Address, take: Take) -> None:
        self._address = address
        self._take = take
        self._is_open = False
        self._closing = asyncio.Event()
        app = web.Application(client_max_size=BODY_LIMIT)
        app.router.add_post(address.path, self._called)
        # Who hangs up changes nothing: what was begun is kept, and comes again.
        self._runner = web.AppRunner(
            app, access_log=None, handler_cancellation=False, shutdown_timeout=LAST_ANSWERS
        )

    async def bind(self) -> None:
        """Hold the address; callers are asked to come again until `open`. Refuses (AddressTakenError)."""
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, self._address.host, self._address.port).start()
        except OSError as error:
            await self._runner.cleanup()
            place = f"{self._address.host}:{self._address.port}"
            raise AddressTakenError(place) from error

    def open(self) -> None:
        """Take what comes from now on."""
        self._is_open = True

    async def close(self) -> None:
        """Ask whoever calls now to come again, and let the address go."""
        self._closing.set()
        await self._runner.cleanup()

    async def _called(self, request: web.Request) -> web.Response:
        refused = self._refused(request)
        if refused is not None:
            return web.Response(status=refused)
        if not self._is_open or self._closing.is_set():
            return _later()
        try:
            async with asyncio.timeout(BODY_WITHIN):
                update = json.loads(await request.read())
        except TimeoutError:
            return web.Response(status=408)
        except (ValueError, RecursionError):
            return web.Response(status=400)
        if not isinstance(update, dict) or number_of(update) is None:
            return web.Response(status=400)
        return await self._answered(update)

    def _refused(self, request: web.Request) -> int | None:
        """Why the body is not even read."""
        secret = request.headers.get(SECRET_HEADER)
        if secret is None:
            return 401
        if not hmac.compare_digest(_bytes(secret), _bytes(self._address.secret)):
            return 403
        if request.content_type != "application/json":
            return 415
        return 413 if (request.content_length or 0) > BODY_LIMIT else None

    async def _answered(self, update: dict[str, Any]) -> web.Response:
        """200 when it has been kept; 503 when the house closes before, or when that went wrong."""
        taking = asyncio.ensure_future(self._take(update))
        closing = asyncio.ensure_future(self._closing.wait())
        try:
            await asyncio.wait((taking, closing), return_when=asyncio.FIRST_COMPLETED)
            if not taking.done():
                return _later()
            await taking
        except StoreFault as fault:
            _log.error("the store refuses", update=update["update_id"], kind=fault.kind)
            return _later()
        except Exception as error:  # noqa: BLE001 - an outermost loop: the next call must be taken
            _log.error("not taken in", **whereabouts(error))
            return _later()
        finally:
            closing.cancel()
            taking.cancel()
            with contextlib.suppress(asyncio.CancelledError, Exception):
                await taking
        return web.Response()


def _later() -> web.Response:
    return web.Response(status=503, headers=SOON)


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")
