"""What the commands upon an installation share: its settings, its faults told. No command and no store is here."""

from __future__ import annotations

import errno
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


_OS_ERRORS = {
    errno.ENOENT: "missing",
    errno.ENOTDIR: "no_folder",
    errno.EISDIR: "folder",
    errno.EACCES: "forbidden",
    errno.EPERM: "forbidden",
    errno.EROFS: "read_only",
    errno.ENOSPC: "full",
    errno.EDQUOT: "full",
    errno.ENAMETOOLONG: "long",
}
"""What the system says in English of every run, by the label that says it in the language of this one."""


def os_words(say: Terminal, error: OSError) -> str:
    """Why the system refused a file, in the language of the run; by its number, where it is none of the usual."""
    return say.label(f"os_error.{_OS_ERRORS.get(error.errno or 0, 'other')}", number=error.errno)


def tell_store_fault(say: Terminal, fault: StoreFault) -> None:
    """What is wrong with the store, where, and what to do."""
    click.echo(say.terminal("store_fault", fault=fault), err=True)
