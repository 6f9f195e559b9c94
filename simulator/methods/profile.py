"""Methods about the bot itself, about chats and presses, and those by which it takes updates and files in."""

from __future__ import annotations

import json
import re
from urllib.parse import urlsplit

from simulator.fields import Fields
from simulator.files import DOWNLOAD_LIMIT
from simulator.json_types import Json, utf16_length
from simulator.parameters import Call
from simulator.people import Chat
from simulator.records import Webhook
from simulator.refusals import bad_request, webhook_is_active
from simulator.world import World

_COMMAND = re.compile(r"/?[a-z0-9_]{1,32}")
_NAME_LIMIT, _SHORT_LIMIT, _LONG_LIMIT, _COMMANDS_LIMIT, _HINT_LIMIT = 64, 120, 512, 100, 256


def get_me(world: World, _call: Call) -> Json:
    """getMe, with every field of the present Bot API."""
    return {
        **world.bot_json(),
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
        "allows_users_to_create_topics": False,
    }


def set_my_commands(world: World, call: Call) -> bool:
    """Bot API setMyCommands for a scope and a language; refuses what is no command."""
    commands = call.array("commands", "BotCommand")
    if len(commands) > _COMMANDS_LIMIT:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    world.profile.commands[_place(call)] = [_command(command) for command in commands]
    return True


def get_my_commands(world: World, call: Call) -> list[Json]:
    """Bot API getMyCommands of a scope and a language."""
    return world.profile.commands.get(_place(call), [])


def delete_my_commands(world: World, call: Call) -> bool:
    """Bot API deleteMyCommands of a scope and a language."""
    world.profile.commands.pop(_place(call), None)
    return True


def set_my_name(world: World, call: Call) -> bool:
    """setMyName: at most 64 characters."""
    world.profile.name = _at_most(call.text("name"), _NAME_LIMIT, "name") or world.profile.name
    return True


def get_my_name(world: World, _call: Call) -> Json:
    """Bot API getMyName."""
    return {"name": world.profile.name}


def set_my_description(world: World, call: Call) -> bool:
    """setMyDescription: at most 512 characters."""
    world.profile.description = _at_most(call.text("description"), _LONG_LIMIT, "description")
    return True


def get_my_description(world: World, _call: Call) -> Json:
    """Bot API getMyDescription."""
    return {"description": world.profile.description}


def set_my_short_description(world: World, call: Call) -> bool:
    """setMyShortDescription: at most 120 characters."""
    text = _at_most(call.text("short_description"), _SHORT_LIMIT, "short description")
    world.profile.short_description = text
    return True


def get_my_short_description(world: World, _call: Call) -> Json:
    """Bot API getMyShortDescription."""
    return {"short_description": world.profile.short_description}


def set_chat_menu_button(world: World, call: Call) -> bool:
    """Bot API setChatMenuButton of a chat, or of all."""
    button = _menu_button(call.fields("menu_button", _OF_BUTTON, "MenuButton must be an Object"))
    world.profile.menu_buttons[call.chat_id_or_none() or 0] = button
    return True


def get_chat_menu_button(world: World, call: Call) -> Json:
    """Bot API getChatMenuButton of a chat, or of all."""
    buttons = world.profile.menu_buttons
    everywhere = buttons.get(0, {"type": "commands"})
    return buttons.get(call.chat_id_or_none() or 0, everywhere)


_OF_BUTTON = "can't parse menu button: "
_OF_SCOPE = "can't parse BotCommandScope: "
_OF_COMMAND = "can't parse BotCommand: "
_WIDE_SCOPES = ("default", "all_private_chats", "all_group_chats", "all_chat_administrators")
_SCOPES_OF_A_CHAT = ("chat", "chat_administrators", "chat_member")


def _menu_button(button: Fields | None) -> Json:
    kind = button.text("type") if button is not None else "default"
    if button is None or kind in ("default", "commands"):
        return {"type": kind}
    if kind != "web_app":
        raise button.refusal("MenuButton has unsupported type")
    app = {"url": button.fields("web_app").text("url")}
    return {"type": kind, "text": button.text("text"), "web_app": app}


def _place(call: Call) -> tuple[str, str]:
    scope = call.fields("scope", _OF_SCOPE, "BotCommandScope must be an Object")
    kept: Json = {"type": "default"} if scope is None else _scope(scope)
    return json.dumps(kept, sort_keys=True), call.text("language_code")


def _scope(scope: Fields) -> Json:
    kind = scope.text("type")
    if kind in _WIDE_SCOPES:
        return {"type": kind}
    if kind not in _SCOPES_OF_A_CHAT:
        raise scope.refusal("Unsupported type specified")
    kept: Json = {"type": kind, "chat_id": scope.text("chat_id")}
    return {**kept, "user_id": scope.account("user_id")} if kind == "chat_member" else kept


def _command(given: object) -> Json:
    command = Fields(given, _OF_COMMAND)
    name, hint = command.text("command"), command.text("description")
    if not _COMMAND.fullmatch(name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(hint) <= _HINT_LIMIT:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name.removeprefix("/"), "description": hint}


def _at_most(text: str, limit: int, what: str) -> str:
    if len(text) > limit:
        raise bad_request(f"bot {what} is too long")
    return text


