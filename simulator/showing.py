"""How a demonstration reads in a terminal: wrapped to its width, clear without colour. Nothing is played here."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

import click

from bot.values.moments import WEEKDAYS, in_digits, in_viet_nam
from simulator.narrator import Told

WIDEST = 100
NARROWEST = 40
MARGIN = 7
"""Columns that the time of day takes."""
BODY = MARGIN + 2
NO_BREAK = "\N{NO-BREAK SPACE}"


def width() -> int:
    """Columns to write in: those of the terminal, within what is good to read."""
    return max(NARROWEST, min(WIDEST, shutil.get_terminal_size((88, 24)).columns))


class Teller:
    """Writes one thing after another, with the day above the first of it."""

    def __init__(self, echo: Callable[[str], None]) -> None:
        self._echo = echo
        self._day = ""

    def line(self, text: str = "") -> None:
        """A line as it is."""
        self._echo(text)

    def heading(self, words: str) -> None:
        """What begins here."""
        self._echo("")
        for line in textwrap.wrap(words, width()):
            self._echo(click.style(line, bold=True))

    def closing(self, words: str) -> None:
        """What came of it all, below a line across; lines that begin with a dash are wrapped below it."""
        self._echo("")
        self._echo("═" * width())
        for number, line in enumerate(words.split("\n")):
            indent = "    " if line.startswith("– ") else ""
            for piece in textwrap.wrap(line, width(), subsequent_indent=indent) or [""]:
                self._echo(click.style(piece, bold=number == 0))

    def told(self, told: Told) -> None:
        """A line of the narrator: Vietnamese, below it English, and the article."""
        self._at_day(told.at)
        vi = f"{told.vi} [{told.article}]" if told.article else told.vi
        self._put(_time(told.at), vi, fg="cyan")
        self._put("", told.en, dim=True)

    def act(self, at: datetime, name: str, words: str) -> None:
        """What somebody did on a phone."""
        self._at_day(at)
        self._echo("")
        self._put(_time(at), f"{name}: {words}", bold=True)

    def shown(self, at: datetime, to: str, text: str, rows: Sequence[Sequence[str]]) -> None:
        """What the bot wrote to somebody, and the buttons below it."""
        self._at_day(at)
        self._put(_time(at), f"Bot → {to}", fg="green")
        for paragraph in text.split("\n"):
            for line in _wrapped(paragraph, BODY + 2):
                self._echo(f"{' ' * BODY}│ {line}".rstrip())
        keys = [
            f"[{NO_BREAK}{label.replace(' ', NO_BREAK)}{NO_BREAK}]" for row in rows for label in row
        ]
        for line in _wrapped("  ".join(keys), BODY + 2) if keys else ():
            words = line.replace(NO_BREAK, " ")
            self._echo(f"{' ' * BODY}│ {click.style(words, bold=True)}")

    def aside(self, words: str) -> None:
        """Something about what was just shown."""
        for line in _wrapped(words, BODY):
            self._echo(f"{' ' * BODY}{click.style(line, dim=True)}")

    def _put(
        self, time: str, words: str, *, fg: str | None = None, bold: bool = False, dim: bool = False
    ) -> None:
        for number, line in enumerate(_wrapped(words, MARGIN)):
            head = time if number == 0 else ""
            styled = click.style(line, fg=fg, bold=bold or None, dim=dim or None)
            self._echo(f"{head:<{MARGIN}}{styled}")

    def _at_day(self, at: datetime) -> None:
        here = in_viet_nam(at)
        day = f"{WEEKDAYS[here.weekday()]}, {in_digits(here.date())}"
        if day != self._day:
            self._day = day
            rest = "─" * max(3, width() - len(day) - 4)
            self._echo("")
            self._echo(click.style(f"── {day} {rest}", bold=True))


def _time(at: datetime) -> str:
    return f"{in_viet_nam(at):%H:%M}"


def _wrapped(words: str, indent: int) -> Iterable[str]:
    return textwrap.wrap(words, width() - indent, break_on_hyphens=False) or [""]
