"""What somebody looks for: words, numbers, years, names, as they are compared. It decides about nobody."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.values.names import folded

EARLIEST, LATEST = 1990, 2200
"""A number within these may be a year."""
LARGEST = 2**31 - 1
"""No number of a matter is larger."""
_BREAKS = re.compile(r"[^\w']+")
_NUMBERED = re.compile(r"\b(?:so|nam)(?= \d)")
"""A word that only says that a number, or a year, follows."""


def searchable(text: str) -> str:
    """A text as it is kept to be searched: its words without marks, each after a blank.

    A name with an apostrophe is found by either half, and by both written together.
    """
    words = []
    for word in _BREAKS.sub(" ", folded(text)).split():
        words.append(word)
        if "'" in word:
            words += [word.replace("'", ""), *(part for part in word.split("'") if part)]
    return "".join(f" {word}" for word in words)


def begins(text: str, words: tuple[str, ...]) -> bool:
    """Whether each of these words begins a word of a text made searchable."""
    return all(f" {word}" in text for word in words)


@dataclass(frozen=True, slots=True)
class Sought:
    """A search: its words and its numbers, all of which must be found; `text` is it as typed."""

    text: str
    words: tuple[str, ...]
    numbers: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> Sought:
        """What was typed; "số 12/2026" is the numbers 12 and 2026."""
        plain = _NUMBERED.sub("", " ".join(_BREAKS.sub(" ", folded(text)).split())).split()
        numbers = [int(word) for word in plain if _is_number(word)]
        words = [word.strip("'") for word in plain if not _is_number(word)]
        return cls(text, tuple(word for word in words if word), tuple(numbers))

    @property
    def is_empty(self) -> bool:
        """Whether it holds nothing to look for, as "…" does."""
        return not (self.words or self.numbers)


def _is_number(word: str) -> bool:
    return (
        word.isascii()
        and word.isdecimal()
        and len(word) <= len(str(LARGEST))
        and int(word) <= LARGEST
    )


def may_be_year(number: int) -> bool:
    """Whether a number may be a year of a matter."""
    return EARLIEST <= number <= LATEST
