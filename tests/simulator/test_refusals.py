"""Calls that Telegram refuses, one table: what was asked, and the words of the refusal."""

import asyncio
from typing import Any

import pytest

from bot.clock import MovableClock
from simulator.world import World
from tests.simulator.conftest import AN, GROUP, Raw

BAD_KEY = "can't parse inline keyboard button: "
REFUSED: list[tuple[str, dict[str, Any], str]] = [
    ("sendMessage", {"text": "x", "reply_markup": [1]}, "object expected as reply markup"),
    ("sendMessage", {"text": "x", "reply_markup": {"inline_keyboard": 1}},
     'field "inline_keyboard" of the InlineKeyboardMarkup must be of type Array'),
    ("sendMessage", {"text": "x", "reply_markup": {"inline_keyboard": [[1]]}},
     BAD_KEY + "expected an object"),
    ("sendMessage", {"text": "x", "reply_markup": {"inline_keyboard": [[{"url": "https://a.vn"}]]}},
     BAD_KEY + 'Can\'t find field "text"'),
    ("sendMessage", {"text": "x", "reply_markup": {
        "inline_keyboard": [[{"text": "x", "callback_data": "x"}]] * 101}}, "REPLY_MARKUP_TOO_LONG"),
    ("sendMessage", {"text": "_x_", "parse_mode": "MarkdownV2"},
     "this local server reads parse mode HTML alone"),
    ("sendMediaGroup", {"media": []}, "there are no messages to send"),
    ("sendMediaGroup", {"media": [{"type": "photo", "media": "x"}] * 11},
     "too much messages to send as an album"),
    ("sendMediaGroup", {"media": [1, 2]}, "can't parse InputMedia: expected an Object"),
    ("sendMediaGroup", {"media": [{"type": "video", "media": "x"}]},
     "can't parse InputMedia: type must be one of document, photo"),
    ("sendPhoto", {"photo": "x"}, "wrong file identifier/HTTP URL specified"),
    ("pinChatMessage", {"message_id": 99}, "message to pin not found"),
    ("answerCallbackQuery", {"callback_query_id": "99"},
     "query is too old and response timeout expired or query ID is invalid"),
    ("leaveChat", {}, "chat member status can't be changed in private chats"),
    ("getChatMember", {"user_id": 999}, "user not found"),
    ("getChat", {"chat_id": 103}, "chat not found"),
    ("setMyCommands", {"commands": [{"command": "a", "description": ""}]},
     "BOT_COMMAND_DESCRIPTION_INVALID"),
    ("setMyCommands", {"commands": [{"command": "a", "description": "b"}] * 101},
     "BOT_COMMANDS_TOO_MUCH"),
    ("setMyCommands", {"commands": [1]}, "can't parse BotCommand: expected an Object"),
    ("setMyCommands", {"commands": 1}, "expected an Array of BotCommand"),
    ("setMyCommands", {"commands": "[1"}, "can't parse commands JSON object"),
    ("setMyCommands", {"commands": [{"command": ["a"]}]},
     'can\'t parse BotCommand: Field "command" must be of type String'),
    ("setMyCommands", {"commands": [{"command": "a"}]},
     'can\'t parse BotCommand: Can\'t find field "description"'),
    ("setMyCommands", {"commands": [], "scope": 1},
     "can't parse BotCommandScope: BotCommandScope must be an Object"),
    ("setMyCommands", {"commands": [], "scope": {"type": "moon"}},
     "can't parse BotCommandScope: Unsupported type specified"),
    ("setMyCommands", {"commands": [], "scope": {"type": "chat_member", "chat_id": AN, "user_id": []}},
     'can\'t parse BotCommandScope: Field "user_id" must be a Number'),
    ("setChatMenuButton", {"menu_button": {"type": "pigeon"}},
     "can't parse menu button: MenuButton has unsupported type"),
    ("setChatMenuButton", {"menu_button": {"type": "web_app", "web_app": 1}},
     'can\'t parse menu button: Field "web_app" must be of type Object'),
    ("sendMessage", {"text": "x", "reply_parameters": [1]}, "object expected as reply parameters"),
    ("sendMessage", {"text": "x", "reply_parameters": {"message_id": {}}},
     'Field "message_id" must be of type Number'),
    ("sendMessage", {"text": "x", "reply_parameters": {"message_id": 2**31}},
     'Can\'t parse "2147483648" as an integer'),
    ("sendMessage", {"text": "x", "reply_parameters": {"message_id": 1, "allow_sending_without_reply": 1}},
     'Field "allow_sending_without_reply" must be of type Boolean'),
    ("sendMessage", {"text": "x", "entities": [1]}, "can't parse MessageEntity: expected an Object"),
    ("sendMessage", {"text": "x", "entities": [{"type": "loud", "offset": 0, "length": 1}]},
     "can't parse MessageEntity: unsupported type specified"),
    ("sendMessage", {"text": "x", "entities": [{"type": "bold", "offset": 0, "length": 2}]},
     "entity beginning at UTF-16 offset 0 ends after the end of the text at UTF-16 offset 2"),
    ("sendMessage", {"text": "x", "entities": [{"type": "bold", "offset": -1, "length": 1}]},
     "receive an entity with incorrect offset or length"),
    ("sendMessage", {"text": "đ" * 16_385}, "text is too long"),
    ("sendMediaGroup", {"media": {}}, "expected an Array of InputMedia"),
    ("sendChatAction", {"action": "dancing"}, "wrong parameter action in request"),
    ("setWebhook", {"url": "http://["},
     "bad webhook: this local server delivers to this machine alone"),
    ("setWebhook", {"url": "http://127.0.0.1:x/"},
     "bad webhook: this local server delivers to this machine alone"),
    ("setMyName", {"name": "x" * 65}, "bot name is too long"),
]  # fmt: skip


