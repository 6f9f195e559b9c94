"""`dongthuan dossier`, and `dongthuan verify` of one: written beside a running bot, checked without any database."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

import click

from bot import subjects  # noqa: F401 - each enters what a dossier asks of it
from bot.commands.beside import beside_a_running_bot
from bot.commands.committee import chosen
from bot.commands.installation import DONE, NOT_DONE, settings_or_told
from bot.commands.progress import Seen, how_far
from bot.consultations import overview as consultations
from bot.db.transaction import Transaction
from bot.dossiers import checking, packing
from bot.dossiers.whole import everything
from bot.kit import card, speaking
from bot.kit.unit import Context
from bot.meetings import overview as meetings
from bot.rendering import Terminal, shared_rendering
from bot.reports import overview as reports
from bot.settings import Settings
from bot.values.language import Language
from bot.values.refusal import Refused


@dataclass(frozen=True, slots=True)
class Wanted:
    """Of what: a matter or a meeting by its number, a year, or everything of a committee; and where to."""

    target: Path
    matter: int | None = None
    meeting: int | None = None
    year: int | None = None
    committee: str | None = None


def write(language: Language, path: Path | None, wanted: Wanted) -> int:
    """Write it; may be asked while the bot runs. Writes over no file."""
    say = Terminal(language)
    if unfit := _unfit(wanted):
        return _told(say, unfit, path=wanted.target)
    settings = settings_or_told(say, path)
    made = _packed(say, settings, wanted) if settings else None
    if made is None:
        return NOT_DONE
    if isinstance(made, str):
        return _told(say, made, name=wanted.committee)
    if not _kept(made.content, wanted.target):
        return _told(say, "unwritable", path=wanted.target)
    written = say.terminal("dossier", kind="written", path=wanted.target, left_out=made.left_out)
    click.echo(written)
    return DONE


def _packed(say: Terminal, settings: Settings, wanted: Wanted) -> packing.Packed | str | None:
    """The dossier, or what there is none of; None once it has been told why not."""
    try:
        with how_far(say) as seen:
            return beside_a_running_bot(say, settings, partial(_made, wanted=wanted, seen=seen))
    except Refused as no:
        click.echo(card.card(shared_rendering(), no.refusal).text, err=True)
        return None


def _unfit(wanted: Wanted) -> str | None:
    """Why nothing need be drawn up: there is a file already, no folder for it, or it is not clear of what."""
    if wanted.target.exists():
        return "there"
    if not wanted.target.parent.is_dir():
        return "unwritable"
    return "which" if wanted.matter is not None and wanted.meeting is not None else None


async def _made(context: Context, wanted: Wanted, seen: Seen) -> packing.Packed | str:
    """The dossier, or what there is none of."""
    async with context.look() as work:
        meant = await chosen(work.tx, wanted.committee)
        if isinstance(meant, str):
            return meant
        of = await _found(work.tx, meant, wanted)
    whole = wanted.matter is wanted.meeting is wanted.year is None
    if not whole and not (of.matters or of.meetings or of.duties):
        return "no_meeting" if wanted.meeting is not None else "no_matter"
    context = await speaking.for_committee(context, meant)
    told = (
        await everything(context, meant)
        if whole
        else await packing.contents(context, meant, of, as_set=wanted.matter is None)
    )
    told = await packing.with_papers(context, told, partial(seen, "papers"))
    told = await packing.with_pictures(told)
    return packing.Packed(packing.packed(told), told.left_out)


def _kept(content: bytes, target: Path) -> bool:
    """Write it beside its place first, so that a half one never bears its name; whether it could be."""
    part = target.with_name(f"{target.name}.part")
    try:
        part.write_bytes(content)
        part.replace(target)
    except OSError:
        return False
    return True


async def _found(tx: Transaction, committee: int, wanted: Wanted) -> packing.Wanted:
    """What there is of it: of a year meetings and duties, too."""
    matters, held = list[int](), list[int]()
    if wanted.meeting is None:
        of = {"number": wanted.matter, "year": wanted.year}
        matters = await consultations.opened(tx, committee, **of)
    if wanted.matter is None:
        of = {"number": wanted.meeting, "year": wanted.year}
        held = await meetings.held(tx, committee, **of)
    if wanted.matter is None and wanted.meeting is None:
        duties = await reports.ids_of(tx, committee, wanted.year)
        years = () if wanted.year is None else (wanted.year,)
        return packing.Wanted(tuple(matters), tuple(held), tuple(duties), years)
    return packing.Wanted(tuple(matters), tuple(held))


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
