"""What the clock brings: all that has fallen due is acted on; what failed too often is set aside and told."""

from __future__ import annotations

from collections.abc import Awaitable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeVar

import structlog

from bot.db import closures, dues, inbox, liveness, people
from bot.db.dues import DueMoment, SetAside, Unreadable
from bot.db.engine import store_refuses
from bot.db.notice import Card
from bot.kit import speaking
from bot.kit.due import DUE
from bot.kit.notify import notify
from bot.kit.unit import Context, UnitOfWork
from bot.logs import whereabouts
from bot.rendering import Rendering

UNKNOWN = "unknown"
"""How a kind is told that has no words of its own."""


async def listed(work: UnitOfWork) -> tuple[SetAside, ...]:
    """Everything set aside, each of a kind that has words."""
    return tuple(
        each if work.say.has_label(f"due_kind.{each.kind}") else replace(each, kind=UNKNOWN)
        for each in await dues.all_set_aside(work.tx)
    )


async def committee_of(work: UnitOfWork, due_id: int) -> int | None:
    """Whose it is; None where its row no longer says so, or cannot be read."""
    found = await _attempted(dues.committee_of(work.tx, due_id))
    return None if isinstance(found, Exception) else found


def card(say: Rendering, committee: str, stopped: SetAside, now: datetime) -> Card:
    """What stopped, that nothing else did, and what to do; its number is the one that `status` lists."""
    return Card(say.text("due_set_aside", committee=committee, stopped=stopped, now=now))


async def tell(work: UnitOfWork, due_id: int) -> None:
    """Tell every clerk who has joined; nobody when the row no longer says whose it was."""
    committee = await dues.committee_of(work.tx, due_id)
    if committee is None:
        return
    work = await speaking.of_committee(work, committee)
    name = (await people.committee(work.tx, committee)).name
    stopped = next(each for each in await listed(work) if each.id == due_id)
    clerks = [each for each in await people.of_committee(work.tx, committee) if each.is_clerk]
    key = f"due_set_aside:{due_id}:{int(work.now.timestamp())}"
    await notify(work, clerks, card(work.say, name, stopped, work.now), key)


Found = TypeVar("Found")

BATCH = 50
"""Due moments taken in one transaction."""
ATTEMPTS = 3
AGAIN = timedelta(minutes=1)
"""After it what failed is tried again, and what had to wait."""

_log = structlog.get_logger(__name__)


async def make_ready(context: Context) -> None:
    """Before the first run: whatever recurs has its next due moment, also in a database of an older bot.

    In a committee that has ended nothing does.
    A committee that cannot be read keeps no other from it. What was set aside stays so: a start mends nothing.
    """
    async with context.work() as work:
        ended = {each.committee for each in await closures.every(work.tx)}
        for committee in await people.all_committees(work.tx):
            if committee.id in ended:
                continue
            for _, arrange in DUE.arranged:
                spoken = await speaking.of_committee(work, committee.id)
                failure = await _saved(work, arrange(spoken, committee.id))
                if failure is not None:
                    _log.error(
                        "committee not arranged", committee=committee.id, **whereabouts(failure)
                    )
    for ready in DUE.at_start:
        await ready(context)


async def run_due(context: Context, now: datetime) -> None:
    """Act on everything due at `now`; may run twice without harm.

    Nothing happens before the intake is known to cover the due moment and what came in by then has
    been handled: waiting replies are taken in first (5.5). What cannot be acted on holds nothing else
    up: it is tried once in a run and again in later ones, and set aside when it has failed three times.
    """
    while await _some_due(context, now):
        pass


async def _some_due(context: Context, now: datetime) -> bool:
    async with context.look() as look:
        found = await dues.due_at(look.tx, now, BATCH)
        covered = await liveness.covered_until(look.tx)
        if covered is not None and covered > context.clock.now():
            covered = None  # by a clock that has been set back since
        ready = [due for due in found if _is_ready(due, covered)]
        moments = [due.at for due in ready if isinstance(due, DueMoment)]
        if moments and await inbox.waits_since(look.tx, max(moments)):
            return False
    if not ready:
        return False
    apart = {
        due.id: await _attempted(DUE.apart[due.kind](context))
        for due in ready
        if isinstance(due, DueMoment) and due.kind in DUE.apart
    }
    async with context.work() as work:
        for due in ready:
            await _act(work, due, apart.get(due.id), now + AGAIN)
    return len(ready) == len(found) == BATCH


def _is_ready(due: DueMoment | Unreadable, covered: datetime | None) -> bool:
    """What cannot be read can be waited for in vain: it is ready to fail."""
    return isinstance(due, Unreadable) or (covered is not None and due.at < covered)


async def _act(
    work: UnitOfWork,
    due: DueMoment | Unreadable,
    apart: bool | Exception | None,
    again_at: datetime,
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


async def _done(work: UnitOfWork, due: DueMoment, *, apart: bool) -> None:
    if await dues.done(work.tx, due.id, work.now) and not apart:
        committee = await dues.committee_of(work.tx, due.id)
        spoken = work if committee is None else await speaking.of_committee(work, committee)
        await DUE.acts[due.kind](spoken, due)


async def _note(work: UnitOfWork, due_id: int, failure: Exception, again_at: datetime) -> None:
    """Count a failure; after the third it is set aside, and the clerks are told once."""
    _log.error("due moment failed", due=due_id, **whereabouts(failure))
    kind = type(failure).__name__
    attempts = await dues.failed(work.tx, due_id, kind, again_at)
    if attempts < ATTEMPTS:
        return
    await dues.set_aside(work.tx, due_id, work.now)
    _log.error("due moment set aside", due=due_id, fault=kind)
    untold = await _saved(work, tell(work, due_id))
    if untold is not None:
        _log.error("clerks not told", due=due_id, **whereabouts(untold))


async def _saved(work: UnitOfWork, act: Awaitable[None]) -> Exception | None:
    """Why an act failed; then nothing of it is left. None when it is done."""
    return await _attempted(_within_savepoint(work, act))


async def _within_savepoint(work: UnitOfWork, act: Awaitable[None]) -> None:
    before = len(work.then)
    try:
        async with work.tx.begin_nested():
            await act
    except BaseException:
        del work.then[before:]  # of what is undone nothing follows
        raise


async def _attempted(step: Awaitable[Found]) -> Found | Exception:
    """What a step gives, or the error that is its own; raises what concerns the whole store."""
    try:
        return await step
    except Exception as error:  # whatever one due moment fails of, the others must be acted on
        if store_refuses(error):
            raise
        return error
