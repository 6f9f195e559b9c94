"""Whatever a client sends, the answer is Telegram's JSON: every method, with its parameters bent at every depth."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import aiohttp
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.clock import MovableClock
from simulator.json_types import Json
from simulator.methods.table import METHODS
from simulator.server import BotApiServer
from simulator.world import World
from tests.simulator.conftest import AN, GROUP, Raw

KEYS = {
    "inline_keyboard": [
        [{"text": "Đã nhận", "callback_data": "1:ack", "style": "success"}],
        [{"text": "Mở", "url": "https://example.org"}],
    ]
}
ENTITIES = [
    {"type": "bold", "offset": 0, "length": 4},
    {"type": "text_link", "offset": 0, "length": 2, "url": "https://example.org"},
    {"type": "text_mention", "offset": 5, "length": 3, "user": {"id": AN, "is_bot": False}},
    {"type": "pre", "offset": 0, "length": 1, "language": "toml"},
]
REPLY = {"message_id": 1, "allow_sending_without_reply": True}
SCOPE = {"type": "chat_member", "chat_id": GROUP, "user_id": AN}
COMMANDS = [{"command": "start", "description": "Trang chủ"}]
MENU = {"type": "web_app", "text": "Mở", "web_app": {"url": "https://example.org"}}
CHAT: Json = {"chat_id": AN}
TEXT: Json = {**CHAT, "text": "Kính gửi", "reply_markup": KEYS}
CAPTION: Json = {**CHAT, "caption": "<b>Tờ</b> trình", "parse_mode": "HTML", "reply_markup": KEYS}
ALBUM = [
    {"type": "document", "media": "attach://a", "caption": "x", "caption_entities": ENTITIES[:1]},
    {"type": "document", "media": "attach://b"},
]
SANE: dict[str, Json] = {
    "getme": {},
    "setmycommands": {"commands": COMMANDS, "scope": SCOPE, "language_code": "vi"},
    "getmycommands": {"scope": SCOPE, "language_code": "vi"},
    "deletemycommands": {"scope": SCOPE},
    "setmyname": {"name": "Đồng thuận"},
    "getmyname": {"language_code": "vi"},
    "setmydescription": {"description": "x"},
    "getmydescription": {},
    "setmyshortdescription": {"short_description": "x"},
    "getmyshortdescription": {},
    "setchatmenubutton": {**CHAT, "menu_button": MENU},
    "getchatmenubutton": CHAT,
    "getupdates": {"offset": -1, "limit": 100, "timeout": 1, "allowed_updates": ["message"]},
    "setwebhook": {"url": "http://127.0.0.1:9/x", "secret_token": "a", "allowed_updates": ["message"]},
    "deletewebhook": {"drop_pending_updates": True},
    "getwebhookinfo": {},
    "getfile": {"file_id": "BQAC"},
    "sendmessage": {**TEXT, "entities": ENTITIES, "reply_parameters": REPLY, "protect_content": True},
    "senddocument": {**CAPTION, "document": "attach://a", "reply_parameters": REPLY},
    "sendphoto": {**CAPTION, "photo": "attach://a"},
    "sendmediagroup": {**CHAT, "media": ALBUM, "reply_parameters": REPLY},
    "copymessage": {**CAPTION, "from_chat_id": AN, "message_id": 1},
    "sendchataction": {**CHAT, "action": "typing"},
    "editmessagetext": {**TEXT, "message_id": 1, "parse_mode": "HTML"},
    "editmessagecaption": {**CAPTION, "message_id": 1},
    "editmessagereplymarkup": {**CHAT, "message_id": 1, "reply_markup": KEYS},
    "deletemessage": {**CHAT, "message_id": 1},
    "pinchatmessage": {**CHAT, "message_id": 1},
    "unpinchatmessage": CHAT,
    "answercallbackquery": {"callback_query_id": "1", "text": "x", "show_alert": True},
    "getchat": CHAT,
    "getchatmember": {"chat_id": GROUP, "user_id": AN},
    "leavechat": {"chat_id": GROUP},
}  # fmt: skip

WORDS = st.one_of(
    st.text(max_size=8),
    st.sampled_from(
        [
            "", "\x00", "\ud800", "😀" * 40, "x" * 5000, "9" * 5000, "-1", "1e999", "NaN", "null",
            "{", "[1", "[" * 3000, '"', "<b", "</b>", "<a href='tg://user?id=101'>An</a>",
            f"<a href='tg://user?id={'9' * 4400}'>x</a>", f"&#{'9' * 5000};", "&#x110000;", "<b><i></b>",
            "http://[", "http://127.0.0.1:99999/", "http://127.0.0.1:x/", "//[", "attach://", "../../x",
        ]
    ),
)  # fmt: skip
NUMBERS = st.one_of(st.integers(), st.floats(), st.sampled_from([0, -1, 10**30, -(10**30), 2**63]))
JUNK = st.recursive(
    st.one_of(st.none(), st.booleans(), NUMBERS, WORDS),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(WORDS, inner, max_size=2),
    max_leaves=4,
)
KINDS = ("multipart/form-data; boundary=b", "application/json", "application/x-www-form-urlencoded")


@st.composite
def bent(draw: st.DrawFn, value: Any, root: bool = False) -> Any:
    """The value with something in it replaced, left out or added, at some depth."""
    inside = (
        list(value)
        if isinstance(value, dict)
        else range(len(value))
        if isinstance(value, list)
        else []
    )
    if not inside or (not root and draw(st.booleans())):
        return draw(JUNK)
    place = draw(st.sampled_from(list(inside)))
    copy: Any = value.copy()
    if draw(st.integers(0, 4)) == 0:
        del copy[place]
    else:
        copy[place] = draw(bent(value[place]))
    return copy


@st.composite
def calls(draw: st.DrawFn) -> tuple[str, str, bytes]:
    """A method, the kind of its body, and the body: parameters bent once or twice, whichever way they are sent."""
    method = draw(st.sampled_from(sorted(METHODS)))
    values = SANE[method]
    for _ in range(draw(st.integers(1, 2))):
        values = draw(bent(values, root=True)) if values else {"chat_id": draw(JUNK)}
    kind = draw(st.sampled_from(KINDS))
    return method, kind, _body(kind, values, draw(FILENAMES))


FILENAMES = st.sampled_from(
    [
        b'; filename="a.pdf"', "; filename=Tờ trình số 1.pdf".encode(), b"; filename*=UTF-8''T%E1%BB%9D.pdf",
        b"; filename=", b'; filename="', b"; filename=//[", b"; filename=\xff.pdf", b"; filename=a;b;=;c=", b"",
    ]
)  # fmt: skip


def _body(kind: str, values: Json, filename: bytes) -> bytes:
    if kind == KINDS[1]:
        return json.dumps(values).encode()
    written = {
        name.encode("utf-8", "surrogatepass"): _written(value) for name, value in values.items()
    }
    if kind == KINDS[2]:
        return urlencode(written).encode()
    parts = [
        b'--b\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' % part
        for part in written.items()
    ]
    file = b"--b\r\ncontent-disposition:form-data;name=a%s\r\n\r\n%%PDF\r\n--b--\r\n" % filename
    return b"".join([*parts, file])


def _written(value: Any) -> bytes:
    words = value if isinstance(value, str) else json.dumps(value)
    return words.encode("utf-8", "surrogatepass")


def test_every_method_is_tried() -> None:
    assert set(SANE) == set(METHODS)


@pytest.mark.parametrize("method", sorted(SANE))
async def test_what_is_bent_was_straight(raw: Raw, world: World, method: str) -> None:
    """Each is taken, or refused for what is not there, never for its form."""
    if method == "getupdates":
        world.inject("message", {})
    body = await raw.call(method, **SANE[method])
    assert body["ok"] or not body["description"].startswith("Bad Request: can't parse")


async def _asked(server: BotApiServer, method: str, kind: str, body: bytes) -> None:
    """Ask, let the clock go on while nobody answers, and look at the answer."""
    clock = server.world.clock
    assert isinstance(clock, MovableClock)
    url = f"{server.base_url}{server.world.token}/{method}"
    async with aiohttp.ClientSession() as http:
        asking = asyncio.ensure_future(_answer(http, url, kind, body))
        while not asking.done():
            await asyncio.wait((asking,), timeout=0.2)
            clock.move_to(clock.now() + timedelta(minutes=1))
        status, answer = await asking
    assert status in {200, 400, 403, 404, 409, 413}, answer
    told = json.loads(answer)
    assert told["ok"] is (status == 200)
    if status != 200:
        assert told["error_code"] == status
        assert isinstance(told["description"], str)
    if status == 400:
        assert told["description"].startswith("Bad Request: ")


async def _answer(
    http: aiohttp.ClientSession, url: str, kind: str, body: bytes
) -> tuple[int, bytes]:
    async with http.post(url, data=body, headers={"Content-Type": kind}) as answer:
        return answer.status, await answer.read()


TRIED = settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])


@TRIED
@given(calls())
async def test_bent_parameters_are_answered_in_json(
    server: BotApiServer, call: tuple[str, str, bytes]
) -> None:
    await _asked(server, *call)


@TRIED
@given(st.sampled_from(sorted(METHODS)), st.sampled_from(KINDS), st.binary(max_size=60))
async def test_a_body_of_any_bytes_is_answered_in_json(
    server: BotApiServer, method: str, kind: str, body: bytes
) -> None:
    await _asked(server, method, kind, body)
