"""`dongthuan papers` and `dongthuan export`: templates taken out, put back; the papers of a matter or a meeting."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import click

from bot import subjects  # noqa: F401 - each enters what a paper asks of it
from bot.clock import SystemClock
from bot.commands.beside import beside_a_running_bot
from bot.commands.committee import chosen
from bot.commands.installation import DONE, NOT_DONE, settings_or_told, tell_store_fault
from bot.commands.opening import store
from bot.consultations import overview as consultations
from bot.db.faults import StoreFault
from bot.db.transaction import Transaction
from bot.kit import speaking
from bot.kit.unit import Context
from bot.meetings import overview as meetings
from bot.named_files import TooLargeError, content_of
from bot.papers import face
from bot.papers import store as kept
from bot.rendering import Terminal, shared_terminal
from bot.reports import overview as reports
from bot.typesetting import offered
from bot.typesetting.handout import handout
from bot.typesetting.offered import Template
from bot.typesetting.template import shipped
from bot.typesetting.writing import TemplateFault
from bot.values.language import Language
from bot.values.limits import TEMPLATE_LIMIT

ENDING = ".docx"


def show(language: Language, path: Path | None) -> int:
    """List every template, and since when one of the office's own is used; may be asked while the bot runs."""
    say = shared_terminal(language)
    settings = settings_or_told(say, path)

    async def look(context: Context) -> list[tuple[Template, object]]:
        async with context.look() as work:
            own = await kept.all_own(work.tx)
        return [(each, own.get((each.paper.value, each.layout))) for each in offered.templates()]

    found = beside_a_running_bot(say, settings, look)
    if found is None:
        return NOT_DONE
    click.echo(say.terminal("papers", kind="list", templates=found))
    return DONE


def take_out(language: Language, path: Path | None, folder: Path) -> int:
    """Write every template that is used into a folder; what lies there already is not written over."""
    say = shared_terminal(language)
    settings = settings_or_told(say, path)

    async def look(context: Context) -> dict[str, bytes]:
        async with context.look() as work:
            return {
                each.name: await kept.own(work.tx, each.paper, each.layout)
                or shipped(each.paper, each.layout)
                for each in offered.templates()
            }

    found = beside_a_running_bot(say, settings, look)
    if found is None:
        return NOT_DONE
    try:
        there = [name for name in found if (folder / f"{name}{ENDING}").exists()]
        if there:
            return _told(say, "there", folder=folder, names=there)
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in found.items():
            (folder / f"{name}{ENDING}").write_bytes(content)
    except OSError:
        return _told(say, "unwritable", name=folder)
    click.echo(say.terminal("papers", kind="taken_out", folder=folder, count=len(found)))
    return DONE


def give_out(language: Language, file: Path) -> int:
    """Write the members' sheet as a Word file; what lies there already is not written over."""
    say = shared_terminal(language)
    try:
        with file.open("xb") as sheet:
            sheet.write(handout())
    except FileExistsError:
        return _told(say, "there", folder=file.parent, names=[file.name])
    except OSError:
        return _told(say, "unwritable", name=file)
    click.echo(say.terminal("papers", kind="handout", path=file))
    return DONE


def check(language: Language, file: Path) -> int:
    """Read an edited template and draw up invented papers from it, and tell what is wrong with it."""
    say = shared_terminal(language)
    found = _checked(say, file)
    if found is None:
        return NOT_DONE
    click.echo(say.terminal("papers", kind="right", name=found[0].name))
    return DONE


def use(language: Language, path: Path | None, file: Path) -> int:
    """Make a paper from an edited template from now on, once it has been checked."""
    say = shared_terminal(language)
    found = _checked(say, file)
    if found is None:
        return NOT_DONE
    template, content = found

    async def put(tx: Transaction) -> None:
        await kept.use(tx, template.paper, template.layout, content, SystemClock().now())

    return _in_store(say, path, put, "used", template)


