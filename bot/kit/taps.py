"""Taps and messages as the handlers read them: ids, arguments, moments. No Telegram type, no rule."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.consultations.rules.consultation import Choice
from bot.kit.screen import Screen
from bot.kit.unit import Context
from bot.values.refusal import Refusal

LARGEST, DIGITS = 2**31 - 1, 10
"""No id and no count of minutes on a button is larger, or written with more digits."""


class MalformedPressError(Exception):
    """Arguments that do not fit their action: cut, forged, or of an older bot."""


@dataclass(frozen=True, slots=True)
class Tap:
    """A pressed button: who, where, with which arguments, and when at the earliest."""

    account: int
    chat_id: int
    message_id: int
    args: tuple[str, ...]
    at: datetime

    def word(self, place: int) -> str:
        """The argument at that place; a press without it is malformed."""
        if place >= len(self.args):
            raise MalformedPressError
        return self.args[place]

    def number(self, place: int) -> int:
        """The argument at that place as a whole number, no larger than any id."""
        word = self.word(place)
        if not word.isdecimal() or len(word) > DIGITS or int(word) > LARGEST:
            raise MalformedPressError
        return int(word)

    def choice(self, place: int) -> Choice:
        """The argument at that place as a choice."""
        word = self.word(place)
        if word not in set(Choice):
            raise MalformedPressError
        return Choice(word)


@dataclass(frozen=True, slots=True)
class Sent:
    """A message of a person: words, or a file by its id."""

    account: int
    chat_id: int
    text: str
    at: datetime
    file: SentFile | None = None


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file as announced by Telegram, not fetched yet."""

    file_id: str
    name: str
    size: int
    photo: bool = False


Pressed = Callable[[Context, Tap], Awaitable[Screen | Refusal]]
"""What answers a press."""
Typed = Callable[[Context, Sent, Mapping[str, Any]], Awaitable[Screen | Refusal]]
"""What answers awaited words, with what they were awaited for."""
Fetch = Callable[[str], Awaitable[bytes]]
"""Brings the bytes of a file by its Telegram id."""
HasRight = Callable[[Context, Tap], Awaitable[bool]]
"""Whether who presses has the right to it now; asked before the press waits for others."""
