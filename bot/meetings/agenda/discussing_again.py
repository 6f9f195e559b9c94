"""An item that is discussed again (HU 15.2): what is owed for it, and that it was taken to a meeting or waits again."""

from __future__ import annotations

from bot.kit.event import Event
from bot.kit.unit import UnitOfWork
from bot.meetings.agenda import store as agenda
from bot.meetings.agenda.store import WaitingItem
from bot.meetings.rules.meeting import Meeting
from bot.owed import face as owed
from bot.owed.rules.debt import DebtKind
from bot.people.rules.people import Person

moved: Event[str] = Event()
"""Whether a divided matter may be asked again is not what it was; its name in the register."""


async def items_moved(work: UnitOfWork, meeting: Meeting) -> None:
    """A meeting has taken its items, or given them back."""
    waited = await agenda.some(work.tx, [i.waiting_id for i in meeting.items if i.waiting_id])
    for item in waited.values():
        if item.second_of:
            await moved.happened(work, item.second_of)


async def owe_again(work: UnitOfWork, committee: int, item: WaitingItem, by: Person | None) -> None:
    """That an item had been discussed again was entered by mistake: it is owed as before."""
    if item.second_of is None:
        return
    found = await owed.of_subject(work.tx, committee, item.second_of, DebtKind.SECOND_ROUND)
    if found and found[-1].settled_at is not None:
        await owed.resume(work, found[-1], by)
    await moved.happened(work, item.second_of)


async def settle(work: UnitOfWork, committee: int, item: WaitingItem, by: Person | None) -> None:
    """What was owed for an item is done: it has been discussed again."""
    if item.second_of is None:
        return
    kind = DebtKind.SECOND_ROUND
    debt = await owed.open_for(work, committee, item.second_of, kind)
    if debt is not None:
        await owed.settle(work, debt, by, owed.Settlement(work.now, by.id if by else None))
    await moved.happened(work, item.second_of)
