"""A thousand closes due at one moment among a hundred thousand open: how late each is committed."""

from __future__ import annotations

import asyncio
import json
import resource
import sys
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path
from statistics import quantiles
from typing import Any

from sqlalchemy import func, insert, select

from bench.contest import telegram
from bench.ours import committee
from bot import logs
from bot.app import running
from bot.clock import SystemClock
from bot.db import people
from bot.db.engine import Database
from bot.db.schema import acts, consultations, dues, receipts, roll
from bot.kit.unit import Context
from bot.rendering import Rendering
from scheduler.line import Line
from scheduler.pacing import Pace

MEMBERS = 5
LEAD = timedelta(seconds=20)
"""From the end of the preparation to the due moment: the bot starts in it."""


async def prepared(context: Context, among: int, due_at_once: int) -> datetime:
    """That many open consultations, some of them due at the moment given back."""
    committee_id = await committee(context, MEMBERS)
    async with context.work() as work:
        rulebook = (await people.committee(work.tx, committee_id)).rulebook
        everybody = await people.of_committee(work.tx, committee_id)
        members = [one for one in everybody if not one.is_clerk]
        for start in range(0, among, 5_000):
            ids = range(start + 1, min(start + 5_000, among) + 1)
            await work.tx.execute(
                insert(consultations), [_opened(n, committee_id, rulebook, work.now) for n in ids]
            )
            seats = [(n, place, one) for n in ids for place, one in enumerate(members)]
            await work.tx.execute(insert(roll), [_seat(*seat) for seat in seats])
            await work.tx.execute(insert(receipts), [_receipt(*seat, work.now) for seat in seats])
    due = context.clock.now() + LEAD
    async with context.work() as work:
        rows = [
            _due(n, due if n <= due_at_once else due + timedelta(days=9))
            for n in range(1, among + 1)
        ]
        await work.tx.execute(insert(dues), rows)
        await work.tx.execute(
            consultations.update().where(consultations.c.id <= due_at_once).values(deadline=due)
        )
    return due


def _opened(number: int, committee_id: int, rulebook: str, now: datetime) -> dict[str, Any]:
    return {
        "id": number,
        "committee_id": committee_id,
        "number": number,
        "rulebook": rulebook,
        "body": "dang_doan",
        "matter": "general",
        "ground": "urgent_no_meeting",
        "subject": "Chương trình công tác",
        "text": "Dự thảo chương trình công tác.",
        "text_sha256": "0" * 64,
        "deadline": now + timedelta(days=9),
        "silence_confirmed": False,
        "prepared_by": 1,
        "submitted_at": now,
        "approved_by": 1,
        "opened_at": now,
        "calendar_version": "bench",
        "days_off": {"off": [], "working": []},
    }


def _seat(number: int, place: int, member: Any) -> dict[str, Any]:
    return {
        "consultation_id": number,
        "person_id": member.id,
        "name": member.name,
        "office": "member",
        "full_time": True,
        "place": place,
    }


def _receipt(number: int, _place: int, member: Any, now: datetime) -> dict[str, Any]:
    return {"consultation_id": number, "person_id": member.id, "strength": 1, "at": now}


def _due(number: int, at: datetime) -> dict[str, Any]:
    return {
        "key": f"close:{number}",
        "kind": "close",
        "consultation_id": number,
        "about": "",
        "at": at,
    }


async def lateness(db: Database, due: datetime, expected: int) -> list[float]:
    """Seconds from the due moment until each close could be read by another."""
    late: list[float] = []
    clock = SystemClock()
    counted = select(func.count()).where(acts.c.kind == "close")  # few rows: looking costs nothing
    await clock.wait_until(due)
    async with asyncio.timeout(600):
        while len(late) < expected:
            async with db.read() as tx:
                closed = int((await tx.execute(counted)).scalar_one())
            late += [(clock.now() - due).total_seconds()] * (closed - len(late))
            await asyncio.sleep(0.01)
    return late


async def main(among: int, due_at_once: int) -> dict[str, float]:
    """Prepare, run the bot over the moment, measure."""
    logs.set_up(level="ERROR")
    clock, say = SystemClock(), Rendering()
    with tempfile.TemporaryDirectory() as folder:
        db = await Database.open(Path(folder) / "bench.db", create=True)
        began = time.perf_counter()
        due = await prepared(Context(db, clock, say, ""), among, due_at_once)
        with telegram("none", MEMBERS) as (address, _):
            async with running(Line(**json.loads(address)), db, clock, say, pace=Pace()):
                late = await lateness(db, due, due_at_once)
        await db.close()
    cuts = quantiles(late, n=100)
    return {
        "among": among,
        "closes": due_at_once,
        "prepared_in": time.perf_counter() - began,
        "p50": cuts[49],
        "p99": cuts[98],
        "last": max(late),
        "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


if __name__ == "__main__":
    print(json.dumps(asyncio.run(main(int(sys.argv[1]), int(sys.argv[2])))))
