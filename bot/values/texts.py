"""What people type, made safe to keep and to send: cleaned, measured, cut into messages, joined from pieces."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any, Literal

TELEGRAM_LIMIT = 4096
"""The longest message text, in UTF-16 units after the markup is read."""
MARKS_A_LETTER = 2
"""A Vietnamese letter carries two at most: its own and its tone."""

_BIDI = {0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)}
_INVISIBLE = {0x200B, 0x2060, 0xFEFF}
_LAST_OF_PLANE = 0xFFFE
_INTERNAL_USE = range(0xFDD0, 0xFDF0)
_NEWLINES = re.compile(r"\r\n|[\r\v\f\x85\u2028\u2029]")
_SIGN = re.compile(r"<[^<>]*>|&(?:#\d+|#x[0-9a-fA-F]+|\w+);|.", re.DOTALL)
_TAG = re.compile(r"<[^<>]*>")
_VISIBLE = ("L", "N", "P", "S")
_DASHES = r"\-\u2010-\u2015\u2212"
_BULLETS = r"*+\u2022\u00b7\u25aa\u25cf\u25e6\u2023\u27a2\uf0a7\uf0b7\uf0d8"
"""Also those that Word copies as signs of its own fonts."""
_LIST_MARK = re.compile(
    r"^\s*(?:\(?(?:\d{1,2}\s*(?:[.)](?!\d)|/(?=\s|$))|[a-zđ]\))"  # 1. (1) 1/ a), but 12/QĐ-TU and 3.000
    rf"(?:\s*[{_DASHES}])?|[{_DASHES}{_BULLETS}])\s*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class TextFault:
    """Why a text is not taken; lengths are in characters, after cleaning."""

    kind: Literal["empty", "too_long"]
    length: int
    limit: int


def clean(text: str, limit: int) -> str | TextFault:
    """The text as it is kept: NFC, plain newlines, without control and bidi characters.

    A fault when nothing visible is left, or more than `limit` characters.
    """
    return _measured(_kept(text).strip(), limit)


def clean_line(text: str, limit: int) -> str | TextFault:
    """As `clean`, for what stands on one line: a subject, a name; whitespace becomes one space."""
    return _measured(" ".join(_kept(text).split()), limit)


def listed(text: str) -> list[str]:
    """What a list names, one a line, without the number, letter, dash or dot that people put before each.

    A line drawn between others names nothing; where no line has a letter, nothing is named at all.
    """
    lines = [_LIST_MARK.sub("", line, count=1) for line in _kept(text).splitlines()]
    if not any(letter.isalpha() for line in lines for letter in line):
        return []
    return [line for line in lines if any(sign.isalnum() for sign in line)]


def shortened(text: str, limit: int) -> str:
    """The first line of a cleaned text, in at most `limit` characters and cut between words; "…" for the rest."""
    line, *more = text.split("\n", 1)
    if not more and len(line) <= limit:
        return line
    room = limit - len(" …")
    if len(line) > room:
        line = line[: room + 1].rsplit(" ", 1)[0][:room]
    return f"{line.rstrip()} …"


def utf16_length(text: str) -> int:
    """The length of a plain text as Telegram counts it, in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def split_for_telegram(html: str, limit: int = TELEGRAM_LIMIT) -> tuple[str, ...]:
    """Telegram HTML as messages of at most `limit` visible UTF-16 units each, none of them empty.

    Cut at the end of a line where one lies in the second half of a message, else between words,
    else anywhere; tags open at a cut are closed and opened again.
    """
    if utf16_length(html) <= limit:
        return (html.rstrip(),) if _TAG.sub("", html).strip() else ()
    parts: list[str] = []
    opened: list[str] = []
    signs = _SIGN.findall(html)
    while signs:
        end = _cut(signs, limit)
        piece, signs = signs[:end], _without_leading_newlines(signs[end:])
        before, opened = opened, _open_after(opened, piece)
        if any(_width(sign) and not sign.isspace() for sign in piece):
            closing = [f"</{_tag_name(tag)}>" for tag in reversed(opened)]
            parts.append("".join([*before, *piece]).rstrip() + "".join(closing))
    return tuple(parts)


