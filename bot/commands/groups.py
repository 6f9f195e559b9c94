"""Commands that stand together under one name: each group lists when no command of it is named."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import update_wrapper
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.commands.arguments import NUMBER, PATH, TEXT
from bot.commands.speaking import Group
from bot.values.language import Language

if TYPE_CHECKING:
    from bot.commands.lying_aside import Wanted


@dataclass(frozen=True, slots=True)
class Asked:
    """With what a command of a group is asked beside its own: the language, and what stood before its name."""

    language: Language
    settings: Path | None
    bot: str | None


def _asked(command: Callable[..., int]) -> Callable[..., None]:
    """Hand it to a command as its first argument; what that gives is the exit code."""

    @click.pass_context
    def handed(context: click.Context, /, **own: Any) -> None:
        given = context.parent.params if context.parent else {}
        asked = Asked(context.obj, given.get("settings"), given.get("bot"))
        sys.exit(command(asked, **own))

    return update_wrapper(handed, command)


def _chosen(kind: click.ParamType[Any]) -> Callable[[Callable[..., int]], Callable[..., int]]:
    """Which of what lies aside is meant, by its ids or all of it, as the `wanted` of a command."""

    def of_ids(command: Callable[..., int]) -> Callable[..., int]:
        def handed(asked: Asked, ids: tuple[Any, ...], everything: bool, **own: Any) -> int:
            from bot.commands.lying_aside import Wanted

            return command(asked, wanted=Wanted(ids, everything), **own)

        every = click.option("--all", "everything", is_flag=True)
        return click.argument("ids", nargs=-1, type=kind)(every(update_wrapper(handed, command)))

    return of_ids


def _group(name: str, module: str, *, lists: bool = True) -> click.Group:
    """A group of this module of commands: it shows what there is when none is named; with `lists` by "list", too."""

    def show(language: Language, settings: Path | None) -> int:
        shown: int = import_module(f"bot.commands.{module}").show(language, settings)
        return shown

    @click.group(name, cls=Group, invoke_without_command=True)
    @click.option("--settings", type=PATH)
    @click.pass_context
    def group(context: click.Context, /, settings: Path | None, **_below: Any) -> None:
        if context.invoked_subcommand is None:
            sys.exit(show(context.obj, settings))

    @_asked
    def listed(asked: Asked) -> int:
        return show(asked.language, asked.settings)

    if lists:
        group.command("list")(listed)
    return group


people = click.option("--bot", type=TEXT)(_group("people", "people", lists=False))
"""What waits for a second person, and who has not joined; and what only this machine can do."""


@people.command("confirm")
@click.argument("number", type=NUMBER)
@_asked
def people_confirm(asked: Asked, number: int) -> int:
    """Confirm a request, where nobody who could has joined."""
    from bot.commands import people as commands

    return commands.confirm(asked.language, asked.settings, number, asked.bot)


@people.command("invite")
@click.argument("number", type=NUMBER)
@_asked
def people_invite(asked: Asked, number: int) -> int:
    """Issue an invitation for somebody who has not joined."""
    from bot.commands import people as commands

    return commands.invite(asked.language, asked.settings, number, asked.bot)


@people.command("clerk")
@click.argument("name", type=TEXT)
@click.option("--end", "ends", is_flag=True)
@click.option("--decision", type=TEXT, default="")
@click.option("--committee", type=TEXT)
@_asked
def people_clerk(
    asked: Asked, name: str, *, ends: bool, decision: str, committee: str | None
) -> int:
    """Ask that somebody of the roster be a clerk besides, or no more."""
    from bot.commands import people as commands
    from bot.people.machine import Given

    given = Given(name, ends, decision)
    return commands.clerk(asked.language, asked.settings, given, committee)


@people.command("roster")
@click.argument("target", type=PATH)
@click.option("--committee", type=TEXT)
@_asked
def people_roster(asked: Asked, target: Path, committee: str | None) -> int:
    """Write the roster of today into a file, to be edited and given to `dongthuan roster`."""
    from bot.commands import people as commands

    return commands.roster(asked.language, asked.settings, target, committee)


set_aside = _group("set-aside", "set_aside")
"""What could not be handled or done."""


@set_aside.command("retry")
@_asked
@_chosen(TEXT)
def set_aside_retry(asked: Asked, wanted: Wanted[str]) -> int:
    """Have it tried again."""
    from bot.commands import set_aside as commands

    return commands.retry(asked.language, asked.settings, wanted)


@set_aside.command("clear")
@click.option("--yes", is_flag=True)
@_asked
@_chosen(TEXT)
def set_aside_clear(asked: Asked, wanted: Wanted[str], yes: bool) -> int:
    """Give it up for ever."""
    from bot.commands import set_aside as commands

    return commands.clear(asked.language, asked.settings, wanted, sure=yes)


unsent = _group("unsent", "unsent")
"""The messages held since a restore."""


@unsent.command("send")
@_asked
@_chosen(NUMBER)
def unsent_send(asked: Asked, wanted: Wanted[int]) -> int:
    """Send them after all."""
    from bot.commands import unsent as commands

    return commands.send(asked.language, asked.settings, wanted)


@unsent.command("discard")
@click.option("--yes", is_flag=True)
@_asked
@_chosen(NUMBER)
def unsent_discard(asked: Asked, wanted: Wanted[int], yes: bool) -> int:
    """Never send them."""
    from bot.commands import unsent as commands

    return commands.discard(asked.language, asked.settings, wanted, sure=yes)


papers = _group("papers", "papers")
"""The templates of papers."""


@papers.command("export")
@click.argument("folder", type=PATH)
@_asked
def papers_export(asked: Asked, folder: Path) -> int:
    """Write every template into a folder."""
    from bot.commands import papers as commands

    return commands.take_out(asked.language, asked.settings, folder)


@papers.command("check")
@click.argument("file", type=PATH)
@_asked
def papers_check(asked: Asked, file: Path) -> int:
    """Check an edited template."""
    from bot.commands import papers as commands

    return commands.check(asked.language, file)


@papers.command("use")
@click.argument("file", type=PATH)
@_asked
def papers_use(asked: Asked, file: Path) -> int:
    """Make a paper from this template from now on."""
    from bot.commands import papers as commands

    return commands.use(asked.language, asked.settings, file)


@papers.command("handout")
@click.argument("file", type=PATH)
@_asked
def papers_handout(asked: Asked, file: Path) -> int:
    """Write one sheet for members: how to answer on the phone."""
    from bot.commands import papers as commands

    return commands.give_out(asked.language, file)


@papers.command("drop")
@click.argument("name", type=TEXT)
@_asked
def papers_drop(asked: Asked, name: str) -> int:
    """Make a paper from the template that ships again."""
    from bot.commands import papers as commands

    return commands.drop(asked.language, asked.settings, name)
