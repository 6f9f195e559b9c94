"""The page of phones over HTTP: the page itself, its line of events, and the functions behind its buttons.

What is shown is composed in page_view.py, what is done in page_acts.py; no rule may live here.
"""

import asyncio
import json
import re
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote
from uuid import uuid4

from aiohttp import web

from simulator.events import Subscription
from simulator.json_types import Json
from simulator.page_acts import MoveClock, NextDue, PageActs, PageRefusalError, Programme
from simulator.page_view import (
    chapter_view,
    conversation_view,
    event_view,
    message_view,
    person_view,
)
from simulator.telling import Telling
from simulator.world import World

PICTURES = frozenset({"image/png", "image/jpeg"})
"""What a browser may show as it is; everything else is taken down, whatever it calls itself."""
ARCHIVE = "ho-so-luu-tru.zip"
STATIC = Path(__file__).parent / "static"
BACK_AFTER = 500
"""Milliseconds after which a browser asks for a line of events again that was cut."""
PULSE = 4.0  # seconds of real time between signs of life on the line of events
TOLD_KEPT = 200
UPLOAD_LIMIT = 51 * 1024 * 1024  # bytes of a whole form: Telegram's 50 MB and what surrounds them
_THIS_MACHINE = re.compile(r"(localhost|127\.0\.0\.1|\[::1\])(:\d+)?")
_CLOSING: Json = {"kind": "closing"}
_LOOK_AGAIN: Json = {"kind": "look again"}  # blocking and reading are no events of the world
_OF_MESSAGES = {"message", "edit", "delete"}
_OF_THE_BAR = {"clock", "fault", "chapter"}
_HEADERS = {
    "Cache-Control": "no-cache",
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data:; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class PhonesPage:
    """All phones of a world side by side in a browser, for visitors on this machine alone.

    `next_due` says what falls due next; `move_clock` moves the clock, where moving it by itself
    would leave somebody behind.
    """

    def __init__(
        self,
        world: World,
        next_due: NextDue | None = None,
        move_clock: MoveClock | None = None,
        title: str = "Đồng thuận: trang điện thoại",
        programme: Programme | None = None,
    ) -> None:
        self._world = world
        self._play: Json = {
            "title": title,
            "stage": uuid4().hex,  # a page that was opened on another stage knows by it
            "tales": list(programme.tales) if programme else [],
            "tale": programme.shown if programme else None,
            "chapters": [chapter_view(each) for each in programme.chapters] if programme else [],
        }
        self._acts = PageActs(world, next_due, move_clock, self._tell, programme)
        self._told: deque[Json] = deque(maxlen=TOLD_KEPT)
        self._telling = world.events.subscribe()
        self._lines: set[Subscription] = set()

    def invite(self, user_id: int, payload: str) -> None:
        """Give a person an invitation: the START button of the phone opens it."""
        self._acts.invitations[user_id] = payload

    def turn(self, telling: Telling) -> None:
        """Let visitors turn the chapters of this tale, and have the archive that it writes."""
        self._acts.telling = telling

    def attach(self, app: web.Application) -> None:
        """Mount the page on an application that has not started: "/" and all under "/page/"."""
        page = web.Application(middlewares=[_guarded])
        page.router.add_get("/state", self._state)
        page.router.add_get("/events", self._events)
        page.router.add_get("/file/{chat_id:-?\\d+}/{message_id:\\d+}", self._file)
        page.router.add_get("/archive", self._archive)
        page.router.add_post("/send-file", self._send_file)
        for name, act in self._acts.by_name.items():
            page.router.add_post(f"/{name}", self._acting(act))
        page.router.add_static("/static", STATIC)
        page.cleanup_ctx.append(self._listening)
        page.on_shutdown.append(self._close_lines)
        app.add_subapp("/page", page)
        app.router.add_get("/", _index)

    def _acting(self, act: Callable[[Json], Awaitable[Json]]) -> Handler:
        async def handle(request: web.Request) -> web.Response:
            done = await act(await _json_of(request))
            self._tell(_LOOK_AGAIN)
            return web.json_response(done)

        return handle

    async def _state(self, _: web.Request) -> web.Response:
        for event in self._telling.ready():
            self._keep(event)
        people = [
            {**person, "messages": conversation_view(self._world, self._world.people[person["id"]])}
            for person in self._people()
        ]
        body = {**self._play, "bot": self._world.bot_username, "people": people}
        return web.json_response({**body, "narrator": list(self._told), **self._acts.signs()})

    async def _events(self, request: web.Request) -> web.StreamResponse:
        line = self._world.events.subscribe()
        self._lines.add(line)
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", **_HEADERS})
        try:
            await response.prepare(request)
            with suppress(ConnectionResetError):
                await response.write(f"retry: {BACK_AFTER}\n\n".encode())
                async for view in self._views(line):
                    await response.write(b"data: " + json.dumps(view).encode() + b"\n\n")
        finally:
            line.close()
            self._lines.discard(line)
        return response

    async def _views(self, line: Subscription) -> AsyncIterator[Json]:
        """What the browser is told: each event as it comes, and then whoever has changed by it."""
        known: dict[int, Json] = {}
        event: Json | None = None
        while event is not _CLOSING:
            if event is not None and (view := self._view(event)) is not None:
                yield view
            for person in self._people():
                if known.get(person["id"]) != person:
                    known[person["id"]] = person
                    yield {"type": "person", "person": person}
            if event is None:
                yield {"type": "pulse", **self._acts.signs()}
            event = await _next(line)

    def _view(self, event: Json) -> Json | None:
        kind = event.get("kind", event.get("type"))
        if kind in _OF_MESSAGES:
            return self._message_view(event["chat_id"], event["message_id"])
        if kind in _OF_THE_BAR:
            return {"type": "pulse", **self._acts.signs()}
        return event_view(event)

    def _message_view(self, chat_id: int, message_id: int) -> Json | None:
        chat = self._world.chats.get(chat_id)
        if chat is None or chat.person is None:
            return None
        found = (m for m in reversed(chat.messages) if m.message_id == message_id)
        message = next(found, None)
        if message is None:
            return None
        return {"type": "message", "user": chat_id, "message": message_view(self._world, message)}

    def _people(self) -> list[Json]:
        return [
            person_view(self._world, person, self._acts.invitation(person))
            for person in self._world.people.values()
        ]

    def _keep(self, event: Json) -> None:
        view = event_view(event)
        if view is not None and view["type"] == "narrator":
            self._told.append(view)

    async def _listening(self, _: web.Application) -> AsyncIterator[None]:
        """Keep what the narrator says, also while nobody watches."""

        async def listen() -> None:
            async for event in self._telling:
                self._keep(event)

        listener = asyncio.create_task(listen())
        yield
        listener.cancel()
        with suppress(asyncio.CancelledError):
            await listener

    def _tell(self, event: Json) -> None:
        for line in self._lines:
            line.put(event)

    async def _close_lines(self, _: web.Application) -> None:
        await self._acts.close()
        self._tell(_CLOSING)

    async def _file(self, request: web.Request) -> web.Response:
        chat = self._world.chats.get(int(request.match_info["chat_id"]))
        message = chat.find(int(request.match_info["message_id"])) if chat is not None else None
        kept = (message.document or message.photo) if message is not None else None
        if message is None or kept is None:
            raise PageRefusalError(404, "Không có tệp này.")
        place = "inline" if kept.mime in PICTURES else "attachment"
        named = f"{place}; filename*=UTF-8''{quote(kept.name, safe='')}"
        headers = {"Content-Disposition": named, "Content-Type": kept.mime}
        return web.Response(body=kept.content, headers=headers)

    async def _archive(self, _: web.Request) -> web.Response:
        archive = self._acts.archive
        if archive is None:
            raise PageRefusalError(404, "Chưa lập hồ sơ lưu trữ.")
        headers = {"Content-Disposition": f'attachment; filename="{ARCHIVE}"'}
        return web.Response(body=archive.content, content_type="application/zip", headers=headers)

    async def _send_file(self, request: web.Request) -> web.Response:
        form = await request.clone(client_max_size=UPLOAD_LIMIT).post()
        file, user, caption = form.get("file"), form.get("user"), form.get("caption", "")
        if not isinstance(file, web.FileField) or not isinstance(caption, str):
            raise PageRefusalError(400, "Thiếu tệp.")
        sender = {"user": int(user) if isinstance(user, str) and user.isdecimal() else None}
        with file.file as upload:
            content, photo = upload.read(), form.get("kind") == "photo"
        sent = self._acts.send_file(sender, file.filename, content, caption, photo=photo)
        return web.json_response(sent)


async def _next(line: Subscription) -> Json | None:
    """The next event, or None when it is time for a sign of life."""
    with suppress(TimeoutError):
        async with asyncio.timeout(PULSE):
            return await line.get()
    return None


async def _json_of(request: web.Request) -> Json:
    if request.content_type != "application/json":
        raise PageRefusalError(415, "Chỉ nhận JSON.")
    try:
        body = await request.json()
    except ValueError as reason:
        raise PageRefusalError(400, "JSON không đọc được.") from reason
    if not isinstance(body, dict):
        raise PageRefusalError(400, "JSON phải là một đối tượng.")
    return body


async def _index(request: web.Request) -> web.StreamResponse:
    _refuse_strangers(request)
    return web.FileResponse(STATIC / "index.html", headers=_HEADERS)


@web.middleware
async def _guarded(request: web.Request, handler: Handler) -> web.StreamResponse:
    try:
        _refuse_strangers(request)
        response = await handler(request)
    except PageRefusalError as refusal:
        response = web.json_response({"error": str(refusal)}, status=refusal.status)
    if not response.prepared:
        response.headers.update(_HEADERS)
    return response


def _refuse_strangers(request: web.Request) -> None:
    """Answer this machine alone, and change things only for the page itself: no other site may."""
    if not _THIS_MACHINE.fullmatch(request.host):
        raise web.HTTPForbidden(text="This page answers on this machine alone.")
    own = f"{request.scheme}://{request.host}"
    if request.method == "POST" and request.headers.get("Origin") != own:
        raise web.HTTPForbidden(text="This page obeys nobody but itself.")
