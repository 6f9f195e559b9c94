"""What the commands upon an installation share: its settings, its faults told. No command and no store is here."""

from __future__ import annotations

from pathlib import Path

import click

from bot.db.faults import StoreFault
from bot.rendering import Terminal
from bot.settings import Settings, SettingsFaults, load

DONE, NOT_DONE = 0, 1


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
