"""`dongthuan set-aside`: what could not be handled or done, listed, tried again or given up. No rule is here."""

from __future__ import annotations

from pathlib import Path

from bot import set_aside, subjects  # noqa: F401 - each enters its kinds of due moments
from bot.commands.lying_aside import LyingAside, Wanted
from bot.values.language import Language

_STOPPED: LyingAside[str] = LyingAside("set_aside", set_aside.listed)
show = _STOPPED.show


def retry(language: Language, path: Path | None, wanted: Wanted[str]) -> int:
    """Have it tried again by the bot at its next start."""
    return _STOPPED.dispose(language, path, wanted, "retried", set_aside.retry)


def clear(language: Language, path: Path | None, wanted: Wanted[str], *, sure: bool) -> int:
    """Give it up; without `sure` only what would be lost is shown, and the exit code is 1."""
    if not sure:
        return _STOPPED.unsure(language, path, wanted)
    return _STOPPED.dispose(language, path, wanted, "cleared", set_aside.clear)
