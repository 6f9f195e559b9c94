"""`dongthuan rehearse --first`: a first story of a rule book, of the program or in a file. It is played elsewhere."""

from __future__ import annotations

from pathlib import Path

import click

from bot.commands.check import check, found
from bot.named_files import text_of
from bot.regulations.faults import RegulationFaults
from bot.values.language import Language
from bot.words import words_of
from simulator.first_told import rehearse_first


def first(language: Language, named: Path, folder: Path | None, *, with_transcript: bool) -> int:
    """Play it; 1 if it went otherwise than it should, 2 where the rule book has faults or where they cannot be kept."""
    words = words_of(language, "rehearsal")["faults"]
    try:
        text = text_of(found(named))
    except (OSError, UnicodeDecodeError):
        click.echo(check(language, [named])[0], err=True)
        return 2
    try:
        return rehearse_first(
            language, text, click.echo, keep=folder, with_transcript=with_transcript
        )
    except FileExistsError as there:
        click.echo(words["file_there"].format(path=there.filename), err=True)
    except OSError:
        click.echo(words["unwritable"].format(path=folder), err=True)
    except RegulationFaults:
        click.echo(check(language, [named])[0], err=True)
    return 2
