"""What is shown to one chat, and what is to be said to it once, under which key. How it is sent is not known here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Literal, TypedDict

from bot.values.action import Action, encode
from bot.values.files import FileRef
from bot.values.labels import cut_away, fitting

Style = Literal["primary", "success", "danger"]


@dataclass(frozen=True, slots=True)
class Button:
    """A control with its word; it either presses something or opens an address."""

    label: str
    press: Action | None = None
    url: str | None = None
    style: Style | None = None


Row = tuple[Button, ...]
"""Buttons side by side."""
Rows = tuple[Row, ...]
"""Rows of buttons below a text, from above."""


@dataclass(frozen=True, slots=True)
class Card:
    """A text (Telegram HTML, already escaped) and its rows of buttons.

    Where a button has no room for its words and they stand nowhere else, the text ends with them: nobody chooses
    between names that he cannot read. A card that is itself a `part` has another way to all of it.
    """

    text: str
    rows: Rows = ()
    part: bool = False

    def __post_init__(self) -> None:
        """Say whole what the buttons cut."""
        if self.part:
            return
        below = cut_away(self.text, [[button.label for button in row] for row in self.rows])
        if below:
            lines = "\n".join(f"– {escape(words, quote=False)}" for words in below)
            object.__setattr__(self, "text", f"{self.text}\n\n{lines}")


ANSWER, NOTICE, REMINDER = 0, 1, 2
"""Priorities: a person who waits for an answer comes first, a reminder last."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A message for one chat.

    `card` is its final form; or `live` names a card that is rendered when it is sent, such as
    "dashboard:12". A `card` with the name it is kept under, such as "draft:12", is the only one of that
    name in its chat once it is sent: older ones lose their buttons. With `message_id` that message is
    edited instead. `legal`: it must arrive, so it is repeated once when its fate is unknown; a mere
    reminder is not.
    """

    key: str
    chat_id: int
    kind: str
    card: Card | None = None
    live: str | None = None
    message_id: int | None = None
    files: tuple[FileRef, ...] = ()
    priority: int = NOTICE
    legal: bool = True
    consultation_id: int | None = None
    about: str = ""
    """What else it is about, such as "meeting:3"; such a message cannot be forwarded either."""
    person_id: int | None = None
    not_before: datetime | None = None


class Control(TypedDict, total=False):
    """A button as it is kept and sent: a label with either `data` or `url`, perhaps a `style`."""

    label: str
    data: str
    url: str
    style: Style


def controls(rows: Sequence[Sequence[Button]]) -> list[list[Control]]:
    """The rows of buttons as plain values, with words that fit; refuses a press that Telegram would not carry."""
    words = fitting([[button.label for button in row] for row in rows])
    return [
        [_control(button, label) for button, label in zip(row, labels, strict=True)]
        for row, labels in zip(rows, words, strict=True)
    ]


def _control(button: Button, label: str) -> Control:
    control: Control = {"label": label}
    if button.press is not None:
        control["data"] = encode(button.press)
    if button.url is not None:
        control["url"] = button.url
    if button.style is not None:
        control["style"] = button.style
    return control
