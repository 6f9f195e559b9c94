"""What a committee's clerks are told when a due moment has failed for good. No due moment is acted on here."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.domain.card import Card
from bot.domain.notice import Notice
from bot.rendering import Rendering
from bot.services.desk import Work
from bot.store import dues, outbox, people
from bot.store.dues import SetAside

KINDS = frozenset(
    {
        "close", "remind", "remind_all", "unacknowledged",
        "meeting_remind", "meeting_remind_now", "meeting_morning", "meeting_day",
        "meeting_papers_due", "wipe", "rhythm", "report_round", "notice_remind",
    }
)  # fmt: skip
"""Kinds that have words; any other is told as unknown."""
UNKNOWN = "unknown"


async def listed(work: Work) -> tuple[SetAside, ...]:
    """Everything set aside, each of a kind that has words."""
    return tuple(
        each if each.kind in KINDS else replace(each, kind=UNKNOWN)
        for each in await dues.all_set_aside(work.tx)
    )


def card(say: Rendering, committee: str, stopped: SetAside, now: datetime) -> Card:
    """What stopped, that nothing else did, and what to do; its number is the one that `status` lists."""
    return Card(say.text("due_set_aside", committee=committee, stopped=stopped, now=now))


async def tell(work: Work, due_id: int) -> None:
    """Tell every clerk who has joined; nobody when the row no longer says whose it was."""
    committee = await dues.committee_of(work.tx, due_id)
    if committee is None:
        return
    name = (await people.committee(work.tx, committee)).name
    stopped = next(each for each in await listed(work) if each.id == due_id)
    told = card(work.say, name, stopped, work.now)
    for person in await people.of_committee(work.tx, committee):
        if person.is_clerk and person.account is not None:
            notice = Notice(
                key=f"due_set_aside:{due_id}:{int(work.now.timestamp())}:{person.id}",
                chat_id=person.account,
                kind="due_set_aside",
                card=told,
                person_id=person.id,
            )
            await outbox.put(work.tx, notice, work.now)
