"""Our bot in a process of its own, on a committee founded for the measure. Run as `python -m bench.ours`."""

from __future__ import annotations

import argparse
import asyncio
import json
from datetime import timedelta
from pathlib import Path

from bench.telegram import FIRST
from bot import founding, logs
from bot.app import running
from bot.clock import SystemClock
from bot.consultations import access, launching
from bot.consultations.papers import store as papers
from bot.db import people
from bot.db.engine import Database
from bot.kit.unit import Context
from bot.people.rules.founding import Founding, Newcomer, SeatWanted
from bot.people.rules.people import Role
from bot.places import regulations_dir
from bot.rendering import Rendering
from scheduler.line import Line
from scheduler.pacing import Pace

CLERK = FIRST - 1


async def committee(context: Context, members: int) -> int:
    """A committee under Quảng Ngãi's rules whose members have all joined; the first is its head."""
    text = (regulations_dir() / "quang_ngai.toml").read_text(encoding="utf-8")
    parsed = founding.read(Founding("", "quang_ngai.toml", text, ()))
    names = {setting.name for setting in parsed.settings} if not isinstance(parsed, tuple) else ()
    offices = ["secretary", *["member"] * (members - 1)]
    wanted = [
        Newcomer(f"Ủy viên {n}", Role.MEMBER, (SeatWanted("dang_doan", office),))
        for n, office in enumerate(offices, 1)
    ]
    clerk = Newcomer("Cán bộ", Role.CLERK)
    founded = await founding.found(
        context,
        Founding(
            f"Đảng đoàn {members}", "quang_ngai.toml", text, (*wanted, clerk), {}, frozenset(names)
        ),
    )
    assert not isinstance(founded, tuple), founded
    async with context.work() as work:
        for number, invitation in enumerate(founded.invitations, FIRST):
            account = CLERK if invitation.person.is_clerk else number
            await people.add_account(work.tx, account, work.now)
            await people.bind(work.tx, invitation.person.id, account)
    return founded.committee


async def submitted(context: Context, committee_id: int) -> int:
    """A consultation that waits for the head."""
    async with context.work() as work:
        rulebook = (await people.committee(work.tx, committee_id)).rulebook
        everybody = await people.of_committee(work.tx, committee_id)
        return await papers.submit(
            committee_id=committee_id,
            rulebook=rulebook,
            body="dang_doan",
            matter="general",
            ground="urgent_no_meeting",
            subject="Chương trình công tác",
            text="Dự thảo chương trình công tác.",
            text_sha256="0" * 64,
            deadline=work.now + timedelta(days=3),
            silence_confirmed=False,
            prepared_by=next(one.id for one in everybody if one.is_clerk),
            submitted_at=work.now,
        ).into(work.tx)


async def main() -> None:
    """Found, open, and run until ended."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("line", type=json.loads)
    parser.add_argument("--members", type=int, default=300)
    parser.add_argument("--paced", action="store_true")
    asked = parser.parse_args()
    logs.set_up(level="ERROR")
    db = await Database.open(asked.folder / "bench.db", create=True)
    clock, say = SystemClock(), Rendering()
    context = Context(db, clock, say, "https://t.me/bench")
    waiting = await submitted(context, await committee(context, asked.members))
    async with context.work() as work:
        before = await access.approving(work, FIRST, waiting)
        await launching.approve(work, before, work.now)
    # Without the limit of 30 a second in all, which would measure Telegram; each chat keeps its own.
    pace = Pace() if asked.paced else Pace(apart=0.0)
    async with running(Line(**asked.line), db, clock, say, pace=pace):
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
