"""Our bot in a process of its own, on a database that `bench.prepared` made. Run as `python -m bench.ours`.

With `--hours` its clock is moved: an hour for each line on its standard input.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from datetime import timedelta
from pathlib import Path

from bot import logs
from bot.app import keep_what_is_loaded, running
from bot.clock import MovableClock, SystemClock
from bot.db.engine import Database
from bot.rendering import Rendering
from scheduler.line import Line
from scheduler.pacing import Pace

DATABASE = "bench.db"


async def main() -> None:
    """Run until ended."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("line", type=json.loads)
    parser.add_argument("--paced", action="store_true")
    parser.add_argument("--hours", action="store_true")
    asked = parser.parse_args()
    logs.set_up(level="ERROR")
    keep_what_is_loaded()  # as `dongthuan run` does
    db = await Database.open(asked.folder / DATABASE, create=False)
    host = SystemClock()
    clock = MovableClock(host.now(), running=True) if asked.hours else host
    # Without the limit of 30 a second in all, which would measure Telegram; each chat keeps its own.
    pace = Pace() if asked.paced else Pace(apart=0.0)
    async with running(Line(**asked.line), db, clock, Rendering(), pace=pace):
        while (
            isinstance(clock, MovableClock) and (await asyncio.to_thread(sys.stdin.readline)) != ""
        ):
            clock.advance(timedelta(hours=1))
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