def _kept(text: str) -> str:
    lines = _NEWLINES.sub("\n", text).replace("\t", " ")
    return _composed("".join(letter for letter in lines if _is_kept(letter)))


def _is_kept(letter: str) -> bool:
    code = ord(letter)
    if code in _BIDI or code in _INVISIBLE or _is_noncharacter(code):
        return False
    return letter == "\n" or unicodedata.category(letter) not in {"Cc", "Cs"}


def _is_noncharacter(code: int) -> bool:
    return code & _LAST_OF_PLANE == _LAST_OF_PLANE or code in _INTERNAL_USE


def _composed(text: str) -> str:
    """NFC with few marks; they are thinned out first, for long runs make normalising slow."""
    apart = unicodedata.normalize("NFD", _few_marks(text))
    return unicodedata.normalize("NFC", _few_marks(apart))


def _few_marks(text: str) -> str:
    kept: list[str] = []
    for is_mark, run in groupby(text, key=_is_mark):
        letters = list(run)
        kept += letters[:MARKS_A_LETTER] if is_mark else letters
    return "".join(kept)


def _is_mark(letter: str) -> bool:
    return unicodedata.category(letter) in {"Mn", "Me"} or unicodedata.combining(letter) > 0


def _measured(text: str, limit: int) -> str | TextFault:
    if not any(unicodedata.category(letter).startswith(_VISIBLE) for letter in text):
        return TextFault("empty", 0, limit)
    return TextFault("too_long", len(text), limit) if len(text) > limit else text


def _cut(signs: Sequence[str], limit: int) -> int:
    """How many signs make the next message."""
    fitting, half = _reach(signs, limit), _reach(signs, limit // 2)
    if fitting == len(signs):
        return fitting
    for breaks in ("\n", " "):
        for place in range(fitting, half - 1, -1):
            if signs[place] == breaks:
                return place
    return fitting


def _reach(signs: Sequence[str], limit: int) -> int:
    """How many signs fit, at least one; tags that follow the last letter go with it."""
    filled = 0
    for place, sign in enumerate(signs):
        filled += _width(sign)
        if filled > limit:
            return max(place, 1)
    return len(signs)


def _width(sign: str) -> int:
    if len(sign) == 1:
        return utf16_length(sign)
    return 0 if sign.startswith("<") else 1


def _without_leading_newlines(signs: list[str]) -> list[str]:
    first = next((place for place, sign in enumerate(signs) if sign not in " \n"), len(signs))
    return signs[first:]


def _open_after(opened: Sequence[str], piece: Sequence[str]) -> list[str]:
    still = list(opened)
    for sign in piece:
        if sign.startswith("</"):
            if still:
                still.pop()
        elif sign.startswith("<") and len(sign) > 1:
            still.append(sign)
    return still


def _tag_name(tag: str) -> str:
    return re.split(r"[\s>]", tag[1:], maxsplit=1)[0]


CUT_FROM = 3_500
"""UTF-16 units from which a message may be the beginning of a longer one: apps cut between words."""
TOGETHER = timedelta(seconds=3)
"""Between two pieces of one text: the app sends them at once, and nobody types so fast."""

Cut = Mapping[str, Any]
"""Where a text may go on: since when, and what stood at the cut. Kept as JSON."""


def cut(text: str, at: datetime) -> dict[str, Any] | None:
    """Where this message may be cut off; None when it is too short for that."""
    length = utf16_length(text)
    if length < CUT_FROM:
        return None
    anywhere = length == TELEGRAM_LIMIT and not text[-1].isspace()
    return {"at": at.isoformat(), "gap": "" if anywhere else " "}


def goes_on(where: Cut, at: datetime) -> bool:
    """Whether a message of this moment goes on from that cut."""
    return at - datetime.fromisoformat(where["at"]) <= TOGETHER


def joined(before: str, piece: str, where: Cut, limit: int) -> str | TextFault:
    """Both as one text, cleaned; a fault when that is too long."""
    gap = " " if piece[:1].isspace() else where["gap"]
    return clean(f"{before}{gap}{piece.lstrip()}", limit)
