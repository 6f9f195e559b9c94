"""How the house stands, in numbers: what was heard last, what waits. Nobody is named and nothing is changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from bot import run_due, set_aside
from bot.consultations import face as consultations
from bot.db import dues, held, inbox, last_backup, liveness, outbox, people, register
from bot.db.dues import Late, SetAside
from bot.db.inbox import Counts
from bot.db.register import Head
from bot.kit.unit import Context
from bot.set_aside import Stopped

HEARD_WITHIN = timedelta(minutes=2)
"""A poll is kept at least every half minute; a bot that heard nothing for so long is not well."""
SENT_WITHIN = timedelta(minutes=10)
"""A notice with legal effect goes out within seconds, and within minutes after a long opening."""
DONE_WITHIN = timedelta(minutes=10)
"""What falls due is acted on a round trip later; what failed is tried again within minutes, or set aside."""

NOT_HEARD, UNSENT, LATE = "not_heard", "unsent", "late"
WRONG = NOT_HEARD, UNSENT, LATE
"""What can be wrong, by name."""


@dataclass(frozen=True, slots=True)
class Health:
    """The house at a moment. `heard_at` is the last time all updates were known to be taken in."""

    now: datetime
    committees: int
    running: int
    heard_at: datetime | None
    inbox: Counts
    outgoing: int
    unsent_since: datetime | None
    """Since when the oldest notice with legal effect waits."""
    held: int
    """Messages that wait, since a restore, for whoever runs the machine."""
    next_due: datetime | None
    late: Late
    """Due moments past by more than DONE_WITHIN."""
    set_aside: tuple[SetAside, ...]
    """Due moments that failed too often."""
    updates_set_aside: tuple[Stopped, ...]
    heads: tuple[tuple[int, Head], ...]
    """Where the register of each committee stands."""
    backed_up_at: datetime | None
    bytes: int | None
    """Of the database with what waits beside it; None of one that a server keeps."""

    @property
    def silence(self) -> timedelta | None:
        """How long ago Telegram was last heard."""
        return None if self.heard_at is None else self.now - self.heard_at

    @property
    def unsent_for(self) -> timedelta:
        """How long the oldest notice with legal effect has waited."""
        return self.now - self.unsent_since if self.unsent_since else timedelta(0)

    @property
    def wrong(self) -> tuple[str, ...]:
        """What somebody must look at now. What was set aside is none: it waits, and nothing waits for it."""
        return tuple(self._wrong())

    def _wrong(self) -> Iterator[str]:
        if self.silence is None or self.silence > HEARD_WITHIN:
            yield NOT_HEARD
        if self.unsent_for > SENT_WITHIN:
            yield UNSENT
        if self.late.count:
            yield LATE

    @property
    def well(self) -> bool:
        """Whether nothing is wrong."""
        return not self.wrong


async def health(context: Context) -> Health:
    """How the house stands now."""
    async with context.look() as work:
        committees = await people.all_committees(work.tx)
        file = context.db.file
        return Health(
            now=work.now,
            committees=len(committees),
            running=len(await consultations.running_ids(work.tx)),
            heard_at=await liveness.covered_until(work.tx),
            inbox=await inbox.counts(work.tx),
            outgoing=await outbox.unsettled(work.tx, work.now),
            unsent_since=await outbox.oldest_unsent(work.tx, work.now),
            held=await held.count(work.tx),
            next_due=await dues.next_moment(work.tx),
            late=await dues.late(work.tx, work.now - DONE_WITHIN),
            set_aside=await run_due.listed(work),
            updates_set_aside=await set_aside.of_updates(work),
            heads=tuple([(one.id, await register.head(work.tx, one.id)) for one in committees]),
            backed_up_at=last_backup.last(file) if file else None,
            bytes=_bytes(file) if file else None,
        )


def _bytes(file: Path) -> int:
    beside = file, file.with_name(f"{file.name}-wal")
    return sum(each.stat().st_size for each in beside if each.exists())
