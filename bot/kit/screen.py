"""What a person sees after a press or a message. How it is sent is not known here."""

from __future__ import annotations

from dataclasses import dataclass

from bot.db.drafts import LastWords
from bot.db.notice import Card
from bot.values.action import Action
from bot.values.files import FileRef


@dataclass(frozen=True, slots=True)
class Screen:
    """What a person sees after a press or a message: a short word on the button, and cards.

    `live` names a card rendered when it is sent (then `card` is empty). With `anew` it is a new
    message even where a button was pressed. `extra` cards and `files` follow as new messages.
    With `keeps_place` the message stays the live card it was, and shows it again when facts change.
    A `card` shown under the name `only` ("draft:12") is the one of that name: older ones lose their buttons.
    `protects` is the consultation whose content is shown, `about` what else ("meeting:3"): such
    messages cannot be forwarded. `asks` names the question on it where the head of the card does not;
    `refused` is the kind of the refusal that it shows, which may lead `back` to a question that still
    stands; `took` is the question that words were taken for, `took_from` the update that put it, 0 where its
    screen keeps its buttons.
    """

    card: Card | None = None
    toast: str = ""
    live: str | None = None
    only: str | None = None
    as_new_message: bool = False
    extra: tuple[Card, ...] = ()
    files: tuple[FileRef, ...] = ()
    files_card: Card | None = None
    protects: int | None = None
    about: str = ""
    keeps_place: bool = False
    asks: str = ""
    refused: str = ""
    back: Action | None = None
    took: LastWords | None = None
    took_from: int = 0
