"""`dongthuan unsent`: messages held since a restore, listed, sent after all or given up. No rule is here."""

from __future__ import annotations

from pathlib import Path

from bot import subjects, unsent  # noqa: F401 - each enters its live cards
from bot.commands.lying_aside import LyingAside, Wanted
from bot.values.language import Language

_HELD: LyingAside[int] = LyingAside("unsent", unsent.listed)
show = _HELD.show


def send(language: Language, path: Path | None, wanted: Wanted[int]) -> int:
    """Have it sent by the bot when it runs next."""
    return _HELD.dispose(language, path, wanted, "sent", unsent.send)


def discard(language: Language, path: Path | None, wanted: Wanted[int], *, sure: bool) -> int:
    """Give it up; without `sure` only what would be lost is shown, and the exit code is 1."""
    if not sure:
        return _HELD.unsure(language, path, wanted)
    return _HELD.dispose(language, path, wanted, "discarded", unsent.discard)
