"""Commands that stand together under one name: each group lists when no command of it is named."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import update_wrapper
from pathlib import Path
from typing import Any

import click

from bot.commands.arguments import NUMBER, PATH, TEXT
from bot.commands.speaking import Group
from bot.values.language import Language


@dataclass(frozen=True, slots=True)
class Asked:
    """With what a command of a group is asked beside its own: the language, and what stood before its name."""

    language: Language
    settings: Path | None
    bot: str | None


def _asked(command: Callable[..., None]) -> Callable[..., None]:
    """Hand it to a command as its first argument."""

    @click.pass_context
    def handed(context: click.Context, /, **own: Any) -> None:
        given = context.parent.params if context.parent else {}
        command(Asked(context.obj, given.get("settings"), given.get("bot")), **own)

    return update_wrapper(handed, command)


@click.group(cls=Group, invoke_without_command=True)
@click.option("--settings", type=PATH)
@click.option("--bot", type=TEXT)
@click.pass_context
def people(context: click.Context, settings: Path | None, bot: str | None) -> None:  # noqa: ARG001 - read by the commands below
    """List what waits for a second person, and who has not joined; or do what only this machine can."""
    from bot.commands import people as commands

    if context.invoked_subcommand is None:
        sys.exit(commands.show(context.obj, settings))


@people.command("confirm")
@click.argument("number", type=NUMBER)
@_asked
def people_confirm(asked: Asked, number: int) -> None:
    """Confirm a request, where nobody who could has joined."""
    from bot.commands import people as commands

    sys.exit(commands.confirm(asked.language, asked.settings, number, asked.bot))


@people.command("invite")
@click.argument("number", type=NUMBER)
@_asked
def people_invite(asked: Asked, number: int) -> None:
    """Issue an invitation for somebody who has not joined."""
    from bot.commands import people as commands

    sys.exit(commands.invite(asked.language, asked.settings, number, asked.bot))


@people.command("clerk")
@click.argument("name", type=TEXT)
@click.option("--end", "ends", is_flag=True)
@click.option("--decision", type=TEXT, default="")
@click.option("--committee", type=TEXT)
@_asked
def people_clerk(
    asked: Asked, name: str, *, ends: bool, decision: str, committee: str | None
) -> None:
    """Ask that somebody of the roster be a clerk besides, or no more."""
    from bot.commands import people as commands
    from bot.people.machine import Given

    given = Given(name, ends, decision)
    sys.exit(commands.clerk(asked.language, asked.settings, given, committee))


@people.command("roster")
@click.argument("target", type=PATH)
@click.option("--committee", type=TEXT)
@_asked
def people_roster(asked: Asked, target: Path, committee: str | None) -> None:
    """Write the roster of today into a file, to be edited and given to `dongthuan roster`."""
    from bot.commands import people as commands

    sys.exit(commands.roster(asked.language, asked.settings, target, committee))


@click.group("set-aside", cls=Group, invoke_without_command=True)
@click.option("--settings", type=PATH)
@click.pass_context
def set_aside(context: click.Context, settings: Path | None) -> None:
    """List what could not be handled or done; have it tried again, or give it up."""
    from bot.commands import set_aside as commands

    if context.invoked_subcommand is None:
        sys.exit(commands.show(context.obj, settings))


@set_aside.command("list")
@_asked
def set_aside_list(asked: Asked) -> None:
    """List it."""
    from bot.commands import set_aside as commands

    sys.exit(commands.show(asked.language, asked.settings))


@set_aside.command("retry")
@click.argument("ids", nargs=-1, type=TEXT)
@click.option("--all", "everything", is_flag=True)
@_asked
def set_aside_retry(asked: Asked, ids: tuple[str, ...], everything: bool) -> None:
    """Have it tried again."""
    from bot.commands import set_aside as commands
    from bot.commands.lying_aside import Wanted

    wanted = Wanted(ids, everything)
    sys.exit(commands.retry(asked.language, asked.settings, wanted))


@set_aside.command("clear")
@click.argument("ids", nargs=-1, type=TEXT)
@click.option("--all", "everything", is_flag=True)
@click.option("--yes", is_flag=True)
@_asked
def set_aside_clear(asked: Asked, ids: tuple[str, ...], everything: bool, yes: bool) -> None:
    """Give it up for ever."""
    from bot.commands import set_aside as commands
    from bot.commands.lying_aside import Wanted

    wanted = Wanted(ids, everything)
    sys.exit(commands.clear(asked.language, asked.settings, wanted, sure=yes))


@click.group(cls=Group, invoke_without_command=True)
@click.option("--settings", type=PATH)
@click.pass_context
def unsent(context: click.Context, settings: Path | None) -> None:
    """List the messages held since a restore; send them after all, or give them up."""
    from bot.commands import unsent as commands

    if context.invoked_subcommand is None:
        sys.exit(commands.show(context.obj, settings))


@unsent.command("list")
@_asked
def unsent_list(asked: Asked) -> None:
    """List them."""
    from bot.commands import unsent as commands

    sys.exit(commands.show(asked.language, asked.settings))


@unsent.command("send")
@click.argument("ids", nargs=-1, type=NUMBER)
@click.option("--all", "everything", is_flag=True)
@_asked
def unsent_send(asked: Asked, ids: tuple[int, ...], everything: bool) -> None:
    """Send them after all."""
    from bot.commands import unsent as commands
    from bot.commands.lying_aside import Wanted

    wanted = Wanted(ids, everything)
    sys.exit(commands.send(asked.language, asked.settings, wanted))


@unsent.command("discard")
@click.argument("ids", nargs=-1, type=NUMBER)
@click.option("--all", "everything", is_flag=True)
@click.option("--yes", is_flag=True)
@_asked
def unsent_discard(asked: Asked, ids: tuple[int, ...], everything: bool, yes: bool) -> None:
    """Never send them."""
    from bot.commands import unsent as commands
    from bot.commands.lying_aside import Wanted

    wanted = Wanted(ids, everything)
    sys.exit(commands.discard(asked.language, asked.settings, wanted, sure=yes))


@click.group(cls=Group, invoke_without_command=True)
@click.option("--settings", type=PATH)
@click.pass_context
def papers(context: click.Context, settings: Path | None) -> None:
    """Templates of papers: list, take out, check, put back."""
    from bot.commands import papers as commands

    if context.invoked_subcommand is None:
        sys.exit(commands.show(context.obj, settings))


@papers.command("list")
@_asked
def papers_list(asked: Asked) -> None:
    """List them."""
    from bot.commands import papers as commands

    sys.exit(commands.show(asked.language, asked.settings))


@papers.command("export")
@click.argument("folder", type=PATH)
@_asked
def papers_export(asked: Asked, folder: Path) -> None:
    """Write every template into a folder."""
    from bot.commands import papers as commands

    sys.exit(commands.take_out(asked.language, asked.settings, folder))


@papers.command("check")
@click.argument("file", type=PATH)
@_asked
def papers_check(asked: Asked, file: Path) -> None:
    """Check an edited template."""
    from bot.commands import papers as commands

    sys.exit(commands.check(asked.language, file))


@papers.command("use")
@click.argument("file", type=PATH)
@_asked
def papers_use(asked: Asked, file: Path) -> None:
    """Make a paper from this template from now on."""
    from bot.commands import papers as commands

    sys.exit(commands.use(asked.language, asked.settings, file))


@papers.command("handout")
@click.argument("file", type=PATH)
@_asked
def papers_handout(asked: Asked, file: Path) -> None:
    """Write one sheet for members: how to answer on the phone."""
    from bot.commands import papers as commands

    sys.exit(commands.give_out(asked.language, file))


@papers.command("drop")
@click.argument("name", type=TEXT)
@_asked
def papers_drop(asked: Asked, name: str) -> None:
    """Make a paper from the template that ships again."""
    from bot.commands import papers as commands

    sys.exit(commands.drop(asked.language, asked.settings, name))
