"""Keys of the boxes of secret votes: files outside the database, and so in no backup of it. No ballot lives here.

They lie in a folder of their own for each database, which bears the database's mark: apart from the data, so
that who copies the folder of the data has no key, and wherever the database is moved they are found again.
A box can be opened while its key exists, and never after: whatever older pages of the database are kept
somewhere, they then tell nothing.
"""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Collection
from pathlib import Path

KEY_BYTES = 32
SUFFIX, PART = ".key", ".part"
PROBE = "probe"
"""A file that is made and removed, to see whether one can be."""


class KeyNotKeptError(Exception):
    """A key could not be written: its vote must not open."""


class BallotKeys:
    """The keys in one folder, which only its owner can enter."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def require_room(self) -> None:
        """Refuses (OSError) a folder in which no key could be kept, before anybody opens a vote."""
        if not self.folder.is_absolute():  # nobody's home is known here
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
        self._enter()
        probe = self.folder / PROBE
        _write(probe, b"", os.O_CREAT | os.O_WRONLY)
        probe.unlink()

    def take_over(self, former: Path) -> None:
        """Move what an earlier version kept in another folder, before a box is opened or a key destroyed.

        A key stands here, on disk, before it goes there; cut off anywhere, the next start goes on.
        """
        there = BallotKeys(former)
        for vote_id in there.votes():
            key = there.key(vote_id)
            if key is not None and self.key(vote_id) is None:
                self._keep(self._path(vote_id), key)
            there.destroy(vote_id)
        for unfinished in former.glob(f"*{PART}"):
            unfinished.unlink()
        if former.is_dir() and not any(former.iterdir()):
            former.rmdir()

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
        self._enter()
        part = path.with_suffix(PART)
        part.unlink(missing_ok=True)
        _write(part, key, os.O_CREAT | os.O_EXCL | os.O_WRONLY)
        part.replace(path)
        self._settle()

    def _enter(self) -> None:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.folder.chmod(0o700)

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
        for vote_id in self.votes() - set(vote_ids):
            self.destroy(vote_id)

    def votes(self) -> set[int]:
        """The votes of which a key is here."""
        names = (path.stem for path in self.folder.glob(f"*{SUFFIX}"))
        return {int(name) for name in names if name.isdecimal()}

    def _path(self, vote_id: int) -> Path:
        return self.folder / f"{vote_id}{SUFFIX}"

    def _settle(self) -> None:
        """Have the names in the folder on disk."""
        if os.name == "nt":
            return  # no folder can be opened there
        handle = os.open(self.folder, os.O_RDONLY)
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
