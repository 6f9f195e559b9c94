"""`dongthuan close`: the end of a committee from a day on, entered at the machine. No rule is here."""

from __future__ import annotations

from pathlib import Path

from bot.commands.entering import enter
from bot.committees.closing.machine import Wanted, ask
from bot.values.language import Language


def close(language: Language, path: Path | None, **given: str) -> int:
    """Enter the request; `given` is what is `Wanted`."""
    return enter(language, path, "close", lambda: Wanted(**given), ask)
