"""The bot on its database until it is told to stop, for `dongthuan run`. What it does meanwhile is in app.py."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, contextmanager
from typing import Any

import structlog

from bot.app import App, keep_what_is_loaded
from bot.clock import SystemClock
from bot.commands.installation import DONE, NOT_DONE
from bot.commands.opening import store
from bot.commands.supervised import Supervisor
from bot.db import people
from bot.health import Health, health
from bot.kit.unit import Context
from bot.rendering import shared_rendering
from bot.settings import Settings, loopback
from scheduler.done import Done
from scheduler.intake import Kind
from scheduler.line import Line
from scheduler.pacing import Pace

_log = structlog.get_logger(__name__)

Say = Callable[[Health], str]
"""How the house stands, in one line for whoever runs the machine."""
Look = Callable[[], Awaitable[Health]]
Tell = Callable[..., None]
"""Says a sentence of templates/cli/<language>/run.j2 to whoever runs the machine."""


async def keep_running(
    settings: Settings, line: Line, tell: Tell, state: Say, *, heard: bool
) -> int:
    """Run until told to stop; 1 when it could not begin or broke off.

    Where Telegram was not heard yet, that is said, and it is asked again and again. Whoever supervises the
    bot hears that it is ready once its store is open: Telegram may be out of reach for long.
    """
    keep_what_is_loaded()
    with _told_to_stop() as told:
        db = await store(settings)
        try:
            async with db.read() as tx:
                founded = await people.all_committees(tx)
            if not founded:
                tell("no_committee")
                return NOT_DONE
            if not heard:
                tell("searching")
            app = App(line, db, SystemClock(), shared_rendering(), pace=Pace())

            async def look() -> Health:
                return await health(Context(db, app.clock, shared_rendering(), ""))

            async def standing() -> str:
                return state(await look())

            async with AsyncExitStack() as watched:
                if settings.metrics_listen and not await _is_monitored(
                    watched, settings, look, app.done
                ):
                    tell("metrics_taken", place=settings.metrics_listen)
                    return NOT_DONE
                await watched.enter_async_context(Supervisor().told(standing))
                return await _serve(app, tell, told, heard=heard)
        finally:
            await db.close()


async def _is_monitored(
    watched: AsyncExitStack, settings: Settings, look: Look, done: Done
) -> bool:
    """Have health and figures answered there; False where something else answers there already."""
    from scheduler.monitor import monitored  # noqa: PLC0415 - most bots are watched by nobody

    address = loopback(settings.metrics_listen or "")
    intake: Kind = "polling" if settings.webhook is None else "webhook"
    try:
        if address is not None:
            await watched.enter_async_context(monitored(address, look, done, intake))
    except OSError:
        return False
    return address is not None


async def _serve(app: App, tell: Tell, told: asyncio.Event, *, heard: bool) -> int:
    """Start, and stay until told to stop or until a loop of the app breaks."""
    stop = asyncio.ensure_future(told.wait())
    try:
        start = asyncio.ensure_future(app.start((lambda: tell("searching")) if heard else None))
        if not await _ends_before(start, stop):
            return DONE
        tell("running", link=app.context.link)
        _log.info("running")
        if await _ends_before(asyncio.ensure_future(app.broken()), stop):
            tell("broken")
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
