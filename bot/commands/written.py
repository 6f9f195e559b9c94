"""A file that a command writes: over none that is there, whole or not at all. What is in it is not known here."""

from __future__ import annotations

from pathlib import Path


def unfit(target: Path) -> str | None:
    """Why it need not even be made: one is "there" already, or its folder is no folder, "unwritable"."""
    if target.exists():
        return "there"
    return None if target.parent.is_dir() else "unwritable"


def kept(content: bytes, target: Path) -> bool:
    """Write it beside its place first, so that a half one never bears its name; whether it could be."""
    part = target.with_name(f"{target.name}.part")
    try:
        part.write_bytes(content)
        part.replace(target)
    except OSError:
        return False
    return True
