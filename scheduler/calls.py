"""Calls of the Bot API as plain values in and out, for the two loops that make many of them.

What is sent and when is not decided here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from telegram import Bot, InputFile
from telegram.error import NetworkError

from bot.db.notice import Control

# do_api_request warns when a method has a counterpart of the same name in Bot; these spellings reach
# the same methods without building objects that nobody reads: twice as many calls a second.
GET_UPDATES = "get__updates"
GET_ME = "get__me"
SEND_MESSAGE = "send__message"
SEND_DOCUMENT = "send__document"
EDIT_MESSAGE = "edit__message_text"

ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")


async def get_updates(
    bot: Bot, offset: int | None, wait: int, read_timeout: float | None
) -> list[dict[str, Any]]:
    """One poll of at most 100 updates, held open for `wait` seconds; `offset` confirms what is below."""
    asked = {"offset": offset, "timeout": wait, "limit": 100, "allowed_updates": ALLOWED_UPDATES}
    answer = await bot.do_api_request(GET_UPDATES, api_kwargs=asked, read_timeout=read_timeout)
    if not isinstance(answer, list):
        raise NetworkError("getUpdates gave no list")
    return [each for each in answer if isinstance(each, dict)]


async def get_me(bot: Bot) -> None:
    """Ask whether Telegram answers."""
    await bot.do_api_request(GET_ME)


async def send_text(
    bot: Bot, chat_id: int, html: str, rows: Sequence[Sequence[Control]], *, protect: bool
) -> int:
    """Send a message and give its id."""
    asked = _text(chat_id, html, rows) | {"protect_content": protect or None}
    answer = await bot.do_api_request(SEND_MESSAGE, api_kwargs=asked)
    return int(answer["message_id"])


async def edit_text(
    bot: Bot, chat_id: int, message_id: int, html: str, rows: Sequence[Sequence[Control]]
) -> None:
    """Let a message show something else, in place."""
    asked = _text(chat_id, html, rows) | {"message_id": message_id}
    await bot.do_api_request(EDIT_MESSAGE, api_kwargs=asked)


async def send_document(bot: Bot, chat_id: int, file: str | InputFile, *, protect: bool) -> None:
    """Send a file known to Telegram by its id, or one with its content."""
    asked = {"chat_id": chat_id, "document": file, "protect_content": protect or None}
    await bot.do_api_request(SEND_DOCUMENT, api_kwargs=asked)


def _text(chat_id: int, html: str, rows: Sequence[Sequence[Control]]) -> dict[str, Any]:
    asked: dict[str, Any] = {
        "chat_id": chat_id,
        "text": html,
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
    }
    if rows:
        asked["reply_markup"] = {
            "inline_keyboard": [[_button(each) for each in row] for row in rows]
        }
    return asked


def _button(control: Control) -> dict[str, str]:
    names = {"label": "text", "data": "callback_data", "url": "url", "style": "style"}
    return {names[name]: str(value) for name, value in control.items()}
