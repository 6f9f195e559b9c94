"""What a text carries: entities with UTF-16 offsets, those found by themselves, and the cleaning Telegram does.

No reading of HTML (see markup.py) and no message may live here.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from html import escape

from simulator.json_types import Json, utf16_length

_CONTROL = {code: " " for code in range(32) if code not in (9, 10, 13)}
_REMOVED = dict.fromkeys((13, *range(0x2028, 0x202F), 0x0333, 0x033F, 0x030A))
_CLEANING = {**_CONTROL, **_REMOVED}
_BLANKS = " \n\t"

_FOUND = re.compile(
    r"(?P<url>https?://[^\s<>\"]+)"
    r"|(?<![\w/<>])(?P<bot_command>/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?)(?![\w/<>])"
    r"|(?<![\w@])(?P<mention>@[A-Za-z0-9_]{4,32})(?!\w)"
)
_TAGS = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "expandable_blockquote": "blockquote",
    "spoiler": "tg-spoiler",
    "text_link": "a",
    "url": "a",
}
_SAFE_LINK = re.compile(r"(?:https?|tg|mailto):", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Entity:
    """A stretch of a text with a meaning; offset and length in UTF-16 units."""

    type: str
    offset: int
    length: int
    url: str | None = None
    language: str | None = None

    @property
    def end(self) -> int:
        """The first unit after it."""
        return self.offset + self.length

    def as_json(self) -> Json:
        """A MessageEntity of the Bot API."""
        body: Json = {"type": self.type, "offset": self.offset, "length": self.length}
        if self.url is not None:
            body["url"] = self.url
        if self.language:
            body["language"] = self.language
        return body


def cleaned(text: str) -> str:
    """The text as Telegram keeps it: control characters become blanks, line and direction marks vanish."""
    return text.translate(_CLEANING)


def trimmed(text: str, entities: Sequence[Entity]) -> tuple[str, tuple[Entity, ...]]:
    """Without blanks at both ends; entities follow, and those left empty vanish."""
    left = text.lstrip(_BLANKS)
    kept = left.rstrip(_BLANKS)
    if kept == text:
        return text, tuple(entities)
    cut, length = utf16_length(text) - utf16_length(left), utf16_length(kept)
    moved = (_clipped(entity, cut, length) for entity in entities)
    return kept, tuple(entity for entity in moved if entity.length > 0)


def _clipped(entity: Entity, cut: int, length: int) -> Entity:
    start = min(max(entity.offset - cut, 0), length)
    return replace(entity, offset=start, length=min(entity.end - cut, length) - start)


def with_found(text: str, entities: Sequence[Entity]) -> tuple[Entity, ...]:
    """The entities given and those Telegram finds by itself: links, commands and names outside of them."""
    if "/" not in text and "@" not in text:
        return in_order(entities)
    closed = [e for e in entities if e.type in ("code", "pre", "text_link")]
    found = (
        Entity(
            str(match.lastgroup), utf16_length(text[: match.start()]), utf16_length(match.group())
        )
        for match in _FOUND.finditer(text)
    )
    return in_order(
        [*entities, *(e for e in found if not any(_overlap(e, other) for other in closed))]
    )


def _overlap(one: Entity, other: Entity) -> bool:
    return one.offset < other.end and other.offset < one.end


def in_order(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    """By place, the longer first: the order in which they open."""
    return tuple(sorted(entities, key=lambda e: (e.offset, -e.length)))


def display_html(text: str, entities: Sequence[Entity]) -> str:
    """The text for a page: Telegram's tags alone, properly nested, everything else escaped."""
    if not entities:
        return escape(text)
    units = text.encode("utf-16-le", "surrogatepass")
    parts: list[str] = []
    open_until: list[tuple[int, str]] = []
    at = 0

    def write_up_to(end: int) -> None:
        nonlocal at
        parts.append(escape(units[2 * at : 2 * end].decode("utf-16-le", "replace")))
        at = max(at, end)

    for entity in in_order(e for e in entities if e.type in _TAGS):
        while open_until and open_until[-1][0] <= entity.offset:
            end, closing = open_until.pop()
            write_up_to(end)
            parts.append(closing)
        write_up_to(entity.offset)
        end = min(entity.end, open_until[-1][0]) if open_until else entity.end
        opening, closing = _tags(entity, units)
        parts.append(opening)
        open_until.append((end, closing))
    while open_until:
        end, closing = open_until.pop()
        write_up_to(end)
        parts.append(closing)
    write_up_to(len(units) // 2)
    return "".join(parts)


def _tags(entity: Entity, units: bytes) -> tuple[str, str]:
    tag = _TAGS[entity.type]
    if tag == "a":
        shown = units[2 * entity.offset : 2 * entity.end].decode("utf-16-le", "replace")
        target = entity.url or shown
        if not _SAFE_LINK.match(target):
            return "", ""
        return f'<a href="{escape(target)}" rel="noreferrer noopener" target="_blank">', "</a>"
    if entity.type == "expandable_blockquote":
        return "<blockquote expandable>", "</blockquote>"
    return f"<{tag}>", f"</{tag}>"
