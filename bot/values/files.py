"""Files as Telegram knows them, with what proves that they did not change. Bytes are kept elsewhere."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FileRef:
    """A file with what proves that it did not change; `file_id` is empty for one the bot has made."""

    name: str
    file_id: str
    sha256: str
    size: int = 0
    open: bool = False
    """It may be saved and passed on even where its message may not: a calendar file is of no use otherwise."""
