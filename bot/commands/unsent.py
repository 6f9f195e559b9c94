"""`dongthuan unsent`: messages held since a restore, listed, sent after all or given up. No rule is here."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from bot import subjects, unsent  # noqa: F401 - each enters its live cards
from bot.commands.alone import alone
from bot.commands.beside import beside_a_running_bot
from bot.commands.installation import DONE, NOT_DONE, settings_or_told, tell_store_fault
from bot.db.faults import StoreFault
from bot.kit.unit import Context, UnitOfWork
from bot.rendering import Terminal
from bot.settings import Settings
from bot.unsent import NotHeldError, Unsent
from bot.values.language import Language

Do = Callable[[UnitOfWork, Sequence[int]], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was typed: numbers, or everything there is."""

    ids: tuple[int, ...]
    everything: bool


def show(language: Language, path: Path | None) -> int:
    """List it; may be asked while the bot runs."""
    say = Terminal(language)
    settings = settings_or_told(say, path)
    found = _found(say, settings) if settings else None
    if found is None:
        return NOT_DONE
    click.echo(say.terminal("unsent", held=found))
    return DONE


def send(language: Language, path: Path | None, wanted: Wanted) -> int:
    """Have it sent by the bot when it runs next."""
    return _carry_out(language, path, wanted, "sent", unsent.send)


def discard(language: Language, path: Path | None, wanted: Wanted, *, sure: bool) -> int:
    """Give it up; without `sure` only what would be lost is shown, and the exit code is 1."""
    if sure:
        return _carry_out(language, path, wanted, "discarded", unsent.discard)
    say = Terminal(language)
    settings = settings_or_told(say, path)
    found = _found(say, settings) if settings else None
    if found is None:
        return NOT_DONE
    meant = [each for each in found if wanted.everything or each.id in wanted.ids]
    click.echo(say.terminal("unsent", held=meant))
    return _told(say, "unsure")


def _found(say: Terminal, settings: Settings) -> tuple[Unsent, ...] | None:
    async def look(context: Context) -> tuple[Unsent, ...]:
        async with context.look() as work:
            return await unsent.listed(work)

    return beside_a_running_bot(say, settings, look)


def _carry_out(language: Language, path: Path | None, wanted: Wanted, done: str, do: Do) -> int:
    say = Terminal(language)
    settings = settings_or_told(say, path)
    if settings is None:
        return NOT_DONE
    if not wanted.ids and not wanted.everything:
        return _told(say, "which")

    async def carry_out(work: UnitOfWork) -> tuple[int, ...]:
        """Gives the numbers that were meant."""
        ids = wanted.ids
        if wanted.everything:
            ids = tuple(each.id for each in await unsent.listed(work))
        await do(work, ids)
        return ids

    try:
        ids = alone(settings, carry_out)
    except StoreFault as fault:
        tell_store_fault(say, fault)
        return NOT_DONE
    except NotHeldError as unknown:
        return _told(say, "unknown", unknown.ids)
    click.echo(say.terminal("unsent_done", kind=done, ids=ids))
    return DONE


def _told(say: Terminal, kind: str, ids: Sequence[int] = ()) -> int:
    click.echo(say.terminal("unsent_done", kind=kind, ids=ids), err=True)
    return NOT_DONE
