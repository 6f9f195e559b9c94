"""A watch on every request that the bot makes: what aiogram's models of the Bot API or Telegram's limits do not take.

The models are others' work, so that ours and the simulator's cannot be wrong together. Limits that no model
knows stand here by hand, as Telegram documents them; lengths of texts are counted after their marks are read.
"""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Awaitable, Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import aiogram.methods
import pytest
from aiogram.enums import UpdateType
from aiogram.types import InlineKeyboardMarkup
from pydantic import BaseModel, ValidationError

from simulator.files import named
from simulator.json_types import Json, utf16_length
from simulator.markup import Entity, parse_html
from simulator.methods.table import METHODS
from simulator.parameters import Call
from simulator.refusals import RefusedError
from simulator.world import World

MODELS: dict[str, type[BaseModel]] = {
    getattr(aiogram.methods, name).__api_method__.lower(): getattr(aiogram.methods, name)
    for name in aiogram.methods.__all__
    if name not in {"Request", "Response", "TelegramMethod"}
}
NESTED = frozenset(
    {"allowed_updates", "caption_entities", "commands", "entities", "link_preview_options", "media"}
    | {"menu_button", "reply_markup", "reply_parameters", "scope"}
)
FILES = frozenset({"document", "photo"})
LONGEST: dict[tuple[str, str], int] = {
    ("answercallbackquery", "text"): 200,
    ("setmyname", "name"): 64,
    ("setmydescription", "description"): 512,
    ("setmyshortdescription", "short_description"): 120,
}
"""Characters of a text that carries no marks."""
WITH_MARKS = {"text": range(1, 4097), "caption": range(1025)}
BYTES_WITH_MARKS = 32_768
ROW, KEYS, DATA, ALBUM, COMMANDS = range(1, 9), range(1, 101), range(1, 65), range(2, 11), 100
POLL, UPDATES = range(51), range(1, 101)
COMMAND, PAYLOAD = re.compile(r"[a-z0-9_]{1,32}"), re.compile(r"[A-Za-z0-9_-]{1,64}")
HINT = range(1, 257)
UPLOAD = 50 * 1024 * 1024
LINKS = ("https", "http", "tg")
KINDS = frozenset(UpdateType)

Method = Callable[[World, Call], object | Awaitable[object]]


def watch(monkeypatch: pytest.MonkeyPatch, wrong: list[str]) -> None:
    """Write down every request that Telegram would not take: its method, the field, and why."""
    for name, method in list(METHODS.items()):
        monkeypatch.setitem(METHODS, name, _watched(method, wrong))


def _watched(method: Method, wrong: list[str]) -> Method:
    async def watched(world: World, call: Call) -> object:
        wrong.extend(f"{call.method}.{fault}" for fault in faults(call, set(world.chats)))
        result = method(world, call)
        return await result if inspect.isawaitable(result) else result

    return watched


def faults(call: Call, chats: set[int]) -> Iterator[str]:
    """What is wrong with a request of a bot whose Telegram has these chats, each as "field: why"."""
    values = _values(call)
    misshapen = list(_of_the_model(call.method, values))
    if misshapen:
        yield from misshapen
        return
    for name in ("chat_id", "from_chat_id"):
        if name in values and int(values[name]) not in chats:
            yield f"{name}: there is no chat {values[name]}"
    for name, limit in WITH_MARKS.items():
        if name in values and (call.method, name) not in LONGEST:
            yield from _of_words(name, values, limit)
    for (method, name), most in LONGEST.items():
        if method == call.method and utf16_length(values.get(name, "")) > most:
            yield f"{name}: over {most}"
    if "reply_markup" in values:
        yield from _of_keys(values["reply_markup"])
    yield from _of_lists(call.method, values)
    yield from _of_files(call, values)


def _values(call: Call) -> Json:
    """The parameters with nested ones read, and files named as if they were attached."""
    values = {
        name: json.loads(value) if name in NESTED and isinstance(value, str) else value
        for name, value in call.values.items()
    }
    attached = {name: f"attach://{name}" for name in call.uploads if name in FILES}
    return {**attached, **values}


