"""A database to measure on: a committee whose members have all joined, and as much behind it as is asked for.

Run as `python -m bench.prepared FILE` in a process of its own, so that the memory of preparing is not measured.
Rows are put into the tables directly, except for the committee and the consultation that people answer: it is
opened by the product, and last.
"""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select

from bench.telegram import FIRST
from bot import founding, logs
from bot.clock import SystemClock
from bot.consultations import access, launching
from bot.consultations.papers import store as papers
from bot.db import people
from bot.db.engine import Database
from bot.db.schema import acts, consultations, dues, outbox, receipts, register, replies, roll
from bot.kit import approval
from bot.kit.approval import Step, Taken
from bot.kit.unit import Context, UnitOfWork
from bot.people.rules.founding import Founding, Newcomer, SeatWanted
from bot.people.rules.people import Person, Role
from bot.places import regulations_dir
from bot.rendering import Rendering

CLERK = FIRST - 1
A_YEAR = 150
"""Consultations that a busy committee closes in a year."""
AT_ONCE = 5_000
ON_A_ROLL = 5
"""Members on the roll of a matter that only lies there."""


@dataclass(frozen=True, slots=True)
class Size:
    """How much there is: members, open consultations, years of closed ones, lines of the register."""

    members: int = 60
    open: int = 0
    years: int = 0
    lines: int = 0


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


@dataclass(frozen=True, slots=True)
class Filling:
    """Rows of matters that only lie there, each with a small roll whose members all hold a receipt."""

    committee: int
    rulebook: str
    members: list[Person]

    async def open(self, work: UnitOfWork, numbers: range, due: datetime) -> None:
        """Consultations that run until then, each with its due moment."""
        for part in parts(numbers):
            await self._matters(work, part, work.now, due)
            await work.tx.execute(insert(dues), [_due(n, due) for n in part])

    async def closed(self, work: UnitOfWork, numbers: range) -> None:
        """Consultations of the years before, evenly spread: all answered, closed, every result sent."""
        for part in parts(numbers):
            moments = {
                n: work.now - timedelta(days=365) * ((numbers.stop - n) / A_YEAR) for n in part
            }
            for n, at in moments.items():
                await self._matters(work, range(n, n + 1), at, at + timedelta(days=7), closed=True)
            seats = [(n, one, at) for n, at in moments.items() for one in self.members]
            await work.tx.execute(insert(replies), [_reply(*seat) for seat in seats])
            await work.tx.execute(insert(acts), [_close(n, at) for n, at in moments.items()])
            await work.tx.execute(insert(outbox), [_sent(*seat) for seat in seats])

    async def _matters(
        self, work: UnitOfWork, numbers: range, at: datetime, due: datetime, *, closed: bool = False
    ) -> None:
        rows = [self._matter(n, at, due, closed=closed) for n in numbers]
        await work.tx.execute(insert(consultations), rows)
        seats = [(n, place, one) for n in numbers for place, one in enumerate(self.members)]
        await work.tx.execute(insert(roll), [_seat(*seat) for seat in seats])
        await work.tx.execute(insert(receipts), [_receipt(n, one, at) for n, _, one in seats])

    def _matter(self, number: int, at: datetime, due: datetime, *, closed: bool) -> dict[str, Any]:
        return {
            "id": number,
            "committee_id": self.committee,
            "number": number,
            "rulebook": self.rulebook,
            "body": "dang_doan",
            "matter": "general",
            "ground": "urgent_no_meeting",
            "subject": "Chương trình công tác",
            "text": "Dự thảo chương trình công tác.",
            "text_sha256": "0" * 64,
            "deadline": due,
            "silence_confirmed": False,
            "prepared_by": 1,
            "submitted_at": at,
            "approved_by": 1,
            "opened_at": at,
            "closed_at": due if closed else None,
            "calendar_version": "bench",
            "days_off": {"off": [], "working": []},
        }


def parts(numbers: range) -> Iterator[range]:
    """The numbers in pieces of which each is one statement."""
    for start in range(numbers.start, numbers.stop, AT_ONCE):
        yield range(start, min(start + AT_ONCE, numbers.stop))


