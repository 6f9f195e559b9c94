"""Typed words of days and hours as one spelling: plain signs, small letters with their marks, digits for numbers.

What they mean is not known here. Marks that were left out are not guessed: every word they may stand for is given.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import product

from bot.values.names import folded

MOST_READINGS = 64
"""Of a text with more ways to be read nothing is understood."""

_SIGNS = str.maketrans({**dict.fromkeys("‐‑‒–—―−", "-"), "∶": ":", "⁄": "/", "∕": "/", "’": "'"})
_WORD = re.compile(r"[^\W\d_]+")

_NUMBERS = dict(
    zip(["một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"], range(1, 10), strict=True)
)
_AFTER_TENS = {word: number for word, number in _NUMBERS.items() if word != "năm"}
_AFTER_TENS |= {"mốt": 1, "tư": 4, "lăm": 5, "nhăm": 5}
_COUNTED = (
    "giờ phút tiếng ngày tuần tháng quý năm thứ chủ nhật mười mươi mùng "
    "hôm bữa nay mai kia kìa mốt này tới sau nữa từ kể bây trước trong vòng làm việc hết cuối đầu giữa đến hồi "
    "lúc vào hạn chót chậm muộn nhất đúng sáng trưa chiều tối đêm khuya rưỡi kém hành chính việt nam còn đã quá "
    "âm lịch tết giêng chạp rằm tư lăm nhăm và"
)
_KNOWN = frozenset({*_COUNTED.split(), *_NUMBERS})
_VARIANTS = {"bẩy": "bảy", "mồng": "mùng", "chúa": "chủ", "nhựt": "nhật"}
"""The same word in another region's spelling."""


def _without_marks() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for word in sorted(_KNOWN):
        found.setdefault(folded(word), []).append(word)
    found |= {
        folded(other): [word] for other, word in _VARIANTS.items() if folded(other) not in found
    }
    return {plain: tuple(words) for plain, words in found.items()}


_MEANT = _without_marks()
"""Words written without marks, with all that they may stand for: "toi" is "tới" or "tối"."""


def plain_signs(text: str) -> str:
    """The same text with ordinary digits, colons, slashes, dashes and spaces; letters stay as they are."""
    seen = "".join(letter for letter in text if unicodedata.category(letter) != "Cf")
    return unicodedata.normalize("NFKC", seen).translate(_SIGNS)


def readings(text: str) -> tuple[str, ...]:
    """Every way to read a typed text; one, where it was written with its marks. None where there are too many."""
    line = " ".join(plain_signs(text).lower().split())
    marked = any(folded(word) != word for word in _WORD.findall(line))
    pieces = re.split(r"([^\W\d_]+)", line)
    choices = [_meant(piece, marked=marked) for piece in pieces]
    count = 1
    for each in choices:
        count *= len(each)
    if count > MOST_READINGS:
        return ()
    return tuple(dict.fromkeys(_in_digits("".join(each)) for each in product(*choices)))


def _meant(word: str, *, marked: bool) -> tuple[str, ...]:
    """The words that a word stands for; where others carry marks, one that can do without is meant as it is."""
    word = _VARIANTS.get(word, word)
    if marked and word in _KNOWN:
        return (word,)
    return _MEANT.get(word, (word,))


_TENS = re.compile(rf"\b(?:({'|'.join(_NUMBERS)}) mươi|mười)(?: ({'|'.join(_AFTER_TENS)}))?\b")
_ONE = re.compile(rf"(?<!thứ )\b({'|'.join(_NUMBERS)})\b")
_FOURTH_MONTH = re.compile(r"\btháng tư\b")
_YEAR = re.compile(r"(?<!tháng )\bnăm(?= (?:\d{4}|nay|này|sau|tới)\b)|\b(?<=hết )năm\b")
_KEPT = "\0"


def _in_digits(line: str) -> str:
    """Numbers in digits; "năm" stays a word where it is a year, or the weekday."""
    line = _YEAR.sub(_KEPT, line)
    line = _TENS.sub(lambda found: str(_tens(found[1]) + _AFTER_TENS.get(found[2] or "", 0)), line)
    line = _ONE.sub(lambda found: str(_NUMBERS[found[1]]), line)
    return _FOURTH_MONTH.sub("tháng 4", line).replace(_KEPT, "năm")


def _tens(word: str | None) -> int:
    return 10 * _NUMBERS[word] if word else 10
