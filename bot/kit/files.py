"""Which files are taken: how large, how many, without marks of secrecy; and whether one carries macros."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

from bot.db.notice import Card
from bot.kit.screen import Screen
from bot.kit.taps import Sent
from bot.rendering import Rendering
from bot.values.limits import FILE_LIMIT, FILE_NAME_LIMIT, MOST_FILES
from bot.values.refusal import Refusal
from bot.values.words import refuse_secret

MACRO_ENDINGS = (
    ".docm",
    ".dotm",
    ".xlsm",
    ".xltm",
    ".xlam",
    ".xla",
    ".pptm",
    ".potm",
    ".ppam",
    ".ppsm",
    ".sldm",
)
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_OLE_PROJECT = "_VBA_PROJECT".encode("utf-16-le")
"""What a storage of macros is called in the directory of an old Office file."""
_PROJECT = "vbaproject.bin"
_TYPES = "[content_types].xml"
_MOST_TYPES = 1_000_000
"""Bytes of the list of parts that are read; no real one is longer."""


def carries_macros(name: str, content: bytes) -> bool:
    """Whether a file is named as one with macros, holds some, or is an archive that holds such a file."""
    if name.strip().lower().endswith(MACRO_ENDINGS):
        return True
    if content.startswith(_OLE):
        return _OLE_PROJECT in content
    return _in_archive(content)


def _in_archive(content: bytes) -> bool:
    if not content.startswith(b"PK"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return any(_is_macro(archive, part) for part in archive.infolist())
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError):
        return False


def _is_macro(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """A part that is a project of macros, is said to be one, or is itself a file with macros."""
    name = part.filename.lower().rpartition("/")[2]
    if name == _PROJECT or name.endswith(MACRO_ENDINGS):
        return True
    if name != _TYPES:
        return False
    with archive.open(part) as types:
        told = types.read(_MOST_TYPES).lower()
    return b"macroenabled" in told or b"vbaproject" in told


def refuse_macros(name: str, content: bytes) -> Refusal | None:
    """A file that would run something when it is opened is not taken; without its content it is judged by its name."""
    if not carries_macros(name, content):
        return None
    return Refusal("report_macros", values={"name": name[:FILE_NAME_LIMIT]})


def refuse_file(
    name: str, size: int, already: int, *, too_many: str = "too_many_files"
) -> Refusal | None:
    """A file that is too large, one too many, one with macros or marked secret by its name."""
    if size > FILE_LIMIT:
        return Refusal("file_too_large", values={"size": size, "limit": FILE_LIMIT})
    if already >= MOST_FILES:
        return Refusal(too_many, values={"limit": MOST_FILES})
    return refuse_macros(name, b"") or refuse_secret(name)


def beside(say: Rendering, screen: Screen, sent: Sent) -> Screen:
    """Where a file was taken without the words beside it, its person is told so below the screen."""
    if not sent.text.strip():
        return screen
    return replace(screen, extra=(*screen.extra, Card(say.text("caption_not_taken"))))
