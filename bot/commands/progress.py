"""How far a long command is: one line that is written over, on a terminal alone. In a pipe nothing is said."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from bot.rendering import Terminal

CLEARED = "\r\x1b[K"
"""Back to the beginning of the line, and nothing left of it."""

Seen = Callable[[str, int, int], None]
"""Told how far it is: of what, how many are behind it, how many there are."""


@contextmanager
def how_far(say: Terminal) -> Iterator[Seen]:
    """What a long work tells how far it is; the line is gone when the block ends."""
    if not sys.stderr.isatty():
        yield lambda _kind, _done, _total: None
        return

    def seen(kind: str, done: int, total: int) -> None:
        words = say.terminal("progress", kind=kind, done=done, total=total).strip()
        click.echo(f"{CLEARED}{words}", nl=False, err=True)

    try:
        yield seen
    finally:
        click.echo(CLEARED, nl=False, err=True)
