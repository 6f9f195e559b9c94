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
from bot.commands.written import kept, unfit
from bot.consultations import overview as consultations
from bot.db.transaction import Transaction
from bot.dossiers import checking, packing
from bot.dossiers.whole import everything
from bot.kit import speaking
from bot.kit.unit import Context
from bot.meetings import overview as meetings
from bot.named_files import TooLargeError, content_of
from bot.rendering import Terminal, shared_terminal
from bot.reports import overview as reports
from bot.values.language import Language


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
    say = shared_terminal(language)
    if fault := _unfit(wanted):
        return _told(say, fault, path=wanted.target)
    settings = settings_or_told(say, path)
    with how_far(say) as seen:
        made = beside_a_running_bot(say, settings, partial(_made, wanted=wanted, seen=seen))
    if made is None:
        return NOT_DONE
    if isinstance(made, str):
        return _told(say, made)
    if not kept(made.content, wanted.target):
        return _told(say, "unwritable", path=wanted.target)
    written = say.terminal("dossier", kind="written", path=wanted.target, left_out=made.left_out)
    click.echo(written)
    return DONE


def _unfit(wanted: Wanted) -> str | None:
    """Why nothing need be drawn up: there is a file already, no folder for it, or it is not clear of what."""
    if fault := unfit(wanted.target):
        return fault
    return "which" if wanted.matter is not None and wanted.meeting is not None else None


async def _made(context: Context, wanted: Wanted, seen: Seen) -> packing.Packed | str:
    """The dossier, or what there is none of."""
    async with context.look() as work:
        meant = await chosen(work.tx, wanted.committee)
        of = await _found(work.tx, meant, wanted)
    whole = wanted.matter is wanted.meeting is wanted.year is None
    if not whole and not (of.matters or of.meetings or of.duties):
        if wanted.meeting is not None:
            return "no_meeting"
        return "no_matter" if wanted.matter is not None else "no_year"
    context = await speaking.for_committee(context, meant)
    told = (
        await everything(context, meant)
        if whole
        else await packing.contents(context, meant, of, as_set=wanted.matter is None)
    )
    told = await packing.with_papers(context, told, partial(seen, "papers"))
    told = await packing.with_pictures(told)
    return packing.Packed(packing.packed(told), told.left_out)


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
    say = shared_terminal(language)
    try:
        if (
            not path.is_file()
        ):  # an archive is read from its end, and what is no file need not have one
            return _told(say, "unreadable", path=path)
        content = content_of(path, checking.LARGEST)
    except TooLargeError as error:
        return _told(say, "too_large", path=path, limit=error.megabytes)
    except OSError:
        return _told(say, "unreadable", path=path)
    found = checking.checked(content)
    click.echo(say.terminal("dossier", kind="checked", path=path, found=found))
    return DONE if found.holds else NOT_DONE


def _told(say: Terminal, kind: str, **values: object) -> int:
    click.echo(say.terminal("dossier", kind=kind, **values), err=True)
    return NOT_DONE
