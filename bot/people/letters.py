"""Vietnamese letters as old fonts and wrong code pages left them, made Unicode again. No file is read here.

VNI and TCVN3 (ABC) write Vietnamese with other letters of Western Europe, so that a word may mean one thing in the
font and another without it: "Tó". What a table is written in is therefore told by all its cells together; a cell that
reads both ways follows its column, and where the column does not tell, it is refused.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.values.names import TONES

DOUBLED = "UTF-8"
"""What text is told to be that was written in UTF-8 and read in another code page."""

Convert = Callable[[str], str | None]

_NUCLEI = (
    "iêu|yêu|oai|oao|oay|oeo|uao|uay|uây|uôi|uya|uyê|uyu|uêu|ươi|ươu|"
    "ai|ao|au|ay|âu|ây|eo|êu|ia|iu|iê|yê|ya|oa|oă|oe|oi|oo|ôi|ơi|ua|uâ|uê|ui|uô|uơ|uy|ưa|ưi|ưu|ươ|"
    "a|ă|â|e|ê|i|o|ô|ơ|u|ư|y"
)
_CONSONANTS = "[bcdđfghjklmnpqrstvwxz]*"
_SYLLABLE = re.compile(f"(?:gi|qu|{_CONSONANTS})(?:{_NUCLEI}){_CONSONANTS}")
_WORDS = re.compile(r"[^\W\d_]+")
_ORDINARY = frozenset("‘’“”–—…\u0300\u0301\u0303\u0309\u0323\u00a0\u200b\ufeff")


@lru_cache(maxsize=4096)
def is_vietnamese(text: str) -> bool:
    """Whether every word with marks is built like a Vietnamese syllable, and no stray sign stands among them."""
    composed = unicodedata.normalize("NFC", text)
    strange = (
        letter
        for letter in composed
        if not letter.isascii() and not letter.isalpha() and letter not in _ORDINARY
    )
    return next(strange, None) is None and all(map(_is_syllable, _marked(composed)))


def _marked(text: str) -> Iterator[str]:
    return (word for word in _WORDS.findall(text) if not word.isascii())


@lru_cache(maxsize=4096)
def _is_syllable(word: str) -> bool:
    apart = unicodedata.normalize("NFD", word.casefold())
    tones = sum(mark in TONES for mark in apart)
    bare = "".join(mark for mark in apart if mark not in TONES)
    return tones <= 1 and _SYLLABLE.fullmatch(unicodedata.normalize("NFC", bare)) is not None


# --- VNI ---------------------------------------------------------------------------------------

_AFTER = dict(zip("øùûõï", "\u0300\u0301\u0309\u0303\u0323", strict=True))
_CIRCUMFLEX = dict(zip("âàáåãä", ("", *"\u0300\u0301\u0309\u0303\u0323"), strict=True))
_BREVE = dict(zip("êèéúüë", ("", *"\u0300\u0301\u0309\u0303\u0323"), strict=True))
_ALONE = dict(zip("ôöñæóòîíì", "ơưđỉĩịỵíì", strict=True))


def from_vni(text: str) -> str | None:
    """A text typed for a VNI font; None when it cannot be one."""
    found: list[str] = []
    for letter in text:
        small = letter.lower()
        joined = _joined(found[-1], small) if found else None
        if joined is not None:
            found[-1] = joined
        elif small in _ALONE:
            alone = _ALONE[small]
            found.append(alone.upper() if letter.isupper() else alone)
        elif letter.isascii() or letter in _ORDINARY:
            found.append(letter)
        else:
            return None
    return "".join(found)


def _joined(before: str, mark: str) -> str | None:
    """A vowel with the mark that VNI writes after it."""
    vowel = before.lower()
    if mark in _AFTER and vowel in "aeouyơư":
        return unicodedata.normalize("NFC", before + _AFTER[mark])
    if mark in _CIRCUMFLEX and vowel in "aeo":
        return unicodedata.normalize("NFC", before + "\u0302" + _CIRCUMFLEX[mark])
    if mark in _BREVE and vowel == "a":
        return unicodedata.normalize("NFC", before + "\u0306" + _BREVE[mark])
    return None


# --- TCVN3 -------------------------------------------------------------------------------------

_TCVN3 = dict(
    zip(
        "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ¡¢§£¤¥¦",
        "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ",
        strict=True,
    )
)


def from_tcvn3(text: str) -> str | None:
    """A text typed for a font of TCVN3 (.VnTime); None when it cannot be one."""
    found = []
    for letter in text:
        if not letter.isascii() and letter not in _TCVN3 and letter not in _ORDINARY:
            return None
        found.append(_TCVN3.get(letter, letter))
    return re.sub(r"\w+", lambda word: _in_capitals(word[0]), "".join(found))


def _in_capitals(word: str) -> str:
    """Capitals with tones exist only in a font of capitals: the other letters of the word tell."""
    plain = [letter for letter in word if letter.isascii() and letter.isalpha()]
    return word.upper() if len(plain) > 1 and all(map(str.isupper, plain)) else word


FONTS: Mapping[str, Convert] = {"VNI": from_vni, "TCVN3": from_tcvn3}


# --- UTF-8 read as something else --------------------------------------------------------------


def undoubled(text: str) -> str | None:
    """A text whose UTF-8 was read in a code page of Windows, once or twice; None when it was not."""
    found = _undoubled_once(text)
    return None if found is None else _undoubled_once(found) or found


def _undoubled_once(text: str) -> str | None:
    if text.isascii():
        return None
    for page in ("cp1252", "cp1258"):
        try:
            found = b"".join(_byte(letter, page) for letter in text).decode("utf-8")
        except UnicodeError:
            continue
        if not found.isascii():
            return found
    return None


def _byte(letter: str, page: str) -> bytes:
    """The byte of a letter; Windows reads the holes of its code pages as control characters."""
    return bytes((ord(letter),)) if "\x80" <= letter <= "\x9f" else letter.encode(page)


# --- a whole table -----------------------------------------------------------------------------

Rows = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Converted:
    """One cell made Unicode."""

    row: int
    column: int
    charset: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Unsure:
    """A cell that reads both ways; with two fonts named, the first of a table that both fit alike."""

    charset: str
    row: int
    column: int
    text: str


def conversions(rows: Rows) -> tuple[Converted, ...] | Unsure:
    """Which cells of a table are to be read otherwise, rows from 1 and columns from 0."""
    doubled = {place: _undone(place, text) for place, text in _cells(rows) if undoubled(text)}
    rest = {place: text for place, text in _cells(rows) if place not in doubled}
    sure = {name: [at for at, text in rest.items() if _only(text, name)] for name in FONTS}
    most = max(map(len, sure.values()))
    fitting = [name for name in FONTS if len(sure[name]) == most]
    if most == 0:
        return tuple(doubled.values())
    if len(fitting) > 1:
        first = sure[fitting[0]][0]
        return Unsure(" / ".join(fitting), *first, rest[first])
    found = _in_font(rest, fitting[0], set(sure[fitting[0]]))
    return found if isinstance(found, Unsure) else (*doubled.values(), *found)


def _cells(rows: Rows) -> Iterator[tuple[tuple[int, int], str]]:
    for row, cells in enumerate(rows, 1):
        for column, text in enumerate(cells):
            if not text.isascii():
                yield (row, column), text


def _undone(place: tuple[int, int], text: str) -> Converted:
    return Converted(*place, DOUBLED, text, undoubled(text) or text)


def _only(text: str, font: str) -> bool:
    """Whether a cell reads in that font and not as it stands."""
    read = FONTS[font](text)
    return read is not None and not is_vietnamese(text) and is_vietnamese(read)


def _in_font(
    cells: Mapping[tuple[int, int], str], font: str, sure: set[tuple[int, int]]
) -> tuple[Converted, ...] | Unsure:
    """Those that only the font explains; one that reads both ways goes with its column where that is in one font.

    A heading in Unicode above names in a font is no mixture; a second such cell is.
    """
    found = []
    read = {place: FONTS[font](text) for place, text in cells.items()}
    so = Counter(column for _, column in sure)
    otherwise = Counter(column for (_, column), each in read.items() if each is None)
    for (row, column), text in cells.items():
        after = read[row, column]
        if after is None or after == text or not is_vietnamese(after):
            continue
        if (row, column) not in sure:
            if otherwise[column] and not so[column]:
                continue
            if otherwise[column] > 1 or not so[column]:
                return Unsure(font, row, column, text)
        found.append(Converted(row, column, font, text, after))
    return tuple(found)


def better_page(content: bytes) -> str | None:
    """Bytes that are no UTF-8, in the code page in which more words are Vietnamese; None in none."""
    pages = [text for page in ("cp1258", "cp1252") if (text := _decoded(content, page)) is not None]
    return max(pages, key=_told, default=None)


def _decoded(content: bytes, page: str) -> str | None:
    try:
        return "".join(_letter(byte, page) for byte in content)
    except UnicodeDecodeError:
        return None


@lru_cache(maxsize=512)
def _letter(byte: int, page: str) -> str:
    holes = {0x81, 0x8D, 0x8F, 0x90, 0x9D}
    return chr(byte) if page == "cp1252" and byte in holes else bytes((byte,)).decode(page)


def _told(text: str) -> float:
    """The share of marked words that read as Vietnamese, as they stand or in one font."""
    readings = (text, *(_word_by_word(text, font) for font in FONTS))
    return max(_share(reading) for reading in readings)


def _word_by_word(text: str, font: str) -> str:
    return " ".join(FONTS[font](word) or word for word in text.split())


def _share(text: str) -> float:
    marked = [word for word in text.split() if not word.isascii()]
    return sum(map(is_vietnamese, marked)) / len(marked) if marked else 1.0
