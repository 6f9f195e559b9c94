"""Keys of the boxes of secret votes: files outside the database, and so in no backup of it. No ballot lives here.

A box can be opened while its key exists, and never after: whatever older pages of the database are kept
somewhere, they then tell nothing.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Collection
from pathlib import Path

KEY_BYTES = 32
SUFFIX = ".key"


class KeyNotKeptError(Exception):
    """A key could not be written: its vote must not open."""


class BallotKeys:
    """The keys in one folder, which only its owner can enter."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def make(self, vote_id: int) -> bytes:
        """A fresh key for a vote, on disk when this returns; one left by an opening that failed is replaced.

        KeyNotKeptError when it cannot be.
        """
        key = secrets.token_bytes(KEY_BYTES)
        try:
            self._keep(self._path(vote_id), key)
        except OSError as error:
            raise KeyNotKeptError from error
        return key

    def _keep(self, path: Path, key: bytes) -> None:
        self._folder.mkdir(mode=0o700, exist_ok=True)
        self._folder.chmod(0o700)
        part = path.with_suffix(".part")
        part.unlink(missing_ok=True)
        _write(part, key, os.O_CREAT | os.O_EXCL | os.O_WRONLY)
        part.replace(path)
        self._settle()

    def key(self, vote_id: int) -> bytes | None:
        """The key of a vote; None when there is none any more, or none that can be read."""
        try:
            key = self._path(vote_id).read_bytes()
        except OSError:
            return None
        return key if len(key) == KEY_BYTES else None

    def destroy(self, vote_id: int) -> None:
        """Overwrite the key, then remove it; safe to repeat."""
        path = self._path(vote_id)
        if not path.exists():
            return
        _write(path, secrets.token_bytes(KEY_BYTES), os.O_WRONLY)
        path.unlink()
        self._settle()

    def keep_only(self, vote_ids: Collection[int]) -> None:
        """Destroy every key but those of these votes: what a crash left after a close."""
        for path in self._folder.glob(f"*{SUFFIX}"):
            if path.stem.isdecimal() and int(path.stem) not in vote_ids:
                self.destroy(int(path.stem))

    def _path(self, vote_id: int) -> Path:
        return self._folder / f"{vote_id}{SUFFIX}"

    def _settle(self) -> None:
        """Have the names in the folder on disk."""
        if os.name == "nt":
            return  # no folder can be opened there
        handle = os.open(self._folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _write(path: Path, content: bytes, flags: int) -> None:
    handle = os.open(path, flags, 0o600)
    try:
        os.write(handle, content)
        os.fsync(handle)
    finally:
        os.close(handle)
