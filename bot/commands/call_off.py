"""`dongthuan call-off`: what is confirmed for a day to come is called off, entered at the machine. No rule is here."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bot.commands.entering import enter
from bot.committees.calling_off.machine import Wanted, ask
from bot.values.language import Language


def call_off(language: Language, path: Path | None, **given: Any) -> int:
    """Enter the request; `given` is what is `Wanted`."""
    return enter(language, path, "call_off", lambda: Wanted(**given), ask)