def drop(language: Language, path: Path | None, name: str) -> int:
    """Make a paper from the template that ships again."""
    say = shared_terminal(language)
    template = offered.named(name)
    if template is None:
        return _told(say, "no_such", name=name)

    async def take_away(tx: Transaction) -> None:
        await kept.drop(tx, template.paper, template.layout)

    return _in_store(say, path, take_away, "dropped", template)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whose papers are asked for: those of a matter or a meeting, by its number, or of all in a year."""

    matter: int | None = None
    meeting: int | None = None
    year: int | None = None


def export(
    language: Language, path: Path | None, wanted: Wanted, committee: str | None, folder: Path
) -> int:
    """Write every paper of the matter, the meeting or the year into a folder; may be asked while the bot runs."""
    say = shared_terminal(language)
    asked = [each for each in (wanted.matter, wanted.meeting, wanted.year) if each is not None]
    if len(asked) != 1:
        return _told(say, "which")
    [number] = asked
    settings = settings_or_told(say, path)

    async def write(context: Context) -> list[Path] | str:
        async with context.look() as work:
            meant = await chosen(work.tx, committee)
        drafts = await _drafts(await speaking.for_committee(context, meant), meant, wanted)
        if isinstance(drafts, str):
            return drafts
        try:
            return await face.into_folder(drafts, folder)
        except OSError:
            return "unwritable"

    written = beside_a_running_bot(say, settings, write)
    if written is None:
        return NOT_DONE
    if isinstance(written, str):
        return _told(say, written, number=number, name=folder)
    click.echo(say.terminal("papers", kind="written", paths=written))
    return DONE


async def _drafts(context: Context, committee: int, wanted: Wanted) -> list[face.Draft] | str:
    """The papers asked for, or what there is none of."""
    async with context.look() as work:
        matters, held, due = list[int](), list[int](), list[int]()
        if wanted.year is not None:
            due = await reports.ids_of(work.tx, committee, wanted.year)
            matters = await consultations.opened(work.tx, committee, year=wanted.year)
            held = await meetings.held(work.tx, committee, year=wanted.year)
        elif wanted.matter is not None:
            matters = _one(await consultations.numbered(work.tx, committee, wanted.matter))
        elif wanted.meeting is not None:
            held = _one(await meetings.numbered(work.tx, committee, wanted.meeting))
    figures = [draft for each in due for draft in await face.all_of_report(context, each)]
    if not matters and not held and not figures:
        return (
            "no_year"
            if wanted.year is not None
            else "no_meeting"
            if wanted.matter is None
            else "no_matter"
        )
    drafts = [draft for each in matters for draft in await face.all_of_matter(context, each)]
    drafts += [draft for each in held for draft in await face.all_of_meeting(context, each)]
    return [*drafts, *figures]


def _one(found: int | None) -> list[int]:
    return [] if found is None else [found]


def _checked(say: Terminal, file: Path) -> tuple[Template, bytes] | None:
    """The template and its bytes; None once what is wrong with it has been told."""
    try:
        content = content_of(file, TEMPLATE_LIMIT)
    except TooLargeError as error:
        _told(say, "too_large", name=file, limit=error.megabytes)
        return None
    except OSError:
        _told(say, "unreadable", name=file)
        return None
    found = offered.template_of(content)
    if isinstance(found, TemplateFault):
        _told(say, "wrong", name=file, faults=[found])
        return None
    faults = asyncio.run(offered.tried(content, found))
    if faults:
        _told(say, "wrong", name=file, faults=faults)
        return None
    return found, content


def _in_store(
    say: Terminal,
    path: Path | None,
    do: Callable[[Transaction], Awaitable[None]],
    done: str,
    template: Template,
) -> int:
    """In one transaction, while no bot runs on the store."""
    settings = settings_or_told(say, path)
    if settings is None:
        return NOT_DONE

    async def carry_out() -> None:
        db = await store(settings)
        try:
            async with db.write() as tx:
                await do(tx)
        finally:
            await db.close()

    try:
        asyncio.run(carry_out())
    except StoreFault as fault:
        tell_store_fault(say, fault)
        return NOT_DONE
    click.echo(say.terminal("papers", kind=done, name=template.name))
    return DONE


def _told(say: Terminal, kind: str, **values: object) -> int:
    click.echo(say.terminal("papers", kind=kind, **values), err=True)
    return NOT_DONE
