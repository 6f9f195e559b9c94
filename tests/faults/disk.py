"""A disk that loses its power: what a process did to a folder is written down, and every state of a loss is built.

What was written and not synced may be there, may not, or in part; a name not synced with its folder may be the old
one. What a process sees of its own files is not known here.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

SECTOR = 512
"""Bytes that are written whole or not at all."""
FOLDER = "."
_OPERATIONS = ("create", "write", "truncate", "sync", "unlink", "rename", "link")


class NoCompilerError(Exception):
    """There is nothing to compile the recorder with."""


def recorder(folder: Path) -> Path:
    """The library that writes everything down, compiled into a folder; refuses where there is no compiler."""
    compiler = next(filter(None, map(shutil.which, ("cc", "gcc", "clang"))), None)
    if compiler is None or os.name == "nt":
        raise NoCompilerError
    made = folder / "power.so"
    source = Path(__file__).with_name("power.c")
    asked = [compiler, "-shared", "-fPIC", "-O2", "-o", str(made), str(source), "-ldl", "-pthread"]
    if subprocess.run(asked, check=False, capture_output=True).returncode:
        raise NoCompilerError
    return made


def environment(library: Path, folder: Path, log: Path) -> dict[str, str]:
    """What a process is told, so that what it does to the folder is written down."""
    told = {"LD_PRELOAD": str(library), "POWER_FOLDER": str(folder), "POWER_LOG": str(log)}
    return {**os.environ, **told}


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing done to a file; what it is done with, in bytes from an offset."""

    kind: str
    path: str
    offset: int
    content: bytes


def operations(log: Path) -> Iterator[Operation]:
    """What was done, in order."""
    with log.open("rb") as file:
        while line := file.readline():
            kind, path, offset, length = line.rstrip(b"\n").decode().split("\t")
            assert kind in _OPERATIONS
            yield Operation(kind, path, int(offset), file.read(int(length)))


@dataclass(slots=True)
class _Content:
    """A file's bytes on the plates, and what was done to them since they were last synced."""

    synced: bytes = b""
    since: list[Operation] = field(default_factory=list)


class Disk:
    """A folder on it. `outside` is a file that stands for the world: it loses nothing, whatever happens here."""

    def __init__(self, folder: Path, *, outside: str) -> None:
        self._outside = outside
        files = [each for each in sorted(folder.rglob("*")) if each.is_file()]
        self._names = {str(each.relative_to(folder)): _Content(each.read_bytes()) for each in files}
        self._synced = dict(self._names)
        self._since: list[tuple[str, dict[str, _Content]]] = []
        """Each change of a name not yet synced: in which folder, and all names after it."""

    def does(self, done: Operation) -> None:
        """One operation more."""
        match done.kind:
            case "create":
                self._rename(done.path, {**self._names, done.path: _Content()})
            case "unlink":
                self._rename(done.path, _without(self._names, done.path))
            case "link":
                self._rename(done.path, self._names | {_to(done): self._names[done.path]})
            case "rename":
                left = _without(self._names, done.path)
                self._rename(done.path, left | {_to(done): self._names[done.path]})
            case "sync" if done.path in self._names:
                found = self._names[done.path]
                found.synced, found.since = _after(found.synced, found.since), []
            case "sync":
                self._sync_folder(done.path)
            case _:
                self._names[done.path].since.append(done)

    def _rename(self, path: str, names: dict[str, _Content]) -> None:
        self._names = names
        self._since.append((_folder_of(path), names))

    def _sync_folder(self, folder: str) -> None:
        """Names are journaled in their order: with the last one of this folder all before it are there."""
        places = [place for place, (of, _) in enumerate(self._since) if of == folder]
        if places:
            self._synced = self._since[places[-1]][1]
            del self._since[: places[-1] + 1]

    # --- the power is lost --------------------------------------------------------------------

    def lost(self, to: Path, chance: random.Random | None, *, keeps: bool = False) -> None:
        """Build in a new folder what is left: by chance, or without it all that was not synced, or nothing of it."""
        states = [self._synced, *(names for _, names in self._since)]
        names = chance.choice(states) if chance else states[-1 if keeps else 0]
        for path, content in names.items():
            if path.endswith("-shm"):
                continue  # memory shared by processes; it is built anew
            left = content.since
            if path != self._outside and not keeps:
                left = list(_kept(content.since, chance)) if chance else []
            place = to / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(_after(content.synced, left))


def _kept(since: list[Operation], chance: random.Random) -> Iterator[Operation]:
    """Each write is there, or is not, or only some of its sectors are."""
    for each in since:
        fate = chance.choice(("there", "not", "in part"))
        if fate == "there":
            yield each
        elif fate == "in part" and each.kind == "write":
            for at in range(0, len(each.content), SECTOR):
                if chance.random() < 1 / 2:
                    part = each.content[at : at + SECTOR]
                    yield Operation("write", each.path, each.offset + at, part)


def _after(content: bytes, done: list[Operation]) -> bytes:
    found = bytearray(content)
    for each in done:
        missing = each.offset - len(found)
        if missing > 0:
            found.extend(bytes(missing))
        if each.kind == "truncate":
            del found[each.offset :]
        else:
            found[each.offset : each.offset + len(each.content)] = each.content
    return bytes(found)


def _without(names: Mapping[str, _Content], path: str) -> dict[str, _Content]:
    return {name: each for name, each in names.items() if name != path}


def _to(done: Operation) -> str:
    return done.content.decode()


def _folder_of(path: str) -> str:
    return str(Path(path).parent)
