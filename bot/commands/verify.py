"""`dongthuan verify`: recomputes registers and results, and says what does not hold. Nothing is changed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import click

from bot.commands.beside import beside_a_running_bot
from bot.commands.installation import (
    DONE,
    NOT_DONE,
    settings_or_told,
)
from bot.db.register import GIVEN_OUT, HeadGiven
from bot.proofs import verification
from bot.rendering import Terminal
from bot.values.language import Language

_HEAD = re.compile(rf"(?:([0-9]{{1,9}}):)?([0-9]{{1,9}}):([0-9a-f]{{{GIVEN_OUT},64}})")
"""As it is printed, the spaces taken out; those printed in full named no committee."""


def verify(language: Language, path: Path | None, heads: Sequence[str]) -> int:
    """Tell each committee's head and what is broken; the exit code is 1 when anything is."""
    say = Terminal(language)
    given = []
    for text in heads:
        form = _HEAD.fullmatch("".join(text.split()))
        if form is None:
            click.echo(say.terminal("verify", found=None, faulty=text), err=True)
            return NOT_DONE
        given.append(HeadGiven(int(form[1]) if form[1] else None, int(form[2]), form[3]))
    settings = settings_or_told(say, path)
    if settings is None:
        return NOT_DONE
    found = beside_a_running_bot(say, settings, lambda context: verification.verify(context, given))
    if found is None:
        return NOT_DONE
    click.echo(say.terminal("verify", found=found, faulty=""))
    return DONE if found.holds else NOT_DONE
