"""What the clock brings: everything that has fallen due is acted on. What an act does is not known here."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import TypeVar

import structlog

from bot.logs import whereabouts
from bot.services import closing, unacted
from bot.services.desk import Desk, DueAct, Work
from bot.services.meetings import awaiting, ballots, paper_dues, rhythm
from bot.services.notices import sending as notices
from bot.services.reports import rounds as reports
from bot.store import dues, inbox, liveness, people
from bot.store.dues import DueMoment, Unreadable
from bot.store.engine import refused

Found = TypeVar("Found")

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
ATTEMPTS = 3
AGAIN = timedelta(minutes=1)
"""After it what failed is tried again, and what had to wait."""
ARRANGED: tuple[Callable[[Work, int], Awaitable[None]], ...] = (rhythm.arrange, reports.again)
"""What is put in order for every committee at a start, due moments above all; safe to repeat."""

_log = structlog.get_logger(__name__)


async def make_ready(desk: Desk) -> None:
    """Before the first beat: whatever recurs has its next due moment, also in a database of an older bot;
    and what was set aside is tried once more. A committee that cannot be read keeps no other from it.
    """
    async with desk.work() as work:
        for committee in await people.all_committees(work.tx):
            for arrange in ARRANGED:
                failure = await _saved(work, arrange(work, committee.id))
                if failure is not None:
                    _log.error(
                        "committee not arranged", committee=committee.id, **whereabouts(failure)
                    )
        await dues.take_up_again(work.tx)
    await ballots.destroy_old_keys(desk)


async def beat(desk: Desk, now: datetime) -> None:
    """Act on everything due at `now`; may run twice without harm.

    Nothing happens before the intake is known to cover the due moment and what came in by then has
    been handled: waiting replies are taken in first (5.5). What cannot be acted on holds nothing else
    up: it is tried once in a beat and again in later ones, and set aside when it has failed three times.
    """
    while await _some_due(desk, now):
        pass


async def _some_due(desk: Desk, now: datetime) -> bool:
    async with desk.look() as look:
        found = await dues.due_at(look.tx, now, BATCH)
        covered = await liveness.covered_until(look.tx)
        ready = [due for due in found if _is_ready(due, covered)]
        moments = [due.at for due in ready if isinstance(due, DueMoment)]
        if moments and await inbox.waits_since(look.tx, max(moments)):
            return False
    if not ready:
        return False
    apart = {
        due.id: await _attempted(APART[due.kind](desk))
        for due in ready
        if isinstance(due, DueMoment) and due.kind in APART
    }
    async with desk.work() as work:
        for due in ready:
            await _act(work, due, apart.get(due.id), now + AGAIN)
    return len(ready) == len(found) == BATCH


def _is_ready(due: DueMoment | Unreadable, covered: datetime | None) -> bool:
    """What cannot be read can be waited for in vain: it is ready to fail."""
    return isinstance(due, Unreadable) or (covered is not None and due.at < covered)


async def _act(
    work: Work, due: DueMoment | Unreadable, apart: bool | Exception | None, again_at: datetime
) -> None:
    """Act on one in a savepoint of its own: it is done whole, or not at all and noted as failed.

    `apart` is what came of it outside the transaction; None when it is done within.
    """
    if apart is False:
        await dues.put_off(work.tx, due.id, again_at)
        return
    if isinstance(due, Unreadable):
        failure: Exception | None = due.error
    elif isinstance(apart, Exception):
        failure = apart
    else:
        failure = await _saved(work, _done(work, due, apart=apart is True))
    if failure is not None:
        await _note(work, due.id, failure, again_at)


async def _done(work: Work, due: DueMoment, *, apart: bool) -> None:
    if await dues.done(work.tx, due.id, work.now) and not apart:
        await DUE_ACTS[due.kind](work, due)


async def _note(work: Work, due_id: int, failure: Exception, again_at: datetime) -> None:
    """Count a failure; after the third it is set aside, and the clerks are told once."""
    _log.error("due moment failed", due=due_id, **whereabouts(failure))
    kind = type(failure).__name__
    attempts = await dues.failed(work.tx, due_id, kind, again_at)
    if attempts < ATTEMPTS:
        return
    await dues.set_aside(work.tx, due_id, work.now)
    _log.error("due moment set aside", due=due_id, fault=kind)
    if attempts == ATTEMPTS:
        untold = await _saved(work, unacted.tell(work, due_id))
        if untold is not None:
            _log.error("clerks not told", due=due_id, **whereabouts(untold))


async def _saved(work: Work, act: Awaitable[None]) -> Exception | None:
    """Why an act failed; then nothing of it is left. None when it is done."""
    return await _attempted(_within_savepoint(work, act))


async def _within_savepoint(work: Work, act: Awaitable[None]) -> None:
    async with work.tx.begin_nested():
        await act


async def _attempted(step: Awaitable[Found]) -> Found | Exception:
    """What a step gives, or the error that is its own; raises what concerns the whole store."""
    try:
        return await step
    except Exception as error:  # whatever one due moment fails of, the others must be acted on
        if refused(error):
            raise
        return error
