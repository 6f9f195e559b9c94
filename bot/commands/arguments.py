"""What may be typed where a path, a text, a number or a year is asked: the one kind of each. No command is here."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import click

from bot.commands.speaking import language_in
from bot.values.texts import TELEGRAM_LIMIT, clean_line
from bot.words import words_of

NUMBER = click.IntRange(1, 2**31 - 1)
"""Of a matter, a meeting, a request, a person: as the database can keep one."""
YEAR = click.IntRange(1, 9998)
"""One that ends before the calendar of the machine does."""


def _impossible(kind: str, param: click.Parameter | None, ctx: click.Context | None) -> None:
    """Refuse it (`BadParameter`) in the language of the run."""
    language = language_in(ctx or click.get_current_context())
    raise click.BadParameter(words_of(language, "help")["arguments"][kind], ctx, param)


class _Path(click.Path):
    """Refuses what no file can be called; whether there is one, each command looks for itself."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        try:
            os.lstat(value)
        except ValueError:
            _impossible("no_path", param, ctx)
        except OSError as error:
            if error.errno == errno.ENAMETOOLONG:
                _impossible("no_path", param, ctx)
        return super().convert(value, param, ctx)


class _Text(click.types.StringParamType):
    """One line as it would be kept from a phone: cleaned, and refused where it is longer than any message."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        text = clean_line(super().convert(value, param, ctx), TELEGRAM_LIMIT)
        if isinstance(text, str):
            return text
        if text.kind == "too_long":
            _impossible("too_long", param, ctx)
        return ""


PATH = _Path(path_type=Path)
TEXT = _Text()
