"""What of an update is kept on disk: nothing that only quotes what the bot itself had shown.

A screen on which a secret choice is confirmed may be quoted in what a person sends next; and a press
that carries such a choice is not kept at all. What a press means is not known here.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from scheduler.handling import button_of

IsPrivate = Callable[[str], bool]
"""Whether the data of a button carry what must never be kept."""

_QUOTES = ("reply_to_message", "external_reply", "quote", "pinned_message")
_PLACE = ("message_id", "date", "chat", "from", "sender_chat", "inline_message_id")


def carries_secret(update: dict[str, Any], is_private: IsPrivate) -> bool:
    """Whether the update is a press that must be handled without being kept."""
    return is_private(button_of(update))


def numbered(batch: Iterable[dict[str, Any]]) -> dict[int, dict[str, Any]]:
    """Updates by their numbers, each bare; what has no number is no update."""
    return {
        each["update_id"]: bare(each) for each in batch if isinstance(each.get("update_id"), int)
    }


def read(raw: str) -> dict[str, Any]:
    """An update as it was kept."""
    content = json.loads(raw)
    return content if isinstance(content, dict) else {}


def bare(update: dict[str, Any]) -> dict[str, Any]:
    """The update without the words and buttons of the bot's own messages that it quotes."""
    return {name: _bare(name, part) for name, part in update.items()}


def _bare(name: str, part: Any) -> Any:
    if not isinstance(part, dict):
        return part
    if name == "callback_query" and isinstance(part.get("message"), dict):
        place = {key: value for key, value in part["message"].items() if key in _PLACE}
        return {**part, "message": place}
    if name in ("message", "edited_message"):
        return {key: value for key, value in part.items() if key not in _QUOTES}
    return part
