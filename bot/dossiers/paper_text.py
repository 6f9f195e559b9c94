"""The words of a .docx as lines: each paragraph, each row of a table. What they mean is not known here."""

from __future__ import annotations

import io
import unicodedata
import zipfile
import zlib
from xml.parsers import expat

LARGEST = 64 * 1024**2
"""Bytes of words that a paper may have."""
DOCUMENT = "word/document.xml"
UNREADABLE = (
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
    expat.ExpatError,
    zipfile.BadZipFile,
    zlib.error,
)
"""What reading raises of a file that is no such document."""
_BREAKS = ("w:br", "w:tab", "w:cr")


class _Lines:
    """The words while they are read; those of a row are together, cell after cell."""

    def __init__(self) -> None:
        self.found = list[str]()
        self._line = list[str]()
        self._rows = 0
        self._spoken = False

    def begins(self, name: str, _: object) -> None:
        self._spoken = name == "w:t"
        self._rows += name == "w:tr"
        if name in _BREAKS:
            self._line.append(" ")

    def says(self, words: str) -> None:
        if self._spoken:
            self._line.append(words)

    def ends(self, name: str) -> None:
        self._spoken = False
        self._rows -= name == "w:tr"
        if name == "w:tr" or (name == "w:p" and not self._rows):
            self.found.append(plain("".join(self._line)))
            self._line.clear()
        elif name == "w:p":
            self._line.append(" ")


def lines_of(paper: bytes) -> list[str]:
    """The lines of a paper; raises one of `UNREADABLE` for what is none."""
    with zipfile.ZipFile(io.BytesIO(paper)) as whole:
        if whole.getinfo(DOCUMENT).file_size > LARGEST:
            raise ValueError("too large")
        content = whole.read(DOCUMENT)
    lines, parser = _Lines(), expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = lines.begins, lines.ends
    parser.CharacterDataHandler, parser.EntityDeclHandler = lines.says, _no_entities
    parser.Parse(content, True)
    return lines.found


def _no_entities(*_: object) -> None:
    raise ValueError("a document declares none")


def plain(words: str) -> str:
    """Words as they are compared: whatever breaks them, however their letters are put together."""
    kept = "".join(e if unicodedata.category(e) not in ("Cc", "Cf") else " " for e in words)
    return " ".join(unicodedata.normalize("NFC", kept).split())
