"""What the clock brings: everything that has fallen due is acted on. What an act does is not known here."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

from bot.services import closing
from bot.services.desk import Desk, DueAct
from bot.services.meetings import awaiting, ballots, paper_dues, rhythm
from bot.services.notices import sending as notices
from bot.services.reports import rounds as reports
from bot.store import dues, inbox, liveness

BATCH = 50
"""Due moments taken in one transaction."""
DUE_ACTS: Mapping[str, DueAct] = {
    **closing.DUE_ACTS,
    **awaiting.DUE_ACTS,
    **paper_dues.DUE_ACTS,
    **notices.DUE_ACTS,
    **rhythm.DUE_ACTS,
    **reports.DUE_ACTS,
}
"""By the kind of the due moment."""
APART: Mapping[str, Callable[[Desk], Awaitable[bool]]] = {**ballots.APART}
"""By the kind of the due moment: what cannot be done within a transaction; False to try it again later."""
ARRANGED: tuple[Callable[[Desk], Awaitable[None]], ...] = (
    rhythm.arrange_all,
    reports.arrange_all,
    ballots.destroy_old_keys,
)
"""What is put in order for every committee at a start, due moments above all; safe to repeat."""


async def make_ready(desk: Desk) -> None:
    """Before the first beat: whatever recurs has its next due moment, also in a database of an older bot."""
    for arrange in ARRANGED:
        await arrange(desk)


async def beat(desk: Desk, now: datetime) -> None:
    """Act on everything due at `now`; may run twice without harm.

    Nothing happens before the intake is known to cover the due moment and what came in by then has
    been handled: waiting replies are taken in first (5.5).
    """
    while await _some_due(desk, now):
        pass


async def _some_due(desk: Desk, now: datetime) -> bool:
    async with desk.look() as look:
        waiting = await dues.due_at(look.tx, now, BATCH)
        covered = await liveness.covered_until(look.tx)
        ready = [due for due in waiting if covered is not None and due.at < covered]
        if ready and await inbox.waits_since(look.tx, ready[-1].at):
            return False
    if not ready:
        return False
    apart = {due.id for due in ready if due.kind in APART}
    late = {due.id for due in ready if due.id in apart and not await APART[due.kind](desk)}
    async with desk.work() as work:
        for due in ready:
            if due.id in late or not await dues.done(work.tx, due.id, work.now):
                continue
            if due.id not in apart:
                await DUE_ACTS[due.kind](work, due)
    return len(ready) == len(waiting) == BATCH
