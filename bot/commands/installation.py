"""What the commands upon a installation share: its settings, its store, its faults told. No command is here."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

import click

from bot.clock import SystemClock
from bot.db.engine import Database
from bot.db.faults import StoreFault
from bot.kit.unit import Context
from bot.rendering import Terminal, shared_rendering
from bot.settings import Settings, SettingsFaults, load

DONE, NOT_DONE = 0, 1

Answer = TypeVar("Answer")


def settings_or_told(say: Terminal, path: Path | None) -> Settings | None:
    """The settings; None once everything wrong with them has been told."""
    try:
        return load(path)
    except SettingsFaults as wrong:
        click.echo(say.terminal("settings", faults=wrong.faults), err=True)
        return None


def tell_store_fault(say: Terminal, fault: StoreFault) -> None:
    """What is wrong with the store, where, and what to do."""
    click.echo(say.terminal("store_fault", fault=fault), err=True)


def beside_a_running_bot(
    say: Terminal, settings: Settings, ask: Callable[[Context], Awaitable[Answer]]
) -> Answer | None:
    """What is read from the store, whether a bot runs on it or not; None once its fault has been told."""

    async def read() -> Answer:
        db = await Database.open(settings.database, create=False, alone=False)
        try:
            return await ask(Context(db, SystemClock(), shared_rendering(), settings.link or ""))
        finally:
            await db.close()

    try:
        return asyncio.run(read())
    except StoreFault as fault:
        tell_store_fault(say, fault)
        return None
