"""`dongthuan retention`: what is kept how long. Nothing is read and nothing is changed."""

from __future__ import annotations

import click

from bot.commands.installation import DONE
from bot.rendering import shared_terminal
from bot.retention import KEPT
from bot.values.language import Language


def show(language: Language) -> int:
    """Print the table; it is the same for every installation of this version."""
    click.echo(shared_terminal(language).terminal("retention", kept=KEPT))
    return DONE
