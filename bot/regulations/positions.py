"""Where each key of a TOML text stands. The text is known to be sound TOML; its values are not read here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

KeyPath = tuple[str | int, ...]

_BLANK = re.compile(r"(?:\s|#[^\n]*)*")
_KEY = re.compile(r"""[A-Za-z0-9_-]+|"(?:[^"\\]|\\.)*"|'[^']*'""")
_DOT = re.compile(r"[ \t]*\.[ \t]*")
_BARE = re.compile(r"[^,\]}#\n]*")
_STRINGS = tuple(
    re.compile(pattern, re.DOTALL)
    for pattern in (
        r'"""(?:[^\\]|\\.)*?"{3,5}',
        r"'''.*?'{3,5}",
        r'"(?:[^"\\\n]|\\.)*"',
        r"'[^'\n]*'",
    )
)


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a text, counted from 1."""

    line: int
    column: int


def positions(text: str) -> dict[KeyPath, Position]:
    """Find every table, key and element of `text`; the root stands at the beginning."""
    scanner = _Scanner(text)
    scanner.document()
    return scanner.found


def nearest(found: Mapping[KeyPath, Position], path: KeyPath) -> Position:
    """The place of `path`, or of the closest table around it that was written down."""
    for length in range(len(path), 0, -1):
        if path[:length] in found:
            return found[path[:length]]
    return Position(1, 1)


@dataclass(slots=True)
class _Scanner:
    text: str
    at: int = 0
    found: dict[KeyPath, Position] = field(default_factory=dict)
    counts: dict[KeyPath, int] = field(default_factory=dict)

    def document(self) -> None:
        """Walk the whole text, header by header and key by key."""
        table: KeyPath = ()
        self.skip(_BLANK)
        while self.at < len(self.text):
            if self.text[self.at] == "[":
                table = self.header()
            else:
                self.pair(table)
            self.skip(_BLANK)

    def header(self) -> KeyPath:
        """Read "[a.b]" or "[[a.b]]" and give the path that keys below it belong to."""
        start = self.at
        many = self.text.startswith("[[", self.at)
        self.at += 2 if many else 1
        parts = self.key()
        self.skip(re.compile(r"[ \t]*\]\]?"))
        path: KeyPath = ()
        for index, (part, _) in enumerate(parts):
            path = (*path, part)
            if many and index == len(parts) - 1:
                self.counts[path] = self.counts.get(path, -1) + 1
            if path in self.counts:
                self.mark(path, start)
                path = (*path, self.counts[path])
            self.mark(path, start)
        return path

    def pair(self, table: KeyPath) -> None:
        """Read "a.b = value" inside `table`."""
        path = table
        for part, start in self.key():
            path = (*path, part)
            self.mark(path, start)
        self.skip(re.compile(r"[ \t]*=[ \t]*"))
        self.value(path)

    def key(self) -> list[tuple[str, int]]:
        """Read the parts of a dotted key, each with where it begins."""
        parts = []
        self.skip(re.compile(r"[ \t]*"))
        while True:
            start = self.at
            part = self.skip(_KEY)
            parts.append((part.strip("\"'"), start))
            if not self.skip(_DOT):
                return parts

    def value(self, path: KeyPath) -> None:
        """Step over one value, marking what stands inside it."""
        opening = self.text[self.at : self.at + 1]
        if opening == "[":
            self.series(path, "]")
        elif opening == "{":
            self.series(path, "}")
        elif not any(self.skip(pattern) for pattern in _STRINGS):
            self.skip(_BARE)

    def series(self, path: KeyPath, closing: str) -> None:
        """Step over an array or an inline table."""
        self.at += 1
        self.skip(_BLANK)
        index = 0
        while self.text[self.at] != closing:
            if closing == "}":
                self.pair(path)
            else:
                self.mark((*path, index), self.at)
                self.value((*path, index))
            index += 1
            self.skip(_BLANK)
            if self.text[self.at] == ",":
                self.at += 1
                self.skip(_BLANK)
        self.at += 1

    def mark(self, path: KeyPath, at: int) -> None:
        """Remember where `path` was first written."""
        line_start = self.text.rfind("\n", 0, at) + 1
        line = self.text.count("\n", 0, at) + 1
        self.found.setdefault(path, Position(line, at - line_start + 1))

    def skip(self, pattern: re.Pattern[str]) -> str:
        """Step over what `pattern` matches here and give it; nothing where it does not match."""
        match = pattern.match(self.text, self.at)
        if match is None:
            return ""
        self.at = match.end()
        return match.group()
