"""Reading the words of a call: parse mode, entities given, limits, and what Telegram makes of them.

No chat and no message may live here.
"""

from simulator.entities import Entity, cleaned, trimmed, with_found
from simulator.json_types import Json, utf16_length
from simulator.markup import parse_html
from simulator.parameters import Call
from simulator.refusals import RefusedError, bad_request

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
Words = tuple[str, tuple[Entity, ...]]


def read_text(call: Call, *, too_long: str = "message is too long") -> Words:
    """The text of a message; refuses an empty one and one over 4096 units after parsing."""
    text = call.text("text")
    if not text:
        raise bad_request("message text is empty")
    plain, entities = _parsed(text, call.text("parse_mode"), call.structure("entities"))
    if not plain:
        raise bad_request("text must be non-empty")
    if utf16_length(plain) > TEXT_LIMIT:
        raise bad_request(too_long)
    return plain, entities


def read_caption(source: Call | Json) -> Words:
    """The caption of a file; may be empty, refuses one over 1024 units after parsing."""
    call = source if isinstance(source, Call) else Call("", source)
    marks = call.structure("caption_entities")
    plain, entities = _parsed(call.text("caption"), call.text("parse_mode"), marks)
    if utf16_length(plain) > CAPTION_LIMIT:
        raise bad_request("message caption is too long")
    return plain, entities


def _parsed(text: str, mode: str, given: object) -> Words:
    if mode.lower() == "html":
        plain, entities = parse_html(cleaned(text))
    elif mode:
        raise _unsupported(mode)
    else:
        plain, entities = cleaned(text), _given(given)
    plain, kept = trimmed(plain, entities)
    return plain, with_found(plain, kept)


def _unsupported(mode: str) -> RefusedError:
    if mode.lower() in ("markdown", "markdownv2"):
        return bad_request("this local server reads parse mode HTML alone")
    return bad_request("unsupported parse_mode")


def _given(entities: object) -> list[Entity]:
    if not isinstance(entities, list):
        return []
    return [
        Entity(e["type"], e["offset"], e["length"], e.get("url"), e.get("language"))
        for e in entities
        if isinstance(e, dict) and {"type", "offset", "length"} <= e.keys()
    ]
