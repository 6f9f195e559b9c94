"""The page of phones over HTTP: whom it answers, and what it refuses."""

from collections.abc import AsyncIterator

import aiohttp
import pytest

from bot.clock import SystemClock
from simulator.json_types import Json
from simulator.page import PhonesPage
from simulator.server import BotApiServer
from simulator.world import World

AN = 101


@pytest.fixture
async def base(world: World) -> AsyncIterator[str]:
    server = BotApiServer(world)
    PhonesPage(world).attach(server.app)
    await server.start()
    yield f"http://127.0.0.1:{server.port}"
    await server.close()


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as http:
        yield http


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "https://example.org"},
        {"Origin": "null"},
        {"Host": "example.org", "Origin": "http://example.org"},
    ],
)
async def test_only_the_page_itself_may_change_anything(
    base: str, http: aiohttp.ClientSession, world: World, headers: dict[str, str]
) -> None:
    body = {"user": AN, "text": "Xin chào"}
    async with http.post(f"{base}/page/say", json=body, headers=headers) as answer:
        assert answer.status == 403
    assert world.chat(AN).messages == []


@pytest.mark.parametrize("path", ["/", "/page/state", "/page/static/app.js"])
async def test_another_host_name_is_not_answered(
    base: str, http: aiohttp.ClientSession, path: str
) -> None:
    async with http.get(base + path) as answer:
        assert answer.status == 200
        assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
    async with http.get(base + path, headers={"Host": "rebound.example.org"}) as answer:
        assert answer.status == 403


@pytest.mark.parametrize(
    ("name", "body", "status"),
    [
        ("say", {"user": 999, "text": "Xin chào"}, 404),
        ("say", {"user": "101", "text": "Xin chào"}, 400),
        ("say", {"user": AN, "text": "   "}, 409),
        ("say", {"user": AN}, 400),
        ("edit", {"user": AN, "message": 77, "text": "x"}, 409),
        ("edit", {"user": AN, "text": "x"}, 400),
        ("press", {"user": AN, "message": 77, "data": "1:x"}, 409),
        ("clock", {"advance_seconds": -1}, 400),
        ("clock", {"advance_seconds": 10**12}, 400),
        ("clock", {"to": "hôm qua"}, 400),
        ("clock", {"to": "2026-03-05T17:00:00"}, 400),
        ("fault", {"kind": "flood", "on": True}, 400),
        ("chapter", {"chapter": 0}, 404),
    ],
)
async def test_what_cannot_be_done_is_refused_with_words(
    base: str, http: aiohttp.ClientSession, name: str, body: Json, status: int
) -> None:
    async with http.post(f"{base}/page/{name}", json=body, headers={"Origin": base}) as answer:
        assert answer.status == status
        assert (await answer.json())["error"]


@pytest.mark.parametrize(("sent", "status"), [(b"{", 400), (b"[]", 400)])
async def test_what_is_no_object_is_refused(
    base: str, http: aiohttp.ClientSession, sent: bytes, status: int
) -> None:
    headers = {"Origin": base, "Content-Type": "application/json"}
    async with http.post(f"{base}/page/read", data=sent, headers=headers) as answer:
        assert answer.status == status
    async with http.post(f"{base}/page/read", data=sent, headers={"Origin": base}) as answer:
        assert answer.status == 415


async def test_the_clock_goes_to_a_moment_and_never_back(
    base: str, http: aiohttp.ClientSession, world: World
) -> None:
    for to, moved in (("2026-03-05T17:00:00+07:00", True), ("2026-03-01T00:00:00+07:00", False)):
        headers = {"Origin": base}
        async with http.post(f"{base}/page/clock", json={"to": to}, headers=headers) as answer:
            assert (await answer.json())["moved"] is moved
    assert world.clock.now().isoformat() == "2026-03-05T10:00:00+00:00"


async def test_the_hosts_clock_is_not_moved(http: aiohttp.ClientSession) -> None:
    server = BotApiServer(world := World(SystemClock()))
    PhonesPage(world).attach(server.app)
    await server.start()
    base = f"http://127.0.0.1:{server.port}"
    body = {"advance_seconds": 3600}
    async with http.post(f"{base}/page/clock", json=body, headers={"Origin": base}) as answer:
        assert answer.status == 409
    await server.close()


async def test_a_photo_goes_out_as_a_photo_and_what_is_none_is_refused(
    base: str, http: aiohttp.ClientSession, world: World
) -> None:
    for content, status in ((b"\x89PNG\r\n\x1a\n" + bytes(24), 200), (b"no picture", 409)):
        form = aiohttp.FormData({"user": str(AN), "kind": "photo", "caption": "Phiếu giấy"})
        form.add_field("file", content, filename="phieu.png")
        url = f"{base}/page/send-file"
        async with http.post(url, data=form, headers={"Origin": base}) as answer:
            assert answer.status == status
    (message,) = world.chat(AN).messages
    assert message.photo is not None
    async with http.get(f"{base}/page/file/{AN}/{message.message_id}") as answer:
        assert await answer.read() == message.photo.content
    async with http.get(f"{base}/page/file/{AN}/999") as answer:
        assert answer.status == 404
