"""Reading the buttons a bot sends, and refusing them as Telegram does.

No message and no press may live here.
"""

from simulator.json_types import Json
from simulator.messages import KeyButton, Rows
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
