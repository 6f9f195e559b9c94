"""One scene carried out by the real bot in a process of its own, to its end, or killed at an await on the way.

An await is every point at which a coroutine of ours is entered, waits, goes on, or is left.
"""

from __future__ import annotations

import asyncio
import inspect
import os
import signal
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

from bot.app import App, running
from bot.clock import MovableClock
from bot.db.engine import Database
from bot.rendering import shared_rendering
from bot.values.moments import INSTANT
from tests.faults.machine import ROOT
from tests.faults.notebook import Notebook
from tests.faults.scenes import NAME, Scene

COMMON = str(ROOT / "bot")
PAGE = "telegram.jsonl"
PATIENCE = 60.0
Seen = Callable[[int], None]
"""Called at each await with its number."""


def at_each_await(seen: Seen) -> Any:
    """A tracer for `sys.settrace`."""
    number = 0
    known: dict[CodeType, bool] = {}

    def left(_frame: FrameType, event: str, _given: Any) -> Any:
        if event == "return":
            told()
        return left

    def entered(frame: FrameType, _event: str, _given: Any) -> Any:
        code = frame.f_code
        if code not in known:
            waits = bool(code.co_flags & (inspect.CO_COROUTINE | inspect.CO_ASYNC_GENERATOR))
            known[code] = waits and code.co_filename.startswith(COMMON)
        if not known[code]:
            return None
        frame.f_trace_lines = False
        told()
        return left

    def told() -> None:
        nonlocal number
        number += 1
        seen(number)

    return entered


def killed_at(wanted: int) -> Seen:
    """Ends this process at that await, as a power cut does."""

    def seen(number: int) -> None:
        if number == wanted:
            os.kill(os.getpid(), signal.SIGKILL)

    return seen


@dataclass(slots=True)
class Awaits:
    """How many awaits there were, and before which of them the disk or Telegram had seen something new."""

    folder: Path
    count: int = 0
    changes: list[int] | None = None
    _stands: Any = None

    def __call__(self, number: int) -> None:
        """Look at what whoever is killed here would leave."""
        self.count = number
        stands = self._now()
        if stands != self._stands:
            self.changes = [*(self.changes or []), number]
        self._stands = stands

    def _now(self) -> tuple[Any, ...]:
        names = (NAME, f"{NAME}-wal", PAGE)
        found = [(self.folder / each).stat() for each in names if (self.folder / each).exists()]
        keys = self.folder / f"{NAME}.keys"
        inside = tuple(sorted(each.name for each in keys.iterdir())) if keys.is_dir() else ()
        return (*((each.st_size, each.st_mtime_ns) for each in found), inside)


async def carry_out(scene: Scene, folder: Path, seen: Seen | None, *, again: bool = False) -> None:
    """The real bot, from before the scene until it is at rest after it; `again` after a kill in it."""
    line = Notebook(folder / PAGE, scene.updates, scene.files)
    clock = MovableClock(scene.at if again else scene.begins)
    db = await Database.open(folder / NAME, create=False)
    async with running(line.line(), db, clock, shared_rendering(), pace=None) as app:
        if not again:
            await _at_rest(app, line, clock)
        sys.settrace(at_each_await(seen) if seen else None)
        line.gives()
        if scene.at > clock.now():
            clock.move_to(scene.at)
        await _at_rest(app, line, clock)
        clock.advance(INSTANT)  # what a start puts off to that very moment falls due after it
        await _at_rest(app, line, clock)
        sys.settrace(None)
    await db.close()


async def _at_rest(app: App, line: Notebook, clock: MovableClock) -> None:
    async with asyncio.timeout(PATIENCE):
        calm = 0
        while calm < 3:
            covered = app.intake.covered_until
            heard = covered is not None and covered >= clock.now() and not line.has_more
            if not (heard and app.intake.reaches_telegram):
                line.nudge()
                heard = False
            calm = calm + 1 if heard and await app.is_quiet() else 0
            await asyncio.sleep(0)


def forked(work: Callable[[], None]) -> int:
    """Do this in a fork; gives the signal that ended it, 0 when it came to its end."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            work()
            code = 0
        except BaseException:  # noqa: BLE001 - the outermost of this process: nobody else would say it
            traceback.print_exc()
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return os.WTERMSIG(status)
    assert os.WEXITSTATUS(status) == 0, "the bot has failed"
    return 0
