"""Delivered files in one .zip: names safe on every machine, parts that Telegram takes. No right is asked here."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.texts import TextFault, clean_line

PART_LIMIT = 45 * 1024 * 1024
"""Bytes of files in one part: a bot may send 50 MB, and what has been pressed already grows no smaller."""
NAME_BYTES = 180
"""Bytes of a name in UTF-8; file systems take 255, and a folder may be longer than this one."""
SUFFIX = 12
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]+')
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Entry:
    """One delivered file: whose report it belongs to, its name in the archive, its bytes by digest."""

    report: int
    name: str
    sha256: str
    size: int
    at: datetime


def safe_name(place: str, debtor: str, name: str, taken: set[str]) -> str:
    """A name without a path, a control sign or a word turned about; one that is taken is numbered.

    It begins with a number, so that no device of any system is called so.
    """
    stem, suffix = _apart(_harmless(name) or "tep")
    whole = f"{place} - {_harmless(debtor)} - {stem}"
    whole = _shortened(whole, NAME_BYTES - len(suffix.encode()))
    found, number = f"{whole}{suffix}", 2
    while found.casefold() in taken:
        found, number = f"{whole} ({number}){suffix}", number + 1
    taken.add(found.casefold())
    return found


def _harmless(words: str) -> str:
    kept = clean_line(_FORBIDDEN.sub(" ", words), 1_000)
    kept = "" if isinstance(kept, TextFault) else kept
    return re.sub(r"\.{2,}", ".", kept).strip(" .")


def _apart(name: str) -> tuple[str, str]:
    stem, dot, ending = name.rpartition(".")
    return (stem, f".{ending}") if dot and stem and len(ending) <= SUFFIX else (name, "")


def _shortened(words: str, limit: int) -> str:
    return words.encode()[:limit].decode(errors="ignore").rstrip(" .")


def parts(entries: Sequence[Entry], limit: int = PART_LIMIT) -> tuple[tuple[Entry, ...], ...]:
    """The entries in their order, as few parts as that allows; a part has at least one."""
    found: list[list[Entry]] = []
    room = 0
    for entry in entries:
        if not found or entry.size > room:
            found.append([])
            room = limit
        found[-1].append(entry)
        room -= entry.size
    return tuple(tuple(part) for part in found)


def archive(
    contents_name: str, listed: bytes, entries: Sequence[Entry], contents: Sequence[bytes]
) -> bytes:
    """One part: the list of contents, then the files; the same files make the same bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as whole:
        whole.writestr(_info(f"00 - {contents_name}", None), listed)
        for entry, content in zip(entries, contents, strict=True):
            whole.writestr(_info(entry.name, entry.at), content)
    return made.getvalue()


def _info(name: str, at: datetime | None) -> zipfile.ZipInfo:
    when = (at.year, at.month, at.day, at.hour, at.minute, at.second) if at else _FIRST_DAY
    info = zipfile.ZipInfo(name, when)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    return info
