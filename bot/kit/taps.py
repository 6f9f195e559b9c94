"""Taps and messages as the handlers read them: ids, arguments, moments. No Telegram type, no rule."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

from bot.kit.unit import Context

E = TypeVar("E", bound=StrEnum)
LARGEST, DIGITS = 2**31 - 1, 10
"""No id and no count of minutes on a button is larger, or written with more digits."""
LAST_YEAR = 9998
"""The last year that is written in four digits and has one after it."""


class MalformedPressError(Exception):
    """Arguments that do not fit their action: cut, forged, or of an older bot."""


def whole_number(word: str) -> int:
    """An argument of a button as a whole number; a word that is none, or larger than any id, is malformed."""
    if not word.isdecimal() or len(word) > DIGITS or int(word) > LARGEST:
        raise MalformedPressError
    return int(word)


class NotAwaitedError(Exception):
    """Words that answer nothing after all; the door takes them as any others."""


@dataclass(frozen=True, slots=True)
class Tap:
    """A pressed button: who, where, with which arguments, and when at the earliest.

    After an outage nobody knows when it was pressed, only that it was by `latest`.
    """

    account: int
    chat_id: int
    message_id: int
    args: tuple[str, ...]
    at: datetime
    latest: datetime | None = None

    def word(self, place: int) -> str:
        """The argument at that place; a press without it is malformed."""
        if place >= len(self.args):
            raise MalformedPressError
        return self.args[place]

    def number(self, place: int) -> int:
        """The argument at that place as a whole number, no larger than any id."""
        return whole_number(self.word(place))

    def year(self, place: int) -> int:
        """The argument at that place as a year that has one before and one after it."""
        year = self.number(place)
        if not 1 < year <= LAST_YEAR:
            raise MalformedPressError
        return year

    def page(self, place: int) -> int:
        """The argument at that place as a page, where there is one; else the first page."""
        return self.number(place) if place < len(self.args) else 0

    def one_of(self, place: int, values: type[E]) -> E:
        """The argument at that place as one of these values."""
        word = self.word(place)
        if word not in set(values):
            raise MalformedPressError
        return values(word)


@dataclass(frozen=True, slots=True)
class Sent:
    """A message of a person: words, or a file by its id, or both.

    Messages of one `album` were sent together; `reply_to` is the message that it was sent in reply to.
    """

    account: int
    chat_id: int
    text: str
    at: datetime
    file: SentFile | None = None
    message_id: int = 0
    album: str = ""
    reply_to: int | None = None


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file as announced by Telegram; its bytes are brought by `fetch` when they are wanted."""

    file_id: str
    name: str
    size: int
    fetch: Callable[[], Awaitable[bytes]]


Fetch = Callable[[str], Awaitable[bytes]]
"""Brings the bytes of a file by its Telegram id."""
HasRight = Callable[[Context, Tap], Awaitable[bool]]
"""Whether who presses has the right to it now; asked before the press waits for others."""
