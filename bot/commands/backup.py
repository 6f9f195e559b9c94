"""`dongthuan backup`: a copy of the database while the bot runs, and what stands in it."""

from __future__ import annotations

import contextlib
from pathlib import Path

import click

from bot.clock import SystemClock
from bot.commands.installation import DONE, NOT_DONE, settings_or_told, tell_store_fault
from bot.db import last_backup
from bot.db.backup import back_up
from bot.db.faults import StoreFault
from bot.rendering import Terminal
from bot.values.language import Language


def backup(language: Language, path: Path | None, target: Path) -> int:
    """Write the copy; the exit code is 1 when none was written, and nothing is ever replaced."""
    say = Terminal(language)
    settings = settings_or_told(say, path)
    if settings is None:
        return NOT_DONE
    if "://" in settings.database:
        return _told(say, "server", target)
    try:
        size = back_up(Path(settings.database), target)
    except StoreFault as fault:
        tell_store_fault(say, fault)
        return NOT_DONE
    except FileExistsError:
        return _told(say, "exists", target)
    except OSError as error:
        return _told(say, "unwritable", target, detail=error.strerror or type(error).__name__)
    with contextlib.suppress(OSError):  # the backup is made, whether it can be noted here or not
        last_backup.note(Path(settings.database), SystemClock().now())
    click.echo(say.terminal("backup", kind="done", path=target, size=size, detail=""))
    return DONE


def _told(say: Terminal, kind: str, target: Path, detail: str = "") -> int:
    click.echo(say.terminal("backup", kind=kind, path=target, size=0, detail=detail), err=True)
    return NOT_DONE
