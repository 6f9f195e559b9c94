"""`dongthuan set-aside`: what could not be handled or done, listed, tried again or given up. No rule is here."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from bot import set_aside, subjects  # noqa: F401 - each enters its kinds of due moments
from bot.commands.alone import alone
from bot.commands.beside import beside_a_running_bot
from bot.commands.installation import (
    DONE,
    NOT_DONE,
    settings_or_told,
    tell_store_fault,
)
from bot.db.faults import StoreFault
from bot.kit.unit import Context, UnitOfWork
from bot.rendering import Terminal
from bot.set_aside import NotSetAsideError, Stopped
from bot.settings import Settings
from bot.values.language import Language

Do = Callable[[UnitOfWork, Sequence[str]], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was typed: ids, or everything there is."""

    ids: tuple[str, ...]
    everything: bool


def show(language: Language, path: Path | None) -> int:
    """List it; may be asked while the bot runs."""
    say = Terminal(language)
    settings = settings_or_told(say, path)
    seen = _seen(say, settings) if settings else None
    if seen is None:
        return NOT_DONE
    found, own = seen
    click.echo(own.terminal("set_aside", stopped=found))
    return DONE


def retry(language: Language, path: Path | None, wanted: Wanted) -> int:
    """Have it tried again by the bot at its next start."""
    return _carry_out(language, path, wanted, "retried", set_aside.retry)


def clear(language: Language, path: Path | None, wanted: Wanted, *, sure: bool) -> int:
    """Give it up; without `sure` only what would be lost is shown, and the exit code is 1."""
    if sure:
        return _carry_out(language, path, wanted, "cleared", set_aside.clear)
    say = Terminal(language)
    settings = settings_or_told(say, path)
    seen = _seen(say, settings) if settings else None
    if seen is None:
        return NOT_DONE
    found, own = seen
    meant = [each for each in found if wanted.everything or each.id in wanted.ids]
    click.echo(own.terminal("set_aside", stopped=meant))
    return _told(say, "unsure")


def _seen(say: Terminal, settings: Settings) -> tuple[tuple[Stopped, ...], Terminal] | None:
    """What was set aside, and the terminal that tells it in the words of the committees."""

    async def look(context: Context) -> tuple[tuple[Stopped, ...], Terminal]:
        async with context.look() as work:
            return await set_aside.listed(work), say.under(work.say.vocabulary)

    return beside_a_running_bot(say, settings, look)


def _carry_out(language: Language, path: Path | None, wanted: Wanted, done: str, do: Do) -> int:
    say = Terminal(language)
    settings = settings_or_told(say, path)
    if settings is None:
        return NOT_DONE
    if not wanted.ids and not wanted.everything:
        return _told(say, "which")

    async def carry_out(work: UnitOfWork) -> tuple[str, ...]:
        """Gives the ids that were meant."""
        ids = wanted.ids
        if wanted.everything:
            ids = tuple(each.id for each in await set_aside.listed(work))
        await do(work, ids)
        return ids

    try:
        ids = alone(settings, carry_out)
    except StoreFault as fault:
        tell_store_fault(say, fault)
        return NOT_DONE
    except NotSetAsideError as unknown:
        return _told(say, "unknown", unknown.ids)
    click.echo(say.terminal("set_aside_done", kind=done, ids=ids))
    return DONE


def _told(say: Terminal, kind: str, ids: Sequence[str] = ()) -> int:
    click.echo(say.terminal("set_aside_done", kind=kind, ids=ids), err=True)
    return NOT_DONE
