"""The files Telegram keeps: each upload under a file id, given back byte for byte.

No HTTP and no message may live here.
"""

import hashlib
import mimetypes
import re
import struct
import unicodedata
from dataclasses import dataclass, field
from typing import TypeVar

from simulator.json_types import Json
from simulator.refusals import RefusedError, bad_request

DOWNLOAD_LIMIT = 20 * 1024 * 1024
UPLOAD_LIMIT = 50 * 1024 * 1024
_IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8", b"RIFF")
_UNKNOWN_SIZE = (1280, 1280)
_PNG_HEADER = 24
_STEM_LIMIT, _ENDING_LIMIT = 60, 20
_FORBIDDEN = "<>:\"/\\|?*&`'"
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,20}$")
_PREFIX = {"documents": "BQAC", "photos": "AgAC"}

S = TypeVar("S", bound="Stored")


@dataclass(frozen=True, slots=True)
class Stored:
    """A file kept by Telegram; `path` is where the Bot API offers it for download."""

    file_id: str
    unique_id: str
    name: str
    mime: str
    path: str
    content: bytes = field(repr=False)

    @property
    def size(self) -> int:
        """Length in bytes."""
        return len(self.content)

    def names(self) -> Json:
        """Under which ids and with what size the Bot API names it."""
        return {
            "file_id": self.file_id,
            "file_unique_id": self.unique_id,
            "file_size": self.size,
        }


@dataclass(frozen=True, slots=True)
class Document(Stored):
    """A file with a name."""

    def as_json(self) -> Json:
        """A Document of the Bot API."""
        return {**self.names(), "file_name": self.name, "mime_type": self.mime}


@dataclass(frozen=True, slots=True)
class Photo(Stored):
    """A picture; Telegram writes it as a list of sizes, of which we keep the one sent."""

    def as_json(self) -> list[Json]:
        """A list of PhotoSize of the Bot API."""
        width, height = _measures(self.content)
        return [{**self.names(), "width": width, "height": height}]


class Shelf:
    """All files of this Telegram, found by id or by path."""

    def __init__(self) -> None:
        self._by_id: dict[str, Stored] = {}
        self._by_path: dict[str, Stored] = {}

    def put_document(self, name: str, content: bytes) -> Document:
        """Keep an upload under a new id; refuses an empty one and one over 50 MB."""
        mime = mimetypes.guess_type(f"x{_ending(name)}")[0] or "application/octet-stream"
        return self._put(Document, "documents", name, mime, content)

    def put_photo(self, content: bytes) -> Photo:
        """Keep a picture under a new id; refuses what is no picture."""
        if not content.startswith(_IMAGES):
            raise bad_request("IMAGE_PROCESS_FAILED")
        return self._put(Photo, "photos", "photo.jpg", "image/jpeg", content)

    def by_id(self, file_id: str) -> Stored | None:
        """The file with this id."""
        return self._by_id.get(file_id)

    def by_path(self, path: str) -> Stored | None:
        """The file offered under this path."""
        return self._by_path.get(path)

    def _put(self, kind: type[S], folder: str, name: str, mime: str, content: bytes) -> S:
        if not content:
            raise bad_request("file must be non-empty")
        if len(content) > UPLOAD_LIMIT:
            raise RefusedError(413, "Request Entity Too Large")
        number = len(self._by_id) + 1
        unique = hashlib.sha256(content).hexdigest()[:16]
        path = f"{folder}/file_{number}{_ending(name)}"
        kept = kind(f"{_PREFIX[folder]}{number:06d}{unique}", unique, name, mime, path, content)
        self._by_id[kept.file_id] = self._by_path[path] = kept
        return kept


def _ending(name: str) -> str:
    """The ending of a name with its dot, of letters and digits alone; empty without one."""
    found = _ENDING.search(name)
    return found.group() if found else ""


def named(given: str) -> str:
    """A file's name as Telegram keeps one from a bot: no folder, at most 60 and 20 characters around the last dot.

    Signs that some system forbids become blanks; marks that stand for themselves, as in letters taken
    apart, vanish. "file" where nothing is left.
    """
    whole = given.rpartition("/")[2]
    stem, dot, ending = whole.rpartition(".")
    if not dot:
        stem, ending = whole, ""
    kept = [part for part in (_kept(stem, _STEM_LIMIT), _kept(ending, _ENDING_LIMIT)) if part]
    return ".".join(kept) or "file"


def _kept(part: str, limit: int) -> str:
    kept = ""
    for sign in part:
        category = unicodedata.category(sign)
        if category[0] == "M" or category == "Cf":
            continue
        plain = sign.isascii() and sign.isprintable() and sign not in _FORBIDDEN
        letter = not sign.isascii() and category[0] in "LN"
        written = sign if plain or letter else " "
        if len(kept) < limit and (kept or written not in " ."):
            kept += written
    return kept.rstrip(" .")


def _measures(content: bytes) -> tuple[int, int]:
    if content.startswith(_IMAGES[0]) and len(content) >= _PNG_HEADER:
        width, height = struct.unpack(">II", content[16:_PNG_HEADER])
        return int(width), int(height)
    return _UNKNOWN_SIZE
