"""One call, whichever way it comes in: forms, multipart, JSON, the address; and calls that are none."""

import io
import json
from typing import Any

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


async def test_the_longest_text_may_stand_in_the_address(raw: Raw, world: World) -> None:
    words = {"chat_id": str(AN), "text": "ế" * 4096}
    async with raw.http.post(f"{raw.base}/sendMessage", params=words) as answer:
        assert answer.status == 200
    assert world.chat(AN).messages[0].text == "ế" * 4096


async def test_brackets_within_words_nest_nothing(raw: Raw, world: World) -> None:
    words = "[{" * 100 + '\\"'
    keys = json.dumps({"inline_keyboard": [[{"text": words, "callback_data": "1:x"}]]})
    await raw.result("sendMessage", chat_id=AN, text=words, reply_markup=keys)
    assert world.chat(AN).messages[0].buttons[0].text == words


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


PART = "--b\r\n{}\r\n\r\n{}\r\n"
MULTIPART = {"Content-Type": "multipart/form-data; boundary=b"}


async def sent_file(raw: Raw, disposition: str) -> dict[str, Any]:
    """What sendDocument answers to a file under this disposition, the rest of it as grammY writes it."""
    to = PART.format('content-disposition:form-data;name="chat_id"', AN)
    body = f"{to}{PART.format(f'content-disposition:{disposition}', '%PDF')}--b--\r\n"
    address = f"{raw.base}/sendDocument"
    async with raw.http.post(address, data=body.encode(), headers=MULTIPART) as answer:
        told: dict[str, Any] = await answer.json()
        return told


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("filename=Tờ trình số 1.pdf", "Tờ trình số 1.pdf"),
        ('filename="Tờ trình số 1.pdf"', "Tờ trình số 1.pdf"),
        ('filename="Danh sách; phụ lục.pdf"; x=y', "Danh sách; phụ lục.pdf"),
        ("filename=T%E1%BB%9D.pdf", "T%E1%BB%9D.pdf"),
        ("filename=../Tờ: \"trình\" 'mới'?.pdf", "Tờ   trình   mới.pdf"),
        ("filename=To\u031b\u0300.pdf", "To.pdf"),  # letters taken apart lose their marks
        (f"filename={'a' * 61}.{'b' * 21}", f"{'a' * 60}.{'b' * 20}"),
        ("filename=", "file"),
        ("filename=...", "file"),
    ],
)
async def test_a_file_keeps_its_name_however_it_is_written(
    raw: Raw, written: str, name: str
) -> None:
    told = await sent_file(raw, f'form-data;name="document";{written}')
    assert told["result"]["document"]["file_name"] == name


@pytest.mark.parametrize(
    ("disposition", "words"),
    [
        # Telegram takes a part without a plain file name as a value, here an id that nobody gave.
        ("form-data;name=document;filename*=UTF-8''T%E1%BB%9D.pdf", "wrong file identifier/HTTP URL specified"),
        ("form-data;name=paper;filename=a.pdf", "there is no document in the request"),
        ("form-data;filename=a.pdf", "field name in multipart/form-data not found"),
        ("attachment;name=document;filename=a.pdf", "expected form-data content disposition"),
        ("form-data;name=document;filename=a.pdf\r\nx", "can't parse form data headers"),
    ],
)  # fmt: skip
async def test_a_file_that_cannot_be_made_out_is_refused(
    raw: Raw, disposition: str, words: str
) -> None:
    told = await sent_file(raw, disposition)
    assert told == {"ok": False, "error_code": 400, "description": f"Bad Request: {words}"}


@pytest.mark.parametrize(
    ("kind", "body", "words"),
    [
        ("multipart/form-data", "x", "boundary not found"),
        ("multipart/form-data; boundary", "x", "boundary value not found"),
        ("multipart/form-data; boundary=", "x", "boundary too big or empty"),
        (f"multipart/form-data; boundary={'b' * 71}", "x", "boundary too big or empty"),
        ("multipart/form-data; boundary=b", "x", "boundary not found in the body"),
        ("multipart/form-data; boundary=b", "--b\r\n\r\nx\r\n--b--", "headers in multipart/form-data are empty"),
        ("multipart/form-data; boundary=b", "--b\r\nX: y\r\n\r\nx", "multipart/form-data ends without its boundary"),
        ("application/json", '{"text": "\\ud800"}', "strings must be encoded in UTF-8"),
        ("application/json", "[" * 100_000, "can't parse JSON object"),
        ("application/json", '{"chat_id": NaN}', "can't parse JSON object"),
        ("application/json", f'{{"chat_id": {"9" * 5000}}}', "can't parse JSON object"),
    ],
)  # fmt: skip
async def test_a_body_that_cannot_be_read_is_refused(
    raw: Raw, kind: str, body: str, words: str
) -> None:
    headers = {"Content-Type": kind}
    async with raw.http.post(
        f"{raw.base}/sendMessage", data=body.encode(), headers=headers
    ) as answer:
        told = await answer.json()
    assert told == {"ok": False, "error_code": 400, "description": f"Bad Request: {words}"}


async def test_a_form_of_many_parts_is_read_at_once(raw: Raw, world: World) -> None:
    """What is copied anew with every part takes minutes, and the test runs into its limit."""
    part = PART.format("content-disposition:form-data;name=chat_id", AN)
    body = f"{part * 50_000}{PART.format('content-disposition:form-data;name=text', 'x')}--b--\r\n"
    address = f"{raw.base}/sendMessage"
    async with raw.http.post(address, data=io.BytesIO(body.encode()), headers=MULTIPART) as answer:
        assert answer.status == 200


async def test_headers_of_a_part_beyond_measure_are_refused(raw: Raw) -> None:
    told = await sent_file(raw, f"form-data;name=document;filename={'a' * 20_000}")
    assert told["error_code"] == 431


@pytest.mark.parametrize("charset", ["utf-16", "cp1258"])
async def test_a_body_in_another_charset_is_refused(raw: Raw, charset: str) -> None:
    headers = {"Content-Type": f"application/json; charset={charset}"}
    body = json.dumps({"chat_id": AN, "text": "Tờ"}, ensure_ascii=False).replace("ờ", "ơ")
    async with raw.http.post(
        f"{raw.base}/sendMessage", data=body.encode(charset), headers=headers
    ) as answer:
        told = await answer.json()
    assert told["description"] == "Bad Request: strings must be encoded in UTF-8"


async def test_a_body_packed_wrongly_is_refused(raw: Raw) -> None:
    headers = {"Content-Type": "application/json", "Content-Encoding": "gzip"}
    async with raw.http.post(f"{raw.base}/getMe", data=b"{}", headers=headers) as answer:
        assert (await answer.json())["description"] == "Bad Request: can't read the body"


@pytest.mark.parametrize("path", ["", "/a/b", "/getMe/"])
async def test_an_address_that_leads_nowhere_is_not_found_in_json(raw: Raw, path: str) -> None:
    async with raw.http.post(f"{raw.base}{path}") as answer:
        told = await answer.json()
    assert told == {"ok": False, "error_code": 404, "description": "Not Found"}
