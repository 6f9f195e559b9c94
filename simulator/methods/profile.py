"""Methods about the bot itself: who it is, its commands, its name and descriptions, its menu button.

No chat and no message may live here.
"""

import json
import re
from typing import Any

from simulator.json_types import Json
from simulator.parameters import Call
from simulator.refusals import bad_request
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
    commands = call.structure("commands") or []
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
    button = call.structure("menu_button") or {"type": "default"}
    world.profile.menu_buttons[call.chat_id_or_none() or 0] = button
    return True


def get_chat_menu_button(world: World, call: Call) -> Json:
    """Bot API getChatMenuButton of a chat, or of all."""
    buttons = world.profile.menu_buttons
    everywhere = buttons.get(0, {"type": "commands"})
    return buttons.get(call.chat_id_or_none() or 0, everywhere)


def _place(call: Call) -> tuple[str, str]:
    scope: Any = call.structure("scope") or {"type": "default"}
    return json.dumps(scope, sort_keys=True), call.text("language_code")


def _command(command: Any) -> Json:
    name, hint = str(command.get("command", "")), str(command.get("description", ""))
    if not _COMMAND.fullmatch(name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(hint) <= _HINT_LIMIT:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name.removeprefix("/"), "description": hint}


def _at_most(text: str, limit: int, what: str) -> str:
    if len(text) > limit:
        raise bad_request(f"bot {what} is too long")
    return text