@pytest.mark.parametrize(("method", "parameters", "words"), REFUSED)
async def test_what_telegram_refuses_is_refused_in_its_words(
    raw: Raw, world: World, method: str, parameters: dict[str, Any], words: str
) -> None:
    assert await raw.refused(method, **{"chat_id": AN, **parameters}) == f"Bad Request: {words}"
    assert world.deliveries == []


async def test_a_toast_has_room_for_200_units(raw: Raw, world: World) -> None:
    sent = await raw.result("sendMessage", chat_id=AN, text="x")
    query = world.press(AN, sent["message_id"], "1:a").query_id
    answer = "answerCallbackQuery"
    refused = await raw.refused(answer, callback_query_id=query, text="x" * 201)
    assert refused == "Bad Request: MESSAGE_TOO_LONG"
    assert await raw.result(answer, callback_query_id=query, text="x" * 200) is True


async def test_a_bot_deletes_its_own_words_in_groups_alone(raw: Raw, world: World) -> None:
    written = world.say(AN, "/help", GROUP).message_id
    refused = await raw.refused("deleteMessage", chat_id=GROUP, message_id=written)
    assert refused == "Bad Request: message can't be deleted"
    sent = await raw.result("sendMessage", chat_id=GROUP, text="x")
    assert await raw.result("deleteMessage", chat_id=GROUP, message_id=sent["message_id"])


async def test_a_reply_to_what_is_gone_may_be_sent_without_it(raw: Raw) -> None:
    asked = {"message_id": 99, "allow_sending_without_reply": True}
    sent = await raw.result("sendMessage", chat_id=AN, text="x", reply_parameters=asked)
    assert "reply_to_message" not in sent


async def test_entities_can_be_given_instead_of_a_parse_mode(raw: Raw, world: World) -> None:
    given = [{"type": "bold", "offset": 0, "length": 4}]
    await raw.result("sendMessage", chat_id=AN, text="Kính gửi", entities=given)
    assert world.chat(AN).messages[0].html == "<b>Kính</b> gửi"


async def test_pending_updates_can_be_dropped(raw: Raw, world: World) -> None:
    world.say(AN, "x")
    await raw.result("deleteWebhook", drop_pending_updates=True)
    assert await raw.result("getUpdates") == []
    world.say(AN, "x")
    await raw.result("setWebhook", url="", drop_pending_updates="true")
    assert world.unconfirmed == 0


async def test_a_webhook_nobody_serves_keeps_the_update(
    raw: Raw, world: World, clock: MovableClock
) -> None:
    await raw.result("setWebhook", url="http://127.0.0.1:9/hook")
    world.say(AN, "x")
    info: dict[str, Any] = {}
    async with asyncio.timeout(5):
        while "last_error_message" not in info:
            info = await raw.result("getWebhookInfo")
    assert info["pending_update_count"] == 1
    assert info["last_error_date"] == int(clock.now().timestamp())


async def test_latency_delays_an_answer_and_nothing_else(raw: Raw, world: World) -> None:
    world.latency = 0.001
    await raw.result("sendMessage", chat_id=AN, text="x")
    assert world.deliveries_to(AN) == 1


async def test_events_can_be_followed_as_they_come(world: World) -> None:
    following = world.events.subscribe()
    world.say(AN, "một")
    world.say(AN, "hai")
    followed = []
    async for event in following:
        followed.append(event["kind"])
        if len(followed) == 2:
            break
    following.close()
    following.close()
    assert followed == ["message", "message"]
    assert not world.events.watched
