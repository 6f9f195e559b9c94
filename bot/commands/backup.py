"""`dongthuan backup` and `backup-key`: a copy of the database while the bot runs, and the key that opens it."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

import click

from bot import sealing
from bot.clock import SystemClock
from bot.commands.installation import (
    DONE,
    NOT_DONE,
    os_words,
    settings_or_told,
    tell_store_fault,
)
from bot.db import last_backup
from bot.db.backup import back_up, settle
from bot.db.faults import StoreFault
from bot.rendering import Terminal, shared_terminal
from bot.settings import Settings
from bot.values.language import Language


def backup(language: Language, path: Path | None, target: Path) -> int:
    """Write the copy, sealed where the settings name keys; the exit code is 1 when none was written.

    Nothing is ever replaced.
    """
    say = shared_terminal(language)
    settings = settings_or_told(say, path)
    if settings is None:
        return NOT_DONE
    refusal = _refusal(settings, target)
    if refusal:
        return _told(say, refusal, target)
    sealed = bool(settings.backup_recipients)
    if sealed and target.suffix != sealing.SUFFIX:
        target = target.with_name(target.name + sealing.SUFFIX)
    try:
        size = _made(settings, target)
    except StoreFault as fault:
        tell_store_fault(say, fault)
        return NOT_DONE
    except FileExistsError as error:
        return _told(say, "exists", Path(error.filename or target))
    except OSError as error:
        return _told(say, "unwritable", target, detail=os_words(say, error))
    with contextlib.suppress(OSError):  # the backup is made, whether it can be noted here or not
        last_backup.note(Path(settings.database), SystemClock().now())
    kind = "sealed" if sealed else "done"
    click.echo(say.terminal("backup", kind=kind, path=target, size=size, detail=""))
    return DONE


def _refusal(settings: Settings, target: Path) -> str:
    """Why no such backup can be made here; "" where it can."""
    if "://" in settings.database:
        return "server"
    if target.suffix == sealing.SUFFIX and not settings.backup_recipients:
        return "no_keys"
    return ""


def _made(settings: Settings, target: Path) -> int:
    to = sealing.recipients(settings.backup_recipients)
    return back_up(Path(settings.database), target, to)


def make_key(language: Language, target: Path) -> int:
    """Write a new secret key that only its owner reads, and print its public half; replaces nothing."""
    say = shared_terminal(language)
    secret, public = sealing.new_identity()
    try:
        handle = os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secret)
        settle(target)
    except FileExistsError:
        return _told(say, "key_exists", target)
    except OSError as error:
        return _told(say, "unwritable", target, detail=os_words(say, error))
    click.echo(say.terminal("backup", kind="key", path=target, size=0, detail=public))
    return DONE


def _told(say: Terminal, kind: str, target: Path, detail: str = "") -> int:
    click.echo(say.terminal("backup", kind=kind, path=target, size=0, detail=detail), err=True)
    return NOT_DONE
