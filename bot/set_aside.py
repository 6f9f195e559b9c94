"""What was set aside, as who runs the machine sees it: which kind, when, of which fault, of which committee.

Nobody is named, and no word that anybody wrote is shown.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot import run_due
from bot.db import people, set_aside
from bot.db.dues import SetAside
from bot.db.set_aside import StoppedUpdate
from bot.kit.unit import UnitOfWork
from bot.values.unknown_ids import require_known

UPDATE = "u"
"""Before the number of an update; that of a due moment stands alone, as the clerk was told it."""
UPDATE_KINDS = ("callback_query", "message", "edited_message", "my_chat_member")


@dataclass(frozen=True, slots=True)
class Stopped:
    """One thing set aside. `kind` is the label of its kind, `committees` are names; none where nobody can tell."""

    id: str
    kind: str
    at: datetime
    fault: str
    committees: tuple[str, ...]


async def listed(work: UnitOfWork) -> tuple[Stopped, ...]:
    """Everything that was set aside: updates first, then due moments."""
    of_dues = [await _of_due(work, each) for each in await run_due.listed(work)]
    return (*await of_updates(work), *of_dues)


async def of_updates(work: UnitOfWork) -> tuple[Stopped, ...]:
    """The updates that were set aside."""
    return tuple([await _of_update(work, each) for each in await set_aside.updates(work.tx)])


async def retry(work: UnitOfWork, ids: Sequence[str]) -> None:
    """Let these be tried afresh, three times again; refuses (UnknownIdsError) all when one is not set aside."""
    await set_aside.retry(work.tx, *await _numbers(work, ids))


async def clear(work: UnitOfWork, ids: Sequence[str]) -> None:
    """Give these up for ever; refuses as `retry` does."""
    await set_aside.clear(work.tx, *await _numbers(work, ids))


async def _numbers(work: UnitOfWork, ids: Sequence[str]) -> tuple[list[int], list[int]]:
    """The numbers of updates and of due moments."""
    require_known(ids, {each.id for each in await listed(work)})
    updates = [int(each.removeprefix(UPDATE)) for each in ids if each.startswith(UPDATE)]
    return updates, [int(each) for each in ids if not each.startswith(UPDATE)]


async def _of_update(work: UnitOfWork, stopped: StoppedUpdate) -> Stopped:
    kind, account = _read(stopped.raw)
    persons = await people.of_account(work.tx, account) if account is not None else []
    names = [(await people.committee(work.tx, each.committee)).name for each in persons]
    name = f"{UPDATE}{stopped.update_id}"
    return Stopped(name, f"update_kind.{kind}", stopped.at, stopped.fault, tuple(sorted(names)))


def _read(raw: str) -> tuple[str, int | None]:
    """The kind of an update and whose it is, as far as either can be told."""
    content: Any = json.loads(raw)
    for kind in UPDATE_KINDS:
        part = content.get(kind) if isinstance(content, dict) else None
        if part is not None:
            sender = part.get("from") if isinstance(part, dict) else None
            account = sender.get("id") if isinstance(sender, dict) else None
            return kind, account if isinstance(account, int) else None
    return run_due.UNKNOWN, None


async def _of_due(work: UnitOfWork, stopped: SetAside) -> Stopped:
    committee = await run_due.committee_of(work, stopped.id)
    names = () if committee is None else ((await people.committee(work.tx, committee)).name,)
    kind = f"due_kind.{stopped.kind}"
    return Stopped(str(stopped.id), kind, stopped.at, stopped.fault, names)
