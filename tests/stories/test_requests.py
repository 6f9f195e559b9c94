"""The watch on requests can fail: one wrong request each, and the field that it names."""

from __future__ import annotations

import inspect
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.clock import MovableClock
from simulator.methods.table import METHODS
from simulator.parameters import Call, Upload
from simulator.world import World
from tests.stories.requests import MODELS, faults, watch

CHATS = {101}
BUTTON = {"text": "Mở", "callback_data": "1:x"}


def keys(*rows: list[Any]) -> dict[str, Any]:
    return {"inline_keyboard": list(rows)}


def on(*keyed: dict[str, Any]) -> dict[str, Any]:
    """A text over one row of these buttons."""
    return {"text": "x", "reply_markup": keys(list(keyed))}


def found(
    method: str, values: dict[str, Any], uploads: dict[str, Upload] | None = None
) -> list[str]:
    to = {"chat_id": 101} if "chat_id" in MODELS[method].model_fields else {}
    return list(faults(Call(method, {**to, **values}, uploads or {}), CHATS))


RIGHT: list[tuple[str, dict[str, Any]]] = [
    ("sendmessage", {"text": "&lt;" * 4096, "parse_mode": "HTML"}),
    ("sendmessage", {"text": "x", "link_preview_options": {"is_disabled": True}}),
    ("sendmessage", {"text": "x", "reply_markup": '{"inline_keyboard": [[{"text": "x", "callback_data": "y"}]]}'}),
    ("sendmessage", {"text": "x", "reply_markup": keys([{**BUTTON, "callback_data": "đ" * 32}] * 8)}),
    ("sendmessage", on({"text": "x", "url": "https://t.me/a_bot?start=i-1"})),
    ("senddocument", {"document": "BQAC", "caption": "x" * 1024, "chat_id": "101"}),
]  # fmt: skip


@pytest.mark.parametrize(("method", "values"), RIGHT)
def test_what_telegram_takes_is_left_alone(method: str, values: dict[str, Any]) -> None:
    assert found(method, values) == []


WRONG: list[tuple[str, dict[str, Any], str]] = [
    ("sendmessage", {}, "text: Field required"),
    ("sendmessage", {"text": 5}, "text: Input should be a valid string"),
    ("sendmessage", {"text": "x", "silent": True}, "silent: no such field"),
    ("sendmessage", {"text": "x", "protect_content": "maybe"}, "protect_content.bool: Input should be"),
    ("sendmessage", {"text": "x", "chat_id": 102}, "chat_id: there is no chat 102"),
    ("sendmessage", {"text": "x" * 4097}, "text: 4097 units"),
    ("sendmessage", {"text": "😀" * 2049, "parse_mode": "HTML"}, "text: 4098 units"),
    ("sendmessage", {"text": " \n"}, "text: 0 units"),
    ("sendmessage", {"text": "<b></b>" * 5000, "parse_mode": "HTML"}, "text: over 32768 bytes"),
    ("sendmessage", {"text": "<b>x", "parse_mode": "HTML"}, "text: Bad Request: can't parse entities"),
    ("sendmessage", {"text": "x", "parse_mode": "Markdown"}, "parse_mode: Markdown"),
    ("sendmessage", {"text": '<a href="https://t.me/b?start=a.b">x</a>', "parse_mode": "HTML"}, "text: 'https"),
    ("sendmessage", {"text": "x", "link_preview_options": {"off": True}}, "link_preview_options.off: no such"),
    ("sendmessage", {"text": "x", "reply_markup": {"inline_keyboard": 1}}, "inline_keyboard: "),
    ("sendmessage", on({"callback_data": "x"}), "0.0.text: Field required"),
    ("sendmessage", on({**BUTTON, "colour": "x"}), "reply_markup.inline_keyboard.colour"),
    ("sendmessage", on({**BUTTON, "text": " "}), "reply_markup.text: empty"),
    ("sendmessage", on({**BUTTON, "url": "https://a.vn"}), "reply_markup: 'Mở' does not"),
    ("sendmessage", on({**BUTTON, "callback_data": ""}), "reply_markup.callback_data: ''"),
    ("sendmessage", on({**BUTTON, "callback_data": "đ" * 33}), "reply_markup.callback_data"),
    ("sendmessage", on({"text": "x", "url": "example"}), "reply_markup.url: 'example'"),
    ("sendmessage", on({"text": "x", "url": f"https://t.me/b?start={'a' * 65}"}), "reply_markup.url"),
    ("sendmessage", on(*[BUTTON] * 9), "reply_markup: a row"),
    ("sendmessage", {"text": "x", "reply_markup": keys(*[[BUTTON]] * 101)}, "reply_markup: 101 buttons"),
    ("senddocument", {"document": "BQAC", "caption": "x" * 1025}, "caption: 1025 units"),
    ("senddocument", {"document": "attach://paper"}, "paper: not attached"),
    ("sendmediagroup", {"media": [{"type": "document", "media": "x"}]}, "media: 1 in an album"),
    ("editmessagetext", {"text": "x", "message_id": "first"}, "message_id: Input should be a valid integer"),
    ("answercallbackquery", {"callback_query_id": "1", "text": "x" * 201}, "text: over 200"),
    ("setmycommands", {"commands": [{"command": "Start", "description": "x"}]}, "commands: "),
    ("setmycommands", {"commands": [{"command": "start", "description": ""}]}, "commands: "),
    ("setmycommands", {"commands": [{"command": "a", "description": "b"}] * 101}, "commands: 101"),
    ("setmydescription", {"description": "x" * 513}, "description: over 512"),
    ("getupdates", {"timeout": 51}, "timeout: 51"),
    ("getupdates", {"limit": 0}, "limit: 0"),
    ("getupdates", {"allowed_updates": ["mesage"]}, "allowed_updates: there is no 'mesage'"),
]  # fmt: skip


@pytest.mark.parametrize(("method", "values", "fault"), WRONG)
def test_what_telegram_would_not_take_is_named(
    method: str, values: dict[str, Any], fault: str
) -> None:
    assert any(fault in each for each in found(method, values)), found(method, values)


@pytest.mark.parametrize(
    ("upload", "fault"),
    [
        (Upload("a/b.pdf", b"x"), "document: 'a/b.pdf' would become 'b.pdf'"),
        (Upload("Tờ trình: mới.pdf", b"x"), "would become"),
        (Upload(f"{'a' * 61}.pdf", b"x"), "would become"),
        (Upload("", b"x"), "document: '' would become 'file'"),
        (Upload("a.pdf", b""), "document: 0 bytes"),
    ],
)
def test_a_file_that_would_not_arrive_as_it_is_is_named(upload: Upload, fault: str) -> None:
    (named,) = found("senddocument", {}, {"document": upload})
    assert fault in named


async def test_a_wrong_request_is_written_down_with_its_method_and_field(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    wrong: list[str] = []
    watch(monkeypatch, wrong)
    world = World(MovableClock(datetime(2026, 3, 2, tzinfo=UTC)))
    world.add_person(101, "An").started = True
    for limit in (100, 101):
        asked = METHODS["getupdates"](world, Call("getupdates", {"limit": limit}))
        assert inspect.isawaitable(asked)
        assert await asked == []
    assert wrong == ["getupdates.limit: 101"]


def test_aiogram_knows_every_method_of_the_simulator() -> None:
    assert set(METHODS) <= set(MODELS)
