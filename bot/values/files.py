"""Files as Telegram knows them, with what proves that they did not change. Bytes are kept elsewhere."""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256

from bot.values.limits import FILE_STEM_LIMIT
from bot.values.texts import TextFault, clean_line

LONGEST_NAME = 1_000
"""Characters of which the name of a file is made."""
LEAST_OF_NAME = 12
"""Characters that are left of what is shortened."""


@dataclass(frozen=True, slots=True)
class FileRef:
    """A file with what proves that it did not change; `file_id` is empty for one the bot has made."""

    name: str
    file_id: str
    sha256: str
    size: int = 0
    open: bool = False
    """It may be saved and passed on even where its message may not: a calendar file is of no use otherwise."""


_RESERVED = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]+')
"""Signs that some system keeps for itself in the name of a file."""
_BEGINS = ((b"\xff\xd8\xff", ".jpg"), (b"\x89PNG\r\n\x1a\n", ".png"), (b"%PDF-", ".pdf"))
_TIFF = (b"II*\0", b"MM\0*")
_HEIC = (b"ftypheic", b"ftypheix", b"ftypmif1")


def ending_of_scan(content: bytes) -> str | None:
    """How the name of a photo or scan ends, by its first bytes; None for what is neither picture nor PDF."""
    if content[:4] in _TIFF:
        return ".tif"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return ".webp"
    if content[4:12] in _HEIC:
        return ".heic"
    return next((ending for begins, ending in _BEGINS if content.startswith(begins)), None)


def harmless(name: str) -> str:
    """A name with a space where it has signs that cannot stand in the name of a file on every system."""
    return _RESERVED.sub(" ", name)


def safe_in_name(words: str) -> str:
    """Words in the name of a file: without a path, a control sign or a word turned about; "" where none is left."""
    kept = clean_line(harmless(words), LONGEST_NAME)
    kept = "" if isinstance(kept, TextFault) else kept
    return re.sub(r"\.{2,}", ".", kept).strip(" .")


def stem(words: str, between: str, last: str, *, beside: int = 0) -> str:
    """The name of a file without its ending, as Telegram keeps it: words, shortened so that the last part fits whole.

    What tells one file from another is the last part; so many characters more stand `beside` them. "/" becomes "-".
    """
    behind = between + safe_in_name(last.replace("/", "-"))
    room = max(LEAST_OF_NAME, FILE_STEM_LIMIT - len(behind) - beside)
    first = safe_in_name(words.replace("/", "-"))
    if len(first) > room:
        first = first[: room + 1].rpartition(" ")[0][:room] or first[:room]
    return first.rstrip(" ,.-") + behind


def sha256_of(content: bytes) -> str:
    """What proves that bytes did not change, in hexadecimal digits, as it stands beside files and texts."""
    return sha256(content).hexdigest()
