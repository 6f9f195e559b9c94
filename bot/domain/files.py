"""Files as Telegram knows them, with what proves that they did not change. Bytes are kept elsewhere."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FileRef:
    """A file already known to Telegram, with what proves that it is the one frozen at opening."""

    name: str
    file_id: str
    sha256: str
    size: int = 0
