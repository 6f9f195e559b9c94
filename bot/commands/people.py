"""`dongthuan people`: what only who runs the machine can do about persons, where nobody else could. No rule is here."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

import click

from bot import subjects  # noqa: F401 - each enters what follows from a change of persons
from bot.commands import written
from bot.commands.alone import RefusedAloneError, alone
from bot.commands.beside import beside_a_running_bot
from bot.commands.committee import chosen
from bot.commands.init_words import bot_name
from bot.commands.installation import (
    DONE,
    NOT_DONE,
    settings_or_told,
    tell_store_fault,
)
from bot.committees.machine import which
from bot.db.faults import StoreFault
from bot.kit import seconding
from bot.kit.unit import Context, UnitOfWork
from bot.people import machine
from bot.rendering import Terminal, shared_terminal
from bot.settings import Settings
from bot.values.language import Language

T = TypeVar("T")
"""What comes of what is done at the machine."""
Done = Callable[[UnitOfWork, int], Awaitable[str]]
"""Carries it out; gives the link to be handed on, or ""."""


def show(language: Language, path: Path | None) -> int:
    """List what waits and who has not joined; may be asked while the bot runs."""
    say = shared_terminal(language)
    settings = settings_or_told(say, path)
    found = beside_a_running_bot(say, settings, machine.ledgers)
    if found is None:
        return NOT_DONE
    click.echo(say.terminal("people", committees=found))
    return DONE


def roster(language: Language, path: Path | None, target: Path, committee: str | None) -> int:
    """Write the roster of today as a spreadsheet; may be asked while the bot runs. Writes over no file."""
    say = shared_terminal(language)
    if fault := written.unfit(target):
        return _of_roster(say, fault, target)
    settings = settings_or_told(say, path)

    async def make(context: Context) -> bytes:
        async with context.look() as work:
            return await machine.roster(work, await chosen(work.tx, committee))

    made = beside_a_running_bot(say, settings, make)
    if made is None:
        return NOT_DONE
    return _of_roster(say, "written" if written.kept(made, target) else "unwritable", target)


def _of_roster(say: Terminal, kind: str, target: Path) -> int:
    done = kind == "written"
    click.echo(say.terminal("people_roster", kind=kind, path=target), err=not done)
    return DONE if done else NOT_DONE


def confirm(language: Language, path: Path | None, number: int, bot: str | None) -> int:
    """Confirm the request of that number, where nobody who could has joined."""
    return _carry_out(language, path, number, bot, seconding.confirm_by_machine)


def invite(language: Language, path: Path | None, number: int, bot: str | None) -> int:
    """Issue an invitation for the person of that number, who has not joined."""
    return _carry_out(language, path, number, bot, machine.invite_by_machine)


def clerk(
    language: Language, path: Path | None, given: machine.Given, committee: str | None
) -> int:
    """Ask that somebody be a clerk beside other seats, or no more; a second person confirms it on the phone."""
    say = shared_terminal(language)
    settings = settings_or_told(say, path)
    if settings is None:
        return NOT_DONE

    async def ask(work: UnitOfWork) -> machine.Entered:
        return await machine.ask_part(work, await which(work, committee or ""), given)

    entered = _done(say, settings, ask)
    if entered is None:
        return NOT_DONE
    click.echo(say.terminal("people_done", kind="asked", text="", entered=entered))
    return DONE


def _carry_out(
    language: Language, path: Path | None, number: int, bot: str | None, do: Done
) -> int:
    say = shared_terminal(language)
    settings = settings_or_told(say, path)
    if settings is None:
        return NOT_DONE
    name = bot_name(bot or settings.bot or "")
    if not name:
        click.echo(say.terminal("people_done", kind="no_bot", text=""), err=True)
        return NOT_DONE
    link = _done(say, settings, lambda work: do(work, number), f"https://t.me/{name}")
    if link is None:
        return NOT_DONE
    click.echo(say.terminal("people_done", kind="done", text=link))
    return DONE


def _done(
    say: Terminal, settings: Settings, do: Callable[[UnitOfWork], Awaitable[T]], link: str = ""
) -> T | None:
    """What comes of it while no bot runs; None where it could not be done, and why was told."""
    try:
        return alone(settings, do, link)
    except StoreFault as fault:
        tell_store_fault(say, fault)
    except RefusedAloneError as no:
        click.echo(say.terminal("people_done", kind="refused", text=no.text), err=True)
    return None
