"""`dongthuan roster`: another roll from a day on, a new term, entered at the machine. No rule is here."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from bot import subjects  # noqa: F401 - each enters what follows from another roll
from bot.clock import SystemClock
from bot.commands.installation import DONE, NOT_DONE, settings_or_told, tell_store_fault
from bot.commands.opening import store
from bot.committees.terms.machine import Entered, Wanted, ask
from bot.db.faults import StoreFault
from bot.kit import card
from bot.kit.unit import Context
from bot.rendering import Terminal, shared_rendering
from bot.settings import Settings
from bot.values.language import Language
from bot.values.refusal import Refused


def roster(
    language: Language, path: Path | None, file: Path | None, same: Sequence[str], **given: Any
) -> int:
    """Enter the request, while no bot runs on the store; it is confirmed on the phone, and changes nothing before.

    `same` are answers as typed, "line=number"; `given` is the rest of what is `Wanted`.
    """
    say = Terminal(language)
    settings = settings_or_told(say, path)
    if settings is None:
        return NOT_DONE
    try:
        answers = dict(_answer(each) for each in same)
    except ValueError:
        click.echo(say.terminal("roster", kind="same", text="", entered=None), err=True)
        return NOT_DONE
    wanted = Wanted(**given, same=answers)
    try:
        if file is not None:
            wanted = replace(wanted, file=file.name, content=file.read_bytes())
        entered = asyncio.run(_in_store(settings, wanted))
    except OSError as unread:
        click.echo(say.terminal("roster", kind="unread", text=str(unread), entered=None), err=True)
        return NOT_DONE
    except StoreFault as fault:
        tell_store_fault(say, fault)
        return NOT_DONE
    except Refused as no:
        why = card.card(shared_rendering(), no.refusal).text
        click.echo(say.terminal("roster", kind="refused", text=why, entered=None), err=True)
        return NOT_DONE
    click.echo(say.terminal("roster", kind="done", text="", entered=entered))
    return DONE


def _answer(typed: str) -> tuple[int, int]:
    """Which line is which person; raises `ValueError` for anything else."""
    line, _, person = typed.partition("=")
    return int(line), int(person)


async def _in_store(settings: Settings, wanted: Wanted) -> Entered:
    """In one transaction; what is told goes out when the bot runs again."""
    db = await store(settings)
    try:
        async with Context(db, SystemClock(), shared_rendering(), "").work() as work:
            return await ask(work, wanted)
    finally:
        await db.close()
