"""One call, whichever way it comes in: forms, multipart, JSON, the address; and calls that are none."""

import io
import json

import aiohttp
import pytest
from telegram import Bot

from simulator.world import World
from tests.simulator.conftest import AN, Raw

KEYBOARD = {
    "inline_keyboard": [[{"text": "Đã nhận", "callback_data": "1:ack:7", "style": "success"}]]
}


async def test_all_forms_of_a_call_do_the_same(raw: Raw, world: World) -> None:
    fields = {"chat_id": str(AN), "text": "Kính gửi &amp;", "parse_mode": "HTML"}
    whole = {**fields, "reply_markup": json.dumps(KEYBOARD)}
    multipart = aiohttp.FormData(whole, default_to_multipart=True)
    address = f"{raw.base}/sendMessage"
    await raw.http.post(address, data=whole)
    await raw.http.post(address, data=multipart)
    await raw.http.post(address, json=whole)
    await raw.http.post(address, json={**fields, "chat_id": AN, "reply_markup": KEYBOARD})
    await raw.http.get(address, params=whole)
    await raw.http.post(address, params=whole)
    await raw.http.post(f"{raw.base}/SENDMESSAGE", data=whole)

    messages = world.chat(AN).messages
    assert [m.text for m in messages] == ["Kính gửi &"] * 7
    assert {(b.text, b.data, b.style) for m in messages for b in m.buttons} == {
        ("Đã nhận", "1:ack:7", "success")
    }


async def test_get_me_is_complete(bot: Bot) -> None:
    me = await bot.get_me()
    assert (me.id, me.username, me.is_bot) == (7000000001, "dongthuan_demo_bot", True)
    assert (me.can_join_groups, me.can_read_all_group_messages) == (True, False)
    assert (me.supports_inline_queries, me.has_main_web_app) == (False, False)


async def test_a_wrong_token_is_unauthorized(raw: Raw) -> None:
    async with raw.http.get(f"{raw.base}x/getMe") as answer:
        assert answer.status == 401
        assert await answer.json() == {
            "ok": False,
            "error_code": 401,
            "description": "Unauthorized",
        }


async def test_an_unknown_method_is_not_found(raw: Raw) -> None:
    assert await raw.refused("sendPigeon") == "Not Found: method not found"


@pytest.mark.parametrize("body", ["{", "[1]"])
async def test_a_broken_json_body_is_refused(raw: Raw, body: str) -> None:
    headers = {"Content-Type": "application/json"}
    async with raw.http.post(f"{raw.base}/getMe", data=body, headers=headers) as answer:
        assert answer.status == 400


async def test_a_broken_nested_object_is_refused(raw: Raw) -> None:
    words = await raw.refused("sendMessage", chat_id=AN, text="x", reply_markup="{")
    assert words == "Bad Request: can't parse reply markup JSON object"


async def test_text_that_is_no_utf8_is_refused(raw: Raw, world: World) -> None:
    body = f"chat_id={AN}&text=%ff"
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    async with raw.http.post(f"{raw.base}/sendMessage", data=body, headers=headers) as answer:
        assert (await answer.json())[
            "description"
        ] == "Bad Request: strings must be encoded in UTF-8"
    assert not world.chat(AN).messages


async def test_a_body_over_the_limit_is_refused_as_too_large(raw: Raw) -> None:
    form = aiohttp.FormData({"chat_id": str(AN)})
    form.add_field("document", io.BytesIO(bytes(52 * 1024 * 1024)), filename="a.bin")
    async with raw.http.post(f"{raw.base}/sendDocument", data=form) as answer:
        assert answer.status == 413
        assert (await answer.json())["error_code"] == 413
