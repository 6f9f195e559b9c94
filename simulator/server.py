"""The Bot API over HTTP on this machine: one door for all methods, one for files.

What a method does is in methods/; what goes wrong on purpose is chosen in faults.py and acted out here.
"""

import asyncio
import inspect
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from aiohttp import web

from simulator.faults import OUTAGES, Fault, Kind
from simulator.files import DOWNLOAD_LIMIT, UPLOAD_LIMIT
from simulator.json_types import Json
from simulator.methods.table import METHODS, PACED
from simulator.parameters import Call, read_call
from simulator.refusals import (
    RefusedError,
    blocked,
    deactivated,
    method_not_found,
    polled_by_another,
    query_too_old,
    too_large,
    too_many,
    unauthorized,
)
from simulator.webhook import Postman
from simulator.world import World

_BODY_LIMIT = UPLOAD_LIMIT + 1024 * 1024
_HEAD_LIMIT = 1 << 18
"""Bytes of an address or a header: some clients write the longest text into the address."""
_BAD_GATEWAY = (
    "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n"
    "<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"
)
_REFUSALS: dict[Kind, Callable[[int], RefusedError]] = {
    429: too_many,
    403: lambda _: blocked(),
    401: lambda _: unauthorized(),
    404: lambda _: method_not_found(),
    409: lambda _: polled_by_another(),
    413: lambda _: too_large(),
    "deactivated": lambda _: deactivated(),
    "expired_query": lambda _: query_too_old(),
}


class BotApiServer:
    """Serves one world; `app` may be given further routes before it is started."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.host = "127.0.0.1"
        self.port = 0
        self.app = web.Application(client_max_size=_BODY_LIMIT)
        self.app.router.add_route("*", "/bot{token}/{method}", self._call)
        self.app.router.add_route("*", "/file/bot{token}/{path:.+}", self._file)
        for elsewhere in ("/bot{rest:.*}", "/file{rest:.*}"):
            self.app.router.add_route("*", elsewhere, _not_found)
        self._runner = web.AppRunner(
            self.app,
            access_log=None,
            handler_cancellation=True,
            shutdown_timeout=1,
            max_line_size=_HEAD_LIMIT,
            max_field_size=_HEAD_LIMIT,
        )
        self._postman = Postman(world)

    @property
    def base_url(self) -> str:
        """What python-telegram-bot takes as base_url."""
        return f"http://{self.host}:{self.port}/bot"

    @property
    def base_file_url(self) -> str:
        """What python-telegram-bot takes as base_file_url."""
        return f"http://{self.host}:{self.port}/file/bot"

    async def start(self, port: int = 0) -> None:
        """Listen on this machine; port 0 takes a free one. OSError when the port is taken: try another."""
        if self._runner.server is None:
            await self._runner.setup()
        site = web.TCPSite(self._runner, self.host, port)
        await site.start()
        self.port = self._runner.addresses[0][1]
        self._postman.start()

    async def close(self) -> None:
        """End polls and connections."""
        await self._postman.close()
        self.world.updates.nudge()
        await self._runner.cleanup()

    async def _call(self, request: web.Request) -> web.StreamResponse:
        if self.world.latency:
            await asyncio.sleep(self.world.latency)
        try:
            if request.match_info["token"] != self.world.token:
                raise unauthorized()
            call = await read_call(request.match_info["method"], request)
            return await self._answer(request, call)
        except RefusedError as refused:
            return _json(refused.as_json(), refused.code)
        except web.HTTPRequestEntityTooLarge:
            return _json(too_large().as_json(), too_large().code)

    async def _answer(self, request: web.Request, call: Call) -> web.StreamResponse:
        self.world.calls[call.method] += 1
        chat_id = self._chat_of(call)
        fault = self.world.faults.strike_call(call.method, chat_id)
        if fault is not None and not fault.comes_after:
            return self._fail(request, fault)
        result = await self._perform(call)
        forged = self.world.updates.forged() if call.method == "getupdates" else None
        if forged is not None:
            return web.Response(body=forged, content_type="application/json")
        if fault is None and call.method == "getupdates":  # Telegram may have gone meanwhile
            fault = self.world.faults.strike_call(call.method, chat_id)
        if fault is not None:
            return self._fail(request, fault)
        return _json({"ok": True, "result": result})

    async def _perform(self, call: Call) -> object:
        """What the method returns; refused when there is no such method or the pace is too fast."""
        method = METHODS.get(call.method)
        if method is None:
            raise method_not_found()
        chat_id = self._chat_of(call)
        if self.world.enforce_limits and call.method in PACED and chat_id is not None:
            self.world.limits.check(chat_id)
        result = method(self.world, call)
        return await result if inspect.isawaitable(result) else result

    def _chat_of(self, call: Call) -> int | None:
        if call.method == "answercallbackquery":
            pressed = self.world.presses.find(call.text("callback_query_id"))
            return pressed.chat_id if pressed is not None else None
        return call.chat_id_or_none()

    def _fail(self, request: web.Request, fault: Fault) -> web.StreamResponse:
        if fault.kind in OUTAGES or fault.kind == "drop_after":
            return _hang_up(request)
        if fault.kind == "empty":
            return web.Response()
        if fault.kind == "garbled":
            status, body = fault.says
            return web.Response(status=status, body=body, content_type="application/json")
        if fault.kind in _REFUSALS:
            raise _REFUSALS[fault.kind](fault.seconds_left(self.world.clock.now()))
        return web.Response(status=502, text=_BAD_GATEWAY, content_type="text/html")

    async def _file(self, request: web.Request) -> web.StreamResponse:
        kept = self.world.files.by_path(request.match_info["path"])
        if request.match_info["token"] != self.world.token:
            return _json(unauthorized().as_json(), 401)
        if kept is None or kept.size > DOWNLOAD_LIMIT:
            return await _not_found(request)
        return web.Response(body=kept.content, content_type="application/octet-stream")


@asynccontextmanager
async def serve(world: World, port: int = 0) -> AsyncIterator[BotApiServer]:
    """A server of this world while the block lasts."""
    server = BotApiServer(world)
    await server.start(port)
    try:
        yield server
    finally:
        await server.close()


def _json(body: Json, status: int = 200) -> web.Response:
    return web.Response(
        body=json.dumps(body, ensure_ascii=False).encode("utf-8", "replace"),
        status=status,
        content_type="application/json",
    )


async def _not_found(_: web.Request) -> web.Response:
    return _json(RefusedError(404, "Not Found").as_json(), 404)


def _hang_up(request: web.Request) -> web.Response:
    """Close the connection without an answer."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