def get_chat(world: World, call: Call) -> Json:
    """getChat: also of a person who has blocked the bot."""
    chat = _known(world, call)
    body = {**chat.as_json(), "accent_color_id": 0, "max_reaction_count": 11}
    body["accepted_gift_types"] = dict.fromkeys(_GIFTS, False)
    if chat.pinned is not None and (pinned := chat.find(chat.pinned)) is not None:
        body["pinned_message"] = world.message_json(pinned, with_reply=False)
    return body


def get_chat_member(world: World, call: Call) -> Json:
    """getChatMember: a member, or one who has left."""
    chat, user_id = _known(world, call), call.number("user_id")
    if user_id == world.bot_id:
        return world.bot_member_json(chat.bot_status)
    person = world.people.get(user_id)
    if person is None:
        raise bad_request("user not found")
    return {"user": person.as_json(), "status": "member" if user_id in chat.member_ids else "left"}


def leave_chat(world: World, call: Call) -> bool:
    """leaveChat: groups alone can be left."""
    chat = world.reachable(call.chat_id())
    if chat.person is not None:
        raise bad_request("chat member status can't be changed in private chats")
    chat.bot_status = "left"
    return True


_GIFTS = (
    "unlimited_gifts",
    "limited_gifts",
    "unique_gifts",
    "premium_subscription",
    "gifts_from_channels",
)


def _known(world: World, call: Call) -> Chat:
    chat = world.chats.get(call.chat_id() or 0)
    if chat is None or (chat.person is not None and not chat.person.started):
        raise bad_request("chat not found")
    return chat


_TOAST_LIMIT = 200


def answer_callback_query(world: World, call: Call) -> bool:
    """answerCallbackQuery: refused when nobody waits any more, or the text is over 200 units."""
    pressed = world.presses.waiting(call.text("callback_query_id"))
    text, alert = call.text("text"), call.flag("show_alert")
    if utf16_length(text) > _TOAST_LIMIT:
        raise bad_request("MESSAGE_TOO_LONG")
    pressed.settle(text, alert, call.text("url") or None)
    if text:
        world.events.publish(
            "toast",
            chat_id=pressed.chat_id,
            user_id=pressed.user_id,
            query_id=pressed.query_id,
            text=text,
            alert=alert,
        )
    return True


_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_SCHEMES = ("http", "https")
_HERE = ("localhost", "127.0.0.1", "::1")


def _allowed(call: Call) -> list[str] | None:
    """The kinds of updates asked for; None when nothing is said or it cannot be read, as at Telegram."""
    kinds = call.structure_or_none("allowed_updates")
    if not isinstance(kinds, list) or not all(isinstance(kind, str) for kind in kinds):
        return None
    return [kind.lower() for kind in kinds]


async def get_updates(world: World, call: Call) -> list[Json]:
    """getUpdates: confirms below the offset, waits up to 50 seconds of the world's clock."""
    if world.webhook.url:
        raise webhook_is_active()
    world.updates.allow(_allowed(call))
    return await world.updates.take(
        call.number("offset"), call.number("limit", 100), call.number("timeout")
    )


def set_webhook(world: World, call: Call) -> bool:
    """setWebhook: to an address on this machine; an empty address ends it."""
    url, secret = call.text("url"), call.text("secret_token")
    if not url:
        return delete_webhook(world, call)
    if not _is_here(url):
        raise bad_request("bad webhook: this local server delivers to this machine alone")
    if secret and not _SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    if call.flag("drop_pending_updates"):
        world.updates.forget()
    world.updates.allow(_allowed(call))
    hook = Webhook(url, secret, max(1, min(100, call.number("max_connections", 40))))
    if not _is_set_already(world.webhook, hook):
        world.webhook = hook
        world.updates.take_over()
    return True


def _is_set_already(standing: Webhook, asked: Webhook) -> bool:
    """A webhook that is set again as it stands goes on as before, with its errors and its pauses."""
    return (standing.url, standing.secret, standing.max_connections) == (
        asked.url,
        asked.secret,
        asked.max_connections,
    )


def _is_here(url: str) -> bool:
    try:
        address = urlsplit(url)
        return address.scheme in _SCHEMES and address.hostname in _HERE and address.port != 0
    except ValueError:  # brackets left open, or a port that is no number
        return False


def delete_webhook(world: World, call: Call) -> bool:
    """deleteWebhook: back to polling."""
    if call.flag("drop_pending_updates"):
        world.updates.forget()
    world.webhook = Webhook()
    world.updates.nudge()
    return True


def get_webhook_info(world: World, _call: Call) -> Json:
    """Bot API getWebhookInfo."""
    hook = world.webhook
    body: Json = {
        "url": hook.url,
        "has_custom_certificate": False,
        "pending_update_count": world.unconfirmed,
    }
    if hook.last_error_at is not None:
        body["last_error_date"] = int(hook.last_error_at.timestamp())
        body["last_error_message"] = hook.last_error
    if hook.url:
        body["max_connections"] = hook.max_connections
    if hook.last_synchronization_error_at is not None:
        body["last_synchronization_error_date"] = int(
            hook.last_synchronization_error_at.timestamp()
        )
    if world.updates.allowed:
        body["allowed_updates"] = sorted(world.updates.allowed)
    return body


def get_file(world: World, call: Call) -> Json:
    """getFile: where to download a file of at most 20 MB."""
    kept = world.files.by_id(call.text("file_id"))
    if kept is None:
        raise bad_request("invalid file_id")
    if kept.size > DOWNLOAD_LIMIT:
        raise bad_request("file is too big")
    return {**kept.names(), "file_path": kept.path}
