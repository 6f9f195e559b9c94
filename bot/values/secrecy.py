"""Finds a state-secret classification mark in a subject or a file name.

The marks are MẬT, TỐI MẬT, TUYỆT MẬT. What is done about one is decided elsewhere.

A word is a mark, and not the syllable of an ordinary word (mật độ, mật ong, bí mật, bảo mật):

- TỐI MẬT and TUYỆT MẬT with their diacritics, however capitalised; without diacritics when in
  capitals, in a file name, or standing alone ("toi mat" in prose may be "tôi mất").
- MẬT standing alone: the whole text, in brackets, or set off by a colon or a dash.
- MẬT in capitals, with or without diacritics, and in a file name with diacritics in any case,
  unless a neighbour makes it an ordinary word.
- MẬT right after the kind of a document ("tài liệu mật", "bao_cao_mat.pdf"), likewise.

A false alarm costs the clerk one rewording; a missed mark cannot be taken back.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from bot.values.names import folded

SECRET, TOP_SECRET, ULTRA_SECRET = "MẬT", "TỐI MẬT", "TUYỆT MẬT"
_STRENGTH = (SECRET, TOP_SECRET, ULTRA_SECRET)
_DEGREES = {"toi": TOP_SECRET, "tuyet": ULTRA_SECRET}
_JOINED = {"toimat": TOP_SECRET, "tuyetmat": ULTRA_SECRET}
_SPELT_DEGREES = {"tối", "tuyệt"}

ORDINARY_BEFORE = frozenset(
    {"bảo", "bí", "cơ", "đường", "gan", "hoa", "sỏi", "thân", "trăng", "túi"},
)
"""bảo mật, bí mật, cơ mật, đường mật, gan mật, thân mật, trăng mật…"""
ORDINARY_AFTER = frozenset({"độ", "khẩu", "mã", "ong", "thiết"})
"""mật độ, mật khẩu, mật mã, mật ong, mật thiết"""
UNMARKED_BEFORE = frozenset(
    {"be", "co", "gap", "kham", "ra", "vang", *map(folded, ORDINARY_BEFORE)}
)
"""Where diacritics are missing, also bề mặt, có mặt, gặp mặt, khám mắt, ra mắt, vắng mặt."""
UNMARKED_AFTER = frozenset({"bang", "hang", "tran", "troi", *map(folded, ORDINARY_AFTER)})
"""Likewise mặt bằng, mặt hàng, Mặt trận, mặt trời."""
_BEFORE = (ORDINARY_BEFORE, UNMARKED_BEFORE)
_AFTER = (ORDINARY_AFTER, UNMARKED_AFTER)
DOCUMENTS = frozenset(
    {"tai lieu", "van ban", "cong van", "bao cao", "ho so", "to trinh", "ke hoach", "ban do"}
)

ALONE = (["mat"], ["toi", "mat"], ["tuyet", "mat"])

_FILE_NAME = re.compile(r"_|\.[A-Za-z][A-Za-z0-9]{1,4}$")
_EXTENSION = re.compile(r"\.[A-Za-z][A-Za-z0-9]{1,4}$")
_SEPARATORS = re.compile(r"[()\[\]{}<>«»“”\"':;,!?|/\\\n–—+]|\.\s|\s-\s|__+|--+")
_LETTER_SPACED = re.compile(r"\bM[\s._-]+Ậ[\s._-]+T\b")
_WORD = re.compile(r"[^\W\d_]+")


def secrecy_mark(text: str) -> str | None:
    """The strongest mark that a subject or file name carries, in its official spelling."""
    plain = _LETTER_SPACED.sub(SECRET, _plain(text))
    in_file_name = bool(_FILE_NAME.search(plain))
    segments = _SEPARATORS.split(_EXTENSION.sub("", plain))
    found = {mark for each in segments for mark in _marks(_WORD.findall(each), in_file_name)}
    return max(found, key=_STRENGTH.index, default=None)


def _plain(text: str) -> str:
    """One form for each letter, composed, without invisible characters."""
    composed = unicodedata.normalize("NFKC", text)
    return "".join(sign for sign in composed if unicodedata.category(sign) != "Cf")


def _marks(words: Sequence[str], in_file_name: bool) -> Iterator[str]:
    alone = [folded(word) for word in words] in ALONE
    for place, word in enumerate(words):
        before, after = _at(words, place - 1), _at(words, place + 1)
        if folded(word) in _JOINED:
            yield _JOINED[folded(word)]
        if word.lower() not in {"mật", "mat"} or _is_ordinary(word, after, _AFTER):
            continue
        degree = _DEGREES.get(folded(before))
        if degree and _is_degree(before, word, in_file_name or alone):
            yield degree
        elif alone or _is_secret(words, place, in_file_name):
            yield SECRET


def _at(words: Sequence[str], place: int) -> str:
    return words[place] if 0 <= place < len(words) else ""


def _is_degree(before: str, word: str, set_off: bool) -> bool:
    spelt = before.lower() in _SPELT_DEGREES and word.lower() == "mật"
    return spelt or set_off or (before.isupper() and word.isupper())


def _is_secret(words: Sequence[str], place: int, in_file_name: bool) -> bool:
    word = words[place]
    if _is_ordinary(word, _at(words, place - 1), _BEFORE):
        return False
    spelt = word.lower() == "mật"
    after_document = folded(" ".join(words[max(place - 2, 0) : place])) in DOCUMENTS
    return (
        word.isupper() or (spelt and in_file_name) or (after_document and (spelt or in_file_name))
    )


def _is_ordinary(word: str, neighbour: str, sets: tuple[frozenset[str], frozenset[str]]) -> bool:
    """Whether both make one ordinary word; such a word is in capitals as a whole or not at all."""
    if word.isupper() and not neighbour.isupper():
        return False
    spelt, unmarked = sets
    return neighbour.lower() in spelt if word.lower() == "mật" else folded(neighbour) in unmarked