def _of_the_model(method: str, values: Json) -> Iterator[str]:
    try:
        model = MODELS[method].model_validate(values)
        nested = [InlineKeyboardMarkup.model_validate(values.get("reply_markup", _NO_KEYS))]
    except ValidationError as error:
        for each in error.errors():
            yield f"{'.'.join(map(str, each['loc']))}: {each['msg']}"
    else:
        for read in (model, *nested):
            yield from _unknown(read, "")


_NO_KEYS: Json = {"inline_keyboard": []}


def _unknown(value: object, where: str) -> Iterator[str]:
    """Fields that the Bot API does not have, at any depth."""
    if isinstance(value, BaseModel):
        for name in value.model_extra or {}:
            yield f"{where}{name}: no such field"
        for name in value.model_fields_set:
            yield from _unknown(getattr(value, name), f"{where}{name}.")
    elif isinstance(value, list):
        for each in value:
            yield from _unknown(each, where)


def _of_words(name: str, values: Json, limit: range) -> Iterator[str]:
    text, mode = values[name], values.get("parse_mode")
    if mode not in (None, "HTML"):
        yield f"parse_mode: {mode}"
        return
    if len(text.encode()) > BYTES_WITH_MARKS:
        yield f"{name}: over {BYTES_WITH_MARKS} bytes"
    try:
        plain, entities = parse_html(text) if mode else (text, list[Entity]())
    except RefusedError as refused:
        yield f"{name}: {refused.description}"
        return
    if utf16_length(plain.strip()) not in limit:
        yield f"{name}: {utf16_length(plain.strip())} units"
    for entity in entities:
        if entity.url is not None:
            yield from _of_link(name, entity.url)


def _of_keys(markup: Json) -> Iterator[str]:
    rows = markup.get("inline_keyboard", [])
    keys = [key for row in rows for key in row]
    if rows and len(keys) not in KEYS:
        yield f"reply_markup: {len(keys)} buttons"
    if any(len(row) not in ROW for row in rows):
        yield "reply_markup: a row without buttons or with more than eight"
    for key in keys:
        if not key.get("text", "").strip():
            yield "reply_markup.text: empty"
        if ("callback_data" in key) == ("url" in key):
            yield f"reply_markup: {key.get('text')!r} does not do one thing"
        if "callback_data" in key and len(key["callback_data"].encode()) not in DATA:
            yield f"reply_markup.callback_data: {key['callback_data']!r}"
        if "url" in key:
            yield from _of_link("reply_markup.url", key["url"])


def _of_link(name: str, url: str) -> Iterator[str]:
    address = urlsplit(url)
    if address.scheme not in LINKS or not address.netloc or " " in url:
        yield f"{name}: {url!r} is no link"
    payload = parse_qs(address.query, keep_blank_values=True).get("start", [])
    if address.hostname == "t.me" and not all(map(PAYLOAD.fullmatch, payload)):
        yield f"{name}: {url!r} starts with what no bot is told"


def _of_lists(method: str, values: Json) -> Iterator[str]:
    for kind in values.get("allowed_updates") or ():
        if kind not in KINDS:
            yield f"allowed_updates: there is no {kind!r}"
    for name, limit in (("timeout", POLL), ("limit", UPDATES)):
        if method == "getupdates" and name in values and int(values[name]) not in limit:
            yield f"{name}: {values[name]}"
    if method == "sendmediagroup" and len(values["media"]) not in ALBUM:
        yield f"media: {len(values['media'])} in an album"
    commands = values.get("commands", [])
    if len(commands) > COMMANDS:
        yield f"commands: {len(commands)}"
    for command in commands:
        if not COMMAND.fullmatch(command["command"]) or len(command["description"]) not in HINT:
            yield f"commands: {command}"


def _of_files(call: Call, values: Json) -> Iterator[str]:
    media: list[Any] = [part["media"] for part in values.get("media", [])]
    for reference in [*media, *(values[name] for name in FILES if name in values)]:
        attached = str(reference).removeprefix("attach://")
        if attached != reference and attached not in call.uploads:
            yield f"{attached}: not attached"
    for name, upload in call.uploads.items():
        if upload.name != named(upload.name):
            yield f"{name}: {upload.name!r} would become {named(upload.name)!r}"
        if not 0 < len(upload.content) <= UPLOAD:
            yield f"{name}: {len(upload.content)} bytes"
