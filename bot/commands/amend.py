"""`dongthuan amend`: a rule book or a setting amended from a day on, entered at the machine. No rule is here."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bot.commands.check import check
from bot.commands.entering import enter
from bot.committees.amending.machine import Wanted, ask
from bot.named_files import text_of
from bot.values.language import Language
from bot.values.refusal import Refused


def amend(
    language: Language, path: Path | None, file: Path | None, values: Sequence[str], **given: str
) -> int:
    """Enter the request. `values` are settings as typed, "name=value"; `given` is the rest of what is `Wanted`."""
    named = (each.partition("=") for each in values)
    settings = {name.strip(): value.strip() for name, _, value in named}

    def wanted() -> Wanted:
        text = text_of(file) if file else ""
        return Wanted(**given, file=file.name if file else "", text=text, settings=settings)

    def faults(no: Refused) -> str:
        """What is wrong with the file, as `dongthuan check` tells it."""
        if file is None or no.refusal.kind != "amend_faults":
            return ""
        told, wrong = check(language, [file])
        return told if wrong else ""

    return enter(language, path, "amend", wanted, ask, faults)
