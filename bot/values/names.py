"""Vietnamese names in their order, and names made easy to find. Who bears one is not known here."""

import unicodedata
from functools import lru_cache

LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONES = "\u0300\u0309\u0303\u0301\u0323"
"""Huyền, hỏi, ngã, sắc, nặng, in the order of dictionaries; no tone comes before them."""

_APOSTROPHES = str.maketrans(dict.fromkeys("\u2019\u2018\u02bc\u00b4`", "'"))
"""What phones and typewriters put for the sign in K'Tiêng."""
_OPEN = ("oa", "oe", "uy")
"""Endings whose tone some set on the first letter and some on the second: Hòa, Hoà."""

WordKey = tuple[tuple[tuple[int, int], ...], tuple[int, ...]]
NameKey = tuple[WordKey, tuple[WordKey, ...], WordKey, str]


@lru_cache(maxsize=4096)
def sort_key(name: str) -> NameKey:
    """The place of a person's name in a list: by given name, then middle names, then family name.

    Letters decide before tones, word by word; capitals do not matter, nor where a tone is set in Hòa and Hoà,
    nor what tells two of one name apart: "Nguyễn Văn An (Sở Y tế)".
    """
    called = name.partition(" (")[0].split() or [""]
    family, *middle, given = called if len(called) > 1 else ("", *called)
    return _word_key(given), tuple(map(_word_key, middle)), _word_key(family), name


def same(one: str, other: str) -> bool:
    """Whether two names are one but for capitals and spaces: Hoa, Hòa and Hoá are three."""
    return plain(one) == plain(other)


def plain(name: str) -> str:
    """A name, a code or a heading as it is compared: without regard to capitals and spaces."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def folded(text: str) -> str:
    """A text as it is searched: small letters without marks, đ as d, one apostrophe, single spaces.

    It finds; it never decides who is who: Hoa, Hòa and Hoá are three people. That is asked of `same`.
    """
    apart = unicodedata.normalize("NFD", text.casefold().translate(_APOSTROPHES))
    plain = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return " ".join(plain.replace("đ", "d").split())


def _word_key(word: str) -> WordKey:
    pairs = [_letter_and_tone(letter) for letter in unicodedata.normalize("NFC", word.lower())]
    tones = [tone for _, tone in pairs]
    if "".join(letter for letter, _ in pairs).endswith(_OPEN) and tones[-1] == 0:
        tones[-2:] = [0, tones[-2]]
    return tuple(_place(letter) for letter, _ in pairs), tuple(tones)


def _letter_and_tone(letter: str) -> tuple[str, int]:
    """A letter without its tone, and the tone's place; 0 for none."""
    apart = unicodedata.normalize("NFD", letter)
    tone = next((TONES.index(mark) + 1 for mark in apart if mark in TONES), 0)
    bare = "".join(mark for mark in apart if mark not in TONES)
    return unicodedata.normalize("NFC", bare), tone


def _place(letter: str) -> tuple[int, int]:
    """Signs and digits come first, then the Vietnamese alphabet, then foreign letters."""
    if letter in LETTERS:
        return 1, LETTERS.index(letter)
    return (2 if letter.isalpha() else 0), ord(letter[0]) if letter else 0
