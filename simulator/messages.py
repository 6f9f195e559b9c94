"""A message as people see it and as the Bot API writes it, with its buttons and its file.

No sending and no reading of what the bot sent (see keyboards.py, markup.py) may live here.
"""

from dataclasses import dataclass, field
from datetime import datetime

from simulator.entities import Entity, display_html
from simulator.files import Document, Photo
from simulator.json_types import Json


@dataclass(frozen=True, slots=True)
class KeyButton:
    """An inline button: a press sends `data` to the bot, or a tap opens `url`."""

    text: str
    data: str | None = None
    url: str | None = None
    style: str | None = None

    def as_json(self) -> Json:
        """An InlineKeyboardButton of the Bot API."""
        body: Json = {"text": self.text}
        for key, value in (("callback_data", self.data), ("url", self.url), ("style", self.style)):
            if value is not None:
                body[key] = value
        return body


Rows = list[list[KeyButton]]


@dataclass(slots=True)
class Message:
    """One message of a chat; `text` is the caption where there is a file. Moments by the world's clock."""

    message_id: int
    chat_id: int
    sender_id: int
    from_bot: bool
    date: datetime
    text: str = ""
    entities: tuple[Entity, ...] = ()
    rows: Rows = field(default_factory=list)
    document: Document | None = None
    photo: Photo | None = None
    protected: bool = False
    unread: bool = False
    silent: bool = False
    edited_at: datetime | None = None
    versions: list[str] = field(default_factory=list)
    deleted: bool = False
    reply_to: int | None = None
    album: str | None = None
    forwarded_from: str | None = None

    @property
    def html(self) -> str:
        """The text for a page: Telegram's tags alone, everything else escaped; lines end in newlines."""
        return display_html(self.text, self.entities)

    @property
    def has_media(self) -> bool:
        """Whether the text is a caption."""
        return self.document is not None or self.photo is not None

    @property
    def buttons(self) -> list[KeyButton]:
        """All buttons, row by row."""
        return [button for row in self.rows for button in row]

    def button(self, words: str) -> KeyButton | None:
        """The first button whose label contains these words."""
        return next((button for button in self.buttons if words in button.text), None)

    def content_json(self) -> Json:
        """What the message holds, without who, where and when."""
        body: Json = {}
        words, marks = ("caption", "caption_entities") if self.has_media else ("text", "entities")
        if self.text:
            body[words] = self.text
        if self.entities:
            body[marks] = [entity.as_json() for entity in self.entities]
        if self.document is not None:
            body["document"] = self.document.as_json()
        if self.photo is not None:
            body["photo"] = self.photo.as_json()
        if self.rows:
            body["reply_markup"] = {
                "inline_keyboard": [[button.as_json() for button in row] for row in self.rows]
            }
        return body
