"""A thousand due moments at once among a hundred thousand: how late each is committed, and what it costs.

Run as `python -m bench.closes ours|apscheduler AMONG AT_ONCE`. Ours closes consultations on the running bot.
APScheduler's scheduler fires jobs out of its SQLAlchemy store over the same kind of file (WAL, FULL); a job
commits one row and does nothing else.
"""

from __future__ import annotations

import asyncio
import json
import sqlite3
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from pathlib import Path
from statistics import quantiles

from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy import event

from bench.contest import telegram
from bench.ours import DATABASE
from bench.prepared import committee, filling
from bench.stock_ptb import opened
from bot import logs
from bot.app import keep_what_is_loaded, running
from bot.clock import SystemClock
from bot.db.engine import Database
from bot.kit.unit import Context
from bot.rendering import Rendering
from scheduler.line import Line
from scheduler.pacing import Pace

MEMBERS = 5
LEAD = timedelta(seconds=20)
"""From the end of the preparation to the due moment: whoever is measured starts in it."""
LATER = timedelta(days=9)
CLOCK = SystemClock()


async def ours(folder: Path, among: int, at_once: int) -> dict[str, float]:
    """The running bot, with its Telegram in another process."""
    logs.set_up(level="ERROR")
    keep_what_is_loaded()  # as `dongthuan run` does
    db, say = await Database.open(folder / DATABASE, create=True), Rendering()
    context = Context(db, CLOCK, say, "")
    committee_id = await committee(context, MEMBERS)
    async with context.work() as work:
        fill = await filling(work, committee_id)
        await fill.open(work, range(at_once + 1, among + 1), work.now + LATER)
    due = CLOCK.now() + LEAD
    async with context.work() as work:
        await fill.open(work, range(1, at_once + 1), due)
    with telegram("none", MEMBERS) as server:
        async with running(Line(**json.loads(server.line)), db, CLOCK, say, pace=Pace()):
            found = await lateness(_counted(folder, "acts WHERE kind = 'close'"), due, at_once)
    await db.close()
    return found


async def apscheduler(folder: Path, among: int, at_once: int) -> dict[str, float]:
    """The scheduler alone."""
    opened(folder / DATABASE)
    store = SQLAlchemyJobStore(f"sqlite:///{folder / 'jobs.db'}")
    event.listen(store.engine, "connect", _as_ours)
    scheduler = AsyncIOScheduler(
        jobstores={"default": store}, job_defaults={"misfire_grace_time": None}
    )
    scheduler.start(paused=True)
    for n in range(at_once, among):
        scheduler.add_job(commit, "date", (str(folder), n), run_date=CLOCK.now() + LATER)
    due = CLOCK.now() + LEAD + timedelta(milliseconds=5 * at_once)
    for n in range(at_once):
        scheduler.add_job(commit, "date", (str(folder), n), run_date=due)
    scheduler.resume()
    try:
        return await lateness(_counted(folder, "replies"), due, at_once)
    finally:
        scheduler.shutdown(wait=False)


def _as_ours(connection: sqlite3.Connection, _record: object) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")


async def commit(folder: str, number: int) -> None:
    """What a job does."""
    with opened(Path(folder) / DATABASE) as db:
        db.execute("INSERT OR REPLACE INTO replies VALUES (?, ?)", (number, "a"))


def _counted(folder: Path, rows: str) -> Callable[[], Awaitable[int]]:
    looking = sqlite3.connect(folder / DATABASE, check_same_thread=False)

    async def count() -> int:
        found = looking.execute(f"SELECT count(*) FROM {rows}").fetchone()  # noqa: S608 - our own words
        return int(found[0])

    return count


async def lateness(
    count: Callable[[], Awaitable[int]], due: datetime, expected: int
) -> dict[str, float]:
    """Seconds from the due moment until each could be read by another, and the processor time of each."""
    late: list[float] = []
    await CLOCK.wait_until(due)
    spent = time.process_time()
    async with asyncio.timeout(600):
        while len(late) < expected:
            late += [(CLOCK.now() - due).total_seconds()] * (await count() - len(late))
            await asyncio.sleep(0.01)
    spent = time.process_time() - spent
    cuts = quantiles(late, n=100)
    return {"p50": cuts[49], "p99": cuts[98], "milliseconds": 1000 * spent / expected}


if __name__ == "__main__":
    _, who, *numbers = sys.argv
    with tempfile.TemporaryDirectory() as place:
        asked = {"ours": ours, "apscheduler": apscheduler}[who](Path(place), *map(int, numbers))
        print(json.dumps(asyncio.run(asked)))
