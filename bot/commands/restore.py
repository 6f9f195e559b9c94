"""`dongthuan restore`: a backup brought back as the database, with what may be missing since. No rule is here."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import click

from bot import restored, sealing, subjects  # noqa: F401 - each enters its cards
from bot.clock import SystemClock
from bot.commands.installation import DONE, NOT_DONE, settings_or_told, tell_store_fault
from bot.commands.verify import heads_given
from bot.db import restoring
from bot.db.engine import Database
from bot.db.faults import StoreFault
from bot.db.register import HeadGiven
from bot.kit.unit import Context
from bot.proofs import verification
from bot.rendering import Terminal, shared_rendering
from bot.restored import Restored
from bot.settings import Settings
from bot.values.language import Language


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was typed."""

    backup: Path
    to: Path | None
    identity: Path | None
    heads: tuple[str, ...]
    despite_breaks: bool


class BrokenError(Exception):
    """The backup does not prove itself, and it was not said to go on all the same."""


WORDS: dict[type[Exception], str] = {
    BrokenError: "broken",
    restored.LaterThanNowError: "clock",
    restoring.SealedError: "sealed",
    sealing.KeyFaultError: "key",
    sealing.UnsealingError: "changed",
}
"""Which sentence tells why it was not done."""


def restore(language: Language, path: Path | None, wanted: Wanted) -> int:
    """Bring a backup back; the exit code is 1 when it was not, and then nothing stands in its place."""
    say = Terminal(language)
    heads = heads_given(say, wanted.heads)
    settings = settings_or_told(say, path) if heads is not None else None
    if settings is None or heads is None:
        return NOT_DONE
    target = wanted.to or Path(settings.database)
    if wanted.to is None and "://" in settings.database:
        return _told(say, wanted, target, "server")
    try:
        found = _carried_out(say, settings, wanted, target.absolute(), heads)
    except StoreFault as fault:
        tell_store_fault(say, fault)
        return NOT_DONE
    except restoring.InTheWayError as standing:
        return _told(say, wanted, target, "in_the_way", places=standing.places)
    except tuple(WORDS) as refused:
        return _told(say, wanted, target, WORDS[type(refused)])
    except OSError as error:
        values = {"place": error.filename or target, "detail": error.strerror or ""}
        return _told(say, wanted, target, "unwritable", **values)
    click.echo(say.terminal("restore", found=found, target=target))
    return DONE


def _carried_out(
    say: Terminal, settings: Settings, wanted: Wanted, target: Path, heads: Sequence[HeadGiven]
) -> Restored:
    restoring.require_room(target)
    key = wanted.identity
    identity = key.read_text(encoding="utf-8-sig") if key else None
    with restoring.unpacked(wanted.backup, target, identity) as copy:
        digest = restoring.digest_of(wanted.backup)
        found = asyncio.run(_made_ready(say, settings, wanted, copy, digest, heads))
        restoring.put_in_place(copy, target)
    return found


async def _made_ready(  # noqa: PLR0913, PLR0917 - what the command was told, and the copy
    say: Terminal,
    settings: Settings,
    wanted: Wanted,
    copy: Path,
    digest: str,
    heads: Sequence[HeadGiven],
) -> Restored:
    """Migrated, verified, and with what may be missing recorded."""
    db = await Database.open(copy, create=False)
    try:
        context = Context(db, SystemClock(), shared_rendering(), settings.link or "")
        proven = await verification.verify(context, heads)
        beyond = proven.beyond
        proven = replace(proven, lost=tuple(each for each in proven.lost if each not in beyond))
        click.echo(say.terminal("verify", found=proven, faulty=""))
        if beyond:
            click.echo(say.terminal("restore_beyond", heads=beyond))
        if not (proven.holds or wanted.despite_breaks):
            raise BrokenError
        async with context.work() as work:
            return await restored.record(work, digest)
    finally:
        await db.close()


def _told(say: Terminal, wanted: Wanted, target: Path, kind: str, **values: object) -> int:
    view = {"kind": kind, "wanted": wanted, "target": target} | {"places": ()} | values
    click.echo(say.terminal("restore_refused", **view), err=True)
    return NOT_DONE
