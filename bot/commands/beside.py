"""What a command reads from the store while a bot may run on it, or why it cannot. No command is here."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import click

from bot.clock import SystemClock
from bot.commands.alone import lines_of
from bot.commands.committee import NotChosenError
from bot.commands.installation import tell_store_fault
from bot.commands.opening import store
from bot.db.faults import StoreFault
from bot.kit import speaking
from bot.kit.unit import Context
from bot.rendering import Terminal, shared_rendering
from bot.settings import Settings
from bot.values.refusal import Refused

Answer = TypeVar("Answer")


def beside_a_running_bot(
    say: Terminal, settings: Settings | None, ask: Callable[[Context], Awaitable[Answer]]
) -> Answer | None:
    """What is read from the store, whether a bot runs on it or not, in the words of its committees.

    None once it has been told why not: the settings are wrong (and told already), the store has a fault, it is
    not clear of which committee, or what was asked is refused.
    """
    if settings is None:
        return None

    async def read() -> Answer:
        db = await store(settings, alone=False)
        try:
            context = Context(db, SystemClock(), shared_rendering(), settings.link or "")
            return await ask(await speaking.for_machine(context))
        finally:
            await db.close()

    try:
        return asyncio.run(read())
    except StoreFault as fault:
        tell_store_fault(say, fault)
    except NotChosenError as which:
        click.echo(say.terminal("committee", name=which.name, known=which.known), err=True)
    except Refused as no:
        click.echo(lines_of(shared_rendering(), no), err=True)
    return None
