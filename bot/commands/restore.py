"""`dongthuan restore`: a backup brought back as the database, with what may be missing since. No rule is here."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import click

from bot import restored, sealing, subjects  # noqa: F401 - each enters its cards
from bot.clock import SystemClock
from bot.commands.installation import (
    DONE,
    NOT_DONE,
    os_words,
    settings_or_told,
    tell_store_fault,
)
from bot.commands.opening import store
from bot.commands.progress import how_far
from bot.commands.verify import heads_given
from bot.db import restoring
from bot.db.engine import Database
from bot.db.faults import StoreFault
from bot.db.register import HeadGiven
from bot.kit.unit import Context
from bot.named_files import TooLargeError, text_of
from bot.proofs import verification
from bot.rendering import Terminal, shared_rendering, shared_terminal
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
    loaded: bool
    """The backup stands in the server's database already: what may be missing is still to be recorded."""


class BrokenError(Exception):
    """The backup does not prove itself, and it was not said to go on all the same."""


WORDS: dict[type[Exception], str] = {
    BrokenError: "broken",
    restored.LaterThanNowError: "clock",
    restoring.SealedError: "sealed",
    sealing.KeyFaultError: "key",
    UnicodeDecodeError: "key",
    sealing.UnsealingError: "changed",
}
"""Which sentence tells why it was not done."""
TOLD: tuple[type[Exception], ...] = (StoreFault, restoring.InTheWayError, OSError, *WORDS)


def restore(language: Language, path: Path | None, wanted: Wanted) -> int:
    """Bring a backup back; the exit code is 1 when it was not, and then nothing stands in its place."""
    say = shared_terminal(language)
    heads = heads_given(say, wanted.heads)
    settings = settings_or_told(say, path) if heads is not None else None
    if settings is None or heads is None:
        return NOT_DONE
    of_server = wanted.to is None and "://" in settings.database
    if of_server != wanted.loaded:
        _tell(say, wanted, "server" if of_server else "no_server")
        return NOT_DONE
    target = (wanted.to or Path(settings.database)).absolute()
    if not of_server and not target.parent.is_dir():
        _tell(say, wanted, "no_folder", place=target.parent)
        return NOT_DONE
    try:
        run = Run(say, settings.link or "", wanted, heads)
        found = asyncio.run(run.loaded(settings)) if of_server else run.at(target)
    except TOLD as refused:
        _tell_why(say, wanted, refused)
        return NOT_DONE
    click.echo(say.terminal("restore", found=found, target="" if of_server else target))
    return DONE


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the command upon a backup."""

    say: Terminal
    link: str
    wanted: Wanted
    heads: Sequence[HeadGiven]

    def at(self, target: Path) -> Restored:
        """The backup stands at its place, migrated and verified, with what may be missing on record."""
        restoring.require_room(target)
        key = self.wanted.identity
        identity = text_of(key) if key else None
        with restoring.unpacked(self.wanted.backup, target, identity) as copy:
            found = asyncio.run(self._made_ready(copy))
            restoring.put_in_place(copy, target)
        return found

    async def _made_ready(self, copy: Path) -> Restored:
        db = await Database.open(copy, create=False)
        try:
            return await self._recorded(db)
        finally:
            await db.close()

    async def loaded(self, settings: Settings) -> Restored:
        """The same of a backup that the server's own tools have brought back; no bot may serve there yet."""
        await (await store(settings)).close()  # brought to our version
        db = await store(settings, alone=False)
        try:
            await db.require_alone()
            return await self._recorded(db)
        finally:
            await db.close()

    async def _recorded(self, db: Database) -> Restored:
        digest = restoring.digest_of(self.wanted.backup)
        context = Context(db, SystemClock(), shared_rendering(), self.link)
        with how_far(self.say) as seen:
            proven = await verification.verify(context, self.heads, seen)
        beyond = proven.beyond
        proven = replace(proven, lost=tuple(each for each in proven.lost if each not in beyond))
        click.echo(self.say.terminal("verify", found=proven, faulty=""))
        if beyond:
            click.echo(self.say.terminal("restore_beyond", heads=beyond))
        if not (proven.holds or self.wanted.despite_breaks):
            raise BrokenError
        async with context.work() as work:
            return await restored.record(work, digest)


def _tell_why(say: Terminal, wanted: Wanted, refused: Exception) -> None:
    if isinstance(refused, StoreFault):
        tell_store_fault(say, refused)
    elif isinstance(refused, restoring.InTheWayError):
        _tell(say, wanted, "in_the_way", places=refused.places)
    elif isinstance(refused, TooLargeError):
        _tell(say, wanted, "key_large", limit=refused.megabytes)
    elif isinstance(refused, OSError):
        place = refused.filename or wanted.backup
        _tell(say, wanted, "unwritable", place=place, detail=os_words(say, refused))
    else:
        _tell(say, wanted, WORDS[type(refused)])


def _tell(say: Terminal, wanted: Wanted, kind: str, **values: object) -> None:
    view = {"kind": kind, "wanted": wanted, "places": (), "place": "", "detail": "", "limit": 0}
    click.echo(say.terminal("restore_refused", **view | values), err=True)
