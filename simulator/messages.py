"""A message as people see it and as the Bot API writes it, with its buttons, read and refused as Telegram does."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from simulator.files import Document, Photo
from simulator.json_types import Json
from simulator.markup import Entity, display_html
from simulator.refusals import bad_request

_DATA_LIMIT = 64
_BUTTON_LIMIT = 100
_STYLES = ("primary", "success", "danger")
_LINKS = ("http://", "https://", "tg://")


def read_rows(markup: object) -> Rows:
    """The inline buttons of a reply_markup; none for another kind of keyboard or no markup."""
    if markup is None:
        return []
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    rows = markup.get("inline_keyboard", [])
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request(
            'field "inline_keyboard" of the InlineKeyboardMarkup must be of type Array'
        )
    read = [[_button(button) for button in row] for row in rows if row]
    if sum(len(row) for row in read) > _BUTTON_LIMIT:
        raise bad_request("REPLY_MARKUP_TOO_LONG")
    return read


def _button(button: object) -> KeyButton:
    if not isinstance(button, dict):
        raise _unreadable("expected an object")
    text = button.get("text")
    if not isinstance(text, str):
        raise _unreadable('Can\'t find field "text"')
    if not text.strip():
        raise bad_request("BUTTON_TEXT_INVALID")
    style = button.get("style")
    if style is not None and style not in _STYLES:
        raise bad_request("BUTTON_STYLE_INVALID")
    data, url = _data(button), _url(button)
    if (data is None) == (url is None):
        raise _unreadable("Text buttons are unallowed in the inline keyboard")
    return KeyButton(text, data, url, style)


def _data(button: Json) -> str | None:
    data = button.get("callback_data")
    if data is None:
        return None
    if not isinstance(data, str) or not 1 <= len(data.encode()) <= _DATA_LIMIT:
        raise bad_request("BUTTON_DATA_INVALID")
    return data


def _url(button: Json) -> str | None:
    url = button.get("url")
    if url is None:
        return None
    if not isinstance(url, str) or not url.startswith(_LINKS) or " " in url:
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    return url


def _unreadable(words: str) -> Exception:
    return bad_request(f"can't parse inline keyboard button: {words}")


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
