"""What is shown to one person at one time: a text with buttons. How it is sent is not known here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.domain.files import FileRef
from bot.domain.press import Press

Style = Literal["primary", "success", "danger"]


@dataclass(frozen=True, slots=True)
class Button:
    """A control with its word; it either presses something or opens an address."""

    label: str
    press: Press | None = None
    url: str | None = None
    style: Style | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """A text (Telegram HTML, already escaped) and its rows of buttons."""

    text: str
    rows: tuple[tuple[Button, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person sees after a press or a message: a short word on the button, and cards.

    `live` names a card rendered when it is sent (then `card` is empty). With `anew` it is a new
    message even where a button was pressed. `extra` cards and `files` follow as new messages.
    With `keeps_place` the message stays the live card it was, and shows it again when facts change.
    `protects` is the consultation whose content is shown, `about` what else ("meeting:3"): such
    messages cannot be forwarded.
    """

    card: Card | None = None
    toast: str = ""
    live: str | None = None
    anew: bool = False
    extra: tuple[Card, ...] = ()
    files: tuple[FileRef, ...] = ()
    files_card: Card | None = None
    protects: int | None = None
    about: str = ""
    keeps_place: bool = False
