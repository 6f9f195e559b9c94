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
from bot.commands.progress import how_far
from bot.db.register import GIVEN_OUT, HeadGiven
from bot.proofs import verification
from bot.rendering import Terminal, shared_terminal
from bot.values.language import Language

_HEAD = re.compile(rf"(?:([0-9]{{1,9}}):)?([0-9]{{1,9}}):([0-9a-f]{{{GIVEN_OUT},64}})")
"""As it is printed, the spaces taken out; those printed in full named no committee."""


def verify(language: Language, path: Path | None, heads: Sequence[str]) -> int:
    """Tell each committee's head and what is broken; the exit code is 1 when anything is."""
    say = shared_terminal(language)
    given = heads_given(say, heads)
    settings = settings_or_told(say, path) if given is not None else None
    if settings is None or given is None:
        return NOT_DONE
    with how_far(say) as seen:
        found = beside_a_running_bot(
            say, settings, lambda context: verification.verify(context, given, seen)
        )
    if found is None:
        return NOT_DONE
    click.echo(say.terminal("verify", found=found, faulty=""))
    return DONE if found.holds else NOT_DONE


def heads_given(say: Terminal, heads: Sequence[str]) -> list[HeadGiven] | None:
    """The heads as they were typed; None once one that is none has been told."""
    given = []
    for text in heads:
        form = _HEAD.fullmatch("".join(text.split()))
        if form is None:
            click.echo(say.terminal("verify", found=None, faulty=text), err=True)
            return None
        given.append(HeadGiven(int(form[1]) if form[1] else None, int(form[2]), form[3]))
    return given
