"""`dongthuan close`: the end of a committee from a day on, entered at the machine. No rule is here."""

from __future__ import annotations

import asyncio
from pathlib import Path

import click

from bot import subjects  # noqa: F401 - each says what stands open of its own
from bot.clock import SystemClock
from bot.commands.installation import DONE, NOT_DONE, settings_or_told, tell_store_fault
from bot.commands.opening import store
from bot.committees.closing.machine import Entered, Wanted, ask
from bot.db.faults import StoreFault
from bot.kit import card
from bot.kit.unit import Context
from bot.rendering import Terminal, shared_rendering
from bot.settings import Settings
from bot.values.language import Language
from bot.values.refusal import Refused


def close(language: Language, path: Path | None, **given: str) -> int:
    """Enter the request, while no bot runs on the store; it is confirmed on the phone, and changes nothing before.

    `given` is what is `Wanted`.
    """
    say = Terminal(language)
    settings = settings_or_told(say, path)
    if settings is None:
        return NOT_DONE
    try:
        entered = asyncio.run(_in_store(settings, Wanted(**given)))
    except StoreFault as fault:
        tell_store_fault(say, fault)
        return NOT_DONE
    except Refused as no:
        why = card.card(shared_rendering(), no.refusal).text
        click.echo(say.terminal("close", kind="refused", text=why, entered=None), err=True)
        return NOT_DONE
    click.echo(say.terminal("close", kind="done", text="", entered=entered))
    return DONE


async def _in_store(settings: Settings, wanted: Wanted) -> Entered:
    """In one transaction; what is told goes out when the bot runs again."""
    db = await store(settings)
    try:
        async with Context(db, SystemClock(), shared_rendering(), "").work() as work:
            return await ask(work, wanted)
    finally:
        await db.close()
