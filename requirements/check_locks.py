"""Refuses lock files from which a fresh machine could not install: `python check_locks.py FILE...`.

Nothing is written and nothing fetched here; what a package requires is read where it is installed.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}\b")


def faults(lock: Path) -> Iterator[str]:
    """What is wrong with a lock, each with what to do."""
    pins = {}
    for entry in _entries(lock.read_text(encoding="utf-8")):
        named = re.split(r"\s+(?:\\|--)|\n", entry, maxsplit=1)[0]
        pin = _pinned(named)
        if pin is None:
            yield f"{named!r} is no `name==version`: a lock names no address and no option"
        elif not HASH.search(entry) or "://" in entry:
            yield f"{named} has no hash, or an address; run `make lock`"
        else:
            pins[canonicalize_name(pin.name)] = pin
    for pin in pins.values():
        for wanted in _required_by(pin):
            own = pins.get(canonicalize_name(wanted.name))
            lacking = wanted.extras - own.extras if own else set()
            if lacking:
                extras = ",".join(sorted(lacking))
                yield (
                    f"{pin.name} requires {wanted.name}[{extras}], but {own} is pinned without it, so that "
                    f"`pip install --require-hashes` fails; run `make lock`, which keeps the extras"
                )


def _entries(text: str) -> list[str]:
    """Each pin with the indented lines of its hashes, without comments."""
    return re.split(r"(?m)^(?=\S)", re.sub(r"(?m)^ *#.*\n", "", text))[1:]


def _pinned(words: str) -> Requirement | None:
    """What a line pins; None when it pins nothing to one version."""
    try:
        pin = Requirement(words)
    except InvalidRequirement:
        return None
    exact = [each.operator for each in pin.specifier] == ["=="]
    return pin if exact and pin.url is None else None


def _required_by(pin: Requirement) -> Iterator[Requirement]:
    """What a pinned package requires on this machine; nothing of one that is not installed here."""
    try:
        listed = metadata.requires(pin.name) or []
    except metadata.PackageNotFoundError:
        return
    for wanted in map(Requirement, listed):
        asked_as = ("", *pin.extras)
        if wanted.marker is None or any(wanted.marker.evaluate({"extra": e}) for e in asked_as):
            yield wanted


if __name__ == "__main__":
    found = [f"{name}: {fault}" for name in sys.argv[1:] for fault in faults(Path(name))]
    sys.exit("\n".join(found) or None)
