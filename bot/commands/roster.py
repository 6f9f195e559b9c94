"""`dongthuan roster`: another roll from a day on, a new term, entered at the machine. No rule is here."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from bot.commands.entering import enter
from bot.commands.installation import NOT_DONE
from bot.committees.terms.machine import Wanted, ask
from bot.named_files import content_of
from bot.rendering import shared_terminal
from bot.values.language import Language
from bot.values.limits import ROSTER_LIMIT


def roster(
    language: Language, path: Path | None, file: Path | None, same: Sequence[str], **given: Any
) -> int:
    """Enter the request. `same` are answers as typed, "line=number"; `given` is the rest of what is `Wanted`."""
    try:
        answers = dict(_answer(each) for each in same)
    except ValueError:
        say = shared_terminal(language)
        click.echo(say.terminal("roster", kind="same", text="", entered=None), err=True)
        return NOT_DONE

    def wanted() -> Wanted:
        content = content_of(file, ROSTER_LIMIT) if file else b""
        return Wanted(**given, same=answers, file=file.name if file else "", content=content)

    return enter(language, path, "roster", wanted, ask)


def _answer(typed: str) -> tuple[int, int]:
    """Which line is which person; raises `ValueError` for anything else."""
    line, _, person = typed.partition("=")
    return int(line), int(person)
