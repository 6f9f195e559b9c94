"""`dongthuan dossier`, and `dongthuan verify` of one: written beside a running bot, checked without any database."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import click

from bot import subjects  # noqa: F401 - each enters what a dossier asks of it
from bot.commands.beside import beside_a_running_bot
from bot.commands.installation import DONE, NOT_DONE, settings_or_told
from bot.consultations import overview as consultations
from bot.db import people
from bot.dossiers import checking, packing
from bot.kit import card
from bot.kit.unit import Context
from bot.rendering import Terminal, shared_rendering
from bot.values.language import Language
from bot.values.refusal import Refused


@dataclass(frozen=True, slots=True)
class Wanted:
    """Of what: a matter by its number, a year by its openings, or everything of a committee; and where to."""

    target: Path
    matter: int | None = None
    year: int | None = None
    committee: str | None = None


def write(language: Language, path: Path | None, wanted: Wanted) -> int:
    """Write it; may be asked while the bot runs. Writes over no file."""
    say = Terminal(language)
    if wanted.target.exists():
        return _told(say, "there", path=wanted.target)
    settings = settings_or_told(say, path)

    async def make(context: Context) -> bytes | str:
        async with context.look() as work:
            everybody = await people.all_committees(work.tx)
            chosen = [each for each in everybody if wanted.committee in (None, each.name)]
            if len(chosen) != 1:
                return "which_committee" if chosen else "no_committee"
            found = await consultations.opened(
                work.tx, chosen[0].id, number=wanted.matter, year=wanted.year
            )
        whole = wanted.matter is None and wanted.year is None
        if not found and not whole:
            return "no_matter"
        told = await packing.contents(context, chosen[0].id, found, whole=whole)
        return packing.packed(context.say, await packing.with_papers(context, told))

    try:
        made = beside_a_running_bot(say, settings, make) if settings else None
    except Refused as no:
        click.echo(card.card(shared_rendering(), no.refusal).text, err=True)
        return NOT_DONE
    if made is None:
        return NOT_DONE
    if isinstance(made, str):
        return _told(say, made, name=wanted.committee)
    part = wanted.target.with_name(f"{wanted.target.name}.part")
    part.write_bytes(made)
    part.replace(wanted.target)
    click.echo(say.terminal("dossier", kind="written", path=wanted.target))
    return DONE


def verify(language: Language, path: Path) -> int:
    """Check a dossier by itself; the exit code is 1 when anything does not hold."""
    say = Terminal(language)
    try:
        content = path.read_bytes()
    except OSError:
        return _told(say, "unreadable", path=path)
    found = checking.checked(content)
    click.echo(say.terminal("dossier", kind="checked", path=path, found=found))
    return DONE if found.holds else NOT_DONE


def _told(say: Terminal, kind: str, **values: object) -> int:
    click.echo(say.terminal("dossier", kind=kind, **values), err=True)
    return NOT_DONE
