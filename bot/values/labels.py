"""Words that fit on buttons as a phone shows them. What a button does is not known here."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from html import unescape

from bot.values.limits import LABEL_LIMIT
from bot.values.texts import shortened

_TAG, _NUMBER = re.compile(r"<[^>]+>"), re.compile(r"^\d+\. ")
REST = " … "
"""Stands for what is taken out of the middle."""


def room(count: int) -> int:
    """Characters that each of so many buttons side by side has for its words."""
    return LABEL_LIMIT // count


def fitting(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """The words of a card's buttons, cut between two words where a phone would cut them anywhere.

    Words that begin alike ("Trung tâm Chính trị huyện A", "… huyện B") lose their middle instead: no
    cut makes two buttons read the same.
    """
    cut = [[shortened(words, room(len(row))) for words in row] for row in rows]
    read = Counter(words for row in cut for words in row)
    return [
        [
            _ends(whole, room(len(row))) if whole != words and read[words] > 1 else words
            for whole, words in zip(row, cut_row, strict=True)
        ]
        for row, cut_row in zip(rows, cut, strict=True)
    ]


def cut_away(text: str, rows: Sequence[Sequence[str]]) -> list[str]:
    """The buttons whose words are cut and stand whole neither in the text (HTML) nor on another button, each once.

    A number or what leads to a colon may stand apart from the rest ("2. Dự toán", "Nội dung 2: Dự toán").
    """
    if all(len(words) <= room(len(row)) for row in rows for words in row):
        return []
    read = _plain(" ".join((unescape(_TAG.sub("", text)), *_uncut(rows))))
    cut = (words for row in rows for words in row if len(words) > room(len(row)))
    return [
        words for words in dict.fromkeys(cut) if not any(_plain(p) in read for p in _tails(words))
    ]


def _uncut(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    return (words for row in rows for words in row if len(words) <= room(len(row)))


def _tails(words: str) -> tuple[str, str]:
    bare = _NUMBER.sub("", words)
    return bare, bare.partition(": ")[2] or bare


def _plain(words: str) -> str:
    return " ".join(words.split()).casefold()


def _ends(words: str, limit: int) -> str:
    """The beginning and the end of words, each as whole words if it can be."""
    half = (limit - len(REST)) // 2
    first, last = words[:half], words[-half:]
    if " " in first and not words[half].isspace():
        first = first.rsplit(" ", 1)[0]
    if " " in last and not words[-half - 1].isspace():
        last = last.split(" ", 1)[1]
    return f"{first.strip()}{REST}{last.strip()}"


def in_rows(words: Sequence[str]) -> list[list[int]]:
    """The places of these words row by row: two neighbours side by side where both fit, else one a row."""
    rows: list[list[int]] = []
    for place, word in enumerate(words):
        beside = rows[-1] if rows and len(rows[-1]) == 1 else []
        if beside and len(word) <= room(2) and len(words[beside[0]]) <= room(2):
            beside.append(place)
        else:
            rows.append([place])
    return rows
