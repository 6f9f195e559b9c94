"""`dongthuan run`: the bot on its database until it is told to stop. What it does meanwhile is in app.py."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
import structlog

from bot import logs
from bot.app import App, Line, TokenRefusedError
from bot.clock import SystemClock
from bot.commands.installation import DONE, NOT_DONE, settings_or_told, tell_store_fault
from bot.db import people
from bot.db.engine import Database
from bot.db.faults import StoreFault
from bot.rendering import Terminal, shared_rendering
from bot.settings import Settings
from bot.values.language import Language
from scheduler.pacing import Pace

_log = structlog.get_logger(__name__)


def run(language: Language, path: Path | None) -> int:
    """Run until SIGTERM or Ctrl-C; the exit code is 1 when it could not begin or broke off."""
    say = Terminal(language)
    settings = settings_or_told(say, path)
    if settings is None:
        return NOT_DONE
    if settings.token is None:
        click.echo(say.terminal("no_token"), err=True)
        return NOT_DONE
    token = settings.token.get_secret_value()
    logs.set_up(level=settings.log_level, as_json=settings.log_json, secrets=(token,))
    try:
        return asyncio.run(_run(say, settings, token))
    except StoreFault as fault:
        tell_store_fault(say, fault)
    except TokenRefusedError:
        _tell(say, "token_refused")
    return NOT_DONE


async def _run(say: Terminal, settings: Settings, token: str) -> int:
    with _told_to_stop() as told:
        db = await Database.open(settings.database, create=False)
        try:
            async with db.read() as tx:
                founded = await people.all_committees(tx)
            if not founded:
                _tell(say, "no_committee")
                return NOT_DONE
            app = App(_line(settings, token), db, SystemClock(), shared_rendering(), pace=Pace())
            return await _serve(app, say, told)
        finally:
            await db.close()


async def _serve(app: App, say: Terminal, told: asyncio.Event) -> int:
    """Start, and stay until told to stop or until a loop of the app breaks."""
    stop = asyncio.ensure_future(told.wait())
    try:
        start = asyncio.ensure_future(app.start(lambda: _tell(say, "searching")))
        if not await _ends_before(start, stop):
            return DONE
        _tell(say, "running", link=app.context.link)
        _log.info("running")
        if await _ends_before(asyncio.ensure_future(app.broken()), stop):
            _tell(say, "broken")
            return NOT_DONE
        return DONE
    finally:
        stop.cancel()
        await app.stop()
        _log.info("stopped")


async def _ends_before(work: asyncio.Future[None], stop: asyncio.Future[Any]) -> bool:
    """Whether the work ended before the sign to stop; otherwise it is cut off. Its error is raised."""
    await asyncio.wait((work, stop), return_when=asyncio.FIRST_COMPLETED)
    if not work.done():
        work.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await work
        return False
    await work
    return True


@contextmanager
def _told_to_stop() -> Iterator[asyncio.Event]:
    """An event that SIGTERM and Ctrl-C set, for as long as the block lasts."""
    told, loop = asyncio.Event(), asyncio.get_running_loop()
    before = {}
    for number in (signal.SIGTERM, signal.SIGINT):
        before[number] = signal.signal(number, lambda *_: loop.call_soon_threadsafe(told.set))
    try:
        yield told
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _line(settings: Settings, token: str) -> Line:
    return Line(
        token, settings.base_url, settings.base_file_url, settings.proxy, settings.get_updates_proxy
    )


def _tell(say: Terminal, kind: str, **values: object) -> None:
    click.echo(say.terminal("run", **{"kind": kind, "link": ""} | values), err=True)