def _seat(number: int, place: int, member: Person) -> dict[str, Any]:
    return {
        "consultation_id": number,
        "person_id": member.id,
        "name": member.name,
        "office": "member",
        "full_time": True,
        "place": place,
    }


def _receipt(number: int, member: Person, at: datetime) -> dict[str, Any]:
    return {"consultation_id": number, "person_id": member.id, "strength": 1, "at": at}


def _reply(number: int, member: Person, at: datetime) -> dict[str, Any]:
    return {
        "consultation_id": number,
        "person_id": member.id,
        "choice": "approve",
        "words": "",
        "at": at,
        "received_at": at,
        "late": False,
    }


def _close(number: int, at: datetime) -> dict[str, Any]:
    return {"consultation_id": number, "kind": "close", "at": at + timedelta(days=7), "reason": ""}


def _sent(number: int, member: Person, at: datetime) -> dict[str, Any]:
    return {
        "key": f"result:{number}:{member.id}",
        "chat_id": FIRST,
        "kind": "result",
        "text": "Kết quả lấy ý kiến.",
        "rows": [],
        "files": [],
        "priority": 1,
        "legal": True,
        "consultation_id": number,
        "about": "",
        "person_id": member.id,
        "created_at": at,
        "not_before": at,
        "state": "sent",
        "attempts": 1,
        "unknown": 0,
        "settled_at": at,
    }


def _due(number: int, at: datetime) -> dict[str, Any]:
    return {
        "key": f"close:{number}",
        "kind": "close",
        "consultation_id": number,
        "about": "",
        "at": at,
    }


async def filling(work: UnitOfWork, committee_id: int) -> Filling:
    """To fill up a committee that was founded."""
    rulebook = (await people.committee(work.tx, committee_id)).rulebook
    everybody = await people.of_committee(work.tx, committee_id)
    members = [one for one in everybody if not one.is_clerk]
    return Filling(committee_id, rulebook, members[:ON_A_ROLL])


async def with_lines(work: UnitOfWork, committee_id: int, lines: int) -> None:
    """That many further lines of the register, which nobody will verify."""
    last = select(register).where(register.c.committee_id == committee_id)
    newest = (await work.tx.execute(last.order_by(register.c.number.desc()).limit(1))).one()
    for part in parts(range(newest.number + 1, newest.number + 1 + lines)):
        same = {
            "committee_id": committee_id,
            "at": work.now,
            "actor": "Ủy viên 1, Ủy viên",
            "act": "reply",
            "subject": "consultation:1",
            "detail": {"choice": "approve"},
            "previous": newest.digest,
            "digest": newest.digest,
        }
        await work.tx.execute(insert(register), [same | {"number": n} for n in part])


async def prepare(context: Context, size: Size) -> None:
    """Found, fill, and open the consultation that people answer."""
    committee_id = await committee(context, size.members)
    async with context.work() as work:
        fill = await filling(work, committee_id)
        history = size.years * A_YEAR
        await fill.closed(work, range(1, history + 1))
        later = work.now + timedelta(days=60)
        await fill.open(work, range(history + 1, history + size.open + 1), later)
        if size.lines:
            await with_lines(work, committee_id, size.lines)
    waiting = await submitted(context, committee_id)
    async with context.work() as work:
        before = await access.approving(work, FIRST, waiting)
        await approval.take(launching.LAUNCH, work, before, Taken(Step.APPROVED))


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
    """Prepare the file."""
    parser = argparse.ArgumentParser()
    parser.add_argument("file", type=Path)
    for name in ("members", "open", "years", "lines"):
        parser.add_argument(f"--{name}", type=int, default=getattr(Size(), name))
    asked = vars(parser.parse_args())
    logs.set_up(level="ERROR")
    db = await Database.open(asked.pop("file"), create=True)
    await prepare(Context(db, SystemClock(), Rendering(), "https://t.me/bench"), Size(**asked))
    await db.close()


if __name__ == "__main__":
    asyncio.run(main())
