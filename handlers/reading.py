"""A message of Telegram as the acts know it: words, a file, a command, or something that is not taken.

What is answered to it is the door's affair.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from telegram import Message, Update

from bot.kit.taps import Fetch, Sent, SentFile, Tap
from bot.values.moments import VIET_NAM

NOT_TAKEN = (
    "sticker",
    "voice",
    "video_note",
    "video",
    "audio",
    "animation",
    "contact",
    "venue",
    "location",
    "poll",
    "dice",
    "story",
    "game",
    "paid_media",
    "checklist",
)
"""What a person may send that is neither words nor a file to be kept, by the name that Telegram gives it."""

_COMMAND = re.compile(
    r"/(?P<name>[A-Za-z0-9_]{1,32})(?:@(?P<bot>\w+))?(?:\s+(?P<rest>.*))?", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Command:
    """A typed command: "/start", or "/start@name_of_a_bot"; what follows it is its `rest`."""

    name: str
    bot: str = ""
    rest: str = ""


def command_of(text: str) -> Command | None:
    """The command that a text is; None where it is words."""
    found = _COMMAND.fullmatch(text.strip())
    if found is None:
        return None
    return Command(found["name"].lower(), found["bot"] or "", (found["rest"] or "").strip())


def not_taken(message: Message) -> str | None:
    """What was sent that is neither words nor a file to be kept; None where it is one of them."""
    if message.text or message.document or message.photo:
        return None
    return next((kind for kind in NOT_TAKEN if getattr(message, kind, None) is not None), None)


def says_something(message: Message) -> bool:
    """Whether a person said something with it; Telegram tells of pins and changed pictures by messages, too."""
    return bool(message.text or message.document or message.photo) or not_taken(message) is not None


def sent_of(message: Message, received_at: datetime, fetch: Fetch) -> Sent:
    """The words or the file of a message. Its moment is the sender's, or that of its arrival if earlier."""
    user, replied = message.from_user, message.reply_to_message
    return Sent(
        account=user.id if user else 0,
        chat_id=message.chat.id,
        text=message.text or message.caption or "",
        at=min(message.date, received_at),
        file=_file(message, fetch),
        message_id=message.message_id,
        album=message.media_group_id or "",
        reply_to=replied.message_id if replied else None,
    )


def said_in(kept: Mapping[int, str], update_id: int, tap: Tap, fetch: Fetch) -> list[Sent]:
    """The message of this update with those of its album, in order, as if said by this press.

    Nothing where it is no message of the account that presses.
    """
    meant = _message(kept.get(update_id, "{}"))
    if meant is None or meant.from_user is None or meant.from_user.id != tap.account:
        return []
    messages = [meant]
    if meant.media_group_id:
        near = [_message(raw) for raw in kept.values()]
        messages = [m for m in near if m and m.chat.id == meant.chat.id and _of(m) == _of(meant)]
    return [replace(sent_of(each, tap.at, fetch), at=tap.at) for each in messages]


def _of(message: Message) -> str | None:
    return message.media_group_id


def _message(raw: str) -> Message | None:
    content = json.loads(raw)
    return Update.de_json(content, None).message if "update_id" in content else None


def is_addressed(message: Message, name: str) -> bool:
    """Whether a message in a group means this bot: a command that names no other, its name, a reply to it."""
    text, replied = message.text or message.caption or "", message.reply_to_message
    command = command_of(text)
    if command is not None:
        return command.bot.lower() in ("", name.lower())
    if replied is not None and replied.from_user is not None:
        return (replied.from_user.username or "").lower() == name.lower()
    return re.search(rf"@{re.escape(name)}\b", text, re.IGNORECASE) is not None


def _file(message: Message, fetch: Fetch) -> SentFile | None:
    document = message.document
    if document is not None:
        name = document.file_name or document.file_unique_id
        return _announced(document.file_id, name, document.file_size, fetch)
    if message.photo:
        largest = message.photo[-1]
        # Telegram names no photo; the moment it was sent is a name that a person can read.
        name = f"{message.date.astimezone(VIET_NAM):%d-%m-%Y %H.%M.%S}.jpg"
        return _announced(largest.file_id, name, largest.file_size, fetch)
    return None


def _announced(file_id: str, name: str, size: int | None, fetch: Fetch) -> SentFile:
    async def bring() -> bytes:
        return await fetch(file_id)

    return SentFile(file_id, name, size or 0, bring)
