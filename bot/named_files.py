"""A file that somebody names, read up to a limit: one that never ends is refused like any other that is too large.

What may stand in it is not judged here.
"""

from __future__ import annotations

import errno
import io
import os
from pathlib import Path

from bot.values.limits import TEXT_FILE_LIMIT

PIECE = 1 << 20
"""Bytes read at once; no more memory is taken than what is there needs."""
MEGABYTE = 1 << 20


class TooLargeError(OSError):
    """A file holds more than is taken of it: more than so many `megabytes`."""

    def __init__(self, path: Path, limit: int) -> None:
        super().__init__(errno.EFBIG, os.strerror(errno.EFBIG), str(path))
        self.megabytes = limit // MEGABYTE


def content_of(path: Path, limit: int) -> bytes:
    """All that a file holds; refuses (TooLargeError) one of more than `limit` bytes, and reads no more of it."""
    taken = io.BytesIO()
    with path.open("rb") as file:
        if os.fstat(file.fileno()).st_size > limit:
            raise TooLargeError(path, limit)
        while piece := file.read(min(PIECE, limit + 1 - taken.tell())):
            taken.write(piece)
    if taken.tell() > limit:
        raise TooLargeError(path, limit)
    return taken.getvalue()


def text_of(path: Path, *, errors: str = "strict") -> str:
    """The same as text: UTF-8 with or without its mark, every end of a line as one sign."""
    content = io.BytesIO(content_of(path, TEXT_FILE_LIMIT))
    return io.TextIOWrapper(content, encoding="utf-8-sig", errors=errors).read()
