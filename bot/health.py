"""How the house stands, in numbers: what was heard last, what waits. Nobody is named and nothing is changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot import run_due, set_aside
from bot.consultations import face as consultations
from bot.db import dues, inbox, liveness, outbox, people
from bot.db.dues import SetAside
from bot.db.inbox import Counts
from bot.kit.unit import Context
from bot.set_aside import Stopped

HEARD_WITHIN = timedelta(minutes=2)
"""A poll is kept at least every half minute; a bot that heard nothing for so long is not well."""


@dataclass(frozen=True, slots=True)
class Health:
    """The house at a moment. `heard_at` is the last time all updates were known to be taken in."""

    now: datetime
    committees: int
    running: int
    heard_at: datetime | None
    inbox: Counts
    outgoing: int
    held: int
    """Messages that wait, since a restore, for whoever runs the machine."""
    next_due: datetime | None
    set_aside: tuple[SetAside, ...]
    """Due moments that failed too often."""
    updates_set_aside: tuple[Stopped, ...]

    @property
    def silence(self) -> timedelta | None:
        """How long ago Telegram was last heard."""
        return None if self.heard_at is None else self.now - self.heard_at

    @property
    def well(self) -> bool:
        """Whether Telegram was heard a moment ago."""
        return self.silence is not None and self.silence <= HEARD_WITHIN


async def health(context: Context) -> Health:
    """How the house stands now."""
    async with context.look() as work:
        return Health(
            now=work.now,
            committees=len(await people.all_committees(work.tx)),
            running=len(await consultations.running_ids(work.tx)),
            heard_at=await liveness.covered_until(work.tx),
            inbox=await inbox.counts(work.tx),
            outgoing=await outbox.unsettled(work.tx, work.now),
            held=await outbox.held_count(work.tx),
            next_due=await dues.next_moment(work.tx),
            set_aside=await run_due.listed(work),
            updates_set_aside=await set_aside.of_updates(work),
        )
