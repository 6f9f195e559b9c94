"""When a consultation's reminders and close fall due, as rows. What is done then is in `closing`."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.consultations.rules.consultation import Consultation
from bot.consultations.rules.due import closes_at, content_ends, due_moment
from bot.db import dues
from bot.kit.unit import UnitOfWork
from bot.values.quiet_hours import reminders_before

CLOSE = "close"
REMIND = "remind"
REMIND_ALL = "remind_all"
UNACKNOWLEDGED = "unacknowledged"


async def arrange(work: UnitOfWork, consultation: Consultation) -> None:
    """Put the close and the reminders where the facts now say; safe to repeat."""
    work.context.moments.wake()
    await _end_at(
        work, consultation.id, min((closes_at(consultation), *content_ends(consultation)))
    )
    moments = {due_moment(consultation, seat.person) for seat in consultation.on_slip}
    for due in moments:
        await _remind_before(work, consultation.id, due)


async def arrange_contents(work: UnitOfWork, consultation: Consultation) -> None:
    """While the slip is held: when the next objection ends the content that it stands against."""
    ahead = [at for at in content_ends(consultation) if at > work.now]
    if ahead:
        work.context.moments.wake()
        await _end_at(work, consultation.id, min(ahead))


async def _end_at(work: UnitOfWork, consultation_id: int, at: datetime) -> None:
    """Have the clock look at that moment, or at once if it is over, what has ended of the consultation."""
    key, close = f"{CLOSE}:{consultation_id}", max(at, work.now)
    await dues.put(work.tx, key, CLOSE, close, consultation_id=consultation_id, rearm=True)


async def _remind_before(work: UnitOfWork, consultation_id: int, due: datetime) -> None:
    for at in reminders_before(due):
        if at > work.now:
            key = f"{REMIND}:{consultation_id}:{int(due.timestamp())}:{int(at.timestamp())}"
            await dues.put(work.tx, key, REMIND, at, consultation_id=consultation_id)


def reminded_of(key: str) -> tuple[int, int]:
    """The due moment that a reminder is of, and when it was to go out; in seconds since 1970."""
    _, _, due, at = key.split(":")
    return int(due), int(at)


def has_later_one(due: int, mine: int, now: datetime) -> bool:
    """Whether another reminder of that due moment, later than mine, has come by now."""
    others = reminders_before(datetime.fromtimestamp(due, UTC))
    return any(mine < int(at.timestamp()) and at <= now for at in others)


async def remind_all_at(work: UnitOfWork, consultation_id: int, at: datetime) -> None:
    """Have those reminded who will not have answered by then; asking twice is asking once."""
    work.context.moments.wake()
    key = f"{REMIND_ALL}:{consultation_id}:{int(at.timestamp())}"
    await dues.put(work.tx, key, REMIND_ALL, at, consultation_id=consultation_id)
