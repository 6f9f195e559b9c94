"""Reading Telegram's HTML and what a text carries: entities with UTF-16 offsets, or the refusal of a bad tag."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from html import escape
from typing import Protocol

from simulator.json_types import Json, utf16_length
from simulator.refusals import RefusedError, bad_request


class User(Protocol):
    """Whom a text may name: somebody with an account."""

    def as_json(self) -> Json:
        """A User of the Bot API."""
        ...


Known = Callable[[int], User | None]
"""Who has this account, where the bot may name that person."""

_KINDS = {
    "b": "bold", "strong": "bold",
    "i": "italic", "em": "italic",
    "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough",
    "code": "code", "pre": "pre", "blockquote": "blockquote",
    "tg-spoiler": "spoiler", "span": "spoiler", "a": "text_link",
}  # fmt: skip
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_SPECIAL = re.compile(r"[<&]")
_CHARACTER = re.compile(r"&(?:#x([0-9a-fA-F]+)|#0*([0-9]{1,9})(?![0-9])|([a-zA-Z]+));?")
_TAG_NAME = re.compile(r"[^\s>]*")
_SPACES = re.compile(r"\s*")
_ATTRIBUTE_NAME = re.compile(r"[^\s=>]*")
_NAME_TOKEN = re.compile(r"[A-Za-z0-9.\-]*")
_GOOD_LINK = re.compile(
    r"(?:https?://)?[^\s/]+\.[^\s]+$|(?:https?://[^\s]+|tg://[^\s]+|mailto:[^\s]+)$", re.IGNORECASE
)
_ACCOUNT = re.compile(r"tg:(?://)?user/?\?(?:[^#]*&)?id=([0-9]{1,19})(?:[&#]|$)", re.IGNORECASE)
_LAST_CHARACTER = 0x10FFFF
_SURROGATES = range(0xD800, 0xE000)


@dataclass(slots=True)
class _Open:
    tag: str
    argument: str
    offset: int


def parse_html(text: str, known: Known = lambda _: None) -> tuple[str, list[Entity]]:
    """Plain text and entities of a text in parse mode HTML; refuses what Telegram refuses, with its words.

    A link to a person's account names that person where `known` gives one, and is dropped otherwise.
    """
    if "<" not in text and "&" not in text:
        return text, []
    return _Reader(text, known).read()


class _Reader:
    def __init__(self, text: str, known: Known) -> None:
        self._text = text
        self._known = known
        self._at = 0
        self._tag_at = 0
        self._out: list[str] = []
        self._units = 0
        self._open: list[_Open] = []
        self._entities: list[Entity] = []

    def read(self) -> tuple[str, list[Entity]]:
        while self._at < len(self._text):
            special = _SPECIAL.search(self._text, self._at)
            if special is None:
                self._write(self._text[self._at :])
                break
            self._write(self._text[self._at : special.start()])
            self._at = special.start()
            if special.group() == "&":
                self._write(self._character())
            else:
                self._tag()
        if self._open:
            raise self._refusal(
                f'Can\'t find end tag corresponding to start tag "{self._open[-1].tag}"'
            )
        return "".join(self._out), self._entities

    def _write(self, words: str) -> None:
        self._out.append(words)
        self._units += utf16_length(words)

    def _character(self) -> str:
        """The character meant at an ampersand, or the ampersand itself; moves on."""
        match = _CHARACTER.match(self._text, self._at)
        meant = _meant(match) if match else None
        if match is None or meant is None:
            self._at += 1
            return "&"
        self._at = match.end()
        return meant

    def _tag(self) -> None:
        self._tag_at = self._at
        self._at += 1
        if self._text.startswith("/", self._at):
            self._end_tag()
        else:
            self._start_tag()

    def _start_tag(self) -> None:
        tag = self._take(_TAG_NAME).lower()
        if self._at >= len(self._text):
            raise self._refusal(f"Unclosed start tag at byte offset {self._offset()}")
        if tag not in _KINDS:
            raise self._refusal(f'Unsupported start tag "{tag}" at byte offset {self._offset()}')
        argument = ""
        while (attribute := self._attribute(tag)) is not None:
            argument = _argument(tag, *attribute) or argument
        if tag == "span" and argument != "tg-spoiler":
            raise self._refusal(
                f'Tag "span" must have class "tg-spoiler" at byte offset {self._offset()}'
            )
        self._open.append(_Open(tag, argument, self._units))

    def _attribute(self, tag: str) -> tuple[str, str] | None:
        """The next attribute of the tag; None at its end."""
        self._take(_SPACES)
        if self._text.startswith(">", self._at):
            self._at += 1
            return None
        name = self._take(_ATTRIBUTE_NAME)
        if self._at >= len(self._text):
            raise self._refusal(f'Unclosed start tag "{tag}" at byte offset {self._offset()}')
        if not name:
            raise self._refusal(
                f'Empty attribute name in the tag "{tag}" at byte offset {self._offset()}'
            )
        self._take(_SPACES)
        if not self._text.startswith("=", self._at):
            return name, ""
        self._at += 1
        self._take(_SPACES)
        return name, self._value(tag)

    def _value(self, tag: str) -> str:
        quote = self._text[self._at : self._at + 1]
        value = self._quoted(quote) if quote in ("'", '"') else self._token()
        if self._at >= len(self._text):
            raise self._refusal(f'Unclosed start tag "{tag}" at byte offset {self._offset()}')
        return value

    def _token(self) -> str:
        begin = self._at
        value = self._take(_NAME_TOKEN).lower()
        if self._at < len(self._text) and not (
            self._text[self._at].isspace() or self._text[self._at] == ">"
        ):
            raise self._refusal(
                f"Unexpected end of name token at byte offset {self._offset(begin)}"
            )
        return value

    def _quoted(self, quote: str) -> str:
        self._at += 1
        value: list[str] = []
        while self._at < len(self._text) and self._text[self._at] != quote:
            if self._text[self._at] == "&":
                value.append(self._character())
            else:
                value.append(self._text[self._at])
                self._at += 1
        self._at += 1
        return "".join(value)

    def _end_tag(self) -> None:
        if not self._open:
            raise self._refusal(f"Unexpected end tag at byte offset {self._offset()}")
        self._at += 1
        found = self._take(_TAG_NAME).lower()
        self._take(_SPACES)
        if not self._text.startswith(">", self._at):
            raise self._refusal(f"Unclosed end tag at byte offset {self._offset()}")
        self._at += 1
        opened = self._open.pop()
        if found and found != opened.tag:
            raise self._refusal(
                f'Unmatched end tag at byte offset {self._offset()}, expected "</{opened.tag}>", found "</{found}>"'
            )
        if self._units > opened.offset:
            self._close(opened)

    def _close(self, opened: _Open) -> None:
        length = self._units - opened.offset
        written = "".join(self._out) if opened.tag == "a" else ""
        entity = _entity(opened, length, written, self._known)
        if opened.tag == "code" and opened.argument and self._open and self._open[-1].tag == "pre":
            self._open[-1].argument = opened.argument
        elif entity is not None:
            self._entities.append(entity)

    def _take(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self._text, self._at)
        taken = match.group() if match else ""
        self._at += len(taken)
        return taken

    def _offset(self, at: int | None = None) -> int:
        """The byte offset Telegram names: of the tag being read, or of the place given."""
        return len(self._text[: self._tag_at if at is None else at].encode())

    @staticmethod
    def _refusal(words: str) -> RefusedError:
        return bad_request(f"can't parse entities: {words}")


def _meant(match: re.Match[str]) -> str | None:
    hexadecimal, decimal, name = match.groups()
    if name is not None:
        return _NAMED.get(name)
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    return cleaned(chr(code)) if 0 < code <= _LAST_CHARACTER and code not in _SURROGATES else None


def _argument(tag: str, name: str, value: str) -> str:
    """What an attribute says about its tag; empty when it says nothing."""
    if (tag, name) == ("a", "href"):
        return value
    if (tag, name) == ("blockquote", "expandable"):
        return "expandable"
    if (tag, name) == ("span", "class"):
        return value
    if (tag, name) == ("code", "class"):
        return value.removeprefix("language-") if value.startswith("language-") else ""
    return ""


def _entity(opened: _Open, length: int, written: str, known: Known) -> Entity | None:
    if opened.tag == "a":
        target = opened.argument or written.encode("utf-16-le")[2 * opened.offset :].decode(
            "utf-16-le"
        )
        return _link(target, opened.offset, length, known)
    if opened.tag == "blockquote" and opened.argument:
        return Entity("expandable_blockquote", opened.offset, length)
    language = (opened.argument or None) if opened.tag == "pre" else None
    return Entity(_KINDS[opened.tag], opened.offset, length, language=language)


def _link(target: str, offset: int, length: int, known: Known) -> Entity | None:
    account = _ACCOUNT.match(target)
    if account is not None:
        person = known(int(account[1]))
        return Entity("text_mention", offset, length, user=person) if person is not None else None
    if _GOOD_LINK.match(target):
        return Entity("text_link", offset, length, url=_address(target))
    return None


def _address(target: str) -> str:
    """A link as Telegram returns it: with a scheme, and a bare host ends in a slash."""
    full = target if re.match(r"[a-z]+:", target, re.IGNORECASE) else f"http://{target}"
    return f"{full}/" if re.fullmatch(r"https?://[^/?#]+", full, re.IGNORECASE) else full


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
    user: User | None = None

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
        if self.user is not None:
            body["user"] = self.user.as_json()
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
    closed = [e for e in entities if e.type in ("code", "pre", "text_link", "text_mention")]
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
